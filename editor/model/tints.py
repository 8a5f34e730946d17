"""The eight colours that people may give what is drawn: called by a number and a name, never by the colour alone."""

from __future__ import annotations

NAMES = ("Red", "Orange", "Yellow", "Green", "Teal", "Blue", "Violet", "Pink")
"""In the order of `Theme.tints`; the number of a tint, as the layout file has it, counts from 1."""
NUMBERS = range(1, len(NAMES) + 1)


def title(tint: int | None) -> str:
    """What a tint is called for people; `None` for what has no colour of its own."""
    return "No colour" if tint is None else f"{tint} {NAMES[tint - 1]}"
