"""What rules of thumb have chosen for wires, and where a change would make them choose anew."""

from __future__ import annotations

from collections.abc import Iterable

from editor.geometry import Rect
from editor.layout.board import CLEARANCE, wall
from editor.layout.index import GridIndex
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
        if wire is None or (wire.source, wire.start, wire.end) != (transition.source, start, end):
            return None
        return wire

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
