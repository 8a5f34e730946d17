"""The algebra of changes: inverse takes back, net folds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.model.changes import BoxChange, Changes, StateChange, TransitionChange, inverse, net
from editor.model.chart import Chart
from editor.model.diagram import Box
from editor.model.elements import State, Transition


def state(id: str, key: str) -> State:
    return State(id=id, parent="root", key=key)


def walked(steps: list[tuple[str, str | None]]) -> Changes:
    """Changes that follow each other, as edits make them."""
    now: dict[str, State | None] = {}
    found = []
    for id, key in steps:
        new = None if key is None else state(id, key)
        found.append(StateChange(id, now.get(id), new))
        now[id] = new
    return tuple(found)


STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.sampled_from("xyz")), max_size=12)


@given(STEPS)
def test_net_does_the_same_as_all_of_them(steps: list[tuple[str, str | None]]) -> None:
    changes = walked(steps)
    one, other = Chart(), Chart()
    for change in changes:
        one.apply([change])
    other.apply(net(changes))
    assert dict(one.states) == dict(other.states)
    assert len({each.id for each in net(changes)}) == len(net(changes))


@given(STEPS)
def test_the_inverse_takes_everything_back(steps: list[tuple[str, str | None]]) -> None:
    changes = net(walked(steps))
    chart = Chart()
    before = dict(chart.states)
    chart.apply(changes)
    chart.apply(inverse(changes))
    assert dict(chart.states) == before
    assert inverse(inverse(changes)) == changes


def test_what_ends_where_it_began_is_nothing() -> None:
    assert net(walked([("a", "x"), ("a", "y"), ("a", None)])) == ()


def test_records_of_different_tables_are_kept_apart() -> None:
    box = Box(id="a", x=0, y=0, width=8, height=8)
    changes: Changes = (StateChange("a", None, state("a", "x")), BoxChange("a", None, box))
    assert net(changes) == changes


def test_places_mean_nothing_and_states_and_transitions_do() -> None:
    assert StateChange("a", None, state("a", "x")).is_semantic
    assert TransitionChange("t", None, Transition(id="t", source="root")).is_semantic
    assert not BoxChange("a", None, None).is_semantic
