"""Answers that are made when they are first asked for, and kept: as many as fit, so that a long run stays bounded."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST_KEPT = 10_000


class Kept(dict[K, V]):
    """The answers by what they depend on; what is missing is made by `make`. A full one begins anew."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        value = self._make(key)
        if len(self) >= MOST_KEPT:
            self.clear()
        self[key] = value
        return value
