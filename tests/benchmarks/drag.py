"""A table of CPU times of dragging and editing in a real window: how long a move of the mouse and an edit hold it up.

    python -m tests.benchmarks.drag [--profile WHAT] [CHART ...]

Charts are those of the benchmark of proposals (`drone`, `cash_machine`, `gen50` and so on), drawn by the built-in
layout. A state is pressed and moved 60 times by events of the mouse, each with the paint that follows; `drop` is the
release. Each edit is made five times and undone; `at rest` is what still happens when hands are off, as long as the
event loop has something to do. Columns are median, 95th percentile and worst in milliseconds, and what part of them
the routing took. `--profile` prints instead where the time of one line of the table goes, as `plain`, `holder` or the
name of an edit.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QApplication

from editor.canvas.picture_lines import LineLayer
from editor.canvas.view import ChartView
from editor.document import edits, settings
from editor.document.undo import Edit
from editor.geometry import Point
from editor.model import queries
from editor.model.elements import StateKind
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.benchmarks import layout_machines, layout_samples
from tests.benchmarks.large_chart import mouse, plain_python

CHARTS = ("cash_machine", "drone", "gen50", "gen100", "gen200", "gen1000")
MOVES = 60
EDITS = 5
REST = 0.25
"""Seconds in which all is done that an edit leaves for later."""


class Routing:
    """The CPU seconds that routing took so far, of those that pass while it is watched."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Count what the picture asks of the routing."""
        follow, settle = LineLayer.follow, LineLayer.settle
        is_inside = False

        def counted(deed: Callable[..., bool | None]) -> Callable[..., bool | None]:
            def count(*args: object, **options: object) -> bool | None:
                nonlocal is_inside
                if is_inside:
                    return deed(*args, **options)
                is_inside, began = True, time.process_time()
                try:
                    return deed(*args, **options)
                finally:
                    is_inside = False
                    self.seconds += time.process_time() - began

            return count

        LineLayer.follow = counted(follow)  # type: ignore[method-assign, assignment]
        LineLayer.settle = counted(settle)  # type: ignore[method-assign, assignment]
        try:
            yield
        finally:
            LineLayer.follow, LineLayer.settle = follow, settle  # type: ignore[method-assign]


class Table:
    """Rows of the table, or the profile of one of them."""

    def __init__(self, profiled: str | None) -> None:
        self.routing = Routing()
        self.profiled = profiled
        self.profile = cProfile.Profile()

    def cpu(self, name: str, deed: Callable[[], object]) -> tuple[float, float]:
        """CPU seconds of something with the paint that follows, and of the routing in it."""
        if name == self.profiled:
            self.profile.enable()
        before, began = self.routing.seconds, time.process_time()
        deed()
        QApplication.processEvents()
        taken = time.process_time() - began
        self.profile.disable()
        return taken, self.routing.seconds - before

    def row(self, name: str, taken: list[tuple[float, float]]) -> None:
        """Print one line."""
        whole = sorted(each * 1000 for each, _ in taken)
        share = sum(each for _, each in taken) / max(sum(each for each, _ in taken), 1e-9)
        late = whole[min(len(whole) - 1, round(len(whole) * 0.95))]
        print(
            f"  {name:36}{statistics.median(whole):9.1f}{late:9.1f}{whole[-1]:9.1f}{share * 100:8.0f} %",
            flush=True,
        )


def rest(window: MainWindow) -> None:
    """Let the event loop do what was left for it."""
    until = time.monotonic() + REST
    while time.monotonic() < until or window.view.picture.is_hasty:
        QApplication.processEvents()
        time.sleep(0.001)


def plain(window: MainWindow) -> str:
    """The state without content that most transitions touch."""
    chart = window.session.document.chart
    states = [each.id for each in chart.states.values() if not chart.has_children(each.id)]
    return max(states, key=lambda id: (len(chart.outgoing(id)) + len(chart.incoming(id)), id))


def holder(window: MainWindow) -> str:
    """The composite that holds most, of those that are no more than a fifth of the chart."""
    chart = window.session.document.chart
    sizes = {
        each.id: len(queries.descendants(chart, each.id))
        for each in chart.states.values()
        if chart.has_children(each.id) and each.parent is not None and not queries.is_region(chart, each.id)
    }
    return max(sizes, key=lambda id: (sizes[id] <= len(chart.states) / 5, sizes[id], id))


