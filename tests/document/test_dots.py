"""Where initial dots are: what of it moves along, what is left alone, and what is kept in the layout."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor.document import edits, files
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point
from editor.model import queries
from editor.model.diagram import Box
from editor.model.elements import Call, StateKind
from tests.charts import MEASURE, document, id_of

MACHINE = """
initial: a
states:
  a: {on: {GO: c}}
  c:
    initial: d
    states:
      d: {on: {NEXT: e}}
      e: {}
"""


@pytest.fixture
def made() -> Document:
    return document(MACHINE)


def initial(made: Document, path: str) -> str:
    holder = id_of(made.chart, path) if path else made.chart.root_id
    found = queries.initial_transition(made.chart, holder)
    assert found is not None
    return found.id


def box(made: Document, path: str) -> Box:
    return made.diagram.boxes[id_of(made.chart, path) if path else made.chart.root_id]


def put(made: Document, path: str, at: Point) -> None:
    """Put the dot of a state at a place within it."""
    corner = Point(box(made, path).x, box(made, path).y) if path else Point(0, 0)
    id = initial(made, path)
    made.apply(edits.place_initial(made.chart, made.diagram, id, at.moved(*corner), measure=MEASURE))


def test_a_dot_is_moved_by_the_keyboard_wherever_it_was(made: Document) -> None:
    id = initial(made, "")
    made.apply(edits.nudge(made.chart, made.diagram, [id], 0, -8, measure=MEASURE))
    first = box(made, "").initial
    made.apply(edits.nudge(made.chart, made.diagram, [id], -8, 0, measure=MEASURE))
    assert first is not None
    assert box(made, "").initial == first.moved(-8, 0)
    while made.undo_stack.can_undo:
        made.undo()
    assert made.chart.root_id not in made.diagram.boxes


def test_routing_anew_gives_up_the_place(made: Document) -> None:
    before = dict(made.diagram.boxes)
    for path in ("", "c"):
        put(made, path, Point(8, 200))
        assert edits.is_placed(made.chart, made.diagram, initial(made, path))
    made.apply(edits.clear_bends(made.chart, made.diagram, [initial(made, ""), initial(made, "c")]))
    assert dict(made.diagram.boxes) == before
    assert not edits.is_placed(made.chart, made.diagram, initial(made, "c"))


def test_a_dot_stays_below_a_header_that_grows(made: Document) -> None:
    put(made, "c", Point(8, 0))
    at = box(made, "c").initial
    assert at == Point(8, 40)
    state = made.chart.states[id_of(made.chart, "c")]
    entry = tuple(Call(name=f"action{number}") for number in range(5))
    new = replace(state, entry=entry)
    made.apply(edits.set_state(made.chart, made.diagram, new, measure=MEASURE))
    after = box(made, "c").initial
    assert after is not None
    assert after.y >= 32 + 5 * 18 + 8


def test_a_dot_comes_along_with_its_state_and_keeps_the_parent_around_it(made: Document) -> None:
    put(made, "c", Point(8, 48))
    at, was = box(made, "c").initial, box(made, "c")
    assert at is not None
    made.apply(edits.nudge(made.chart, made.diagram, [id_of(made.chart, "c")], 40, 8, measure=MEASURE))
    assert box(made, "c").initial == at
    inside = [id_of(made.chart, path) for path in ("c.d", "c.e")]
    made.apply(edits.nudge(made.chart, made.diagram, inside, -40, 0, measure=MEASURE))
    left = box(made, "c").initial
    assert left is not None
    assert left.x >= 8
    assert box(made, "c").x < was.x + 40


def test_the_machine_has_no_size_whatever_is_changed_of_it(made: Document) -> None:
    put(made, "", Point(8, 8))
    root = made.chart.root
    new = replace(root, entry=(Call(name="begin"),))
    made.apply(edits.set_state(made.chart, made.diagram, new, measure=MEASURE))
    assert (box(made, "").width, box(made, "").height) == (0, 0)
    made.apply(edits.set_kind(made.chart, made.diagram, root.id, StateKind.PARALLEL, measure=MEASURE))
    assert root.id not in made.diagram.boxes


def test_places_are_saved_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    opened = files.open_document(path)
    put(opened, "", Point(-16, 24))
    put(opened, "c", Point(8, 300))
    files.save(opened)
    assert path.read_text(encoding="utf-8") == MACHINE
    assert "  .: {initial: [-16, 24]}\n" in files.layout_path(path).read_text(encoding="utf-8")
    again = files.open_document(path)
    assert again.notices == ()
    assert dict(again.diagram.boxes) == dict(opened.diagram.boxes)
    files.save(again)
    assert files.open_document(path).diagram.boxes == opened.diagram.boxes


def test_a_history_cannot_be_begun_with(made: Document) -> None:
    made.apply(
        edits.add_state(
            made.chart, made.diagram, id_of(made.chart, "c"), Point(40, 200),
            kind=StateKind.SHALLOW_HISTORY, measure=MEASURE,
        )[0]
    )  # fmt: skip
    history = id_of(made.chart, "c.history")
    with pytest.raises(ChartError, match="cannot be initial"):
        edits.reconnect(made.chart, made.diagram, initial(made, "c"), "target0", history)


def without_arrow(made: Document, path: str, how: str) -> Edit:
    """Ways in which the initial arrow of a state goes, one of them while the state stays."""
    chart, diagram = made.chart, made.diagram
    holder = id_of(chart, path) if path else chart.root_id
    inside = [child.id for child in chart.children(holder)]
    if how == "arrow":
        return edits.delete(chart, diagram, [initial(made, path)])
    if how == "states":
        return edits.delete(chart, diagram, inside)
    if how == "parallel":
        return edits.set_kind(chart, diagram, holder, StateKind.PARALLEL, measure=MEASURE)
    return edits.reparent(chart, diagram, inside, chart.root_id, measure=MEASURE)


@pytest.mark.parametrize(
    ("path", "how"),
    [("c", "arrow"), ("c", "states"), ("c", "parallel"), ("c", "moved"),
     ("", "arrow"), ("", "states"), ("", "parallel")],
)  # fmt: skip
def test_a_dot_whose_arrow_goes_has_no_place_any_more(made: Document, path: str, how: str) -> None:
    put(made, path, Point(8, 200))
    before = dict(made.diagram.boxes)
    made.apply(without_arrow(made, path, how))
    assert initial_or_none(made, path) is None
    own = made.diagram.boxes.get(id_of(made.chart, path) if path else made.chart.root_id)
    assert own is None or own.initial is None
    made.undo()
    assert dict(made.diagram.boxes) == before


def initial_or_none(made: Document, path: str) -> object:
    return queries.initial_transition(made.chart, id_of(made.chart, path) if path else made.chart.root_id)


def test_a_dot_stays_where_it_is_when_its_arrow_leads_elsewhere(made: Document) -> None:
    put(made, "c", Point(8, 200))
    at = box(made, "c").initial
    made.apply(edits.delete(made.chart, made.diagram, [id_of(made.chart, "c.d")]))
    assert box(made, "c").initial == at
