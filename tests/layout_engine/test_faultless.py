"""Kinds of charts that engines of layouts know little about: what a reader sees of them has no faults."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.layout.frame import Frame
from editor.layout.routing import route
from editor.layout_engine.options import Options, Rung
from editor.layout_engine.rungs import Warm, propose
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.charts import chart
from tests.layout.charts import MEASURE
from tests.layout.faults import Faults, faults

SHARED = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EVENTS = ("OK", "APPROVED", "CANCELLED_BY_CUSTOMER", "TIMED_OUT_AT_THE_BANK")


def seen(warm: Warm, made: Chart) -> Faults:
    """What is wrong with the proposal for a chart as the canvas draws it."""
    proposal = propose(made, Diagram(), Options(), warm, MEASURE)
    assert proposal.rung is Rung.LEVELS
    return faults(Frame(made, proposal.diagram, MEASURE), route(made, proposal.diagram, None, MEASURE))


def with_ends(seed: int) -> Chart:
    """An order that ends in final states which do much as they are entered, from in and around a composite."""
    rng = random.Random(seed)
    ends = [f"end{number}" for number in range(rng.randint(1, 3))]

    def ways(count: int, beyond: str = "") -> str:
        events = rng.sample(EVENTS, count)
        return ", ".join(f"{event}: {{target: '{beyond}{rng.choice(ends)}'}}" for event in events)

    lines = ["initial: new", "states:", f"  new: {{on: {{GO: work, {ways(1)}}}}}", "  work:"]
    lines += ["    initial: s0", f"    on: {{{ways(rng.randint(0, 1))}}}", "    states:"]
    count = rng.randint(2, 4)
    for number in range(count):
        on = f"NEXT: s{(number + 1) % count}, {ways(rng.randint(0, 2), '#')}"
        lines.append(f"      s{number}: {{on: {{{on}}}}}")
    for end in ends:
        done = ", ".join(rng.sample(["sendTheBill", "sayGoodbye", "tellEverybodyElse"], rng.randint(1, 3)))
        lines.append(f"  {end}: {{id: {end}, type: final, entry: [{done}]}}")
    return chart("\n".join(lines) + "\n")


@SHARED
@given(seed=st.integers(0, 10_000))
def test_what_final_states_do_is_readable(warm: Warm, seed: int) -> None:
    found = seen(warm, with_ends(seed))
    assert (found.through, found.pill_on_state, found.pill_on_border) == (0, 0, 0)


def with_lines_between_regions(seed: int) -> Chart:
    """A device of parts that run at once, some empty, with lines between them, to themselves, and from and to it."""
    rng = random.Random(seed)
    parts = [f"part{number}" for number in range(rng.randint(2, 4))]
    lines = ["initial: off", "states:", "  off: {on: {ON: device}}"]
    lines += ["  device:", "    id: device", "    type: parallel"]
    if rng.random() < 0.4:
        lines.append("    entry: switchOnTheLight")
    if rng.random() < 0.4:
        lines.append(f"    on: {{RESET: '#{rng.choice(parts)}', OFF: off}}")
    lines.append("    states:")
    for part in parts:
        goals = [f"'#{each}'" for each in rng.choices([*parts, "device"], k=rng.randint(0, 2))]
        on = ", ".join(
            f"{event}: {goal}" for event, goal in zip(rng.sample(EVENTS, len(goals)), goals, strict=True)
        )
        inside = "" if rng.random() < 0.5 else ", initial: on, states: {on: {on: {PAUSE: pause}}, pause: {}}"
        lines.append(f"      {part}: {{id: {part}, on: {{{on}}}{inside}}}")
    return chart("\n".join(lines) + "\n")


@SHARED
@given(seed=st.integers(0, 10_000))
def test_lines_between_regions_are_readable(warm: Warm, seed: int) -> None:
    found = seen(warm, with_lines_between_regions(seed))
    assert (found.through, found.pill_on_state, found.pill_on_border, found.pill_on_pill) == (0, 0, 0, 0)


def with_forks(seed: int) -> Chart:
    """A device that begins deep in several of its regions at once."""
    rng = random.Random(seed)
    parts = [f"part{number}" for number in range(rng.randint(2, 3))]
    names = {part: [f"{part}{letter}" for letter in "abc"[: rng.randint(2, 3)]] for part in parts}

    def goals() -> str:
        chosen = rng.sample(parts, rng.randint(2, len(parts)))
        return ", ".join(f"'#{rng.choice(names[part])}'" for part in sorted(chosen))

    lines = [f"initial: [{goals()}]" if rng.random() < 0.5 else "initial: off", "states:"]
    lines.append("  off: {on: {ON: device}}")
    lines += ["  device:", f"    initial: [{goals()}]", "    on: {SWITCH: off}", "    states:"]
    lines += ["      works:", "        type: parallel", "        states:"]
    for part, inside in names.items():
        lines += [f"          {part}:", f"            initial: {inside[0]}", "            states:"]
        for number, name in enumerate(inside):
            on = f"NEXT: {inside[(number + 1) % len(inside)]}"
            if rng.random() < 0.4:
                on += f", {rng.choice(EVENTS)}: {rng.choice(inside)}"
            lines.append(f"              {name}: {{id: {name}, on: {{{on}}}}}")
    return chart("\n".join(lines) + "\n")


@SHARED
@given(seed=st.integers(0, 10_000))
def test_arrows_that_begin_in_several_states_are_readable(warm: Warm, seed: int) -> None:
    made = with_forks(seed)
    diagram = propose(made, Diagram(), Options(), warm, MEASURE).diagram
    routes, frame = route(made, diagram, None, MEASURE), Frame(made, diagram, MEASURE)
    for each in made.transitions.values():
        assert len(routes[each.id].paths) == len(each.targets)
    found = faults(frame, routes)
    assert (found.through, found.pill_on_state, found.pill_on_border, found.pill_on_pill) == (0, 0, 0, 0)
