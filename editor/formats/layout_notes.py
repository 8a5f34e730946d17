"""The notes of a layout file: `notes`, a mapping of keys to `{box: [x, y, w, h], tint: 1..8, text: ".."}`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from editor.geometry import Rect
from editor.model import tints
from editor.model.diagram import NOTE, Note
from editor.model.elements import Data

_KEYS = ("box", "tint", "text")
_FAR = 1e7
_STEP = 32.0
_USUAL = Rect(0, 0, 240, 96)


class Entry(NamedTuple):
    """A note as a file has it; None where it cannot be used, and what is wrong with it, if anything is."""

    key: str
    note: Note | None
    fault: str


def holds(value: Data) -> bool:
    """Whether a value is a table of notes; anything else is kept as it is."""
    return isinstance(value, dict | list) and bool(value)


def entries(value: Data) -> Iterator[Entry]:
    """The notes of a table, which may be a list as well: its notes are called by their numbers then."""
    pairs = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        pairs = {f"note{number}": each for number, each in enumerate(value, 1)}.items()
    for number, (key, each) in enumerate(pairs):
        yield _entry(key, each, number)


def _entry(key: str, value: Data, number: int) -> Entry:
    """One note. A text without a usable place is put somewhere rather than lost."""
    body: dict[str, Data] = value if isinstance(value, dict) else {"text": value}
    text, tint = body.get("text"), body.get("tint")
    if text is not None and not isinstance(text, str):
        text = None
    rect = _rect(body.get("box"))
    if rect is None and not text:
        return Entry(key, None, f"“{key}” has neither a text nor a usable place; it is left out.")
    is_tint = isinstance(tint, int) and not isinstance(tint, bool) and tint in tints.NUMBERS
    note = Note(
        id=NOTE + key, x=0, y=0, width=1, height=1, text=text or "",
        tint=tint if is_tint and isinstance(tint, int) else None,
        extra=tuple((name, each) for name, each in body.items() if name not in _KEYS),
    )  # fmt: skip
    wrong = [name for name, is_wrong in (
        ("text", body.get("text") is not None and text is None),
        ("tint", tint is not None and not is_tint),
    ) if is_wrong]  # fmt: skip
    fault = f"“{key}” has no usable {' and '.join(wrong)}, which is left out." if wrong else ""
    if rect is None:
        rect = _USUAL.moved(_STEP * number, _STEP * number)
        fault = fault or f"“{key}” has no usable place; it is put where the drawing begins."
    return Entry(key, replace(note, x=rect.x, y=rect.y, width=rect.width, height=rect.height), fault)


def _rect(value: Data) -> Rect | None:
    if not isinstance(value, list) or len(value) != 4:
        return None
    found = [each for each in value if isinstance(each, int | float) and not isinstance(each, bool)]
    # compared before they become floats, for which a whole number may be too large
    if len(found) != 4 or not all(abs(each) < _FAR for each in found) or min(found[2:]) < 1:
        return None
    return Rect(*(float(each) for each in found))


def written(note: Note) -> Data:
    """A note as plain data."""
    body: dict[str, Data] = {"box": [round(note.x), round(note.y), round(note.width), round(note.height)]}
    if note.tint is not None:
        body["tint"] = note.tint
    if note.text:
        body["text"] = note.text
    return body | dict(note.extra)
