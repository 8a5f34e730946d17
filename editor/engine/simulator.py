"""Simulator: gives the pure step a queue, a clock and a trace with a cursor; knows no screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from editor.engine import step
from editor.engine.ask import Answers, UnansweredError
from editor.engine.evaluate import SafeEvaluator
from editor.engine.machine import Machine
from editor.engine.snapshot import Event, Failure, Outcome, Service, Snapshot, Timer
from editor.errors import ExpressionError, RunError, StepLimitError
from editor.model import scenario
from editor.model.chart import Chart
from editor.model.elements import Data, TriggerKind
from editor.signal import Signal

MOST_FIRINGS = 100_000


@dataclass(frozen=True, slots=True)
class Enabled:
    """An event that would do something now; `verdict` is None where an unknown guard decides."""

    event: str
    transitions: tuple[str, ...]
    verdict: bool | None
    needs_name: bool = False


@dataclass(frozen=True, slots=True)
class TraceEntry:
    """One thing done, and what it did."""

    title: str
    deed: scenario.Deed | None
    outcome: Outcome
    changed: tuple[str, ...] = ()


class Simulator:
    """One run. Invariant: `trace[cursor]` is what is shown; a new input drops what lies behind the cursor."""

    def __init__(self, chart: Chart, *, asks: bool = False) -> None:
        self.machine = Machine.from_chart(chart)
        self.evaluator = SafeEvaluator()
        self.answers = Answers(asks=asks)
        self.trace: list[TraceEntry] = []
        self.cursor = -1
        self.question: UnansweredError | None = None
        self.stepped: Signal[[TraceEntry]] = Signal()
        self.moved: Signal[[]] = Signal()
        self.asked: Signal[[]] = Signal()
        self._waiting: tuple[str, scenario.Deed | None, Event | Timer | None] | None = None
        self._once: set[str] = set()

    # what is shown

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot at the cursor."""
        return self.trace[self.cursor].outcome.snapshot if self.trace else Snapshot()

    @property
    def configuration(self) -> frozenset[str]:
        """The ids of all active states, the root among them."""
        machine = self.machine
        return frozenset(machine.ids(machine.bits(self.snapshot.active)))

    @property
    def leaves(self) -> tuple[str, ...]:
        """The dotted paths of the active leaves."""
        return self.machine.leaf_names(self.snapshot.active)

    @property
    def paths(self) -> tuple[str, ...]:
        """The dotted paths of all active states, in document order, without the root."""
        return tuple(self.machine.names[place] for place in self.machine.bits(self.snapshot.active) if place)

    @property
    def clock(self) -> float:
        """Milliseconds since the start."""
        return self.snapshot.clock

    @property
    def timers(self) -> list[Timer]:
        """The delays that run, the next one first."""
        return sorted(self.snapshot.timers, key=lambda each: (each.due, each.serial))

    @property
    def services(self) -> tuple[Service, ...]:
        """The active invocations."""
        return self.snapshot.services

    @property
    def enabled(self) -> list[Enabled]:
        """The events that would do something now: inner states first, in document order, each once."""
        if self.snapshot.is_done or not self.trace:
            return []
        machine = self.machine
        work = step.Work(machine, self.snapshot, self.evaluator, self.answers)
        found: dict[str, tuple[list[str], bool | None]] = {}
        for leaf in machine.bits(self.snapshot.active & machine.atomic_mask):
            for place in (leaf, *machine.ancestors[leaf]):
                for rule in machine.rules[place]:
                    if rule.record.trigger.kind is not TriggerKind.EVENT or rule.record.is_forbidding:
                        continue
                    verdict = self._verdict(work, rule.record.guard)
                    if verdict is False:
                        continue
                    ids, known = found.setdefault(rule.descriptor, ([], None))
                    if rule.record.id not in ids:
                        ids.append(rule.record.id)
                    found[rule.descriptor] = (ids, True if verdict else known)
        return [Enabled(event, tuple(ids), verdict, "*" in event) for event, (ids, verdict) in found.items()]

    def _verdict(self, work: step.Work, guard: object) -> bool | None:
        if guard is None:
            return True
        try:
            return work.guards.decide(guard, work.scope(), self.answers.guards)  # type: ignore[arg-type]
        except ExpressionError:
            return None

    # what is done

    def start(self) -> None:
        """Enter the machine."""
        self.trace.clear()
        self.cursor = -1
        self._attempt("start", None, None)

    def send(self, name: str, data: Data = None) -> None:
        """Send an event and run until nothing is left to do at this instant."""
        self._attempt(name, scenario.SendEvent(event=name, data=data), Event(name, data))

    def advance(self, milliseconds: float) -> None:
        """Move the clock, firing what falls due in order; one step of the trace."""
        if self.snapshot.is_done:
            return
        end = self.clock + milliseconds
        outcome = Outcome(self.snapshot)
        for _ in range(MOST_FIRINGS):
            due = _next_due(outcome.snapshot, end)
            if due is None:
                break
            try:
                fired = step.fire(
                    self.machine, outcome.snapshot, due, self.evaluator, self._present_answers()
                )
            except UnansweredError as error:
                at = replace(outcome, snapshot=replace(outcome.snapshot, clock=due.due))
                self._advanced(at, at.snapshot.clock - self.clock)
                self._ask(error, ("timer", scenario.Advance(milliseconds=0), due))
                return
            except StepLimitError as error:
                self._stop(error, "advance", scenario.Advance(milliseconds=milliseconds))
                return
            outcome = _joined(outcome, fired)
        else:
            raise RunError(f"More than {MOST_FIRINGS:,} timers fell due; the clock was not moved.")
        if not outcome.snapshot.is_done:
            outcome = replace(outcome, snapshot=replace(outcome.snapshot, clock=end))
        self._advanced(outcome, milliseconds)

    def advance_to_next_timer(self) -> None:
        """Move the clock to the next delay that runs out."""
        timers = [each for each in self.timers if each.due != float("inf")]
        if timers:
            self.advance(max(timers[0].due - self.clock, 0))

    def finish(self, service: str, data: Data = None) -> None:
        """Finish an active invocation with a result.

        Raises:
            RunError: no such invocation is active, or several are.
        """
        found = self.service(service)
        event = Event(f"done.invoke.{found.id}", data)
        self._attempt(f"done: {found.src}", scenario.Finish(service=found.id, data=data), event)

    def fail(self, service: str, data: Data = None) -> None:
        """Fail an active invocation with an error.

        Raises:
            RunError: no such invocation is active, or several are.
        """
        found = self.service(service)
        event = Event(f"error.platform.{found.id}", data)
        self._attempt(f"error: {found.src}", scenario.Fail(service=found.id, data=data), event)

    def service(self, name: str) -> Service:
        """The active invocation with this id, or the only one with this `src`.

        Raises:
            RunError: there is none, or several.
        """
        by_id = [each for each in self.services if each.id == name]
        found = by_id or [each for each in self.services if each.src == name]
        if len(found) == 1:
            return found[0]
        active = ", ".join(each.id for each in self.services) or "none"
        what = "Several invocations are" if found else "No invocation is"
        raise RunError(f"{what} active as “{name}”. Active: {active}.")

    def answer_guard(self, name: str, value: bool, *, always: bool = False) -> None:
        """Answer the open question; the step that waited goes on."""
        self.answers.guards[name] = value
        if not always:
            self._once.add(name)
        waiting, self._waiting, self.question = self._waiting, None, None
        if waiting is not None:
            title, deed, event = waiting
            self._attempt(title, deed, event)

    def answer_delay(self, name: str, milliseconds: float) -> None:
        """Give an unknown delay its length, for timers that are armed from now on and those that wait for it."""
        self.answers.delays[name] = milliseconds
        if not self.trace:
            return
        timers = tuple(
            replace(each, due=each.started + milliseconds, length=milliseconds) if each.name == name else each
            for each in self.snapshot.timers
        )
        entry = self.trace[self.cursor]
        outcome = replace(entry.outcome, snapshot=replace(self.snapshot, timers=timers))
        self.trace[self.cursor] = replace(entry, outcome=outcome)
        self.moved.emit()

    # moving in the trace

    def go_to(self, place: int) -> None:
        """Show another step of the trace."""
        if 0 <= place < len(self.trace) and place != self.cursor:
            self.cursor = place
            self.moved.emit()

    def back(self) -> None:
        """Show the step before."""
        self.go_to(self.cursor - 1)

    def forward(self) -> None:
        """Show the step after."""
        self.go_to(self.cursor + 1)

    def reset(self) -> None:
        """Begin again; answers that were given for good stay."""
        self._waiting, self.question = None, None
        self.start()
        self.moved.emit()

    def recorded(self) -> scenario.Scenario:
        """What was done up to the cursor, to be played again."""
        deeds = [entry.deed for entry in self.trace[1 : self.cursor + 1] if entry.deed is not None]
        return scenario.Scenario(steps=tuple(scenario.Step(do=deed) for deed in deeds))

    def do(self, deed: scenario.Deed) -> None:
        """Do one thing of a scenario.

        Raises:
            RunError: it names an invocation that is not active.
        """
        if isinstance(deed, scenario.SendEvent):
            self.send(deed.event, deed.data)
        elif isinstance(deed, scenario.Advance):
            self.advance(deed.milliseconds)
        elif isinstance(deed, scenario.Finish):
            self.finish(deed.service, deed.data)
        elif isinstance(deed, scenario.Fail):
            self.fail(deed.service, deed.data)
        elif isinstance(deed, scenario.AnswerGuards):
            self.answers.guards.update(deed.answers)
        else:
            for name, milliseconds in deed.answers:
                self.answer_delay(name, milliseconds)

    # inside

    def _present_answers(self) -> Answers:
        return self.answers

    def _attempt(self, title: str, deed: scenario.Deed | None, event: Event | Timer | None) -> None:
        if self.snapshot.is_stopped or self.question is not None:
            return
        try:
            if event is None:
                outcome = step.begin(self.machine, self.evaluator, self.answers)
            elif isinstance(event, Timer):
                outcome = step.fire(self.machine, self.snapshot, event, self.evaluator, self.answers)
            else:
                outcome = step.take(self.machine, self.snapshot, event, self.evaluator, self.answers)
        except UnansweredError as error:
            self._ask(error, (title, deed, event))
            return
        except StepLimitError as error:
            self._stop(error, title, deed)
            return
        self._record(title, deed, outcome)

    def _ask(
        self, error: UnansweredError, waiting: tuple[str, scenario.Deed | None, Event | Timer | None]
    ) -> None:
        self.question = error
        self._waiting = waiting
        self.asked.emit()

    def _stop(self, error: StepLimitError, title: str, deed: scenario.Deed | None) -> None:
        from_ = replace(self.snapshot, is_stopped=True, is_started=True)
        self._record(title, deed, Outcome(from_, failures=(Failure("root", "", str(error)),)))

    def _advanced(self, outcome: Outcome, milliseconds: float) -> None:
        self._record(f"+{milliseconds:g} ms", scenario.Advance(milliseconds=milliseconds), outcome)

    def _record(self, title: str, deed: scenario.Deed | None, outcome: Outcome) -> None:
        for name in self._once:
            self.answers.guards.pop(name, None)
        self._once.clear()
        changed = _changed(self.snapshot.context, outcome.snapshot.context)
        del self.trace[self.cursor + 1 :]
        entry = TraceEntry(title, deed, outcome, changed)
        self.trace.append(entry)
        self.cursor = len(self.trace) - 1
        self.stepped.emit(entry)


def _next_due(snapshot: Snapshot, end: float) -> Timer | None:
    if snapshot.is_done:
        return None
    due = [each for each in snapshot.timers if each.due <= end]
    return min(due, key=lambda each: (each.due, each.serial), default=None)


def _joined(before: Outcome, after: Outcome) -> Outcome:
    return Outcome(
        after.snapshot,
        before.microsteps + after.microsteps,
        before.actions + after.actions,
        before.failures + after.failures,
        before.logs + after.logs,
        before.sent + after.sent,
        before.notices + after.notices,
    )


def _changed(before: dict[str, Data], after: dict[str, Data], prefix: str = "") -> tuple[str, ...]:
    """The dotted paths of context values that differ."""
    found: list[str] = []
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if key in before and key in after and old == new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            found += _changed(old, new, f"{prefix}{key}.")
        else:
            found.append(prefix + key)
    return tuple(found)
