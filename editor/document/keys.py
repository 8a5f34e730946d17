"""The planner of renaming a key of the context: all that reads or assigns it follows."""

from __future__ import annotations

from dataclasses import replace

from editor.document.rewriting import Rewriter, rewritten
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model import expressions
from editor.model.changes import AnyChange, InfoChange
from editor.model.chart import Chart


def rename_key(chart: Chart, old: str, new: str) -> Edit:
    """A key at the top of the context under another name, in every expression and assignment too.

    Where expressions are of another language only the key itself is renamed.

    Raises:
        ChartError: the new name is empty or taken, or there is no such key.
    """
    info = chart.info
    context = info.context if isinstance(info.context, dict) else {}
    if not new:
        raise ChartError("A key needs a name.")
    if old not in context:
        raise ChartError(f"The context has no key “{old}”.")
    if new == old:
        return Edit(f"Rename “{old}”", ())
    if new in context:
        raise ChartError(f"There is a key “{new}” already.")
    rewriter = Rewriter()
    if info.is_native:
        rewriter = Rewriter(
            expression=lambda text: expressions.rename_name(text, old, new),
            key=lambda key: f"{new}{key[len(old) :]}" if key == old or key.startswith(f"{old}.") else key,
        )
    named = {new if key == old else key: value for key, value in context.items()}
    changes: list[AnyChange] = [
        each for each in rewritten(chart, (), rewriter) if not isinstance(each, InfoChange)
    ]
    changes.append(InfoChange(info.id, info, replace(rewriter.info(info), context=named)))
    return Edit(f"Rename “{old}” to “{new}”", tuple(changes))
