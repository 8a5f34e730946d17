"""The gate: everything is announced, nothing is half done, gestures leave one entry or none."""

from __future__ import annotations

import pytest

from editor.document import edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point
from editor.model.changes import Changes, StateChange, TransitionChange
from editor.model.diagram import Label
from editor.model.elements import StateKind
from tests.charts import MEASURE, document, id_of

MACHINE = "initial: a\nstates: {a: {on: {GO: b}}, b: {}}"


@pytest.fixture
def made() -> Document:
    return document(MACHINE)


def contents(made: Document) -> tuple[object, ...]:
    chart, diagram = made.chart, made.diagram
    return dict(chart.states), dict(chart.transitions), dict(diagram.boxes), dict(diagram.bends)


def rename(made: Document, path: str, key: str) -> Edit:
    return edits.rename(made.chart, id_of(made.chart, path), key)


def test_an_edit_is_made_announced_and_taken_back(made: Document) -> None:
    heard: list[Changes] = []
    made.changed.subscribe(heard.append)
    before = contents(made)
    made.apply(rename(made, "a", "start"))
    assert id_of(made.chart, "start")
    made.undo()
    assert contents(made) == before
    assert len(heard) == 2
    made.redo()
    assert id_of(made.chart, "start")


def test_a_refused_edit_changes_nothing_and_is_not_remembered(made: Document) -> None:
    before = contents(made)
    a = made.chart.states[id_of(made.chart, "a")]
    with pytest.raises(ChartError):
        made.apply(Edit("Broken", (StateChange(a.id, a, None),)))
    assert contents(made) == before
    assert not made.undo_stack.can_undo


def test_an_edit_made_for_an_older_version_is_refused(made: Document) -> None:
    late = rename(made, "a", "late")
    made.apply(rename(made, "a", "early"))
    with pytest.raises(ChartError):
        made.apply(late)
    assert id_of(made.chart, "early")


def test_an_edit_that_changes_nothing_leaves_no_entry(made: Document) -> None:
    made.apply(rename(made, "a", "a"))
    assert not made.undo_stack.can_undo
    assert not made.is_modified


def test_typing_is_one_entry_until_something_else_is_selected(made: Document) -> None:
    for old, new in (("a", "s"), ("s", "st"), ("st", "start")):
        made.apply(rename(made, old, new), merge_key="name")
    made.selection.replace([id_of(made.chart, "b")])
    made.apply(rename(made, "start", "begin"), merge_key="name")
    made.undo()
    assert id_of(made.chart, "start")
    made.undo()
    assert id_of(made.chart, "a")


@pytest.mark.parametrize("chosen", ["", "a", "b"])
def test_taking_back_a_beginning_leaves_selected_what_shows_it(made: Document, chosen: str) -> None:
    ids = (id_of(made.chart, chosen),) if chosen else ()
    made.selection.replace(ids)
    made.apply(edits.set_initial(made.chart, made.diagram, id_of(made.chart, "b")))
    made.undo()
    assert made.selection.ids == ids
    made.redo()
    assert made.selection.ids == ids


def test_taking_back_selects_what_it_concerned(made: Document) -> None:
    b, before = id_of(made.chart, "b"), id_of(made.chart, "a")
    made.apply(rename(made, "a", "x"))
    made.selection.replace([b])
    made.undo()
    assert made.selection.ids == (before,)
    [go] = [each.id for each in made.chart.outgoing(before) if not each.is_pseudo]
    made.apply(edits.set_label(made.chart, go, "RUN"))
    made.undo()
    assert made.selection.ids == (go,)


def test_of_choices_in_a_row_the_last_one_counts(made: Document) -> None:
    a, before = id_of(made.chart, "a"), dict(made.chart.transitions)

    def choose(kind: StateKind) -> None:
        made.choose(lambda: edits.set_kind(made.chart, made.diagram, a, kind, measure=MEASURE), ("kind", a))

    choose(StateKind.FINAL)
    assert dict(made.chart.transitions) != before
    choose(StateKind.PARALLEL)
    assert made.chart.states[a].kind is StateKind.PARALLEL
    assert dict(made.chart.transitions) == before
    assert made.undo_stack.undo_label == "Make “a” a parallel state"
    made.undo()
    assert made.chart.states[a].kind is StateKind.NORMAL
    assert not made.undo_stack.can_undo
    made.redo()
    assert made.chart.states[a].kind is StateKind.PARALLEL
    choose(StateKind.FINAL)
    made.undo()
    assert made.chart.states[a].kind is StateKind.PARALLEL


def test_choices_that_end_where_they_began_leave_no_entry(made: Document) -> None:
    a = id_of(made.chart, "a")

    def plan(kind: StateKind) -> Edit:
        return edits.set_kind(made.chart, made.diagram, a, kind, measure=MEASURE)

    made.choose(lambda: plan(StateKind.FINAL), "kind")
    made.choose(lambda: plan(StateKind.NORMAL), "kind")
    assert not made.undo_stack.can_undo
    assert not made.is_modified


def test_a_choice_that_is_refused_changes_nothing(made: Document) -> None:
    a = id_of(made.chart, "a")
    made.choose(lambda: edits.rename(made.chart, a, "x"), "key")
    heard: list[object] = []
    made.changed.subscribe(heard.append)
    with pytest.raises(ChartError):
        made.choose(lambda: edits.rename(made.chart, a, "b"), "key")
    assert made.chart.states[a].key == "x"
    assert heard == []
    made.undo()
    assert made.chart.states[a].key == "a"


