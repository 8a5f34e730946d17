"""Three rooms look states up by path or id, each in tables of its own: they mean the same by every text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine.machine import Machine
from editor.formats.native_names import Names
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import ROOT, State, is_unresolved

KEYS = st.sampled_from(["a", "b", "a.b", "b.a", "#a", "a.b.a", "#", "."])
IDS = st.one_of(st.none(), st.sampled_from(["a", "a.b", "b", "#a", "x", "x.a"]))


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """States with keys and ids that are easily taken for one another; no twins beside each other."""
    states = [State(id=ROOT, parent=None, key="machine", declared_id=draw(IDS))]
    taken: set[tuple[str, str]] = set()
    for number in range(draw(st.integers(1, 9))):
        parent = draw(st.sampled_from(states)).id
        key = draw(KEYS)
        if (parent, key) not in taken:
            taken.add((parent, key))
            states.append(State(id=f"s{number}", parent=parent, key=key, order=number, declared_id=draw(IDS)))
    return Chart.of(states)


TEXTS = st.lists(st.sampled_from(["a", "b", "x", ".", "#"]), max_size=7).map("".join)


@settings(max_examples=1_500, deadline=None)
@given(charts(), TEXTS)
def test_a_path_names_the_same_state_everywhere(chart: Chart, text: str) -> None:
    found = queries.find_named(chart, text)
    reference = Names(chart).inside(text)
    assert (None if is_unresolved(reference) else reference) == found
    machine = Machine(chart)
    place = machine.find(text)
    assert (None if place < 0 else machine.states[place].id) == found


@settings(max_examples=300, deadline=None)
@given(charts())
def test_the_path_of_a_state_names_it_or_one_with_the_same_path(chart: Chart) -> None:
    for id in chart.states:
        if id != chart.root_id:
            path = queries.dotted_path(chart, id)
            found = queries.find_path(chart, path)
            assert found is not None
            assert queries.dotted_path(chart, found) == path


def test_of_two_states_with_one_id_the_first_in_the_document_is_meant_however_they_came_to_stand_there() -> (
    None
):
    first = State(id="s2", parent="s1", key="b", declared_id="x")
    states = [
        State(id=ROOT, parent=None, key="machine"),
        State(id="s1", parent=ROOT, key="a", order=0),
        State(id="s3", parent=ROOT, key="c", order=1, declared_id="x"),
        first,
    ]
    chart = Chart.of(states)
    assert queries.find_named(chart, "#x") == first.id
    assert Names(chart).inside("#x") == first.id
