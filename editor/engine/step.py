"""One input worked off to the end: SCXML's algorithm (W3C Recommendation, Appendix D) over an immutable snapshot.

`Work` is the scratch of one input; what comes out is a new snapshot and what happened on the way.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import Any

from editor.engine.ask import Answers, GuardReader, UnansweredError
from editor.engine.entry import Entry
from editor.engine.evaluate import Evaluator, Scope
from editor.engine.machine import Machine, Rule
from editor.engine.perform import Performer
from editor.engine.select import remove_conflicts
from editor.engine.snapshot import Event, Failure, Microstep, Outcome, Service, Snapshot, Timer
from editor.errors import ExpressionError, StepLimitError
from editor.model import expressions
from editor.model.durations import parse_duration
from editor.model.elements import Data, Delay, Expr

MOST_MICROSTEPS = 1_000
MOST_EVENTS = 10_000
_START = Event("")


class Work:
    """The scratch of one input."""

    def __init__(self, machine: Machine, before: Snapshot, evaluator: Evaluator, answers: Answers) -> None:
        self.machine = machine
        self.evaluator = evaluator
        self.answers = answers
        self.active = before.active
        self.context = before.context
        self.history = before.history
        self.previous = before.previous
        self.timers = list(before.timers)
        self.services = list(before.services)
        self.clock = before.clock
        self.serial = before.serial
        self.is_done = before.is_done
        self.internal: deque[Event] = deque()
        self.external: deque[Event] = deque()
        self.event = _START
        self.to_invoke: list[int] = []
        self.microsteps: list[Microstep] = []
        self.actions: list[str] = []
        self.failures: list[Failure] = []
        self.logs: list[str] = []
        self.sent: list[str] = []
        self.notices: list[str] = []
        self.guards = GuardReader(machine.guards, evaluator.guard, self.is_in)
        self.performer = Performer(self)

    def outcome(self) -> Outcome:
        """What came out of it."""
        snapshot = Snapshot(
            self.active, self.context, self.history, self.previous, tuple(self.timers), tuple(self.services),
            self.clock, self.serial, self.is_done, True, False,
        )  # fmt: skip
        return Outcome(
            snapshot, tuple(self.microsteps), tuple(self.actions), tuple(self.failures), tuple(self.logs),
            tuple(self.sent), tuple(self.notices),
        )  # fmt: skip

    # questions

    def is_in(self, id: str) -> bool:
        """Whether a state, by its id in the chart, is active."""
        place = self.machine.index.get(id, -1)
        return place >= 0 and bool(self.active >> place & 1)

    def matches(self, path: str) -> bool:
        """Whether the state at a path is active."""
        place = self.machine.find(path)
        if place < 0:
            raise ExpressionError(f"matches('{path}') names no state")
        return bool(self.active >> place & 1)

    def scope(self, params: Data = None) -> Scope:
        """What names stand for now."""
        leaves = self.machine.leaf_names(self.active)
        return Scope(self.context, self.event.name or None, self.event.data, params, leaves, self.matches)

    def fail(self, element: str, field: str, error: ExpressionError) -> None:
        """Report a failed expression and raise `error.execution` in the machine."""
        self.failures.append(Failure(element, field, error.message, error.text))
        self.internal.append(Event("error.execution", {"message": error.message}))

    def holds(self, rule: Rule) -> bool:
        """Whether the guard of a transition lets it pass; a failing one counts as false."""
        guard = rule.record.guard
        if guard is None:
            return True
        return self.decide(guard, rule.record.id, "guard", self.scope())

    def decide(self, guard: Any, element: str, field: str, scope: Scope) -> bool:
        """A guard's value for the step: open questions stop it, or count as false."""
        try:
            unknown: list[str] = []
            value = self.guards.decide(guard, scope, self.answers.guards, unknown)
            if value is not None:
                return value
            if self.answers.asks:
                raise UnansweredError(tuple(dict.fromkeys(unknown)), element)
            for name in dict.fromkeys(unknown):
                self.notices.append(f"The guard “{name}” has no meaning and no answer; it counts as false.")
            assumed = {**self.answers.guards, **dict.fromkeys(unknown, False)}
            return bool(self.guards.decide(guard, scope, _Assumed(assumed)))
        except ExpressionError as error:
            self.fail(element, field, error)
            return False

    # running to completion

    def start(self) -> None:
        """Enter the machine and run until it is stable."""
        self.context = dict(self.machine.info.context) if isinstance(self.machine.info.context, dict) else {}
        self.enter_states([], {0}, entering_root=True)
        self.settle(0)
        self.drain()

    def take(self, event: Event) -> None:
        """Work off one outside event and all that follows from it at this instant."""
        self.external.append(event)
        self.drain()

    def drain(self) -> None:
        """Work off what waits in the external queue."""
        count = 0
        while self.external and not self.is_done:
            count += 1
            if count > MOST_EVENTS:
                raise StepLimitError(
                    f"The machine sends itself events without an end ({MOST_EVENTS:,} at one instant).",
                    states=self.machine.leaf_names(self.active),
                )
            event = self.external.popleft()
            before = self.active
            self.event = event
            rules = self.select(event)
            if rules:
                self.microstep(rules)
            self.settle(before)

    def settle(self, before: int) -> None:
        """Eventless transitions and internal events until nothing is left; ends the macrostep."""
        seen: list[tuple[str, ...]] = []
        count = 0
        while not self.is_done:
            rules = self.select_always() if self.machine.has_always else []
            if not rules:
                if not self.internal:
                    break
                self.event = self.internal.popleft()
                rules = self.select(self.event)
            if rules:
                count += 1
                seen.append(self.machine.leaf_names(self.active))
                if count > MOST_MICROSTEPS:
                    self._give_up(seen)
                self.microstep(rules)
        self.remember(before)
        if self.is_done:
            self.finish()
        else:
            self.start_services()

    def _give_up(self, seen: list[tuple[str, ...]]) -> None:
        names = list(dict.fromkeys(name for leaves in seen[-20:] for name in leaves))
        raise StepLimitError(
            f"The machine does not come to rest: after {MOST_MICROSTEPS:,} microsteps it still moves between "
            f"{', '.join(names)}. Give an eventless transition a guard that turns false.",
            states=names,
        )

    def remember(self, before: int) -> None:
        """For histories reached from inside: what was active before the last macrostep that changed it."""
        for parent in self.machine.history_parents:
            mask = self.machine.below[parent]
            was, now = before & mask, self.active & mask
            if was != now and before >> parent & 1 and self.active >> parent & 1:
                self.previous = {**self.previous, parent: was}

    def finish(self) -> None:
        """The machine ends: exits run, innermost first; the last configuration still counts as active."""
        for place in reversed(self.machine.bits(self.active)):
            state = self.machine.states[place]
            self.performer.run(state.exit, state.id, "exit", None)
        self.timers.clear()
        self.services.clear()
        self.internal.clear()
        self.external.clear()

    # selecting

    def select(self, event: Event) -> list[Rule]:
        """The transitions an event takes: inner states before outer ones, in document order, without conflicts."""
        found: list[Rule] = []
        machine = self.machine
        for leaf in machine.bits(self.active & machine.atomic_mask):
            for place in (leaf, *machine.ancestors[leaf]):
                rules = (
                    machine.keyed(place, event.key) if event.key else machine.candidates(place, event.name)
                )
                rule = next((each for each in rules if self.holds(each)), None)
                if rule is not None:
                    if rule not in found:
                        found.append(rule)
                    break
        return remove_conflicts(self, found)

    def select_always(self) -> list[Rule]:
        """The eventless transitions that can be taken now."""
        found: list[Rule] = []
        machine = self.machine
        for leaf in machine.bits(self.active & machine.atomic_mask):
            for place in (leaf, *machine.ancestors[leaf]):
                rule = next((each for each in machine.always[place] if self.holds(each)), None)
                if rule is not None:
                    if rule not in found:
                        found.append(rule)
                    break
        return remove_conflicts(self, found)

    # one microstep

    def domain(self, rule: Rule) -> int:
        """The state that a transition does not leave; -1 for none (it has no targets)."""
        if not rule.targets:
            return -1
        machine = self.machine
        source = rule.source
        is_inside = all(target in _inside(machine, source) for target in rule.targets)
        if source == 0 or (rule.record.internal and is_inside and not machine.is_parallel[source]):
            return source
        for place in machine.ancestors[source]:
            is_compound = not machine.is_parallel[place]
            if is_compound and all(place in machine.ancestors[target] for target in rule.targets):
                return place
        return 0

    def exit_set(self, rule: Rule) -> int:
        """The active states that a transition leaves, as a mask."""
        domain = self.domain(rule)
        return 0 if domain < 0 else self.active & self.machine.below[domain]

    def microstep(self, rules: list[Rule]) -> None:
        """Leave, act, enter."""
        machine = self.machine
        leaving = 0
        for rule in rules:
            leaving |= self.exit_set(rule)
        exited = list(reversed(machine.bits(leaving)))
        self.exit_states(exited, leaving)
        for rule in rules:
            self.performer.run(rule.record.actions, rule.record.id, "actions", None)
        step = len(self.microsteps)
        entered = self.enter_states(rules, set())
        taken = tuple(rule.record.id for rule in rules)
        self.microsteps.insert(
            step, Microstep(machine.ids(exited), taken, machine.ids(entered), self.event.name)
        )

    def exit_states(self, exited: list[int], leaving: int) -> None:
        """Run exits innermost first; remember histories; cancel timers and invocations."""
        machine = self.machine
        for parent in machine.history_parents:
            if leaving >> parent & 1:
                self.history = {**self.history, parent: self.active & machine.below[parent]}
                self.previous = {each: mask for each, mask in self.previous.items() if each != parent}
        for place in exited:
            state = machine.states[place]
            if state.exit:
                self.performer.run(state.exit, state.id, "exit", None)
            self.active &= ~(1 << place)
        if leaving:
            self.timers = [each for each in self.timers if each.state < 0 or not leaving >> each.state & 1]
            self.services = [each for each in self.services if not leaving >> each.state & 1]
            self.to_invoke = [place for place in self.to_invoke if not leaving >> place & 1]

    def enter_states(self, rules: list[Rule], roots: set[int], *, entering_root: bool = False) -> list[int]:
        """Enter what the transitions lead to, outermost first; returns what was entered."""
        machine = self.machine
        entry = Entry(self.machine, self.active, self.history, self.previous)
        for place in roots:
            entry.descend(place)
        for rule in rules:
            domain = self.domain(rule)
            for target in rule.targets:
                entry.descend(target)
            for target in rule.targets:
                for real in entry.effective(target):
                    entry.ascend(real, domain)
        wanted = sorted(place for place in entry.wanted if not self.active >> place & 1)
        for place in wanted:
            self.active |= 1 << place
            self.to_invoke.append(place)
            state = machine.states[place]
            if state.entry:
                self.performer.run(state.entry, state.id, "entry", None)
            for rule in entry.pseudo.get(place, ()):
                self.performer.run(rule.record.actions, rule.record.id, "actions", None)
            self.arm(place)
            if machine.is_final[place]:
                self.note_final(place)
        return wanted

    def note_final(self, place: int) -> None:
        """A final state was entered: what around it is done now."""
        machine = self.machine
        state = machine.states[place]
        parent = machine.parents[place]
        data: Data = None
        if state.output is not None:
            try:
                data = self.evaluator.data(state.output, self.scope())
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
        if parent >= 0 and self.machine.is_parallel[parent]:
            self._note_parallel(parent)

    def is_in_final(self, place: int) -> bool:
        """Whether a state is done: a final one, a compound with a final child active, a parallel all through."""
        machine = self.machine
        if machine.is_parallel[place]:
            return bool(machine.real[place]) and all(self.is_in_final(child) for child in machine.real[place])
        if machine.is_final[place]:
            return bool(self.active >> place & 1)
        return any(machine.is_final[child] and self.active >> child & 1 for child in machine.real[place])

    # time and services

    def delay(self, delay: Delay, element: str, field: str) -> float | None:
        """Milliseconds of a delay; None for one without a meaning or that failed."""
        if isinstance(delay, Expr):
            return self._delay_value(delay.text, element, field)
        plain = parse_duration(delay)
        if plain is not None:
            return plain
        text = str(delay)
        if not expressions.is_plain_name(text):
            return self._delay_value(text, element, field)
        meaning = self.machine.delays.get(text)
        if meaning is None:
            answer = self.answers.delays.get(text)
            if answer is None:
                self.notices.append(f"The delay “{text}” has no meaning and no answer; it never fires.")
            return answer
        if isinstance(meaning, Expr):
            return self._delay_value(meaning.text, element, field)
        plain = parse_duration(meaning)
        return plain if plain is not None else self._delay_value(str(meaning), element, field)

    def _delay_value(self, text: str, element: str, field: str) -> float | None:
        try:
            value = self.evaluator.value(text, self.scope())
            found = parse_duration(value) if isinstance(value, str | int | float) else None
            if found is None:
                raise ExpressionError("a delay must be milliseconds or a duration", text=text)
            return found
        except ExpressionError as error:
            self.fail(element, field, error)
            return None

    def arm(self, place: int) -> None:
        """Start the timers of a state, in the order written, one for each delay."""
        seen: set[str] = set()
        for rule in self.machine.after[place]:
            if rule.key in seen:
                continue
            seen.add(rule.key)
            text = rule.record.trigger.text
            length = self.delay(text, rule.record.id, "trigger")
            name = text if parse_duration(text) is None and expressions.is_plain_name(text) else ""
            due = float("inf") if length is None else self.clock + length
            self.serial += 1
            self.timers.append(
                Timer(rule.key, due, length or 0, self.clock, self.serial, rule.record.id, place, None, name)
            )

    def start_services(self) -> None:
        """Start the invocations of the states that were entered and are still active."""
        for place in sorted(set(self.to_invoke)):
            state = self.machine.states[place]
            for invoke in state.invokes:
                data: Data = None
                try:
                    data = self.evaluator.data(invoke.input, self.scope())
                except ExpressionError as error:
                    self.fail(state.id, "invoke", error)
                id = self.machine.service_id(place, invoke.uid)
                self.services.append(Service(id, invoke.src, place, invoke.uid, data))
        self.to_invoke = []


