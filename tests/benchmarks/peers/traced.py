"""What the common benchmark does not ask for: runs with a trace, a large chart compiled, instances that have run.

    python -m tests.benchmarks.peers.traced WORKLOADS.json ROUNDS      medians, in JSON

In a process of its own, as the runs without trace are: what else lies in memory costs time as well.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from editor.document.files import read_machine
from editor.engine.machine import Machine
from editor.engine.recorder import Recorder
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from tests.benchmarks.chart_file import write_chart
from tests.benchmarks.peers.ours import Ours

_TRACED = 20_000


def main() -> None:
    """Print what was measured."""
    workloads, rounds = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), int(sys.argv[2])
    alone = {name: each for name, each in workloads.items() if each.get("instances", 1) == 1}
    found = {
        "recorded": {name: statistics.median(recorded(each, rounds)) for name, each in alone.items()},
        "traced": {name: statistics.median(traced(each, rounds)) for name, each in alone.items()},
        "compiling": statistics.median(compiling(rounds)),
        "waiting": waiting(workloads["breaker"]),
    }
    print(json.dumps(found))


def traced(workload: dict[str, Any], rounds: int) -> Iterator[float]:
    """Millions a second of the app's simulator, which keeps each snapshot too, to go back to."""
    machine = Ours().define(workload)
    names = workload["stream"]
    for _ in range(rounds):
        simulator = Simulator(machine)
        simulator.start()
        count, begun = 0, time.process_time()
        while count < _TRACED:
            for name in names:
                simulator.send(name)
            for milliseconds in workload.get("advances", ()):
                simulator.advance(milliseconds)
            count += len(names) + len(workload.get("advances", ()))
        yield count / (time.process_time() - begun) / 1e6


def recorded(workload: dict[str, Any], rounds: int) -> Iterator[float]:
    """Millions a second of a recorder, which writes down what happens."""
    machine = Ours().define(workload)
    names, advances = workload["stream"], workload.get("advances", ())
    for _ in range(rounds):
        recorder = Recorder(machine)
        recorder.start()
        count, begun = 0, time.process_time()
        while count < _TRACED:
            recorder.run(names)
            for milliseconds in advances:
                recorder.advance(milliseconds)
            count += len(names) + len(advances)
        taken = time.process_time() - begun
        assert len(recorder.trace) == count + 1
        yield count / taken / 1e6


def compiling(rounds: int) -> Iterator[float]:
    """CPU seconds from a chart of 10,001 states to a machine."""
    with tempfile.TemporaryDirectory() as folder:
        chart = read_machine(write_chart(Path(folder))).chart
    for _ in range(rounds):
        begun = time.process_time()
        Machine.from_chart(chart)
        yield time.process_time() - begun


def waiting(workload: dict[str, Any], count: int = 10_000) -> float:
    """The bytes of an instance that has data and a configuration of its own."""
    machine = Ours().define(workload)
    kept: list[Runner] = []
    tracemalloc.start()
    for number in range(count):
        runner = Runner(machine)
        runner.start()
        runner.run(workload["stream"][: number % 50])
        kept.append(runner)
        if number == count // 10:
            before = tracemalloc.get_traced_memory()[0], number
    size = tracemalloc.get_traced_memory()[0] - before[0]
    tracemalloc.stop()
    return size / (count - 1 - before[1])


if __name__ == "__main__":
    main()
