"""States put where they would stick if they were dragged: on lines, in equal gaps, on the grid; nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import aligning, folded, snapping
from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model.changes import BoxChange
from tests.charts import MEASURE, id_of
from tests.document.arranged import covering, drawing, free, outside, rect, rects
from tests.document.test_stepping_aside import placed

TEXT = "{initial: a, states: {a: {}, b: {}, c: {}, d: {initial: e, states: {e: {}}}}}"
Place = tuple[float, float, float, float]


def row(**others: Place) -> Document:
    places: dict[str, Place] = {
        "a": (40, 40, 120, 40), "b": (240, 40, 120, 40), "c": (440, 40, 120, 40), "d": (40, 400, 400, 200),
        "d_e": (48, 80, 120, 40),
    }  # fmt: skip
    return placed(TEXT, **{**places, **others})


def snap(made: Document, *paths: str) -> None:
    ids = [id_of(made.chart, path) for path in paths]
    made.apply(snapping.snap(made.chart, made.diagram, ids, measure=MEASURE))


def place(made: Document, path: str) -> tuple[float, float]:
    found = rect(made, id_of(made.chart, path))
    return found.x, found.y


def test_a_state_comes_to_the_line_and_the_gap_of_its_neighbours_in_one_step() -> None:
    made = row(b=(40, 200, 120, 40), c=(447, 46, 120, 40), d=(240, 40, 120, 40), d_e=(8, 8, 96, 20))
    before = rects(made)
    snap(made, "c")
    assert place(made, "c") == (440, 40)
    assert made.undo_stack.undo_label == "Snap “c”"
    made.undo()
    assert rects(made) == before


def test_several_stick_to_what_stays_and_to_each_other() -> None:
    made = row(b=(243, 45, 120, 40), c=(435, 37, 120, 40))
    snap(made, "b", "c")
    a, b, c = (rect(made, id_of(made.chart, each)) for each in "abc")
    assert a.y == b.y == c.y
    assert b.x - a.right == c.x - b.right


def test_far_from_all_lines_it_comes_to_the_grid() -> None:
    made = row(c=(1003, 805, 121, 41))
    snap(made, "c")
    assert place(made, "c") == (1000, 808)


def test_it_goes_no_farther_than_the_hand_would_take_it() -> None:
    made = row(c=(440, 40 + snapping.REACH + 4, 120, 40))
    snap(made, "c")
    assert place(made, "c")[1] == pytest.approx(56)


def test_regions_stay() -> None:
    made = placed("{type: parallel, states: {a: {}, b: {}}}", a=(3, 3, 200, 100), b=(3, 103, 200, 100))
    with pytest.raises(ChartError, match="regions stay"):
        snap(made, "a")


@settings(deadline=None, max_examples=80)
@given(
    st.integers(0, 100_000),
    st.sets(st.integers(0, 13), min_size=1, max_size=6),
    st.lists(st.integers(-9, 9), min_size=2, max_size=2),
)
def test_whatever_is_snapped_it_goes_a_little_and_covers_nothing(
    seed: int, numbers: set[int], off: list[int]
) -> None:
    made = drawing(seed)
    boxes = Boxes(made.chart, made.diagram)
    chosen = [id for id in free(made) if id in {f"s{number}" for number in numbers}]
    for id in chosen:
        box = made.diagram.boxes[id]
        boxes.put(
            id, type(box)(id=id, x=box.x + off[0], y=box.y + off[1], width=box.width, height=box.height)
        )
    made.apply(Edit("Put askew", tuple(boxes.changes())))
    before, apart, inside = rects(made), covering(made), outside(made)
    places = dict(made.diagram.boxes)
    if not chosen:
        return
    edit = snapping.snap(made.chart, made.diagram, chosen, measure=MEASURE)
    made.apply(edit)
    for id, box in made.diagram.boxes.items():
        assert abs(box.x - places[id].x) <= snapping.REACH
        assert abs(box.y - places[id].y) <= snapping.REACH
        assert (box == places[id]) or id in chosen
    assert covering(made) <= apart
    assert outside(made) <= inside
    if edit.changes:
        made.undo()
    assert rects(made) == before


def test_a_collapsed_one_sticks_as_it_is_seen() -> None:
    made = row(a=(0, 0, 96, 40), b=(400, 6, 96, 40), d=(800, 100, 300, 200))
    d = id_of(made.chart, "d")
    made.apply(aligning.fold(made.chart, made.diagram, [d], is_folded=True))
    card = folded.drawn(made.chart, made.diagram.boxes[d])
    lower = made.diagram.boxes[d]
    other = replace(lower, x=400 + 48 - card.width / 2 + 5, y=300)
    made.apply(Edit("Move", (BoxChange(d, lower, other),)))
    snap(made, "d")
    assert folded.drawn(made.chart, made.diagram.boxes[d]).center.x == 448
