"""What a run does is spoken in words, and not faster than one can listen."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from editor.canvas.announcing import MOST, PAUSE, Pace, step_words
from editor.engine.simulator import Simulator
from tests import charts

SHOP = """\
initial: Cart
context: {n: 0}
states:
  Cart:
    on:
      PAY: Order.Paid
      HINT: {actions: [{assign: {n: n + 1}}]}
      AGAIN: {target: Cart}
      BAD: {guard: n.x.y, target: Cart}
  Order:
    initial: Paid
    states: {Paid: {on: {SHIP: Sent}, after: {1s: Sent}}, Sent: {type: final}}
    onDone: Both
  Both:
    type: parallel
    states: {Left: {initial: l, states: {l: {}}}, Right: {initial: r, states: {r: {}}}}
    on: {END: done}
  done: {type: final}
"""


def said(*events: str) -> list[str]:
    chart = charts.chart(SHOP)
    run = Simulator(chart)
    found: list[str] = []
    run.stepped.subscribe(lambda entry: found.append(step_words(chart, entry)))
    run.start()
    for event in events:
        run.send(event)
    return found


def test_a_step_is_told_by_its_event_and_from_where_to_where() -> None:
    assert said("PAY", "SHIP", "END") == [
        "start: in Cart",
        "PAY: Cart to Paid",
        "SHIP: Paid to l and r",
        "END: l and r to done; the run has ended",
    ]


def test_steps_that_lead_nowhere_else_are_told_as_such() -> None:
    assert said("HINT", "AGAIN", "NOTHING")[1:] == [
        "HINT: no other state",
        "AGAIN: Cart again",
        "NOTHING: nothing answers it",
    ]


def test_what_failed_is_told() -> None:
    [_, bad] = said("BAD")
    assert bad.startswith("BAD: nothing answers it; ")
    assert "n.x.y" in bad


def test_the_first_is_spoken_at_once_and_what_follows_soon_together() -> None:
    pace = Pace()
    pace.say("one")
    assert pace.due(1000) == 0
    assert pace.take(1000) == "one"
    pace.say("two")
    pace.say("three")
    pace.say("three")
    assert pace.take(1000 + PAUSE - 1) == ""
    assert pace.due(1000 + PAUSE - 1) == 1
    assert pace.take(1000 + PAUSE) == "two. three"
    assert pace.due(5000) == float("inf")
    assert pace.take(5000) == ""


def test_of_many_the_last_are_spoken() -> None:
    pace = Pace()
    for number in range(MOST + 4):
        pace.say(str(number))
    assert pace.take(0) == "4 more before. 4. 5. 6"


def test_what_waits_can_be_forgotten() -> None:
    pace = Pace()
    pace.say("one")
    pace.forget()
    assert pace.take(0) == ""


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=60))
def test_never_more_than_a_few_a_second(deeds: list[tuple[int, bool]]) -> None:
    pace, now, times = Pace(), 0, []
    for number, (passed, says) in enumerate(deeds):
        now += passed
        if says:
            pace.say(str(number))
        if pace.take(now):
            times.append(now)
    assert all(after - before >= PAUSE for before, after in pairwise(times))
