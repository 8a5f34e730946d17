from __future__ import annotations

import pytest

from editor.commands.completing import Completer, Offer
from editor.document import edits
from editor.document.document import Document
from editor.formats import scxml
from editor.model.chart import Chart
from editor.model.datatypes import kind_of
from editor.model.slots import Grammar
from editor.session import Session
from tests.charts import document, drawn, id_of

SHOP = """
initial: cart
context:
  count: 0
  name: ada
  isMember: false
  items: []
  user: {age: 30, address: {city: Oslo}}
  nothing: null
guards: {ready: count > 3}
actions: {show: {log: count}}
delays: {TIMEOUT: 5s}
states:
  cart:
    entry: [show, show, {raise: ADDED, data: {sku: name}}]
    invoke: {src: fetchPrices, id: prices}
    on: {CHECKOUT: payment.card, ADDED: {actions: {assign: {count: event.data.amount}}}, ADD: .}
  payment:
    initial: card
    on: {CHECK: cart, CHECKOUT: paid}
    after: {TIMEOUT: cart}
    states:
      card: {on: {PAY: {target: '#paid', guard: ready}}}
      cash: {}
  paid: {id: paid, type: final}
"""


@pytest.fixture
def shop() -> Document:
    return document(SHOP)


def transition(made: Chart, source: str, event: str) -> str:
    return next(each.id for each in made.outgoing(id_of(made, source)) if each.trigger.text == event)


def offers(made: Document, text: str, grammar: Grammar = Grammar.LABEL, at: str = "") -> list[Offer]:
    cursor = text.index("|")
    found = Completer(Session(made)).complete(text.replace("|", ""), cursor, grammar, at)
    return found.offers if found is not None else []


def titles(made: Document, text: str, grammar: Grammar = Grammar.LABEL, at: str = "") -> list[str]:
    return [each.title for each in offers(made, text, grammar, at)]


def test_letters_in_their_order_find_a_name_and_its_beginning_comes_first(shop: Document) -> None:
    assert titles(shop, "che|") == ["CHECKOUT", "CHECK"]
    assert titles(shop, "dd|") == ["ADDED", "ADD"]
    assert titles(shop, "cko|") == ["CHECKOUT"]
    assert titles(shop, "zz|") == []


def test_names_that_are_used_more_often_come_first(shop: Document) -> None:
    found = titles(shop, "|", Grammar.EVENT)
    assert set(found) == {"CHECKOUT", "ADDED", "ADD", "CHECK", "PAY"}
    assert found[:2] == ["ADDED", "CHECKOUT"]


def test_beside_a_name_stands_its_kind_and_what_it_means(shop: Document) -> None:
    details = {each.title: each.detail for each in offers(shop, "PAY [|")}
    assert details["ready"] == "guard: count > 3"
    assert details["count"] == "number, 0"
    assert details["name"] == "text, ada"
    assert details["isMember"] == "truth, false"
    assert (details["items"], details["user"], details["nothing"]) == ("list", "mapping", "nothing")
    assert {each.title: each.detail for each in offers(shop, "after |")} == {"TIMEOUT": "delay: 5 s"}


def test_a_dot_goes_into_a_mapping_of_the_context(shop: Document) -> None:
    assert titles(shop, "PAY [user.|") == ["age", "address"]
    assert titles(shop, "PAY [context.user.address.|") == ["city"]
    assert titles(shop, "PAY [count.|") == []


def test_the_data_of_the_event_are_known_where_they_are_sent_or_read(shop: Document) -> None:
    added = transition(shop.chart, "cart", "ADDED")
    assert titles(shop, "ADDED [event.data.|", at=added) == ["amount", "sku"]
    check = transition(shop.chart, "payment", "CHECK")
    assert titles(shop, "CHECK [event.data.|", at=check) == []


def test_states_are_put_by_their_path_and_found_by_it(shop: Document) -> None:
    completer = Completer(Session(shop))
    found = completer.complete("PAY [in(payca", 13, Grammar.LABEL, "")
    assert found is not None
    assert [(each.title, each.detail) for each in found.offers] == [
        ("card", "state in payment"),
        ("cash", "state in payment"),
    ]
    assert completer.text_of(found.offers[0], found.slot, "") == "payment.card"


def test_targets_are_put_as_their_transition_calls_them_those_beside_it_first(shop: Document) -> None:
    completer = Completer(Session(shop))
    at = transition(shop.chart, "payment.card", "PAY")
    found = completer.complete("", 0, Grammar.TARGETS, at)
    assert found is not None
    assert [each.title for each in found.offers] == ["card", "cash", "cart", "payment", "paid"]
    put = [completer.text_of(each, found.slot, at) for each in found.offers]
    assert put == ["card", "cash", "#cart", "#payment", "#paid"]


