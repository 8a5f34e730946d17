from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.document import lensing
from tests.canvas.samples import shop
from tests.charts import chart, id_of

PAIR = """\
id: m
initial: a
states:
  a:
    on: {GO: b, "GO.ON": c}
  b:
    on: {GO: a}
    after: {5s: c}
  c:
    initial: d
    states:
      d: {on: {GO: [{target: e, guard: x}, {actions: note}]}}
      e: {}
"""


def test_the_transitions_of_an_event_are_those_that_wait_for_it_by_its_name() -> None:
    made = chart(PAIR)
    sources = [made.states[made.transitions[id].source].key for id in lensing.taken_by(made, "GO")]
    assert sorted(sources) == ["a", "b", "d", "d"]
    assert lensing.taken_by(made, "NEVER") == []


def test_only_a_transition_that_waits_for_an_event_has_one() -> None:
    made = chart(PAIR)
    events = {lensing.event_of(made, id) for id in made.transitions}
    assert events == {"GO", "GO.ON", ""}
    assert lensing.event_of(made, id_of(made, "a")) == ""
    assert lensing.event_of(made, "note:1") == ""


def test_to_a_state_belong_its_transitions_and_their_other_ends() -> None:
    made = chart(PAIR)
    found = lensing.related(made, [id_of(made, "a")])
    states = {made.states[id].key for id in found if id in made.states and id != made.root_id}
    assert states == {"a", "b", "c"}


def test_to_a_composite_belongs_what_lies_in_it() -> None:
    made = chart(PAIR)
    found = lensing.related(made, [id_of(made, "c")])
    assert {id_of(made, "c.d"), id_of(made, "c.e")} <= found


def test_to_a_transition_belong_its_ends_alone() -> None:
    chart_, _ = shop()
    assert lensing.related(chart_, ["ab"]) == {"ab", "a", "b"}
    assert lensing.related(chart_, ["note:1"]) == {"note:1"}
    assert lensing.related(chart_, []) == set()


@given(st.sets(st.sampled_from(["work", "a", "b", "h", "both", "l1", "end", "ab", "be", "wb", "in"])))
def test_what_is_chosen_belongs_to_itself_and_lines_never_lose_an_end(ids: set[str]) -> None:
    made, _ = shop()
    found = lensing.related(made, ids)
    assert ids <= found
    for id in found & set(made.transitions):
        assert {made.transitions[id].source, *made.transitions[id].targets} <= found
