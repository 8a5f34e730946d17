"""Actions carried out in the scratch of a step: assign, raise, send, cancel, log, choose, calls by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from editor.engine.evaluate import Scope
from editor.engine.snapshot import Event, Failure, Timer
from editor.errors import ExpressionError
from editor.model.elements import Action, Assign, Call, Cancel, Choose, Data, Log, Raise, Send

if TYPE_CHECKING:
    from editor.engine.step import Work

MOST_CALLS = 50


class Performer:
    """Carries out lists of actions; a failing expression stops the rest of its own list."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.meanings: Mapping[str, tuple[Action, ...]] = work.machine.actions
        self.depth = 0

    def run(self, actions: tuple[Action, ...], element: str, field: str, params: Data) -> None:
        """Carry out a list that stands at a place."""
        try:
            self._run(actions, element, params)
        except ExpressionError as error:
            self.work.fail(element, field, error)

    def _run(self, actions: tuple[Action, ...], element: str, params: Data) -> None:
        for action in actions:
            self._perform(action, element, params)

    def _perform(self, action: Action, element: str, params: Data) -> None:
        work = self.work
        scope = work.scope(params)
        if isinstance(action, Call):
            self._call(action, element, scope)
        elif isinstance(action, Assign):
            values = [(key, work.evaluator.data(value, scope)) for key, value in action.values]
            context = work.context
            for key, value in values:
                context = assigned(context, key, value)
            work.context = context
        elif isinstance(action, Raise):
            work.internal.append(Event(action.event, self._data(action.data, scope)))
        elif isinstance(action, Send):
            self._send(action, element, scope)
        elif isinstance(action, Cancel):
            work.timers = [each for each in work.timers if each.state >= 0 or each.id != action.id]
        elif isinstance(action, Log):
            value = work.evaluator.data(action.value, scope)
            work.logs.append(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        elif isinstance(action, Choose):
            for branch in action.branches:
                if branch.guard is None or work.decide(branch.guard, element, "actions", scope):
                    self._run(branch.actions, element, params)
                    break

    def _data(self, data: Data, scope: Scope) -> Data:
        return None if data is None else self.work.evaluator.data(data, scope)

    def _call(self, action: Call, element: str, scope: Scope) -> None:
        self.work.actions.append(action.name)
        meaning = self.meanings.get(action.name)
        if meaning is None:
            return
        if self.depth >= MOST_CALLS:
            raise ExpressionError(f"the action “{action.name}” leads back to itself")
        given = self._data(action.params, scope)
        self.depth += 1
        try:
            self._run(meaning, element, given)
        finally:
            self.depth -= 1

    def _send(self, action: Send, element: str, scope: Scope) -> None:
        work = self.work
        event = Event(action.event, self._data(action.data, scope))
        if action.to == "#_internal":
            work.internal.append(event)
            return
        if action.to is not None:
            self._send_away(action, event)
            return
        if action.delay is None:
            work.external.append(event)
            return
        length = work.delay(action.delay, element, "actions")
        if length is None:
            return
        work.serial += 1
        id = action.id or f"send:{work.serial}"
        work.timers.append(
            Timer(id, work.clock + length, length, work.clock, work.serial, "", -1, event, action.event)
        )

    def _send_away(self, action: Send, event: Event) -> None:
        work = self.work
        to = str(action.to)
        services = {service.id for service in work.services}
        if to == "#_parent" or to.removeprefix("#_") in services:
            work.sent.append(f"{event.name} → {to}")
            return
        message = f"There is no “{to}” to send “{event.name}” to."
        work.failures.append(Failure("info", "send", message))
        work.internal.append(Event("error.communication", {"message": message}))


def assigned(context: dict[str, Data], key: str, value: Data) -> dict[str, Data]:
    """A context with one key, or one path of keys, set; the given one is untouched.

    Raises:
        ExpressionError: a part of the path is no mapping.
    """
    if key in context or "." not in key:
        return {**context, key: value}
    head, rest = key.split(".", 1)
    inside: Any = context.get(head)
    if inside is None:
        inside = {}
    if not isinstance(inside, dict):
        raise ExpressionError(f"“{head}” is no mapping, so “{key}” cannot be set")
    return {**context, head: assigned(inside, rest, value)}