def test_an_initial_transition_leads_inside_alone(shop: Document) -> None:
    initial = next(
        each.id for each in shop.chart.outgoing(id_of(shop.chart, "payment")) if each.is_pseudo
    )  # fmt: skip
    assert titles(shop, "|", Grammar.TARGETS, initial) == ["card", "cash"]


@pytest.mark.parametrize("path", ["paid", "#paid", "#payment.card", ".cash"])
def test_a_path_that_leads_somewhere_needs_no_offer(shop: Document, path: str) -> None:
    at = transition(shop.chart, "payment", "CHECK")
    assert titles(shop, f"{path}|", Grammar.TARGETS, at) == []
    assert titles(shop, f"{path[:-1]}|", Grammar.TARGETS, at) != []


def test_services_of_the_source_are_answered_by_name(shop: Document) -> None:
    at = transition(shop.chart, "cart", "CHECKOUT")
    assert titles(shop, "done|", at=at)[:1] == ["done: fetchPrices"]
    assert titles(shop, "err|", at=at) == ["error: fetchPrices"]
    assert "onDone" not in titles(shop, "o|", at=at)
    assert "onDone" in titles(shop, "on|", at=transition(shop.chart, "payment", "CHECK"))


def test_what_is_there_letter_by_letter_needs_no_offer(shop: Document) -> None:
    assert titles(shop, "CHECK|") == []
    assert titles(shop, "CHECKO|") == ["CHECKOUT"]


def test_the_first_is_chosen_where_a_new_name_would_make_no_sense(shop: Document) -> None:
    def is_sure(text: str) -> bool:
        found = Completer(Session(shop)).complete(text, len(text), Grammar.LABEL, "")
        assert found is not None
        return found.is_sure

    assert is_sure("PAY [count > co")
    assert is_sure("PAY [in(ca")
    assert not is_sure("PAY [all(n for co in items if co")
    assert not is_sure("CHECKO")
    assert not is_sure("PAY [count > ")


def test_receivers_and_ids_are_offered_where_they_are_called(shop: Document) -> None:
    assert titles(shop, "send PAY to p|", Grammar.ACTIONS) == ["prices", "#_parent"]


def test_a_table_offers_the_names_that_have_no_meaning_yet(shop: Document) -> None:
    at = transition(shop.chart, "cart", "CHECKOUT")
    shop.apply(edits.set_label(shop.chart, at, "CHECKOUT [isOpen] / lock"))
    assert titles(shop, "ready: count > 3\n|", Grammar.GUARDS) == ["isOpen"]
    assert titles(shop, "l|", Grammar.ACTION_TABLE) == ["lock"]


def test_offers_follow_what_is_done(shop: Document) -> None:
    completer = Completer(Session(shop))

    def found(text: str) -> list[str]:
        made = completer.complete(text, len(text), Grammar.LABEL, "")
        return [each.title for each in made.offers] if made is not None else []

    assert found("REF") == []
    shop.apply(edits.set_label(shop.chart, transition(shop.chart, "payment", "CHECK"), "REFUND"))
    assert (found("REF"), found("CHECK")) == (["REFUND"], ["CHECKOUT"])
    shop.undo()
    assert found("REF") == []
    shop.apply(edits.rename(shop.chart, id_of(shop.chart, "payment.card"), "plastic"))
    assert found("PAY [in(pl") == ["plastic"]


def test_the_kind_of_data_is_told_from_the_value() -> None:
    values = (None, True, 0, 1.5, "", [], {})
    assert [kind_of(each) for each in values] == [
        "nothing", "truth", "number", "number", "text", "list", "mapping",
    ]  # fmt: skip


def test_expressions_of_another_language_are_offered_names_alone() -> None:
    made = document("language: javascript\ncontext: {names: []}\ninitial: a\nstates: {a: {on: {GO: a}}}")
    assert titles(made, "GO [n|") == ["names"]
    assert titles(made, "GO [names a|") == []


def test_states_of_scxml_are_called_by_their_unique_names() -> None:
    text = (
        '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="a" datamodel="ecmascript">'
        '<state id="a"><state id="inner"/><transition event="GO STAY" target="a"/></state></scxml>'
    )
    made = drawn(scxml.read(text, name="m.scxml").chart)
    completer = Completer(Session(made))
    found = completer.complete("GO [In('in", 10, Grammar.LABEL, "")
    assert found is not None
    assert completer.text_of(found.offers[0], found.slot, "") == "inner"
    assert titles(made, "GO ST|") == ["STAY"]
