"""Other people's tests as cases: what the manifests say, and how a run of our engine is compared with that."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.errors import EditorError, FileError
from editor.formats import registry
from editor.formats.registry import Loaded
from editor.model import rules
from editor.model.chart import Chart
from editor.model.problems import Severity
from tests.conformance import macrosteps

FOLDER = Path(os.environ.get("STATECHART_CONFORMANCE", Path(__file__).parents[3] / "shared" / "conformance"))
EDITIONS = ("ecmascript", "ecmascript-prefixed", "null")
LONGEST = 60_000.0
"""Milliseconds of simulated time that a self-checking machine gets."""


@dataclass(frozen=True)
class Case:
    """One test in one edition; `expected` is what its manifest has under that name."""

    suite: str
    id: str
    file: Path
    expected: Any
    kind: str
    is_mandatory: bool = False
    needs_server: bool = False

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.suite}/{self.id}"


KNOWN: dict[str, str] = {}
"""The names of cases that are known to fail, each with its reason."""


def cases(folder: Path = FOLDER) -> Iterator[Case]:
    """All cases that the manifests of a folder list, in their order; some of them are for a person to judge."""
    for path in sorted(folder.glob("*/manifest.json")):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        for entry in (*manifest["tests"], *manifest.get("extra", ())):
            yield from _cases(path.parent, entry)
        for entry in manifest.get("statecharts", ()):
            name = entry["file"]
            yield Case(f"{path.parent.name}-charts", name, path.parent / name, entry, "chart")


def _cases(folder: Path, entry: dict[str, Any]) -> Iterator[Case]:
    files = entry.get("files")
    if "statechart" in entry:
        yield Case(folder.name, entry["id"], folder / entry["statechart"], entry, "macrosteps")
    elif isinstance(files, list):
        machines = [name for name in files if name.endswith(".scxml")]
        if machines and isinstance(entry["expected"], dict):
            expected = _by_the_letter(entry)
            yield Case(folder.name, entry["id"], folder / machines[0], expected, "configurations")
    elif isinstance(files, dict):
        for edition in EDITIONS:
            if edition in files:
                yield Case(
                    f"{folder.name}-{edition}", entry["id"], folder / files[edition], entry["expected"],
                    entry["kind"], bool(entry.get("mandatory")), bool(entry.get("needs_http_server")),
                )  # fmt: skip


def _by_the_letter(entry: dict[str, Any]) -> dict[str, Any]:
    """What is expected; where that is disputed, what the algorithm of the Recommendation gives (Appendix D)."""
    expected: dict[str, Any] = entry["expected"]
    if "disputed" not in entry:
        return expected
    first, *rest = entry["appendix_d"]["configurations"]
    events = [
        {**each, "nextConfiguration": after} for each, after in zip(expected["events"], rest, strict=True)
    ]
    return {"initialConfiguration": first, "events": events}


def fault(case: Case, *, is_anew: bool = False) -> str:
    """Why a case fails; empty where it passes. `is_anew`: what runs is the machine as we write it, read again."""
    try:
        if case.kind == "load-only":
            return _loading_fault(loaded(case, is_anew=is_anew).chart)
        if case.kind == "chart":
            return macrosteps.loading_fault(_sound_chart(case, is_anew=is_anew))
        if case.kind == "macrosteps":
            return macrosteps.fault(_sound_chart(case, is_anew=is_anew), case.expected)
        simulator = started(case, is_anew=is_anew)
        if case.kind == "configurations":
            return _configurations_fault(simulator, case.expected)
        simulator.advance(LONGEST)
        return _outcome_fault(simulator)
    except EditorError as error:
        return str(error).splitlines()[0]


def unjudged(case: Case) -> str:
    """Why nobody says what a case should end in; empty where somebody does."""
    if case.expected == "unspecified":
        return "nobody relies on it"
    if case.kind != "macrosteps":
        return ""
    try:
        return macrosteps.unjudged(_sound_chart(case), case.expected)
    except EditorError:
        return ""  # that it cannot be read is a fault


def _sound_chart(case: Case, *, is_anew: bool = False) -> Chart:
    """The chart of a case.

    Raises:
        EditorError: it cannot be read, or has errors.
    """
    found = loaded(case, is_anew=is_anew)
    errors = [
        each for each in (*found.problems, *rules.check(found.chart)) if each.severity is Severity.ERROR
    ]
    if errors:
        raise FileError(errors[0].message)
    return found.chart


def record(case: Case) -> list[str]:
    """What a person reads to judge a case: where it ends, and what it logs on the way."""
    try:
        simulator = started(case)
    except EditorError as error:
        return [f"refused: {error}"]
    simulator.advance(LONGEST)
    logs = [each for entry in simulator.trace for each in entry.outcome.logs]
    return [*logs, f"ends in {', '.join(atoms(simulator))}"]


def loaded(case: Case, *, is_anew: bool = False) -> Loaded:
    """The machine of a case.

    Raises:
        EditorError: it cannot be read.
    """
    found = registry.read(case.file.read_bytes(), case.file)
    written = case.file.with_suffix(".scxml")
    return registry.read(registry.write(found.chart, written).data, written) if is_anew else found


def started(case: Case, *, is_anew: bool = False) -> Simulator:
    """A run of a case, started.

    Raises:
        EditorError: it cannot be read or run.
    """
    found = loaded(case, is_anew=is_anew)
    machine = Machine.from_chart(found.chart, surroundings=found.neighbours, has_http=case.needs_server)
    simulator = Simulator(machine)
    simulator.start()
    return simulator


def _loading_fault(chart: Chart) -> str:
    """A text that was decoded wrongly has letters that stand for what could not be read."""
    texts = [datum.expr or "" for datum in chart.root.data]
    return "" if texts and not any("\ufffd" in text for text in texts) else "the texts are not intact"


def _outcome_fault(simulator: Simulator) -> str:
    machine, snapshot = simulator.machine, simulator.snapshot
    if snapshot.is_done and "pass" in atoms(simulator):
        return ""
    said = next((str(each) for entry in simulator.trace for each in entry.outcome.failures), "")
    ends = ", ".join(
        machine.own_names[place] for place in machine.bits(snapshot.active & machine.atomic_mask)
    )
    return f"ended in {ends}" + (f" after: {said}" if said else "")


def _configurations_fault(simulator: Simulator, expected: dict[str, Any]) -> str:
    wanted = expected["initialConfiguration"]
    if atoms(simulator) != sorted(wanted):
        return f"begins in {', '.join(atoms(simulator))}, not in {', '.join(wanted)}"
    for number, each in enumerate(expected["events"], 1):
        simulator.advance(each.get("after", 0))
        simulator.send(each["event"]["name"], each["event"].get("data"))
        wanted = each["nextConfiguration"]
        if atoms(simulator) != sorted(wanted):
            return f"event {number} leads to {', '.join(atoms(simulator))}, not to {', '.join(wanted)}"
    return ""


def atoms(simulator: Simulator) -> list[str]:
    """The ids of the active states without children, sorted."""
    machine = simulator.machine
    return sorted(
        machine.own_names[each] for each in machine.bits(simulator.snapshot.active & machine.atomic_mask)
    )
