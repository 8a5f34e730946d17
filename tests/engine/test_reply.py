"""The tables that a machine makes as it runs: bounded, and never in the way of what happens."""

from __future__ import annotations

import pytest

from editor.engine import kept, reply
from editor.engine.kept import Kept
from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from tests.charts import chart


def toggles(count: int) -> Machine:
    regions = "".join(
        f"  r{each}: {{initial: a, states: {{a: {{on: {{T{each}: b}}}}, b: {{on: {{T{each}: a}}}}}}}}\n"
        for each in range(count)
    )
    return Machine.from_chart(chart(f"type: parallel\nstates:\n{regions}"))


def _entries(machine: Machine) -> int:
    return len(machine.rows) + sum(map(len, machine.rows.values()))


def test_what_is_missing_is_made_once() -> None:
    made: list[int] = []
    doubles: Kept[int, int] = Kept(lambda key: made.append(key) or 2 * key)  # type: ignore[func-returns-value]
    assert [doubles[3], doubles[4], doubles[3]] == [6, 8, 6]
    assert made == [3, 4]


def test_a_full_one_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 3)
    doubles: Kept[int, int] = Kept(lambda key: 2 * key)
    for key in range(10):
        assert doubles[key] == 2 * key
        assert len(doubles) <= 3


def test_a_machine_with_many_configurations_does_not_grow_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (kept, reply):
        monkeypatch.setattr(module, "MOST_KEPT", 40)
    machine = toggles(8)
    runner, simulator = Runner(machine), Simulator(machine, keep_trace=False)
    runner.start()
    simulator.start()
    for number in range(1, 600):  # a Gray code goes through all 256 configurations
        event = f"T{min((number & -number).bit_length() - 1, 7)}"
        runner.run([event])
        simulator.send(event)
        assert _entries(machine) <= 40
        assert len(machine.plans) <= 40
        assert runner.leaves == simulator.leaves


def test_events_that_nobody_knows_do_not_make_it_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (kept, reply):
        monkeypatch.setattr(module, "MOST_KEPT", 40)
    machine = toggles(1)
    runner = Runner(machine)
    runner.start()
    row = machine.rows[runner.snapshot.active]
    runner.run([f"X{number}" for number in range(500)])
    assert len(row) <= 40
    runner.run(["T0"])
    assert _entries(machine) <= 40
    assert len(machine.responding) <= 40
    assert runner.leaves == ("r0.b",)


def test_a_history_that_is_entered_again_finds_what_was_left_last() -> None:
    machine = Machine.from_chart(
        chart(
            """
            initial: on
            states:
              on:
                initial: a
                on: {OUT: off}
                states: {a: {on: {NEXT: b}}, b: {on: {NEXT: c}}, c: {on: {NEXT: a}}, h: {type: history}}
              off: {on: {BACK: on.h}}
            """
        )
    )
    runner = Runner(machine)
    runner.start()
    for leaf in ["b", "c", "a"] * 2:
        runner.run(["NEXT", "OUT", "BACK"])
        assert runner.leaves == (f"on.{leaf}",)


def test_two_runs_of_one_machine_do_not_see_each_other() -> None:
    machine = Machine.from_chart(
        chart(
            "initial: a\ncontext: {n: 0}\nstates:\n  a: {on: {GO: {target: b, actions: {assign: {n: n + 1}}}}}\n"
            "  b: {on: {GO: {target: a, guard: n < 2}}, after: {1s: a}}\n"
        )
    )
    first, second = Simulator(machine), Simulator(machine)
    first.start()
    second.start()
    first.send("GO")
    assert (second.leaves, second.snapshot.context, second.timers) == (("a",), {"n": 0}, [])
    second.send("GO")
    first.advance(1_000)
    first.send("GO")
    first.send("GO")
    assert (first.leaves, first.snapshot.context) == (("b",), {"n": 2})
    assert (second.leaves, second.snapshot.context) == (("b",), {"n": 1})


def test_an_invocation_hears_of_an_event_that_only_changes_the_configuration() -> None:
    made = chart(
        """
        type: parallel
        states:
          l: {initial: a, states: {a: {on: {GO: b}}, b: {on: {GO: a}}}}
          r: {invoke: {src: radio, autoForward: true}}
        """
    )
    simulator = Simulator(made)
    simulator.start()
    for _ in range(3):
        simulator.send("GO")
        assert simulator.trace[-1].outcome.sent == ("GO → r:0",)
