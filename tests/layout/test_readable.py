"""What is drawn of transitions reads well: off states, off each other's labels, and steady while a chart is edited."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.layout.frame import Frame
from editor.layout.memory import Memory
from editor.layout.paths import along
from editor.layout.routing import route
from editor.model.changes import StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label
from editor.model.elements import State, Transition, Trigger
from tests.layout.charts import MEASURE, placed, random_chart
from tests.layout.faults import faults, hidden_lines, passed_states
from tests.layout.samples import Place, drawn, field, looped, many_ways, wide

ROOM = 64.0


def apart(seed: int, states: int, transitions: int) -> tuple[Chart, Diagram]:
    """A flat chart whose states have room around them, of any size, in a loose grid."""
    rng = random.Random(seed)
    lines, places = [], {}
    for number in range(states):
        targets = [rng.randrange(states) for _ in range(transitions // states + rng.randrange(2))]
        events = ", ".join(f"E{each}: s{target}" for each, target in enumerate(targets))
        lines.append(f"s{number}: {{on: {{{events}}}}}")
        width, height = rng.choice([96.0, 200.0, 320.0]), rng.choice([40.0, 96.0])
        places[f"s{number}"] = (
            80 + number % 4 * (320 + 2 * ROOM) + rng.randrange(5) * 8,
            80 + number // 4 * (96 + 2 * ROOM) + rng.randrange(5) * 8,
            width,
            height,
        )
    return drawn(f"{{initial: s0, states: {{{', '.join(lines)}}}}}", places)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 14), st.integers(1, 30))
def test_with_room_around_no_path_runs_through_a_state(seed: int, states: int, transitions: int) -> None:
    made, diagram = apart(seed, states, transitions)
    assert passed_states(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE)) == []


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 10))
def test_with_room_around_labels_lie_on_no_state_and_no_label(seed: int, states: int) -> None:
    made, diagram = apart(seed, states, states)
    found = faults(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE))
    assert (found.pill_on_state, found.pill_on_pill) == (0, 0)


def test_paths_go_around_composites_as_wide_as_the_screen() -> None:
    made, diagram = wide()
    assert passed_states(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE)) == []


def test_a_path_to_a_ring_goes_around_what_stands_between() -> None:
    made, diagram = drawn(
        "{initial: a, states: {a: {on: {END: z}}, m: {initial: x, states: {x: {}}}, z: {type: final}}}",
        {"a": (40, 400, 120, 64), "m": (400, 40, 300, 800), "m.x": (40, 60, 96, 40), "z": (900, 410, 64, 52)},
    )
    assert passed_states(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE)) == []


def test_a_path_by_rule_of_thumb_goes_beside_the_state_between() -> None:
    places: dict[str, Place] = {f"s{number}": (80 + 240 * number, 200, 120, 56) for number in range(4)}
    made, diagram = drawn("{initial: s0, states: {s0: {on: {FAR: s3}}, s1: {}, s2: {}, s3: {}}}", places)
    routes = route(made, diagram, None, MEASURE, quick=True)
    assert passed_states(Frame(made, diagram, MEASURE), routes) == []


def test_no_label_covers_the_line_beside_it_where_lines_can_lie_apart() -> None:
    made, diagram = drawn(
        "{initial: a, states: {a: {on: {PRESS: {target: b, guard: isReady}}}, b: {on: {RELEASE: {target: a,"
        " actions: connect}, ESCAPE: {target: a, actions: giveBack}}}}}",
        {"a": (80, 40, 480, 88), "b": (80, 400, 400, 88)},
    )
    found = faults(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE))
    assert (found.pill_on_line, found.pill_on_pill, found.crossings) == (0, 0, 0)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_up_to_four_loops_hide_neither_each_other_nor_their_labels(count: int) -> None:
    made, diagram = looped(count)
    routes = route(made, diagram, None, MEASURE)
    found = faults(Frame(made, diagram, MEASURE), routes)
    assert (found.pill_on_pill, found.pill_on_state) == (0, 0)
    loops = {each.id for each in made.transitions.values() if each.targets == (each.source,)}
    assert not [pair for pair in hidden_lines(routes) if loops.issuperset(pair)]


@pytest.mark.parametrize("count", [3, 5, 7])
def test_many_transitions_between_two_states_neither_cross_nor_hide_each_other(count: int) -> None:
    made, diagram = many_ways(count)
    found = faults(Frame(made, diagram, MEASURE), route(made, diagram, None, MEASURE))
    assert (found.crossings, found.overlaps, found.pill_on_pill, found.pill_on_line) == (0, 0, 0, 0)


def edited(made: Chart, diagram: Diagram, rng: random.Random) -> None:
    """Move or resize a state, bend a transition or place its label, or take that back."""
    box = diagram.boxes[rng.choice(sorted(diagram.boxes))]
    kind = rng.randrange(4)
    if kind < 2:
        diagram.put_box(
            box.id, replace(box, x=box.x + rng.choice([-24, 8, 64]), y=box.y + rng.choice([-8, 40]))
        )
    elif kind == 2:
        diagram.put_box(box.id, replace(box, width=box.width + rng.choice([-8, 48])))
    else:
        id = rng.choice(sorted(made.transitions))
        if id in diagram.bends:
            diagram.put_bends(id, None)
        else:
            label = Label(along=rng.random(), dx=rng.choice([0.0, 12.0]), dy=0.0)
            diagram.put_bends(id, Bends(id=id, points=(), label=label))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 12), st.integers(1, 24), st.integers(1, 5))
def test_what_is_remembered_changes_nothing(seed: int, states: int, transitions: int, edits: int) -> None:
    made = random_chart(seed, states, transitions)
    diagram, memory, rng = placed(made), Memory(), random.Random(seed)
    for _ in range(edits):
        assert route(made, diagram, None, MEASURE, memory=memory) == route(made, diagram, None, MEASURE)
        edited(made, diagram, rng)
    assert route(made, diagram, None, MEASURE, memory=memory) == route(made, diagram, None, MEASURE)


def test_what_is_remembered_is_that_of_the_chart_that_is_drawn() -> None:
    memory = Memory()
    for made, diagram in (field(4, 3, seed=1), field(3, 5, seed=2), wide(), field(4, 3, seed=1)):
        assert route(made, diagram, None, MEASURE, memory=memory) == route(made, diagram, None, MEASURE)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 8), st.integers(1, 16))
def test_a_path_stays_when_something_far_from_it_is_edited(seed: int, states: int, transitions: int) -> None:
    made = random_chart(seed, states, transitions)
    far, away = State(id="far", parent="root", key="far"), State(id="away", parent="root", key="away")
    over = Transition(id="over", source="far", targets=("away",), trigger=Trigger(text="GO"))
    made.apply(
        (StateChange("far", None, far), StateChange("away", None, away), TransitionChange("over", None, over))
    )
    diagram = placed(made)
    diagram.put_box("far", Box(id="far", x=20_000, y=40, width=96, height=40))
    diagram.put_box("away", Box(id="away", x=20_400, y=40, width=96, height=40))
    before = route(made, diagram, None, MEASURE)
    diagram.put_box("away", Box(id="away", x=20_100, y=340, width=196, height=40))
    after = route(made, diagram, None, MEASURE)
    assert before.pop("over") != after.pop("over")
    assert before == after


def test_a_label_placed_by_hand_follows_the_path_that_is_drawn() -> None:
    made, diagram = many_ways(3)
    id = next(each.id for each in made.transitions.values() if each.trigger.text == "EVENT_1")
    diagram.put_bends(id, Bends(id=id, points=(), label=Label(along=0.25, dx=0.0, dy=0.0)))
    found = route(made, diagram, None, MEASURE)[id]
    assert found.label.center == along(found.paths[0], 0.25)