class _Assumed(dict[str, bool]):
    """Answers in which every name without one is false."""

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(key, False)


def _inside(machine: Machine, place: int) -> set[int]:
    return set(machine.bits(machine.below[place]))


def begin(machine: Machine, evaluator: Evaluator, answers: Answers, *, clock: float = 0) -> Outcome:
    """Start a machine."""
    work = Work(machine, Snapshot(clock=clock), evaluator, answers)
    work.start()
    return work.outcome()


def take(machine: Machine, before: Snapshot, event: Event, evaluator: Evaluator, answers: Answers) -> Outcome:
    """Work off one event. Pure: the same inputs give the same outcome.

    Raises:
        UnansweredError: an unknown guard decides and `answers` asks.
        StepLimitError: it does not come to rest.
    """
    if before.is_done or before.is_stopped:
        return Outcome(before)
    work = Work(machine, before, evaluator, answers)
    work.take(event)
    return work.outcome()


def fire(machine: Machine, before: Snapshot, timer: Timer, evaluator: Evaluator, answers: Answers) -> Outcome:
    """Let a timer run out: the clock is moved to its time first."""
    rest = tuple(each for each in before.timers if each.serial != timer.serial)
    moved = replace(before, timers=rest, clock=timer.due)
    event = timer.event or Event(f"after.{timer.id}", None, timer.id)
    return take(machine, moved, event, evaluator, answers)
