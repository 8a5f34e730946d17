from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.document.document import Document
from editor.document.text_index import Asked, Part, TextIndex, asked, fold
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.geometry import Point
from editor.model.changes import BoxChange, NoteChange, StateChange, net
from editor.model.diagram import Box, Note
from tests.canvas.samples import random_edit, shop
from tests.charts import document, id_of

SHOP = """\
id: shop
initial: cart
states:
  cart:
    id: Basket
    description: Waits for the café.
    tags: [Übersicht]
    entry: [showCart, {raise: READY}]
    on:
      PAY: {target: paying, guard: hasItems, actions: [log]}
  paying:
    invoke: {src: charge, onDone: {target: done}}
    on:
      FAIL: {target: cart, description: Money is short.}
  done: {type: final}
"""


def found(made: Document, query: str, part: Part | None = None) -> list[str]:
    """What is found, in words: the path of a state, the event of a transition."""
    chart = made.chart
    ids = made.text_index.find(asked(query, part))
    return [
        chart.states[id].key if id in chart.states else chart.transitions[id].trigger.text or "-"
        for id in ids
    ]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("cart", {"cart"}),
        ("BASKET", {"cart"}),
        ("cafe", {"cart"}),
        ("ubersicht", {"cart"}),
        ("showc", {"cart"}),
        ("ready", {"cart"}),
        ("pay", {"PAY", "paying"}),
        ("hasit", {"PAY"}),
        ("log", {"PAY"}),
        ("charge", {"paying", "-"}),
        ("short", {"FAIL"}),
        ("nowhere", set()),
        ("", set()),
        ("  ", set()),
    ],
)
def test_every_text_of_an_element_is_found(query: str, hits: set[str]) -> None:
    assert hits <= set(found(document(SHOP), query))
    if not hits:
        assert not found(document(SHOP), query)


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("event: pay", ["PAY"]),
        ("name:pay", ["paying"]),
        ("tag: über", ["cart"]),
        ("guard: pay", []),
        ("service: charge", ["paying", "-"]),
        ("action: show", ["cart"]),
        ("description: money", ["FAIL"]),
        ("in: pay", []),
    ],
)
def test_a_prefix_narrows_to_a_part(query: str, hits: list[str]) -> None:
    assert found(document(SHOP), query) == hits


def test_a_prefix_says_more_than_the_part_that_was_chosen() -> None:
    assert asked("event: Pay", Part.NAME) == Asked("pay", Part.EVENT)
    assert asked("Pay", Part.NAME) == Asked("pay", Part.NAME)


def test_actions_inside_of_a_choice_are_found() -> None:
    made = document(
        "id: m\ninitial: a\nstates:\n  a:\n    entry:\n"
        "      - choose:\n          - {guard: isLate, actions: [ring]}\n          - {actions: [sleep]}\n"
    )
    assert found(made, "sleep") == ["a"]
    assert found(made, "guard: late") == ["a"]


def test_what_is_found_stands_in_reading_order() -> None:
    chart, diagram = shop()
    places = {"work": (600.0, 44.0), "both": (40.0, 40.0), "end": (0.0, 400.0)}
    for id, (x, y) in places.items():
        diagram.put_box(id, replace(diagram.boxes[id], x=x, y=y))
    diagram.put_note("note:n", Note(id="note:n", x=700, y=300, width=80, height=40, text="e"))
    index = TextIndex(chart, diagram)
    everything = index.ordered([*chart.states, *chart.transitions, "note:n"])
    assert everything == (
        "both", "be", "left", "l1", "right", "r1", "work", "i", "wb", "a", "ab", "in", "b", "ba", "aa", "h",
        "note:n", "end",
    )  # fmt: skip


def test_a_guard_that_names_a_state_follows_its_name() -> None:
    made = document("id: m\ninitial: a\nstates:\n  a: {on: {GO: {target: b, guard: {in: b}}}}\n  b: {}\n")
    assert found(made, "guard: in(b)") == ["GO"]
    state = made.chart.states[id_of(made.chart, "b")]
    made.apply(Edit("Rename", (StateChange(state.id, state, replace(state, key="waiting")),)))
    assert found(made, "guard: waiting") == ["GO"]


def test_a_note_is_found_by_its_words() -> None:
    made = document(SHOP)
    note = Note(id="note:1", x=0, y=0, width=100, height=60, text="Ask the naïve customer")
    made.apply(Edit("Write a note", (NoteChange(note.id, None, note),)))
    assert made.text_index.find(asked("naive")) == ("note:1",)
    made.undo()
    assert made.text_index.find(asked("naive")) == ()


@given(
    st.integers(0, 2**32), st.lists(st.sampled_from(["a", "e", "go", "x", "1", "s"]), min_size=1, max_size=3)
)
def test_a_followed_index_finds_what_a_new_one_finds(seed: int, queries: list[str]) -> None:
    rng = random.Random(seed)
    chart, diagram = shop()
    made = Document(chart, diagram)
    made.text_index.find(Asked("a"))
    for query in queries:
        for _ in range(rng.randrange(1, 6)):
            changes = net(random_edit(made.chart, made.diagram, rng))
            with suppress(ChartError):  # an edit that the chart refuses changes nothing
                made.apply(Edit("Anything", changes))
        fresh = TextIndex(made.chart, made.diagram)
        assert made.text_index.find(Asked(fold(query))) == fresh.find(Asked(fold(query)))
        everything = [*made.chart.states, *made.chart.transitions]
        assert made.text_index.ordered(everything) == fresh.ordered(everything)


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_an_initial_dot_that_moves_changes_no_order() -> None:
    chart, diagram = shop()
    made = Document(chart, diagram)
    before = made.text_index.find(Asked("e"))
    box = Box(id=chart.root_id, x=0, y=0, width=0, height=0, initial=Point(5, 5))
    made.apply(Edit("Move", (BoxChange(chart.root_id, None, box),)))
    assert made.text_index.find(Asked("e")) == before
