"""Composites made as large as what they hold needs: what is inside keeps its places, regions go on tiling theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from editor.document import regions, resizing, stepping_aside
from editor.document.boxes import Boxes
from editor.document.steps import named
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.padding import AROUND, BELOW_HEADER, REGION, SIDE
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind

_Need = Mapping[str, tuple[float, float]]


def parents_of(chart: Chart, diagram: Diagram, ids: Iterable[str], top: str | None = None) -> list[str]:
    """The composites that are meant by some states: those among them, else the ones around them.

    A region counts for its parallel state, which its regions fill. Folded composites show nothing to be fitted to, but
    for the one that is looked at alone, `top`.
    """
    found: dict[str, None] = {}
    for id in ids:
        if id not in chart.states:
            continue
        holder = id if chart.has_children(id) else chart.states[id].parent
        while holder is not None and queries.is_region(chart, holder):
            holder = chart.states[holder].parent
        if holder is not None and (holder == top or _is_fittable(chart, diagram, holder)):
            found[holder] = None
    return list(found)


def around(chart: Chart, diagram: Diagram, ids: Iterable[str], top: str | None = None) -> list[str]:
    """The composites that are meant by some states, and all around those."""
    own = parents_of(chart, diagram, ids, top)
    lines = (each.id for id in own for each in chart.ancestors(id))
    return list(
        dict.fromkeys(
            (*own, *(id for each in lines for id in parents_of(chart, diagram, [each], top) if id == each))
        )
    )


def fit(chart: Chart, diagram: Diagram, parents: Sequence[str], *, measure: Measure) -> Edit:
    """Composites as large as what they hold needs, with the padding of the layout; the innermost first.

    States beside one that has to grow step aside, as they always do.

    Raises:
        ChartError: there are none.
    """
    if not parents:
        raise ChartError("Select a state that holds others, or one inside it.")
    boxes = Boxes(chart, diagram)
    for id in sorted(parents, key=lambda each: -len(queries.lineage(chart, each))):
        _fit(boxes, id, measure)
    return Edit(f"Fit {named(chart, parents)}", tuple(boxes.changes()))


def _is_fittable(chart: Chart, diagram: Diagram, id: str) -> bool:
    box = diagram.boxes.get(id)
    return id != chart.root_id and box is not None and not box.collapsed


def _fit(boxes: Boxes, id: str, measure: Measure) -> None:
    box = boxes.get(id)
    if box is None:
        return
    if boxes.chart.states[id].kind is StateKind.PARALLEL:
        if not _fit_regions(boxes, id, measure):
            least = regions.least(boxes, id, measure)
            if least is not None:
                resizing.resize(boxes, id, Rect(box.x, box.y, least.right, least.bottom), measure)
    else:
        inside = _inside(boxes, id)
        if inside is None:
            return
        header = sizes.header_height(boxes.chart, id, measure)
        left, top = inside.x - SIDE, inside.y - header - BELOW_HEADER
        width, height = inside.right + AROUND - left, inside.bottom + AROUND - top
        wanted = Rect(box.x + left, box.y + top, width, height)
        resizing.resize(boxes, id, wanted, measure)
    stepping_aside.make_room(boxes, id, box.rect)
    boxes.fit(boxes.chart.states[id].parent, measure)


def _inside(boxes: Boxes, id: str) -> Rect | None:
    """The rectangle around what a state holds, within it: its children, its dot, and the bends that lie among them."""
    found = boxes.around_inside(id)
    if found is None:
        return None
    for each, bends in boxes.diagram.bends.items():
        transition = boxes.chart.transitions.get(each)
        now = boxes.get_bends(each)
        if bends.points and now is not None and transition is not None:
            if queries.container(boxes.chart, transition) != id:
                continue
            for point in now.points:
                found = found.united(Rect(point.x + AROUND / 2, point.y, 0, 0)).united(
                    Rect(point.x - AROUND / 2, point.y, 0, 0)
                )
    return found


def _fit_regions(boxes: Boxes, id: str, measure: Measure) -> bool:
    """Give regions that lie beside each other what each needs; whether they do lie so.

    The sides that they share are moved, so that what filled the state still does. What is in a region goes with it.
    """
    box = boxes.get(id)
    chart = boxes.chart
    rects = regions.inside(boxes, id)
    if box is None or not rects or any(_cover(a, b) for a, b in combinations(rects.values(), 2)):
        return False
    needs = {each: _need(boxes, each, measure) for each in rects}
    least = sizes.state_size(chart, id, measure)
    across = _spans(rects, needs, 0, box.width, least[0])
    down = _spans(rects, needs, 1, box.height, least[1])
    for each, rect in rects.items():
        (left, right), (top, bottom) = across[0][each], down[0][each]
        own = boxes.get(each)
        if own is not None and not queries.is_region(chart, each):
            # a history lies on the ground between regions
            boxes.put(each, replace(own, x=min(rect.x, across[1] - rect.width), y=top))
            continue
        _settle(boxes, each, measure)
        own = boxes.get(each)
        if own is not None:
            boxes.put(each, replace(own, x=left, y=top, width=right - left, height=bottom - top, auto=False))
    boxes.put(id, replace(box, width=across[1], height=down[1], auto=False))
    return True


def _need(boxes: Boxes, id: str, measure: Measure) -> tuple[float, float]:
    """The size that a region needs; of a history beside regions its own."""
    width, height = sizes.state_size(boxes.chart, id, measure)
    box = boxes.get(id)
    if box is not None and not queries.is_region(boxes.chart, id):
        return box.width, box.height
    inside = _inside(boxes, id)
    if inside is None:
        return max(width, REGION[0]), max(height, REGION[1])
    header = sizes.header_height(boxes.chart, id, measure)
    return (
        max(width, SIDE + inside.width + AROUND),
        max(height, header + BELOW_HEADER + inside.height + AROUND),
    )


def _settle(boxes: Boxes, id: str, measure: Measure) -> None:
    """Put what is in a region where its padding ends."""
    box, inside = boxes.get(id), _inside(boxes, id)
    if box is None or inside is None:
        return
    header = sizes.header_height(boxes.chart, id, measure)
    dx, dy = SIDE - inside.x, header + BELOW_HEADER - inside.y
    boxes.stretch(id, Rect(box.x - dx, box.y - dy, box.width, box.height))


def _spans(
    rects: Mapping[str, Rect], needs: _Need, axis: int, whole: float, least: float
) -> tuple[dict[str, tuple[float, float]], float]:
    """From where to where each region goes along an axis, and how far their state does.

    Sides that lie on each other do so again: each is as near to the beginning as the regions before it allow.
    """
    spans = {id: (r.y, r.bottom) if axis else (r.x, r.right) for id, r in rects.items()}
    cuts: list[float] = []
    for place in sorted(each for span in spans.values() for each in span):
        if not cuts or place > cuts[-1] + regions.TOUCH:
            cuts.append(place)
    at = {
        id: tuple(min(range(len(cuts)), key=lambda n, p=place: abs(cuts[n] - p)) for place in span)  # type: ignore[misc]
        for id, span in spans.items()
    }
    new = [cuts[0]]
    for number in range(1, len(cuts)):
        is_gap = not any(low < number <= high for low, high in at.values())
        place = new[-1] + (cuts[number] - cuts[number - 1] if is_gap else 0.0)
        for id, (low, high) in at.items():
            if high == number:
                place = max(place, new[low] + needs[id][axis])
        new.append(place)
    behind = max(whole - cuts[-1], 0.0)
    new[-1] = max(new[-1], least - behind)
    return {id: (new[low], new[high]) for id, (low, high) in at.items()}, new[-1] + behind


def _cover(a: Rect, b: Rect) -> bool:
    inner = b.grown(-regions.TOUCH / 2)
    return a.x < inner.right and inner.x < a.right and a.y < inner.bottom and inner.y < a.bottom
