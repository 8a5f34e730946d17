"""A window while drawings are proposed: how long one waits, and the longest gap of its event loop meanwhile.

    python -m tests.benchmarks.proposing [--count 5] [FILE ...]

Without files: charts of 26, 60 and 200 states. Each is drawn by the engine, and then with one that never answers, one
that is killed, and one that tells nonsense, as well as by the engine while somebody drags a state. Gaps are told as
wall time and as CPU time of the program, without the process of the engine: others on the machine count in the first.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from editor.document import edits, settings
from editor.layout_engine.options import Direction, Options, Scope
from editor.layout_engine.process import EngineProcess
from editor.layout_engine.proposed import Asked
from editor.layout_engine.service import LayoutService
from editor.layout_engine.warm import Kept, Limits, Warm, start_graphlay
from editor.window.app import Program, make_application
from editor.window.main_window import MainWindow
from editor.window.proposing import Proposer
from tests.layout_engine.children import SILENT, STAMMERING

SIZES = (26, 60, 200)
HARD = 1.0
"""Seconds after which an engine that never answers is given up here; a window waits longer."""


class Gaps:
    """How long an event loop was away, as the time between two calls of a timer that is always due."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []
        self._last = (time.perf_counter(), time.process_time())
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = (time.perf_counter(), time.process_time())
        self.wall.append(now[0] - self._last[0])
        self.cpu.append(now[1] - self._last[1])
        self._last = now
        time.sleep(0.0005)

    def start(self) -> None:
        """Begin to listen."""
        self._last = (time.perf_counter(), time.process_time())
        self._timer.start()

    def told(self) -> str:
        """The longest ones, in milliseconds."""
        self._timer.stop()
        return f"longest gap {1000 * max(self.wall):5.1f} ms wall, {1000 * max(self.cpu):5.1f} ms CPU"


def write_chart(folder: Path, count: int) -> Path:
    """Composites of five states in a ring each, which lead to one another."""
    lines = ["initial: p0\nstates:\n"]
    groups = round(count / 6)
    for group in range(groups):
        lines.append(
            f"  p{group}:\n    initial: s0\n    on: {{DONE: p{(group + 1) % groups}}}\n    states:\n"
        )
        for child in range(5):
            more = f", FAIL: '#machine.p{(group * 7 + child) % groups}'" if child % 3 == 0 else ""
            lines.append(
                f"      s{child}:\n        on: {{NEXT: s{(child + 1) % 5}, SKIP: s{(child + 3) % 5}{more}}}\n"
            )
    path = folder / f"chart-{6 * groups}.yaml"
    path.write_text("id: machine\n" + "".join(lines), encoding="utf-8")
    return path


def ask(window: MainWindow) -> None:
    """Ask for a drawing of the whole chart, without pins, as the command does by default."""
    window.layouter.propose(Asked(options=Options(scope=Scope.CHART, direction=Direction.AUTO), frees=True))


def answered(window: MainWindow) -> bool:
    """Whether the drawing is there."""
    proposed = window.session.proposed.value
    return proposed is not None and proposed.answer is not None


def rest(milliseconds: int) -> None:
    """Let the window be; unlike Qt's own waiting for tests, this lets other threads of Python run meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait(window: MainWindow, meanwhile: Callable[[], bool] = bool) -> float:
    """Wait for the drawing, and for what is done meanwhile to be done; seconds of wall time."""
    began = time.perf_counter()
    while meanwhile() or not answered(window):
        QApplication.processEvents()
    took = time.perf_counter() - began
    rest(100)  # its ghosts are painted
    return took


def show(window: MainWindow, name: str, count: int, meanwhile: Callable[[], bool] = bool) -> None:
    """One line of the table."""
    gaps, took = Gaps(), []
    for _ in range(count):
        window.session.proposed.put(None)
        rest(100)
        gaps.start()
        ask(window)
        took.append(wait(window, meanwhile))
        text = gaps.told()
    proposed = window.session.proposed.value
    assert proposed is not None
    assert proposed.answer is not None
    rung = proposed.answer.rung.value
    print(
        f"  {name:34} first {took[0]:5.2f} s, median {statistics.median(took):5.2f} s   {text}   {rung}",
        flush=True,
    )
    window.session.proposed.put(None)


def using(window: MainWindow, warm: Warm | None) -> None:
    """Have the window draw with another engine."""
    window.layouter.close()
    window.layouter.make = lambda: Proposer(LayoutService(warm))


def odd(code: str) -> Warm:
    """An engine that runs some other program."""
    return Warm(
        lambda: EngineProcess([sys.executable, "-c", code]),
        Limits(soft=HARD / 2, hard=HARD),
        Kept(start_graphlay, Limits()),
    )


class Hand:
    """Moves a state to and fro, twenty times, one step each 50 ms."""

    def __init__(self, window: MainWindow) -> None:
        self._document = window.session.document
        chart = self._document.chart
        self._id = next(id for id in chart.states if id != chart.root_id)
        self._due = time.perf_counter()
        self.left = 20

    def __call__(self) -> bool:
        """Take a step when it is due; whether there are more to take."""
        if self.left and time.perf_counter() >= self._due:
            self.left -= 1
            self._due += 0.05
            dx = 8.0 if self.left % 2 else -8.0
            chart, diagram = self._document.chart, self._document.diagram
            self._document.apply(edits.move(chart, diagram, {self._id: diagram.boxes[self._id]}, dx, 0.0))
        return self.left > 0


def measure(program: Program, path: Path, count: int) -> None:
    """The lines of one chart."""
    window = program.open(path)
    window.resize(1400, 900)
    rest(300)
    print(f"{path.stem}: {len(window.session.document.chart.states) - 1} states", flush=True)
    using(window, None)
    show(window, "by the engine, started anew", 1)
    using(window, None)
    window.layouter.warm_up()
    rest(3000)
    show(window, "by the engine, warm", count)
    warm = Warm()
    using(window, warm)
    warm.ready()
    kills = [time.perf_counter() + 0.15]

    def kill() -> bool:
        if kills and time.perf_counter() >= kills[0]:
            kills.clear()
            warm.kill()
        return False

    show(window, "killed after 0.15 s", 1, kill)
    using(window, odd(SILENT))
    show(window, f"never answers, given up at {HARD:g} s", 1)
    using(window, odd(STAMMERING))
    show(window, "tells nonsense", 1)
    using(window, None)
    window.layouter.warm_up()
    rest(3000)
    show(window, "warm, while a hand moves a state", 1, Hand(window))
    window.layouter.close()
    window.hide()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["STATECHART_EDITOR_HOME"] = folder
        settings.store(settings.Settings(animation="off", tour="done"))
        program = Program(make_application())
        paths = arguments.files or [write_chart(Path(folder), size) for size in SIZES]
        for path in paths:
            measure(program, path, arguments.count)
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main()
