"""States beside one that grows step aside: nothing is covered that was not, and nothing else moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.document import edits, grouping, stepping_aside
from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.document.undo import Edit
from editor.geometry import Point, Rect
from editor.model.changes import BendsChange, BoxChange, net
from editor.model.diagram import Bends, Box
from editor.model.elements import StateKind
from tests.charts import MEASURE, document, id_of

ROW = """
initial: a
states:
  a: {initial: x, states: {x: {}}, on: {GO: b}}
  b: {on: {GO: c}}
  c: {}
  d: {}
"""


def box(id: str, rect: tuple[float, float, float, float]) -> Box:
    x, y, width, height = rect
    return Box(id=id, x=x, y=y, width=width, height=height)


def placed(text: str, **rects: tuple[float, float, float, float]) -> Document:
    made = document(text)
    place(made, {id_of(made.chart, path.replace("_", ".")): rect for path, rect in rects.items()})
    return made


def place(made: Document, rects: Mapping[str, tuple[float, float, float, float]]) -> None:
    made.apply(
        Edit(
            "Place", tuple(BoxChange(id, made.diagram.boxes[id], box(id, each)) for id, each in rects.items())
        )
    )


def row() -> Document:
    return placed(
        ROW,
        a=(0, 0, 160, 120),
        a_x=(24, 48, 96, 40),
        b=(240, 40, 96, 40),
        c=(400, 40, 96, 40),
        d=(0, 400, 96, 40),
    )


def rect(made: Document, path: str) -> Rect:
    return made.diagram.boxes[id_of(made.chart, path)].rect


def overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def test_states_beside_a_composite_go_on_when_it_grows_to_hold_a_new_one() -> None:
    made = row()
    edit, _ = edits.add_state(
        made.chart, made.diagram, id_of(made.chart, "a"), Point(200, 48), measure=MEASURE
    )
    made.apply(edit)
    assert rect(made, "a") == Rect(0, 0, 320, 120)
    assert rect(made, "b") == Rect(384, 40, 96, 40)
    assert rect(made, "c").x >= rect(made, "b").right + 16
    assert rect(made, "d") == Rect(0, 400, 96, 40)
    made.undo()
    assert rect(made, "b") == Rect(240, 40, 96, 40)


def test_a_state_that_grows_with_its_name_covers_no_other() -> None:
    made = row()
    state = made.chart.states[id_of(made.chart, "b")]
    made.apply(
        edits.set_state(
            made.chart, made.diagram, replace(state, key="a long name of a state"), measure=MEASURE
        )
    )
    now = made.diagram.boxes[state.id].rect
    assert now.right > 400 - 16
    assert rect(made, "c").x >= now.right + 64
    assert rect(made, "a") == Rect(0, 0, 160, 120)


def test_what_was_covered_before_stays_where_somebody_put_it() -> None:
    made = placed(ROW, a=(0, 0, 160, 120), a_x=(24, 48, 96, 40), b=(120, 100, 96, 40))
    edit, _ = edits.add_state(
        made.chart, made.diagram, id_of(made.chart, "a"), Point(200, 48), measure=MEASURE
    )
    made.apply(edit)
    assert rect(made, "b") == Rect(120, 100, 96, 40)


def test_bends_between_states_that_step_aside_go_along() -> None:
    made = row()
    id = made.chart.outgoing(id_of(made.chart, "b"))[0].id
    made.apply(Edit("Bend", (BendsChange(id, None, Bends(id=id, points=(Point(360, 60),))),)))
    edit, _ = edits.add_state(
        made.chart, made.diagram, id_of(made.chart, "a"), Point(200, 48), measure=MEASURE
    )
    made.apply(edit)
    assert made.diagram.bends[id].points == (Point(360 + rect(made, "b").x - 240, 60),)


@pytest.mark.parametrize("kind", [StateKind.NORMAL, StateKind.PARALLEL])
def test_what_a_group_does_not_hold_lies_outside_of_it(kind: StateKind) -> None:
    made = placed(
        ROW,
        a=(0, 0, 160, 120),
        a_x=(24, 48, 96, 40),
        b=(176, 40, 96, 40),
        c=(300, 40, 96, 40),
        d=(0, 136, 96, 40),
    )
    ids = [id_of(made.chart, path) for path in "ac"]
    edit, id = grouping.group(made.chart, made.diagram, ids, kind, measure=MEASURE)
    made.apply(edit)
    around = made.diagram.boxes[id].rect
    beside = [made.diagram.boxes[child.id].rect for child in made.chart.children(made.chart.root_id)]
    assert around in beside
    assert len(beside) == 3
    assert not any(overlap(one, other) for one, other in combinations(beside, 2))


def rects() -> st.SearchStrategy[Rect]:
    places, sizes = st.integers(0, 60), st.integers(1, 20)
    return st.builds(
        lambda x, y, w, h: Rect(x * 8.0, y * 8.0, w * 8.0, h * 8.0), places, places, sizes, sizes
    )


@given(st.lists(rects(), min_size=2, max_size=7), *(st.integers(0, 25) for _ in "nesw"))
def test_growing_covers_nothing_and_pushes_nothing_onto_another(
    found: list[Rect], north: int, east: int, south: int, west: int
) -> None:
    made = document(
        "initial: s0\nstates: {" + ", ".join(f"s{place}: {{}}" for place in range(len(found))) + "}"
    )
    ids = [id_of(made.chart, f"s{place}") for place in range(len(found))]
    place(made, dict(zip(ids, found, strict=True)))
    old = found[0]
    new = Rect(
        old.x - 8 * west, old.y - 8 * north, old.width + 8 * (west + east), old.height + 8 * (north + south)
    )
    boxes = Boxes(made.chart, made.diagram)
    boxes.put(ids[0], box(ids[0], new))
    stepping_aside.make_room(boxes, ids[0], old)
    now = [(boxes.get(id) or made.diagram.boxes[id]).rect for id in ids]
    assert now[0] == new
    assert [each[2:] for each in now[1:]] == [each[2:] for each in found[1:]]
    for one, other in combinations(range(len(found)), 2):
        if overlap(now[one], now[other]):
            assert overlap(found[one], found[other])
    if new == old:
        assert now == found


def test_a_change_that_needs_no_room_moves_no_box() -> None:
    made = row()
    edit, _ = edits.add_state(made.chart, made.diagram, made.chart.root_id, Point(600, 600), measure=MEASURE)
    kinds = [type(change) for change in net(edit.changes)]
    assert kinds.count(BoxChange) == 1
    assert BendsChange not in kinds
