"""How many events a second the engine takes: the circuit breaker of the examples, and machines of one kind each.

    python -m tests.benchmarks.engine

An event is one that is sent from outside. Columns: the runner, and the simulator of the app without and with a trace.
CPU time, medians of rounds in which the machines take turns; the loop of plain Python that is timed at the beginning
and the end says how fast the computer was.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from editor import resources
from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from editor.formats import native
from editor.model.chart import Chart

EVENTS = 60_000
ROUNDS = 7
TIMEOUT = 60_000

Deed = str | int
"""An event, or milliseconds to let go by."""


@dataclass(frozen=True)
class Case:
    """A machine, and what is done to it over and over; `leaves` are active each time that is over."""

    chart: Chart
    deeds: tuple[Deed, ...]
    leaves: tuple[str, ...]
    what: str


def breaker() -> Case:
    """Each failure tests a guard, assigns, and tests again; the fifth opens it for a minute."""
    text = resources.path("examples", "circuit-breaker.yaml").read_bytes()
    deeds = (*["FAILURE"] * 5, TIMEOUT, "SUCCESS")
    return Case(native.read(text).chart, deeds, ("closed",), "guards, assignments, a raised event, a delay")


def chain() -> Case:
    """States in a circle."""
    states = "".join(f"  s{each}: {{on: {{NEXT: s{(each + 1) % 10}}}}}\n" for each in range(10))
    return _case(f"initial: s0\nstates:\n{states}", ["NEXT"] * 10, ["s0"], "10 states, plain transitions")


def nest() -> Case:
    """Two leaves at the bottom, between which both they and an outer state lead."""
    text = "b0: {on: {IN: b1}}, b1: {}"
    for depth in range(10, 0, -1):
        handler = "on: {OUT: {target: '#low', internal: true}}, " if depth == 3 else ""
        low = "id: low, " if depth == 10 else ""
        text = f"d{depth}: {{{low}{handler}initial: {'b0' if depth == 10 else f'd{depth + 1}'}, states: {{{text}}}}}"
    path = ".".join(f"d{depth}" for depth in range(1, 11))
    return _case(
        f"initial: d1\nstates: {{{text}}}", ["IN", "OUT"], [f"{path}.b0"], "10 deep, an outer handler"
    )


def toggles() -> Case:
    """Regions with an event of their own each, and one that all answer."""
    regions = "".join(
        f"  r{each}: {{initial: a, states: {{a: {{on: {{T{each}: b, ALL: b}}}}, b: {{on: {{T{each}: a, ALL: a}}}}}}}}\n"
        for each in range(6)
    )
    deeds = [f"T{each}" for each in range(6)] + ["ALL"]
    return _case(
        f"type: parallel\nstates:\n{regions}", deeds, [f"r{each}.a" for each in range(6)], "6 regions"
    )


def guarded() -> Case:
    """States in a circle, each with one transition whose guard fails before the one that is taken."""
    states = "".join(
        f"  s{each}: {{on: {{NEXT: [{{target: s0, guard: level > most}}, "
        f"{{target: s{(each + 1) % 10}, guard: level <= most}}]}}}}\n"
        for each in range(10)
    )
    head = "initial: s0\ncontext: {level: 1, most: 5}\n"
    return _case(f"{head}states:\n{states}", ["NEXT"] * 10, ["s0"], "10 states, two guards each time")


def history() -> Case:
    """A composite that is left and entered again where it was."""
    text = """
    initial: on
    states:
      on:
        initial: a
        on: {PAUSE: off}
        states:
          a: {on: {NEXT: b}}
          b: {initial: x, on: {NEXT: a}, states: {x: {on: {IN: y}}, y: {}}}
          past: {type: history, history: deep}
      off: {on: {PLAY: on.past}}
    """
    deeds = ["NEXT", "IN", "PAUSE", "PLAY", "NEXT"]
    return _case(text, deeds, ["on.a"], "deep history, entered every fifth event")


def _case(text: str, deeds: list[str], leaves: list[str], what: str) -> Case:
    loaded = native.read(text, name="machine.yaml")
    assert not loaded.problems, loaded.problems
    return Case(loaded.chart, tuple(deeds), tuple(leaves), what)


CASES = {
    "circuit breaker": breaker,
    "chain": chain,
    "deep nest": nest,
    "parallel regions": toggles,
    "guarded ring": guarded,
    "history": history,
}


def run(case: Case, machine: Machine) -> int:
    """Through the runner, which keeps no trace; gives the events taken."""
    runner = Runner(machine)
    runner.start()
    parts = list(_parts(case.deeds))
    count, taken = sum(isinstance(each, str) for each in case.deeds), 0
    while taken < EVENTS:
        for part in parts:
            if isinstance(part, int):
                runner.advance(part)
            else:
                runner.run(part)
                taken += len(part)
    assert runner.leaves == case.leaves, runner.leaves
    assert taken % count == 0
    return taken


def _parts(deeds: tuple[Deed, ...]) -> Iterable[int | tuple[str, ...]]:
    """Events that follow one another together; where there is no time between them, a thousand at once."""
    events: list[str] = []
    if all(isinstance(each, str) for each in deeds):
        yield tuple(str(each) for each in deeds) * (1000 // len(deeds))
        return
    for deed in deeds:
        if isinstance(deed, str):
            events.append(deed)
        else:
            yield tuple(events)
            yield deed
            events = []
    yield tuple(events)


def simulate(case: Case, machine: Machine, *, keeps_trace: bool) -> int:
    """Through the simulator of the app, a tenth of the events."""
    simulator = Simulator(machine, keep_trace=keeps_trace)
    simulator.start()
    taken = 0
    while taken < EVENTS // 10:
        for deed in case.deeds:
            if isinstance(deed, str):
                simulator.send(deed)
                taken += 1
            else:
                simulator.advance(deed)
    assert simulator.leaves == case.leaves, simulator.leaves
    return taken


def rate(deed: Callable[[], int]) -> float:
    """Millions of events a second."""
    began = time.process_time()
    count = deed()
    return count / (time.process_time() - began) / 1e6


def calibration() -> float:
    """Seconds that a loop of plain Python takes."""
    began = time.process_time()
    total = 0
    for each in range(3_000_000):
        total += each * each % 7
    return time.process_time() - began


def main() -> None:
    """Print the table."""
    cases = {name: make() for name, make in CASES.items()}
    machines = {name: Machine.from_chart(case.chart) for name, case in cases.items()}
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in cases}
    before = calibration()
    for _ in range(ROUNDS):
        for name, case in cases.items():
            machine = machines[name]
            found[name].append(
                (
                    rate(lambda: run(case, machine)),  # noqa: B023 - called at once
                    rate(lambda: simulate(case, machine, keeps_trace=False)),  # noqa: B023
                    rate(lambda: simulate(case, machine, keeps_trace=True)),  # noqa: B023
                )
            )
    print(f"calibration: {before:.2f} s before, {calibration():.2f} s after; millions of events a second:")
    print(f"{'':18}{'runner':>10}{'simulator':>11}{'with trace':>12}")
    for name, rates in found.items():
        fast, plain, traced = (statistics.median(column) for column in zip(*rates, strict=True))
        print(f"{name:18}{fast:10.3f}{plain:11.3f}{traced:12.3f}   {cases[name].what}")


if __name__ == "__main__":
    main()
