"""One input worked off to the end: SCXML's algorithm (W3C Recommendation, Appendix D) over an immutable snapshot.

`begin`, `take` and `advance` are pure: a new snapshot and what happened on the way come out.
"""

from __future__ import annotations

from collections.abc import Callable

from editor.engine.ask import Answers, UnansweredError
from editor.engine.machine import Machine, Rule
from editor.engine.plan import Plan, Planner, changed_inside, past
from editor.engine.reply import Lanes, Reply, Row, Way
from editor.engine.select import remove_conflicts
from editor.engine.snapshot import Event, Outcome, Snapshot, Timer, made
from editor.engine.sums import add
from editor.engine.work import Mark, Work
from editor.errors import ExpressionError, StepLimitError
from editor.model.elements import Data

MOST_MICROSTEPS = 1_000
MOST_EVENTS = 10_000
MOST_FIRINGS = 100_000
_MOST_NAMED = 20  # of the last microsteps, the states that a message names


class Stepper(Work):
    """Takes microsteps and macrosteps."""

    __slots__ = ()

    # running to completion

    def start(self) -> None:
        """Enter the machine and run until it is stable."""
        context = self.machine.info.context
        self.context = dict(context) if isinstance(context, dict) else {}
        self.respond(self.machine.begin, None, None, False)
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
            self.macrostep(self.external.popleft())

    def arrive(self, timer: Timer, event: Event) -> None:
        """A delayed send is due."""
        self.element, self.field = timer.element, timer.field
        self.deliver(event, timer.to)
        if self.internal:
            self.respond(self.machine.nothing, None, None, False)

    def advance(self, end: float, due: Callable[[], None] | None = None) -> None:
        """Move the clock, firing what falls due on the way in order; `due` is called before each.

        Raises:
            StepLimitError: it does not come to rest, at one instant or on the way.
            UnansweredError: an unknown guard decides and `answers` asks.
        """
        at_once = count = 0
        while self.timers and not self.is_done:
            timer = self.timers[0]
            moment = timer.due
            if moment > end:
                break
            if due is not None:
                due()
            del self.timers[0]
            at_once = at_once + 1 if moment == self.clock else 0
            count += 1
            if at_once > MOST_EVENTS or count > MOST_FIRINGS:
                what = "at one instant" if at_once > MOST_EVENTS else "on the way"
                raise StepLimitError(
                    f"Delays run out without an end ({count:,} {what}). Give them a length, or go a shorter way.",
                    states=self.leaves,
                )
            self.fire(timer)
        if not self.is_done and end > self.clock:
            self.clock = end

    def fire(self, timer: Timer) -> None:
        """A delay runs out. It must have been taken from `timers`."""
        self.clock = timer.due
        if timer.event is not None:
            self.arrive(timer, timer.event)
        else:
            key = timer.id
            row = self.machine.rows[self.active]
            reply, name = row[key,], self.machine.key_events[key]
            if reply.ways is not None:
                after = self.go(row, reply.ways, name, None, is_event=False)
                if after is not None:
                    self.active = after.active
                    return
            self.respond(reply, name, None, False)
        if self.external:
            self.drain()

    def macrostep(self, event: Event) -> None:
        """Take one external event and all that follows from it inside the machine."""
        self.event = event
        name, data = event[0], event[1]
        row = self.machine.rows[self.active]
        reply = row[name]
        if reply.ways is not None and not self.services:
            after = self.go(row, reply.ways, name, data)
            if after is not None:
                self.active = after.active
                return
        self.respond(reply, name, data, True)

    def respond(self, reply: Reply, name: str | None, data: Data, is_event: bool) -> None:
        """A macrostep: a reply, then eventless transitions and internal events until nothing is left.

        `is_event`: it came from outside, where a delay, or the start, is nothing that others hear of or that can be
        unhandled. A failing expression stops the rest of its list of actions.
        """
        machine, before = self.machine, self.active
        self.event_type, self.event_data = name, data
        self.owns_context = False
        if self.guard_failures:
            self.guard_failures.clear()
        if is_event and self.services:
            self._forward(name or "")
        count = 0
        recent: tuple[int, ...] = ()
        is_eventless = False
        while True:
            plan = reply.plan or (self._chosen(reply) if reply.lanes else None)
            if plan is not None:
                if count and MOST_MICROSTEPS - count < _MOST_NAMED - 1:
                    recent = (*recent, self.active)
                    if count > MOST_MICROSTEPS:
                        self._give_up(recent)
                if self.guard_failures:
                    self.guard_failures.clear()
                for self.active, codes, element, field in plan.acts:
                    self.element, self.field = element, field
                    try:
                        for code in codes:
                            code(self)
                    except ExpressionError as error:
                        self.fail(element, field, error)
                self.active = plan.after
                if self.microsteps is not None:
                    self.microsteps += plan.told(machine, self.event_type or "")
                if self.is_done:
                    break
            elif is_event:
                self.unhandled.append(self.event_type or "")
            # what comes next
            if self.active & machine.always_mask and (plan is not None or not is_eventless):
                reply = machine.rows[self.active][""]
                is_event, is_eventless = False, True
            elif self.internal:
                self.event = event = self.internal.popleft()
                self.event_type, self.event_data = event[0], event[1]
                reply = machine.rows[self.active][event[0]]
                is_event, is_eventless = True, False
            elif self.to_invoke:
                self.start_services()
                reply, is_event, is_eventless = machine.nothing, False, False
            else:
                break
            if plan is not None:
                count += 1
        if machine.history_mask:
            self._remember(before)
        if self.is_done:
            self._finish()

    def go(
        self, row: Row, ways: tuple[Way, ...], name: str, data: Data, *, is_event: bool = True
    ) -> Row | None:
        """Go the first way that holds, which leads to a row; None, and nothing is done, where there is more to it.

        The context is changed in place where nothing but this method can know it.
        """
        for guard, sees_data_only, additions, constants, timing, after, plan in ways:
            if guard is not None:
                if not sees_data_only:
                    self.active, self.event_type, self.event_data = row.active, name, data
                    self.lookups = 0
                try:
                    holds = guard(self)
                except ExpressionError:
                    return None
                if not holds:
                    if holds is None:
                        return None
                    continue
            if additions or constants:
                if not self.owns_context:
                    self.context = self.context.copy()
                    self.owns_context = True
                if additions and not add(additions, self.context):
                    return None
                for key, value in constants:
                    self.context[key] = value
            for code in timing:
                code(self)
            if self.microsteps is not None:
                self.microsteps += plan.told(self.machine, name)
                self.actions.extend(plan.names)
            return after
        if is_event:
            self.unhandled.append(name)
        return row

    def _forward(self, name: str) -> None:
        for service in self.services:
            if service.forwards:
                self.sent.append(f"{name} → {service.id}")

    def _give_up(self, recent: tuple[int, ...]) -> None:
        machine = self.machine
        names = list(dict.fromkeys(name for mask in recent for name in machine.leaf_names(mask)))
        raise StepLimitError(
            f"The machine does not come to rest: after {MOST_MICROSTEPS:,} microsteps it still moves between "
            f"{', '.join(names)}. Give an eventless transition a guard that turns false.",
            states=names,
        )

    def _remember(self, before: int) -> None:
        """For histories reached from inside: what was active before the last macrostep that changed it."""
        changed = changed_inside(self.machine, before, self.active, self.left)
        if changed:
            self.previous = {**self.previous, **changed}
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

    def _chosen(self, reply: Reply) -> Plan | None:
        """What is done about an event; None for nothing."""
        choices = reply.choices
        if choices is None:
            rules = self._select(reply.lanes)
            return self._planned(rules) if rules else None
        for choice in choices:
            guard = choice.guard
            if guard is not None:
                self.lookups = 0
                try:
                    value = guard(self)
                    if not value and (value is not None or not self._assume(guard, choice.element)):
                        continue
                except ExpressionError as error:
                    self.fail_guard(choice.element, "guard", error)
                    continue
            plan = choice.plan
            if plan is None:
                plan = self._planned(choice.rules)
                if choice.is_static:
                    choice.plan = plan
            return plan
        return None

    def _select(self, lanes: Lanes) -> tuple[Rule, ...]:
        """The transitions to take: in each lane the first whose guard holds, without conflicts."""
        verdicts: dict[Rule, bool] = {}
        for lane in lanes:
            for rule in lane:
                holds = verdicts.get(rule)
                if holds is None:
                    guard = rule.guard
                    holds = verdicts[rule] = guard is None or self.decide(guard, rule.id, "guard")
                if holds:
                    break
        found = [rule for rule, holds in verdicts.items() if holds]
        planner = Planner(self.machine, self.active, past(self.machine, self.history, self.previous))
        return tuple(remove_conflicts(self.machine, found, planner.exit_set))

    # one microstep

    def _planned(self, rules: tuple[Rule, ...]) -> Plan:
        machine = self.machine
        is_static = all(rule.enters >= 0 for rule in rules)
        remembered = () if is_static else past(machine, self.history, self.previous)
        return machine.plans[self.active, rules, remembered]

    # being done

    def note_final(self, place: int) -> None:
        """A final state was entered: what around it is done now."""
        machine = self.machine
        parent = machine.parents[place]
        data = self.done_data(place)
        if machine.is_parallel[parent]:
            self._note_parallel(parent)
        elif parent == 0:
            self.is_done = True
        else:
            self.internal.append(Event(f"done.state.{machine.done_ids[parent]}", data, "platform"))
            if machine.is_parallel[machine.parents[parent]]:
                self._note_parallel(machine.parents[parent])

    def done_data(self, place: int) -> Data:
        """What a final state gives to the event of the end."""
        state = self.machine.states[place]
        if state.output is not None:
            try:
                return self.data(state.output)
            except ExpressionError as error:
                self.fail(state.id, "output", error)
        return None

    def _note_parallel(self, place: int) -> None:
        if not self.is_in_final(place):
            return
        if place == 0:
            self.is_done = True
            return
        self.internal.append(Event(f"done.state.{self.machine.done_ids[place]}", None, "platform"))
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
    work = _thawed(machine, Snapshot(clock=clock), answers)
    work.start()
    return _frozen(work)


