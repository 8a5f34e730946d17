"""A state grows to what an edit writes on it, and what is around it grows along; it never shrinks by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits
from editor.document.document import Document
from editor.document.fitting import fitted
from editor.document.undo import Edit
from editor.layout import sizes
from editor.model.changes import BoxChange
from editor.model.diagram import Box
from editor.model.elements import Call, Transition
from tests.charts import MEASURE, document, id_of

MACHINE = """
initial: a
states:
  a: {on: {TICK: {actions: count}, GO: c}}
  c: {initial: d, states: {d: {}}}
  end: {type: final}
"""


@pytest.fixture
def made() -> Document:
    return document(MACHINE)


def apply(made: Document, edit: Edit) -> None:
    made.apply(fitted(made.chart, made.diagram, edit, MEASURE))


def box(made: Document, id: str) -> Box:
    return made.diagram.boxes[id]


def transition(made: Document, event: str) -> Transition:
    return next(each for each in made.chart.transitions.values() if each.trigger.text == event)


@pytest.mark.parametrize("path", ["a", "c", "c.d", "end"])
def test_a_longer_name_is_one_step_with_the_room_for_it(made: Document, path: str) -> None:
    id, before = id_of(made.chart, path), dict(made.diagram.boxes)
    apply(made, edits.rename(made.chart, id, "a name that is much longer"))
    assert box(made, id).width > before[id].width
    assert made.undo_stack.undo_label.startswith("Rename")
    made.undo()
    assert dict(made.diagram.boxes) == before
    assert not made.undo_stack.can_undo


def test_what_is_inside_keeps_its_room_in_what_is_around(made: Document) -> None:
    inner, outer = id_of(made.chart, "c.d"), id_of(made.chart, "c")
    apply(made, edits.rename(made.chart, inner, "a name that is much longer"))
    assert box(made, inner).x + box(made, inner).width <= box(made, outer).width


def test_the_label_of_a_transition_inside_its_state_has_room(made: Document) -> None:
    own = transition(made, "TICK")
    id, before = own.source, box(made, own.source)
    apply(made, edits.set_label(made.chart, own.id, "TICK [itIsTimeToCountAgain] / countVeryCarefully"))
    width, height = sizes.state_size(made.chart, id, MEASURE)
    assert box(made, id).width >= width > before.width
    assert box(made, id).height >= height


def test_lines_of_a_region_push_down_what_is_below() -> None:
    made = document(
        "initial: p\nstates: {p: {type: parallel, states: {l: {initial: a, states: {a: {}}}, r: {}}}}"
    )
    id = id_of(made.chart, "p.l")
    for number in range(1, 4):
        state = replace(made.chart.states[id], entry=(Call(name="show"),) * number)
        apply(made, edits.set_state(made.chart, made.diagram, state, measure=MEASURE))
    lines = sizes.REGION_HEADER + 3 * sizes.LINE
    assert box(made, id_of(made.chart, "p.l.a")).y >= lines
    assert box(made, id).height >= lines + box(made, id_of(made.chart, "p.l.a")).height


def test_one_more_transition_inside_pushes_down_what_is_below(made: Document) -> None:
    id = id_of(made.chart, "c")
    for _ in range(4):
        apply(made, edits.connect(made.chart, made.diagram, id, ())[0])
    child = box(made, id_of(made.chart, "c.d"))
    assert child.y >= sizes.header_height(made.chart, id, MEASURE)
    assert child.y + child.height <= box(made, id).height


def test_a_shorter_name_leaves_the_place_that_was_chosen(made: Document) -> None:
    id = id_of(made.chart, "a")
    before = box(made, id)
    apply(made, edits.rename(made.chart, id, "b"))
    assert box(made, id) == before


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "c", "d", "end"]), st.text("wil ", min_size=1, max_size=40))))
def test_whatever_is_written_has_room(deeds: list[tuple[str, str]]) -> None:
    made = document(MACHINE)
    ids = {path: id_of(made.chart, "c.d" if path == "d" else path) for path in ("a", "c", "d", "end")}
    for path, text in deeds:
        state = made.chart.states[ids[path]]
        new = replace(state, key=f"{path}{text}".strip(), entry=(*state.entry, Call(name=f"x{text}".strip())))
        apply(made, edits.set_state(made.chart, made.diagram, new, measure=MEASURE))
    for id in ids.values():
        width, height = sizes.state_size(made.chart, id, MEASURE)
        assert box(made, id).width >= width
        assert box(made, id).height >= height


def test_a_text_that_was_looked_at_and_left_is_no_step(made: Document) -> None:
    a = id_of(made.chart, "a")
    made.apply(Edit("Place", (BoxChange(a, box(made, a), replace(box(made, a), width=16.0)),)))
    steps = len(made.undo_stack.steps)
    apply(made, edits.set_label(made.chart, made.chart.outgoing(a)[1].id, "GO"))
    apply(made, edits.rename(made.chart, a, "a"))
    assert len(made.undo_stack.steps) == steps
    assert box(made, a).width == 16
