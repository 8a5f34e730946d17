"""States on a line, with equal gaps, of one size; composites folded: one edit each, nothing inside is moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import aligning, folded
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Rect
from editor.model.changes import BoxChange, apply_to_diagram
from editor.model.diagram import Box
from tests.charts import MEASURE, document, id_of

TEXT = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  c: {}
  p: {initial: d, states: {d: {on: {X: e}}, e: {}}}
  r: {type: parallel, states: {left: {}, right: {}}}
"""
PLACES = {
    "a": (0, 0, 120, 40), "b": (200, 30, 160, 60), "c": (500, 300, 120, 48), "p": (40, 500, 400, 160),
    "p.d": (24, 64, 120, 40), "p.e": (200, 90, 120, 40), "r": (600, 500, 400, 200),
    "r.left": (0, 40, 200, 160), "r.right": (200, 40, 200, 160),
}  # fmt: skip
THREE = ("a", "b", "c")


@pytest.fixture
def made() -> Document:
    return placed()


def placed() -> Document:
    found = document(TEXT)
    boxes = [
        Box(id=id_of(found.chart, p), x=r[0], y=r[1], width=r[2], height=r[3]) for p, r in PLACES.items()
    ]
    apply_to_diagram(
        found.diagram, [BoxChange(box.id, found.diagram.boxes.get(box.id), box) for box in boxes]
    )
    return found


def ids(made: Document, paths: Sequence[str]) -> list[str]:
    return [id_of(made.chart, path) for path in paths]


def rect(made: Document, path: str) -> Rect:
    """Where a state is on the canvas."""
    id = id_of(made.chart, path)
    around = [state.id for state in made.chart.ancestors(id)]
    return made.diagram.boxes[id].rect.moved(*made.diagram.absolute(reversed(around)))


def align(made: Document, paths: Sequence[str], side: str) -> None:
    made.apply(aligning.align(made.chart, made.diagram, ids(made, paths), side, measure=MEASURE))


@pytest.mark.parametrize(
    ("side", "of", "place"),
    [
        ("left", lambda r: r.x, 0), ("center", lambda r: r.center.x, 310), ("right", lambda r: r.right, 620),
        ("top", lambda r: r.y, 0), ("middle", lambda r: r.center.y, 174), ("bottom", lambda r: r.bottom, 348),
    ],
)  # fmt: skip
def test_states_come_to_a_line_in_one_step(made: Document, side, of, place: float) -> None:
    before = {path: rect(made, path) for path in THREE}
    align(made, THREE, side)
    for path in THREE:
        now = rect(made, path)
        assert of(now) == place
        assert (now.width, now.height) == (before[path].width, before[path].height)
    assert made.undo_stack.undo_label == "Align 3 states"
    made.undo()
    assert {path: rect(made, path) for path in THREE} == before
    assert not made.undo_stack.can_undo


def test_states_of_several_parents_come_to_one_line_and_their_parents_hold_them(made: Document) -> None:
    align(made, ("a", "p.d"), "left")
    assert rect(made, "a").x == rect(made, "p.d").x == 0
    assert rect(made, "p").encloses(rect(made, "p.d"))


def test_what_lies_in_another_goes_with_it(made: Document) -> None:
    align(made, ("a", "p", "p.d"), "left")
    assert rect(made, "p").x == 0
    assert rect(made, "p.d").x == 24


def test_regions_stay_where_they_are(made: Document) -> None:
    with pytest.raises(ChartError, match="regions stay"):
        align(made, ("r.left", "r.right"), "left")


def test_gaps_become_equal_and_the_outer_ones_stay(made: Document) -> None:
    edit = aligning.distribute(made.chart, made.diagram, ids(made, THREE), is_level=True, measure=MEASURE)
    made.apply(edit)
    a, b, c = (rect(made, path) for path in THREE)
    assert (a.x, c.x) == (0, 500)
    assert b.x - a.right == c.x - b.right == 110
    assert b.y == 30
    with pytest.raises(ChartError, match="at least 3"):
        aligning.distribute(made.chart, made.diagram, ids(made, ("a", "b")), is_level=True, measure=MEASURE)


@settings(deadline=None, max_examples=60)
@given(st.permutations([path for path in PLACES if "." not in path]), st.integers(3, 5), st.booleans())
def test_whatever_is_distributed_the_gaps_differ_by_no_more_than_rounding(
    order: list[str], count: int, is_level: bool
) -> None:
    made = placed()
    paths = order[:count]
    edit = aligning.distribute(made.chart, made.diagram, ids(made, paths), is_level=is_level, measure=MEASURE)
    made.apply(edit)
    rects = [rect(made, path) for path in paths]
    if is_level:
        row = sorted((each.x, each.right) for each in rects)
    else:
        row = sorted((each.y, each.bottom) for each in rects)
    row.sort(key=lambda each: each[0] + each[1])
    gaps = [after[0] - before[1] for before, after in pairwise(row)]
    assert max(gaps) - min(gaps) <= 1.5


def test_all_become_as_large_as_the_one_selected_last(made: Document) -> None:
    edit = aligning.same_size(made.chart, made.diagram, ids(made, ("a", "c", "b")), measure=MEASURE)
    made.apply(edit)
    assert {(rect(made, path).width, rect(made, path).height) for path in THREE} == {(160, 60)}
    assert (rect(made, "a").x, rect(made, "a").y) == (0, 0)


