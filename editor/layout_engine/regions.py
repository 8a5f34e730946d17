"""Regions of a parallel state: which stand beside each other and which on top, and how they fill the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise

from editor.geometry import Rect
from editor.layout_engine import bands
from editor.layout_engine.plan import Node, NodeKind, Plan
from editor.layout_engine.pushing import kept

_ASPECT = 1.4
_BROADER = 1.6
_BELOW = 8.0
Size = tuple[float, float]
Stacks = list[list[str]]


def crossings(plan: Plan) -> dict[str, frozenset[str]]:
    """For each region whether lines lead into it ("in") or out of it ("out").

    Both are said of one whose lines run in the band above the regions: it has to reach that.
    """
    found: dict[str, set[str]] = {}
    nodes = plan.nodes
    for edge in plan.edges:
        out, into = (
            {id for id in plan.line(end) if nodes[id].kind is NodeKind.REGION}
            for end in (edge.source, edge.target)
        )
        for id in out - into:
            found.setdefault(id, set()).add("out")
        for id in into - out:
            found.setdefault(id, set()).add("in")
    for edge in chain.from_iterable(bands.lines(plan).values()):
        for id in {edge.source, edge.target}:
            if nodes[id].kind is NodeKind.REGION:
                found[id] = {"in", "out"}
    return {id: frozenset(each) for id, each in found.items()}


def stacks_of(node: Node, sizes: Mapping[str, Size], crossing: Mapping[str, frozenset[str]]) -> Stacks:
    """The regions of a state as columns, each from top to bottom.

    A column is hardly longer than the longest region, or than the wanted shape of the whole asks for. A region that
    lines lead into stands first in its column and one that they leave last, so that none passes through another.
    """
    regions = [child.id for child in node.children if child.kind is NodeKind.REGION]
    if len(regions) < 2:
        return [[id] for id in regions]
    area = sum(sizes[id][0] * sizes[id][1] for id in regions)
    limit = max(*(sizes[id][1] for id in regions), (area / _ASPECT) ** 0.5)
    made: Stacks = []
    for id in sorted(regions, key=lambda each: -sizes[each][1]):
        own = crossing.get(id, frozenset())
        for stack in made:
            if _fits(id, stack, own, sizes, crossing, limit):
                stack.append(id)
                break
        else:
            made.append([id])
    order = {id: number for number, id in enumerate(regions)}
    for stack in made:
        stack.sort(key=lambda each: (_rank(crossing.get(each, frozenset())), order[each]))
    made.sort(key=lambda each: min(order[id] for id in each))
    return made


def former_stacks(node: Node) -> Stacks | None:
    """The columns that the regions of a state stand in; None where one has no place yet, or they are in no columns."""
    regions = [child for child in node.children if child.kind is NodeKind.REGION]
    columns: dict[float, list[Node]] = {}
    for child in regions:
        if child.place is None:
            return None
        columns.setdefault(child.place.x, []).append(child)
    made = []
    for _, column in sorted(columns.items()):
        stack = sorted(column, key=lambda child: child.place or Rect(0, 0, 0, 0))
        places = [child.place for child in stack if child.place is not None]
        if any(one.bottom > other.y + 1 for one, other in pairwise(places)):
            return None
        made.append([child.id for child in stack])
    return made


def _fits(
    id: str,
    stack: Sequence[str],
    own: frozenset[str],
    sizes: Mapping[str, Size],
    crossing: Mapping[str, frozenset[str]],
    limit: float,
) -> bool:
    others = [crossing.get(each, frozenset()) for each in stack]
    return (
        sum(sizes[each][1] for each in stack) + sizes[id][1] <= limit + 1
        and sizes[id][0] <= _BROADER * max(sizes[each][0] for each in stack)
        and len(own) < 2
        and all(len(each) < 2 and not own & each for each in others)
    )


def _rank(own: frozenset[str]) -> int:
    return 1 if "out" in own else -1 if "in" in own else 0


def arranged(
    node: Node, sizes: dict[str, Size], stacks_for: Callable[[], Stacks], *, is_kept: bool = False
) -> tuple[dict[str, Rect], Size]:
    """Where the children of a parallel state are, and its size; regions that grow to fill it are noted in `sizes`.

    Regions stay where they are while one of them is pinned, or where nothing may move and none changed its size. Else
    they fill the state in the columns that `stacks_for` makes. `is_kept`: nothing may move but what must, as where the
    band above them is to become higher.
    """
    before = {
        child.id: child.place
        for child in node.children
        if child.place is not None and sizes[child.id] == (child.place.width, child.place.height)
    }
    is_pinned = any(child.is_pinned for child in node.children)
    has_band = not is_kept or all(rect.y >= node.header + node.margin for rect in before.values())
    if len(before) == len(node.children) and (is_pinned or (has_band and not node.moving)):
        around = Rect.around([Rect(0, 0, node.width, node.height), *before.values()])
        width, height = (node.place or around or Rect(0, 0, 0, 0))[2:]
        return before, (max(node.width, width), max(node.height, height))
    if is_pinned:
        return kept(node, sizes, {})
    places, size = tiled(node, sizes, stacks_for())
    for id, rect in places.items():
        sizes[id] = rect.width, rect.height
    return places, size


def tiled(node: Node, sizes: Mapping[str, Size], stacks: Stacks) -> tuple[dict[str, Rect], Size]:
    """Rectangles of all children within the state, regions from border to border, and the size of the state.

    Whatever is no region (a history state) stands in a row below them.
    """
    widths = [max(sizes[id][0] for id in stack) for stack in stacks]
    others = [
        (child, child.room(sizes[child.id])) for child in node.children if child.kind is not NodeKind.REGION
    ]
    row = sum(room[0] + 2 * _BELOW for _, room in others)
    spare = max(0.0, node.width - sum(widths), row - sum(widths))
    if widths:
        widths[-1] += spare
    heights = [sum(sizes[id][1] for id in stack) for stack in stacks]
    below = max((room[1] + 2 * _BELOW for _, room in others), default=0.0)
    top = node.header + node.margin
    height = max([0.0, *heights, node.height - top - below])
    made: dict[str, Rect] = {}
    x = 0.0
    for stack, width, own in zip(stacks, widths, heights, strict=True):
        y = top
        for number, id in enumerate(stack):
            last = number == len(stack) - 1
            tall = sizes[id][1] + (height - own if last else 0.0)
            made[id] = Rect(x, y, width, tall)
            y += tall
        x += width
    bottom = top + height
    at = _BELOW
    for child, room in others:
        made[child.id] = child.within(at, bottom + _BELOW, sizes[child.id])
        at += room[0] + 2 * _BELOW
    return made, (max(x, node.width, row), bottom + below)


def stretched(node: Node, rects: Mapping[str, Rect], stacks: Stacks) -> dict[str, Rect]:
    """The regions of a state as they were placed, in absolute coordinates, grown until they meet and fill it.

    Nothing where they do not stand in columns.
    """
    others = [child for child in node.children if child.kind is not NodeKind.REGION]
    columns = sorted(stacks, key=lambda stack: min(rects[id].x for id in stack))
    left = [min(rects[id].x for id in stack) for stack in columns]
    right = [max(rects[id].right for id in stack) for stack in columns]
    if others or not columns or any(right[i] > left[i + 1] + 0.5 for i in range(len(columns) - 1)):
        return {}
    own = rects[node.id]
    cuts = [own.x, *(_middle(right[i], left[i + 1]) for i in range(len(columns) - 1)), own.right]
    made: dict[str, Rect] = {}
    for number, column in enumerate(columns):
        stack = sorted(column, key=lambda id: rects[id].y)
        tops = [own.y + node.header + node.margin]
        for a, b in pairwise(stack):
            if rects[a].bottom > rects[b].y + 0.5:
                return {}
            tops.append(_middle(rects[a].bottom, rects[b].y))
        for id, top, bottom in zip(stack, tops, [*tops[1:], own.bottom], strict=True):
            made[id] = Rect(cuts[number], top, cuts[number + 1] - cuts[number], bottom - top)
    return made


def _middle(one: float, other: float) -> float:
    return float(round((one + other) / 2))
