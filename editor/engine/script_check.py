"""Which expressions and scripts of a machine in JavaScript cannot be compiled; nothing is run."""

from __future__ import annotations

from collections.abc import Iterator

from editor.engine.language import is_installed
from editor.engine.script import Living, Memory, News, decoded, js
from editor.engine.script_process import ScriptEndError, ScriptError
from editor.errors import ExpressionError, RunError
from editor.model import walk
from editor.model.chart import Chart
from editor.model.elements import Script
from editor.model.problems import Problem, Severity
from editor.model.rules_text import shortened


def broken(chart: Chart) -> Iterator[Problem]:
    """A problem for each text that is no JavaScript; none where the extra is missing or the language is another."""
    if chart.info.language != "javascript" or not is_installed():
        return
    inside = walk.Inside(chart)
    texts = [(place, text, "compile") for place, text in inside.expressions]
    texts += [
        (place, action.text, "statements") for place, action in inside.actions if isinstance(action, Script)
    ]
    if not texts:
        return
    try:
        living = Living(Memory(None, "0"))
    except (RunError, ScriptEndError):  # a run will say so
        return
    for place, text, how in texts:
        try:
            decoded(living.run(f"__host.{how}({js(text)})", News(None, "[]", 0.0)), text)
        except ExpressionError as error:
            yield Problem(
                rule="expression", severity=Severity.WARNING, element=place.element, field=place.field,
                message=f"“{shortened(text)}” cannot be evaluated: {error.message}",
            )  # fmt: skip
        except (ScriptError, ScriptEndError):  # it takes too long to be read, which only a run can tell of
            break
    living.close()
