"""What is selected after undo and redo: the next key acts on it, so nothing that only gave way is among it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.document import copying, edits, grouping
from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.document.undo import Edit
from editor.geometry import Point
from editor.model.changes import BendsChange, BoxChange
from editor.model.diagram import Bends, Box
from tests.charts import MEASURE, document, id_of

TEXT = """
initial: a
states:
  a: {initial: x, states: {x: {}}, on: {GO: b}}
  b: {on: {GO: c}}
  c: {on: {BACK: {target: b, guard: {in: a.x}}}}
"""


@pytest.fixture
def made() -> Document:
    return document(TEXT)


def keys(made: Document) -> list[str]:
    chart = made.chart
    return [
        chart.states[id].key if id in chart.states else chart.transitions[id].trigger.text
        for id in made.selection.ids
    ]


def grown(made: Document) -> None:
    """Put another state into `a`, which grows, so that what is beside it steps aside."""
    place = Point(Boxes(made.chart, made.diagram).origin(id_of(made.chart, "a")).x + 600, 60)
    before = dict(made.diagram.boxes)
    edit, _ = edits.add_state(
        made.chart, made.diagram, id_of(made.chart, "a"), place, key="y", measure=MEASURE
    )
    made.apply(edit)
    moved = {id for id, box in made.diagram.boxes.items() if id in before and before[id] != box}
    assert {id_of(made.chart, "a"), id_of(made.chart, "b")}.issubset(moved)


def test_undo_of_a_new_state_selects_what_was_selected_and_not_what_gave_way(made: Document) -> None:
    made.selection.replace([id_of(made.chart, "c")])
    grown(made)
    made.undo()
    assert keys(made) == ["c"]
    made.redo()
    assert keys(made) == ["y"]


def test_undo_of_a_new_state_selects_nothing_where_nothing_was(made: Document) -> None:
    grown(made)
    made.selection.replace([id_of(made.chart, "a.y")])
    made.undo()
    assert keys(made) == []


def test_undo_of_a_copy_selects_what_was_copied(made: Document) -> None:
    x = id_of(made.chart, "a.x")
    made.selection.replace([x])
    edit, copies = copying.duplicate(made.chart, made.diagram, [x], Point(400, 0), measure=MEASURE)
    made.apply(edit)
    made.selection.replace(copies.values())
    made.undo()
    assert keys(made) == ["x"]
    made.redo()
    assert keys(made) == ["x 2"]


def test_redo_of_a_deletion_selects_nothing_that_lost_something_by_it(made: Document) -> None:
    made.selection.replace([id_of(made.chart, "a")])
    made.apply(edits.delete(made.chart, made.diagram, [id_of(made.chart, "a")]))
    made.undo()
    assert keys(made) == ["a"]
    made.redo()
    assert keys(made) == []


def test_a_group_is_selected_when_it_comes_and_its_states_when_it_goes(made: Document) -> None:
    made.selection.replace([id_of(made.chart, "b"), id_of(made.chart, "c")])
    edit, _ = grouping.group(made.chart, made.diagram, made.selection.ids, measure=MEASURE)
    made.apply(edit)
    made.undo()
    assert keys(made) == ["b", "c"]
    made.redo()
    assert keys(made) == ["group"]


def test_going_to_a_step_selects_what_it_brings(made: Document) -> None:
    grown(made)
    there = made.undo_stack.present
    made.undo()
    made.go_to(there)
    assert keys(made) == ["y"]
    made.go_to(made.undo_stack.first)
    assert keys(made) == []


def test_what_was_moved_alone_is_selected(made: Document) -> None:
    b = id_of(made.chart, "b")
    made.apply(
        Edit("Move", (BoxChange(b, made.diagram.boxes[b], Box(id=b, x=900, y=900, width=96, height=40)),))
    )
    made.undo()
    assert keys(made) == ["b"]


def laid_out(made: Document) -> None:
    """Move all states and lines, as a layout does."""
    diagram = made.diagram
    boxes = [BoxChange(id, box, replace(box, x=box.x + 80)) for id, box in diagram.boxes.items()]
    bends = [
        BendsChange(id, diagram.bends.get(id), Bends(id=id, points=(Point(4, 4),)))
        for id in made.chart.transitions
    ]
    made.apply(Edit("Lay out", (*boxes, *bends)))


@pytest.mark.parametrize("then", [(), ("c",)])
@pytest.mark.parametrize("chosen", [(), ("b",)])
def test_undo_and_redo_of_a_layout_do_not_select_all_of_the_chart(
    chosen: tuple[str, ...], then: tuple[str, ...], made: Document
) -> None:
    made.selection.replace([id_of(made.chart, path) for path in chosen])
    laid_out(made)
    made.selection.replace([id_of(made.chart, path) for path in then])
    made.undo()
    assert tuple(keys(made)) == (chosen or then)
    made.redo()
    assert tuple(keys(made)) == (chosen or then)
