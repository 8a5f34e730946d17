"""What a chart should be: `check` lists every flaw, and an unfinished chart is never an exception.

The rules are those of the native format, section "YAML": errors keep a machine from running, warnings are
probably mistakes, information is worth knowing. `rule_book` has them by name; `checker` looks at a chart that changes.
"""

from __future__ import annotations

from editor.model.chart import Chart
from editor.model.checker import Checker
from editor.model.problems import Problem


def check(chart: Chart) -> tuple[Problem, ...]:
    """All problems of a chart, in document order, the worst first within an element."""
    return Checker(chart).problems()
