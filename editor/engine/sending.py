"""Sends of machines in sessions: all is worked out when the action runs, then the event goes (SCXML, 6.2, C.1)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from editor.engine import http
from editor.engine.delays import compile_delay
from editor.engine.payloads import compile_payload
from editor.engine.snapshot import Event
from editor.errors import ExpressionError
from editor.model.elements import Send

if TYPE_CHECKING:
    from editor.engine.machine import Machine

PROCESSOR = "http://www.w3.org/TR/scxml/#SCXMLEventProcessor"
"""The way that events take between sessions (SCXML, C.1)."""
_WAYS = ("", "scxml", PROCESSOR)


def compile_send(action: Send, machine: Machine) -> Callable[[Any], None]:
    """The closure of a send. What fails in it keeps the event from being sent."""
    name, to, way = (
        compile_text(text, computed, machine)
        for text, computed in (
            (action.event, action.event_expr), (action.to, action.to_expr), (action.type, action.type_expr),
        )
    )  # fmt: skip
    delay = None if action.delay is None else compile_delay(action.delay, machine)
    payload = compile_payload(action.payload, machine, action.data)
    location = action.id_location

    def send(work: Any) -> None:
        sendid = action.id or ""
        if location is not None:
            work.serial += 1
            sendid = f"send.{work.session}.{work.serial}"
            machine.language.put(work, location, sendid)
        try:
            target, is_http = to(work), _is_http(way(work), machine)
            if is_http:
                event = http.posted(name(work), payload(work), sendid)
                target = target or machine.location("")
                event = event._replace(origin=machine.location(work.session))
            else:
                event = _addressed(Event(name(work), payload(work), "external", sendid), target, work.session)
            length = 0 if delay is None else delay.length(work)
        except ExpressionError as error:
            error.sendid = sendid
            raise
        if length > 0:
            work.arm_send(sendid or None, event, target, length, "")
        else:
            work.deliver(event, target)

    return send


def _is_http(way: str, machine: Machine) -> bool:
    """Whether an event goes by Basic HTTP, and not from session to session.

    Raises:
        ExpressionError: there is no such way.
    """
    if machine.has_http and way in http.WAYS:
        return True
    if way not in _WAYS:
        raise ExpressionError(f"events cannot be sent by “{way}”")
    return False


def _addressed(event: Event, target: str, session: str) -> Event:
    """An event with where it comes from; one that stays inside comes from nowhere.

    Raises:
        ExpressionError: nothing can be sent to such a target.
    """
    if target and not target.startswith("#_"):
        raise ExpressionError(f"“{target}” is nothing that events can be sent to")
    if target == "#_internal":
        return event._replace(kind="internal")
    return event._replace(origin=f"#_scxml_{session}", origintype=PROCESSOR)


def compile_text(text: str | None, computed: str | None, machine: Machine) -> Callable[[Any], str]:
    """The closure of an attribute that is given as it is or by an expression."""
    if computed is None:
        given = text or ""
        return lambda work: given
    evaluate = machine.evaluator.data_code(computed)

    def value(work: Any) -> str:
        found = evaluate(work)
        return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)

    return value
