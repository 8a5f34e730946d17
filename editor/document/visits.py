"""Visits: the places of a drawing that somebody was at before they went elsewhere, and the way back and forth."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from editor.geometry import Point
from editor.signal import Signal

MOST = 100
"""Places that are kept in each direction; the oldest go first."""
_PIXEL, _SHARE = 1.0, 0.01


class Place(NamedTuple):
    """What somebody was looking at: the middle of it in chart units, how large, what was selected, and what `alone`."""

    middle: Point
    zoom: float
    ids: tuple[str, ...] = ()
    alone: str | None = None

    def is_like(self, other: Place) -> bool:
        """Whether nobody would see a difference: the same selection, and at most a pixel away."""
        way = max(abs(self.middle.x - other.middle.x), abs(self.middle.y - other.middle.y))
        is_near = way * self.zoom <= _PIXEL and abs(self.zoom - other.zoom) <= _SHARE * self.zoom
        return is_near and set(self.ids) == set(other.ids) and self.alone == other.alone


class Visits:
    """The way through one document. Invariant: of two places that follow on each other one can tell which is which."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []
        self.changed: Signal[[]] = Signal()

    def can_go(self, by: int) -> bool:
        """Whether there is a place to go to, back for -1 and forward for 1."""
        return bool(self._behind if by < 0 else self._ahead)

    def leave(self, place: Place) -> None:
        """Somebody goes from here to anywhere else; what was ahead is so no longer."""
        self._ahead.clear()
        _put(self._behind, place)
        self.changed.emit()

    def go(self, by: int, here: Place, exists: Callable[[str], bool]) -> Place | None:
        """Where to go from here, back for -1 and forward for 1; None where there is nothing.

        What was selected there and is gone is left out, and a place where all of that is gone is passed over, as are
        one that looks the same as it does here and one inside of what is gone.
        """
        come_from, go_to = (self._behind, self._ahead) if by < 0 else (self._ahead, self._behind)
        found = None
        while come_from and found is None:
            place = come_from.pop()
            left = tuple(id for id in place.ids if exists(id))
            is_there = place.alone is None or exists(place.alone)
            if is_there and (left or not place.ids):
                found = place._replace(ids=left)
                found = None if found.is_like(here) else found
        if found is not None:
            _put(go_to, here)
        self.changed.emit()
        return found


def _put(places: list[Place], place: Place) -> None:
    if not places or not places[-1].is_like(place):
        places.append(place)
        del places[:-MOST]
