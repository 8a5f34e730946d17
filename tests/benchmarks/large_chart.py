"""A table of CPU times on a chart of 10,000 states: open, first frame, the rules, pan, zoom, highlight, drag, save.

    python -m tests.benchmarks.large_chart

CPU time of this process, medians over frames and over repetitions. Machines differ and drift: the first line says what
a fixed piece of plain Python took meanwhile, to set the other figures against.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from editor.canvas.view import REST, ChartView
from editor.document import edits, files
from editor.document.document import Document
from editor.geometry import Point
from editor.model import rules
from editor.session import Session
from editor.window.app import Program
from tests.benchmarks.chart_file import write_chart

REPETITIONS = 5
FRAMES = 40


def show(name: str, seconds: list[float], limit: str) -> None:
    """One line of the table."""
    middle = statistics.median(seconds) * 1000
    print(
        f"{name:42} {middle:9.1f} ms   {min(seconds) * 1000:9.1f} to {max(seconds) * 1000:.1f}   goal {limit}"
    )


def cpu(deed: Callable[[], object]) -> float:
    """CPU seconds that something takes."""
    began = time.process_time()
    deed()
    return time.process_time() - began


def plain_python() -> None:
    """The fixed piece of work that other figures are set against."""
    total = 0
    for number in range(3_000_000):
        total += number * number


def frames(view: ChartView, change: Callable[[int], object], count: int = FRAMES) -> list[float]:
    """Seconds of each frame: the change, its events, one paint."""
    application = QApplication.instance()
    assert application is not None

    def frame(number: int) -> None:
        change(number)
        view.viewport().update()
        application.processEvents()

    return [cpu(lambda number=number: frame(number)) for number in range(count)]


def opened(path: Path) -> tuple[Document, ChartView]:
    """The file in a view that has painted once."""
    document = files.open_document(path)
    view = ChartView(Session(document))
    view.resize(1280, 800)
    view.show()
    QApplication.processEvents()
    return document, view


def in_a_window(program: Program, path: Path) -> float:
    """CPU seconds from nothing to a window of the editor with the file, until the chart is painted."""
    began = time.process_time()
    window = program.open(path)
    painted: list[float] = []
    window.view.seen.connect(lambda: painted.append(time.process_time()))
    while not painted:
        QApplication.processEvents()
    window.close()
    QApplication.processEvents()
    return painted[0] - began


def rest(view: ChartView) -> None:
    """Let motion end and the exact picture be painted."""
    until = time.monotonic() + (REST + 40) / 1000
    while time.monotonic() < until:
        QApplication.processEvents()
    view.viewport().repaint()


def mouse(view: ChartView, kind: QEvent.Type, at: QPointF, held: Qt.MouseButton) -> None:
    """One event of the mouse, as the system sends it."""
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind, at, view.viewport().mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(view.viewport(), event)


def dragging(view: ChartView, id: str) -> Iterator[float]:
    """Press on a state and drag it; the seconds of each frame."""
    rect = view.picture.states[id].rect
    start = view.to_view(Point(rect.x + 20, rect.y + 8))
    mouse(view, QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton)

    def move(number: int) -> None:
        at = QPointF(start.x() + 10 + number * 4, start.y() + number)
        mouse(view, QEvent.Type.MouseMove, at, Qt.MouseButton.LeftButton)

    yield from frames(view, move)
    view.tool.cancel()
    view.viewport().repaint()


def measure_canvas(document: Document, view: ChartView) -> None:
    """Pan, zoom, highlight and drag."""
    show("pan, fit", frames(view, lambda number: view.pan(17, 11)), "8 ms")
    view.set_zoom(1.0)
    rest(view)
    show("pan, 100 %", frames(view, lambda number: view.pan(-17, -11)), "8 ms")
    view.fit()
    rest(view)
    show("zoom in, from fit to 100 %", frames(view, lambda number: view.set_zoom(view.zoom * 1.1)), "8 ms")
    show("zoom out, from 100 % to fit", frames(view, lambda number: view.set_zoom(view.zoom / 1.1)), "8 ms")
    view.fit()
    rest(view)

    def paint_all() -> None:
        view.base.drop()
        view.viewport().repaint()

    show("whole repaint, fit", [cpu(paint_all) for _ in range(20)], "none")
    ids = list(document.chart.states)
    view.overlay.is_running = True

    def light(number: int) -> None:
        view.overlay.active = frozenset(ids[number * 10 : number * 10 + 10])
        view.viewport().update()

    show("highlight, fit", frames(view, light), "8 ms")
    view.set_zoom(1.0)
    rest(view)
    show("highlight, 100 %", frames(view, light), "8 ms")
    view.overlay.is_running = False
    moved = next(state.id for state in document.chart.states.values() if state.key == "s7")
    view.reveal(moved)
    rest(view)
    show("drag, 100 %", list(dragging(view, moved)), "4 ms")
    view.fit()
    rest(view)


def measure_save(document: Document) -> None:
    """Rename one state and save, several times; a person waits for the first line, the second is work in a thread."""
    waited, whole = [], []
    for number in range(REPETITIONS):
        moved = next(state.id for state in document.chart.states.values() if state.order == 3)
        document.apply(edits.rename(document.chart, moved, f"renamed{number}"))
        began, process = time.thread_time(), time.process_time()
        files.save(document)
        waited.append(time.thread_time() - began)
        assert document.loaded is not None
        whole.append(time.process_time() - process)
    show("save after one edit", waited, "500 ms")
    show("  and with what is read back in a thread", whole, "none")


def main() -> None:
    """Print the table."""
    application = QApplication([])
    show("(plain Python, for comparison)", [cpu(plain_python) for _ in range(REPETITIONS)], "none")
    with tempfile.TemporaryDirectory() as folder:
        path = write_chart(Path(folder))
        times = []
        for _ in range(REPETITIONS):
            began = time.process_time()
            document, view = opened(path)
            times.append(time.process_time() - began)
            if len(times) < REPETITIONS:
                view.close()
                view.deleteLater()
                application.processEvents()
        show("open to first frame", times, "1200 ms")
        show("rules", [cpu(lambda: rules.check(document.chart)) for _ in range(REPETITIONS)], "none")
        measure_canvas(document, view)
        measure_save(document)
        view.close()
        # last: a program has settings and a look of its own
        os.environ["STATECHART_EDITOR_HOME"] = str(Path(folder) / "home")
        program = Program(application)
        show("open in a window", [in_a_window(program, path) for _ in range(REPETITIONS)], "none")
    show("(plain Python, for comparison)", [cpu(plain_python) for _ in range(REPETITIONS)], "none")


if __name__ == "__main__":
    main()
