"""JavaScript in machines of the native format (`language: javascript`): each expression is a function of what it sees.

Names are those of our own expressions: the keys of the context, `context`, `event`, `params`, `state` and `matches()`.
Machines that come from SCXML find `_event` and `In()` as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from editor.engine.language import code_of_data
from editor.engine.script import Living, Memory, News, decoded, encoded, js, said
from editor.engine.script_process import ScriptEndError, ScriptError
from editor.errors import ExpressionError
from editor.model.elements import Data


class ScriptEvaluator:
    """An `Evaluator` for JavaScript. Nothing that an expression does to its surroundings lasts.

    Raises:
        RunError: from whatever evaluates, where the extra is missing.
    """

    def __init__(self) -> None:
        self._living: Living | None = None

    def sum_of(self, key: str, value: Data) -> None:
        """What "+" means is for JavaScript to say."""

    def data(self, value: Data, scope: Any) -> Data:
        """Plain data in which every string is an expression."""
        return self.data_code(value)(scope)

    def guard_code(self, text: str) -> Callable[[Any], bool]:
        """A closure that tells whether an expression holds."""
        return lambda work: bool(self._call(work, text, holds=True))

    def data_code(self, value: Data) -> Callable[[Any], Data]:
        """A closure that gives what the expressions in plain data do."""
        return code_of_data(value, lambda text: lambda work: self._call(work, text, holds=False))

    def _call(self, work: Any, text: str, *, holds: bool) -> Any:
        scope: dict[str, Data] = {"context": dict(work.context), "state": list(work.leaves)}
        if work.event_type is not None:
            scope["event"] = {"type": work.event_type, "data": work.event_data}
        if work.params is not None:
            scope["params"] = work.params
        if "matches" in text or "In" in text:
            scope["at"] = list(_spellings(work, work.active))
        code = f"__host.scoped({js(text)}, {js(holds)}, {js(encoded(scope))})"
        try:
            result = self._at(work).run(code, News(None, "[]", work.clock))
        except ScriptEndError as error:
            self._living = None
            raise ExpressionError(str(error), text=text) from None
        except ScriptError as error:
            raise ExpressionError(said(error), text=text) from None
        return decoded(result, text)

    def _at(self, work: Any) -> Living:
        living = self._living
        if living is None or not living.context.is_alive:
            living = self._living = Living(Memory(None, "__host.harden()"))
            living.run(f"__host.know({js(_spellings(work, -1))})", News(None, "[]", 0.0))
        return living


def _spellings(work: Any, mask: int) -> list[str]:
    """What states may be called in matches(): by their paths, and by their ids or paths behind a #."""
    machine = work.machine
    found: list[str] = []
    for place, state in enumerate(machine.states):
        if place and mask >> place & 1:
            name = machine.names[place]
            found += [name, f"#{name}"]
            if state.declared_id is not None:
                found.append(f"#{state.declared_id}")
    return found
