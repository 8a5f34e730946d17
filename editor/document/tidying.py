"""The planner that lays some states out anew where they are, by the automatic layout; all others stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from editor.document import edits
from editor.document.aligning import movable
from editor.document.boxes import Boxes
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Rect
from editor.layout.board import wall
from editor.layout.index import GridIndex
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram

_LEAST = 24.0
"""The least gap between states that are closed up; a line with its head fits in."""
_STEPS = (float("inf"), 120.0, 96.0, 72.0, 56.0, 40.0, _LEAST)
"""Gaps that states are closed up to, one after the other, until they have the room."""
_PAIRS = sorted(product(range(len(_STEPS)), repeat=2), key=lambda pair: (sum(pair), max(pair), pair))
"""Which gaps are tried across and down, by their places in `_STEPS`: as little as possible is closed up, evenly."""
_MOST = 300
"""States up to which they are closed up, which looks at each two of them."""


def meant(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The states to be laid out: several of one parent that can be moved; none where there are no such."""
    found = movable(chart, ids)
    return found if len(found) > 1 and len({chart.states[id].parent for id in found}) == 1 else []


def tidy(chart: Chart, diagram: Diagram, ids: Iterable[str], *, measure: Measure) -> Edit:
    """States laid out anew within the area that they take, each as large as it was.

    The transitions that lead to and from them are routed anew.

    Raises:
        ChartError: there are less than two states of one parent, or no room for them.
    """
    chosen = meant(chart, ids)
    boxes = Boxes(chart, diagram)
    before = {id: box.rect for id in chosen if (box := boxes.get(id)) is not None}
    area = Rect.around(before.values())
    if len(before) < 2 or area is None:
        raise ChartError("Select at least two states of the same parent; regions stay where they are.")
    parent = chart.states[chosen[0]].parent or chart.root_id
    beside = GridIndex()
    for child in chart.children(parent):
        box = boxes.get(child.id)
        if child.id not in before and box is not None:
            beside.put(child.id, wall(box.rect))
    ground = boxes.ground(parent, measure)
    ways = _arrangements(chart, before, area, ground, measure)
    taken = next((made for made in ways if _is_free(made, beside)), None)
    if taken is None:
        raise ChartError(
            "There is no room to lay these out. Select what stands among them too, or make room."
        )
    for id, rect in taken.items():
        box = boxes.get(id)
        if box is not None:
            boxes.put(id, replace(box, x=rect.x, y=rect.y, auto=True))
            boxes.carry_bends([id], rect.x - box.x, rect.y - box.y)
    steps = Steps(chart, diagram)
    steps.make(boxes.changes())
    attached = [id for id in queries.attached(chart, chosen) if edits.is_placed(chart, diagram, id)]
    steps.make(edits.clear_bends(chart, steps.diagram, attached).changes)
    return steps.edit(f"Tidy {len(before)} states")


def _arrangements(
    chart: Chart, before: Mapping[str, Rect], area: Rect, ground: Rect | None, measure: Measure
) -> Iterator[dict[str, Rect]]:
    """Where the layout would put the states: within their area if they fit, else as much beyond as their parent has."""
    from editor.layout.auto_level import level_of, ways_by_container  # noqa: PLC0415 - nothing else here needs it
    from editor.layout.auto_pack import packed  # noqa: PLC0415 - the start of the program has no time for it

    parent = chart.states[next(iter(before))].parent or chart.root_id
    extents = {id: (rect.width, rect.height) for id, rect in before.items()}
    ways = ways_by_container(chart, {parent}, measure)[parent]
    level = level_of(chart, parent, before, extents, ways)
    drawn = [
        {
            id: Rect(*at, *extents[id])
            for id, at in packed(level, in_a_hurry=len(before) > _MOST, may_break=may_break).items()
        }
        for may_break in (True, False)
    ]
    drawn += [_in_line(drawn[0], is_level=is_level) for is_level in (True, False)]
    made = [_Places(each) for each in drawn]
    if ground is not None:
        larger = area.united(Rect(area.x, area.y, ground.right - area.x, ground.bottom - area.y))
    else:
        larger = Rect(area.x, area.y, float("inf"), float("inf"))
    for room in (area, larger):
        for across, down in _PAIRS if len(before) <= _MOST else _PAIRS[:1]:
            for each in made:
                closed = each.closed_up(across, down)
                around = Rect.around(closed.values())
                if around is None or around.width > room.width or around.height > room.height:
                    continue
                dx, dy = round(area.x - around.x), round(area.y - around.y)
                yield {id: rect.moved(dx, dy) for id, rect in closed.items()}


def _in_line(places: Mapping[str, Rect], *, is_level: bool) -> dict[str, Rect]:
    """The same in one row, or in one column, with their middles on a line: for an area that is low or narrow."""
    made: dict[str, Rect] = {}
    place = 0.0
    for id, rect in sorted(places.items(), key=lambda each: each[1]):
        x, y = (place, -rect.height / 2) if is_level else (-rect.width / 2, place)
        made[id] = Rect(x, y, rect.width, rect.height)
        place += (rect.width if is_level else rect.height) + _STEPS[1]
    return made


class _Places:
    """Rectangles that can be closed up across and down, each way by itself; what that makes of them is kept."""

    def __init__(self, rects: Mapping[str, Rect]) -> None:
        self._rects = rects
        self._across: dict[int, dict[str, float]] = {}
        self._down: dict[int, dict[str, float]] = {}

    def closed_up(self, across: int, down: int) -> dict[str, Rect]:
        """With no gap between two wider than these of `_STEPS`; what is beside or above another stays so."""
        rects = self._rects
        if across not in self._across:
            self._across[across] = _along({id: (each.x, each.right) for id, each in rects.items()}, across)
        if down not in self._down:
            self._down[down] = _along({id: (each.y, each.bottom) for id, each in rects.items()}, down)
        xs, ys = self._across[across], self._down[down]
        return {id: Rect(xs[id], ys[id], rect.width, rect.height) for id, rect in rects.items()}


def _along(spans: Mapping[str, tuple[float, float]], step: int) -> dict[str, float]:
    """Where spans begin when they are shifted towards the beginning, in their order, up to a gap of `_STEPS`."""
    if step == 0:
        return {id: low for id, (low, _) in spans.items()}
    most = _STEPS[step]
    found: dict[str, float] = {}
    first = min(low for low, _ in spans.values())
    for id, (low, _) in sorted(spans.items(), key=lambda each: each[1]):
        ends = [
            (low - high, found[other] + high - start)
            for other, (start, high) in spans.items()
            if other in found and high <= low
        ]
        place = max((end + min(gap, most) for gap, end in ends), default=min(low - first, most))
        # those that share a stretch of the way keep their places to each other as far as they can
        beside = [
            found[other] + low - start
            for other, (start, high) in spans.items()
            if other in found and start <= low < high
        ]
        found[id] = max([place, *beside])
    return found


def _is_free(places: Mapping[str, Rect], beside: GridIndex) -> bool:
    return not any(beside.has_any(rect.x, rect.y, rect.right, rect.bottom) for rect in places.values())
