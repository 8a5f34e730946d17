"""The undo stack: folding by key, sealing, and the mark of what is saved."""

from __future__ import annotations

import pytest

from editor.document.undo import Deed, Edit, UndoStack
from editor.model.changes import Changes, StateChange
from editor.model.elements import State


def named(key: str) -> State:
    return State(id="s", parent="root", key=key)


def step(old: str, new: str) -> Edit:
    changes: Changes = (StateChange("s", named(old), named(new)),)
    return Edit(f"{old} to {new}", changes)


@pytest.fixture
def stack() -> UndoStack:
    return UndoStack()


def test_edits_with_the_same_key_are_one_entry(stack: UndoStack) -> None:
    for old, new in ("ab", "bc", "cd"):
        stack.push(step(old, new), "name")
    assert stack.take_undo().changes == step("a", "d").changes
    assert not stack.can_undo


def test_edits_that_end_where_they_began_leave_no_entry(stack: UndoStack) -> None:
    stack.push(step("a", "b"), "name")
    stack.push(step("b", "a"), "name")
    assert not stack.can_undo
    stack.push(step("a", "c"), "name")
    assert stack.take_undo().changes == step("a", "c").changes


@pytest.mark.parametrize("what", ["seal", "mark_clean", "other key", "no key", "undo and redo"])
def test_what_ends_the_folding(stack: UndoStack, what: str) -> None:
    stack.push(step("a", "b"), "name")
    if what == "undo and redo":
        stack.take_undo()
        stack.take_redo()
    elif what in ("seal", "mark_clean"):
        getattr(stack, what)()
    key = {"other key": "title", "no key": None}.get(what, "name")
    stack.push(step("b", "c"), key)
    assert stack.undo_label == "b to c"
    stack.take_undo()
    assert stack.undo_label == "a to b"


def test_the_mark_is_where_it_was_saved(stack: UndoStack) -> None:
    assert stack.is_clean
    stack.push(step("a", "b"))
    assert not stack.is_clean
    stack.mark_clean()
    assert stack.is_clean
    stack.push(step("b", "c"))
    stack.take_undo()
    assert stack.is_clean
    stack.take_undo()
    assert not stack.is_clean
    stack.take_redo()
    assert stack.is_clean


def test_a_saved_state_that_cannot_be_reached_again_stays_modified(stack: UndoStack) -> None:
    stack.push(step("a", "b"))
    stack.mark_clean()
    stack.take_undo()
    stack.push(step("a", "c"))
    assert not stack.is_clean
    stack.take_undo()
    assert not stack.is_clean


def test_a_new_edit_drops_what_was_undone(stack: UndoStack) -> None:
    stack.push(step("a", "b"))
    stack.take_undo()
    assert stack.redo_label == "a to b"
    stack.push(step("a", "c"))
    assert not stack.can_redo


def test_every_deed_is_told(stack: UndoStack) -> None:
    told: list[tuple[Deed, str]] = []
    stack.recorded.subscribe(lambda deed, edit: told.append((deed, edit.label if edit is not None else "")))
    stack.push(step("a", "b"), "k")
    stack.push(step("b", "c"), "k")
    stack.take_undo()
    stack.take_redo()
    stack.mark_clean()
    assert [deed for deed, _ in told] == [Deed.EDIT, Deed.MERGE, Deed.UNDO, Deed.REDO, Deed.SAVED]
    assert told[1] == (Deed.MERGE, "b to c")
