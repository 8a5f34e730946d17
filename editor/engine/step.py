"""One input worked off to the end: SCXML's algorithm (W3C Recommendation, Appendix D) over an immutable snapshot.

`begin`, `take` and `advance` are pure: a new snapshot and what happened on the way come out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from editor.engine.ask import Answers, UnansweredError
from editor.engine.entry import Entry, domain
from editor.engine.machine import Machine, Rule
from editor.engine.select import remove_conflicts
from editor.engine.snapshot import Event, Microstep, Outcome, Snapshot, Timer
from editor.engine.work import Mark, Work
from editor.errors import ExpressionError, StepLimitError
from editor.model.elements import Data

MOST_MICROSTEPS = 1_000
MOST_EVENTS = 10_000
MOST_FIRINGS = 100_000
_MOST_NAMED = 20  # of the last microsteps, the states that a message names
_NONE: tuple[Rule, ...] = ()


class Stepper(Work):
    """Takes microsteps and macrosteps."""

    __slots__ = ()

    # running to completion

    def start(self) -> None:
        """Enter the machine and run until it is stable."""
        context = self.machine.info.context
        self.context = dict(context) if isinstance(context, dict) else {}
        entry = Entry(self.machine, 0, {}, {})
        entry.add_root()
        self._enter(entry.wanted, entry.pseudo)
        if self.microsteps is not None:
            self.microsteps.append(Microstep((), (), self.machine.ids(entry.wanted)))
        self._settle(0)
        self.drain()

    def drain(self) -> None:
        """Work off what waits in the external queue.

        Raises:
            StepLimitError: it does not come to rest.
            UnansweredError: an unknown guard decides and `answers` asks.
        """
        count = 0
        while self.external and not self.is_done:
            count += 1
            if count > MOST_EVENTS:
                raise StepLimitError(
                    f"The machine sends itself events without an end ({MOST_EVENTS:,} at one instant).",
                    states=self.leaves,
                )
            event = self.external.popleft()
            self.macrostep(event.name, event.data, event.key)

    def arrive(self, timer: Timer, event: Event) -> None:
        """A delayed send is due."""
        self.element, self.field = timer.element, timer.field
        self.deliver(event, timer.to)
        self.event_type = self.event_data = None
        self.guard_failures.clear()
        if self.internal:
            self._settle(self.active)

    def advance(self, end: float, due: Callable[[], None] | None = None) -> None:
        """Move the clock, firing what falls due on the way in order; `due` is called before each.

        Raises:
            StepLimitError: it does not come to rest, at one instant or on the way.
            UnansweredError: an unknown guard decides and `answers` asks.
        """
        at_once = count = 0
        while self.timers and not self.is_done and self.timers[0].due <= end:
            if due is not None:
                due()
            timer = self.timers.pop(0)
            at_once = at_once + 1 if timer.due == self.clock else 0
            count += 1
            if at_once > MOST_EVENTS or count > MOST_FIRINGS:
                what = "at one instant" if at_once > MOST_EVENTS else "on the way"
                raise StepLimitError(
                    f"Delays run out without an end ({count:,} {what}). Give them a length, or go a shorter way.",
                    states=self.leaves,
                )
            self.fire(timer)
        if not self.is_done:
            self.clock = max(self.clock, end)

    def fire(self, timer: Timer) -> None:
        """A delay runs out. It must have been taken from `timers`."""
        self.clock = timer.due
        if timer.event is not None:
            self.arrive(timer, timer.event)
        else:
            self.macrostep(self.machine.after_name(timer.id, timer.state), None, timer.id)
        if self.external:
            self.drain()

    def macrostep(self, name: str, data: Data = None, key: str = "") -> None:
        """Take one external event and all that follows from it inside the machine."""
        machine = self.machine
        before = self.active
        self.event_type, self.event_data = name, data
        if self.guard_failures:
            self.guard_failures.clear()
        if self.services and not key:
            self._forward(name)
        lanes = self._keyed(key) if key else machine.known_lanes.get((before, name))
        if lanes is None:
            lanes = machine.lanes(before, name)
        rules = self._select(lanes) if lanes else _NONE
        if rules:
            if self.microsteps is None and len(rules) == 1 and rules[0].enters >= 0:
                self._take_one(rules[0])
            else:
                self._microstep(rules)
        elif not key:
            self.unhandled.append(name)
        if self.internal or self.to_invoke or self.is_done or self.active & machine.always_mask:
            self._settle(before)
        elif machine.history_mask:
            self._remember(before)

    def _forward(self, name: str) -> None:
        for service in self.services:
            if service.forwards:
                self.sent.append(f"{name} → {service.id}")

    def _keyed(self, key: str) -> tuple[tuple[Rule, ...], ...]:
        """Those whose private event it is: the delayed transitions of one state."""
        rules = self.machine.by_key.get(key, _NONE)
        return (rules,) if rules and self.active >> rules[0].source & 1 else ()

    def _settle(self, before: int) -> None:
        """Eventless transitions and internal events until nothing is left; ends the macrostep."""
        machine = self.machine
        seen: list[int] = []
        while not self.is_done:
            rules: Sequence[Rule] = _NONE
            if self.active & machine.always_mask:
                rules = self._select(machine.lanes(self.active, ""))
            if not rules and self.internal:
                event = self.internal.popleft()
                self.event_type, self.event_data = event.name, event.data
                lanes = machine.lanes(self.active, event.name)
                rules = self._select(lanes) if lanes else _NONE
                if not rules:
                    self.unhandled.append(event.name)
                    continue
            if rules:
                seen.append(self.active)
                if len(seen) > MOST_MICROSTEPS:
                    self._give_up(seen)
                if self.microsteps is None and len(rules) == 1 and rules[0].enters >= 0:
                    self._take_one(rules[0])
                else:
                    self._microstep(rules)
            elif self.to_invoke:
                self.start_services()
            else:
                break
        if machine.history_mask:
            self._remember(before)
        if self.is_done:
            self._finish()

    def _give_up(self, seen: list[int]) -> None:
        machine = self.machine
        names = list(dict.fromkeys(name for mask in seen[-_MOST_NAMED:] for name in machine.leaf_names(mask)))
        raise StepLimitError(
            f"The machine does not come to rest: after {MOST_MICROSTEPS:,} microsteps it still moves between "
            f"{', '.join(names)}. Give an eventless transition a guard that turns false.",
            states=names,
        )

    def _remember(self, before: int) -> None:
        """For histories reached from inside: what was active before the last macrostep that changed it."""
        now = self.active
        for parent in self.machine.history_parents:
            mask = self.machine.below[parent]
            stayed = before & now & ~self.left
            if stayed >> parent & 1 and (before ^ now) & mask:
                self.previous = {**self.previous, parent: before & mask}
        self.left = 0

    def _finish(self) -> None:
        """The machine ends: exits run, innermost first; the last configuration still counts as active."""
        machine = self.machine
        for place in reversed(machine.bits(self.active & machine.exit_mask)):
            self.run(machine.exits[place], machine.states[place].id, "exit")
        self.timers.clear()
        self.services.clear()
        self.internal.clear()
        self.external.clear()
        self.to_invoke = 0

    # selecting

    def _holds(self, rule: Rule) -> bool:
        return rule.guard is None or self.decide(rule.guard, rule.id, "guard")

    def _select(self, lanes: tuple[tuple[Rule, ...], ...]) -> Sequence[Rule]:
        """The transitions to take: in each lane the first whose guard holds, without conflicts."""
        if len(lanes) == 1:
            for rule in lanes[0]:
                guard = rule.guard
                if guard is None:
                    return rule.alone
                self.lookups = 0
                try:
                    value = guard(self)
                    if value or (value is None and self._assume(guard, rule.id)):
                        return rule.alone
                except ExpressionError as error:
                    self.fail_guard(rule.id, "guard", error)
            return _NONE
        verdicts: dict[Rule, bool] = {}
        for lane in lanes:
            for rule in lane:
                holds = verdicts.get(rule)
                if holds is None:
                    holds = verdicts[rule] = self._holds(rule)
                if holds:
                    break
        found = [rule for rule, holds in verdicts.items() if holds]
        return remove_conflicts(self.machine, found, self._exit_set)

    # one microstep

    def _domain(self, rule: Rule) -> int:
        if not rule.strays:
            return rule.domain
        entry = Entry(self.machine, self.active, self.history, self.previous)
        return domain(self.machine, rule, [real for each in rule.targets for real in entry.effective(each)])

    def _exit_set(self, rule: Rule) -> int:
        """The active states that a transition leaves, as a mask (SCXML: computeExitSet)."""
        if not rule.strays:
            return self.active & rule.leaves
        return self.active & self.machine.below[self._domain(rule)]

    def _microstep(self, rules: Sequence[Rule]) -> None:
        """Leave, act, enter."""
        event = self.event_type or ""
        first = rules[0]
        if len(rules) == 1 and first.enters >= 0:
            leaving, wanted = self._take_one(first)
        else:
            leaving, wanted = self._take_all(rules)
        microsteps = self.microsteps
        if microsteps is not None:
            ids = self.machine.ids
            taken = tuple([rule.id for rule in rules])
            microsteps.append(Microstep(ids(leaving)[::-1], taken, ids(wanted), event))

    def _take_one(self, rule: Rule) -> tuple[int, int]:
        """A microstep of one transition that leads to no history; gives what it leaves and enters."""
        if self.guard_failures:
            self.guard_failures.clear()
        machine = self.machine
        leaving = self.active & rule.leaves
        stays = self.active & ~leaving
        wanted = rule.enters & ~stays
        if leaving & machine.leave_mask:
            self._exit(leaving)
        else:
            self.active = stays
        if rule.codes:
            self.run(rule.codes, rule.id, "actions")
        if rule.pseudo or wanted & machine.enter_mask:
            self._enter(wanted, rule.pseudo)
        else:
            self.active = stays | wanted
        return leaving, wanted

    def _take_all(self, rules: Sequence[Rule]) -> tuple[int, int]:
        """A microstep of any transitions; gives what they leave and enter."""
        self.guard_failures.clear()
        leaving = 0
        for rule in rules:
            leaving |= self._exit_set(rule)
        domains = [self._domain(rule) for rule in rules if rule.enters < 0]
        if leaving:
            self._exit(leaving)
        for rule in rules:
            if rule.codes:
                self.run(rule.codes, rule.id, "actions")
        wanted, pseudo = self._entry_set(rules, domains)
        wanted &= ~self.active
        if wanted:
            self._enter(wanted, pseudo)
        return leaving, wanted

    def _entry_set(self, rules: Sequence[Rule], domains: list[int]) -> tuple[int, dict[int, list[Rule]]]:
        """What the transitions enter (SCXML: computeEntrySet); `domains` are those of the ones with histories."""
        entry = Entry(self.machine, self.active, self.history, self.previous)
        places = iter(domains)
        for rule in rules:
            if rule.enters < 0:
                entry.add(rule.targets, next(places))
            else:
                entry.wanted |= rule.enters
                entry.pseudo.update(rule.pseudo)
        return entry.wanted, entry.pseudo

    def _exit(self, leaving: int) -> None:
        """Run exits innermost first; remember histories; cancel timers and invocations."""
        machine = self.machine
        if machine.history_mask:
            self.left |= leaving
            gone = leaving & machine.history_mask
            if gone:
                self._keep_history(machine.bits(gone))
        before = self.active
        acting = leaving & machine.exit_mask
        if acting:
            for place in reversed(machine.bits(acting)):
                self.active = before & ~(leaving & (-2 << place))
                self.run(machine.exits[place], machine.states[place].id, "exit")
        self.active = before & ~leaving
        if self.timers and leaving & machine.after_mask:
            self.timers = [each for each in self.timers if each.state < 0 or not leaving >> each.state & 1]
        if self.services:
            self.services = [each for each in self.services if not leaving >> each.state & 1]
        if self.to_invoke:
            self.to_invoke &= ~leaving

    def _keep_history(self, parents: list[int]) -> None:
        below = self.machine.below
        self.history = {**self.history, **{parent: self.active & below[parent] for parent in parents}}
        if self.previous:
            self.previous = {parent: mask for parent, mask in self.previous.items() if parent not in parents}

    def _enter(self, wanted: int, pseudo: dict[int, list[Rule]]) -> None:
        """Enter states outermost first: entry actions, then those of initial transitions, delays, done events."""
        machine = self.machine
        before = self.active
        busy = wanted & machine.busy_mask
        if pseudo:
            for place in pseudo:
                busy |= wanted & 1 << place
        if busy:
            for place in machine.bits(busy):
                self.active = before | wanted & ((2 << place) - 1)
                self._enter_one(place, pseudo)
        self.active = before | wanted
        if wanted & machine.invoke_mask:
            self.to_invoke |= wanted & machine.invoke_mask

    def _enter_one(self, place: int, pseudo: dict[int, list[Rule]]) -> None:
        machine = self.machine
        codes = machine.entries[place]
        if codes:
            self.run(codes, machine.states[place].id, "entry")
        for rule in pseudo.get(place, _NONE):
            self.run(rule.codes, rule.id, "actions")
        if machine.after[place]:
            self.arm(place)
        if machine.is_final[place]:
            self._note_final(place)

    # being done

    def _note_final(self, place: int) -> None:
        """A final state was entered: what around it is done now."""
        machine = self.machine
        state = machine.states[place]
        parent = machine.parents[place]
        data: Data = None
        if state.output is not None:
            try:
                data = self.data(state.output)
            except ExpressionError as error:
                self.fail(state.id, "output", error)
        if machine.is_parallel[parent]:
            self._note_parallel(parent)
        elif parent == 0:
            self.is_done = True
        else:
            self.internal.append(Event(f"done.state.{machine.done_ids[parent]}", data))
            if machine.is_parallel[machine.parents[parent]]:
                self._note_parallel(machine.parents[parent])

    def _note_parallel(self, place: int) -> None:
        if not self.is_in_final(place):
            return
        if place == 0:
            self.is_done = True
            return
        self.internal.append(Event(f"done.state.{self.machine.done_ids[place]}"))
        parent = self.machine.parents[place]
        if self.machine.is_parallel[parent]:
            self._note_parallel(parent)

    def is_in_final(self, place: int) -> bool:
        """Whether a state is done: a final one, a compound with a final child active, a parallel all through."""
        machine = self.machine
        if machine.is_parallel[place]:
            return bool(machine.real[place]) and all(self.is_in_final(child) for child in machine.real[place])
        if machine.is_final[place]:
            return bool(self.active >> place & 1)
        return any(machine.is_final[child] and self.active >> child & 1 for child in machine.real[place])


def begin(machine: Machine, answers: Answers, *, clock: float = 0) -> Outcome:
    """Start a machine.

    Raises:
        UnansweredError: an unknown guard decides and `answers` asks.
        StepLimitError: it does not come to rest.
    """
    work = Stepper(machine, Snapshot(clock=clock), answers)
    work.start()
    return work.outcome()


def take(machine: Machine, before: Snapshot, event: Event, answers: Answers) -> Outcome:
    """Work off one event; the same inputs give the same outcome. A machine that has ended does nothing.

    Raises:
        UnansweredError: an unknown guard decides and `answers` asks.
        StepLimitError: it does not come to rest.
    """
    if before.is_done or before.is_stopped:
        return Outcome(before)
    work = Stepper(machine, before, answers)
    work.external.append(event)
    work.drain()
    return work.outcome()


def advance(
    machine: Machine, before: Snapshot, end: float, answers: Answers
) -> tuple[Outcome, UnansweredError | None]:
    """Move the clock, firing what falls due in order, up to `end` or to where an unknown guard decides.

    Then the outcome is that of all that ran out before, and the question comes with it.

    Raises:
        StepLimitError: it does not come to rest, at one instant or on the way.
    """
    if before.is_done or before.is_stopped:
        return Outcome(before), None
    work = Stepper(machine, before, answers)
    marks: list[Mark] = [work.mark()]

    def mark() -> None:
        marks[0] = work.mark()

    try:
        work.advance(end, mark if answers.asks else None)
    except UnansweredError as question:
        return work.outcome(marks[0]), question
    return work.outcome(), None