def take(machine: Machine, before: Snapshot, event: Event, answers: Answers) -> Outcome:
    """Work off one event; the same inputs give the same outcome. A machine that has ended does nothing.

    Raises:
        UnansweredError: an unknown guard decides and `answers` asks.
        StepLimitError: it does not come to rest.
    """
    if before.is_done or before.is_stopped:
        return Outcome(before)
    if not before.services and not machine.has_sessions:
        outcome = _at_once(machine, before, event[0])
        if outcome is not None:
            return outcome
    work = _thawed(machine, before, answers)
    work.macrostep(event)
    if work.external or machine.has_sessions:
        work.drain()
    return _frozen(work)


def _at_once(machine: Machine, before: Snapshot, name: str) -> Outcome | None:
    """The outcome of an event, without thawing the run, where nothing needs to be asked and little is to be done."""
    reply = machine.rows[before.active][name]
    plan = reply.plan
    if plan is None:
        return (
            made(Outcome, (before, (), (), (), (), (), (), (name,), ()))
            if reply.leads_to is not None
            else None
        )
    if not reply.ways or plan.timing:
        return None
    additions, constants = plan.sums
    context = before.context
    if additions or constants:
        context = context.copy()
        if not add(additions, context):
            return None
        context.update(constants)
    after = made(Snapshot, (plan.after, context, *before[2:]))
    return made(Outcome, (after, plan.told(machine, name), plan.names, (), (), (), (), (), ()))


