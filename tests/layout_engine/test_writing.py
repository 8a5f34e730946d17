from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout.paths import through
from editor.layout.routing import route
from editor.layout_engine import elk
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.levels import Levels
from editor.layout_engine.options import Options, Scope
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import DOT_OF, plan_of
from editor.layout_engine.writing import diagram_of, way_points
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Note
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed
from tests.layout_engine.columns import Columns


def drawn(made: Chart, before: Diagram, options: Options | None = None) -> tuple[Plan, Drawing, Diagram]:
    plan = plan_of(made, before, MEASURE, options or Options())
    drawing = Levels(plan, Columns()).draw(elk.DOWN)
    return plan, drawing, diagram_of(made, before, plan, drawing, MEASURE)


RECTS = st.builds(
    Rect, st.integers(0, 300).map(float), st.integers(0, 300).map(float),
    st.integers(4, 20).map(lambda each: each * 8.0), st.integers(4, 12).map(lambda each: each * 8.0),
)  # fmt: skip


@given(RECTS, RECTS, st.floats(0.2, 0.8), st.floats(0.2, 0.8), st.booleans(), st.integers(8, 80))
def test_few_way_points_lead_the_canvas_along_a_route(
    start: Rect, end: Rect, one: float, other: float, is_below: bool, far: int
) -> None:
    lane = max(start.bottom, end.bottom) + far if is_below else min(start.y, end.y) - far
    a = Point(round(start.x + start.width * one), start.bottom if is_below else start.y)
    b = Point(round(end.x + end.width * other), end.bottom if is_below else end.y)
    wanted = (a, Point(a.x, lane), Point(b.x, lane), b)
    if abs(a.x - b.x) > 1:
        assert through(start, way_points(start, wanted, end), end) == wanted


def test_a_straight_route_and_one_from_a_state_into_itself_are_led_too() -> None:
    upper, lower = Rect(0, 0, 96, 40), Rect(0, 100, 96, 40)
    straight = (Point(20, 40), Point(20, 100))
    assert through(upper, way_points(upper, straight, lower), lower) == straight
    outer, inner = Rect(0, 0, 300, 300), Rect(40, 200, 96, 40)
    inward = (Point(300, 100), Point(80, 100), Point(80, 200))
    made = through(outer, way_points(outer, inward, inner), inner)
    assert (made[0], made[-1]) == (inward[0], inward[-1])


def test_all_that_is_no_place_stays_in_the_diagram() -> None:
    made = chart("initial: a\nstates: {a: {on: {GO: b}}, b: {}}")
    before = placed(made)
    a, go = id_of(made, "a"), made.outgoing(id_of(made, "a"))[0].id
    before.put_box(a, Box(id=a, x=7, y=7, width=96, height=40, tint=3, extra=(("mine", 1),)))
    before.put_bends(go, Bends(id=go, points=(Point(1, 1),), extra=(("mine", 2),)))
    note = Note(id="note:note1", x=0, y=0, width=80, height=40, text="hello")
    before.put_note(note.id, note)
    _, _, after = drawn(made, before)
    assert (after.boxes[a].tint, after.boxes[a].extra) == (3, (("mine", 1),))
    assert after.boxes[a].auto
    assert after.bends[go].extra == (("mine", 2),)
    assert after.notes == before.notes
    assert before.boxes[a].x == 7


def test_an_initial_dot_stands_where_it_was_drawn() -> None:
    made = chart("initial: a\nstates: {a: {}}")
    _, drawing, after = drawn(made, Diagram())
    middle = drawing.rects[DOT_OF + made.root_id].center
    initial = made.outgoing(made.root_id)[0]
    assert after.boxes[made.root_id].initial == middle
    assert route(made, after, None, MEASURE)[initial.id].paths[0][0] == middle


@pytest.mark.parametrize("scope", [Scope.ROUTES, Scope.SELECTION])
def test_what_did_not_move_is_the_same_record(scope: Scope) -> None:
    made = chart("initial: a\nstates: {a: {on: {GO: b}}, b: {}, c: {}}")
    before = placed(made)
    _, _, after = drawn(made, before, Options(scope=scope, ids=frozenset()))
    assert after.boxes == before.boxes


def test_a_ring_that_stays_keeps_its_card_however_wide_that_is() -> None:
    made = chart("initial: a\nstates: {a: {on: {GO: end}}, end: {type: final}}")
    before = placed(made)
    end = id_of(made, "end")
    before.put_box(end, Box(id=end, x=0, y=300, width=240, height=52))
    _, _, after = drawn(made, before, Options(pinned=frozenset({end})))
    assert after.boxes[end] == before.boxes[end]
