"""Places for states that have none, one container at a time; never fails, never moves what is placed."""

from __future__ import annotations

from collections import Counter, deque

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import State, StateKind, is_unresolved

_GAP_X = 120.0
_GAP_Y = 64.0
_PADDING = 48.0
MOST_LAYERED = 400


def place(chart: Chart, measure: Measure) -> Diagram:
    """A diagram for a chart that has none."""
    return complete(chart, Diagram(), measure)


def complete(chart: Chart, diagram: Diagram, measure: Measure) -> Diagram:
    """The diagram with a box for every state; boxes that are there stay where they are."""
    missing = [id for id in chart.states if id != chart.root_id and id not in diagram.boxes]
    if not missing:
        return diagram
    made = diagram.copy()
    order = [state.id for state in queries.document_order(chart)]
    for id in reversed(order):
        if chart.has_children(id):
            _fill(chart, made, id, measure)
    return made


def _fill(chart: Chart, diagram: Diagram, id: str, measure: Measure) -> None:
    """Give the children of a state places, and the state the size that holds them."""
    children = chart.children(id)
    loose = [child for child in children if child.id not in diagram.boxes]
    top = sizes.header_height(chart, id, measure) + (24 if id != chart.root_id else 0)
    fixed = Rect.around(diagram.boxes[child.id].rect for child in children if child.id in diagram.boxes)
    if loose:
        extents = {child.id: _extent(chart, diagram, child, measure) for child in loose}
        start = Point(_PADDING, top + 8) if fixed is None else Point(_PADDING, fixed.bottom + _GAP_Y)
        if chart.states[id].kind is StateKind.PARALLEL:
            places = _stacked(loose, extents, Point(0, sizes.header_height(chart, id, measure)))
        else:
            places = _layered(chart, loose, extents, start, measure)
        for child in loose:
            width, height = extents[child.id]
            at = places[child.id]
            diagram.put_box(child.id, Box(id=child.id, x=at.x, y=at.y, width=width, height=height, auto=True))
        if chart.states[id].kind is StateKind.PARALLEL:
            _level_regions(diagram, loose)


def _extent(chart: Chart, diagram: Diagram, state: State, measure: Measure) -> tuple[float, float]:
    width, height = sizes.state_size(chart, state.id, measure)
    inside = Rect.around(
        diagram.boxes[child.id].rect for child in chart.children(state.id) if child.id in diagram.boxes
    )
    if inside is not None:
        pad = 0.0 if state.kind is StateKind.PARALLEL else 40.0
        width, height = max(width, inside.right + pad), max(height, inside.bottom + pad)
    elif queries.is_region(chart, state.id):
        width, height = max(width, 160.0), max(height, 96.0)
    elif not chart.has_children(state.id) and state.kind is StateKind.NORMAL:
        height = max(height, 24.0 * _most_between(chart, state.id) + 16)
    return _grid(width), _grid(height)


def _most_between(chart: Chart, id: str) -> int:
    """The most transitions between a state and one other: a lane each."""
    counts = Counter(
        other
        for transition in (*chart.outgoing(id), *chart.incoming(id))
        for other in {transition.source, *transition.targets} - {id}
        if not transition.is_pseudo
    )
    return max(counts.values(), default=0)


def _grid(value: float) -> float:
    return -(-value // 8) * 8.0


def _stacked(states: list[State], extents: dict[str, tuple[float, float]], start: Point) -> dict[str, Point]:
    places: dict[str, Point] = {}
    y = start.y
    for state in states:
        places[state.id] = Point(start.x, y)
        y += extents[state.id][1]
    return places


def _level_regions(diagram: Diagram, states: list[State]) -> None:
    widest = max(diagram.boxes[state.id].width for state in states)
    for state in states:
        box = diagram.boxes[state.id]
        diagram.put_box(
            state.id, Box(id=box.id, x=box.x, y=box.y, width=widest, height=box.height, auto=True)
        )


def _layered(
    chart: Chart, states: list[State], extents: dict[str, tuple[float, float]], start: Point, measure: Measure
) -> dict[str, Point]:
    """Columns by the distance from the initial state; large containers in a grid."""
    columns = _columns(chart, states) if len(states) <= MOST_LAYERED else _square(states)
    places: dict[str, Point] = {}
    tallest = max(sum(extents[id][1] + _GAP_Y for id in column) - _GAP_Y for column in columns)
    x = start.x
    gaps = _gaps(chart, columns, measure)
    for number, column in enumerate(columns):
        widest = max(extents[id][0] for id in column)
        height = sum(extents[id][1] + _GAP_Y for id in column) - _GAP_Y
        y = start.y + _grid(max(0.0, (tallest - height) / 2) - 4)
        for id in column:
            width, own = extents[id]
            places[id] = Point(_grid(x + (widest - width) / 2), y)
            y += own + _GAP_Y
        x += widest + gaps[number]
    return places


def _gaps(chart: Chart, columns: list[list[str]], measure: Measure) -> list[float]:
    """The room right of each column: what the widest label between it and the next needs."""
    if sum(map(len, columns)) > MOST_LAYERED:
        return [_GAP_X] * len(columns)
    place = {id: number for number, column in enumerate(columns) for id in column}
    inside = set(place)
    gaps = [_GAP_X] * len(columns)
    for id in place:
        for state in queries.document_order(chart, id):
            for transition in chart.outgoing(state.id):
                others = [_lifted(chart, target, inside) for target in transition.targets]
                ends = [place[id], *(place[other] for other in others if other is not None)]
                if min(ends) < max(ends):
                    width = sizes.pill_size(sizes.pill_parts(chart, transition), measure)[0]
                    gaps[min(ends)] = max(gaps[min(ends)], _grid(width + 56))
    return gaps


def _square(states: list[State]) -> list[list[str]]:
    side = max(1, round(len(states) ** 0.5))
    ids = [state.id for state in states]
    return [ids[at : at + side] for at in range(0, len(ids), side)]


def _columns(chart: Chart, states: list[State]) -> list[list[str]]:
    ids = [state.id for state in states]
    inside = set(ids)
    ways: dict[str, list[str]] = {id: [] for id in ids}
    for id in ids:
        for state in queries.document_order(chart, id):
            for transition in chart.outgoing(state.id):
                for target in transition.targets:
                    other = _lifted(chart, target, inside)
                    if other is not None and other != id:
                        ways[id].append(other)
    parent = states[0].parent
    initial = queries.initial_transition(chart, parent) if parent is not None else None
    first = _lifted(chart, initial.targets[0], inside) if initial is not None and initial.targets else None
    depth: dict[str, int] = {}
    for root in [first, *ids] if first is not None else ids:
        if root in depth:
            continue
        depth[root] = 0 if root == first or first is None else max(depth.values(), default=0)
        waiting = deque([root])
        while waiting:
            here = waiting.popleft()
            for there in ways[here]:
                if there not in depth:
                    depth[there] = depth[here] + 1
                    waiting.append(there)
    columns: dict[int, list[str]] = {}
    for id in ids:
        columns.setdefault(depth[id], []).append(id)
    return [columns[each] for each in sorted(columns)]


def _lifted(chart: Chart, id: str, inside: set[str]) -> str | None:
    """The state among `inside` that holds another, or is it."""
    if is_unresolved(id):
        return None
    if id in inside:
        return id
    return next((state.id for state in chart.ancestors(id) if state.id in inside), None)
