"""Runs without a trace: many of one machine, each for itself."""

from __future__ import annotations

import pytest

from editor.engine.ask import Answers
from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.errors import StepLimitError
from tests.charts import chart

COUNTER = """
initial: a
context: {n: 0}
states:
  a: {on: {ADD: {actions: {assign: {n: n + 1}}}, GO: b, KEEP: {actions: {assign: {kept: context}}}}}
  b: {after: {1s: a}, on: {LOOP: c}}
  c: {always: d}
  d: {always: c}
"""


def started() -> Runner:
    runner = Runner(MACHINE)
    runner.start()
    return runner


MACHINE = Machine.from_chart(chart(COUNTER))


def test_runs_that_began_alike_do_not_see_each_other() -> None:
    first, second = started(), started()
    first.run(["ADD", "ADD", "GO"])
    second.run(["ADD"])
    assert (first.leaves, first.context) == (("b",), {"n": 2})
    assert (second.leaves, second.context) == (("a",), {"n": 1})
    first.advance(1_000)
    assert (first.leaves, first.snapshot.clock, second.snapshot.clock) == (("a",), 1_000, 0)
    assert started().context == {"n": 0}


def test_what_was_told_of_a_run_stays_as_it_was() -> None:
    runner = started()
    runner.run(["ADD"])
    before = runner.context
    runner.run(["ADD", "ADD"])
    assert (before, runner.context) == ({"n": 1}, {"n": 3})


def test_data_that_hold_the_data_before_are_not_changed_with_them() -> None:
    runner = started()
    runner.run(["ADD", "KEEP", "ADD"])
    assert runner.context == {"n": 2, "kept": {"n": 1}}


def test_a_run_that_does_not_come_to_rest_stops_and_others_go_on() -> None:
    first, second = started(), started()
    first.run(["GO"])
    with pytest.raises(StepLimitError):
        first.run(["LOOP"])
    assert (first.snapshot.is_stopped, first.snapshot.timers) == (True, ())
    first.run(["GO"])  # it does nothing any more
    first.send("GO", 1)
    first.advance(10)
    assert (first.leaves, first.snapshot.clock) == (("b",), 0)
    second.run(["GO"])
    assert second.leaves == ("b",)
    first.start()
    first.run(["GO"])
    assert first.leaves == ("b",)


def test_a_run_with_answers_begins_with_them() -> None:
    machine = Machine.from_chart(
        chart("initial: a\nstates:\n  a: {always: {target: b, guard: ready}}\n  b: {}\n")
    )
    without, told = Runner(machine), Runner(machine, Answers({"ready": True}))
    without.start()
    told.start()
    assert (without.leaves, told.leaves) == (("a",), ("b",))
