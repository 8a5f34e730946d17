"""Far away: batches follow edits, names do not lie on each other, and a large chart takes few calls."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter

from editor.canvas import painter_far_details, painter_titles
from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.picture import Picture
from editor.canvas.theme import load_theme
from editor.layout.index import GridIndex
from editor.model.changes import AnyChange, StateChange, TransitionChange, apply_to_diagram
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import State, Transition, Trigger
from tests.canvas.samples import random_edit, shop

SIZE = QRect(0, 0, 400, 300)
_SHADE = 4


class Recorder:
    """Stands in for a painter: passes every call on and counts it by name; remembers where texts were written."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self.counts: dict[str, int] = {}
        self.texts: list[QPointF] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._painter, name)

        def call(*arguments: Any) -> Any:
            self.counts[name] = self.counts.get(name, 0) + 1
            if name == "drawStaticText":
                self.texts.append(arguments[0])
            return method(*arguments)

        return call


def painted(painter: ChartPainter, zoom: float) -> tuple[bytes, Recorder]:
    image = QImage(SIZE.size(), QImage.Format.Format_RGB32)
    with QPainter(image) as device:
        recorder = Recorder(device)
        painter.base(recorder, zoom, 5, 5, SIZE)  # type: ignore[arg-type]
    return bytes(image.constBits()), recorder


def looks_like(one: ChartPainter, other: ChartPainter, zoom: float) -> bool:
    """Whether both paint the same; lines that cross blend differently by a shade when painted in another order."""
    pairs = zip(painted(one, zoom)[0], painted(other, zoom)[0], strict=True)
    return all(abs(a - b) <= _SHADE for a, b in pairs if a != b)


def painter_of(chart: Chart, diagram: Diagram) -> ChartPainter:
    return ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme("light"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(seed=5, length=2, zoom=0.3, is_detailed=True)
@given(
    seed=st.integers(0, 100_000),
    length=st.integers(1, 8),
    zoom=st.sampled_from([0.3, 0.1]),
    is_detailed=st.booleans(),
)
def test_after_any_edits_it_looks_like_a_fresh_start(
    qapp: object, seed: int, length: int, zoom: float, is_detailed: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(painter_far_details, "DETAILED", 1_500 if is_detailed else 0)
        rng = random.Random(seed)
        chart, diagram = shop()
        painter = painter_of(chart, diagram)
        painted(painter, zoom)
        for _ in range(length):
            changes = tuple(random_edit(chart, diagram, rng))
            chart.apply(changes)
            apply_to_diagram(diagram, changes)
            painter.picture.show(changes)
            if rng.random() < 0.5:
                painter.lift(rng.sample(sorted(painter.picture.states), 1))
                painted(painter, zoom)
                painter.lift(())
            if rng.random() < 0.5:
                assert looks_like(painter, painter_of(chart, diagram), zoom)
        assert looks_like(painter, painter_of(chart, diagram), zoom)


def grid(count: int) -> tuple[Chart, Diagram]:
    """States in rows, each with a transition to the next."""
    chart, diagram = Chart(), Diagram()
    changes: list[AnyChange] = []
    for number in range(count):
        id = f"s{number}"
        changes.append(StateChange(id, None, State(id=id, parent="root", key=id, order=number)))
        diagram.put_box(id, Box(id=id, x=number % 100 * 150, y=number // 100 * 90, width=96, height=40))
    for number in range(count):
        made = Transition(
            id=f"t{number}",
            source=f"s{number}",
            targets=(f"s{(number + 1) % count}",),
            trigger=Trigger(text="GO"),
        )
        changes.append(TransitionChange(made.id, None, made))
    chart.apply(changes)
    return chart, diagram


@pytest.mark.parametrize("zoom", [0.02, 0.2])
def test_a_large_chart_takes_few_calls(qapp: object, zoom: float) -> None:
    painter = painter_of(*grid(4_000))
    _, recorder = painted(painter, zoom)
    shapes = {name: count for name, count in recorder.counts.items() if name.startswith("draw")}
    texts = shapes.pop("drawStaticText", 0)
    assert sum(shapes.values()) <= 40, shapes
    assert texts <= painter_titles.MOST
    assert recorder.counts.get("setPen", 0) <= 10 + texts


def test_a_change_builds_only_its_own_chunk_anew(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    chart, diagram = grid(4_000)
    painter = painter_of(chart, diagram)
    painted(painter, 0.02)
    built: list[int] = []
    far = painter._far
    make = far._path

    def path(number: int) -> object:
        if number not in far._paths:
            built.append(number)
        return make(number)

    monkeypatch.setattr(far, "_path", path)
    painted(painter, 0.02)
    assert built == []
    one = chart.transitions["t7"]
    change = TransitionChange("t7", one, None)
    chart.apply((change,))
    painter.picture.show((change,))
    painted(painter, 0.02)
    assert 1 <= len(built) <= 3


def test_names_do_not_lie_on_each_other(qapp: object) -> None:
    painter = painter_of(*shop())
    _, recorder = painted(painter, 0.35)
    places = [(round(at.x()), round(at.y())) for at in recorder.texts]
    assert len(places) > 2
    tall = 12
    for number, (x, y) in enumerate(places):
        assert not any(abs(x - a) < 8 and abs(y - b) < tall for a, b in places[number + 1 :])


def test_directions_and_beginnings_are_told_far_away(qapp: object) -> None:
    _, recorder = painted(painter_of(*shop()), 0.3)
    assert recorder.counts["drawEllipse"] >= 4, "a dot, two rings and the final's inside"
    assert recorder.counts["drawLines"] == 1, "the regions' dividers"


def cities(inside: int) -> ChartPainter:
    """Four large composites side by side, each with so many states."""
    chart, diagram = Chart(), Diagram()
    changes = []
    for number in range(4):
        city = f"city{number}"
        changes.append(StateChange(city, None, State(id=city, parent="root", key=city, order=number)))
        diagram.put_box(city, Box(id=city, x=number * 1200, y=0, width=1100, height=2000))
        for place in range(inside):
            id = f"{city}.{place}"
            changes.append(StateChange(id, None, State(id=id, parent=city, key=f"s{place}", order=place)))
            diagram.put_box(
                id, Box(id=id, x=20 + place % 20 * 50, y=60 + place // 20 * 60, width=40, height=40)
            )
    chart.apply(changes)
    return painter_of(chart, diagram)


@pytest.mark.parametrize("inside", [10, 500])
def test_large_composites_are_named_however_far_away(qapp: object, inside: int) -> None:
    _, recorder = painted(cities(inside), 0.07)
    assert [round(at.x()) for at in recorder.texts] == [
        5 + 5 + round(number * 1200 * 0.07) for number in range(4)
    ]
    _, recorder = painted(cities(inside), 0.01)
    assert not recorder.texts


def test_the_names_of_a_large_chart_far_away_take_no_look_at_all_its_states(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    painter = cities(500)
    painted(painter, 0.07)
    looks: list[object] = []
    monkeypatch.setattr(GridIndex, "meeting", lambda index, *area: looks.append(area) or [])
    _, recorder = painted(painter, 0.07)
    assert len(recorder.texts) == 4
    assert not looks
