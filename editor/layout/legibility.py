"""Legibility: the problems of a drawing, kept up to date by looking at what changed and at what is near to that."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from editor.geometry import Rect
from editor.layout import legible, sizes
from editor.layout.drawn import Shown, bounds
from editor.layout.index import Bounds
from editor.model.problems import Problem

_NAME = 64.0
"""Chart units at the top of a state where its name may be, however few lines it has."""


class Legibility:
    """The problems of one drawing. Invariant: whoever draws tells by `note` what looks different now.

    It looks at a few things at a time, as it is asked to, so that nobody waits for a large drawing.
    """

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._of: dict[str, tuple[Problem, ...]] = {}
        self._areas: dict[str, Bounds] = {}
        self._noted: dict[str, None] = {}
        """What looks different since it was looked at, and was not yet asked what it was and is near to."""
        self._waiting: dict[str, None] = {}
        self._found: tuple[Problem, ...] | None = None
        self.note(None)

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be looked at."""
        return bool(self._noted or self._waiting)

    def note(self, ids: Iterable[str] | None) -> None:
        """These look different now, or everything does; nothing is looked at yet."""
        if ids is None:
            gone = set(self._of).difference(self._shown.ids())
            for id in gone:
                del self._of[id]
            self._areas, self._noted = {}, {}
            self._waiting = dict.fromkeys(self._shown.ids())
            self._found = None
            return
        self._noted.update(dict.fromkeys(ids))

    def look(self, is_over: Callable[[], bool] | None = None) -> None:
        """Look at what waits, at one thing at least, until time `is_over`."""
        while self._noted or self._waiting:
            if self._noted:  # all of these first: what waits is looked at as the drawing is now
                id, _ = self._noted.popitem()
                self._note_one(id)
            else:
                id, _ = self._waiting.popitem()
                self._look_at(id)
            if is_over is not None and is_over():
                return

    def problems(self) -> tuple[Problem, ...]:
        """What was found so far, by element."""
        if self._found is None:
            self._found = tuple(each for id in sorted(self._of) for each in self._of[id])
        return self._found

    def _note_one(self, id: str) -> None:
        """One looks different: it, what it was near and what it is near now are to be looked at."""
        old, new = self._areas.pop(id, None), self._area(id)
        self._waiting[id] = None
        if new is not None:
            self._areas[id] = new
        for area in (old, new):
            if area is None:
                continue
            near = (*self._shown.states_at(area), *self._shown.lines_at(area))
            if self._shown.card(id) is not None:
                near = tuple(each for each in near if not self._is_deep(each, id, old, new))
            self._waiting.update(dict.fromkeys(near))

    def _is_deep(self, id: str, state: str, old: Bounds | None, new: Bounds | None) -> bool:
        """Whether something lies so deep in a state, before and after, that it cannot matter how large that is."""
        own = self._area(id)
        if own is None or old is None or new is None or id == state:
            return False
        shown = self._shown
        header = max(sizes.header_height(shown.chart, state, shown.measure), _NAME)
        return all(
            _encloses((left, top + header, right, bottom), own) for left, top, right, bottom in (old, new)
        )

    def _area(self, id: str) -> Bounds | None:
        card = self._shown.card(id)
        if card is not None:
            return card.x, card.y, card.right, card.bottom
        found = self._shown.line(id)
        return bounds(found) if found is not None else None

    def _look_at(self, id: str) -> None:
        area = self._area(id)
        if area is None:
            self._areas.pop(id, None)
            found: tuple[Problem, ...] = ()
        else:
            self._areas[id] = area
            rule = legible.of_state if self._shown.card(id) is not None else legible.of_line
            found = tuple(rule(self._shown, id))
        if found != self._of.get(id, ()):
            self._found = None
            if found:
                self._of[id] = found
            else:
                self._of.pop(id, None)


def _encloses(outer: Bounds, inner: Bounds) -> bool:
    rect = Rect(inner[0], inner[1], inner[2] - inner[0], inner[3] - inner[1])
    left, top, right, bottom = outer
    return Rect(left, top, right - left, bottom - top).encloses(rect)
