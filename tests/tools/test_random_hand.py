"""Whatever the pointer and the keys do: the document stays consistent, and undoing all of it gives the start."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits, way_points
from editor.errors import EditorError
from editor.geometry import Point
from editor.model import queries
from editor.model.diagram import Note
from editor.tools import toolbox
from editor.tools.base import Button, Hit, HitKind, KeyInput, Modifier, PointerInput
from tests.tools.bench import Bench

NOTE = Note(id="note:1", x=640, y=400, width=200, height=96, text="why")
SIDES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
Sample: TypeAlias = tuple[str, int, int, HitKind, int, Modifier, int, Button]
SAMPLES = st.tuples(
    st.sampled_from(
        ["press", "move", "move", "release", "escape", "key", "undo", "redo", "delete", "tool", "pick"]
    ),
    st.integers(-10, 80),
    st.integers(-10, 80),
    st.sampled_from(HitKind),
    st.integers(0, 60),
    st.sampled_from([Modifier.NONE, Modifier.NONE, Modifier.SHIFT, Modifier.CTRL, Modifier.ALT]),
    st.sampled_from([1, 1, 1, 2]),
    st.sampled_from([Button.LEFT, Button.LEFT, Button.LEFT, Button.RIGHT]),
)


def hit_of(bench: Bench, kind: HitKind, number: int, at: Point) -> Hit:
    """What a canvas could say is there: a handle only of what is selected alone, else what really lies there."""
    made, chosen = bench.document.chart, bench.document.selection.ids
    under = bench.hit(at)
    if kind in (HitKind.NOTHING, HitKind.STATE) or not made.transitions:
        return under
    lines = sorted(made.transitions)
    one = chosen[0] if len(chosen) == 1 else ""
    if kind in (HitKind.RESIZE, HitKind.CONNECT):
        return Hit(kind=kind, id=one, handle=SIDES[number % 8]) if one in made.states else under
    if kind in (HitKind.END, HitKind.BEND):
        if one not in made.transitions or not bench.surface.path(one):
            return under
        return Hit(
            kind=kind, id=one, handle=("source", "target0")[number % 2] if kind is HitKind.END else "0"
        )
    if kind is HitKind.WAY:
        id = lines[number % len(lines)]
        points = way_points.by_hand(made, bench.document.diagram, id)
        return Hit(kind=kind, id=id, handle=str(number % len(points))) if points else under
    if kind is HitKind.NOTE:
        known = sorted(bench.document.diagram.notes)
        return Hit(kind=kind, id=known[number % len(known)]) if known else under
    return Hit(kind=kind, id=lines[number % len(lines)])


def do(bench: Bench, sample: Sample) -> None:
    what, x, y, kind, number, modifiers, clicks, button = sample
    document, at = bench.document, Point(x * 10, y * 10)
    if what in ("press", "move", "release"):
        hit = hit_of(bench, kind, number, at)
        pointer = PointerInput(at=at, hit=hit, button=button, modifiers=modifiers, clicks=clicks)
        getattr(bench.tool, what)(pointer)
    elif what in ("escape", "key"):
        bench.tool.key(KeyInput(key="Escape" if what == "escape" else "a"))
    elif what == "undo":
        document.undo()
    elif what == "redo":
        document.redo()
    elif what == "pick":
        # keys select something else while a button is down
        ids = sorted({*document.chart.states, *document.chart.transitions} - {document.chart.root_id})
        document.selection.replace([ids[number % len(ids)]] if number % 3 and ids else [])
    elif what == "delete":
        document.apply(edits.delete(document.chart, document.diagram, document.selection.ids))
    else:
        bench.tool.cancel()
        bench.tool = toolbox.TOOLS[number % len(toolbox.TOOLS)].tool(bench.tool.scene)


def is_consistent(bench: Bench) -> bool:
    """Every state has a box, all ends and selected elements exist, composites begin inside themselves."""
    made, diagram = bench.document.chart, bench.document.diagram
    inside = all(
        queries.is_descendant(made, target, state.id)
        for state in made.states.values()
        if (initial := queries.initial_transition(made, state.id)) is not None
        for target in initial.targets
    )
    return (
        inside
        and set(diagram.boxes) - {made.root_id} == set(made.states) - {made.root_id}
        and set(diagram.bends) <= set(made.transitions)
        and all({each.source, *each.targets} <= set(made.states) for each in made.transitions.values())
        and set(bench.document.selection.ids) <= {*made.states, *made.transitions, *diagram.notes}
        and all(box.width > 0 and box.height > 0 for box in diagram.boxes.values() if box.id != made.root_id)
    )


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 7), st.lists(SAMPLES, max_size=40))
def test_no_hand_breaks_the_document_and_undo_gives_the_start(tool: int, samples: list[Sample]) -> None:
    bench = Bench(toolbox.TOOLS[tool].tool)
    bench.document.diagram.put_note(NOTE.id, NOTE)
    start = bench.contents()[:5]
    for sample in samples:
        try:
            do(bench, sample)
        except EditorError:
            bench.tool.cancel()
        assert is_consistent(bench)
    bench.tool.cancel()
    assert bench.is_calm()
    bench.undo_steps()
    assert bench.contents()[:5] == start


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 7), st.lists(SAMPLES, max_size=30))
def test_escape_in_any_gesture_leaves_no_trace(tool: int, samples: list[Sample]) -> None:
    bench = Bench(toolbox.TOOLS[tool].tool)
    bench.document.diagram.put_note(NOTE.id, NOTE)
    before, is_foreign = bench.contents(), False
    for sample in samples:
        if bench.tool.phase.name == bench.tool.first().name:
            before, is_foreign = bench.contents(), False
        is_foreign = is_foreign or sample[0] in ("undo", "redo", "delete")
        try:
            do(bench, sample)
        except EditorError:
            bench.tool.cancel()
    if bench.tool.phase.name != bench.tool.first().name:
        bench.escape()
        assert bench.is_calm()
        assert is_foreign or bench.contents() == before
