from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout import auto, sizes
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart

seeds = st.integers(0, 10_000)


def overlap(a: Rect, b: Rect) -> bool:
    """Whether two rectangles share more than an edge."""
    return min(a.right, b.right) > max(a.x, b.x) and min(a.bottom, b.bottom) > max(a.y, b.y)


def siblings_overlap(made: Chart, diagram: Diagram, id: str) -> bool:
    rects = [diagram.boxes[child.id].rect for child in made.children(id)]
    return any(overlap(one, other) for number, one in enumerate(rects) for other in rects[number + 1 :])


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 24), st.integers(0, 20))
def test_every_state_gets_a_place_inside_its_parent_beside_its_siblings(
    seed: int, states: int, count: int
) -> None:
    made = random_chart(seed, states, count)
    diagram = placed(made)
    assert set(diagram.boxes) == set(made.states) - {"root"}
    for id in made.states:
        assert not siblings_overlap(made, diagram, id)
        for child in made.children(id):
            box = diagram.boxes[child.id]
            assert box.auto
            assert box.y >= sizes.header_height(made, id, MEASURE)
            assert (box.x % 1, box.y % 1, box.width % 1, box.height % 1) == (0, 0, 0, 0)
            if id != "root":
                around = diagram.boxes[id]
                assert Rect(0, 0, around.width, around.height).encloses(box.rect)


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(2, 16))
def test_what_has_a_place_stays_there(seed: int, states: int) -> None:
    made = random_chart(seed, states, 6)
    diagram = placed(made)
    gone = sorted(diagram.boxes)[::2]
    partly = diagram.copy()
    for id in gone:
        partly.put_box(id, None)
    done = auto.complete(made, partly, MEASURE)
    assert set(done.boxes) == set(diagram.boxes)
    assert all(done.boxes[id] == box for id, box in partly.boxes.items())


@settings(max_examples=20, deadline=None)
@given(seeds, st.integers(2, 24), st.integers(0, 30))
def test_new_states_lie_on_no_placed_ones_and_always_alike(seed: int, states: int, count: int) -> None:
    made = random_chart(seed, states, count)
    partly = placed(made).copy()
    for id in sorted(partly.boxes)[::3]:
        partly.put_box(id, None)
    done = auto.complete(made, partly, MEASURE)
    assert not any(siblings_overlap(made, done, id) for id in made.states)
    assert auto.complete(made, partly, MEASURE).boxes == done.boxes


def test_a_chart_with_all_its_places_is_left_alone() -> None:
    made = random_chart(1, 6, 4)
    diagram = placed(made)
    for id, box in list(diagram.boxes.items()):
        diagram.put_box(id, replace(box, auto=False))
    assert auto.complete(made, diagram, MEASURE) is diagram


def test_regions_fill_their_state_without_overlap() -> None:
    made = chart(
        "{initial: p, states: {p: {type: parallel, states: {left: {initial: a, states: {a: {}, b: {}}}, "
        "right: {initial: c, states: {c: {}}}}}}}"
    )
    diagram = placed(made)
    around = diagram.boxes[id_of(made, "p")]
    regions = [diagram.boxes[id_of(made, path)] for path in ("p.left", "p.right")]
    assert made.states[around.id].kind is StateKind.PARALLEL
    assert not overlap(regions[0].rect, regions[1].rect)
    assert {region.width for region in regions} == {around.width}
    assert regions[1].rect.bottom == around.height


def test_a_chart_without_states_has_an_empty_layout() -> None:
    assert not auto.place(Chart(), MEASURE).boxes
