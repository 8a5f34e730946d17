"""How many events a second the engine takes on the circuit breaker of the examples.

    python -m tests.benchmarks.engine

An event is one that is sent from outside; every fifth opens the breaker, whose delay of a minute is then let run out
and whose next call succeeds. Each failure tests a guard, assigns, and tests again. CPU time, medians.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from editor import resources
from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from editor.formats import native
from editor.model.chart import Chart

EVENTS = 100_000
REPETITIONS = 7
TIMEOUT = 60_000


def chart() -> Chart:
    """The circuit breaker."""
    return native.read(resources.path("examples", "circuit-breaker.yaml").read_bytes()).chart


def run(machine: Machine) -> int:
    """Through the runner, which keeps no trace; gives the events taken."""
    runner = Runner(machine)
    runner.start()
    failures = ["FAILURE"] * 5
    taken = 0
    while taken < EVENTS:
        runner.run(failures)
        runner.advance(TIMEOUT)
        runner.run(("SUCCESS",))
        taken += 6
    assert runner.leaves == ("closed",)
    return taken


def simulate(machine: Machine, *, keeps_trace: bool) -> int:
    """Through the simulator of the app, a tenth of the events."""
    simulator = Simulator(machine, keep_trace=keeps_trace)
    simulator.start()
    taken = 0
    while taken < EVENTS // 10:
        for _ in range(5):
            simulator.send("FAILURE")
        simulator.advance(TIMEOUT)
        simulator.send("SUCCESS")
        taken += 6
    assert simulator.leaves == ("closed",)
    return taken


def show(name: str, deed: Callable[[], int]) -> None:
    """One line of the table."""
    rates = []
    for _ in range(REPETITIONS):
        began = time.process_time()
        count = deed()
        rates.append(count / (time.process_time() - began) / 1e6)
    print(f"{name:40} {statistics.median(rates):7.3f} M events/s   {min(rates):.3f} to {max(rates):.3f}")


def main() -> None:
    """Print the table."""
    machine = Machine.from_chart(chart())
    show("circuit breaker, runner (goal 0.2)", lambda: run(machine))
    show("circuit breaker, simulator without trace", lambda: simulate(machine, keeps_trace=False))
    show("circuit breaker, simulator with trace", lambda: simulate(machine, keeps_trace=True))


if __name__ == "__main__":
    main()
