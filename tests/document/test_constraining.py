"""What layouts keep of states: rows, columns, orders and groups; others are never covered, pinned ones never moved."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import accepting, constraining
from editor.document.document import Document
from editor.geometry import Rect
from editor.model.diagram import Constraint, ConstraintKind, Diagram
from tests.charts import MEASURE, document, id_of

TEXT = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  c: {}
  d: {}
  p: {initial: e, states: {e: {on: {X: f}}, f: {}}}
"""
PLACES = {"a": (0, 0), "b": (240, 160), "c": (480, 40), "d": (720, 300)}


@pytest.fixture
def made() -> Document:
    return placed(PLACES)


def placed(places: dict[str, tuple[float, float]]) -> Document:
    found = document(TEXT)
    for path, (x, y) in places.items():
        id = id_of(found.chart, path)
        found.diagram.put_box(id, replace(found.diagram.boxes[id], x=x, y=y))
    found.diagram.put_box(
        id_of(found.chart, "p"), replace(found.diagram.boxes[id_of(found.chart, "p")], x=0, y=900)
    )
    return found


def hold(made: Document, kind: ConstraintKind, *paths: str) -> tuple[str, ...]:
    ids = tuple(id_of(made.chart, path) for path in paths)
    made.diagram.sheet = replace(
        made.diagram.sheet, constraints=(*made.diagram.sheet.constraints, Constraint(kind=kind, ids=ids))
    )
    return ids


def kept(made: Document, pinned: frozenset[str] = frozenset()) -> Diagram:
    return constraining.kept(made.chart, made.diagram, MEASURE, pinned)


def overlaps(made: Document, diagram: Diagram) -> list[tuple[str, str]]:
    rects = [(state.id, diagram.boxes[state.id].rect) for state in made.chart.children(made.chart.root_id)]
    return [
        (one, other)
        for number, (one, a) in enumerate(rects)
        for other, b in rects[number + 1 :]
        if a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom
    ]


def test_the_middles_of_a_row_are_on_one_line(made: Document) -> None:
    ids = hold(made, ConstraintKind.ROW, "a", "b", "c")
    boxes = kept(made).boxes
    assert len({boxes[id].rect.center.y for id in ids}) == 1
    assert boxes[id_of(made.chart, "d")] == made.diagram.boxes[id_of(made.chart, "d")]


def test_the_middles_of_a_column_are_below_one_another(made: Document) -> None:
    ids = hold(made, ConstraintKind.COLUMN, "a", "b", "d")
    boxes = kept(made).boxes
    assert len({boxes[id].rect.center.x for id in ids}) == 1
    assert not overlaps(made, kept(made))


def test_each_ends_before_the_next_begins(made: Document) -> None:
    ids = hold(made, ConstraintKind.LEFT, "c", "a", "b")
    boxes = kept(made).boxes
    rects = [boxes[id].rect for id in ids]
    assert rects[0].right < rects[1].x
    assert rects[1].right < rects[2].x


def test_what_is_kept_together_is_near_each_other(made: Document) -> None:
    ids = hold(made, ConstraintKind.TOGETHER, "a", "d")
    one, other = (kept(made).boxes[id].rect for id in ids)
    assert one.grown(constraining.GAP + 1).intersects(other)


def test_a_row_goes_where_its_pinned_state_is(made: Document) -> None:
    ids = hold(made, ConstraintKind.ROW, "a", "d")
    boxes = kept(made, frozenset(ids[1:])).boxes
    assert boxes[ids[1]] == made.diagram.boxes[ids[1]]
    assert boxes[ids[0]].rect.center.y == boxes[ids[1]].rect.center.y


def test_states_of_another_parent_are_left_out(made: Document) -> None:
    hold(made, ConstraintKind.ROW, "a", "p.e")
    assert kept(made) is made.diagram


def test_what_holds_already_changes_nothing(made: Document) -> None:
    hold(made, ConstraintKind.LEFT, "a", "b", "c", "d")
    assert kept(made) is made.diagram


def test_a_constraint_is_one_step_and_can_be_dropped(made: Document) -> None:
    ids = [id_of(made.chart, path) for path in ("c", "a")]
    made.apply(constraining.add(made.chart, made.diagram, ConstraintKind.LEFT, ids))
    assert made.diagram.sheet.constraints == (Constraint(kind=ConstraintKind.LEFT, ids=(ids[1], ids[0])),)
    assert not constraining.add(made.chart, made.diagram, ConstraintKind.LEFT, ids).changes
    edit = constraining.drop(made.diagram, ids[:1])
    assert edit.label == "Drop 1 constraint"
    made.apply(edit)
    assert made.diagram.sheet.constraints == ()
    made.undo()
    made.undo()
    assert made.diagram.sheet.constraints == ()


@settings(max_examples=80, deadline=None)
@given(
    kind=st.sampled_from(list(ConstraintKind)),
    chosen=st.lists(st.sampled_from("abcd"), min_size=2, max_size=4, unique=True),
    cells=st.permutations([(x * 240, y * 160) for x in range(3) for y in range(3)]),
    fixed=st.sets(st.sampled_from("abcd"), max_size=2),
)
def test_nothing_is_covered_and_pinned_states_stay(
    kind: ConstraintKind, chosen: list[str], cells: list[tuple[float, float]], fixed: set[str]
) -> None:
    made = placed(dict(zip("abcd", cells, strict=False)))
    hold(made, kind, *chosen)
    pinned = frozenset(id_of(made.chart, path) for path in fixed)
    diagram = kept(made, pinned)
    assert not overlaps(made, diagram)
    places, before = accepting.rects(made.chart, diagram), accepting.rects(made.chart, made.diagram)
    assert all(places[id] == before[id] for id in pinned)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(list(ConstraintKind)),
    chosen=st.lists(st.sampled_from("abcd"), min_size=2, max_size=4, unique=True),
    cells=st.permutations([(x * 240, y * 160) for x in range(3) for y in range(3)]),
)
def test_what_is_kept_holds_afterwards(
    kind: ConstraintKind, chosen: list[str], cells: list[tuple[float, float]]
) -> None:
    made = placed(dict(zip("abcd", cells, strict=False)))
    ids = hold(made, kind, *chosen)
    rects: list[Rect] = [kept(made).boxes[id].rect for id in ids]
    if kind is ConstraintKind.ROW:
        assert max(each.center.y for each in rects) - min(each.center.y for each in rects) <= 1
    elif kind is ConstraintKind.COLUMN:
        assert max(each.center.x for each in rects) - min(each.center.x for each in rects) <= 1
    elif kind is ConstraintKind.LEFT:
        assert all(one.right <= other.x for one, other in pairwise(rects))
    else:
        assert all(
            any(one is not other and one.grown(constraining.GAP + 1).intersects(other) for other in rects)
            for one in rects
        )
