"""Spoilt files through the whole program, in process: whatever stands in a file, only EditorErrors come of it.

    python -m tests.benchmarks.fuzz [--count 10000] [--seed 1] [--only NUMBER]

Examples, machines of the shared corpus and samples of the tests are spoilt again and again, as
`tests.formats.mutations` does it. A machine is read, checked, laid out, routed, edited, saved, read back and run;
a layout is read and saved beside its machine; a scenario is played. Any exception but an EditorError, any step that
takes more than five seconds of CPU, and a text that does not mean what was saved is a fault. Prints a table, then
the faults; exits with 1 when there are any.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TypeVar

from editor import cli, resources
from editor.document import edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.engine.play import play
from editor.engine.simulator import Simulator
from editor.errors import EditorError
from editor.formats import layout_file, native, scenario
from editor.formats.layout_keys import LayoutKeys
from editor.formats.native_write import write_machine
from editor.formats.registry import Loaded
from editor.geometry import Point
from editor.layout import auto
from editor.layout.routing import route
from editor.layout.sizes import TableMeasure
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import StateKind
from editor.model.problems import Severity
from editor.model.sameness import same
from tests.formats.machines import SAMPLES
from tests.formats.mutations import mutated

SHARED = Path(os.environ.get("STATECHART_SHARED", Path(__file__).parents[3] / "shared"))
MEASURE = TableMeasure()
MOST_SECONDS = 5.0
ROUTED_EVERY = 4
"""Routing with care takes longer than everything else, so that only each so many machines are routed."""
_Result = TypeVar("_Result")


class TooSlowError(BaseException):
    """A step that takes too long; no Exception, so that nothing on the way catches it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong with which spoilt file; `number` with the seed makes it again."""

    number: int
    file: str
    mutation: str
    step: str
    trace: str

    @property
    def kind(self) -> str:
        """Faults of one kind end at the same place with the same exception."""
        lines = [line.strip() for line in self.trace.strip().splitlines()]
        place = next((line for line in reversed(lines) if line.startswith("File ")), "")
        return f"{self.step}: {lines[-1].partition(':')[0] if lines else ''} {place}"


@dataclass
class Report:
    """Counts and faults of all files."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Trial:
    """One spoilt file; each step is timed and what it raises is noted."""

    def __init__(self, report: Report, number: int, file: str, mutation: str) -> None:
        self.report, self.number, self.file, self.mutation = report, number, file, mutation

    def step(self, name: str, deed: Callable[[], _Result], *, may_refuse: bool = False) -> _Result | None:
        """The result of a step, None where it was refused or failed; where refusing is no fault it `may_refuse`."""
        began = time.process_time()
        try:
            with _limited():
                result = deed()
        except EditorError as error:
            if may_refuse and str(error).strip():
                self.note(name, "refused", began)
                return None
            self.fail(name, began)
            return None
        except (Exception, TooSlowError):  # noqa: BLE001 - finding these is the purpose
            self.fail(name, began)
            return None
        self.note(name, "fine", began)
        return result

    def note(self, name: str, how: str, began: float) -> None:
        taken = time.process_time() - began
        self.report.counts[name, how] += 1
        if taken > self.report.slowest.get(name, (0.0, 0))[0]:
            self.report.slowest[name] = (taken, self.number)

    def fail(self, name: str, began: float) -> None:
        self.note(name, "failed", began)
        self.report.faults.append(
            Fault(self.number, self.file, self.mutation, name, "".join(traceback.format_exc(limit=-12)))
        )

    # the kinds of files

    def machine(self, data: bytes, chance: random.Random) -> None:
        loaded = self.step("read", lambda: native.read(data, name="m.yaml"), may_refuse=True)
        if loaded is None:
            return
        found = self.step("check", lambda: _checked(loaded))
        diagram = self.step("place", lambda: auto.complete(loaded.chart, Diagram(), MEASURE))
        self.step("save unedited", lambda: _saved_unedited(loaded, data))
        if diagram is None or found is None:
            return
        if self.number % ROUTED_EVERY == 0:
            self.step("route", lambda: route(loaded.chart, diagram, None, MEASURE))
        self.step("edit and save", lambda: _edited(loaded, diagram, chance))
        if not found:
            self.step("run", lambda: _run(loaded.chart, chance), may_refuse=True)

    def layout(self, data: bytes, chart: Chart) -> None:
        read = self.step("read layout", lambda: layout_file.read(data, chart), may_refuse=True)
        if read is None:
            return
        diagram = self.step("complete layout", lambda: auto.complete(chart, read[0], MEASURE))
        if diagram is None:
            return
        if self.number % ROUTED_EVERY == 0:
            self.step("route layout", lambda: route(chart, diagram, None, MEASURE))
        self.step("save layout", lambda: _layout_saved(read[1], chart, diagram, [*read[0].boxes]))

    def scenario(self, data: bytes, chart: Chart) -> None:
        read = self.step("read scenario", lambda: scenario.read(data, name="s.yaml"), may_refuse=True)
        if read is None:
            return
        self.step("play scenario", lambda: play(chart, read))
        self.step("write scenario", lambda: scenario.read(scenario.write(read)))


