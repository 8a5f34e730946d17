"""Our own safe expressions as a data model (native format, "Expressions"): variables are keys of the context."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from editor.engine import http
from editor.engine.evaluate import SafeEvaluator, Scope
from editor.engine.payloads import literal
from editor.engine.perform import assigned
from editor.engine.sending import PROCESSOR
from editor.engine.snapshot import Event
from editor.errors import ExpressionError
from editor.model import expressions
from editor.model.elements import Data

SYSTEM = ("_event", "_sessionid", "_name", "_ioprocessors")
_IN = re.compile(r"\bIn\(\s*(['\"])([^'\"\\]+)\1\s*\)")
_FIELDS = ("name", "sendid", "origin", "origintype", "invokeid", "data", "raw")


class SafeLanguage:
    """Evaluates safe expressions, which see the variables and, besides them, what SCXML says of the run (5.10)."""

    def __init__(self) -> None:
        self._evaluator = SafeEvaluator()

    # the data of a run: the context itself

    def begin(self, work: Any) -> None:
        """No variables."""
        work.context = {}

    def declare(self, work: Any, name: str) -> None:
        """Make a variable without a value."""
        if not expressions.is_plain_name(name) or name in SYSTEM:
            raise ExpressionError(f"“{name}” is no name for a variable")
        work.context = {**work.context, name: None}

    def put(self, work: Any, location: str, value: Data) -> None:
        """Put plain data at a variable, or at a path of keys that begins with one."""
        head = location.strip().partition(".")[0]
        if head in SYSTEM or head not in work.context:
            why = "cannot be assigned" if head in SYSTEM else "is no variable"
            raise ExpressionError(f"“{head}” {why}", text=location)
        work.context = assigned(work.context, location.strip(), value)

    def assign_code(self, location: str, text: str) -> Callable[[Any], None]:
        """A closure that puts at a place what an expression gives."""
        code = self.data_code(text)
        return lambda work: self.put(work, location, code(work))

    def write_code(self, location: str, content: str) -> Callable[[Any], None]:
        """A closure that puts at a place what is written there: JSON, or else words."""
        value = literal(content)
        return lambda work: self.put(work, location, value)

    def script_code(self, text: str) -> Callable[[Any], None]:
        """There are no statements."""

        def script(work: Any) -> None:
            raise ExpressionError("this language has expressions, and no statements", text=text)

        return script

    def items_code(self, array: str, item: str, index: str | None) -> Callable[[Any], Iterator[None]]:
        """A closure over whose steps `item` and `index` stand for one item of a list after the other."""
        code = self.data_code(array)

        def items(work: Any) -> Iterator[None]:
            found = code(work)
            if not isinstance(found, list):
                raise ExpressionError("foreach needs a list", text=array)
            for name in (item,) if index is None else (item, index):
                if name not in work.context:
                    self.declare(work, name)
            for at, each in enumerate(found):
                self.put(work, item, each)
                if index is not None:
                    self.put(work, index, at)
                yield

        return items

    def told(self, work: Any) -> dict[str, Data]:
        """The variables."""
        context: dict[str, Data] = work.context
        return context

    def memory_to_plain(self, memory: Any) -> Data:
        """Nothing: the context is all."""
        return None

    def memory_from_plain(self, data: Data) -> Any:
        """Nothing: the context is all."""
        return None

    # expressions

    def data(self, value: Data, scope: Any) -> Data:
        """Plain data in which every string is an expression."""
        return self.data_code(value)(scope)

    def guard_code(self, text: str) -> Callable[[Any], bool]:
        """A closure that tells whether an expression holds."""
        code = self._evaluator.guard_code(_ours(text))
        return lambda work: code(_scope(work))

    def sum_of(self, key: str, value: Data) -> None:
        """Assignments here are those of SCXML, which the language carries out itself."""

    def data_code(self, value: Data) -> Callable[[Any], Data]:
        """A closure that gives what the expressions in plain data do."""
        code = self._evaluator.data_code(_ours(value) if isinstance(value, str) else value)
        return lambda work: code(_scope(work))


def _ours(text: str) -> str:
    """An expression in which In() is said in our words."""
    return _IN.sub(lambda found: f"matches('#{found[2]}')", text)


def _scope(work: Any) -> Scope:
    """What expressions see."""
    event: Event | None = work.event
    if work.event_type is not None and (event is None or event.name != work.event_type):
        event = Event(work.event_type, work.event_data)
    location: dict[str, Data] = {"location": f"#_scxml_{work.session}"}
    posts: dict[str, Data] = {"location": work.machine.location(work.session)}
    ways = http.WAYS if work.machine.has_http else ()
    context = {
        **work.context,
        "_event": None if event is None else {"type": event.kind, **_fields(event)},
        "_sessionid": work.session,
        "_name": work.machine.states[0].key,
        "_ioprocessors": {PROCESSOR: location, "scxml": location, **dict.fromkeys(ways, posts)},
    }
    return Scope(
        context, event.name if event else None, event.data if event else None, None, work.leaves, work.matches
    )


def _fields(event: Event) -> dict[str, Data]:
    found = event._asdict()
    return {name: found[name] if found[name] != "" else None for name in _FIELDS}
