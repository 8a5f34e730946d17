"""Which expressions and scripts of a machine in JavaScript cannot be compiled; nothing is run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from editor import v8
from editor.engine import script_process
from editor.engine.language import MISSING, require
from editor.engine.script import Living, Memory, News, decoded, js
from editor.engine.script_process import ScriptEndError, ScriptError
from editor.errors import ExpressionError, RunError
from editor.model import walk
from editor.model.chart import Chart
from editor.model.elements import Script
from editor.model.problems import Problem, Severity
from editor.model.rules_text import shortened

_MOST_KNOWN = 100_000
_ALL = 1_000_000_000


class _Text(NamedTuple):
    """What is compiled, and as what: an expression (`compile`) or `statements`."""

    text: str
    how: str


class ScriptChecker:
    """Compiles each text once, as many at a time as one wants to wait for."""

    def __init__(self) -> None:
        self._known: dict[_Text, str] = {}
        self._waiting: list[_Text] = []
        self._living: Living | None = None

    def problems(self, chart: Chart) -> tuple[Problem, ...]:
        """A problem for each text that is known to be no JavaScript; what is not known yet waits to be looked at.

        Where the extra is missing there is one problem, which says so; of other languages there are none.
        """
        self._waiting = []
        if chart.info.language != "javascript":
            return ()
        if not v8.is_here():
            return tuple(_missing(chart))
        found: list[Problem] = []
        if len(self._known) > _MOST_KNOWN:
            self._known.clear()
        waiting: dict[_Text, None] = {}
        for element, field, text in _texts(chart):
            fault = self._known.get(text)
            if fault is None:
                waiting[text] = None
            elif fault:
                message = f"“{shortened(text.text)}” cannot be evaluated: {fault}"
                found.append(
                    Problem(
                        rule="expression", severity=Severity.WARNING, element=element, field=field, message=message
                    )
                )  # fmt: skip
        self._waiting = list(waiting)[::-1]
        return tuple(found)

    @property
    def is_waiting(self) -> bool:
        """Whether there are texts to be looked at."""
        return bool(self._waiting)

    @property
    def is_ready(self) -> bool:
        """Whether looking need not wait until what compiles is loaded."""
        return not script_process.is_loading()

    def prepare(self) -> None:
        """Have what compiles started, without waiting for it."""
        try:
            script_process.start()
        except RunError:  # a run will say so
            self._waiting = []

    def look(self, most: int) -> None:
        """Compile some of the texts that wait."""
        for _ in range(min(most, len(self._waiting))):
            text = self._waiting.pop()
            try:
                self._known[text] = self._fault(text)
            except RunError:  # a run will say so
                self._waiting = []
                return

    def _fault(self, text: _Text) -> str:
        """What is wrong with a text; nothing where only a run can tell."""
        try:
            living = self._living
            if living is None or not living.context.is_alive:
                living = self._living = Living(Memory(None, "0"))
            decoded(living.run(f"__host.{text.how}({js(text.text)})", News(None, "[]", 0.0)), text.text)
        except ExpressionError as error:
            return error.message
        except (ScriptError, ScriptEndError):
            return ""
        return ""


def broken(chart: Chart) -> tuple[Problem, ...]:
    """All that is wrong with the texts of a chart."""
    checker = ScriptChecker()
    checker.problems(chart)
    checker.look(_ALL)
    return checker.problems(chart)


def _texts(chart: Chart) -> Iterator[tuple[str, str, _Text]]:
    """Each text with the element and the field in which it stands."""
    inside = walk.Inside(chart)
    for place, text in inside.expressions:
        yield place.element, place.field, _Text(text, "compile")
    for place, action in inside.actions:
        if isinstance(action, Script):
            yield place.element, place.field, _Text(action.text, "statements")


def _missing(chart: Chart) -> Iterator[Problem]:
    try:
        require(chart)
    except RunError:
        yield Problem(rule="javascript", severity=Severity.INFORMATION, message=MISSING)
