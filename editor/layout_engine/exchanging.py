"""Lines that end at one box, or begin at one, and cross on their way: from there on each goes on as the other did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing, Path, without_flat
from editor.layout_engine.plan import Edge, Plan
from editor.layout_engine.shifting import Shifting, moved

_ASIDE = (12.0, -12.0, 20.0, -20.0)
"""How far aside, in chart units, a stretch is tried that would touch the corner of the other line."""
_GAIN = 10.0
_NEAR = 4.0
_JOG = 24.0
_ON_LINE = 12.0
_MOST = 60
"""Lines at one end of a box up to which they are compared with each other."""


def exchanged(plan: Plan, drawing: Drawing) -> Drawing | None:
    """The drawing with lines that share an end and no longer cross, where that is better for both and for all others.

    None where there are no such lines.
    """
    made = Drawing(drawing.rects, dict(drawing.routes), dict(drawing.labels))
    _exchange(plan, made)
    return made if made.routes != drawing.routes else None


def _exchange(plan: Plan, drawing: Drawing) -> None:
    edges = [edge for edge in plan.edges if edge.is_wanted]
    lines = [
        edge for edge in edges if edge.source != edge.target and len(drawing.routes.get(edge.id, ())) > 1
    ]
    shifting = Shifting(plan, drawing)
    for is_end in (True, False):
        groups: dict[str, list[Edge]] = defaultdict(list)
        for edge in lines:
            if is_end or edge.start is None:
                groups[edge.target if is_end else edge.source].append(edge)
        for group in groups.values():
            if len(group) <= _MOST:
                for one, other in combinations(group, 2):
                    _untangle(shifting, drawing, one, other, is_end=is_end)


def _untangle(shifting: Shifting, drawing: Drawing, one: Edge, other: Edge, *, is_end: bool) -> None:
    """Exchange what two lines do from their crossing to their common end, in the best of some ways."""
    routes = drawing.routes[one.id], drawing.routes[other.id]
    ways = routes if is_end else (routes[0][::-1], routes[1][::-1])
    found = _crossing(ways[0], ways[1])
    if found is None:
        return
    i, j, at = found
    best = shifting.trouble_of_both((one, routes[0]), (other, routes[1])) - _GAIN
    chosen: tuple[Path, Path] | None = None
    for made in _exchanged(ways[0], ways[1], i, j, at):
        pair = made if is_end else (made[0][::-1], made[1][::-1])
        if not all(_keeps_label(drawing, edge, path) for edge, path in zip((one, other), pair, strict=True)):
            continue
        if _touch(*pair):
            continue
        cost = shifting.trouble_of_both((one, pair[0]), (other, pair[1]))
        if cost < best:
            best, chosen = cost, pair
    if chosen is not None:
        shifting.replace(one.id, chosen[0])
        shifting.replace(other.id, chosen[1])


def _crossing(one: Path, other: Path) -> tuple[int, int, Point] | None:
    """The stretches of two lines that cross last, by their numbers, and where; None where none do."""
    for i in reversed(range(len(one) - 1)):
        for j in reversed(range(len(other) - 1)):
            (a, b), (c, d) = one[i : i + 2], other[j : j + 2]
            if (a.y == b.y) == (c.y == d.y):
                continue
            level, upright = (Rect.between(a, b), Rect.between(c, d))
            if a.y != b.y:
                level, upright = upright, level
            if level.x < upright.x < level.right and upright.y < level.y < upright.bottom:
                return i, j, Point(upright.x, level.y)
    return None


def _exchanged(one: Path, other: Path, i: int, j: int, at: Point) -> Iterator[tuple[Path, Path]]:
    """Both lines, each with the end of the other; their corners at the crossing lie apart in most of them."""
    first, second = (*one[: i + 1], at, *other[j + 1 :]), (*other[: j + 1], at, *one[i + 1 :])
    yield without_flat(first), without_flat(second)
    for path in _aside(first, i + 1):
        yield path, without_flat(second)
    for path in _aside(second, j + 1):
        yield without_flat(first), path


def _aside(path: Path, number: int) -> Iterator[Path]:
    """A line with the stretch after its new corner moved aside, a little or until the corner is gone."""
    if not 1 <= number < len(path) - 2:
        return
    corner, before = path[number], path[number - 1]
    jog = corner.x - before.x + corner.y - before.y
    for far in (*((-jog,) if abs(jog) < _JOG else ()), *_ASIDE):
        yield without_flat(moved(path, number, far))


def _keeps_label(drawing: Drawing, edge: Edge, path: Path) -> bool:
    """Whether a line still runs where its label is."""
    label = drawing.labels.get(edge.id)
    return label is None or any(
        Rect.between(a, b).intersects(label.grown(_ON_LINE)) for a, b in pairwise(path)
    )


def _touch(one: Path, other: Path) -> bool:
    """Whether two lines meet anywhere but at their ends."""
    lines = [Rect.between(a, b) for a, b in pairwise(other)]
    return any(Rect.between(a, b).grown(_NEAR).intersects(line) for a, b in pairwise(one) for line in lines)
