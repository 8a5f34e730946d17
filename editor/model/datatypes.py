"""The kinds of plain data, in words for people: told from a value."""

from __future__ import annotations

from editor.model.elements import Data


def kind_of(value: Data) -> str:
    """What a value is: number, text, truth, list, mapping or nothing."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    return "list" if isinstance(value, list) else "mapping"
