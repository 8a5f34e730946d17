"""Runs that write down what happens: the same as a simulator tells, in less room."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine.machine import Machine
from editor.engine.recorder import Recorder
from editor.engine.simulator import Simulator
from editor.errors import StepLimitError
from tests.charts import chart
from tests.engine import machines
from tests.engine.build import EVENTS, random_chart

pytestmark = pytest.mark.usefixtures("short_limits")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 100_000), st.lists(st.sampled_from([*EVENTS, 5, 20]), max_size=8))
def test_a_recorder_tells_what_a_simulator_tells(seed: int, inputs: list[str | int]) -> None:
    machine = Machine.from_chart(random_chart(seed))
    recorder, simulator = Recorder(machine), Simulator(machine)
    simulator.start()
    try:
        recorder.start()
        for each in inputs:
            if simulator.snapshot.is_done:
                break
            if isinstance(each, str):
                simulator.send(each)
                recorder.run([each])
            else:
                simulator.advance(each)
                recorder.advance(each)
    except StepLimitError:
        assert simulator.snapshot.is_stopped
        return
    assert [entry.outcome[1:] for entry in simulator.trace] == [told[1:] for told in recorder.trace]
    assert recorder.snapshot == simulator.snapshot


def test_entries_say_what_came_in() -> None:
    machine = Machine.from_chart(
        chart("initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {after: {1s: a}, on: {GO: {actions: act}}}\n")
    )
    recorder = Recorder(machine)
    recorder.start()
    recorder.run(["GO", "GO", "NO"])
    recorder.send("GO", 1)
    recorder.advance(1_000)
    assert [each.event for each in recorder.trace] == ["start", "GO", "GO", "NO", "GO", "advance"]
    assert [each.actions for each in recorder.trace] == [(), (), ("act",), (), ("act",), ()]
    assert recorder.trace[3].unhandled == ("NO",)
    recorder.start()
    assert [each.event for each in recorder.trace] == ["start"]


def test_what_only_moves_is_told_in_one_entry_for_all_times() -> None:
    recorder = Recorder(
        Machine.from_chart(chart("initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {on: {GO: a}}\n"))
    )
    recorder.start()
    recorder.run(["GO"] * 1_000)
    assert len(recorder.trace) == 1_001
    assert len({id(each) for each in recorder.trace}) == 3


def test_machines_in_sessions_are_told_of_event_by_event() -> None:
    text = '<state id="a"><transition event="go" target="b"><log label="went"/></transition></state><state id="b"/>'
    recorder = Recorder(machines.machine(text, model="null"))
    recorder.start()
    recorder.run(["no", "go"])
    assert [(each.event, each.logs) for each in recorder.trace] == [
        ("start", ()),
        ("no", ()),
        ("go", ("went",)),
    ]


def test_what_machines_inside_do_is_told_once() -> None:
    inner = (
        '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="null"><state id="x">'
        '<transition event="go"><log label="heard"/></transition></state></scxml>'
    )
    text = (
        f'<state id="a"><invoke id="c" autoforward="true"><content>{inner}</content></invoke>'
        '<transition event="go"/></state>'
    )
    machine = machines.machine(text, model="null")
    recorder, simulator = Recorder(machine), Simulator(machine)
    recorder.start()
    simulator.start()
    recorder.run(["go", "no", "go"])
    for name in ("go", "no", "go"):
        simulator.send(name)
    assert [each.logs for each in recorder.trace] == [entry.outcome.logs for entry in simulator.trace]
    assert [each.logs for each in recorder.trace] == [(), ("c: heard",), (), ("c: heard",)]
