from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout.sizes import TableMeasure
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.sketching import Sketch, led, sketched, taken
from editor.layout_engine.warm import Warm
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart

SMALL = chart("initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a}}}")
A, B = id_of(SMALL, "a"), id_of(SMALL, "b")
GO = next(each.id for each in SMALL.outgoing(A))
PLACES = {A: Rect(0, 0, 96, 40), B: Rect(200, 0, 96, 40)}


def sketch(made: Chart, before: Diagram | None = None, lines: tuple[str, ...] = ()) -> Sketch:
    return Sketch(chart=made, diagram=before or Diagram(), lines=lines, measure=MEASURE)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_the_process_draws_as_this_one_would(alone: Warm, seed: int, data: st.DataObject) -> None:
    made = random_chart(seed, 8, 10)
    before = placed(made)
    for id in data.draw(st.frozensets(st.sampled_from(sorted(before.boxes)))):
        before.put_box(id, None)
    wanted = sketch(made, before, tuple(made.transitions))
    reply = alone.graphlay.ready().ask("sketch", wanted.to_data())
    assert reply.came.wait(60)
    assert reply.told is not None
    drawing = Drawing.from_data(reply.told["done"])
    assert drawing == sketched(wanted)
    done = led(wanted, taken(wanted, drawing), drawing)
    assert done.boxes.keys() >= made.states.keys() - {made.root_id}
    assert all(done.boxes[id] == box for id, box in before.boxes.items())


def test_what_has_a_place_keeps_it_and_what_has_none_is_of_no_hand() -> None:
    before = Diagram()
    before.put_box(A, Box(id=A, x=5, y=7, width=96, height=40, tint=2))
    made = taken(sketch(SMALL, before), Drawing({A: Rect(1, 1, 1, 1), B: PLACES[B]}))
    assert made.boxes[A] is before.boxes[A]
    assert (made.boxes[B].rect, made.boxes[B].auto) == (PLACES[B], True)


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        (Drawing({A: PLACES[A]}), "has no place"),
        (Drawing(PLACES, {"t9": (Point(0, 0), Point(1, 0))}), "not asked for"),
        (Drawing(PLACES, {}, {"t9": Rect(0, 0, 1, 1)}), "not asked for"),
        (Drawing(PLACES, {GO: (Point(0, 0), Point(nan, 0))}), "without sense"),
        (Drawing(PLACES, {GO: (Point(0, 0),)}), "without sense"),
        (Drawing(PLACES, {GO: ()}), "without sense"),
        (Drawing(PLACES, {GO: (Point(0, 0), Point(1, 0))}, {GO: Rect(0, inf, 1, 1)}), "without sense"),
    ],
)
def test_an_answer_that_is_no_drawing_of_it_is_not_taken(drawing: Drawing, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        taken(sketch(SMALL, lines=(GO,)), drawing)


def test_what_cannot_leave_the_process_is_told() -> None:
    class Fonts(TableMeasure):
        """Of this function alone."""

    wanted = Sketch(chart=SMALL, diagram=Diagram(), lines=(), measure=Fonts())
    with pytest.raises(ValueError, match="cannot be sent"):
        wanted.to_data()
