"""Whatever a person does, undoing all of it gives the start and redoing the end; saving loses nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import (
    arrows,
    copying,
    dissolving,
    edits,
    files,
    grouping,
    notes,
    region_edits,
    renaming,
    tinting,
)
from editor.document.document import Document
from editor.errors import ChartError
from editor.formats import native
from editor.formats.native_write import write_machine
from editor.geometry import Point, Rect
from editor.model import naming, queries, walk
from editor.model.elements import In, StateKind, is_unresolved
from tests.charts import MEASURE, document

START = """
initial: a
states:
  a: {on: {GO: b, DEEP: {target: '#c.d', guard: {in: c.e}}}}
  b: {after: {1s: a}}
  c:
    initial: d
    states:
      d: {on: {NEXT: e}, exit: {choose: [{guard: {in: a}, actions: {log: "matches('c.e')"}}]}}
      e: {type: final}
"""
MOST_STATES = 60
"""Beyond these nothing more is duplicated."""
DEEDS = st.tuples(
    st.sampled_from(
        [
            "add",
            "connect",
            "rename",
            "reparent",
            "move",
            "delete",
            "kind",
            "initial",
            "bend",
            "resize",
            "reconnect",
            "duplicate",
            "group",
            "wrap",
            "dissolve",
            "swap",
            "self",
            "internal",
            "insert",
            "connect all",
            "shift region",
            "merge",
            "rename all",
            "undo",
            "redo",
            "go",
            "cancel",
            "note",
            "write",
            "colour",
        ]
    ),
    st.integers(0, 50),
    st.integers(0, 50),
)


def do(made: Document, deed: tuple[str, int, int]) -> None:
    what, one, two = deed
    chart, diagram = made.chart, made.diagram
    states = sorted(chart.states)
    first, second = states[one % len(states)], states[two % len(states)]
    if what == "add":
        kind = list(StateKind)[two % 5]
        made.apply(
            edits.add_state(chart, diagram, first, Point(two * 8, one * 8), kind=kind, measure=MEASURE)[0]
        )
    elif what == "connect":
        made.apply(edits.connect(chart, diagram, first, [second])[0])
    elif what == "rename":
        made.apply(edits.rename(chart, first, f"n{two}"))
    elif what == "reparent":
        made.apply(edits.reparent(chart, diagram, [first], second, measure=MEASURE))
    elif what == "move" and first in diagram.boxes:
        made.apply(edits.nudge(chart, diagram, [first], two * 4 - 80, one * 4 - 80, measure=MEASURE))
    elif what == "delete":
        ids = [*states, *sorted(id for id, each in chart.transitions.items() if not each.is_pseudo)]
        made.apply(edits.delete(chart, diagram, [ids[(one * 7 + two) % len(ids)]]))
    elif what == "kind":
        made.apply(edits.set_kind(chart, diagram, first, list(StateKind)[two % 5], measure=MEASURE))
    elif what == "initial":
        made.apply(edits.set_initial(chart, diagram, first))
    elif what == "bend" and chart.transitions:
        ids = sorted(chart.transitions)
        points = [Point(one * 8, two * 8)]
        made.apply(edits.set_bends(chart, diagram, ids[(one + two) % len(ids)], points))
    elif what == "resize" and first in diagram.boxes:
        box = diagram.boxes[first]
        rect = Rect(box.x + two - 25, box.y + one - 25, box.width + one - 25, box.height + two - 25)
        made.apply(edits.resize(chart, diagram, first, rect, measure=MEASURE))
    elif what == "reconnect" and chart.transitions:
        ids = sorted(chart.transitions)
        end = "source" if one % 2 else "target"
        made.apply(edits.reconnect(chart, diagram, ids[two % len(ids)], end, first))
    elif what == "duplicate" and len(chart.states) < MOST_STATES:
        made.apply(copying.duplicate(chart, diagram, [first, second], measure=MEASURE)[0])
    elif what in ("group", "wrap") and len(chart.states) < MOST_STATES:
        kind = StateKind.NORMAL if what == "group" else StateKind.PARALLEL
        made.apply(grouping.group(chart, diagram, [first, second], kind, measure=MEASURE)[0])
    elif what == "dissolve":
        made.apply(dissolving.dissolve(chart, diagram, first, measure=MEASURE)[0])
    elif what in ("swap", "self", "internal", "insert") and chart.transitions:
        own = sorted(chart.transitions)
        arrow = own[(one * 7 + two) % len(own)]
        plans = {"swap": arrows.swap_ends, "self": arrows.to_self, "internal": arrows.to_internal}
        if what == "insert":
            made.apply(arrows.insert_state(chart, diagram, arrow, measure=MEASURE)[0])
        else:
            made.apply(plans[what](chart, diagram, [arrow]))
    elif what == "connect all":
        made.apply(arrows.connect_all(chart, diagram, [first, states[(one + 1) % len(states)]], second)[0])
    elif what == "shift region":
        made.apply(region_edits.shift(chart, diagram, first, 1 if two % 2 else -1))
    elif what == "merge":
        made.apply(region_edits.merge(chart, diagram, [first, second], measure=MEASURE)[0])
    elif what == "rename all" and naming.names_of(chart):
        names = naming.names_of(chart)
        name = names[(one * 7 + two) % len(names)]
        made.apply(renaming.rename(chart, diagram, name, f"n{two}", measure=MEASURE).edit)
    elif what == "undo":
        made.undo()
    elif what == "redo":
        made.redo()
    elif what == "go":
        steps = made.undo_stack.steps
        made.go_to(steps[(one * 51 + two) % len(steps)])
    elif what == "note":
        made.apply(notes.add(diagram, Rect(one, two, 100, 60), f"note {one}")[0])
    elif what == "write" and diagram.notes:
        made.apply(notes.write(diagram, sorted(diagram.notes)[one % len(diagram.notes)], "x" * (two % 3)))
    elif what == "colour":
        made.apply(tinting.set_tint(diagram, [first, *diagram.notes], two % 9 or None))
    elif what == "cancel" and first in diagram.boxes:
        before = contents(made)
        gesture = made.gesture("drag")
        gesture.apply(edits.move(chart, diagram, {first: diagram.boxes[first]}, 40, 40))
        gesture.cancel()
        assert contents(made) == before


def told(made: Document) -> list[str]:
    """Every record to the last bit: 1 and 1.0 are equal, and not the same."""
    return sorted(repr(record) for table in contents(made) for record in table.values())


def contents(made: Document) -> tuple[Any, ...]:
    return (
        dict(made.chart.states),
        dict(made.chart.transitions),
        dict(made.diagram.boxes),
        dict(made.diagram.bends),
        dict(made.diagram.notes),
    )


def is_sound(made: Document) -> bool:
    """Whether every composite begins inside itself, and nothing refers to what is not there."""
    chart = made.chart
    for state in chart.states.values():
        initial = queries.initial_transition(chart, state.id)
        if queries.is_compound(chart, state.id) and initial is None:
            return False
        if initial is not None and not all(
            queries.is_descendant(chart, target, state.id) for target in initial.targets
        ):
            return False
        if state.kind is StateKind.FINAL and chart.outgoing(state.id):
            return False
    references = [
        part.state
        for _, guard in walk.Inside(chart).guards
        for part in walk.guards_within(guard)
        if isinstance(part, In)
    ]
    return all(is_unresolved(each) or each in chart.states for each in references)


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=25))
def test_undo_all_gives_the_start_and_redo_all_the_end(deeds: list[tuple[str, int, int]]) -> None:
    made = document(START)
    start = contents(made)
    for deed in deeds:
        try:
            do(made, deed)
        except ChartError:
            continue
        assert set(made.diagram.boxes) == set(made.chart.states) - {made.chart.root_id}
        assert set(made.diagram.bends) <= set(made.chart.transitions)
        assert is_sound(made)
    end = contents(made)
    count = 0
    while made.undo_stack.can_undo:
        made.undo()
        count += 1
    if count or contents(made) != end:
        assert contents(made) == start
    for _ in range(count):
        made.redo()
    assert contents(made) == end


@settings(max_examples=60, deadline=None)
@given(st.lists(DEEDS, max_size=25))
def test_every_step_is_there_as_it_was_whatever_was_done_since(deeds: list[tuple[str, int, int]]) -> None:
    made = document(START)
    seen = {0: told(made)}
    for deed in deeds:
        try:
            do(made, deed)
        except ChartError:
            continue
        seen[made.undo_stack.present.number] = told(made)
    for step in made.undo_stack.steps:
        chart, diagram = made.at(step)
        assert told(Document(chart, diagram)) == seen[step.number]
    for step in reversed(made.undo_stack.steps):
        made.go_to(step)
        assert told(made) == seen[step.number]


@settings(max_examples=40, deadline=None)
@given(st.lists(DEEDS, max_size=15))
def test_what_was_edited_is_what_is_read_back(deeds: list[tuple[str, int, int]]) -> None:
    text = "# kept\n" + START + "# kept too\n"
    loaded = native.read(text, name="machine.yaml")
    made = document(text)
    made.loaded = replace(loaded, chart=made.chart.copy())
    for deed in deeds:
        try:
            do(made, deed)
        except ChartError:
            continue
    patched, _ = native.patch(made.loaded, made.chart)
    assert write_machine(native.read(patched, name="machine.yaml").chart) == write_machine(made.chart)


def test_a_saved_file_keeps_its_comments_and_is_not_overwritten_blindly(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text("initial: a # first\nstates:\n  a: {} # one\n", encoding="utf-8")
    made = files.open_document(path)
    state = next(each for each in made.chart.states.values() if each.key == "a")
    made.apply(edits.rename(made.chart, state.id, "b"))
    files.save(made)
    assert path.read_text(encoding="utf-8") == "initial: b # first\nstates:\n  b: {} # one\n"
    path.write_text("states: {other: {}}\n", encoding="utf-8")
    made.apply(edits.rename(made.chart, state.id, "c"))
    try:
        files.save(made)
    except files.ChangedOnDiskError:
        assert path.read_text(encoding="utf-8") == "states: {other: {}}\n"
    else:
        raise AssertionError("it was overwritten")
