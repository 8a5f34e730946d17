"""What the commands print: problems as rows, JSON documents, errors."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable

from editor.engine import script_check
from editor.errors import EditorError
from editor.formats.registry import Loaded
from editor.model import queries, rules
from editor.model.chart import Chart
from editor.model.problems import Problem

FINE, FOUND, UNUSABLE = 0, 1, 2


def complain(error: EditorError) -> int:
    """Tell of an error; gives the exit code."""
    print(str(error), file=sys.stderr)
    return UNUSABLE


def print_json(document: object) -> None:
    """One document that every JSON reader takes, whatever the terminal's letters are."""
    print(written(document, indent=2))


def written(document: object, *, indent: int | None = None) -> str:
    """A document as JSON, in letters that the terminal has."""
    letters = getattr(sys.stdout, "encoding", None) or ""  # there is no stdout when it was closed
    is_unicode = letters.lower().replace("-", "") == "utf8"
    return json.dumps(finite(document), ensure_ascii=not is_unicode, indent=indent, allow_nan=False)


def finite(value: object) -> object:
    """Plain data with null for the numbers that JSON does not have, as JavaScript writes them."""
    if isinstance(value, dict):
        return {key: finite(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [finite(inner) for inner in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def problems_of(loaded: Loaded) -> tuple[Problem, ...]:
    """Everything wrong with a machine: what reading found, and what the rules say."""
    found = dict.fromkeys((*loaded.problems, *rules.check(loaded.chart), *script_check.broken(loaded.chart)))
    return tuple(found)


def row(
    severity: str, rule: str, message: str, path: str, line: int | None, column: int | None
) -> dict[str, object]:
    """One problem, under the names that scripts rely on."""
    return {
        "severity": severity, "rule": rule, "message": message, "path": path, "line": line, "column": column,
    }  # fmt: skip


def problem_rows(loaded: Loaded, problems: Iterable[Problem]) -> list[dict[str, object]]:
    """A row for each, in the order of the text."""
    marks = [(loaded.places.find(each.element, each.field, is_key=each.is_key), each) for each in problems]
    marks.sort(key=lambda pair: (pair[0].line, pair[0].column) if pair[0] is not None else (0, 0))
    return [
        row(
            each.severity.value,
            each.rule,
            f"{each.message} {each.hint}".strip(),
            element_path(loaded.chart, each.element),
            mark.line if mark is not None else None,
            mark.column if mark is not None else None,
        )
        for mark, each in marks
    ]


def element_path(chart: Chart, id: str) -> str:
    """The dotted path of a state, or of a transition's source; empty for the machine itself."""
    if id in chart.transitions:
        return queries.dotted_path(chart, chart.transitions[id].source)
    return queries.dotted_path(chart, id) if id in chart.states else ""
