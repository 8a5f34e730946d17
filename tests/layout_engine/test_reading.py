from __future__ import annotations

import pytest

from editor.geometry import Rect
from editor.layout import sizes
from editor.layout_engine.options import Options, Scope
from editor.layout_engine.plan import NodeKind
from editor.layout_engine.reading import DOT_OF, plan_of
from editor.model.diagram import Box, Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed

MACHINE = """
initial: a
on: {RESET: .a}
states:
  a: {on: {GO: [{target: b, guard: ready}, {target: done}], STAY: {actions: beep}}}
  b:
    type: parallel
    states:
      left: {initial: x, states: {x: {on: {X: x}}, back: {type: history}}, on: {AROUND: left}}
      right: {}
  done: {type: final}
"""


def test_sizes_are_those_of_cards_and_labels() -> None:
    made = chart(MACHINE)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    a = plan.nodes[id_of(made, "a")]
    assert (a.width, a.height) == sizes.state_size(made, a.id, MEASURE)
    for edge in plan.edges:
        if edge.label[0]:
            transition = made.transitions[edge.id]
            assert edge.label == sizes.pill_size(sizes.pill_parts(made, transition), MEASURE)


def test_kinds_are_told() -> None:
    made = chart(MACHINE)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    kinds = {path: plan.nodes[id_of(made, path)].kind for path in ("a", "b", "b.left", "b.left.back", "done")}
    assert kinds == {
        "a": NodeKind.SIMPLE, "b": NodeKind.PARALLEL, "b.left": NodeKind.REGION, "b.left.back": NodeKind.RING,
        "done": NodeKind.RING,
    }  # fmt: skip
    done = plan.nodes[id_of(made, "done")]
    assert done.is_last
    assert done.name[0] > 0
    assert plan.nodes[DOT_OF + made.root_id].kind is NodeKind.DOT


def test_lines_are_those_that_are_drawn_between_states() -> None:
    made = chart(MACHINE)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    wanted = sorted(made.transitions[edge.id].trigger.text for edge in plan.edges if edge.is_wanted)
    assert wanted == ["AROUND", "GO", "GO", "RESET", "X"]
    of_root = next(edge for edge in plan.edges if edge.start is not None)
    assert made.transitions[of_root.id].trigger.text == "RESET"


@pytest.mark.parametrize(
    ("scope", "paths", "moving"),
    [
        (Scope.CHART, (), {"a", "b", "done", "b.left", "b.right", "b.left.x", "b.left.back"}),
        (Scope.CONTAINER, ("b",), {"b.left", "b.right", "b.left.x", "b.left.back"}),
        (Scope.SELECTION, ("a", "done"), {"a", "done"}),
        (Scope.ROUTES, (), set()),
    ],
)
def test_a_scope_says_what_moves(scope: Scope, paths: tuple[str, ...], moving: set[str]) -> None:
    made = chart(MACHINE)
    options = Options(scope=scope, ids=frozenset(id_of(made, path) for path in paths))
    plan = plan_of(made, placed(made), MEASURE, options)
    found = {id for node in plan.nodes.values() for id in node.moving if not id.startswith(DOT_OF)}
    assert found == {id_of(made, path) for path in moving}


def test_a_container_with_a_pinned_state_keeps_all_its_places() -> None:
    made = chart(MACHINE)
    options = Options(pinned=frozenset({id_of(made, "a")}))
    plan = plan_of(made, placed(made), MEASURE, options)
    assert plan.root.moving == frozenset()
    assert plan.nodes[id_of(made, "b.left")].moving


def test_what_was_made_larger_by_hand_stays_so() -> None:
    made = chart(MACHINE)
    a = id_of(made, "a")
    diagram = Diagram()
    diagram.put_box(a, Box(id=a, x=0, y=0, width=400, height=300))
    plan = plan_of(made, diagram, MEASURE, Options())
    assert (plan.nodes[a].width, plan.nodes[a].height) == (400, 300)
    assert plan.nodes[a].place == Rect(0, 0, 400, 300)


def test_lines_may_be_wanted_one_by_one() -> None:
    made = chart(MACHINE)
    one = next(each.id for each in made.transitions.values() if each.trigger.text == "X")
    options = Options(scope=Scope.ROUTES, ids=frozenset({one}))
    plan = plan_of(made, placed(made), MEASURE, options)
    assert [edge.id for edge in plan.edges if edge.is_wanted] == [one]


def test_a_state_keeps_room_for_the_labels_of_lines_into_it() -> None:
    event = "A_RATHER_LONG_NAME_OF_AN_EVENT_THAT_LEADS_INWARD"
    inward = f"{{initial: b, on: {{{event}: .b}}, states: {{b: {{}}}}}}"
    made = chart(f"initial: a\nstates:\n  a: {inward}\n  c: {{initial: d, states: {{d: {{}}}}}}\n")
    plan = plan_of(made, Diagram(), MEASURE, Options())
    into, other = plan.nodes[id_of(made, "a")], plan.nodes[id_of(made, "c")]
    label = next(edge.label for edge in plan.edges if edge.label[0])
    assert into.width > label[0]
    assert into.margin > label[1]
    assert other.margin == 0


def test_a_final_state_keeps_room_for_all_that_stands_below_its_ring() -> None:
    made = chart(
        "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {type: final, entry: [sendTheBill, sayGoodbye]}\n"
    )
    ring = plan_of(made, Diagram(), MEASURE, Options()).nodes[id_of(made, "b")]
    width, height = sizes.state_size(made, ring.id, MEASURE)
    card = Rect(0, 0, width, height)
    assert ring.card(sizes.ring(card)).bottom == card.bottom
