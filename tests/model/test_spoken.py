"""What elements are called out loud: what each is, where it lies, and where it leads."""

from __future__ import annotations

import pytest

from editor.model import queries, spoken
from tests import charts

SHOP = """\
id: shop
initial: Cart
context: {amount: 3}
states:
  Cart:
    invoke: {src: load}
    on:
      PAY: {target: Checkout, guard: amount > 0, actions: [note, beep]}
      HINT: {actions: [note]}
      "*": {target: Cart}
      ESCAPE: {}
    after: {5s: Gone}
    always: {target: Order, guard: amount > 9}
  Order:
    initial: Paid
    states:
      Paid: {on: {SHIP: Sent, BACK: Nowhere}}
      Sent: {type: final}
      past: {type: history, target: Paid}
      deep: {type: history, history: deep}
    onDone: Cart
  Checkout:
    type: parallel
    states:
      Payment: {initial: Idle, states: {Idle: {}}}
      Delivery: {type: parallel, states: {A: {}, B: {}}}
  Gone: {always: Cart}
"""


def words(path: str) -> str:
    made = charts.chart(SHOP)
    id = queries.find_path(made, path)
    assert id is not None
    return spoken.element(made, id)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("Cart", "Cart, state, six outgoing"),
        ("Order", "Order, state, 2 inside, begins in Paid, one outgoing"),
        ("Order.Paid", "Paid, state in Order, two outgoing"),
        ("Order.Sent", "Sent, final state in Order"),
        ("Order.past", "The history of Order, begins in Paid"),
        ("Order.deep", "The deep history of Order"),
        ("Checkout", "Checkout, parallel state, two regions"),
        ("Checkout.Payment", "Region Payment of Checkout, 1 inside, begins in Idle"),
        ("Checkout.Delivery", "Region Delivery of Checkout, parallel, two regions"),
        ("Checkout.Payment.Idle", "Idle, state in Payment"),
    ],
)
def test_a_state_says_what_it_is_and_where(path: str, said: str) -> None:
    assert words(path) == said


def test_transitions_say_when_and_from_where_to_where() -> None:
    made = charts.chart(SHOP)
    said = {spoken.element(made, id) for id in made.transitions}
    assert said == {
        "beginning of shop, to Cart",
        "on PAY when amount > 0, from Cart to Checkout, does note; beep",
        "on HINT, stays in Cart, does note",
        "on any event, from Cart to itself",
        "on ESCAPE, nothing happens in Cart",
        "after 5s, from Cart to Gone",
        "when amount > 9, from Cart to Order",
        "beginning of Order, to Paid",
        "on SHIP, from Paid to Sent",
        "on BACK, from Paid to “Nowhere”, which is missing",
        "beginning in the history of Order, to Paid",
        "when Order is done, from Order to Cart",
        "beginning of Payment, to Idle",
        "always, from Gone to Cart",
    }


def test_ends_of_services_are_told_by_the_service() -> None:
    made = charts.chart(
        "initial: a\nstates:\n  a:\n    invoke:\n      src: load\n      onDone: {target: b, guard: ready}\n"
        "      onError: {target: a}\n  b: {}\n"
    )
    said = {spoken.element(made, each.id) for each in made.transitions.values() if not each.is_pseudo}
    assert said == {"when load is done and ready, from a to b", "when load fails, from a to itself"}


def test_several_targets_are_told_as_a_row() -> None:
    made = charts.chart(
        "initial: a\nstates:\n  a: {on: {GO: {target: [p.x.x1, p.y.y1]}}}\n  p:\n    type: parallel\n    states:\n"
        "      x: {initial: x1, states: {x1: {}}}\n      y: {initial: y1, states: {y1: {}}}\n"
    )
    assert "on GO, from a to x1 and y1" in {spoken.element(made, id) for id in made.transitions}


def test_the_machine_is_told_by_its_size() -> None:
    assert spoken.machine(charts.chart(SHOP)) == "Chart shop, 13 states, ten transitions"
    assert (
        spoken.machine(charts.chart("id: one\ninitial: a\nstates: {a: {}}\n"))
        == "Chart one, one state, no transitions"
    )


def test_what_is_no_element_has_no_words() -> None:
    assert spoken.element(charts.chart(SHOP), "nothing") == ""
