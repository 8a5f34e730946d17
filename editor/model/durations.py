"""Durations: "1.5s" to milliseconds and back; exact, whole numbers stay whole."""

from __future__ import annotations

import math
import re
from fractions import Fraction

_UNITS = {"": 1, "ms": 1, "s": 1_000, "m": 60_000, "min": 60_000, "h": 3_600_000}
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|min|m|h|)\s*\Z")
_PARTS = ((3_600_000, "h"), (60_000, "min"), (1_000, "s"))


def parse_duration(value: str | float) -> int | float | None:
    """Milliseconds of 5000, "5000", "200ms", "1.5s", "2m" or "1h"; None for anything else, negative ones too."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _whole(value) if math.isfinite(value) and value >= 0 else None
    found = _DURATION.match(value) if len(value) < 64 else None
    if found is None:
        return None
    return _whole(float(Fraction(found[1]) * _UNITS[found[2]]))


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def format_duration(milliseconds: float) -> str:
    """For people: "5 s", "1.5 s", "200 ms", "1 min 30 s"."""
    rest = round(milliseconds, 3)
    if rest < 1_000:
        return f"{rest:g} ms"
    if rest < 60_000:
        return f"{rest / 1_000:g} s"
    words = []
    for size, unit in _PARTS:
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count:g} {unit}")
    if rest:
        words.append(f"{rest:g} ms")
    return " ".join(words)


def to_yaml(milliseconds: float) -> str:
    """The shortest exact text: "1.5s", "2m", "250ms"."""
    for size, unit in ((3_600_000, "h"), (60_000, "m"), (1_000, "s")):
        if milliseconds >= size and (milliseconds * 10) % size == 0:
            return f"{milliseconds / size:g}{unit}"
    return f"{milliseconds:g}ms"
