"""Composites as large as what they hold: with the padding of the layout, and nothing inside is moved."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits, enclosing
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.padding import AROUND, BELOW_HEADER, SIDE
from editor.model.changes import BoxChange
from editor.model.diagram import Box
from editor.model.elements import StateKind
from tests.charts import MEASURE, document, id_of
from tests.document.arranged import covering, drawing, outside, rect, rects

TEXT = """\
initial: p
states:
  p: {initial: d, states: {d: {on: {X: e}}, e: {initial: f, states: {f: {}}}}}
  b: {}
  r: {type: parallel, states: {left: {initial: l, states: {l: {}}}, right: {initial: m, states: {m: {}}}}}
"""
PLACES = {
    "p": (40, 40, 900, 600), "p.d": (100, 200, 120, 40), "p.e": (300, 200, 400, 300), "p.e.f": (100, 100, 96, 40),
    "b": (1200, 40, 120, 40), "r": (40, 800, 900, 500), "r.left": (0, 32, 400, 468), "r.left.l": (80, 120, 96, 40),
    "r.right": (400, 32, 500, 468), "r.right.m": (100, 60, 200, 40),
}  # fmt: skip


@pytest.fixture
def made() -> Document:
    found = document(TEXT)
    boxes = [
        Box(id=id_of(found.chart, path), x=x, y=y, width=width, height=height)
        for path, (x, y, width, height) in PLACES.items()
    ]
    found.apply(Edit("Place", tuple(BoxChange(box.id, found.diagram.boxes[box.id], box) for box in boxes)))
    return found


def fit(made: Document, *paths: str) -> None:
    ids = [id_of(made.chart, path) for path in paths]
    parents = enclosing.parents_of(made.chart, made.diagram, ids)
    made.apply(enclosing.fit(made.chart, made.diagram, parents, measure=MEASURE))


def header(made: Document, path: str) -> float:
    return sizes.header_height(made.chart, id_of(made.chart, path), MEASURE)


def padding(made: Document, path: str) -> tuple[float, float, float, float]:
    """What is free left of, above, right of and below all that a state holds."""
    id = id_of(made.chart, path)
    around = rect(made, id)
    held = Rect.around(rect(made, child.id) for child in made.chart.children(id))
    assert held is not None
    top = held.y - around.y - header(made, path)
    return held.x - around.x, top, around.right - held.right, around.bottom - held.bottom


def test_a_composite_gets_the_padding_of_the_layout_and_its_children_stay(made: Document) -> None:
    before = rects(made)
    fit(made, "p")
    assert padding(made, "p") == (SIDE, BELOW_HEADER, AROUND, AROUND)
    changed = {id for id, each in rects(made).items() if each != before[id]}
    assert changed == {id_of(made.chart, "p")}
    assert made.undo_stack.undo_label == "Fit “p”"
    made.undo()
    assert rects(made) == before


def test_a_leaf_means_the_state_around_it(made: Document) -> None:
    fit(made, "p.d")
    assert padding(made, "p") == (SIDE, BELOW_HEADER, AROUND, AROUND)


def test_all_around_are_fitted_from_the_inside_out_in_one_step(made: Document) -> None:
    f = id_of(made.chart, "p.e.f")
    parents = enclosing.around(made.chart, made.diagram, [f])
    made.apply(enclosing.fit(made.chart, made.diagram, parents, measure=MEASURE))
    for path in ("p.e", "p"):
        assert padding(made, path) == (SIDE, BELOW_HEADER, AROUND, AROUND)
    assert made.undo_stack.undo_label == "Fit 2 states"


def test_regions_get_what_each_needs_and_go_on_filling_their_state(made: Document) -> None:
    fit(made, "r.left.l")
    whole, left, right = (rect(made, id_of(made.chart, path)) for path in ("r", "r.left", "r.right"))
    assert left.right == right.x
    assert (left.x, right.right) == (whole.x, whole.right)
    assert left.bottom == right.bottom == whole.bottom
    assert padding(made, "r.left")[:3] == (SIDE, BELOW_HEADER, AROUND)
    assert padding(made, "r.right")[:3] == (SIDE, BELOW_HEADER, AROUND)
    assert whole.width < 900
    assert whole.height < 500


def test_a_hand_placed_dot_and_bends_are_held_too(made: Document) -> None:
    e = id_of(made.chart, "p.e")
    far = Point(800, 700)
    x = next(each.id for each in made.chart.transitions.values() if each.trigger.text == "X")
    made.apply(edits.set_bends(made.chart, made.diagram, x, [far]))
    fit(made, "p")
    around = rect(made, id_of(made.chart, "p"))
    assert around.right >= far.x
    assert around.bottom >= far.y
    assert around.encloses(rect(made, e))


def test_one_too_narrow_grows_and_its_neighbour_steps_aside(made: Document) -> None:
    p = made.diagram.boxes[id_of(made.chart, "p")]
    b = made.diagram.boxes[id_of(made.chart, "b")]
    narrow = Box(id=p.id, x=p.x, y=p.y, width=702, height=600)
    close = Box(id=b.id, x=750, y=300, width=120, height=40)
    made.apply(Edit("Place", (BoxChange(p.id, p, narrow), BoxChange(b.id, b, close))))
    fit(made, "p")
    assert padding(made, "p")[2] == AROUND
    assert not covering(made)


def test_nothing_is_fitted_to_nothing(made: Document) -> None:
    b = id_of(made.chart, "b")
    assert enclosing.parents_of(made.chart, made.diagram, [b]) == []
    with pytest.raises(ChartError, match="holds others"):
        enclosing.fit(made.chart, made.diagram, [], measure=MEASURE)


def test_what_is_folded_has_nothing_to_fit_to(made: Document) -> None:
    p = id_of(made.chart, "p")
    box = made.diagram.boxes[p]
    folded = Box(id=p, x=box.x, y=box.y, width=box.width, height=box.height, collapsed=True)
    made.apply(Edit("Fold", (BoxChange(p, box, folded),)))
    assert enclosing.parents_of(made.chart, made.diagram, [p]) == []


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 100_000), st.integers(0, 13), st.booleans())
def test_whatever_is_fitted_nothing_leaves_its_parent_and_what_was_apart_stays_so(
    seed: int, number: int, is_all: bool
) -> None:
    made = drawing(seed)
    meant = enclosing.around if is_all else enclosing.parents_of
    parents = meant(made.chart, made.diagram, [f"s{number}"])
    if not parents:
        return
    before, apart, inside = rects(made), covering(made), outside(made)
    edit = enclosing.fit(made.chart, made.diagram, parents, measure=MEASURE)
    made.apply(edit)
    assert outside(made) <= inside
    assert covering(made) <= apart
    fitted = rects(made)
    made.apply(enclosing.fit(made.chart, made.diagram, parents, measure=MEASURE))
    assert rects(made) == fitted
    while made.undo_stack.can_undo:
        made.undo()
    assert rects(made) == before


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 100_000), st.integers(0, 13), st.integers(0, 20), st.integers(0, 20))
def test_what_is_in_a_composite_that_shrinks_stays_where_it_is(
    seed: int, number: int, right: int, down: int
) -> None:
    made = drawing(seed)
    chart = made.chart
    parents = enclosing.parents_of(chart, made.diagram, [f"s{number}"])
    if not parents or chart.states[parents[0]].kind is StateKind.PARALLEL:
        return
    [holder] = parents
    box = made.diagram.boxes[holder]
    wide = Rect(box.x, box.y, box.width + 8 * right, box.height + 8 * down)
    made.apply(edits.resize(chart, made.diagram, holder, wide, measure=MEASURE))
    before = rects(made)
    fit_edit = enclosing.fit(chart, made.diagram, parents, measure=MEASURE)
    made.apply(fit_edit)
    inside = {id for id in before if any(each.id == holder for each in chart.ancestors(id))}
    after = rects(made)
    if before[holder].encloses(after[holder]) and chart.states[chart.states[holder].parent or ""].kind is (
        StateKind.NORMAL
    ):
        assert {id for id in before if after[id] != before[id]} <= {holder}
    else:
        origins = {after[id].x - before[id].x for id in inside}
        assert len(origins) <= 1
