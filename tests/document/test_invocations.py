"""What a state invokes is typed in one line, with its id and what is passed to it, and reads back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.document import invocations
from editor.document.document import Document
from editor.errors import ExpressionError
from editor.model.elements import Data, Invoke, State
from tests.charts import document, id_of

SHOP = """
initial: cart
context: {count: 0}
states:
  cart:
    invoke:
    - {src: fetchPrices, id: prices, input: {of: count, most: 3}, autoForward: true, note: mine, onDone: paid}
    - src: pay
  paid: {}
"""


@pytest.fixture
def shop() -> Document:
    return document(SHOP)


def cart(made: Document) -> State:
    return made.chart.states[id_of(made.chart, "cart")]


def read(made: Document, typed: str, number: int = 0) -> Invoke:
    own = cart(made)
    return invocations.read(made.chart, own.id, own.invokes[number], typed)


def test_a_line_tells_what_is_run_its_id_and_what_is_passed(shop: Document) -> None:
    first, second = cart(shop).invokes
    assert invocations.text(first) == "fetchPrices as prices with {of: count, most: 3}"
    assert invocations.text(second) == "pay"


@pytest.mark.parametrize(
    ("typed", "src", "id", "passed"),
    [
        ("pay", "pay", None, None),
        ("pay as till", "pay", "till", None),
        ("  pay   with  count + 1 ", "pay", None, "count + 1"),
        ("pay as till with {sum: count * 2}", "pay", "till", {"sum": "count * 2"}),
        ("pay as prices with [count, 1.5, true]", "pay", "prices", ["count", 1.5, True]),
        ("pay the bill as till", "pay the bill", "till", None),
        ('"pay as you go" as "my till"', "pay as you go", "my till", None),
        ("assist", "assist", None, None),
        ("pay.with.card", "pay.with.card", None, None),
    ],
)
def test_a_line_is_read(shop: Document, typed: str, src: str, id: str | None, passed: Data) -> None:
    made = read(shop, typed)
    assert (made.src, made.id, made.input) == (src, id, passed)


def test_what_a_line_does_not_show_stays(shop: Document) -> None:
    made = read(shop, "fetchAll")
    assert made == replace(cart(shop).invokes[0], src="fetchAll", id=None, input=None)
    assert made.auto_forward
    assert made.extra == (("note", "mine"),)


@pytest.mark.parametrize(
    ("typed", "words", "place"),
    [
        ("as till", "Say first what is run", "as till"),
        ("pay as", "An id is missing", ""),
        ("pay as with {a: 1}", "An id is missing", "with {a: 1}"),
        ("pay as my till", "quotes", "my till"),
        ("pay as prices", "“fetchPrices” in “cart” has this id already", "prices"),
        ("pay with", "What is passed is missing", ""),
        ("pay with {a: count +}", "", "count +"),
        ("pay with {a: 1", "", "{a: 1"),
        ("pay as till as desk", "Only “as” and “with” can follow", "as desk"),
        ('"pay as till', "quotes are not closed", '"pay'),
    ],
)
def test_what_is_wrong_is_told_with_its_place(shop: Document, typed: str, words: str, place: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        read(shop, typed, 1)
    assert words in refused.value.message
    assert refused.value.column is not None
    at = typed.index(place) if place else len(typed)
    assert at < refused.value.column <= len(typed) + 1


def test_ids_that_were_twice_in_a_file_do_not_stand_in_the_way_of_anything_else() -> None:
    made = document("initial: a\nstates: {a: {invoke: [{src: x, id: same}, {src: y, id: same}]}}")
    own = made.chart.states[id_of(made.chart, "a")]
    assert invocations.read(made.chart, own.id, own.invokes[1], "z as same") == replace(
        own.invokes[1], src="z"
    )


NAMES = st.one_of(
    st.text(min_size=1, max_size=12),
    st.lists(
        st.sampled_from(["as", "with", "pay", '"', "\\", " ", "{", "'", "#"]), min_size=1, max_size=6
    ).map("".join),
    st.lists(st.sampled_from(["as", "with", "pay"]), min_size=1, max_size=4).map(" ".join),
)
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.sampled_from(["count", "'a: b # c'", "1", "a with b"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@given(NAMES, st.one_of(st.none(), NAMES), PLAIN)
def test_what_is_written_is_read_back(src: str, id: str | None, passed: Data) -> None:
    made = document("initial: a\nlanguage: ecmascript\nstates: {a: {}}")
    own = Invoke(uid="i0", src=src, id=id, input=passed)
    line = invocations.text(own)
    assert "\n" not in line
    bare = Invoke(uid="i0", src="")
    assert invocations.read(made.chart, id_of(made.chart, "a"), bare, line) == own