@contextmanager
def _limited() -> Iterator[None]:
    """Stop what takes more CPU than a step may; where there is no timer nothing is stopped."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooSlowError(f"It takes more than {MOST_SECONDS:g} s of CPU.")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _checked(loaded: Loaded) -> list[object]:
    """The errors of a machine; every problem can be shown, with the place where it stands."""
    errors: list[object] = []
    for problem in cli.problems_of(loaded):
        mark = loaded.places.find(problem.element, problem.field)
        assert problem.message, "a problem without a message"
        assert mark is None or (mark.line >= 1 and mark.column >= 1), "a problem at no place"
        f"{problem.message} {problem.hint}".encode()
        if problem.severity is Severity.ERROR:
            errors.append(problem)
    return errors


def _saved_unedited(loaded: Loaded, data: bytes) -> None:
    text, _ = native.patch(loaded, loaded.chart.copy())
    assert text.encode() == data, "an unedited machine was changed"
    fresh, _ = native.write(loaded.chart)
    assert _means(fresh, loaded.chart), "written anew it means something else"


def _means(text: str, chart: Chart) -> bool:
    return same(write_machine(native.read(text.encode(), name="m.yaml").chart), write_machine(chart))


def _edited(loaded: Loaded, diagram: Diagram, chance: random.Random) -> None:
    """A few edits, saved and read back; then undone, which leaves the text that was read."""
    document = Document(loaded.chart.copy(), diagram, loaded=loaded)
    for _ in range(chance.randint(1, 3)):
        try:
            document.apply(_some_edit(document, chance))
        except EditorError:
            continue
    text, _ = native.patch(loaded, document.chart)
    assert _means(text, document.chart), "an edited machine means something else when it is read back"
    layout = layout_file.write(document.chart, document.diagram, "m.yaml")
    layout_file.read(layout.encode(), document.chart)
    while document.undo_stack.can_undo:
        document.undo()
    text, _ = native.patch(loaded, document.chart)
    assert loaded.tree is not None
    assert text == loaded.tree.text, "undoing leaves another text"


def _some_edit(document: Document, chance: random.Random) -> Edit:
    chart, diagram = document.chart, document.diagram
    state = chance.choice([id for id in chart.states if id != chart.root_id] or [chart.root_id])
    other = chance.choice(list(chart.states))
    transition = chance.choice(
        [each for each in chart.transitions if not chart.transitions[each].is_pseudo] or [""]
    )
    kind = chance.choice(["add", "rename", "delete", "kind", "connect", "reparent", "label", "cut"])
    if transition and kind == "label":
        return edits.set_label(
            chart, transition, chance.choice(["GO", "a.b [x > 1] / log y", "after 2s", "[", "*"])
        )
    if transition and kind == "cut":
        return edits.delete(chart, diagram, [transition])
    if kind == "rename":
        return edits.rename(
            chart, state, chance.choice(["fresh", "on", "a.b", "5", "é \t", "null", "#", "<<"])
        )
    if kind == "delete":
        return edits.delete(chart, diagram, [state])
    if kind == "kind":
        return edits.set_kind(chart, diagram, state, chance.choice(list(StateKind)), measure=MEASURE)
    if kind == "connect":
        return edits.connect(chart, diagram, state, (other,))[0]
    if kind == "reparent" and edits.can_hold(chart, other, [state]):
        return edits.reparent(chart, diagram, [state], other, measure=MEASURE)
    return edits.add_state(chart, diagram, other, Point(40, 40), measure=MEASURE)[0]


def _run(chart: Chart, chance: random.Random) -> None:
    """Start, send some of what is offered, let time pass, go back."""
    run = Simulator(chart)
    run.start()
    for _ in range(6):
        offered = run.enabled
        if offered and chance.random() < 0.7:
            run.send(chance.choice(offered).event, chance.choice([None, 1, {"a": [1]}]))
        elif run.services and chance.random() < 0.5:
            run.finish(run.services[0].id, {"x": 1})
        else:
            run.advance(chance.choice([0, 1, 1000, 1e7]))
    run.back()
    play(chart, run.recorded())


def _layout_saved(text: layout_file.LayoutText, chart: Chart, diagram: Diagram, given: list[str]) -> None:
    """Saved and read again; `given` had places in the file, others may have been put too far away to be kept."""
    after, keys = layout_file.rewrite(text, chart, diagram, "m.yaml"), LayoutKeys(chart)
    again, _, _ = layout_file.read(after.text.encode(), chart)
    for id in [*chart.states, *again.boxes]:
        if id not in given:
            diagram.put_box(id, None)
            again.put_box(id, None)
    assert same(layout_file.to_data(keys, again), layout_file.to_data(keys, diagram)), "places were lost"


def sources() -> dict[str, bytes]:
    """Every file that is spoilt, by name."""
    own = sorted(resources.path("examples").glob("*.yaml"))
    foreign = sorted(SHARED.glob("corpus/yaml/*.y*ml"))
    samples = {f"sample{number}.yaml": text.encode() for number, text in enumerate(SAMPLES)}
    return {**{path.name: path.read_bytes() for path in [*own, *foreign]}, **samples}


def fuzz(texts: dict[str, bytes], numbers: Sequence[int], seed: int) -> Report:
    """Spoil files and take them through the program; the same numbers and seed give the same files."""
    report = Report()
    names, charts = list(texts), dict[str, Chart]()
    for number in numbers:
        name, chance = names[number % len(names)], random.Random(f"{seed} {number}")
        data, mutation = mutated(texts[name], texts[chance.choice(names)], chance)
        trial = _Trial(report, number, name, mutation)
        kind = next((each for each in ("layout", "scenario") if f".{each}." in name), "")
        if not kind:
            trial.machine(data, chance)
            continue
        beside = name.replace(f".{kind}", "")
        if beside not in charts:
            charts[beside] = native.read(texts[beside], name=beside).chart
        (trial.layout if kind == "layout" else trial.scenario)(data, charts[beside])
    return report


def show(report: Report) -> None:
    """The table, and one fault of each kind."""
    print(f"{'step':18}{'fine':>8}{'refused':>9}{'failed':>8}{'slowest':>11}   of number")
    for name in dict.fromkeys(name for name, _ in report.counts):
        counts = [report.counts[name, how] for how in ("fine", "refused", "failed")]
        seconds, number = report.slowest.get(name, (0.0, 0))
        print(f"{name:18}{counts[0]:8}{counts[1]:9}{counts[2]:8}{seconds * 1000:8.0f} ms   {number}")
    kinds: dict[str, list[Fault]] = {}
    for fault in report.faults:
        kinds.setdefault(fault.kind, []).append(fault)
    for kind, faults in sorted(kinds.items(), key=lambda each: -len(each[1])):
        first = faults[0]
        others = ", ".join(str(each.number) for each in faults[:6])
        print(
            f"\n{'=' * 100}\n{len(faults)} × {kind}\nnumbers {others}; the first: {first.file}, {first.mutation}"
        )
        print(first.trace)


def main() -> int:
    """Fuzz as the arguments say; 1 when there were faults."""
    parser = argparse.ArgumentParser(description="Spoilt files through the whole program.")
    parser.add_argument("--count", type=int, default=10_000, help="how many spoilt files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one number of a fault again")
    options = parser.parse_args()
    numbers = range(options.count) if options.only is None else [options.only]
    report = fuzz(sources(), numbers, options.seed)
    show(report)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
