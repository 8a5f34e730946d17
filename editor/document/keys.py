"""The planner of renaming a key of the context: all that reads or assigns it follows."""

from __future__ import annotations

import re
from dataclasses import replace

from editor.document.rewriting import Rewriter, rewritten, texts
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model import expressions, naming, script_names, walk
from editor.model.changes import AnyChange, InfoChange
from editor.model.chart import Chart


def rename_key(chart: Chart, old: str, new: str) -> Edit:
    """A key at the top of the context, or a variable, under another name, in every expression and assignment too.

    In JavaScript they follow where what a name means is certain (see `unclear`).

    Raises:
        ChartError: the new name is empty, taken or none of the language, or there is no such key.
    """
    info = chart.info
    context = info.context if isinstance(info.context, dict) else {}
    known = naming.keys_of(chart)
    if not new:
        raise ChartError("A key needs a name.")
    if old not in known:
        raise ChartError(f"The context has no key “{old}”.")
    if new == old:
        return Edit(f"Rename “{old}”", ())
    if new in known:
        raise ChartError(f"There is a key “{new}” already.")
    if info.conventions.has_sessions and not script_names.is_identifier(new):
        raise ChartError(f"“{new}” cannot be the name of a variable.")
    rewriter = Rewriter()
    if info.is_native or _is_script(chart):
        rewriter = Rewriter(
            expression=lambda text: _renamed(chart, text, old, new) or text,
            key=lambda key: _key(chart, key, old, new),
        )
    named = {new if key == old else key: value for key, value in context.items()}
    changes: list[AnyChange] = [
        each for each in rewritten(chart, (), rewriter) if not isinstance(each, InfoChange)
    ]
    own = rewriter.info(info)
    changes.append(InfoChange(info.id, info, replace(own, context=named) if context else own))
    return Edit(f"Rename “{old}” to “{new}”", tuple(changes))


def unclear(chart: Chart, old: str, new: str) -> list[str]:
    """The expressions that may use a key and are left as they are when it is renamed, each once."""
    if chart.info.is_native or new == old:
        return []
    inside = walk.Inside(chart)
    found = dict.fromkeys((*texts(chart), *(text for _, text in inside.variables)))
    return [
        text
        for text in found
        if _mentions(text, old) and (not _is_script(chart) or not _renamed(chart, text, old, new))
    ]


def _is_script(chart: Chart) -> bool:
    return chart.info.language == "javascript"


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text) is not None


def _key(chart: Chart, key: str, old: str, new: str) -> str:
    """The place of an assignment, or the name of a variable."""
    if chart.info.conventions.has_sessions:
        return _renamed(chart, key, old, new) or key
    return f"{new}{key[len(old) :]}" if key == old or key.startswith(f"{old}.") else key


def _renamed(chart: Chart, text: str, old: str, new: str) -> str | None:
    """An expression with the key renamed; None where it is not certain what stands in it."""
    if chart.info.is_native:
        return expressions.rename_name(text, old, new)
    if not script_names.is_identifier(new):
        return None
    return script_names.rename_name(text, old, new, has_context=not chart.info.conventions.has_sessions)
