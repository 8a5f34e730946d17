"""Around which corner of a state a loop goes in a large chart: a rule of thumb, by what is near and what ends there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from editor.geometry import Rect
from editor.layout.board import Wall, WallSet
from editor.layout.ends import is_hit
from editor.layout.paths import Side, label_place, loop

Corner = tuple[Side, Side]
CORNERS: tuple[Corner, ...] = tuple((a, b) for b in (Side.RIGHT, Side.LEFT) for a in (Side.TOP, Side.BOTTOM))
"""The top right one first: the one that is taken where all are as good."""
_HIT, _OUT, _COVERS, _NESTED, _END = 1000.0, 500.0, 300.0, 48.0, 7.0
"""What it costs to run through a state, out of the one around it, to lie on a state, around another loop, by an end."""


def around_corner(
    rect: Rect,
    taken: Mapping[Corner, int],
    walls: WallSet,
    cage: Rect | None,
    size: tuple[float, float],
    ends: Callable[[Side], Sequence[float]],
) -> Corner:
    """The best corner of a state for one more loop.

    `taken`: how many go around each corner already. `cage`: the state around it, if it is drawn. `size`: that of the
    label. `ends`: where along a side others end, from 0 to 1.
    """

    def cost(corner: Corner) -> float:
        path = loop(rect, taken.get(corner, 0), corner)
        found = _NESTED * taken.get(corner, 0) + _END * _crowd(corner, ends)
        if is_hit(path, walls):
            found += _HIT
        if cage is not None and not all(cage.contains(each) for each in path):
            found += _OUT
        label = label_place(path, size, None)
        if size[0] and any(lies_on(label, each) for each in walls):
            found += _COVERS
        return found

    return min(CORNERS, key=cost)


def _crowd(corner: Corner, ends: Callable[[Side], Sequence[float]]) -> int:
    """How many ends lie on the halves of both sides that meet at a corner."""
    a, b = corner
    across = [share for share in ends(a) if (share >= 0.5 if b is Side.RIGHT else share <= 0.5)]
    down = [share for share in ends(b) if (share >= 0.5 if a is Side.BOTTOM else share <= 0.5)]
    return len(across) + len(down)


def lies_on(rect: Rect, edges: Wall) -> bool:
    """Whether a rectangle lies on a wall, were it but in part."""
    left, top, right, bottom = edges
    return rect.x < right and rect.right > left and rect.y < bottom and rect.bottom > top
