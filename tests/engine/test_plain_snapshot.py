"""A run that is written down and read again goes on as if nothing had been between."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine.machine import Machine
from editor.engine.plain_snapshot import from_plain, to_plain
from editor.engine.simulator import Simulator
from editor.engine.snapshot import Snapshot
from editor.errors import RunError
from tests.charts import chart
from tests.engine.build import EVENTS, random_chart

PARCEL = """\
initial: idle
context: {tries: 0}
states:
  idle: {on: {GO: way}}
  way:
    type: parallel
    entry: [{send: LATE, delay: 9s, id: bell, data: {n: 1}}]
    states:
      load:
        initial: one
        invoke: {src: fetch, input: {n: tries}, onDone: {actions: {assign: {tries: event.data}}}}
        states:
          one: {on: {NEXT: two}, after: {5s: two}}
          two: {after: {UNKNOWN: one}}
          last: {type: history}
      watch: {on: {LATE: {actions: {assign: {tries: tries + event.data.n}}}}}
    on: {STOP: stopped}
  stopped: {on: {BACK: way.load.last}}
"""


pytestmark = pytest.mark.usefixtures("short_limits")


@pytest.fixture
def machine() -> Machine:
    return Machine.from_chart(chart(PARCEL))


def parcel(machine: Machine) -> Simulator:
    simulator = Simulator(machine)
    simulator.start()
    for event in ("GO", "NEXT", "STOP", "BACK"):
        simulator.advance(1000)
        simulator.send(event)
    return simulator


def carried(machine: Machine, snapshot: Snapshot) -> Snapshot:
    return from_plain(machine, json.loads(json.dumps(to_plain(machine, snapshot), allow_nan=False)))


def do(simulator: Simulator, inputs: list[str | int]) -> list[Any]:
    for each in inputs:
        if isinstance(each, str):
            simulator.send(each)
        else:
            simulator.advance(each)
    return [(entry.title, entry.outcome) for entry in simulator.trace]


INPUTS = st.lists(st.sampled_from([*EVENTS, 5, 20]), max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 100_000), INPUTS, INPUTS)
def test_an_interrupted_run_goes_on_as_one_that_was_not(
    seed: int, before: list[str | int], after: list[str | int]
) -> None:
    made = random_chart(seed)
    simulator = Simulator(Machine.from_chart(made))
    simulator.start()
    do(simulator, before)
    elsewhere = Machine.from_chart(made)
    resumed = Simulator(elsewhere)
    resumed.resume(carried(elsewhere, simulator.snapshot))
    assert resumed.snapshot == simulator.snapshot
    count = len(simulator.trace)
    assert do(resumed, after)[1:] == do(simulator, after)[count:]


def test_what_is_written_is_told_in_names_and_what_is_left(machine: Machine) -> None:
    plain = to_plain(machine, parcel(machine).snapshot)
    assert plain["status"] == "running"
    assert plain["configuration"] == ["", "way", "way.load", "way.load.two", "way.watch"]
    assert plain["history"] == [{"state": "way.load", "was": ["way.load.two"]}]
    assert plain["services"] == [{"state": "way.load", "index": 0, "id": "way.load:0", "input": {"n": 0}}]
    timers = plain["timers"]
    assert isinstance(timers, list)
    rows = [row for row in timers if isinstance(row, dict)]
    assert [(row.get("event"), row.get("after"), row["left"]) for row in rows] == [
        ("LATE", None, 6000), ("LATE", None, 9000), (None, "UNKNOWN", None),
    ]  # fmt: skip


def test_times_go_on_with_what_is_left_of_them(machine: Machine) -> None:
    simulator = Simulator(machine)
    simulator.resume(carried(machine, parcel(machine).snapshot))
    simulator.advance(5999)
    assert simulator.snapshot.context["tries"] == 0
    simulator.advance(1)
    assert simulator.snapshot.context["tries"] == 1
    simulator.finish("fetch", 40)
    assert simulator.snapshot.context["tries"] == 40


def test_states_with_the_same_path_are_told_apart() -> None:
    text = "initial: a.b\nstates:\n  a: {initial: b, states: {b: {on: {GO: '#twin'}}}}\n  a.b: {id: twin}\n"
    machine = Machine.from_chart(chart(text))
    for place in (1, 2, 3):
        above = machine.parents[place]
        active = 1 | 1 << place | (1 << above if above > 0 else 0)
        if machine.real[place]:
            active |= 1 << machine.real[place][0]
        snapshot = Snapshot(active, is_started=True)
        assert carried(machine, snapshot).active == active


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": 2}, "version"),
        ({"status": "asleep"}, "status"),
        ({"clock": -1}, "clock"),
        ({"serial": None}, "serial"),
        ({"context": []}, "context"),
        ({"configuration": ["", "gone"]}, "gone"),
        ({"configuration": ["", "way"]}, "configuration"),
        ({"configuration": ["", "idle", "stopped"]}, "configuration"),
        ({"configuration": ["way.load.one"]}, "configuration"),
        ({"configuration": "idle"}, "configuration"),
        ({"timers": [1]}, "timers"),
        ({"timers": [{"left": "soon"}]}, "left"),
        ({"timers": [{"left": 1, "length": 1, "ago": 0, "serial": 1, "state": "idle", "after": "5s"}]}, "5s"),
        ({"services": [{"state": "idle", "index": 0}]}, "invocation"),
        ({"history": [{"state": "way.load", "was": ["gone"]}]}, "gone"),
    ],
)
def test_what_is_no_run_of_the_machine_is_refused_in_words(
    machine: Machine, change: dict[str, Any], told: str
) -> None:
    plain = to_plain(machine, parcel(machine).snapshot) | change
    with pytest.raises(RunError, match=told):
        from_plain(machine, plain)


@pytest.mark.parametrize("data", [None, [], "run", {}, 5])
def test_what_is_no_saved_run_is_refused(machine: Machine, data: Any) -> None:
    with pytest.raises(RunError, match="saved run"):
        from_plain(machine, data)