def test_one_way_alone_is_made_the_same(made: Document) -> None:
    chart, diagram = made.chart, made.diagram
    edit = aligning.same_size(chart, diagram, ids(made, ("a", "b")), height=False, measure=MEASURE)
    made.apply(edit)
    assert (rect(made, "a").width, rect(made, "a").height) == (160, 40)


def test_a_composite_never_gets_smaller_than_what_it_holds(made: Document) -> None:
    edit = aligning.same_size(made.chart, made.diagram, ids(made, ("p", "a")), measure=MEASURE)
    made.apply(edit)
    assert rect(made, "p").encloses(rect(made, "p.e"))


def test_folding_and_opening_leaves_every_place_as_it_was(made: Document) -> None:
    before = dict(made.diagram.boxes), dict(made.diagram.bends)
    [p] = ids(made, ("p",))
    for _ in range(3):
        made.apply(aligning.fold(made.chart, made.diagram, [p], is_folded=True))
        assert made.diagram.boxes[p].collapsed
        made.apply(aligning.fold(made.chart, made.diagram, [p], is_folded=False))
    assert (dict(made.diagram.boxes), dict(made.diagram.bends)) == before
    assert made.undo_stack.undo_label == "Expand “p”"


def test_what_was_put_into_the_room_of_a_folded_composite_goes_out_of_it_when_that_is_opened(
    made: Document,
) -> None:
    p, a, b = ids(made, ("p", "a", "b"))
    made.apply(aligning.fold(made.chart, made.diagram, [p], is_folded=True))
    own, box = made.diagram.boxes[p], made.diagram.boxes[a]
    inside = replace(box, x=own.rect.right - box.width - 8, y=own.rect.bottom - box.height - 8)
    made.apply(Edit("Move", (BoxChange(a, box, inside),)))
    other = made.diagram.boxes[b]
    made.apply(aligning.fold(made.chart, made.diagram, [p], is_folded=False))
    assert not made.diagram.boxes[p].rect.intersects(made.diagram.boxes[a].rect)
    assert made.diagram.boxes[b] == other
    made.undo()
    assert made.diagram.boxes[a] == inside


def seen(made: Document, path: str) -> Rect:
    """What is drawn of a state, on the canvas: a collapsed one is a card."""
    id, whole = id_of(made.chart, path), rect(made, path)
    card = folded.drawn(made.chart, made.diagram.boxes[id])
    return Rect(whole.x, whole.y, card.width, card.height)


@pytest.fixture
def with_card(made: Document) -> Document:
    made.apply(aligning.fold(made.chart, made.diagram, ids(made, ("p",)), is_folded=True))
    assert seen(made, "p").width < rect(made, "p").width
    return made


@pytest.mark.parametrize(
    ("side", "of"),
    [
        ("left", lambda r: r.x), ("center", lambda r: r.center.x), ("right", lambda r: r.right),
        ("top", lambda r: r.y), ("middle", lambda r: r.center.y), ("bottom", lambda r: r.bottom),
    ],
)  # fmt: skip
def test_a_collapsed_composite_is_aligned_as_it_is_seen(with_card: Document, side: str, of) -> None:
    full = rect(with_card, "p")
    paths = ("a", "b", "p")
    around = Rect.around([seen(with_card, path) for path in paths])
    align(with_card, paths, side)
    assert [of(seen(with_card, path)) for path in paths] == [of(around)] * 3
    assert (rect(with_card, "p").width, rect(with_card, "p").height) == (full.width, full.height)


def test_the_gaps_beside_a_collapsed_composite_are_those_that_are_seen(with_card: Document) -> None:
    chart, diagram, paths = with_card.chart, with_card.diagram, ("a", "p", "c", "b")
    with_card.apply(
        aligning.distribute(chart, diagram, ids(with_card, paths), is_level=True, measure=MEASURE)
    )
    row = sorted((seen(with_card, path) for path in paths), key=lambda each: each.x)
    gaps = [after.x - before.right for before, after in pairwise(row)]
    assert max(gaps) - min(gaps) <= 1.5


def test_a_collapsed_composite_keeps_its_size_and_gives_that_which_is_seen(with_card: Document) -> None:
    chart, diagram = with_card.chart, with_card.diagram
    full, card = rect(with_card, "p"), seen(with_card, "p")
    with_card.apply(aligning.same_size(chart, diagram, ids(with_card, ("p", "a", "b")), measure=MEASURE))
    assert rect(with_card, "p") == full
    assert (rect(with_card, "a").width, rect(with_card, "a").height) == (160, 60)
    with_card.apply(aligning.same_size(chart, diagram, ids(with_card, ("a", "p")), measure=MEASURE))
    assert (rect(with_card, "a").width, rect(with_card, "a").height) == (card.width, card.height)
    assert rect(with_card, "p") == full


def test_collapsed_composites_alone_are_not_sized() -> None:
    made = document("{initial: a, states: {a: {states: {x: {}}}, b: {states: {y: {}}}}}")
    both = ids(made, ("a", "b"))
    made.apply(aligning.fold(made.chart, made.diagram, both, is_folded=True))
    with pytest.raises(ChartError, match="Expand"):
        aligning.same_size(made.chart, made.diagram, both, measure=MEASURE)


def test_what_holds_nothing_is_not_folded(made: Document) -> None:
    assert aligning.foldable(made.chart, made.diagram, ids(made, ("a", "p.d")), is_folded=True) == []
