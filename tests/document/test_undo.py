"""The undo stack: folding by key, sealing, and the mark of what is saved."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document.undo import Deed, Edit, UndoStack
from editor.errors import ChartError
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


def test_what_was_undone_stays_as_a_branch_when_something_else_is_done(stack: UndoStack) -> None:
    stack.push(step("a", "b"))
    first = stack.present
    stack.push(step("b", "c"))
    stack.take_undo()
    assert stack.redo_label == "b to c"
    stack.push(step("b", "d"))
    assert not stack.can_redo
    assert [each.label for each in first.branches] == ["b to c", "b to d"]
    assert stack.take(first.branches[0]) == step("d", "c").changes
    assert stack.undo_label == "b to c"
    stack.take_undo()
    assert stack.redo_label == "b to c", "the branch that was visited last"


def test_an_edit_that_comes_to_nothing_leaves_the_branches_as_they_were(stack: UndoStack) -> None:
    stack.push(step("a", "b"))
    stack.take_undo()
    stack.push(step("a", "c"), "name")
    stack.push(step("c", "a"), "name")
    assert stack.redo_label == "a to b"
    assert [each.label for each in stack.steps] == ["", "a to b"]


def test_the_saved_step_is_clean_on_whatever_way_it_is_reached(stack: UndoStack) -> None:
    stack.push(step("a", "b"))
    stack.mark_clean()
    saved = stack.present
    stack.take_undo()
    stack.push(step("a", "c"))
    assert not stack.is_clean
    stack.take(saved)
    assert stack.is_clean


def test_the_oldest_steps_are_dropped_beyond_the_limit_and_that_is_told_once() -> None:
    stack = UndoStack(most_steps=3)
    told: list[int] = []
    stack.cut.subscribe(lambda: told.append(stack.present.number))
    names = "abcdefgh"
    start = stack.present
    for old, new in pairwise(names):
        stack.push(step(old, new))
    assert told == [4]
    assert [each.label for each in stack.steps] == ["", "e to f", "f to g", "g to h"]
    for _ in range(3):
        stack.take_undo()
    assert not stack.can_undo
    assert stack.saved is None
    assert not stack.is_clean, "the step that was saved is gone"
    with pytest.raises(ChartError, match="dropped"):
        stack.take(start)


def test_branches_from_before_what_is_kept_are_dropped_too() -> None:
    stack = UndoStack(most_steps=3)
    stack.push(step("a", "b"))
    stack.push(step("b", "c"))
    stack.take_undo()
    stack.take_undo()
    stack.push(step("a", "x"))
    stack.push(step("x", "y"))
    assert [each.label for each in stack.steps] == ["", "x to y"]
    assert stack.undo_label == "x to y"


def test_the_work_at_hand_is_kept_when_a_branch_alone_is_too_large() -> None:
    stack = UndoStack(most_steps=3)
    for old, new in pairwise("abcd"):
        stack.push(step(old, new))
    for _ in range(3):
        stack.take_undo()
    stack.push(step("a", "x"))
    assert [each.label for each in stack.steps] == ["", "a to x"]
    assert stack.can_undo


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["push", "undo", "redo", "go"]), st.integers(0, 99)), max_size=80))
def test_however_it_is_used_the_tree_is_whole_and_within_its_limits(deeds: list[tuple[str, int]]) -> None:
    stack = UndoStack(most_steps=8, most_changes=12)
    for what, number in deeds:
        if what == "push":
            changes = step("a", "b").changes * (number % 4 + 1)
            stack.push(Edit("e", changes))
        elif what == "undo" and stack.can_undo:
            stack.take_undo()
        elif what == "redo" and stack.can_redo:
            stack.take_redo()
        elif what == "go":
            stack.take(stack.steps[number % len(stack.steps)])
        steps = stack.steps
        assert len(steps) <= 9
        assert sum(len(each.edit.changes) for each in steps if each.edit is not None) <= 12
        assert stack.present in steps
        assert [each for each in steps if each.parent is None] == [stack.first]
        for each in steps:
            assert list(each.up())[-1] is stack.first
            assert all(branch.parent is each for branch in each.branches)
            assert each.next is None or each.next in each.branches
            assert stack.find(each.number) is each


def test_every_deed_is_told(stack: UndoStack) -> None:
    told: list[tuple[Deed, str]] = []
    stack.recorded.subscribe(lambda deed, edit: told.append((deed, edit.label if edit is not None else "")))
    stack.push(step("a", "b"), "k")
    stack.push(step("b", "c"), "k")
    stack.take_undo()
    stack.take_redo()
    stack.mark_clean()
    stack.take(stack.first)
    assert [deed for deed, _ in told] == [Deed.EDIT, Deed.MERGE, Deed.UNDO, Deed.REDO, Deed.SAVED, Deed.GO]
    assert told[1] == (Deed.MERGE, "b to c")
