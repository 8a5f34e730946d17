"""Machines in SCXML for tests, and how they run."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.formats import scxml

HEAD = '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0"'


def machine(inside: str, *, model: str = "null", more: str = "", folder: Path | None = None) -> Machine:
    if model == "ecmascript":
        pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")
    name = str(folder / "machine.scxml") if folder is not None else "machine.scxml"
    loaded = scxml.read(f'{HEAD} datamodel="{model}" {more}>{inside}</scxml>', name=name)
    assert loaded.problems == ()
    return Machine.from_chart(loaded.chart, surroundings=loaded.neighbours)


def run(inside: str, *, model: str = "null", more: str = "", folder: Path | None = None) -> Simulator:
    simulator = Simulator(machine(inside, model=model, more=more, folder=folder))
    simulator.start()
    return simulator


def logs(simulator: Simulator) -> list[str]:
    return [each for entry in simulator.trace[: simulator.cursor + 1] for each in entry.outcome.logs]


def failures(simulator: Simulator) -> list[str]:
    return [str(each) for entry in simulator.trace for each in entry.outcome.failures]
