"""What the engine asks of a language that keeps a machine's data itself, and which languages there are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from editor import v8
from editor.engine.evaluate import Evaluator, SafeEvaluator
from editor.errors import ExpressionError, RunError
from editor.model import walk
from editor.model.chart import Chart
from editor.model.elements import Assign, Data, Script

_IN = re.compile(r"\s*In\(\s*(['\"])([^'\"]*)\1\s*\)\s*\Z")


class Language(Evaluator, Protocol):
    """A data model (SCXML, 5). What a run's data are is in `work.memory`, which is replaced and never changed.

    All of it is asked with the work of a step; an ExpressionError says what is wrong.
    """

    def begin(self, work: Any) -> None:
        """Put the memory of a new session in place: system variables, and nothing else."""

    def declare(self, work: Any, name: str) -> None:
        """Make a variable without a value."""

    def put(self, work: Any, location: str, value: Data) -> None:
        """Put plain data at a place."""

    def assign_code(self, location: str, text: str) -> Callable[[Any], None]:
        """A closure that puts at a place what an expression gives."""

    def write_code(self, location: str, content: str) -> Callable[[Any], None]:
        """A closure that puts at a place what a text means that is written there as its content."""

    def script_code(self, text: str) -> Callable[[Any], None]:
        """A closure that runs statements."""

    def items_code(self, array: str, item: str, index: str | None) -> Callable[[Any], Iterator[None]]:
        """A closure over whose steps `item` and `index` stand for one item of an array after the other."""

    def told(self, work: Any) -> dict[str, Data]:
        """The variables as plain data."""

    def memory_to_plain(self, memory: Any) -> Data:
        """A memory as plain data, from which another process can go on."""

    def memory_from_plain(self, data: Data) -> Any:
        """What `memory_to_plain` was given; a RunError where it is none."""


class NullLanguage:
    """SCXML's null data model: no data, and conditions that ask for a state with In('id') (B.1)."""

    def begin(self, work: Any) -> None:
        """There is nothing to keep."""

    def declare(self, work: Any, name: str) -> None:
        """There are no variables."""
        raise _none(name)

    def put(self, work: Any, location: str, value: Data) -> None:
        """There is no place."""
        raise _none(location)

    def assign_code(self, location: str, text: str) -> Callable[[Any], None]:
        """There is no place."""
        return _failing(location)

    def write_code(self, location: str, content: str) -> Callable[[Any], None]:
        """There is no place."""
        return _failing(location)

    def script_code(self, text: str) -> Callable[[Any], None]:
        """There are no statements."""
        return _failing(text)

    def items_code(self, array: str, item: str, index: str | None) -> Callable[[Any], Iterator[None]]:
        """There are no arrays."""
        return _failing(array)

    def told(self, work: Any) -> dict[str, Data]:
        """Nothing."""
        return {}

    def memory_to_plain(self, memory: Any) -> Data:
        """Nothing."""
        return None

    def memory_from_plain(self, data: Data) -> Any:
        """Nothing."""
        return None

    def data(self, value: Data, scope: Any) -> Data:
        """There are no expressions that give values."""
        raise _none(str(value))

    def guard_code(self, text: str) -> Callable[[Any], bool]:
        """Whether a state is active."""
        found = _IN.match(text)
        if found is None:
            return _failing(text)
        name = found[2]
        return lambda work: name in active_names(work)

    def sum_of(self, key: str, value: Data) -> None:
        """What the language keeps itself is no sum."""

    def data_code(self, value: Data) -> Callable[[Any], Data]:
        """There are no expressions that give values."""
        return _failing(str(value))


def active_names(work: Any) -> list[str]:
    """The ids of the active states, as In() knows them."""
    machine = work.machine
    return [machine.own_names[place] for place in machine.bits(work.active)]


def _failing(text: str) -> Callable[[Any], Any]:
    def fail(work: Any) -> Any:
        raise _none(text)

    return fail


def _none(text: str) -> ExpressionError:
    return ExpressionError("the null data model knows nothing but In('id')", text=text)


MISSING = (
    "ECMAScript needs the extra “javascript”, which is not installed. "
    "Run: pip install statechart-editor[javascript]"
)


def require(chart: Chart) -> None:
    """See that what a machine says can be evaluated here.

    Raises:
        RunError: it has expressions in ECMAScript, and the extra is not installed.
    """
    if chart.info.language != "javascript" or v8.is_here():
        return
    inside = walk.Inside(chart)
    is_quiet = not (inside.expressions or any(state.data for state in chart.states.values()))
    if not is_quiet or any(isinstance(action, Assign | Script) for _, action in inside.actions):
        raise RunError(MISSING)


def evaluator_of(name: str | None) -> Evaluator:
    """What evaluates the expressions of a machine that keeps its data itself."""
    if name == "javascript":
        from editor.engine.script_values import ScriptEvaluator  # noqa: PLC0415 - it is made of what stands here

        return ScriptEvaluator()
    return SafeEvaluator()


def language_of(name: str | None) -> Language:
    """The language of a name.

    Raises:
        RunError: there is none.
    """
    if name == "null":
        return NullLanguage()
    if name == "javascript":
        from editor.engine.script import ScriptLanguage  # noqa: PLC0415 - it is made of what stands here

        return ScriptLanguage()
    if name == "python":
        from editor.engine.safe_language import SafeLanguage  # noqa: PLC0415 - it is made of what stands here

        return SafeLanguage()
    raise RunError(
        f"The data model “{name}” is not known here, so that the machine cannot be run. "
        "Known are ecmascript, null and, for our own expressions, python."
    )


def code_of_data(value: Data, code_of_text: Callable[[str], Callable[[Any], Data]]) -> Callable[[Any], Data]:
    """A closure over plain data in which every string is an expression, whose closure `code_of_text` makes."""
    if isinstance(value, str):
        return code_of_text(value)
    if isinstance(value, list):
        codes = [code_of_data(each, code_of_text) for each in value]
        return lambda work: [code(work) for code in codes]
    if isinstance(value, dict):
        pairs = [(key, code_of_data(each, code_of_text)) for key, each in value.items()]
        return lambda work: {key: code(work) for key, code in pairs}
    return lambda work: value
