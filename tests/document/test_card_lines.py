"""Lines of a card are typed one by one; what is emptied goes, and each is one step to undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import card_lines, edits
from editor.document.card_lines import Line
from editor.document.document import Document
from editor.errors import ChartError, ExpressionError
from editor.model.elements import Assign, Call, Choose, Invoke, Raise, State, TriggerKind
from tests.charts import MEASURE, document, id_of

SHOP = """
initial: cart
context: {count: 0}
states:
  cart:
    entry: [show, {assign: {count: count + 1}}, {choose: [{guard: count > 1, actions: ring}]}]
    exit: tidy
    invoke: {src: fetchPrices, onDone: paid, onError: {}}
  paid: {}
  end: {type: final, entry: ring}
"""


@pytest.fixture
def shop() -> Document:
    return document(SHOP)


def cart(made: Document) -> State:
    return made.chart.states[id_of(made.chart, "cart")]


def write(made: Document, path: str, kind: str, number: int, text: str) -> str:
    """Type into a line; the name of the step."""
    id = id_of(made.chart, path)
    edit = card_lines.write(made.chart, made.diagram, id, Line(kind, number), text, MEASURE)
    made.apply(edit)
    return edit.label


def test_lines_are_told_in_the_order_of_the_card(shop: Document) -> None:
    chart, id = shop.chart, id_of(shop.chart, "cart")
    assert [str(line) for line in card_lines.lines(chart, id)] == [
        "entry.0", "entry.1", "entry.2", "exit.0", "invoke.0",
    ]  # fmt: skip
    assert [card_lines.text(chart, id, line) for line in card_lines.lines(chart, id)] == [
        "show", "count = count + 1", "{choose: [{guard: count > 1, actions: ring}]}", "tidy", "fetchPrices",
    ]  # fmt: skip
    assert card_lines.lines(chart, id_of(chart, "paid")) == []
    assert [str(line) for line in card_lines.lines(chart, id_of(chart, "end"))] == ["entry.0"]
    assert card_lines.lines(chart, chart.root_id) == []


def test_a_line_is_changed_in_its_place(shop: Document) -> None:
    assert write(shop, "cart", "entry", 1, "count = 7") == "Change entry action"
    entry = cart(shop).entry
    assert entry[0] == Call(name="show")
    assert entry[1] == Assign(values=(("count", 7),))
    assert isinstance(entry[2], Choose)
    shop.undo()
    assert not shop.undo_stack.can_undo


def test_a_line_that_is_emptied_goes(shop: Document) -> None:
    assert write(shop, "cart", "entry", 0, "  ") == "Remove entry action"
    assert len(cart(shop).entry) == 2
    assert write(shop, "cart", "exit", 0, "") == "Remove exit action"
    assert cart(shop).exit == ()


def test_a_line_to_come_is_added_at_the_end_and_nothing_for_nothing(shop: Document) -> None:
    id = id_of(shop.chart, "paid")
    assert str(card_lines.to_come(shop.chart, id, "entry")) == "entry.0"
    write(shop, "paid", "entry", 0, "")
    assert not shop.undo_stack.can_undo
    assert write(shop, "paid", "entry", 0, "thank; raise DONE") == "Add entry action"
    assert shop.chart.states[id].entry == (Call(name="thank"), Raise(event="DONE"))
    assert str(card_lines.to_come(shop.chart, id, "entry")) == "entry.2"


def test_a_service_that_goes_takes_what_answers_its_end(shop: Document) -> None:
    assert write(shop, "cart", "invoke", 0, "") == "Remove service"
    kinds = {each.trigger.kind for each in shop.chart.transitions.values()}
    assert kinds.isdisjoint({TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR})
    shop.undo()
    assert write(shop, "cart", "invoke", 0, "fetchAll") == "Change service"
    assert [invoke.src for invoke in cart(shop).invokes] == ["fetchAll"]
    assert write(shop, "cart", "invoke", 1, "ship") == "Add service"
    assert cart(shop).invokes[1] == Invoke(uid="i1", src="ship")


def test_a_state_grows_to_its_lines(shop: Document) -> None:
    id = id_of(shop.chart, "paid")
    before = shop.diagram.boxes[id]
    write(shop, "paid", "exit", 0, "sayGoodbyeToEverybodyWhoWasHere")
    after = shop.diagram.boxes[id]
    assert after.width > before.width
    assert after.height > before.height


def test_what_is_not_understood_is_refused_with_its_place(shop: Document) -> None:
    with pytest.raises(ExpressionError) as refused:
        write(shop, "cart", "entry", 0, "show; count = 1 +")
    assert refused.value.text == "show; count = 1 +"
    assert refused.value.column is not None
    assert len("show; ") < refused.value.column <= len("show; count = 1 +") + 1
    with pytest.raises(ExpressionError):
        write(shop, "cart", "entry", 2, "choose …")
    assert not shop.undo_stack.can_undo


def test_a_service_without_a_name_is_not_renamed_by_accident() -> None:
    made = document("initial: a\nstates: {a: {}}")
    id = id_of(made.chart, "a")
    state = made.chart.states[id]
    new = replace(state, invokes=(Invoke(uid="i0", src="", id="inner"),))
    made.apply(edits.set_state(made.chart, made.diagram, new, measure=MEASURE))
    assert card_lines.text(made.chart, id, Line("invoke", 0)) == "inner"
    with pytest.raises(ChartError):
        write(made, "a", "invoke", 0, "outer")


TEXTS = st.sampled_from(
    ["show", "count = 1", "raise GO", "send GO after 2s", "log count", "", " ", "a; b", "count = (", "x y",
     "{choose: [{guard: count > 1, actions: ring}]}", "{raise: GO, data: {n: count}}"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(card_lines.KINDS), st.integers(0, 4), TEXTS), max_size=12))
def test_whatever_is_typed_reads_back_and_undo_gives_back_what_was(
    typed: list[tuple[str, int, str]],
) -> None:
    made = document(SHOP)
    before = cart(made)
    for kind, number, text in typed:
        try:
            write(made, "cart", kind, number, text)
        except (ExpressionError, ChartError):
            continue
        chart, id = made.chart, id_of(made.chart, "cart")
        for line in card_lines.lines(chart, id):
            shown = card_lines.text(chart, id, line)
            assert card_lines.write(chart, made.diagram, id, line, shown, MEASURE).changes == ()
    while made.undo_stack.can_undo:
        made.undo()
    assert cart(made) == before
