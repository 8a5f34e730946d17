"""Some states laid out anew where they are: within the area that they take, on nothing, and all others stay."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document import edits, tidying
from editor.document.document import Document
from editor.errors import ChartError
from editor.geometry import Point, Rect
from tests.charts import MEASURE, id_of
from tests.document.arranged import covering, drawing, outside, rect, rects
from tests.document.test_stepping_aside import placed

TEXT = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {on: {ON: c}}
  c: {on: {BACK: a}}
  far: {on: {OVER: a}}
"""


@pytest.fixture
def made() -> Document:
    return placed(
        TEXT, a=(600, 500, 120, 40), b=(40, 300, 120, 40), c=(300, 40, 120, 40), far=(1200, 40, 120, 40)
    )


def tidy(made: Document, *paths: str) -> None:
    ids = [id_of(made.chart, path) for path in paths]
    made.apply(tidying.tidy(made.chart, made.diagram, ids, measure=MEASURE))


def test_they_follow_their_transitions_within_the_area_they_had(made: Document) -> None:
    before = rects(made)
    a, b, c, far = (id_of(made.chart, path) for path in ("a", "b", "c", "far"))
    area = Rect.around(before[id] for id in (a, b, c))
    assert area is not None
    tidy(made, "a", "b", "c")
    after = rects(made)
    assert after[a].right < after[b].x
    assert after[b].right < after[c].x
    assert all(area.encloses(after[id]) for id in (a, b, c))
    assert after[far] == before[far]
    assert all(made.diagram.boxes[id].auto for id in (a, b, c))
    assert made.undo_stack.undo_label == "Tidy 3 states"
    made.undo()
    assert rects(made) == before


@pytest.mark.parametrize(("across", "down"), [(376, 108), (352, 112), (328, 104)])
def test_a_low_area_leaves_room_for_labels_across(across: int, down: int) -> None:
    """Two states in a column need all of the height; that is no reason to close up what is beside them."""
    made = placed(
        "{initial: a, states: {a: {on: {FASTER: b}}, b: {on: {SLOWER: a}}, c: {on: {UNMUTE: a}}}}",
        a=(40, 64, 104, 40), b=(40 + across - 104, 90, 104, 40), c=(52, 64 + down - 40, 104, 40),
    )  # fmt: skip
    tidy(made, "a", "b", "c")
    after = {key: rect(made, id_of(made.chart, key)) for key in "abc"}
    columns = sorted({(each.x, each.right) for each in after.values()})
    assert len(columns) == 2
    assert columns[1][0] - columns[0][1] >= 72
    assert max(each.bottom for each in after.values()) <= 64 + down


def test_their_transitions_are_routed_anew_and_those_of_others_stay(made: Document) -> None:
    lines = {each.trigger.text: each.id for each in made.chart.transitions.values()}
    for event in ("GO", "OVER"):
        made.apply(edits.set_bends(made.chart, made.diagram, lines[event], [Point(900, 900)]))
    tidy(made, "b", "c")
    assert lines["GO"] not in made.diagram.bends
    assert lines["OVER"] in made.diagram.bends


def test_there_is_no_layout_of_one_state_nor_of_states_apart(made: Document) -> None:
    with pytest.raises(ChartError, match="at least two"):
        tidy(made, "a")


def test_what_stands_among_them_is_not_covered() -> None:
    made = placed(
        TEXT, a=(40, 40, 120, 40), b=(40, 140, 120, 40), c=(200, 60, 700, 700), far=(1200, 40, 120, 40)
    )
    tidy(made, "a", "b")
    assert not covering(made)
    assert rect(made, id_of(made.chart, "c")) == Rect(200, 60, 700, 700)


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 100_000), st.sets(st.integers(0, 13), min_size=2, max_size=8))
def test_whatever_is_tidied_all_others_stay_and_nothing_is_covered(seed: int, numbers: set[int]) -> None:
    made = drawing(seed)
    ids = [f"s{number}" for number in sorted(numbers)]
    chart = made.chart
    chosen = [id for id in ids if chart.states[id].parent == chart.states[ids[0]].parent]
    assume(tidying.meant(made.chart, chosen))
    before, apart, inside = rects(made), covering(made), outside(made)
    try:
        edit = tidying.tidy(made.chart, made.diagram, chosen, measure=MEASURE)
    except ChartError:
        return
    made.apply(edit)
    after = rects(made)
    moved = {id for id in after if after[id] != before[id]}
    roots = {id for id in moved if not moved & {state.id for state in made.chart.ancestors(id)}}
    assert roots <= set(tidying.meant(made.chart, chosen))
    assert {id: (r.width, r.height) for id, r in after.items()} == {
        id: (r.width, r.height) for id, r in before.items()
    }
    assert covering(made) <= apart
    assert outside(made) <= inside
    made.undo()
    assert rects(made) == before
