"""What rules of thumb have chosen for wires, and where a change would make them choose anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from editor.geometry import Point, Rect
from editor.layout.board import CLEARANCE, wall
from editor.layout.index import GridIndex
from editor.layout.paths import Side
from editor.layout.wires import Wire
from editor.model.elements import Transition

AROUND = 80.0
"""How far around its ends a wire is kept off states."""
_BORDER = 1.0


class Choices:
    """Wires with their sides by transition and target.

    Whoever keeps them from one drawing to the next must `forget` those that changed states are in the area of.
    """

    def __init__(self) -> None:
        self._wires: dict[str, dict[str, Wire]] = {}
        self._areas = GridIndex()

    def find(self, transition: Transition, target: str, start: Rect, end: Rect) -> Wire | None:
        """The wire of a transition to a target, if it is known and its ends are where they were."""
        wire = self._wires.get(transition.id, {}).get(target)
        if wire is None or (wire.start, wire.end) != (start, end):
            return None
        if not wire.is_beginning and wire.source != transition.source:
            return None
        return wire

    def kept_sides(self, wire: Wire) -> tuple[Side, Side] | None:
        """The sides that a wire is to keep if they are good enough; none, so that what is drawn depends on no past."""
        return None

    def keep(self, wire: Wire) -> None:
        """Remember a wire."""
        wires = self._wires.setdefault(wire.transition.id, {})
        wires[wire.target] = wire
        ends = Rect.around(rect for each in wires.values() for rect in (each.start, each.end))
        assert ends is not None
        self._areas.put(wire.transition.id, wall(ends, AROUND + CLEARANCE + _BORDER))

    def touched(self, rects: Iterable[Rect]) -> set[str]:
        """The transitions whose wires might be chosen otherwise when something changes in these places."""
        found: set[str] = set()
        for rect in set(rects):
            found.update(self._areas.meeting(rect.x, rect.y, rect.right, rect.bottom))
        return found

    def forget(self, ids: Iterable[str]) -> None:
        """Drop the wires of some transitions."""
        for id in ids:
            if self._wires.pop(id, None) is not None:
                self._areas.remove(id)


class StickyChoices(Choices):
    """What is chosen for wires while their ends are dragged: they keep their sides as long as they can.

    What is drawn by these depends on the way that was dragged, so it is for a moment only. What stays where it was has
    what was `chosen` for it; `drawn` gives the path of a transition to one of its targets as it is drawn now.
    """

    def __init__(self, chosen: Choices, drawn: Callable[[Transition, str], Sequence[Point]]) -> None:
        super().__init__()
        self._chosen = chosen
        self._drawn = drawn

    def find(self, transition: Transition, target: str, start: Rect, end: Rect) -> Wire | None:
        """The wire of a transition to a target, if it is known and its ends are where they were."""
        found = super().find(transition, target, start, end)
        return found or self._chosen.find(transition, target, start, end)

    def kept_sides(self, wire: Wire) -> tuple[Side, Side] | None:
        """Those that its path begins and ends at as it is drawn; None where it is not drawn."""
        path = self._drawn(wire.transition, wire.target)
        if len(path) < 2:
            return None
        a, b = side_toward(path[0], path[1]), side_toward(path[-1], path[-2])
        return wire.ways(a, b)  # what leads inward begins at the side across


def side_toward(start: Point, end: Point) -> Side:
    """The side that lies in the direction of a stretch that is level or upright."""
    if start.y == end.y:
        return Side.RIGHT if end.x > start.x else Side.LEFT
    return Side.BOTTOM if end.y > start.y else Side.TOP
