"""Duplicating: a copy is a machine of its own beside what it was made from, and says of itself what that says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import copying, edits
from editor.document.document import Document
from editor.errors import ChartError
from editor.formats.native_write import write_machine
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import In, State
from tests.charts import MEASURE, document, drawn, id_of
from tests.engine.build import random_chart

TEXT = """
initial: p
states:
  p:
    id: phone
    initial: on
    invoke: {id: line, src: connect, onDone: off}
    states:
      on: {on: {GO: off, OUT: {target: '#other', guard: {in: p.off}}, done.invoke.line: off}}
      off: {always: {target: on, guard: "matches('p.on') or matches('#phone.on') or matches('q')"}}
  q: {id: other, entry: {send: HELLO, to: '#_line'}}
"""


def duplicated(made: Document, *paths: str) -> list[str]:
    edit, copies = copying.duplicate(
        made.chart, made.diagram, [id_of(made.chart, path) for path in paths], measure=MEASURE
    )
    made.apply(edit)
    return list(copies.values())


def records(chart: Chart) -> tuple[object, ...]:
    return dict(chart.states), dict(chart.transitions), chart.info


def test_a_copy_has_all_inside_and_refers_to_itself() -> None:
    made = document(TEXT)
    [copy] = duplicated(made, "p")
    assert made.chart.states[copy].key == "p 2"
    assert made.chart.states[copy].declared_id == "phone 2"
    assert [child.key for child in made.chart.children(copy)] == ["on", "off"]
    on, off = (child.id for child in made.chart.children(copy))
    assert queries.initial_transition(made.chart, copy).targets == (on,)  # type: ignore[union-attr]
    events = {each.trigger.text: each.targets for each in made.chart.outgoing(on)}
    assert events == {"GO": (off,), "done.invoke.line 2": (off,)}
    [back] = made.chart.outgoing(off)
    assert back.targets == (on,)
    assert back.guard is not None
    assert back.guard.text == "matches('p 2.on') or matches('#phone 2.on') or matches('q')"  # type: ignore[union-attr]
    assert [invoke.id for invoke in made.chart.states[copy].invokes] == ["line 2"]


def test_what_leads_out_of_a_copy_is_left_out_and_counted() -> None:
    made = document(TEXT)
    assert copying.left_out(made.chart, [id_of(made.chart, "p")]) == 1
    [copy] = duplicated(made, "p.on")
    assert made.chart.outgoing(copy) == []
    assert copying.left_out(made.chart, [id_of(made.chart, "p.on")]) == 3


def test_transitions_between_states_that_are_copied_together_are_copied() -> None:
    made = document(TEXT)
    on, off = duplicated(made, "p.on", "p.off")
    assert [each.targets for each in made.chart.outgoing(off)] == [(on,)]
    assert (made.chart.states[on].key, made.chart.states[off].key) == ("on 2", "off 2")


@pytest.mark.parametrize(
    ("name", "taken", "wanted"),
    [
        ("a", [], "a 2"),
        ("a", ["a 2"], "a 3"),
        ("a 2", ["a 2"], "a 3"),
        ("s7", ["s8"], "s9"),
        ("9", ["9"], "10"),
    ],
)
def test_a_name_is_counted_on(name: str, taken: list[str], wanted: str) -> None:
    assert copying.next_name(name, taken) == wanted


def test_a_copy_lies_beside_and_on_nothing() -> None:
    made = document("initial: a\nstates: {a: {on: {GO: b}}, b: {}, c: {}}")
    duplicated(made, "a", "b")
    rects = [box.rect for box in made.diagram.boxes.values() if box.id != made.chart.root_id]
    assert not any(a.intersects(b) for a in rects for b in rects if a is not b)


def test_a_region_is_copied_as_a_region_on_ground_of_its_own() -> None:
    made = document(
        "initial: p\nstates: {p: {type: parallel, states: {a: {initial: x, states: {x: {}}}, b: {}}}}"
    )
    [copy] = duplicated(made, "p.a")
    assert queries.is_region(made.chart, copy)
    rect = made.diagram.boxes[copy].rect
    for other in ("p.a", "p.b"):
        beside = made.diagram.boxes[id_of(made.chart, other)].rect
        assert rect.y >= beside.bottom or rect.x >= beside.right


def test_nothing_to_copy_is_refused() -> None:
    made = document(TEXT)
    with pytest.raises(ChartError, match="Select a state"):
        copying.duplicate(made.chart, made.diagram, [made.chart.root_id], measure=MEASURE)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 50), st.integers(0, 50))
def test_a_copy_that_is_deleted_leaves_the_same_text_behind(seed: int, one: int, two: int) -> None:
    made = drawn(random_chart(seed))
    before, text = records(made.chart), write_machine(made.chart)
    states = [state for state in made.chart.states.values() if state.parent is not None]
    ids = [_pick(states, one), _pick(states, two)]
    edit, copies = copying.duplicate(made.chart, made.diagram, ids, measure=MEASURE)
    made.apply(edit)
    inside = {state.id for id in copies.values() for state in queries.document_order(made.chart, id)}
    old = {state.id for id in copies for state in queries.document_order(made.chart, id)}
    assert len(inside) == len(old)
    for id in inside:
        for transition in made.chart.outgoing(id):
            assert all(target in inside for target in transition.targets)
            if isinstance(transition.guard, In):
                assert transition.guard.state not in old
    assert write_machine(made.chart) != text
    made.apply(edits.delete(made.chart, made.diagram, list(copies.values())))
    assert write_machine(made.chart) == text
    made.undo()
    made.undo()
    assert records(made.chart) == before


def _pick(states: list[State], number: int) -> str:
    return sorted(state.id for state in states)[number % len(states)]
