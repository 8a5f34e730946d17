"""Two states take each other's place: centre to centre, as large as before, and nothing comes to lie on anything."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document import aligning, edits, folded, swapping
from editor.document.document import Document
from editor.errors import ChartError
from editor.geometry import Point
from editor.model import queries
from editor.model.diagram import Label
from tests.charts import MEASURE, id_of
from tests.document.arranged import covering, drawing, outside, rect, rects
from tests.document.test_stepping_aside import placed

TEXT = """\
initial: a
states:
  a: {initial: x, states: {x: {on: {IN: y}}, y: {}}, on: {GO: b, LOOP: a}}
  b: {on: {ON: c}}
  c: {}
  r: {type: parallel, states: {one: {}, two: {}}}
"""


@pytest.fixture
def made() -> Document:
    return placed(
        TEXT,
        a=(40, 40, 400, 200),
        a_x=(48, 64, 96, 40),
        a_y=(240, 64, 96, 40),
        b=(800, 120, 96, 40),
        c=(960, 120, 96, 40),
        r=(40, 600, 400, 300),
    )


def swap(made: Document, *paths: str) -> None:
    ids = [id_of(made.chart, path) for path in paths]
    made.apply(swapping.swap(made.chart, made.diagram, ids, measure=MEASURE))


def line(made: Document, event: str) -> str:
    return next(each.id for each in made.chart.transitions.values() if each.trigger.text == event)


def test_places_are_exchanged_centre_to_centre_in_one_step(made: Document) -> None:
    before = rects(made)
    a, b, c = (id_of(made.chart, path) for path in "abc")
    swap(made, "a", "b")
    after = rects(made)
    assert (after[a].center, after[b].center) == (before[b].center, before[a].center)
    assert (after[a].width, after[b].height) == (before[a].width, before[b].height)
    assert after[c].x > after[a].right, "what stood beside the smaller one steps aside"
    assert made.undo_stack.undo_label == "Swap “a” and “b”"
    made.undo()
    assert rects(made) == before


def test_transitions_to_and_from_them_are_routed_anew_and_those_inside_stay(made: Document) -> None:
    for event, point in (("GO", Point(500, 300)), ("IN", Point(200, 180)), ("LOOP", Point(420, 20))):
        made.apply(edits.set_bends(made.chart, made.diagram, line(made, event), [point]))
    label = Label(along=0.2, dx=4, dy=4)
    made.apply(edits.place_label(made.chart, made.diagram, line(made, "ON"), label))
    inside, loop = made.diagram.bends[line(made, "IN")], made.diagram.bends[line(made, "LOOP")]
    old = rect(made, id_of(made.chart, "a"))
    swap(made, "a", "b")
    assert line(made, "GO") not in made.diagram.bends
    assert line(made, "ON") not in made.diagram.bends
    assert made.diagram.bends[line(made, "IN")] == inside
    new = rect(made, id_of(made.chart, "a"))
    moved = made.diagram.bends[line(made, "LOOP")].points[0]
    assert moved == loop.points[0].moved(new.x - old.x, new.y - old.y)


def test_an_initial_dot_placed_by_hand_goes_to_where_its_arrow_begins_now(made: Document) -> None:
    initial = queries.initial_transition(made.chart, made.chart.root_id)
    assert initial is not None
    made.apply(edits.place_initial(made.chart, made.diagram, initial.id, Point(10, 300), measure=MEASURE))
    assert edits.is_placed(made.chart, made.diagram, initial.id)
    swap(made, "a", "b")
    assert not edits.is_placed(made.chart, made.diagram, initial.id)


def test_a_collapsed_one_counts_as_its_card(made: Document) -> None:
    a, b = id_of(made.chart, "a"), id_of(made.chart, "b")
    made.apply(aligning.fold(made.chart, made.diagram, [a], is_folded=True))
    before = {id: folded.drawn(made.chart, made.diagram.boxes[id]) for id in (a, b)}
    full, beside = made.diagram.boxes[a], rect(made, id_of(made.chart, "r"))
    swap(made, "a", "b")
    after = {id: folded.drawn(made.chart, made.diagram.boxes[id]) for id in (a, b)}
    assert (after[a].center, after[b].center) == (before[b].center, before[a].center)
    assert (made.diagram.boxes[a].width, made.diagram.boxes[a].height) == (full.width, full.height)
    assert rect(made, id_of(made.chart, "r")) == beside
    assert not after[a].intersects(rect(made, id_of(made.chart, "c")))


@pytest.mark.parametrize("paths", [("a",), ("a", "b", "c"), ("a", "a.x"), ("a.x", "b"), ("r.one", "r.two")])
def test_what_are_not_two_states_of_one_parent_is_refused(made: Document, paths: tuple[str, ...]) -> None:
    with pytest.raises(ChartError, match="two states"):
        swap(made, *paths)


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 100_000), st.integers(0, 13), st.integers(0, 13))
def test_whatever_is_swapped_nothing_leaves_its_parent_and_what_was_apart_stays_so(
    seed: int, one: int, other: int
) -> None:
    made = drawing(seed)
    ids = [f"s{one}", f"s{other}"]
    assume(swapping.pair(made.chart, ids) is not None)
    before, apart, inside = rects(made), covering(made), outside(made)
    made.apply(swapping.swap(made.chart, made.diagram, ids, measure=MEASURE))
    after = rects(made)
    assert {id: (r.width, r.height) for id, r in after.items() if id in ids} == {
        id: (before[id].width, before[id].height) for id in ids
    }
    assert outside(made) <= inside
    assert covering(made) <= apart
    made.undo()
    assert rects(made) == before
