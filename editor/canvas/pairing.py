"""Brackets that close themselves while a text is typed; knows the text and the caret, nothing of Qt."""

from __future__ import annotations

from dataclasses import dataclass

PAIRS = {"[": "]", "(": ")", "{": "}"}


@dataclass(frozen=True, slots=True)
class Typed:
    """A text with the caret in it, counted from 0."""

    text: str
    caret: int


def typed(text: str, caret: int, key: str) -> Typed | None:
    """What a bracket makes of a text; None where it is a character like any other.

    One that opens brings the one that closes, unless something follows it. One that closes only steps over the same
    behind the caret, as long as none is missing.
    """
    before, behind = text[:caret], text[caret:]
    if key in PAIRS and (not behind or behind[0] in " ]})/"):
        return Typed(f"{before}{key}{PAIRS[key]}{behind}", caret + 1)
    if behind.startswith(key) and _is_closed(text, key):
        return Typed(text, caret + 1)
    return None


def erased(text: str, caret: int) -> Typed | None:
    """What Backspace makes of a text with the caret inside an empty pair: both go; None elsewhere."""
    if 0 < caret < len(text) and PAIRS.get(text[caret - 1]) == text[caret]:
        return Typed(text[: caret - 1] + text[caret + 1 :], caret - 1)
    return None


def _is_closed(text: str, closing: str) -> bool:
    opening = next((each for each, other in PAIRS.items() if other == closing), "")
    return bool(opening) and text.count(opening) <= text.count(closing)
