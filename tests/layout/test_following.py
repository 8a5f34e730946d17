"""What lines and labels do as the states that they join are dragged, and where lines to oneself go."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from editor.geometry import Rect
from editor.layout.frame import Frame
from editor.layout.paths import along
from editor.layout.routing import Route, route
from editor.model.chart import Chart
from editor.model.diagram import Bends, Diagram, Label
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE
from tests.layout.test_routing import boxes, by_event, on_border, stretches

ONE = "{initial: a, states: {a: {on: {GO: b}}, b: {}}}"
LOOP = "{initial: a, states: {a: {on: {AGAIN: a}}, b: {}, c: {}}}"
HERE = (400, 300, 120, 60)


def _pair(y: float) -> tuple[Chart, Diagram]:
    made = chart(ONE)
    return made, boxes(made, {"a": (40, 200, 120, 80), "b": (420, y, 120, 80)})


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("y", range(0, 420, 20))
def test_both_ends_slide_along_the_borders_as_a_state_is_dragged_past(y: int, quick: bool) -> None:
    made, diagram = _pair(y)
    found = by_event(made, route(made, diagram, None, MEASURE, quick=quick), "GO").paths[0]
    frame = Frame(made, diagram, MEASURE)
    rects = [frame.rect(id_of(made, path)) for path in ("a", "b")]
    for rect, end in zip(rects, (found[0], found[-1]), strict=True):
        assert rect is not None
        assert on_border(rect, end, 0.5)
    if abs(y - 200) <= 40:
        assert len(found) == 2, "a straight line, as long as both sides have room for its ends"


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("y", [40, 160, 200, 300, 420])
def test_a_label_keeps_its_share_of_the_line_and_its_way_off_it(y: int, quick: bool) -> None:
    made, diagram = _pair(y)
    id = next(each.id for each in made.transitions.values() if each.trigger.text == "GO")
    diagram.put_bends(id, Bends(id=id, label=Label(along=0.25, dx=6, dy=-18)))
    found = route(made, diagram, None, MEASURE, quick=quick)[id]
    at = along(found.paths[0], 0.25)
    middle = found.label.center
    assert abs(middle.x - at.x - 6) <= 1
    assert abs(middle.y - at.y + 18) <= 1


@pytest.mark.parametrize("y", range(40, 400, 40))
def test_a_label_follows_to_where_nothing_is(y: int) -> None:
    made, diagram = _pair(y)
    found = by_event(made, route(made, diagram, None, MEASURE), "GO")
    frame = Frame(made, diagram, MEASURE)
    for path in ("a", "b"):
        rect = frame.rect(id_of(made, path))
        assert rect is not None
        assert not found.label.intersects(rect)
    assert any(Rect.between(a, b).grown(1).intersects(found.label) for a, b in pairwise(found.paths[0]))


BESIDE = {
    "right": [(540, 240, 120, 180)],
    "above": [(340, 180, 240, 96)],
    "above and right": [(340, 180, 240, 96), (540, 290, 120, 180)],
    "above and left": [(340, 180, 240, 96), (260, 290, 120, 180)],
    "left and right": [(260, 240, 116, 180), (544, 240, 120, 180)],
}


@pytest.mark.parametrize("where", BESIDE)
def test_a_line_to_oneself_goes_where_no_state_stands(where: str) -> None:
    made = chart(LOOP)
    others = dict(zip(("b", "c"), [*BESIDE[where], (2000, 2000, 96, 40)], strict=False))
    diagram = boxes(made, {"a": HERE, **others})
    found: Route = by_event(made, route(made, diagram, None, MEASURE), "AGAIN")
    for rect in (Rect(*place) for place in BESIDE[where]):
        assert not any(Rect.between(a, b).intersects(rect) for a, b in stretches(found))
        assert not found.label.intersects(rect)
    alone = boxes(made, {"a": HERE, "b": (2000, 2000, 96, 40), "c": (2000, 2200, 96, 40)})
    free = by_event(made, route(made, alone, None, MEASURE), "AGAIN")
    if where == "above and right":
        assert found.paths != free.paths, "the corner that it takes by itself is not free"


def test_a_line_to_oneself_goes_along_as_it_is_where_nothing_is_in_the_way() -> None:
    made = chart(LOOP)
    diagram = boxes(made, {"a": HERE, "b": (2000, 2000, 96, 40), "c": (2000, 2200, 96, 40)})
    before = by_event(made, route(made, diagram, None, MEASURE), "AGAIN")
    box = diagram.boxes[id_of(made, "a")]
    diagram.put_box(box.id, replace(box, x=box.x + 40, y=box.y - 64))
    after = by_event(made, route(made, diagram, None, MEASURE), "AGAIN")
    assert after.paths == tuple(tuple(point.moved(40, -64) for point in path) for path in before.paths)
    assert after.label == before.label.moved(40, -64)
