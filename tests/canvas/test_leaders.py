"""A label that stands away from its line is led to it, whatever the line looks like."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.canvas import painter_transitions
from editor.canvas.camera import Camera
from editor.canvas.leaders import leader
from editor.document import edits
from editor.geometry import Point, Rect
from editor.layout.legible import FAR
from editor.layout.routing import Route
from editor.model.diagram import Label
from tests import charts
from tests.canvas.shown import looked_at

NUMBERS = st.integers(-300, 300).map(float)
TEXT = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"


@st.composite
def paths(draw: st.DrawFn) -> tuple[Point, ...]:
    """Paths of stretches that are level or upright."""
    found = [Point(draw(NUMBERS), draw(NUMBERS))]
    for turn in range(draw(st.integers(1, 5))):
        last, to = found[-1], draw(NUMBERS)
        found.append(Point(to, last.y) if turn % 2 else Point(last.x, to))
    return tuple(found)


def on(path: tuple[Point, ...], at: Point) -> bool:
    return any(Rect.between(a, b).grown(0.01).contains(at) for a, b in pairwise(path))


@given(paths(), NUMBERS, NUMBERS)
def test_it_leads_from_the_label_to_the_line_and_nowhere_is_nearer(
    path: tuple[Point, ...], x: float, y: float
) -> None:
    label = Rect(x, y, 60, 20)
    found = leader(Route(paths=(path,), label=label))
    nearest = min(
        max(0.0, rect.x - label.right, label.x - rect.right) ** 2
        + max(0.0, rect.y - label.bottom, label.y - rect.bottom) ** 2
        for rect in (Rect.between(a, b) for a, b in pairwise(path))
    )
    if found is None:
        assert nearest <= FAR * FAR
        return
    start, end = found
    assert label.contains(start)
    assert on(path, end)
    assert (start.x - end.x) ** 2 + (start.y - end.y) ** 2 == nearest > FAR * FAR


def test_a_label_that_is_dragged_away_is_led_back_and_undo_takes_that_away(qtbot: QtBot) -> None:
    view = looked_at(charts.document(TEXT), qtbot, Camera(1.0, 100, 200))
    document = view.session.document
    id = next(each.id for each in document.chart.transitions.values() if each.trigger.text == "GO")

    def art() -> painter_transitions.TransitionArt:
        return painter_transitions.art(view.picture, view.picture.transitions[id])

    def grabbed() -> QImage:
        return view.viewport().grab().toImage()

    before = grabbed()
    assert art().leader is None
    document.apply(edits.place_label(document.chart, document.diagram, id, Label(along=0.5, dx=0, dy=120)))
    far = grabbed()
    found = art().leader
    assert found is not None
    assert found.length() > FAR
    middle = view.to_view(Point(found.center().x(), found.center().y())).toPoint()
    column = {far.pixelColor(middle.x(), middle.y() + dy).name() for dy in range(-6, 7)}
    assert len(column) > 1
    document.undo()
    view.session.selection.replace([])
    assert art().leader is None
    assert grabbed() == before
