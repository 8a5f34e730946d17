"""The planner of renaming a key of the context: all that reads or assigns it follows."""

from __future__ import annotations

from dataclasses import replace

from editor.document.rewriting import Rewriter, rewritten, texts
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model import expressions, script_names
from editor.model.changes import AnyChange, InfoChange
from editor.model.chart import Chart


def rename_key(chart: Chart, old: str, new: str) -> Edit:
    """A key at the top of the context under another name, in every expression and assignment too.

    In JavaScript they follow where what a name means is certain (see `unclear`).

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
    if info.is_native or _is_script(chart):
        rewriter = Rewriter(
            expression=lambda text: _renamed(chart, text, old, new) or text,
            key=lambda key: f"{new}{key[len(old) :]}" if key == old or key.startswith(f"{old}.") else key,
        )
    named = {new if key == old else key: value for key, value in context.items()}
    changes: list[AnyChange] = [
        each for each in rewritten(chart, (), rewriter) if not isinstance(each, InfoChange)
    ]
    changes.append(InfoChange(info.id, info, replace(rewriter.info(info), context=named)))
    return Edit(f"Rename “{old}” to “{new}”", tuple(changes))


def unclear(chart: Chart, old: str, new: str) -> list[str]:
    """The expressions that may use a key and are left as they are when it is renamed, each once."""
    if chart.info.is_native or new == old:
        return []
    found = dict.fromkeys(texts(chart))
    return [
        text
        for text in found
        if old in text and (not _is_script(chart) or not _renamed(chart, text, old, new))
    ]


def _is_script(chart: Chart) -> bool:
    return chart.info.language == "javascript" and not chart.info.conventions.has_sessions


def _renamed(chart: Chart, text: str, old: str, new: str) -> str | None:
    """An expression with the key renamed; None where it is not certain what stands in it."""
    if chart.info.is_native:
        return expressions.rename_name(text, old, new)
    return script_names.rename_name(text, old, new) if script_names.is_identifier(new) else None