def drag(table: Table, window: MainWindow, name: str, id: str) -> None:
    """Drag a state in a small circle and drop it."""
    view = window.view
    view.set_zoom(1.0)
    view.reveal(id)
    window.session.selection.replace(())
    rest(window)
    start = grip(view, id)
    mouse(view, QEvent.Type.MouseMove, start, Qt.MouseButton.NoButton)
    mouse(view, QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)
    taken = []
    for number in range(MOVES):
        at = start + QPointF(6 + number * 2, number * 1.5 if number < 40 else 60 - number)
        moved = lambda at=at: mouse(view, QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)  # noqa: E731
        taken.append(table.cpu(name, moved))
    table.row(f"drag {name}", taken)
    dropped = lambda: mouse(view, QEvent.Type.MouseButtonRelease, at, Qt.MouseButton.LeftButton)  # noqa: E731
    table.row("  drop", [table.cpu(f"{name} drop", dropped)])
    table.row("  at rest", [table.cpu(f"{name} rest", lambda: rest(window))])
    window.session.document.undo()
    rest(window)


def grip(view: ChartView, id: str) -> QPointF:
    """A place where a press takes a state itself."""
    rect = view.picture.states[id].rect
    for across in (0.5, 0.25, 0.75, 0.1, 0.9):
        for y in (10.0, 16.0, 6.0, rect.height / 2):
            at = Point(rect.x + rect.width * across, rect.y + y)
            found = view.picture.hit(at, 5.0)
            if found.id == id:
                return view.to_view(at)
    raise LookupError(id)


def made_edits(window: MainWindow, id: str) -> Iterator[tuple[str, Callable[[], Edit]]]:
    """Edits around a state, by name."""
    document, measure = window.session.document, window.view.measure
    parent = document.chart.states[id].parent or document.chart.root_id
    others = [
        each.id for each in document.chart.states.values() if each.kind is StateKind.NORMAL and each.parent
    ]
    yield "rename a state", lambda: edits.rename(document.chart, id, "renamed")
    yield (
        "add a state",
        lambda: edits.add_state(document.chart, document.diagram, parent, Point(20, 40), measure=measure)[0],
    )
    yield (
        "add a transition",
        lambda: edits.connect(document.chart, document.diagram, id, [others[len(others) // 2]])[0],
    )
    yield "delete a state", lambda: edits.delete(document.chart, document.diagram, [id])


def measure_edits(table: Table, window: MainWindow, id: str) -> None:
    """Make each edit and undo it, several times."""
    document = window.session.document
    for name, plan in made_edits(window, id):
        there, later, back = [], [], []
        for _ in range(EDITS):
            there.append(table.cpu(name, lambda plan=plan: document.apply(plan())))
            later.append(table.cpu(f"{name} rest", lambda: rest(window)))
            back.append(table.cpu(f"undo {name}", document.undo))
            rest(window)
        table.row(name, there)
        table.row("  at rest", later)
        table.row("  undo", back)


def measure(table: Table, program: Program, folder: Path, name: str) -> None:
    """The lines of one chart."""
    path = folder / f"{name}.yaml"
    path.write_text(layout_machines.machine(layout_samples.by_name(name)), encoding="utf-8")
    window = program.open(path)
    window.resize(1600, 1000)
    rest(window)
    chart = window.session.document.chart
    print(f"{name}: {len(chart.states) - 1} states, {len(chart.transitions)} transitions")
    drag(table, window, "plain", plain(window))
    drag(table, window, "holder", holder(window))
    measure_edits(table, window, plain(window))
    window.session.document.undo_stack.mark_clean()
    window.close()
    QApplication.processEvents()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--profile")
    parser.add_argument("charts", nargs="*", default=CHARTS)
    asked = parser.parse_args()
    application = QApplication(["drag"])
    began = time.process_time()
    plain_python()
    print(f"plain Python, for comparison: {(time.process_time() - began) * 1000:.0f} ms")
    print(f"{'':38}{'median':>9}{'95 %':>9}{'worst':>9}{'routing':>10}")
    table = Table(asked.profile)
    with tempfile.TemporaryDirectory() as folder, table.routing.watched():
        os.environ["STATECHART_EDITOR_HOME"] = folder
        settings.store(settings.Settings(theme="light", animation="off"))
        program = Program(application)
        for name in asked.charts:
            measure(table, program, Path(folder), name)
    if asked.profile:
        pstats.Stats(table.profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
