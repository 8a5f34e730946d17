"""Durations: "1.5s" to milliseconds and back; exact, whole numbers stay whole.

Three forms: what files hold ("90s"), what people read ("1 min 30 s"), and what people type, which is either.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

_UNITS = {"": 1, "ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000}
_DURATION = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*(ms|s|m|h|)\s*\Z")
_TYPED = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([a-z]+)\s*")
_WORDS = {
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "m": ("m", "min", "mins", "minute", "minutes"),
    "s": ("s", "sec", "secs", "second", "seconds"),
    "ms": ("ms", "msec", "millisecond", "milliseconds"),
}
_UNIT_OF = {word: unit for unit, words in _WORDS.items() for word in words}
_LONGEST = 400
"""Characters of a duration: as many as the smallest number that `to_yaml` writes may take."""
MOST = 10**18
"""Milliseconds of the longest duration, some 30 million years: what is larger need not fit into a float."""


def parse_duration(value: str | float) -> int | float | None:
    """Milliseconds of 5000, "5000", "200ms", "1.5s", "2m" or "1h" (native format, "State", `after`).

    None for anything else: other texts, truth values, what is negative, not finite or longer than `MOST`.
    """
    if isinstance(value, bool):
        return None
    if not isinstance(value, str):
        if not 0 <= value <= MOST:
            return None
        return int(value) if value == int(value) else value
    found = _DURATION.match(value) if len(value) <= _LONGEST else None
    exact = Fraction(found[1]) * _UNITS[found[2]] if found is not None else Fraction(-1)
    return _number(exact) if 0 <= exact <= MOST else None


def typed_duration(text: str) -> str | None:
    """A duration as people type it, in the form of files: "1 min 30 s" becomes "90s", "1.5 s" becomes "1.5s".

    All that `format_duration` shows is understood, the words for units and capitals too, and what is in the form of
    files stays in its own words. None for anything else; larger units come first, each once.
    """
    if parse_duration(text) is not None:
        return "".join(text.split())
    rest = text.strip().lower() if len(text) <= _LONGEST else ""
    exact, smallest = Fraction(0), max(_UNITS.values()) + 1
    while (found := _TYPED.match(rest)) is not None:
        size = _UNITS.get(_UNIT_OF.get(found[2], found[2]), smallest)
        if size >= smallest:
            return None
        exact, smallest, rest = exact + Fraction(found[1]) * size, size, rest[found.end() :]
    is_whole = not rest and smallest in _UNITS.values()
    return _shortest(exact) if is_whole and exact <= MOST else None


def parse_typed(text: str) -> int | float | None:
    """Milliseconds of a duration as people type it; None for anything else."""
    return parse_duration(typed_duration(text) or "")


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def format_duration(milliseconds: float) -> str:
    """For people: "5 s", "1.5 s", "200 ms", "1 min 30 s", "1 h 30 min"; to the thousandth of a millisecond."""
    if not math.isfinite(milliseconds):
        return "never"
    rest = round(Fraction(milliseconds), 3)
    if rest < 0:
        return "-" + format_duration(-milliseconds)
    if rest < 1_000:
        return f"{_decimal(rest)} ms"
    words = []
    for size, unit in ((3_600_000, "h"), (60_000, "min")):
        count, rest = divmod(rest, size)
        if count:
            words.append(f"{count} {unit}")
    if rest:
        words.append(f"{_decimal(rest / 1_000)} s")
    return " ".join(words)


def to_yaml(milliseconds: float) -> str:
    """The shortest exact text that reads back as the same: "1.5s", "2m", "250ms"; the longer unit when equal."""
    is_whole = milliseconds == int(milliseconds)
    return _shortest(Fraction(milliseconds) if is_whole else Fraction(repr(milliseconds)))


def _shortest(exact: Fraction) -> str:
    texts = [f"{_decimal(exact)}ms"]
    for unit in ("s", "m", "h"):
        value = exact / _UNITS[unit]
        if value >= 1 and _is_decimal(value):
            texts.append(f"{_decimal(value)}{unit}")
    return min(reversed(texts), key=len)


def _is_decimal(value: Fraction) -> bool:
    """Whether it can be written with a finite number of decimals."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _decimal(value: Fraction) -> str:
    """All decimals of a number that has finitely many of them."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole, part = divmod((value * 10**digits).numerator, 10**digits)
    return f"{whole}.{part:0{digits}d}" if digits else str(whole)
