"""Places in a container whose children stay: where one grew, those to its right and below it make room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from editor.geometry import Rect
from editor.layout_engine import elk
from editor.layout_engine.plan import Node

_APART = 24.0
Size = tuple[float, float]


def kept(node: Node, sizes: Mapping[str, Size], group: Mapping[str, Rect]) -> tuple[dict[str, Rect], Size]:
    """Where the children of a container are, and its size; `group` has the new places of some of them.

    Children keep their order: what is right of something that grew moves right by as much, what is below it down.
    What is pinned never moves; then what is not takes a free place below.
    """
    before: dict[str, Rect] = {}
    after: dict[str, Rect] = {}
    for child in node.children:
        if child.id in group:
            after[child.id] = group[child.id]
        elif child.place is not None:
            before[child.id] = child.place
            after[child.id] = Rect(child.place.x, child.place.y, *sizes[child.id])
    _make_room(node, before, after, group)
    part(node, after)
    return after, size_around(node, after.values())


def size_around(node: Node, rects: Iterable[Rect]) -> Size:
    """The size of a container that has room for some of its children, and is no smaller than it was."""
    around = Rect.around(rects)
    width, height = (node.place.width, node.place.height) if node.place is not None else (0.0, 0.0)
    _, _, side = elk.inset(node)
    if around is not None:
        width, height = max(width, around.right + side), max(height, around.bottom + side)
    return max(width, node.width), max(height, node.height)


def _make_room(
    node: Node, before: Mapping[str, Rect], after: dict[str, Rect], group: Mapping[str, Rect]
) -> None:
    """Move what is right of and below the places that grew."""
    pinned = {child.id for child in node.children if child.is_pinned}
    grown = [(before[id], after[id]) for id in before if _has_grown(before[id], after[id])]
    former = Rect.around(child.place for child in node.children if child.id in group and child.place)
    now = Rect.around(group.values())
    if former is not None and now is not None and _has_grown(former, now):
        grown.append((former, now))
    for old, new in sorted(grown, key=lambda pair: (pair[0].right, pair[0].bottom)):
        wider, taller = max(0.0, new.width - old.width), max(0.0, new.height - old.height)
        for id, place in before.items():
            if id in pinned or place == old:
                continue
            right = place.x >= old.right and _beside(place.y, place.bottom, new.y, old.bottom + taller)
            below = place.y >= old.bottom
            after[id] = after[id].moved(wider if right else 0.0, taller if below else 0.0)


def _beside(low: float, high: float, start: float, end: float) -> bool:
    return low < end and high > start


def _has_grown(old: Rect, new: Rect) -> bool:
    return new.width > old.width or new.height > old.height


def part(node: Node, after: dict[str, Rect]) -> None:
    """Move what still lies on something else below all; pinned ones stay."""
    settled: list[Rect] = []
    order = sorted(node.children, key=lambda child: not child.is_pinned)
    loose = []
    for child in order:
        rect = after.get(child.id)
        if rect is None:
            continue
        if not child.is_pinned and any(overlap(rect, other) for other in settled):
            loose.append(child.id)
        else:
            settled.append(rect)
    for id in loose:
        bottom = max(rect.bottom for rect in settled)
        after[id] = Rect(after[id].x, bottom + _APART, after[id].width, after[id].height)
        settled.append(after[id])


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share more than an edge."""
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom
