from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits, ordering
from editor.document.boxes import PADDING
from editor.document.document import Document
from editor.errors import ChartError
from editor.formats import native, yaml_tree
from editor.geometry import Point, Rect
from editor.model import queries
from tests.charts import MEASURE, document, id_of

TEXT = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  p:
    initial: c
    states:
      c: {on: {UP: '#far'}}
      d: {}
  e: {id: far, type: final}
"""


@pytest.fixture
def made() -> Document:
    return document(TEXT)


def ids(made: Document, *paths: str) -> list[str]:
    return [id_of(made.chart, path) for path in paths]


def put(made: Document, paths: list[str], parent: str, row: int) -> None:
    goal = id_of(made.chart, parent) if parent else made.chart.root_id
    made.apply(ordering.put(made.chart, made.diagram, ids(made, *paths), goal, row, measure=MEASURE))


def keys(made: Document, parent: str = "") -> list[str]:
    goal = id_of(made.chart, parent) if parent else made.chart.root_id
    return [child.key for child in made.chart.children(goal)]


@pytest.mark.parametrize(
    ("paths", "row", "expected"),
    [
        (["b"], 0, ["b", "a", "p", "e"]), (["a"], 2, ["b", "a", "p", "e"]), (["a"], 4, ["b", "p", "e", "a"]),
        (["a"], -1, ["b", "p", "e", "a"]), (["e", "a"], 2, ["b", "a", "e", "p"]), (["b"], 1, ["a", "b", "p", "e"]),
        (["b"], 2, ["a", "b", "p", "e"]), (["a", "b", "p", "e"], 0, ["a", "b", "p", "e"]),
    ],
)  # fmt: skip
def test_states_are_put_before_a_row_of_their_parent(
    made: Document, paths: list[str], row: int, expected: list[str]
) -> None:
    boxes = dict(made.diagram.boxes)
    put(made, paths, "", row)
    assert keys(made) == expected
    assert dict(made.diagram.boxes) == boxes
    made.undo()
    assert keys(made) == ["a", "b", "p", "e"]


def test_the_file_follows_the_new_order(made: Document) -> None:
    loaded = native.read(TEXT, name="machine.yaml")
    copy = Document(loaded.chart.copy(), made.diagram)
    copy.apply(ordering.put(copy.chart, copy.diagram, ids(copy, "e"), copy.chart.root_id, 0, measure=MEASURE))
    text, _ = native.patch(loaded, copy.chart)
    written = yaml_tree.parse(text).value
    assert isinstance(written, dict)
    assert isinstance(written["states"], dict)
    assert list(written["states"]) == ["e", "a", "b", "p"]


def test_a_state_of_elsewhere_is_put_at_its_row_and_drawn_inside(made: Document) -> None:
    a = id_of(made.chart, "a")
    put(made, ["a"], "p", 1)
    assert keys(made, "p") == ["c", "a", "d"]
    around, box = made.diagram.boxes[id_of(made.chart, "p")], made.diagram.boxes[a]
    assert box.x >= 0
    assert box.y >= 0
    assert box.x + box.width <= around.width
    assert box.y + box.height <= around.height
    assert not any(box.rect.intersects(made.diagram.boxes[each].rect) for each in ids(made, "p.c", "p.d"))
    made.undo()
    assert keys(made) == ["a", "b", "p", "e"]
    assert not made.undo_stack.can_undo


def test_bends_to_a_state_that_jumps_away_are_routed_anew(made: Document) -> None:
    [go] = [each.id for each in made.chart.outgoing(id_of(made.chart, "a"))]
    made.apply(edits.set_bends(made.chart, made.diagram, go, [Point(8, 8)]))
    put(made, ["a"], "p", -1)
    assert go not in made.diagram.bends


def test_a_state_and_what_it_holds_go_as_one(made: Document) -> None:
    put(made, ["p", "p.c", "b"], "", 0)
    assert keys(made) == ["b", "p", "a", "e"]
    assert keys(made, "p") == ["c", "d"]


@pytest.mark.parametrize(("paths", "parent"), [(["p"], "p.c"), (["p"], "p"), (["a"], "e")])
def test_what_cannot_be_is_refused(made: Document, paths: list[str], parent: str) -> None:
    with pytest.raises(ChartError, match="cannot hold this"):
        put(made, paths, parent, -1)


@pytest.mark.parametrize(
    ("paths", "by", "expected"),
    [
        (["b"], -1, ["b", "a", "p", "e"]), (["b"], 1, ["a", "p", "b", "e"]), (["a"], -1, ["a", "b", "p", "e"]),
        (["e"], 1, ["a", "b", "p", "e"]), (["a", "b"], 1, ["p", "a", "b", "e"]), (["p", "e"], -1, ["a", "p", "e", "b"]),
    ],
)  # fmt: skip
def test_states_are_shifted_among_their_siblings(
    made: Document, paths: list[str], by: int, expected: list[str]
) -> None:
    made.apply(ordering.shift(made.chart, ids(made, *paths), by))
    assert keys(made) == expected


def test_states_of_two_parents_are_not_shifted(made: Document) -> None:
    with pytest.raises(ChartError, match="of one parent"):
        ordering.shift(made.chart, ids(made, "a", "p.c"), 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(0, 20), min_size=1, max_size=3), st.integers(0, 20), st.integers(-1, 5)
        )
    )
)
def test_whatever_is_put_where_it_stands_there_and_undo_gives_the_start(
    deeds: list[tuple[list[int], int, int]],
) -> None:
    made = document(TEXT)
    start = dict(made.chart.states), dict(made.chart.transitions), dict(made.diagram.boxes)
    for chosen, goal, row in deeds:
        order = [state.id for state in queries.document_order(made.chart)]
        parent, moved = order[goal % len(order)], [order[1:][each % (len(order) - 1)] for each in chosen]
        try:
            made.apply(ordering.put(made.chart, made.diagram, moved, parent, row, measure=MEASURE))
        except ChartError:
            continue
        children = [child.id for child in made.chart.children(parent)]
        top = [id for id in moved if not any(state.id in moved for state in made.chart.ancestors(id))]
        places = sorted(children.index(id) for id in set(top))
        assert places == list(range(places[0], places[0] + len(places)))
        ranks = [made.chart.states[id].order for id in children]
        assert ranks == sorted(set(ranks))
    while made.undo_stack.can_undo:
        made.undo()
    assert (dict(made.chart.states), dict(made.chart.transitions), dict(made.diagram.boxes)) == start


def test_there_is_always_room_between_two(made: Document) -> None:
    for _ in range(60):
        put(made, ["b"], "", 1)
        put(made, ["e"], "", 1)
    assert keys(made) == ["a", "e", "b", "p"]


def test_what_comes_from_elsewhere_makes_its_parent_no_larger_than_it_needs(made: Document) -> None:
    root, before = made.chart.root_id, made.diagram.boxes[id_of(made.chart, "p")]
    add, id = edits.add_state(made.chart, made.diagram, root, Point(-900, 1600), measure=MEASURE)
    made.apply(add)
    put(made, [made.chart.states[id].key], "p", -1)
    parent, child = made.diagram.boxes[id_of(made.chart, "p")], made.diagram.boxes[id]
    assert (parent.x, parent.y) == (before.x, before.y)
    assert parent.width <= max(before.width, child.rect.right + PADDING)
    assert parent.height <= child.rect.bottom + PADDING
    assert Rect(0, 0, parent.width, parent.height).encloses(child.rect)
