"""Machines that invoke machines: all of them run on one clock, and send each other events (SCXML, 6.4, C.1, D).

A `Member` is the stepper of one of them. Between inputs the ones inside are kept in the services of the outer ones.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from math import inf

from editor.engine import http
from editor.engine.ask import Answers
from editor.engine.machine import Machine
from editor.engine.payloads import Markup, compile_payload
from editor.engine.perform import ActionCode, compile_actions
from editor.engine.sending import compile_text
from editor.engine.snapshot import ALONE, Child, Event, Failure, Outcome, Post, Service, Snapshot, Timer
from editor.engine.step import MOST_EVENTS, MOST_FIRINGS, Stepper
from editor.errors import EditorError, ExpressionError, StepLimitError
from editor.model.elements import Data, Invoke

MOST_NESTED = 20
MOST_MEMBERS = 200
MOST_STARTED = 2_000
_KINDS = ("", "scxml", "http://www.w3.org/TR/scxml", "http://www.w3.org/TR/scxml/")
"""What an invoked machine is of (SCXML, 6.4.1)."""


class Family:
    """All machines of one run, the outermost first.

    Of an input: `started` counts the machines that began, `posts` are the requests that it leads to.
    """

    def __init__(self, root: Member) -> None:
        self.root = root
        self.members: list[Member] = [root]
        self.started = 0
        self.posts: list[Post] = []

    def find(self, session: str) -> Member | None:
        """The machine of a session; None where there is none that runs."""
        return next((each for each in self.members if each.session == session and not each.is_done), None)

    def drain(self) -> None:
        """Work off what waits in the external queues, one event of each in turn.

        Raises:
            StepLimitError: they do not come to rest.
        """
        count = 0
        while waiting := [each for each in self.members if each.external]:
            for member in waiting:
                if member.is_done or not member.external:
                    continue
                count += 1
                if count > MOST_EVENTS:
                    raise StepLimitError(
                        f"The machines send each other events without an end ({MOST_EVENTS:,} at one instant).",
                        states=member.leaves,
                    )
                member.macrostep(member.external.popleft())
        self.root.gather()

    def advance(self, end: float, due: Callable[[], None] | None) -> None:
        """Move the clock of all, firing what falls due on the way in order; `due` is called before each."""
        at_once = count = 0
        root = self.root
        while not root.is_done:
            member = min(self.members, key=_next_due)
            if _next_due(member) > end:
                break
            if due is not None:
                due()
            timer = member.timers.pop(0)
            at_once = at_once + 1 if timer.due == root.clock else 0
            count += 1
            if at_once > MOST_EVENTS or count > MOST_FIRINGS:
                raise StepLimitError(
                    f"Delays run out without an end ({count:,}). Give them a length, or go a shorter way.",
                    states=member.leaves,
                )
            self.set_clock(timer.due)
            member.fire(timer)
        if not root.is_done:
            self.set_clock(max(root.clock, end))

    def set_clock(self, clock: float) -> None:
        """Make it the same time for all."""
        for member in self.members:
            member.clock = clock


def _next_due(member: Member) -> float:
    return member.timers[0].due if member.timers else inf


class Member(Stepper):
    """The stepper of a machine in a session.

    `children` are those that it invoked, by the id of the invocation; `given` is what it gets for its variables, and
    `text` the one it was read from if that was no file.
    """

    __slots__ = ("children", "family", "given", "invokeid", "is_cancelled", "outer", "text")

    def __init__(
        self,
        machine: Machine,
        before: Snapshot,
        answers: Answers,
        outer: Member | None = None,
        invokeid: str = "",
    ) -> None:
        super().__init__(machine, before, answers)
        self.outer = outer
        self.invokeid = invokeid
        self.given: Mapping[str, Data] = {}
        self.children: dict[str, Member] = {}
        self.is_cancelled = False
        self.text = ""
        self.family: Family = Family(self) if outer is None else outer.family
        if outer is not None:
            self.family.members.append(self)
        for service in self.services:
            if service.child is not None:
                inside = Member(service.child.machine, service.child.snapshot, answers, self, service.id)
                inside.text = service.child.text
                self.children[service.id] = inside

    # beginning and ending

    def start(self) -> None:
        """Enter the machine and run until all is stable."""
        self.session = ALONE
        self.enter()
        self.drain()

    def enter(self) -> None:
        """Give the variables their values, run what is done before anything is entered, and enter (D, interpret)."""
        machine = self.machine
        machine.language.begin(self)
        is_late = machine.info.conventions.binds_late
        for place, state in enumerate(machine.states):
            for datum in state.data:
                self._try(partial(machine.language.declare, name=datum.id), state.id, "data")
            if place and is_late:
                continue
            self.bound |= 1 << place
        for place in machine.bits(self.bound):
            self._give_values(place)
        for code in compile_actions(machine.info.setup, machine):
            self._try(code, "info", "setup")
        self.respond(machine.begin, None, None, False)

    def bind(self, place: int) -> None:
        """A state is entered: what it declares gets its value, the first time (5.3.3)."""
        if not self.bound >> place & 1:
            self.bound |= 1 << place
            self._give_values(place)

    def _give_values(self, place: int) -> None:
        machine = self.machine
        state = machine.states[place]
        for datum, code in zip(state.data, machine.binding[place], strict=True):
            if place == 0 and datum.id in self.given:
                value = self.given[datum.id]
                self._try(partial(machine.language.put, location=datum.id, value=value), state.id, "data")
            else:
                self._try(code, state.id, "data")

    def _try(self, code: ActionCode, element: str, field: str) -> None:
        self.run((code,), element, field)

    def _finish(self) -> None:
        ended = next((each for each in self.machine.real[0] if self.machine.is_final[each]
                      and self.active >> each & 1), -1)  # fmt: skip
        super()._finish()
        for id in list(self.children):
            self.cancel(id)
        if self.outer is None:
            return
        self.family.members.remove(self)
        self.outer.children.pop(self.invokeid, None)
        data = self.done_data(ended) if ended >= 0 and not self.is_cancelled else None
        self.outer.take_over(self)
        if not self.is_cancelled:
            self.outer.external.append(
                Event(f"done.invoke.{self.invokeid}", data, "platform", invokeid=self.invokeid)
            )

    def done_data(self, place: int) -> Data:
        """What a final state gives to the event of the end."""
        machine = self.machine
        is_last = machine.parents[place] == 0
        state = machine.states[place]
        if (state.done_data is None and state.output is None) or (is_last and not self.is_done):
            return None
        self.element, self.field = state.id, "done_data"
        return machine.done_data[place](self)

    # running

    def drain(self) -> None:
        """Work off what waits, here and in the others."""
        self.family.drain()

    def advance(self, end: float, due: Callable[[], None] | None = None) -> None:
        """Move the clock of all of them."""
        self.family.started = 0
        self.family.advance(end, due)

    def fire(self, timer: Timer) -> None:
        """A delayed send or a delay of a state is due. It must have been taken from `timers`."""
        super().fire(timer)
        self.family.drain()

    def fail(self, element: str, field: str, error: ExpressionError) -> None:
        """Report a failed expression and raise `error.execution` in the machine."""
        self.failures.append(Failure(element, field, error.message, error.text, error.column))
        data: dict[str, Data] = {"message": error.message, "reason": error.message, "line": 1}
        data["column"] = error.column or 1
        data["tagname"] = error.action or {"guard": "transition", "data": "data"}.get(field, field)
        self.internal.append(Event("error.execution", data, "platform", error.sendid))

    # events

    def deliver(self, event: Event, to: str) -> None:
        """Bring an event to a session; what cannot be reached is an `error.communication` (C.1)."""
        if to == "#_internal":
            self.internal.append(event)
            return
        if self.machine.served_at and event.origintype == http.PROCESSOR:
            self.family.posts.append(http.post(event, to, self.session, self.element, self.field))
            self.sent.append(f"{event.name} → {to}")
            return
        receiver = self._receiver(to)
        if receiver is None or receiver.is_done:
            message = f"There is no “{to}” to send “{event.name}” to."
            self.failures.append(Failure(self.element, self.field, message))
            error = Event("error.communication", {"message": message}, "platform", event.sendid)
            self.internal.append(error)
            return
        if receiver is not self:
            self.sent.append(f"{event.name} → {to}")
        if receiver is self.outer:
            if self.is_cancelled:
                return
            event = event._replace(invokeid=self.invokeid)
        receiver.external.append(event)

    def _receiver(self, to: str) -> Member | None:
        if not to:
            return self
        if to == "#_parent":
            return self.outer
        session = (
            to.removeprefix("#_scxml_") if to.startswith("#_scxml_") else http.session_at(http.SIMULATED, to)
        )
        if session is not None:
            return self.family.find(session)
        return self.children.get(to.removeprefix("#_"))

    def _forward(self, name: str) -> None:
        """Before an event is answered: what is done about one from an invocation, and those that hear all (D)."""
        event = self.event
        if event is None:
            return
        for service in list(self.services):
            invoke = self.machine.invoke(service.state, service.uid)
            if invoke is not None and service.id == event.invokeid:
                self._finalize(service, invoke, event)
            inside = self.children.get(service.id)
            if inside is None and service.id == event.invokeid:
                self.services = [each for each in self.services if each is not service]
            elif inside is not None and service.forwards:
                inside.external.append(event)

    def _finalize(self, service: Service, invoke: Invoke, event: Event) -> None:
        machine = self.machine
        element = machine.states[service.state].id
        if invoke.finalize:
            self.run(compile_actions(invoke.finalize, machine), element, "invoke")
        elif invoke.finalize is not None and invoke.payload is not None and isinstance(event.data, dict):
            places = {name: name for name in invoke.payload.names}
            places |= {
                each.name: each.location for each in invoke.payload.params if each.location is not None
            }
            for name, location in places.items():
                if name in event.data:
                    value = event.data[name]
                    self._try(
                        partial(machine.language.put, location=location, value=value), element, "invoke"
                    )

    # invocations

    def _start_service(self, place: int, invoke: Invoke) -> None:
        state = self.machine.states[place].id
        self.element, self.field = state, "invoke"
        try:
            self._invoke(place, invoke)
        except ExpressionError as error:
            error.action = "invoke"
            self.fail(state, "invoke", error)

    def _invoke(self, place: int, invoke: Invoke) -> None:
        machine, family = self.machine, self.family
        id = invoke.id or self._new_id(place)
        if invoke.id_location is not None:
            machine.language.put(self, invoke.id_location, id)
        kind = compile_text(invoke.type, invoke.type_expr, machine)(self)
        if kind not in _KINDS:
            raise ExpressionError(f"machines of the type “{kind}” cannot be invoked")
        src = compile_text(invoke.src, invoke.src_expr, machine)(self)
        given, markup = self._passed(invoke)
        if id in self.children:
            raise ExpressionError(f"an invocation “{id}” is running")
        if self._depth() >= MOST_NESTED or len(family.members) >= MOST_MEMBERS:
            raise ExpressionError("too many machines run inside one another")
        family.started += 1
        if family.started > MOST_STARTED:
            raise StepLimitError(
                f"Machines are invoked without an end ({MOST_STARTED:,} at one instant).", states=self.leaves
            )
        try:
            inner = machine.invoked(src, markup)
        except EditorError as error:
            raise ExpressionError(str(error)) from None
        data = dict(given) or None
        self.services.append(Service(id, src or id, place, invoke.uid, data, invoke.auto_forward))
        child = Member(inner, Snapshot(clock=self.clock), self.answers, self, id)
        self.children[id] = child
        self.serial += 1
        child.session = f"{self.session}.{self.serial}"
        child.given, child.text = given, "" if src else markup
        child.enter()

    def _new_id(self, place: int) -> str:
        self.serial += 1
        return f"{self.machine.own_names[place]}.{self.session}.{self.serial}"

    def _passed(self, invoke: Invoke) -> tuple[Mapping[str, Data], str]:
        """The values for the variables of a machine, and the machine itself where it is no file."""
        payload, machine = invoke.payload, self.machine
        if payload is None:
            given = compile_payload(None, machine, invoke.input)(self)
            return given if isinstance(given, dict) else {}, ""
        markup = ""
        if payload.content is not None:
            code = machine.evaluator.data_code
            value = payload.content.text if payload.content.expr is None else code(payload.content.expr)(self)
            if not isinstance(value, str):
                raise ExpressionError("the content is no machine")
            markup = str(Markup(value)).strip()
        values = compile_payload(type(payload)(names=payload.names, params=payload.params), machine)(self)
        return values if isinstance(values, dict) else {}, markup

    def _depth(self) -> int:
        depth, member = 0, self.outer
        while member is not None:
            depth, member = depth + 1, member.outer
        return depth

    def end_services(self, leaving: int) -> None:
        """End the invocations of states, those that have not started among them."""
        for service in self.services:
            if leaving >> service.state & 1:
                self.cancel(service.id)
        super().end_services(leaving)

    def cancel(self, id: str) -> None:
        """End a machine that was invoked; it does what it does when it is left."""
        child = self.children.pop(id, None)
        if child is not None and not child.is_done:
            child.is_cancelled = child.is_done = True
            child._finish()

    # what is told

    def outcome(self) -> Outcome:
        """What came out of it, with the requests that are to be made."""
        return super().outcome()._replace(posts=tuple(self.family.posts))

    def gather(self) -> None:
        """Take over what those inside did that is to be told."""
        for child in self.children.values():
            self.take_over(child)

    def take_over(self, child: Member) -> None:
        """Tell what a machine inside did."""
        child.gather()
        label = f"{child.invokeid}: "
        self.logs.extend(label + each for each in child.logs)
        self.sent.extend(label + each for each in child.sent)
        self.failures.extend(Failure("root", "", label + str(each)) for each in child.failures)
        for told in (child.logs, child.sent, child.failures):
            told.clear()

    def snapshot(self) -> Snapshot:
        """The run as it is now, with all that run inside of it, frozen."""
        self.context = self.machine.language.told(self)
        services = tuple(self._kept(each) for each in self.services)
        return super().snapshot()._replace(services=services, event=self.event)

    def _kept(self, service: Service) -> Service:
        child = self.children.get(service.id)
        if child is None:
            return service._replace(child=None)
        return service._replace(child=Child(child.machine, child.snapshot(), child.text))


def arrive(
    machine: Machine, before: Snapshot, session: str, event: Event, answers: Answers, failure: Failure | None
) -> Outcome:
    """Work off an event that comes for one of the sessions of a run; for one that has ended nothing is done.

    With a `failure` it is an error that the platform tells, which goes into the internal queue (SCXML, 3.12.2).

    Raises:
        StepLimitError: it does not come to rest.
    """
    root = Member(machine, before, answers)
    member = root.family.find(session)
    if member is not None and failure is not None:
        member.failures.append(failure)
        member.internal.append(event)
        member.respond(member.machine.nothing, None, None, False)
    elif member is not None:
        member.external.append(event)
    root.drain()
    return root.outcome()
