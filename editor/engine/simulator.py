"""Simulator: gives the pure step a queue, a clock and a trace with a cursor; knows no screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from editor.engine import step, trace
from editor.engine.ask import Answers, UnansweredError
from editor.engine.kept import MOST_KEPT
from editor.engine.machine import Machine
from editor.engine.offers import Enabled, enabled
from editor.engine.pending import Pending, pending
from editor.engine.snapshot import ALONE, Event, Failure, Outcome, Service, Snapshot, Timer, made
from editor.engine.trace import TraceEntry
from editor.errors import RunError, StepLimitError
from editor.model import scenario
from editor.model.chart import Chart
from editor.model.durations import format_duration
from editor.model.elements import Data
from editor.signal import Signal


class Simulator:
    """One run. Invariant: `trace[cursor]` is what is shown; a new input drops what lies behind the cursor.

    `ahead` are the milliseconds that went by since (see `elapse`) without anything falling due. `_moves` are entries
    that changed nothing but the configuration, since something else was last done.
    """

    def __init__(self, source: Chart | Machine, *, asks: bool = False, keep_trace: bool = True) -> None:
        """A run of a chart, not yet started.

        Without `keep_trace` only the last step is kept; `asks`: unknown guards become a `question`.

        Raises:
            RunError: the chart cannot be run.
        """
        self.machine = source if isinstance(source, Machine) else Machine.from_chart(source)
        self.keep_trace = keep_trace
        self.answers = Answers(asks=asks)
        self.trace: list[TraceEntry] = []
        self.cursor = -1
        self.ahead = 0.0
        self.question: UnansweredError | None = None
        self.stepped: Signal[[TraceEntry]] = Signal()
        self.ticked: Signal[[]] = Signal()
        self.moved: Signal[[]] = Signal()
        self.asked: Signal[[]] = Signal()
        self._waiting: Callable[[], None] | None = None
        self._once: set[str] = set()
        self._moves: dict[tuple[int, str], TraceEntry] = {}

    # what is shown

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot at the cursor."""
        return self.trace[self.cursor].outcome.snapshot if self.trace else Snapshot()

    @property
    def configuration(self) -> frozenset[str]:
        """The ids of all active states, the root among them."""
        machine = self.machine
        return frozenset(machine.ids(self.snapshot.active))

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
    def now(self) -> float:
        """Milliseconds since the start, with the time that went by since the last step."""
        return self.clock + self.ahead

    @property
    def timers(self) -> list[Timer]:
        """The delays of the machine itself that run, the next one first."""
        return list(self.snapshot.timers)

    @property
    def pending(self) -> list[Pending]:
        """The delays that run here and in the machines inside, the next one first."""
        return pending(self.machine, self.snapshot)

    @property
    def services(self) -> tuple[Service, ...]:
        """The active invocations."""
        return self.snapshot.services

    @property
    def enabled(self) -> list[Enabled]:
        """The events that would do something now: of inner states first, in document order, each once."""
        snapshot = self.snapshot
        if snapshot.is_done or snapshot.is_stopped or not self.trace:
            return []
        return enabled(self.machine, snapshot, self.answers)

    # what is done

    def start(self) -> None:
        """Enter the machine."""
        self.ahead = 0.0
        self.trace.clear()
        self.cursor = -1
        self._attempt("start", None, lambda before: step.begin(self.machine, self.answers))

    def resume(self, snapshot: Snapshot) -> None:
        """Go on from a run that was saved, as if it had never ended; what led to it is not known."""
        self.ahead = 0.0
        self.trace[:] = [TraceEntry("resumed", None, Outcome(snapshot), snapshot.context)]
        self.cursor = 0
        self._moves.clear()
        self.moved.emit()

    def send(self, name: str, data: Data = None) -> None:
        """Send an event and run until nothing is left to do at this instant."""
        if self.ahead:
            self._settle()
        if data is not None:
            self._take(name, scenario.SendEvent(event=name, data=data), Event(name, data))
            return
        answers = self.answers
        if self._moves and self.question is None and not answers.guards and not answers.delays:
            entry = self._moves.get((self.snapshot.active, name))
            if entry is not None:
                self._append(entry)
                return
        self._take(name, *_plain_event(name))

    def advance(self, milliseconds: float) -> None:
        """Move the clock, firing what falls due in order; one step of the trace unless a question comes up.

        Raises:
            RunError: the time is negative or infinite.
        """
        if not 0 <= milliseconds < float("inf"):
            raise RunError(f"The clock cannot be moved by {milliseconds:g} ms. Give a time from now on.")
        if self.ahead:
            self._settle()
        before = self.snapshot
        if self.trace and self.question is None and not before.is_done and not before.is_stopped:
            self._advance(before.clock + milliseconds, Outcome(before))

    def advance_to_next_timer(self) -> None:
        """Move the clock to the next delay that runs out."""
        self._settle()
        due = self._next_due()
        if due is not None:
            self.advance(max(due - self.clock, 0))

    def elapse(self, milliseconds: float) -> None:
        """Let time go by, as a clock that runs does: a delay that ends is a step, the rest is kept in `ahead`.

        Nothing goes by while a question is open. The next input puts what is ahead into the trace first.
        """
        self.ahead += milliseconds
        while self.question is None and not self._is_over and (due := self._next_due()) is not None:
            if due > self.now:
                break
            left = self.now - due
            self.ahead = 0.0
            self._advance(due, Outcome(self.snapshot))
            self.ahead = left
        if self.question is not None or self._is_over:
            self.ahead = 0.0
        self.ticked.emit()

    def finish(self, service: str, data: Data = None) -> None:
        """Finish an active invocation with a result.

        Raises:
            RunError: no such invocation is active, or several are.
        """
        self._settle()
        found = self.service(service)
        event = Event(f"done.invoke.{found.id}", data)
        self._end(f"done: {found.src}", scenario.Finish(service=found.id, data=data), event, found)

    def fail(self, service: str, data: Data = None) -> None:
        """Fail an active invocation with an error.

        Raises:
            RunError: no such invocation is active, or several are.
        """
        self._settle()
        found = self.service(service)
        event = Event(f"error.platform.{found.id}", data)
        self._end(f"error: {found.src}", scenario.Fail(service=found.id, data=data), event, found)

    def arrive(self, session: str, event: Event, failure: Failure | None = None) -> None:
        """Take an event that comes from outside for a session of the run, or the error of a request it made."""
        if self.ahead:
            self._settle()
        machine, answers = self.machine, self.answers
        if machine.has_sessions:
            from editor.engine import sessions  # noqa: PLC0415 - most machines are alone

            take = sessions.arrive
            self._attempt(event.name, None, lambda now: take(machine, now, session, event, answers, failure))
        elif session == ALONE:
            self._attempt(event.name, None, lambda now: step.take(machine, now, event, answers))

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
        waiting = self._waiting
        self._drop_question()
        if waiting is not None:
            waiting()

    def answer_delay(self, name: str, milliseconds: float) -> None:
        """Give an unknown delay its length, for timers that are armed from now on and those that wait for it.

        In the past it drops what followed.
        """
        self.answers.delays[name] = milliseconds
        if not self.trace:
            return
        timers = [
            each._replace(due=max(each.started + milliseconds, self.clock), length=milliseconds)
            if each.name == name
            else each
            for each in self.snapshot.timers
        ]
        timers.sort(key=lambda each: (each.due, each.serial))
        entry = self.trace[self.cursor]
        outcome = entry.outcome._replace(snapshot=self.snapshot._replace(timers=tuple(timers)))
        del self.trace[self.cursor + 1 :]
        self.trace[self.cursor] = entry._replace(outcome=outcome)
        self._moves.clear()
        self.moved.emit()

    # moving in the trace

    def go_to(self, place: int) -> None:
        """Show another step of the trace."""
        if 0 <= place < len(self.trace) and place != self.cursor:
            self.cursor = place
            self.ahead = 0.0
            self._moves.clear()
            self._drop_question()
            self.moved.emit()

    def back(self) -> None:
        """Show the step before."""
        self.go_to(self.cursor - 1)

    def forward(self) -> None:
        """Show the step after."""
        self.go_to(self.cursor + 1)

    def reset(self) -> None:
        """Begin again; answers that were given for good stay."""
        self._drop_question()
        self.start()
        self.moved.emit()

    def recorded(self) -> scenario.Scenario:
        """What was done up to the cursor, with the answers that were given, to be played again."""
        is_at_end = self.cursor == len(self.trace) - 1
        return trace.recorded(self.trace[: self.cursor + 1], self.answers.delays.items() if is_at_end else ())

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
            for name, value in deed.answers:
                self._answer(name, value)
        else:
            for name, milliseconds in deed.answers:
                self.answer_delay(name, milliseconds)

    # inside

    @property
    def _is_over(self) -> bool:
        return self.snapshot.is_done or self.snapshot.is_stopped

    def _answer(self, name: str, value: bool) -> None:
        """Answer a guard from here on, whether it is asked now or not."""
        if self.question is not None and name in self.question.names:
            self.answer_guard(name, value, always=True)
        self.answers.guards[name] = value
        self._once.discard(name)

    def _drop_question(self) -> None:
        self._waiting, self.question = None, None

    def _ask(self, question: UnansweredError, waiting: Callable[[], None]) -> None:
        self.question, self._waiting = question, waiting
        self.asked.emit()

    def _next_due(self) -> float | None:
        """When the next delay ends; None when none does."""
        due = self.snapshot.next_due
        return due if due != float("inf") else None

    def _settle(self) -> None:
        """Put the time that went by into the trace, in whole milliseconds."""
        milliseconds, self.ahead = int(self.ahead), 0.0
        if milliseconds and self.trace and self.question is None and not self._is_over:
            self._advance(self.clock + milliseconds, Outcome(self.snapshot))

    def _take(self, title: str, deed: scenario.Deed, event: Event) -> None:
        """Take an event. What `_attempt` does, for what happens most."""
        before = self.snapshot
        if self.question is not None or before.is_stopped:
            return
        try:
            outcome = step.take(self.machine, before, event, self.answers)
        except UnansweredError as question:
            self._ask(question, partial(self._take, title, deed, event))
        except StepLimitError as error:
            self._stop(error, title, deed)
        else:
            entry = self._entry(title, deed, outcome, before)
            if not outcome.actions and step.is_move(self.machine, before, event):
                self._keep_move(entry, before, event)
            else:
                self._moves.clear()
            self._append(entry)

    def _end(self, title: str, deed: scenario.Deed, event: Event, ended: Service) -> None:
        """Take the event of an invocation that is not active any more."""

        def run(before: Snapshot) -> Outcome:
            services = tuple(each for each in before.services if each is not ended)
            return step.take(self.machine, before._replace(services=services), event, self.answers)

        self._attempt(title, deed, run)

    def _attempt(self, title: str, deed: scenario.Deed | None, run: Callable[[Snapshot], Outcome]) -> None:
        before = self.snapshot
        if self.question is not None or before.is_stopped:
            return
        try:
            outcome = run(before)
        except UnansweredError as question:
            self._ask(question, partial(self._attempt, title, deed, run))
            return
        except StepLimitError as error:
            self._stop(error, title, deed)
            return
        self._record(title, deed, outcome, before)

    def _advance(self, end: float, done: Outcome) -> None:
        """Move the clock to `end`; `done` has already happened since the last step of the trace."""
        try:
            more, question = step.advance(self.machine, done.snapshot, end, self.answers)
        except StepLimitError as error:
            self._stop(error, *_moved(end - self.clock))
            return
        outcome = trace.joined(done, more) if any(done[1:]) else more
        if question is None:
            self._note_advance(outcome, end)
            return
        pause = outcome.snapshot.timers[0].due
        if self.clock < outcome.snapshot.clock < pause:  # a step of its own, as it did not need the answer
            self._note_advance(outcome, outcome.snapshot.clock)
            outcome = Outcome(self.snapshot)
        self._ask(question, partial(self._resume, pause, end, outcome))

    def _resume(self, pause: float, end: float, done: Outcome) -> None:
        """Go on after an answer: first with the instant that was asked about, as it may hold only for that."""
        self._advance(pause, done)
        if self.question is not None:
            waiting = self._waiting
            self._waiting = lambda: self._and_then(waiting, end)
        elif pause < end and not self._is_over:
            self._advance(end, Outcome(self.snapshot))

    def _and_then(self, waiting: Callable[[], None] | None, end: float) -> None:
        if waiting is not None:
            waiting()
        if self.question is None and not self._is_over and self.clock < end:
            self._advance(end, Outcome(self.snapshot))

    def _note_advance(self, outcome: Outcome, end: float) -> None:
        milliseconds = end - self.clock
        title, deed = _moved(milliseconds)
        self._record(title, deed, outcome, self.snapshot)

    def _stop(self, error: StepLimitError, title: str, deed: scenario.Deed | None) -> None:
        before = self.snapshot
        stopped = before._replace(is_stopped=True, is_started=True, timers=(), services=())
        self._record(title, deed, Outcome(stopped, failures=(Failure("root", "", str(error)),)), before)

    def _record(self, title: str, deed: scenario.Deed | None, outcome: Outcome, before: Snapshot) -> None:
        self._moves.clear()
        self._append(self._entry(title, deed, outcome, before))

    def _entry(
        self, title: str, deed: scenario.Deed | None, outcome: Outcome, before: Snapshot
    ) -> TraceEntry:
        answers = self.answers
        return made(TraceEntry, (
            title, deed, outcome, before.context,
            tuple(answers.guards.items()) if answers.guards else (),
            tuple(answers.delays.items()) if answers.delays else (),
        ))  # fmt: skip

    def _keep_move(self, entry: TraceEntry, before: Snapshot, event: Event) -> None:
        """From now on, the same event in the same configuration is the same entry, as long as the run only moves."""
        if len(self._moves) >= MOST_KEPT:
            self._moves.clear()
        if event.data is None and not entry.guards and not entry.delays:
            self._moves[before.active, event.name] = entry

    def _append(self, entry: TraceEntry) -> None:
        """Make an entry the last one of the trace, in the place of those behind the cursor."""
        if self._once:
            for name in self._once:
                self.answers.guards.pop(name, None)
            self._once.clear()
        entries = self.trace
        if not self.keep_trace:
            entries.clear()
        elif self.cursor < len(entries) - 1:
            del entries[self.cursor + 1 :]
        entries.append(entry)
        self.cursor = len(entries) - 1
        self.stepped.emit(entry)


@lru_cache(maxsize=1_000)
def _plain_event(name: str) -> tuple[scenario.SendEvent, Event]:
    """The deed and the event of an event without data; as they never change, one of each is enough."""
    return scenario.SendEvent(event=name), Event(name)


@lru_cache(maxsize=1_000)
def _moved(milliseconds: float) -> tuple[str, scenario.Advance]:
    """How a moving of the clock is called, and the deed."""
    return f"+{format_duration(milliseconds)}", scenario.Advance(milliseconds=milliseconds)
