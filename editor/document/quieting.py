"""Planners of what rules are to say: silenced for one element, or counted otherwise in one machine.

Both are kept in the layout, which knows the elements by name and is nobody's definition; the machine's own file is not
touched by it.
"""

from __future__ import annotations

from collections.abc import Iterable

from editor.document.undo import Edit
from editor.model.changes import SheetChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.judging import home, with_quiet, with_severity
from editor.model.problems import Problem


def silence(chart: Chart, diagram: Diagram, problems: Iterable[Problem]) -> Edit:
    """The rules of some problems silenced for their elements."""
    return _heard(chart, diagram, problems, is_quiet=True)


def hear(chart: Chart, diagram: Diagram, problems: Iterable[Problem]) -> Edit:
    """The rules of some problems heard again for their elements."""
    return _heard(chart, diagram, problems, is_quiet=False)


def _heard(chart: Chart, diagram: Diagram, problems: Iterable[Problem], *, is_quiet: bool) -> Edit:
    sheet = diagram.sheet
    rules: dict[str, None] = {}
    for problem in problems:
        sheet = with_quiet(sheet, home(chart, problem), problem.rule, is_quiet=is_quiet)
        rules[problem.rule] = None
    names = ", ".join(rules)
    label = f"Ignore {names}" if is_quiet else f"Show {names} again"
    return Edit(label, (SheetChange(sheet.id, diagram.sheet, sheet),))


def set_severity(diagram: Diagram, rule: str, choice: str | None) -> Edit:
    """A rule that counts for more or less in this machine, or is off; None takes that back."""
    sheet = diagram.sheet
    label = f"Set {rule} to {choice}" if choice is not None else f"Set {rule} to what is usual"
    return Edit(label, (SheetChange(sheet.id, sheet, with_severity(sheet, rule, choice)),))
