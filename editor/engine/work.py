"""The scratch of one input: what compiled guards and actions read and write while a step goes on.

`Work` is also the scope that expressions see: it has all that `evaluate.Scope` has, under the same names.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import MutableSequence
from typing import Any, NamedTuple

from editor.engine.ask import Answers, GuardCode, UnansweredError
from editor.engine.machine import Machine
from editor.engine.perform import ActionCode
from editor.engine.snapshot import Event, Failure, Microstep, Outcome, Service, Snapshot, Timer, made
from editor.errors import ExpressionError, StepLimitError
from editor.model.elements import Data, Invoke

MOST_TIMERS = 10_000


class Mark(NamedTuple):
    """How far a run has come: the snapshot, and how much of each kind has happened."""

    snapshot: Snapshot
    lengths: tuple[int, ...]


class Work:
    """A run's state, thawed. Invariant: `timers` are in the order in which they run out.

    `element` and `field` say where the actions stand that run now; `guard_failures` are the guards that failed
    since the last microstep; `calls` counts actions called by name that may call others; `microsteps` is None where
    nobody wants to know them. `owns_context`: nothing else can know the context, so that it may be changed in place.
    `frozen` is the snapshot that was made of a run that rests.
    """

    __slots__ = (
        "actions",
        "active",
        "answers",
        "bound",
        "calls",
        "clock",
        "context",
        "depth",
        "element",
        "event",
        "event_data",
        "event_type",
        "external",
        "failures",
        "field",
        "frozen",
        "guard_failures",
        "history",
        "internal",
        "is_assuming",
        "is_done",
        "left",
        "logs",
        "lookups",
        "machine",
        "memory",
        "microsteps",
        "notices",
        "owns_context",
        "params",
        "previous",
        "sent",
        "serial",
        "services",
        "session",
        "timers",
        "to_invoke",
        "unhandled",
        "unknown",
    )  # fmt: skip

    def __init__(self, machine: Machine, before: Snapshot, answers: Answers) -> None:
        self.machine = machine
        self.event_type: str | None = None
        self.event_data: Data = None
        self.params: Data = None
        self.internal: deque[Event] = deque()
        self.external: deque[Event] = deque()
        self.to_invoke = self.left = 0
        self.element = self.field = ""
        self.depth = self.lookups = 0
        self.unknown: list[str] = []
        self.is_assuming = False
        self.guard_failures: set[tuple[str, str]] = set()
        self.microsteps: list[Microstep] | None = []
        self.actions: MutableSequence[str] = []
        self.failures: MutableSequence[Failure] = []
        self.logs: MutableSequence[str] = []
        self.sent: MutableSequence[str] = []
        self.notices: MutableSequence[str] = []
        self.unhandled: MutableSequence[str] = []
        self.frozen: Snapshot | None = None
        self.thaw(before, answers)

    def thaw(self, before: Snapshot, answers: Answers) -> None:
        """Go on from a snapshot. The work must be new or cleared."""
        self.answers = answers
        (
            self.active, self.context, self.history, self.previous, timers, services,
            self.clock, self.serial, self.is_done, _, _, self.memory, self.bound, self.event, self.session,
        ) = before  # fmt: skip
        self.timers = [*timers]
        self.services = [*services]
        self.calls = 0
        self.owns_context = False

    def clear(self) -> None:
        """Forget what happened, after coming to rest."""
        if self.microsteps:
            self.microsteps.clear()
        if self.actions:
            self.actions.clear()
        if self.unhandled:
            self.unhandled.clear()
        if self.failures or self.logs or self.sent or self.notices:
            for told in (self.failures, self.logs, self.sent, self.notices):
                told.clear()

    def tell_nothing(self) -> None:
        """Keep the state of the run only, and nothing of what happens on the way."""
        self.microsteps = None
        self.actions, self.logs, self.sent = deque(maxlen=0), deque(maxlen=0), deque(maxlen=0)
        self.failures, self.notices, self.unhandled = deque(maxlen=0), deque(maxlen=0), deque(maxlen=0)

    def snapshot(self) -> Snapshot:
        """The run as it is now, frozen."""
        self.owns_context = False
        timers, services = self.timers, self.services
        return made(Snapshot, (
            self.active, self.context, self.history, self.previous, tuple(timers) if timers else (),
            tuple(services) if services else (), self.clock, self.serial, self.is_done, True, False, self.memory,
            self.bound, None, self.session,
        ))  # fmt: skip

    def mark(self) -> Mark:
        """How far the run has come."""
        return Mark(self.snapshot(), tuple([len(each) for each in self._happened()]))

    def outcome(self) -> Outcome:
        """What came out of it."""
        notices = self.notices
        return made(Outcome, (
            self.snapshot(), tuple(self.microsteps or ()), tuple(self.actions), tuple(self.failures),
            tuple(self.logs), tuple(self.sent), tuple(dict.fromkeys(notices)) if notices else (),
            tuple(self.unhandled), (),
        ))  # fmt: skip

    def outcome_until(self, mark: Mark) -> Outcome:
        """What had come out of it when a mark was made."""
        kinds = [tuple(each)[:end] for each, end in zip(self._happened(), mark.lengths, strict=True)]
        microsteps, actions, failures, logs, sent, notices, unhandled = kinds
        notices = tuple(dict.fromkeys(notices))
        return Outcome(mark.snapshot, microsteps, actions, failures, logs, sent, notices, unhandled)

    def _happened(self) -> tuple[Any, ...]:
        return (
            self.microsteps or (), self.actions, self.failures, self.logs, self.sent, self.notices,
            self.unhandled,
        )  # fmt: skip

    # what expressions ask

    @property
    def leaves(self) -> tuple[str, ...]:
        """The dotted paths of the active leaves."""
        return self.machine.leaf_names(self.active)

    def matches(self, path: str) -> bool:
        """Whether the state at a path is active.

        Raises:
            ExpressionError: there is none.
        """
        place = self.machine.find(path)
        if place < 0:
            raise ExpressionError(f"matches('{path}') names no state")
        return bool(self.active >> place & 1)

    def data(self, value: Data) -> Data:
        """Plain data in which every string is an expression.

        Raises:
            ExpressionError: one of them fails.
        """
        scope: Any = self
        return self.machine.evaluator.data(value, scope)

    # guards

    def decide(self, guard: GuardCode, element: str, field: str) -> bool:
        """A guard's value for the step: a failing one is false, open questions stop it or count as false.

        Raises:
            UnansweredError: an unknown name decides, and `answers` asks.
        """
        self.lookups = 0
        try:
            value = guard(self)
            return self._assume(guard, element) if value is None else value
        except ExpressionError as error:
            self.fail_guard(element, field, error)
            return False

    def _assume(self, guard: GuardCode, element: str) -> bool:
        names = tuple(dict.fromkeys(self.unknown))
        self.unknown.clear()
        if self.answers.asks:
            raise UnansweredError(names, element)
        for name in names:
            self.notices.append(f"The guard “{name}” has no meaning and no answer; it counts as false.")
        self.is_assuming = True
        try:
            return bool(guard(self))
        finally:
            self.is_assuming = False

    def fail_guard(self, element: str, field: str, error: ExpressionError) -> None:
        """Report a failing guard, once until something is done, so that its own error cannot fail it for ever."""
        self.unknown.clear()
        if field == "guard":
            place = (element, error.message)
            if place in self.guard_failures:
                return
            self.guard_failures.add(place)
        self.fail(element, field, error)

    # actions

    def run(self, codes: tuple[ActionCode, ...], element: str, field: str) -> None:
        """Carry out the list of actions that stands at a place; a failing expression stops the rest of it."""
        self.element, self.field = element, field
        try:
            for code in codes:
                code(self)
        except ExpressionError as error:
            self.fail(element, field, error)

    def fail(self, element: str, field: str, error: ExpressionError) -> None:
        """Report a failed expression and raise `error.execution` in the machine."""
        self.failures.append(Failure(element, field, error.message, error.text, error.column))
        self.internal.append(Event("error.execution", {"message": error.message}, "platform"))

    # events and time

    def deliver(self, event: Event, to: str) -> None:
        """Send an event now: to the machine itself, inside or outside; elsewhere it is only noted."""
        if not to:
            self.external.append(event)
        elif to == "#_internal":
            self.internal.append(event)
        elif to == "#_parent" or self._is_service(to):
            self.sent.append(f"{event.name} → {to}")
        else:
            message = f"There is no “{to}” to send “{event.name}” to."
            self.failures.append(Failure(self.element, self.field, message))
            self.internal.append(Event("error.communication", {"message": message}, "platform"))

    def _is_service(self, to: str) -> bool:
        return any(to in (each.id, f"#_{each.id}") for each in self.services)

    def arm_send(self, id: str | None, event: Event, to: str, length: float, name: str) -> None:
        """Send an event after a delay."""
        self.serial += 1
        self.arm(
            Timer(
                id or f"send:{self.serial}", self.clock + length, length, self.clock, self.serial,
                "", -1, event, name, to, self.element, self.field,
            )
        )  # fmt: skip

    def end_delays(self, leaving: int) -> None:
        """Drop the delays of states."""
        if self.timers:
            self.timers = [each for each in self.timers if each.state < 0 or not leaving >> each.state & 1]

    def arm(self, timer: Timer) -> None:
        """Start a delay; it must have the largest serial.

        Raises:
            StepLimitError: too many run.
        """
        if len(self.timers) >= MOST_TIMERS:
            raise StepLimitError(
                f"More than {MOST_TIMERS:,} delays run at once. Cancel those that are not needed any more.",
                states=self.leaves,
            )
        if not self.timers or self.timers[-1].due <= timer.due:  # its serial is the largest
            self.timers.append(timer)
        else:
            insort(self.timers, timer, key=_due)

    # services

    def invoke_later(self, places: int) -> None:
        """States with invocations were entered; these start when the macrostep comes to rest."""
        self.to_invoke |= places

    def end_services(self, leaving: int) -> None:
        """Drop the invocations of states, those that have not started among them."""
        self.services = [each for each in self.services if not leaving >> each.state & 1]
        self.to_invoke &= ~leaving

    def start_services(self) -> None:
        """Start the invocations of the states that were entered and are still active."""
        for place in self.machine.bits(self.to_invoke):
            for invoke in self.machine.states[place].invokes:
                self._start_service(place, invoke)
        self.to_invoke = 0

    def _start_service(self, place: int, invoke: Invoke) -> None:
        machine = self.machine
        try:
            data = None if invoke.input is None else self.data(invoke.input)
        except ExpressionError as error:
            self.fail(machine.states[place].id, "invoke", error)
            return
        id = machine.service_id(place, invoke.uid)
        self.services.append(Service(id, invoke.src, place, invoke.uid, data, invoke.auto_forward))


def _due(timer: Timer) -> tuple[float, int]:
    return timer.due, timer.serial
