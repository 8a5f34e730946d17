"""Our canvas in the shared bench of canvases, beside the prototypes there.

    CANVAS_BENCH_PRODUCT=tests.benchmarks.canvas_product:product PYTHONPATH=. python \\
        ../shared/bench/canvas/run_all.py --archs product,c_best_view --sizes 1000,10000

The bench knows how its charts are drawn; we are given a file with the same boxes, from which the document is read
before anything is measured, and route the transitions ourselves. What is dragged is dragged by the mouse.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from editor.canvas.camera import Camera
from editor.canvas.view import REST, ChartView
from editor.document import files
from editor.geometry import Point
from editor.session import Session

_LABEL = re.compile(r"(?P<event>[^\[/]*)(?:\[(?P<guard>.*)\])?\s*(?:/\s*(?P<actions>.*))?")
_GRIP = 10.0
"""Pixels below its top where a state is taken, off the handles and off what is in it."""


def product() -> type:
    """What the bench drives. Its own module `common` is there only when it asks."""
    arch: type = sys.modules["common"].Arch
    return type("Product", (_Product, arch), {})


class _Product:
    """One view on a session, in place of a prototype."""

    def __init__(self, chart: Any, **_: object) -> None:
        self._chart = chart
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.yaml"
            path.write_text("".join(_definition(chart)), encoding="utf-8")
            path.with_name("bench.layout.yaml").write_text("".join(_places(chart)), encoding="utf-8")
            self._document = files.open_document(path)
        made = self._document.chart
        named = {state.declared_id: id for id, state in made.states.items()}
        self._ids = [named[f"n{state.id}"] for state in chart.states]
        self._numbers = {id: number for number, id in enumerate(self._ids)}
        self._lines = [id for id, each in made.transitions.items() if not each.is_pseudo]
        self._until = 0.0
        self._at = QPointF()

    def build(self) -> QWidget:
        """A view of the document, as a window makes it."""
        self.view = ChartView(Session(self._document))
        return self.view

    def viewport(self) -> QWidget:
        """Where the chart is painted."""
        return self.view.viewport()

    def fit(self) -> None:
        """Show all."""
        self.view.fit()
        self._move()

    def look(self, zoom: float, x: float, y: float) -> None:
        """Show a point of the chart in the middle, at a zoom."""
        middle = QPointF(self.viewport().width() / 2, self.viewport().height() / 2)
        self.view.look(Camera(zoom, middle.x() - x * zoom, middle.y() - y * zoom))
        self._move()

    def pan(self, dx: float, dy: float) -> None:
        """Move what is seen by device pixels."""
        self.view.pan(dx, dy)
        self._move()

    def _move(self) -> None:
        self._until = time.monotonic() + (REST + 40) / 1000

    def idle(self) -> bool:
        """Whether the exact picture is still to be painted, which is when hands rest."""
        return time.monotonic() < self._until

    def highlight(self, states: Iterable[int], edges: Iterable[int]) -> None:
        """These are lit as those of a run are."""
        overlay = self.view.overlay
        overlay.active = frozenset(self._ids[each] for each in states)
        overlay.taken = {self._lines[each]: 1.0 for each in edges}
        overlay.is_running = bool(overlay.active or overlay.taken)
        self.viewport().update()

    def drag_begin(self, sid: int) -> None:
        """Press on a state."""
        rect = self.view.picture.states[self._ids[sid]].rect
        below = min(_GRIP / self.view.zoom, rect.height / 2)
        self._at = self.view.to_view(Point(rect.x + rect.width / 4, rect.y + below))
        self._mouse(QEvent.Type.MouseButtonPress, Qt.MouseButton.LeftButton)

    def drag(self, sid: int, dx: float, dy: float) -> None:
        """Drag it on by chart units."""
        self._at = QPointF(self._at.x() + dx * self.view.zoom, self._at.y() + dy * self.view.zoom)
        self._mouse(QEvent.Type.MouseMove, Qt.MouseButton.LeftButton)
        self.viewport().update()

    def drag_end(self) -> None:
        """Let go of it."""
        self._mouse(QEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton)
        self._move()

    def _mouse(self, kind: QEvent.Type, held: Qt.MouseButton) -> None:
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        place = self.viewport().mapToGlobal(self._at)
        event = QMouseEvent(kind, self._at, place, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.viewport(), event)

    def hit(self, x: float, y: float) -> tuple[str, int] | None:
        """What is topmost at a point."""
        found = self.view.hit(Point(x, y)).id
        if not found or found == self._document.chart.root_id:
            return None
        return ("s", self._numbers[found]) if found in self._numbers else ("e", 0)

    def repaint_all(self) -> None:
        """Paint everything anew."""
        self.view.base.drop()
        self.viewport().repaint()


def _definition(chart: Any) -> Iterator[str]:
    """The machine as YAML. Each state has an id of its number, by which targets name it."""

    def block(state: Any, pad: str) -> Iterator[str]:
        yield f"{pad}{state.title}:\n{pad}  id: n{state.id}\n"
        for kind in ("entry", "exit"):
            told = [text.partition(" / ")[2] for text in state.actions if text.startswith(kind)]
            if told:
                yield f"{pad}  {kind}: [{', '.join(repr(each) for each in told)}]\n"
        events: dict[str, list[str]] = {}
        for number in chart.out[state.id]:
            edge = chart.edges[number]
            if edge.src == state.id:
                found = _LABEL.fullmatch(edge.label)
                assert found is not None
                way = [f"target: '#n{edge.dst}'"]
                way += [f"{key}: '{found[key].strip()}'" for key in ("guard", "actions") if found[key]]
                events.setdefault(found["event"].strip(), []).append(f"{{{', '.join(way)}}}")
        always = events.pop("", [])
        if always:
            yield f"{pad}  always: [{', '.join(always)}]\n"
        if events:
            yield f"{pad}  on:\n"
            yield from (f"{pad}    '{event}': [{', '.join(ways)}]\n" for event, ways in events.items())
        if state.children:
            yield f"{pad}  states:\n"
            for child in state.children:
                yield from block(chart.states[child], pad + "    ")

    yield "states:\n"
    for state in chart.states:
        if state.parent < 0:
            yield from block(state, "  ")


def _places(chart: Any) -> Iterator[str]:
    """The layout file: boxes are relative to the state around."""
    paths: dict[int, str] = {}
    yield "states:\n"
    for state in chart.states:
        around = chart.states[state.parent] if state.parent >= 0 else None
        paths[state.id] = f"{paths[around.id]}.{state.title}" if around is not None else state.title
        x, y = (state.x - around.x, state.y - around.y) if around is not None else (state.x, state.y)
        yield f"  {paths[state.id]}: [{x:.0f}, {y:.0f}, {state.w:.0f}, {state.h:.0f}]\n"
