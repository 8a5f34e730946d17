from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import accepting, edits
from editor.document.document import Document
from editor.layout.routing import route
from editor.layout_engine import elk
from editor.layout_engine.levels import Levels
from editor.layout_engine.options import Options
from editor.layout_engine.reading import plan_of
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart
from tests.layout_engine.columns import Columns
from tests.layout_engine.drawn import drawn, edited, told

SMALL = "initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a}}}"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_routes_and_labels_are_those_that_the_canvas_draws(seed: int) -> None:
    made = random_chart(seed, 9, 10)
    diagram = drawn(made)
    routes = route(made, diagram, None, MEASURE)
    for edge in told(made, diagram).edges:
        if edge.was:
            assert routes[edge.id].paths == (edge.was,)
        if edge.label_at is not None:
            assert routes[edge.id].label == edge.label_at


def test_what_the_engine_drew_is_what_it_is_told() -> None:
    made = chart(SMALL)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    drawing = Levels(plan, Columns()).draw(elk.DOWN)
    kept = told(made, drawn(made))
    assert kept.keeps
    assert {edge.id: edge.was for edge in kept.edges if edge.is_wanted} == {
        edge.id: drawing.routes[edge.id] for edge in plan.edges if edge.is_wanted
    }


def test_what_was_only_sketched_is_not_kept() -> None:
    made = chart(SMALL)
    assert not told(made, placed(made)).keeps


def test_a_state_that_the_engine_never_drew_has_no_place_to_keep() -> None:
    made = chart(SMALL + "\n")
    diagram = drawn(made)
    after = chart("initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a, ON: c}}, c: {}}")
    a, c = id_of(after, "a"), id_of(after, "c")
    # the same states and lines under the ids of the other chart
    names = {id_of(made, path): id_of(after, path) for path in ("a", "b")}
    texts = {each.trigger.text: each.id for each in after.transitions.values()}
    there = placed(after)
    for old, new in names.items():
        there.put_box(new, _renamed(diagram.boxes[old], new))
    for id, bends in diagram.bends.items():
        new = texts[made.transitions[id].trigger.text]
        there.put_bends(new, _renamed(bends, new))
    plan = told(after, there)
    assert plan.keeps
    assert plan.nodes[c].place is None
    assert plan.nodes[a].place == there.boxes[a].rect
    pinned = told(after, there, frozenset({c}))
    assert pinned.nodes[c].place == there.boxes[c].rect


def test_a_state_that_was_pinned_and_released_has_no_place_to_keep() -> None:
    made = chart(
        "initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a, ON: c}}, c: {on: {OFF: d}}, d: {on: {X: a}}}"
    )
    document = Document(made, drawn(made))
    c = id_of(made, "c")
    start = {c: document.diagram.boxes[c]}
    document.apply(edits.move(made, document.diagram, start, 900, 700))
    assert told(made, document.diagram).nodes[c].place is not None
    document.apply(accepting.set_pinned(made, document.diagram, [c], is_pinned=False))
    plan = told(made, document.diagram)
    assert plan.keeps
    assert [node.id for node in plan.nodes.values() if node.place is None] == [made.root_id, c]


def test_a_new_state_is_new_and_all_others_are_known() -> None:
    made = chart(SMALL)
    plan = told(edited(made, 1), drawn(made))
    assert [node.id for node in plan.nodes.values() if node.place is None] == [made.root_id, "new"]


def _renamed(record, id: str):  # type: ignore[no-untyped-def]
    return replace(record, id=id)
