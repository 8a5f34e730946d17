"""One transition made straight: its bends go, else one end moves the least that is needed, else it is told why not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document import edits, straightening
from editor.document.document import Document
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.layout import routing
from editor.model import queries
from editor.model.diagram import Label
from tests.charts import MEASURE, id_of
from tests.document.arranged import covering, drawing, outside, rect, rects
from tests.document.test_stepping_aside import placed

TEXT = """\
initial: a
states:
  a: {on: {GO: b, LOOP: a, END: z}}
  b: {}
  c: {initial: d, states: {d: {on: {UP: c, OUT: b}}}}
  z: {type: final}
"""
Place = tuple[float, float, float, float]
PLACES: dict[str, Place] = {
    "a": (40, 40, 120, 80), "b": (400, 60, 120, 80), "c": (40, 400, 300, 200), "c_d": (48, 80, 120, 40),
    "z": (700, 400, 64, 52),
}  # fmt: skip


def drawn(**moved: Place) -> Document:
    return placed(TEXT, **{**PLACES, **moved})


def line(made: Document, event: str) -> str:
    return next(each.id for each in made.chart.transitions.values() if each.trigger.text == event)


def straighten(made: Document, event: str) -> None:
    made.apply(straightening.straighten(made.chart, made.diagram, line(made, event), measure=MEASURE))


def path(made: Document, id: str) -> tuple[Point, ...]:
    return routing.as_drawn(made.chart, made.diagram, [id], MEASURE)[id].paths[0]


def test_among_very_many_lines_nobody_waits_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing, "PROMPT", 2)
    for bent in (True, False):
        made = drawn(b=(400, 140, 120, 80))
        go = line(made, "GO")
        if bent:
            made.apply(edits.set_bends(made.chart, made.diagram, go, [Point(280, 300)]))
        straighten(made, "GO")
        assert len(path(made, go)) == 2
        with pytest.raises(ChartError, match="straight already"):
            straighten(made, "GO")


def test_bends_go_and_nothing_else_is_done_where_that_is_enough() -> None:
    made = drawn()
    go = line(made, "GO")
    made.apply(edits.set_bends(made.chart, made.diagram, go, [Point(280, 300)]))
    before = rects(made)
    straighten(made, "GO")
    assert len(path(made, go)) == 2
    assert go not in made.diagram.bends
    assert rects(made) == before
    assert made.undo_stack.undo_label == "Straighten GO"
    made.undo()
    assert made.diagram.bends[go].points == (Point(280, 300),)


def test_a_label_placed_by_hand_stays_on_its_line() -> None:
    made = drawn()
    go = line(made, "GO")
    label = Label(along=0.25, dx=0, dy=0)
    made.apply(edits.set_bends(made.chart, made.diagram, go, [Point(280, 300)]))
    made.apply(edits.place_label(made.chart, made.diagram, go, label))
    straighten(made, "GO")
    assert made.diagram.bends[go].label == label
    assert made.diagram.bends[go].points == ()


def test_the_end_that_has_less_far_to_go_is_moved_by_steps_of_the_grid() -> None:
    made = drawn(b=(400, 128, 120, 80))
    before = rects(made)
    straighten(made, "GO")
    go = path(made, line(made, "GO"))
    assert len(go) == 2
    [moved] = {id for id, each in rects(made).items() if each != before[id]}
    way = abs(rect(made, moved).y - before[moved].y)
    assert 0 < way <= 32
    assert way % 8 == 0


@pytest.mark.parametrize("right", [360, 400, 560])
def test_the_point_that_holds_it_does_not_lie_on_its_label(right: int) -> None:
    """A straightened line is selected, so its point is marked: that would cover the label's text."""
    made = drawn(b=(right, 60, 120, 80), c=(200, 50, 100, 50), c_d=(20, 4, 60, 40))
    straighten(made, "GO")
    go = line(made, "GO")
    (point,) = made.diagram.bends[go].points
    label = routing.as_drawn(made.chart, made.diagram, None, MEASURE)[go].label
    assert not label.grown(4).contains(point)
    (start, end) = path(made, go)
    assert start.x < point.x < end.x
    assert start.y == point.y == end.y


def test_a_ring_is_met_in_its_middle() -> None:
    made = drawn(a=(40, 300, 120, 80), c=(40, 700, 300, 200))
    straighten(made, "END")
    a, b = path(made, line(made, "END"))
    ring = rect(made, id_of(made.chart, "z"))
    assert a.y == b.y == ring.y + 2 + (min(ring.width, 32) - 4) / 2


def test_it_is_led_past_a_state_that_covers_part_of_the_way() -> None:
    made = drawn(c=(200, 50, 160, 50), c_d=(20, 4, 96, 40))
    straighten(made, "GO")
    a, b = path(made, line(made, "GO"))
    assert a.y == b.y
    assert not Rect.between(a, b).intersects(rect(made, id_of(made.chart, "c")))


def test_what_stands_between_is_not_run_through() -> None:
    made = drawn(c=(200, 0, 160, 200), c_d=(20, 40, 96, 40))
    before = rects(made)
    with pytest.raises(ChartError, match="no straight way"):
        straighten(made, "GO")
    assert rects(made) == before


def test_what_is_straight_says_so() -> None:
    made = drawn(b=(400, 40, 120, 80))
    with pytest.raises(ChartError, match="straight already"):
        straighten(made, "GO")


@pytest.mark.parametrize("event", ["LOOP", "UP"])
def test_what_leads_back_or_out_of_what_is_around_cannot_be_straight(event: str) -> None:
    made = drawn()
    with pytest.raises(ChartError, match=r"straight\."):
        straighten(made, event)
    initial = queries.initial_transition(made.chart, made.chart.root_id)
    assert initial is not None
    assert not straightening.can_be_straight(made.chart, initial.id)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 100_000), st.integers(0, 9))
def test_whatever_is_straightened_one_state_moves_at_most_and_covers_nothing(seed: int, number: int) -> None:
    made = drawing(seed)
    id = f"t{number}"
    assume(straightening.can_be_straight(made.chart, id))
    before, apart, inside = rects(made), covering(made), outside(made)
    bends = dict(made.diagram.bends)
    try:
        edit = straightening.straighten(made.chart, made.diagram, id, measure=MEASURE)
    except ChartError:
        assert rects(made) == before
        return
    made.apply(edit)
    assert len(path(made, id)) == 2
    transition = made.chart.transitions[id]
    ends = {transition.source, *transition.targets}
    moved = {each for each, r in rects(made).items() if r != before[each]}
    roots = {each for each in moved if not moved & {state.id for state in made.chart.ancestors(each)}}
    assert len(roots) <= 1
    assert roots <= ends
    assert {each for each in made.diagram.bends if made.diagram.bends[each] != bends.get(each)} <= {id}
    assert outside(made) <= inside
    assert covering(made) <= apart
    made.undo()
    assert rects(made) == before