def test_a_gesture_is_seen_at_once_and_is_one_entry(made: Document) -> None:
    a = id_of(made.chart, "a")
    starts = {a: made.diagram.boxes[a]}
    with made.gesture("Move “a”") as gesture:
        for step in (8, 16, 24):
            gesture.apply(edits.move(made.chart, made.diagram, starts, step, 0))
            assert made.diagram.boxes[a].x == starts[a].x + step
    assert made.undo_stack.undo_label == "Move “a”"
    made.undo()
    assert made.diagram.boxes[a] == starts[a]
    assert not made.undo_stack.can_undo


def test_a_gesture_that_ends_where_it_began_leaves_no_entry(made: Document) -> None:
    a = id_of(made.chart, "a")
    with made.gesture("Rename") as gesture:
        gesture.apply(edits.rename(made.chart, a, "x"))
        gesture.apply(edits.rename(made.chart, a, "a"))
    assert not made.undo_stack.can_undo


def test_cancel_restores_the_very_same_records(made: Document) -> None:
    before = contents(made)
    gesture = made.gesture("Everything")
    edit, id = edits.add_state(
        made.chart, made.diagram, id_of(made.chart, "a"), Point(-9, 9), measure=MEASURE
    )
    gesture.apply(edit)
    gesture.apply(edits.delete(made.chart, made.diagram, [id_of(made.chart, "b")]))
    gesture.apply(edits.rename(made.chart, id, "x"))
    gesture.cancel()
    assert contents(made) == before
    assert all(made.chart.states[each.id] is each for each in before[0].values())  # type: ignore[attr-defined]
    assert not made.undo_stack.can_undo


def test_an_error_inside_a_gesture_cancels_it(made: Document) -> None:
    before = contents(made)

    def drag() -> None:
        with made.gesture("Broken") as gesture:
            gesture.apply(rename(made, "a", "x"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        drag()
    assert contents(made) == before
    made.apply(rename(made, "a", "y"))


def test_nothing_else_edits_while_a_gesture_is_open(made: Document) -> None:
    made.apply(rename(made, "a", "x"))
    gesture = made.gesture("Drag")
    with pytest.raises(ChartError):
        made.apply(rename(made, "x", "y"))
    with pytest.raises(ChartError):
        made.gesture("Another")
    made.undo()
    assert id_of(made.chart, "x")
    gesture.cancel()
    made.undo()
    assert id_of(made.chart, "a")


def test_a_gesture_that_has_ended_does_nothing_more(made: Document) -> None:
    gesture = made.gesture("Drag")
    gesture.apply(rename(made, "a", "x"))
    gesture.commit()
    gesture.commit()
    gesture.cancel()
    with pytest.raises(ChartError):
        gesture.apply(rename(made, "x", "y"))
    assert id_of(made.chart, "x")
    made.undo()
    assert not made.undo_stack.can_undo


def test_a_gesture_can_begin_again(made: Document) -> None:
    gesture = made.gesture("Drag")
    gesture.apply(rename(made, "a", "x"))
    gesture.restart()
    assert id_of(made.chart, "a")
    gesture.apply(rename(made, "a", "z"))
    gesture.commit()
    made.undo()
    assert id_of(made.chart, "a")


def test_undo_selects_what_was_selected_when_that_was_done(made: Document) -> None:
    a, b = id_of(made.chart, "a"), id_of(made.chart, "b")
    made.selection.replace([b, a])
    made.apply(edits.delete(made.chart, made.diagram, [b, a]))
    assert made.selection.ids == ()
    made.undo()
    assert made.selection.ids == (b, a)
    made.redo()
    assert made.selection.ids == ()


def test_undo_selects_what_it_brought_back_and_nothing_that_is_gone(made: Document) -> None:
    b = id_of(made.chart, "b")
    made.selection.replace([b])
    made.apply(edits.delete(made.chart, made.diagram, [b]))
    assert made.selection.ids == ()
    made.undo()
    assert b in made.selection.ids


def test_changes_may_come_in_any_order(made: Document) -> None:
    c = edits.add_state(made.chart, made.diagram, made.chart.root_id, Point(0, 0), measure=MEASURE)
    a = id_of(made.chart, "a")
    go = made.chart.outgoing(a)[0]
    redirected = TransitionChange(
        go.id, go, type(go)(id=go.id, source=a, targets=(c[1],), trigger=go.trigger)
    )
    made.apply(Edit("Both", (redirected, *c[0].changes)))
    assert made.chart.outgoing(a)[0].targets == (c[1],)
    made.undo()
    assert made.chart.outgoing(a)[0] == go


def test_a_step_is_there_to_the_last_bit_whatever_form_its_numbers_came_in(made: Document) -> None:
    [go] = made.chart.outgoing(id_of(made.chart, "a"))
    places = (
        Label(along=0, dx=16, dy=8),
        Label(along=0.5, dx=24.0, dy=8.0),
        Label(along=-0.0, dx=16.0, dy=8),
    )
    for place in places:
        made.apply(edits.place_label(made.chart, made.diagram, go.id, place))
    first, second, third = (repr(made.at(step)[1].bends[go.id].label) for step in made.undo_stack.steps[1:])
    assert first == third == "Label(along=0.0, dx=16.0, dy=8.0)"
    assert second == "Label(along=0.5, dx=24.0, dy=8.0)"
