"""What layouts are to keep: states in one row or column, one left of the next, together; planners and the keeping.

A constraint is kept among states with one parent; those that have been moved elsewhere since are left out of it until
they are back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from editor.document.boxes import Boxes
from editor.document.clearing import clear_of
from editor.document.steps import outermost
from editor.document.undo import Edit
from editor.geometry import Rect
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.changes import SheetChange, apply_to_diagram
from editor.model.chart import Chart
from editor.model.diagram import Constraint, ConstraintKind, Diagram

GAP = 48.0
"""Chart units between states that a constraint puts beside each other: room for a label."""
_ROUNDS = 4
"""What one constraint moves may be against another one: they are kept in turn, so many times at most."""
_TITLES = {
    ConstraintKind.ROW: "Keep in one row", ConstraintKind.COLUMN: "Keep in one column",
    ConstraintKind.LEFT: "Keep in this order", ConstraintKind.TOGETHER: "Keep together",
}  # fmt: skip


def constrained(chart: Chart, ids: Iterable[str]) -> list[str]:
    """Of some states those that one constraint can be for, all of one parent and no regions; none of less than two."""
    found = [id for id in outermost(chart, ids) if not queries.is_region(chart, id)]
    parents = {chart.states[id].parent for id in found}
    return found if len(found) > 1 and len(parents) == 1 else []


def add(chart: Chart, diagram: Diagram, kind: ConstraintKind, ids: Iterable[str]) -> Edit:
    """Have layouts keep something of some states; of LEFT in the order in which they stand now."""
    chosen = constrained(chart, ids)
    if kind is ConstraintKind.LEFT:
        boxes = diagram.boxes
        chosen.sort(key=lambda id: boxes[id].x if id in boxes else 0.0)
    new = Constraint(kind=kind, ids=tuple(chosen))
    sheet = diagram.sheet
    if not chosen or new in sheet.constraints:
        return Edit(_TITLES[kind], ())
    changed = replace(sheet, constraints=(*sheet.constraints, new))
    return Edit(_TITLES[kind], (SheetChange(sheet.id, sheet, changed),))


def held_by(diagram: Diagram, ids: Iterable[str]) -> tuple[Constraint, ...]:
    """The constraints that some states are in; all where none is given."""
    chosen = set(ids)
    return tuple(each for each in diagram.sheet.constraints if not chosen or chosen & set(each.ids))


def drop(diagram: Diagram, ids: Iterable[str]) -> Edit:
    """Let layouts place some states freely: what they are in is dropped."""
    gone = held_by(diagram, ids)
    sheet = diagram.sheet
    label = "Drop 1 constraint" if len(gone) == 1 else f"Drop {len(gone)} constraints"
    if not gone:
        return Edit(label, ())
    changed = replace(sheet, constraints=tuple(each for each in sheet.constraints if each not in gone))
    return Edit(label, (SheetChange(sheet.id, sheet, changed),))


def kept(chart: Chart, diagram: Diagram, measure: Measure, pinned: frozenset[str]) -> Diagram:
    """A diagram in which the constraints of its sheet hold, as far as states that are pinned let them.

    Ways of what is moved by this are sought anew by who draws.
    """
    boxes = Boxes(chart, diagram)
    before = {id: box.rect for id, box in diagram.boxes.items()}
    for _ in range(_ROUNDS):
        former = dict(boxes.new)
        for constraint in diagram.sheet.constraints:
            members = _members(boxes, constraint)
            if len(members) > 1:
                _KEEP[constraint.kind](boxes, members, pinned)
        if boxes.new == former:
            break
    moved = {id for id in boxes.new if (box := boxes.get(id)) is not None and box.rect != before.get(id)}
    if not moved:
        return diagram
    for id in sorted(moved):  # who grows moves others, so that the order counts
        boxes.fit(chart.states[id].parent, measure)
    _drop_ways(boxes, moved)
    made = diagram.copy()
    apply_to_diagram(made, boxes.changes())
    return made


def _drop_ways(boxes: Boxes, moved: set[str]) -> None:
    """Ways that lead to or from what was moved."""
    chart = boxes.chart
    for transition in chart.transitions.values():
        if boxes.get_bends(transition.id) is None:
            continue
        ends = [end for end in (transition.source, *transition.targets) if end in chart.states]
        around = {each.id for end in ends for each in (chart.states[end], *chart.ancestors(end))}
        inside = queries.container(chart, transition)
        if any(id in moved and id != inside for id in around) and inside not in moved:
            boxes.put_bends(transition.id, None)


def _members(boxes: Boxes, constraint: Constraint) -> list[str]:
    """The states of a constraint that are there, have a place, and have the parent of the first."""
    chart = boxes.chart
    there = [id for id in constraint.ids if id in chart.states and boxes.get(id) is not None]
    return [id for id in there if chart.states[id].parent == chart.states[there[0]].parent]


def _rect(boxes: Boxes, id: str) -> Rect:
    box = boxes.get(id)
    assert box is not None
    return box.rect


def _put(boxes: Boxes, id: str, rect: Rect) -> None:
    box = boxes.get(id)
    assert box is not None
    if box.rect != rect:
        boxes.put(id, replace(box, x=rect.x, y=rect.y))


def _others(boxes: Boxes, id: str, without: Iterable[str] = ()) -> list[Rect]:
    """What else the parent of a state holds."""
    left_out = set(without)
    return [rect for other, rect in boxes.beside(id).items() if other not in left_out]


def _turned(rect: Rect) -> Rect:
    return Rect(rect.y, rect.x, rect.height, rect.width)


def _keep_row(boxes: Boxes, members: Sequence[str], pinned: frozenset[str]) -> None:
    _keep_line(boxes, members, pinned, is_row=True)


def _keep_column(boxes: Boxes, members: Sequence[str], pinned: frozenset[str]) -> None:
    _keep_line(boxes, members, pinned, is_row=False)


def _keep_line(boxes: Boxes, members: Sequence[str], pinned: frozenset[str], *, is_row: bool) -> None:
    """Middles on one line: that of a pinned one, else where most of them are; what is in the way is passed by."""
    middles = {id: _middle(_rect(boxes, id), is_row) for id in members}
    fixed = [id for id in members if id in pinned]
    line = middles[fixed[0]] if fixed else sorted(middles.values())[len(middles) // 2]
    free = sorted((id for id in members if id not in pinned), key=lambda id: _along(_rect(boxes, id), is_row))
    if all(abs(middles[id] - line) < 1 for id in free):
        return
    for number, id in enumerate(free):
        rect = _rect(boxes, id)
        wanted = _on_line(rect, line, is_row)
        taken = _others(boxes, id, free[number + 1 :])
        _put(boxes, id, _free_on(wanted, taken, is_row))


def _middle(rect: Rect, is_row: bool) -> float:
    return rect.center.y if is_row else rect.center.x


def _along(rect: Rect, is_row: bool) -> float:
    return rect.x if is_row else rect.y


def _on_line(rect: Rect, line: float, is_row: bool) -> Rect:
    way = round(line - _middle(rect, is_row))
    return rect.moved(0, way) if is_row else rect.moved(way, 0)


def _free_on(wanted: Rect, taken: Iterable[Rect], is_row: bool) -> Rect:
    """The nearest place along a line that is on none of the others."""
    if not is_row:
        return _turned(_free_on(_turned(wanted), [_turned(each) for each in taken], True))
    lane = [each for each in taken if each.y < wanted.bottom and wanted.y < each.bottom]
    xs = [wanted.x, *(each.right + GAP for each in lane), *(each.x - GAP - wanted.width for each in lane)]
    free = [x for x in xs if not any(_meet(x, wanted.width, each) for each in lane)]
    x = min(free, key=lambda x: (abs(x - wanted.x), x))
    return wanted.moved(x - wanted.x, 0)


def _meet(x: float, width: float, other: Rect) -> bool:
    return x < other.right and other.x < x + width


def _keep_left(boxes: Boxes, members: Sequence[str], pinned: frozenset[str]) -> None:
    """Each one ends before the next begins: the next goes on to the right, or this one back when that is pinned."""
    for number, id in enumerate(members[:-1]):
        next_id = members[number + 1]
        one, other = _rect(boxes, id), _rect(boxes, next_id)
        missing = one.right + GAP - other.x
        if missing <= GAP:
            continue
        if next_id not in pinned:
            wanted = other.moved(missing, 0)
            _put(boxes, next_id, _right_of(wanted, _others(boxes, next_id)))
        elif id not in pinned:
            _put(boxes, id, clear_of(one.moved(-missing, 0), _others(boxes, id)))


def _right_of(wanted: Rect, taken: Iterable[Rect]) -> Rect:
    """The first free place from one on to the right."""
    for each in sorted(taken, key=lambda each: each.x):
        is_in_lane = each.y < wanted.bottom and wanted.y < each.bottom
        if is_in_lane and _meet(wanted.x, wanted.width, each):
            wanted = wanted.moved(each.right + GAP - wanted.x, 0)
    return wanted


def _keep_together(boxes: Boxes, members: Sequence[str], pinned: frozenset[str]) -> None:
    """All within reach of one another: those that are far from the middle one come as near as there is room."""
    around = Rect.around(_rect(boxes, id) for id in members)
    assert around is not None
    fixed = [id for id in members if id in pinned]
    anchor = fixed[0] if fixed else min(members, key=lambda id: _distance(_rect(boxes, id), around))
    group = [anchor]
    rest = sorted(
        (id for id in members if id != anchor),
        key=lambda id: _distance(_rect(boxes, id), _rect(boxes, anchor)),
    )
    for id in rest:
        rect = _rect(boxes, id)
        rects = [_rect(boxes, each) for each in group]
        if id not in pinned and not any(_is_near(rect, each) for each in rects):
            _put(boxes, id, _beside(rect, rects, _others(boxes, id)))
        group.append(id)


def _distance(one: Rect, other: Rect) -> float:
    return abs(one.center.x - other.center.x) + abs(one.center.y - other.center.y)


def _is_near(one: Rect, other: Rect) -> bool:
    return one.grown(GAP + 1).intersects(other)


def _beside(rect: Rect, group: Sequence[Rect], taken: Sequence[Rect]) -> Rect:
    """The free place at a side of one of a group that is the least way off."""
    places: list[Rect] = []
    for each in group:
        middle = each.center.moved(-rect.width / 2, -rect.height / 2)
        for x, y in (
            (each.right + GAP, round(middle.y)), (each.x - GAP - rect.width, round(middle.y)),
            (round(middle.x), each.bottom + GAP), (round(middle.x), each.y - GAP - rect.height),
        ):  # fmt: skip
            places.append(Rect(x, y, rect.width, rect.height))
    free = [each for each in places if not any(each.intersects(other) for other in taken)]
    nearest = min(free or places, key=lambda place: _distance(place, rect))
    return nearest if free else clear_of(nearest, taken)


_KEEP = {
    ConstraintKind.ROW: _keep_row, ConstraintKind.COLUMN: _keep_column, ConstraintKind.LEFT: _keep_left,
    ConstraintKind.TOGETHER: _keep_together,
}  # fmt: skip
