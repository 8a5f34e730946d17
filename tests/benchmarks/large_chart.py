"""A table of CPU times on a chart of 10,000 states: open, first frame, pan, zoom, highlight, drag, save, run.

    python -m tests.benchmarks.large_chart

Medians over frames of this process's CPU time; other programs on the machine disturb them little.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from editor import resources
from editor.canvas.view import ChartView
from editor.document import edits, files
from editor.engine.simulator import Simulator
from editor.formats import native
from editor.session import Session

PARENTS, CHILDREN = 500, 19


def write_chart(folder: Path) -> Path:
    lines, places = ["initial: p0\nstates:\n"], ["states:\n"]
    for parent in range(PARENTS):
        lines.append(f"  p{parent}:\n    initial: s0\n    states:\n")
        places.append(f"  p{parent}: [{parent % 22 * 760}, {parent // 22 * 560}, 700, 500]\n")
        for child in range(CHILDREN):
            lines.append(f"      s{child}:\n        on:\n          E{child}: s{(child + 1) % CHILDREN}\n")
            if child % 2 == 0:
                lines.append(f"          F: {{target: s{(child + 5) % CHILDREN}, guard: x > {child}}}\n")
            x, y = 30 + child % 5 * 130, 60 + child // 5 * 105
            places.append(f"  p{parent}.s{child}: [{x}, {y}, 96, 40]\n")
    path = folder / "large.yaml"
    path.write_text("".join(lines), encoding="utf-8")
    (folder / "large.layout.yaml").write_text("".join(places), encoding="utf-8")
    return path


def show(name: str, seconds: float, limit: str) -> None:
    print(f"{name:34} {seconds * 1000:10.1f} ms   goal {limit}")


def frames(view: ChartView, change: Callable[[int], object], count: int = 20) -> float:
    application = QApplication.instance()
    assert application is not None
    times = []
    for number in range(count):
        began = time.process_time()
        change(number)
        application.processEvents()
        view.viewport().repaint()
        times.append(time.process_time() - began)
    return statistics.median(times)


def main() -> None:
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = write_chart(Path(folder))
        began = time.process_time()
        document = files.open_document(path)
        view = ChartView(Session(document))
        view.resize(1280, 800)
        view.show()
        application.processEvents()
        show("open to first frame", time.process_time() - began, "1200 ms")
        show("pan, fit", frames(view, lambda number: view.pan(17, 11)), "8 ms")
        view.set_zoom(1.0)
        show("pan, 100 %", frames(view, lambda number: view.pan(-17, -11)), "8 ms")
        show("zoom", frames(view, lambda number: view.set_zoom(view.zoom * 0.93)), "8 ms")
        view.fit()
        ids = list(document.chart.states)
        view.overlay.is_running = True

        def light(number: int) -> None:
            view.overlay.active = frozenset(ids[number * 10 : number * 10 + 10])
            view.viewport().update()

        show("highlight, fit", frames(view, light), "8 ms")
        view.overlay.is_running = False
        view.set_zoom(1.0)
        moved = next(state.id for state in document.chart.states.values() if state.key == "s3")
        view.reveal(moved)
        gesture = document.gesture("Move")
        start = {moved: document.diagram.boxes[moved]}
        drag = frames(
            view,
            lambda number: gesture.apply(
                edits.move(document.chart, document.diagram, start, number * 4, number)
            ),
        )
        gesture.commit()
        show("drag, 100 %", drag, "4 ms")
        document.apply(edits.rename(document.chart, moved, "renamed"))
        began = time.process_time()
        files.save(document)
        show("save after one edit", time.process_time() - began, "500 ms")
    breaker()


def breaker(events: int = 100_000) -> None:
    chart = native.read(resources.path("examples", "circuit-breaker.yaml").read_bytes()).chart
    simulator = Simulator(chart)
    simulator.start()
    began = time.process_time()
    for number in range(events):
        simulator.send("FAILURE" if number % 6 else "SUCCESS")
        if simulator.leaves == ("open",):
            simulator.advance(60_000)
    rate = events / (time.process_time() - began)
    print(f"{'circuit breaker':34} {rate / 1e6:10.3f} M events/s   goal 0.2")


if __name__ == "__main__":
    main()
