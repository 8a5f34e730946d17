"""What becomes of the problems that the rules find: how much each counts, and which are not to be heard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from editor.model.chart import Chart
from editor.model.diagram import Sheet
from editor.model.problems import Problem, Severity

OFF = "off"
CHOICES = (*(severity.value for severity in Severity), OFF)
"""What a rule can be set to. Errors of the format stay errors: a machine that has them cannot run."""


def judged(
    chart: Chart, problems: Iterable[Problem], sheet: Sheet, chosen: Mapping[str, str]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems as they count, and those that were silenced for their element, in the order given.

    What the layout of the machine says about a rule wins over what a person `chosen` for all machines.
    """
    choices = {**chosen, **dict(sheet.severities)}
    quiet = {id: frozenset(rules) for id, rules in sheet.quiet}
    heard: list[Problem] = []
    silenced: list[Problem] = []
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            choice = choices.get(problem.rule)
            if choice == OFF:
                continue
            if choice is not None and choice in CHOICES and choice != problem.severity.value:
                problem = replace(problem, severity=Severity(choice))
            if quiet and problem.rule in quiet.get(home(chart, problem), ()):
                silenced.append(problem)
                continue
        heard.append(problem)
    return tuple(heard), tuple(silenced)


def home(chart: Chart, problem: Problem) -> str:
    """The element of a chart that a problem is silenced for: the machine's own record is drawn as its root."""
    return chart.root_id if problem.element == chart.info.id else problem.element


def with_quiet(sheet: Sheet, id: str, rule: str, *, is_quiet: bool) -> Sheet:
    """A sheet with a rule silenced for an element, or heard again."""
    table = dict(sheet.quiet)
    others = [each for each in table.get(id, ()) if each != rule]
    rules = tuple(sorted({*others, rule})) if is_quiet else tuple(others)
    table[id] = rules
    return replace(sheet, quiet=tuple((key, each) for key, each in table.items() if each))


def with_severity(sheet: Sheet, rule: str, choice: str | None) -> Sheet:
    """A sheet that sets a rule for its machine; None takes that back."""
    table = {key: each for key, each in sheet.severities if key != rule}
    if choice is not None:
        table[rule] = choice
    return replace(sheet, severities=tuple(sorted(table.items())))
