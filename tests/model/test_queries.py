"""Questions over a chart, as the format means them."""

from __future__ import annotations

import pytest

from editor.model import queries
from editor.model.elements import TriggerKind
from tests.charts import chart, id_of

MACHINE = chart("""
id: shop
initial: a
on: {RESET: a}
states:
  a:
    on: {GO: b.c, SELF: a, IN: .x, STAY: {actions: act}}
    initial: x
    states: {x: {}, h: {type: history, target: x}}
  b:
    type: parallel
    states:
      c: {initial: one, states: {one: {on: {GO: two, GO.*: two}}, two: {}}}
      d: {initial: 'v1.0', states: {'v1.0': {}, v1: {initial: '0', states: {'0': {}}}}}
      h: {type: history}
""")


def path(id: str | None) -> str:
    return "" if id is None else queries.dotted_path(MACHINE, id)


def test_document_order_has_parents_first() -> None:
    found = [path(state.id) for state in queries.document_order(MACHINE)]
    assert found == [
        "", "a", "a.x", "a.h", "b", "b.c", "b.c.one", "b.c.two", "b.d", "b.d.v1.0", "b.d.v1", "b.d.v1.0", "b.h",
    ]  # fmt: skip


def test_a_key_with_a_dot_is_matched_before_it_is_split() -> None:
    found = queries.find_path(MACHINE, "b.d.v1.0")
    assert found is not None
    assert MACHINE.states[found].key == "v1.0"


def test_a_path_is_split_elsewhere_when_the_longest_key_leads_nowhere() -> None:
    made = chart("initial: a\nstates: {a.b: {}, a: {initial: b, states: {b: {initial: c, states: {c: {}}}}}}")
    found = queries.find_path(made, "a.b.c")
    assert found is not None
    assert queries.keys(made, found) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a.x", ("a", "x")), ("#o.a.x", ("a", "x")), ("#o.in", ("b",)), ("#o.in.y", ("b", "y")), ("#o.b", ("b",)),
        ("#b.y", ("b", "y")), ("#k", ("#k",)), ("##k", ("#k",)), ("#o", ()), ("#o.nowhere", None), ("#", None),
    ],
)  # fmt: skip
def test_a_state_is_named_by_a_path_or_an_id(text: str, keys: tuple[str, ...] | None) -> None:
    made = chart(
        "{id: o, initial: a, states: {a: {states: {x: {}}}, b: {id: o.in, states: {y: {}}}, '#k': {}}}"
    )
    found = queries.find_named(made, text)
    assert (None if found is None else queries.keys(made, found)) == keys


@pytest.mark.parametrize("text", ["", "nowhere", "a.nowhere", "a.", ".a", "b..c"])
def test_a_path_that_names_nothing(text: str) -> None:
    assert queries.find_path(MACHINE, text) is None


def test_every_other_path_leads_back() -> None:
    for state in queries.document_order(MACHINE):
        if state.id != MACHINE.root_id and state.key != "0":
            assert queries.find_path(MACHINE, path(state.id)) == state.id


@pytest.mark.parametrize(
    ("ids", "expected"),
    [(["b.c.one", "b.c.two"], "b.c"), (["b.c.one", "b.d"], "b"), (["a", "b"], ""), (["b", "b.c"], "b")],
)
def test_the_common_ancestor_may_be_one_of_them(ids: list[str], expected: str) -> None:
    assert path(queries.common_ancestor(MACHINE, [id_of(MACHINE, each) for each in ids])) == expected


@pytest.mark.parametrize(
    ("source", "event", "expected"),
    [("a", "GO", ""), ("a", "SELF", ""), ("a", "STAY", ""), ("a", "IN", "a"), ("b.c.one", "GO", "b.c")],
)
def test_what_a_transition_is_drawn_in(source: str, event: str, expected: str) -> None:
    own = next(each for each in MACHINE.outgoing(id_of(MACHINE, source)) if each.trigger.text == event)
    assert path(queries.container(MACHINE, own)) == expected


def test_an_initial_transition_is_drawn_in_its_source() -> None:
    own = queries.initial_transition(MACHINE, id_of(MACHINE, "a"))
    assert own is not None
    assert own.trigger.kind is TriggerKind.INITIAL
    assert path(queries.container(MACHINE, own)) == "a"


def test_the_roots_own_transitions_are_drawn_in_the_root() -> None:
    own = next(each for each in MACHINE.outgoing(MACHINE.root_id) if each.trigger.text == "RESET")
    assert queries.container(MACHINE, own) == MACHINE.root_id


def test_roles() -> None:
    assert queries.is_region(MACHINE, id_of(MACHINE, "b.c"))
    assert not queries.is_region(MACHINE, id_of(MACHINE, "b.h"))
    assert not queries.is_region(MACHINE, id_of(MACHINE, "a"))
    assert queries.is_compound(MACHINE, id_of(MACHINE, "a"))
    assert not queries.is_compound(MACHINE, id_of(MACHINE, "b"))
    assert not queries.is_compound(MACHINE, id_of(MACHINE, "a.x"))
    default = queries.default_transition(MACHINE, id_of(MACHINE, "a.h"))
    assert default is not None
    assert default.targets == (id_of(MACHINE, "a.x"),)


def test_events_come_once_in_document_order() -> None:
    assert queries.events(MACHINE) == ["RESET", "GO", "SELF", "IN", "STAY", "GO.*"]


def test_free_names() -> None:
    assert queries.free_name("a", set()) == "a"
    assert queries.free_name("a", {"a", "a2"}) == "a3"
    assert queries.fresh_key(MACHINE, MACHINE.root_id, "a") == "a2"
