"""Whatever the chart and the events: legal configurations, the same result each time, a past to visit."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.engine import kept, play, reply
from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from editor.engine.snapshot import Snapshot
from editor.errors import StepLimitError
from editor.formats import scenario
from tests.engine.build import EVENTS, random_chart

pytestmark = pytest.mark.usefixtures("short_limits")


SEEDS = st.integers(0, 100_000)
INPUTS = st.lists(st.sampled_from([*EVENTS, 5, 20]), min_size=1, max_size=8)


def _run(machine: Machine, inputs: list[str | int], *, asks: bool = False) -> Simulator:
    simulator = Simulator(machine, asks=asks)
    simulator.start()
    for number, each in enumerate(inputs):
        if isinstance(each, str):
            simulator.send(each)
        else:
            simulator.advance(each)
        while simulator.question is not None:
            simulator.answer_guard("unknown", number % 2 == 0)
    return simulator


def _is_legal(machine: Machine, active: int) -> bool:
    """The root, one child of each active compound state, all regions of each active parallel one, no history."""
    places = machine.bits(active)
    for place in places:
        count = sum(active >> child & 1 for child in machine.real[place])
        wanted = len(machine.real[place]) if machine.is_parallel[place] else min(1, len(machine.real[place]))
        parent = machine.parents[place]
        if count != wanted or machine.is_history[place] or (parent >= 0 and not active >> parent & 1):
            return False
    return places[0] == 0


@settings(max_examples=1000, deadline=None)
@given(SEEDS, INPUTS)
def test_every_configuration_is_legal(seed: int, inputs: list[str | int]) -> None:
    machine = Machine.from_chart(random_chart(seed))
    for entry in _run(machine, inputs).trace:
        if not entry.outcome.snapshot.is_stopped or entry.outcome.snapshot.active:
            assert _is_legal(machine, entry.outcome.snapshot.active)


@settings(max_examples=100, deadline=None)
@given(SEEDS, INPUTS)
def test_entries_and_exits_account_for_each_configuration(seed: int, inputs: list[str | int]) -> None:
    simulator = _run(Machine.from_chart(random_chart(seed)), inputs)
    active: set[str] = set()
    for entry in simulator.trace:
        for each in entry.outcome.microsteps:
            assert set(each.exited) <= active
            active -= set(each.exited)
            assert not set(each.entered) & active
            active |= set(each.entered)
        if entry.outcome.snapshot.is_stopped:
            break
        assert active == set(simulator.machine.ids(entry.outcome.snapshot.active))


@settings(max_examples=100, deadline=None)
@given(SEEDS, INPUTS)
def test_the_same_inputs_give_the_same_run_on_a_machine_compiled_anew(
    seed: int, inputs: list[str | int]
) -> None:
    made = random_chart(seed)
    first, second = _run(Machine.from_chart(made), inputs), _run(Machine.from_chart(made), inputs)
    assert first.trace == second.trace


@settings(max_examples=100, deadline=None)
@given(SEEDS, INPUTS, st.integers(0, 12))
def test_going_back_and_doing_the_same_again_leads_to_the_same_end(
    seed: int, inputs: list[str | int], steps: int
) -> None:
    simulator = _run(Machine.from_chart(random_chart(seed)), inputs)
    before = list(simulator.trace)
    place = max(len(before) - 1 - steps, 0)
    simulator.go_to(place)
    assert simulator.snapshot == before[place].outcome.snapshot
    for entry in before[place + 1 :]:
        assert entry.deed is not None
        simulator.do(entry.deed)
    if not before[place].outcome.snapshot.is_stopped:
        assert simulator.snapshot == before[-1].outcome.snapshot


@settings(max_examples=100, deadline=None)
@given(SEEDS, INPUTS)
def test_a_recorded_run_with_answers_replays_to_the_same_end(seed: int, inputs: list[str | int]) -> None:
    machine = Machine.from_chart(random_chart(seed))
    simulator = _run(machine, inputs, asks=True)
    written = scenario.read(scenario.write(simulator.recorded()), name="run.scenario.yaml")
    again = Simulator(machine)
    play.replay(again, written)
    assert again.snapshot == simulator.snapshot


def _runs(machine: Machine, inputs: list[str | int]) -> Snapshot | None:
    """The end of a run without trace, events that follow one another taken at once; None where it does not rest."""
    runner = Runner(machine)
    try:
        runner.start()
        for is_event, group in itertools.groupby(inputs, lambda each: isinstance(each, str)):
            if is_event:
                runner.run([str(each) for each in group])
            else:
                for each in group:
                    runner.advance(int(each))
    except StepLimitError:
        return None
    return runner.snapshot


def _ends(simulator: Simulator) -> Snapshot | None:
    return None if simulator.snapshot.is_stopped else simulator.snapshot


@settings(max_examples=500, deadline=None)
@given(SEEDS, INPUTS)
def test_the_fast_runner_does_what_the_simulator_does(seed: int, inputs: list[str | int]) -> None:
    machine = Machine.from_chart(random_chart(seed))
    assert _runs(machine, inputs) == _ends(_run(machine, inputs))


@settings(max_examples=200, deadline=None)
@given(SEEDS, INPUTS, INPUTS)
def test_a_machine_that_has_run_before_does_the_same_as_a_new_one(
    seed: int, inputs: list[str | int], before: list[str | int]
) -> None:
    made = random_chart(seed)
    used, new = Machine.from_chart(made), Machine.from_chart(made)
    _runs(used, before)
    _run(used, before, asks=True)
    assert _run(used, inputs).trace == _run(new, inputs).trace


@settings(max_examples=200, deadline=None)
@given(SEEDS, INPUTS, st.integers(1, 4))
def test_a_machine_that_keeps_hardly_anything_does_the_same(
    seed: int, inputs: list[str | int], most: int
) -> None:
    made = random_chart(seed)
    expected = _run(Machine.from_chart(made), inputs)
    with pytest.MonkeyPatch.context() as patch:
        for module in (kept, reply):
            patch.setattr(module, "MOST_KEPT", most)
        machine = Machine.from_chart(made)
        assert _run(machine, inputs).trace == expected.trace
        assert _runs(machine, inputs) == _ends(expected)


@settings(max_examples=200, deadline=None)
@given(SEEDS, INPUTS)
def test_it_does_not_matter_in_how_many_parts_time_goes_by(seed: int, inputs: list[str | int]) -> None:
    machine = Machine.from_chart(random_chart(seed))
    pieces: list[str | int] = []
    for each in inputs:
        pieces += [each] if isinstance(each, str) else [1] * each
    whole, split = _run(machine, inputs), _run(machine, pieces)
    # how many delays may run out is counted for each step; a run that stops there is no run to compare
    assume(not whole.snapshot.is_stopped and not split.snapshot.is_stopped)
    assert split.snapshot == whole.snapshot
    # notices are left out: each step tells once what it finds
    for part in ("microsteps", "actions", "failures", "logs", "sent", "unhandled"):
        one, other = (
            [each for entry in run.trace for each in getattr(entry.outcome, part)] for run in (whole, split)
        )
        assert other == one, part


@settings(max_examples=100, deadline=None)
@given(SEEDS, INPUTS)
def test_what_is_offered_is_what_would_be_taken(seed: int, inputs: list[str | int]) -> None:
    simulator = _run(Machine.from_chart(random_chart(seed)), inputs)
    offers = {offer.event: offer for offer in simulator.enabled}
    place = simulator.cursor
    for event in EVENTS:
        simulator.go_to(place)
        simulator.send(event)
        steps = simulator.trace[simulator.cursor].outcome.microsteps
        taken = {id for each in steps if each.event == event for id in each.transitions}
        if event in offers and offers[event].verdict and not simulator.snapshot.is_stopped:
            assert taken & set(offers[event].transitions)
        simulator.go_to(place)
