"""ECMAScript as a data model, evaluated by V8 in the extra `javascript` (SCXML, B.2).

What a run's data are follows from the calls that were made, one after the other: these are its memory, a chain that
snapshots share. A living context stands at the end of one chain; where a run goes on from elsewhere, another is made
and all calls are made again. So a step stays pure, whatever the language does, and one may go back in a run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from editor import resources
from editor.engine import http
from editor.engine.kept import MOST_KEPT
from editor.engine.language import active_names, code_of_data
from editor.engine.markup import trees
from editor.engine.payloads import Markup
from editor.engine.plain_event import event_from_plain, event_to_plain
from editor.engine.script_process import Context, ScriptEndError, ScriptError
from editor.engine.script_shorten import shortened
from editor.engine.sending import PROCESSOR
from editor.engine.snapshot import Event
from editor.errors import ExpressionError, RunError, StepLimitError
from editor.model.elements import Data

MOST_SECONDS = 1.0
MOST_BYTES = 100_000_000
MOST_ALIVE = 8
MOST_CALLS = 2_000
MOST_CALLS_OF_AN_INPUT = 50_000
_TROUBLE = 20_000  # what a script that is stopped counts among them
_MARK = "\0"
_TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_CALLS = re.compile(r"[\w$\])]\s*\(|[`{}]|=>|\+\+|--|\b(?:new|delete|function|await|yield|import)\b")
_HALVES = re.compile(r"(\\\\)|\\ud[89a-f][0-9a-f]{2}")
_COMPARES = re.compile(r"[=!]==?|[<>]=")


def changes_nothing(text: str) -> bool:
    """Whether an expression, as it is written, neither calls nor assigns anything; In() is the exception."""
    bare = _COMPARES.sub(" ", _TEXTS.sub(" ", text))
    bare = re.sub(r"\bIn\s*\(\s*\)|\btypeof\b", " ", bare)
    return "=" not in bare and _CALLS.search(bare) is None


class Memory:
    """The last of the calls that made data what they are, and what the language was told before it.

    `before` are the other calls, `size` of them with this one; `is_setup`: a script that ran before anything was
    entered; `is_untold`: to tell the variables does not end.
    """

    __slots__ = ("active", "before", "clock", "code", "event", "is_setup", "is_untold", "size")

    def __init__(
        self, before: Memory | None, code: str, news: News | None = None, *, is_setup: bool = False
    ) -> None:
        self.before = before
        self.code = code
        self.event, self.active, self.clock = news or News(None, "[]", 0.0)
        self.size: int = 1 if before is None else before.size + 1
        self.is_setup = is_setup
        self.is_untold: bool = before is not None and before.is_untold

    def calls(self) -> list[Memory]:
        """All calls, in their order."""
        found = []
        each: Memory | None = self
        while each is not None:
            found.append(each)
            each = each.before
        return found[::-1]


class News(NamedTuple):
    """What a call is made under: the last event, the ids of the active states as JSON, and the time."""

    event: Event | None
    active: str
    clock: float


class Living:
    """A context of V8 and the memory that it is at, with what it was told last."""

    def __init__(self, memory: Memory) -> None:
        """Make all calls of a memory.

        Raises:
            RunError: ECMAScript cannot be evaluated here.
            ScriptEndError: it takes too long or too much memory.
        """
        self.context = Context(_host(), MOST_BYTES)
        self.memory = memory
        self.news = News(None, "[]", 0.0)
        self.wholes = MOST_CALLS
        for call in memory.calls():
            with suppress(ScriptError):  # it failed the first time too
                self.run(call.code, News(call.event, call.active, call.clock))

    def close(self) -> None:
        """Let go of the context."""
        self.context.close()

    def run(self, code: str, news: News) -> str | None:
        """What statements give, after what is new was told.

        Raises:
            ScriptError: they fail.
            ScriptEndError: they take too long or too much memory; nothing can be asked any more.
        """
        told = self.news
        found = ""
        if news.event is not None and news.event is not told.event:
            found += _event_code(news.event)
        if news.active != told.active:
            found += f"__host.active({news.active});"
        if news.clock != told.clock:
            found += f"__host.time({js(news.clock)});"
        if found:
            self.news = news if news.event is not None else news._replace(event=told.event)
            if code.startswith("__host."):
                code = found + code
            else:  # a program, which may begin with what is said of all of it
                self.context.call(found, MOST_SECONDS)
        return self.context.call(code, MOST_SECONDS)


@cache
def _host() -> str:
    return resources.path("ecmascript", "host.js").read_text(encoding="utf-8")


class ScriptLanguage:
    """Evaluates ECMAScript. Only what a machine really evaluates needs the extra.

    Raises:
        RunError: from whatever evaluates, where the extra is missing.
    """

    def __init__(self) -> None:
        self._alive: list[Living] = []
        self._told: tuple[Memory | None, dict[str, Data]] = (None, {})
        self._active: dict[int, str] = {}

    # the data of a run

    def begin(self, work: Any) -> None:
        """Put the memory of a new session in place."""
        location = {"location": f"#_scxml_{work.session}"}
        processors = {PROCESSOR: location, "scxml": location}
        if work.machine.has_http:
            processors |= {way: {"location": work.machine.location(work.session)} for way in http.WAYS}
        name = work.machine.states[0].key
        work.memory = Memory(None, f"__host.start({js(work.session)}, {js(name)}, {js(processors)})")

    def declare(self, work: Any, name: str) -> None:
        """Make a variable without a value."""
        self._call(work, f"__host.declare({js(name)})")

    def put(self, work: Any, location: str, value: Data) -> None:
        """Put plain data at a place."""
        self._call(work, f"__host.put({js(location)}, {js(encoded(value))})")

    def assign_code(self, location: str, text: str) -> Callable[[Any], None]:
        """A closure that puts at a place what an expression gives."""
        code = f"__host.assign({js(location)}, {js(text)})"

        def assign(work: Any) -> None:
            self._call(work, code, text)

        return assign

    def write_code(self, location: str, content: str) -> Callable[[Any], None]:
        """A closure that puts at a place what a written content means: JSON, an expression, or else its words."""
        code = f"__host.write({js(location)}, {js(content)})"

        def write(work: Any) -> None:
            self._call(work, code, location)

        return write

    def script_code(self, text: str) -> Callable[[Any], None]:
        """A closure that runs statements. What they name with `let` stays only if nothing was entered yet."""
        again = f"__host.run({js(text)})"

        def script(work: Any) -> None:
            once = work.field == "setup"  # as a program; a second time its `let` would be an error
            self._call(work, f"{text}\n;'u'" if once else again, text, is_setup=once)

        return script

    def items_code(self, array: str, item: str, index: str | None) -> Callable[[Any], Iterator[None]]:
        """A closure over whose steps `item` and `index` stand for one item of an array after the other."""
        names = f"{js(item)}, {js(index)}"

        def items(work: Any) -> Iterator[None]:
            handle, count = _two(self._call(work, f"__host.array({js(array)}, {names})", array), array)
            for at in range(count):
                work.calls += 1
                if work.calls > MOST_CALLS_OF_AN_INPUT:
                    raise ExpressionError("too many items are gone over", text=array)
                self._call(work, f"__host.item({handle}, {at}, {names})")
                yield
            self._call(work, f"__host.release({handle})")

        return items

    def told(self, work: Any) -> dict[str, Data]:
        """The variables as plain data; functions are left out."""
        memory = work.memory
        if memory is None or memory.before is None:
            return {}
        if memory.is_untold:
            return {}
        if self._told[0] is not memory:
            self._told = (memory, self._told_now(work, memory))
        return self._told[1]

    def _told_now(self, work: Any, memory: Memory) -> dict[str, Data]:
        """What telling gives, or nothing where a script has seen to it that it does not end."""
        try:
            found = decoded(self._at(memory).run("__host.told()", self._news(work)), "")
        except (ScriptError, ScriptEndError, ExpressionError):
            memory.is_untold = True
            return {}
        return found if isinstance(found, dict) else {}

    def memory_to_plain(self, memory: Memory | None) -> Data:
        """The calls, each with what it was made under."""
        if memory is None:
            return None
        rows: list[Data] = []
        for call in memory.calls():
            event = None if call.event is None else event_to_plain(call.event)
            rows.append([call.code, event, call.active, call.clock, call.is_setup])
        return rows

    def memory_from_plain(self, data: Data) -> Memory | None:
        """The calls again, to be made when they are needed.

        Raises:
            RunError: these are none.
        """
        memory: Memory | None = None
        for row in data if isinstance(data, list) else ():
            match row:
                case [str(code), event, str(active), int() | float() as clock, bool(is_setup)]:
                    memory = Memory(
                        memory, code, News(event_from_plain(event), active, clock), is_setup=is_setup
                    )
                case _:
                    raise RunError("“memory” of the saved run must be a list of calls.")
        return memory

    # expressions

    def data(self, value: Data, scope: Any) -> Data:
        """Plain data in which every string is an expression."""
        return self.data_code(value)(scope)

    def guard_code(self, text: str) -> Callable[[Any], bool]:
        """A closure that tells whether an expression holds."""
        code, is_pure = f"__host.holds({js(text)})", changes_nothing(text)

        def holds(work: Any) -> bool:
            return bool(self._call(work, code, text, is_pure=is_pure))

        return holds

    def sum_of(self, key: str, value: Data) -> None:
        """What the language keeps itself is no sum."""

    def data_code(self, value: Data) -> Callable[[Any], Data]:
        """A closure that gives what an expression does, as plain data."""
        return code_of_data(value, self._value_code)

    def _value_code(self, text: str) -> Callable[[Any], Data]:
        code, is_pure = f"__host.value({js(text)})", changes_nothing(text)

        def evaluate(work: Any) -> Data:
            found: Data = self._call(work, code, text, is_pure=is_pure)
            return found

        return evaluate

    # calls

    def _call(
        self, work: Any, code: str, text: str = "", *, is_pure: bool = False, is_setup: bool = False
    ) -> Any:
        """Make a call, at the end of the memory of a run; one that is not pure becomes a part of it."""
        news = self._news(work)
        try:
            living = self._at(work.memory)
            result = living.run(code, news)
        except ScriptEndError as error:  # how far it came cannot be told, and so it never happened
            self._alive = [each for each in self._alive if each.context.is_alive]
            work.calls += _TROUBLE
            if work.calls > MOST_CALLS_OF_AN_INPUT:
                raise StepLimitError(
                    "Scripts take too long, one after the other.", states=work.leaves
                ) from None
            raise ExpressionError(str(error), text=text) from None
        except ScriptError as error:
            self._note(work, living, code, news, is_setup)
            raise ExpressionError(said(error), text=text) from None
        if not is_pure:
            self._note(work, living, code, news, is_setup)
        return decoded(result, text)

    def _note(self, work: Any, living: Living, code: str, news: News, is_setup: bool) -> None:
        memory = Memory(work.memory, code, news, is_setup=is_setup)
        if memory.size >= living.wholes:
            living.wholes *= 2
            short = shortened(living, memory, news, Living, Memory)
            if short is not None:
                memory = short
                living.wholes = MOST_CALLS + short.size
        work.memory = living.memory = memory

    def _at(self, memory: Memory) -> Living:
        for place, living in enumerate(self._alive):
            if living.memory is memory and living.context.is_alive:
                self._alive.append(self._alive.pop(place))
                return living
        living = Living(memory)
        self._alive.append(living)
        if len(self._alive) > MOST_ALIVE:
            self._alive.pop(0).close()
        return living

    def _news(self, work: Any) -> News:
        event: Event | None = work.event
        if work.event_type is not None and (event is None or event.name != work.event_type):
            event = Event(work.event_type, work.event_data)
        active = self._active.get(work.active)
        if active is None:
            if len(self._active) >= MOST_KEPT:
                self._active.clear()
            active = self._active[work.active] = js(active_names(work))
        return News(event, active, work.clock)


def _event_code(event: Event) -> str:
    fields = {"name": event.name, "type": event.kind}
    texts = ", ".join(
        f"{key}: {js(value) if value else 'undefined'}"
        for key, value in (
            *fields.items(), ("sendid", event.sendid), ("origin", event.origin),
            ("origintype", event.origintype), ("invokeid", event.invokeid), ("raw", event.raw),
        )
    )  # fmt: skip
    data = "undefined" if event.data is None else js(encoded(event.data))
    return f"__host.event({{{texts}}}, {data});"


def js(value: object) -> str:
    """A value as an expression; JSON is one, but for two letters."""
    return json.dumps(value)


def encoded(value: Data) -> str:
    """Data as the JSON that the host understands."""
    return json.dumps(_told(value))


def _told(value: Any) -> Any:
    """Data with what JSON does not have under a mark."""
    if isinstance(value, Markup):
        return {_MARK: ["markup", [str(value), trees(value)]]}
    if isinstance(value, dict):
        return {key: _told(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_told(each) for each in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return {_MARK: ["number", {float("inf"): "Infinity", float("-inf"): "-Infinity"}.get(value, "NaN")]}
    return value


def decoded(result: Any, text: str) -> Any:
    """What the host says that an expression gave.

    Raises:
        ExpressionError: it failed.
    """
    if not isinstance(result, str) or result == "u":
        return None
    kind, rest = result[:1], result[1:]
    if "\\ud" in rest:  # halves of letters, which no file can hold
        rest = _HALVES.sub(lambda found: found[1] or "\ufffd", rest)
    if kind in ("t", "f"):
        return kind == "t"
    try:
        if kind == "e":
            raise ExpressionError(str(json.loads(rest)), text=text)
        return json.loads(rest, object_hook=_unmarked) if "\\u0000" in rest else json.loads(rest)
    except (ValueError, RecursionError):  # a script has changed what values are written with
        raise ExpressionError("the value cannot be told", text=text) from None


def _unmarked(found: dict[str, Any]) -> Any:
    """What stands under a mark; a script may have written any other thing there."""
    match found.get(_MARK) if len(found) == 1 else None:
        case ["markup", str(value)]:
            return Markup(value)
        case ["number", "Infinity" | "-Infinity" | "NaN" as value]:
            return float(value.replace("Infinity", "inf"))
    return found


def _two(value: Data, text: str) -> tuple[int, int]:
    """A handle and a count, which a script that changes what all arrays are can take away.

    Raises:
        ExpressionError: it did.
    """
    match value:
        case [int(handle), int(count)]:
            return handle, count
    raise ExpressionError("the array cannot be gone over", text=text)


def said(error: Exception) -> str:
    """What V8 says, without where: the first line begins with a place."""
    line = str(error).partition("\n")[0]
    return re.sub(r"^\S*:\d+: ", "", line) or "it cannot be evaluated"
