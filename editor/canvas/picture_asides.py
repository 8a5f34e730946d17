"""The descriptions of transitions that have room beside their labels, and where each of them is.

A place is free where nothing of the chart is drawn. Whether it is does not depend on what was there before: of two
descriptions that would lie on each other the one with the lower id stays. In a very large chart, whose transitions are
routed when they come near, places are found when these are: there the one that was seen first stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from editor.geometry import Rect
from editor.layout import prose, sizes
from editor.layout.index import GridIndex
from editor.model.elements import Transition
from editor.model.prose import lines_of

if TYPE_CHECKING:
    from editor.canvas.picture import Picture

MOST = 1500
"""Transitions beyond which places are found for what is seen only."""
ROOMS = (200.0, 140.0, 100.0, 72.0)
"""Chart units within which lines are broken, tried one after the other."""
LINES = 3
HEIGHT = 14.0
"""Chart units from one line to the next."""
_REACH = ROOMS[0] + 8
_AWAY = 3.0
_FREE = 2.0


class Asides:
    """Places by the ids of transitions. Invariant: after `follow`, those that a new picture would have."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.places: dict[str, Rect] = {}
        self.index = GridIndex()
        self.forms: dict[str, tuple[float, int]] = {}
        """The width in which the lines of each are broken, and how many there are at most."""
        self.prepared: dict[str, object] = {}
        """What the painter made of them."""
        self._is_open = False
        self._near = GridIndex()
        """Around each label with a description, all that its place depends on."""
        self._seen: set[str] = set()
        """Those that were looked at in a very large chart."""

    def open(self) -> None:
        """Find the places of all that is drawn."""
        self.places.clear()
        self.prepared.clear()
        self._seen.clear()
        self.index, self._near = GridIndex(), GridIndex()
        self._is_open = self._is_wanted()
        if self._is_open:
            self._place(self._picture.transitions)

    def _is_wanted(self) -> bool:
        return self._picture.has_prose and len(self._picture.transitions) <= MOST

    def follow(self, dirty: Iterable[tuple[str, Rect]]) -> list[tuple[str, Rect]]:
        """Find places anew where the drawing changed; the descriptions that look different now, and where."""
        picture = self._picture
        if self._is_open is not self._is_wanted():
            before = list(self.places.items())
            self.open()
            return before + list(self.places.items())
        if not self._is_open:
            return self._forget(dirty)
        changes = list(dirty)
        wanted = {id for id, _ in changes if id in picture.transitions or id in self._near}
        if len(self._near):
            for _, rect in changes:
                wanted.update(self._near.meeting(*rect.bounds))
        return self._place(wanted)

    def see(self, ids: Iterable[str], most: int | None = None) -> bool:
        """Find places for what came near in a very large chart; whether there is more to be painted than before.

        All that a place depends on is routed first, at `most` so many at once, so that nothing is drawn through it
        later. While something is dragged there are none near it.
        """
        picture = self._picture
        if self._is_open or not picture.has_prose or picture.is_hasty:
            return False
        transitions = picture.chart.transitions
        wanted = sorted(id for id in ids if id not in self._seen and _says(transitions[id]))
        labels = [picture.transitions[id].route.label for id in wanted]
        around = {
            each for label in labels for each in picture.transition_index.meeting(*label.grown(_REACH).bounds)
        }
        if picture.refine(around, most):
            return True
        self._seen.update(wanted)
        before = len(self.places)
        for id in wanted:
            self._put(id, self._find(id))
        return len(self.places) > before

    def _forget(self, dirty: Iterable[tuple[str, Rect]]) -> list[tuple[str, Rect]]:
        """Look again, when they are seen, for places where the drawing changed; all that is to be painted for that."""
        if not self._seen:
            return []
        gone: list[tuple[str, Rect]] = []
        for id, rect in dirty:
            for each in {id, *self._near.meeting(*rect.bounds)} & self._seen:
                self._seen.discard(each)
                self._near.remove(each)
                self.prepared.pop(each, None)
                shape = self._picture.transitions.get(each)
                if each in self.places:
                    gone.append((each, self.places[each]))
                elif shape is not None:
                    gone.append((each, shape.route.label))
                self._put(each, None)
        return gone

    def _place(self, ids: Iterable[str]) -> list[tuple[str, Rect]]:
        """Find the places of some, lower ids first, since others give way to them."""
        changed: list[tuple[str, Rect]] = []
        waiting = set(ids)
        while waiting:
            id = min(waiting)
            waiting.remove(id)
            before, now = self.places.get(id), self._find(id)
            self.prepared.pop(id, None)
            if before == now:
                if now is not None:
                    changed.append((id, now))  # it may say something else
                continue
            for rect in (before, now):
                if rect is not None:
                    changed.append((id, rect))
                    waiting.update(each for each in self._near.meeting(*rect.bounds) if each > id)
            self._put(id, now)
        return changed

    def _put(self, id: str, place: Rect | None) -> None:
        if place is None:
            self.places.pop(id, None)
            self.index.remove(id)
        else:
            self.places[id] = place
            self.index.put(id, place.bounds)

    def _find(self, id: str) -> Rect | None:
        """The first of the places around a label that is free."""
        picture = self._picture
        shape, transition = picture.transitions.get(id), picture.chart.transitions.get(id)
        label = shape.route.label if shape is not None else Rect(0, 0, 0, 0)
        if (
            shape is None
            or transition is None
            or not _says(transition)
            or not label.width
            or shape.route.ends_inside
        ):
            self._near.remove(id)
            return None
        self._near.put(id, label.grown(_REACH).bounds)
        for room, most, size in self._forms(transition.description or ""):
            for place in _around(label, *size):
                if self._is_free(id, place):
                    self.forms[id] = room, most
                    return place
        return None

    def _forms(self, text: str) -> list[tuple[float, int, tuple[float, float]]]:
        """The rooms in which a text may be broken, the lines that it has there, and its size; the best first."""
        measure = sizes.prose_width(self._picture.measure)
        found: list[tuple[float, int, tuple[float, float]]] = []
        for room in ROOMS:
            told = prose.wrapped(text, room, measure, LINES)
            if told.is_whole or room == ROOMS[0]:
                width = max(line[-1].x + measure(line[-1].text, line[-1].look) for line in told.lines)
                found.append((room, LINES, (width, HEIGHT * len(told.lines))))
        return found

    def _is_free(self, id: str, place: Rect) -> bool:
        picture, room = self._picture, place.grown(_FREE)
        area = room.bounds
        others = (other for other in self.index.meeting(*area) if other < id or not self._is_open)
        if any(other != id and self.places[other].intersects(room) for other in others):
            return False
        for each in picture.state_index.meeting(*area):
            shape = picture.states[each]
            if shape.is_leaf or shape.is_collapsed or not shape.rect.encloses(room):
                return False
            header = sizes.header_height(picture.chart, each, picture.measure)
            if room.y < shape.rect.y + header:
                return False
        return not any(
            route.label.intersects(room) or _crosses(route.paths, room)
            for each in picture.transition_index.meeting(*area)
            for route in (picture.transitions[each].route,)
        )


def _says(transition: Transition) -> bool:
    """Whether there is a line to draw about a transition."""
    return not transition.is_pseudo and bool(transition.description and lines_of(transition.description))


def _around(label: Rect, width: float, height: float) -> tuple[Rect, ...]:
    """The places around a label, below it first."""
    middle = label.center
    x, y = middle.x - width / 2, middle.y - height / 2
    return (
        Rect(x, label.bottom + _AWAY, width, height),
        Rect(x, label.y - _AWAY - height, width, height),
        Rect(label.right + _AWAY, y, width, height),
        Rect(label.x - _AWAY - width, y, width, height),
    )


def _crosses(paths: Iterable[tuple[tuple[float, float], ...]], room: Rect) -> bool:
    """Whether a line is drawn through a rectangle; slanted ones count for all that they span."""
    return any(
        min(ax, bx) <= room.right
        and max(ax, bx) >= room.x
        and min(ay, by) <= room.bottom
        and max(ay, by) >= room.y
        for path in paths
        for (ax, ay), (bx, by) in pairwise(path)
    )