def is_move(machine: Machine, before: Snapshot, event: Event) -> bool:
    """Whether an event changes nothing but the configuration."""
    if before.services or machine.has_sessions:
        return False
    return machine.rows[before.active][event.name].leads_to is not None


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
    work = _thawed(machine, before, answers)
    if not answers.asks:
        work.advance(end)
        return _frozen(work), None
    marks: list[Mark] = [work.mark()]

    def mark() -> None:
        marks[0] = work.mark()

    try:
        work.advance(end, mark)
    except UnansweredError as question:
        return work.outcome_until(marks[0]), question
    return _frozen(work), None


def _thawed(machine: Machine, before: Snapshot, answers: Answers) -> Stepper:
    """A run to go on with, in a scratch that another has done with where there is one."""
    if machine.has_sessions:
        return stepper(machine, before, answers)
    try:
        work = machine.spare.pop()
    except IndexError:
        return Stepper(machine, before, answers)
    work.thaw(before, answers)
    return work


def stepper(machine: Machine, before: Snapshot, answers: Answers) -> Stepper:
    """A run to go on with, and with it those of the machines that it invoked."""
    if not machine.has_sessions:
        return Stepper(machine, before, answers)
    from editor.engine.sessions import Member  # noqa: PLC0415 - it is a stepper itself

    return Member(machine, before, answers)


def _frozen(work: Stepper) -> Outcome:
    """The outcome of a run that came to rest; its scratch may be used again."""
    outcome = work.outcome()
    if work.machine.has_sessions:
        return outcome
    work.clear()
    work.machine.spare.append(work)
    return outcome
