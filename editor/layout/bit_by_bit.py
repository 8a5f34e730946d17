"""Work that is done a little at a time: a generator that yields where it may be left, and has its result at the end."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

_Result = TypeVar("_Result")


def finished(work: Generator[None, None, _Result]) -> _Result:
    """The result of all that is left."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: _Result = end.value
            return found
