"""The minimap shows all of the chart and what is seen of it, moves the view, and draws only when hands rest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from editor.canvas.minimap import HEIGHT, WIDTH, Minimap, overview
from editor.canvas.theme import load_theme
from editor.canvas.view import ChartView
from editor.document import edits
from editor.document.settings import Settings
from editor.geometry import Point, Rect
from editor.session import Session
from tests import charts

MACHINE = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {initial: c, states: {c: {}, d: {}}}\n"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(MACHINE), Settings(minimap=True)))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.fit()
    made.minimap.draw()
    return made


@pytest.fixture
def minimap(view: ChartView) -> Minimap:
    return view.minimap


def middle(view: ChartView) -> Point:
    """What is in the middle of the view."""
    return view.camera.to_chart(view.viewport().width() / 2, view.viewport().height() / 2)


def place(minimap: Minimap, path: str) -> QPoint:
    """Where the middle of a state is in the minimap."""
    view = minimap.parent().parent()
    assert isinstance(view, ChartView)
    bounds = view.picture.bounds()
    rect = view.picture.rect(charts.id_of(view.session.document.chart, path))
    assert rect is not None
    at = overview(bounds).to_view(rect.center)
    return QPoint(round(at.x), round(at.y))


def test_it_stands_in_the_corner_and_stays_there(view: ChartView, minimap: Minimap) -> None:
    for width, height in ((800, 600), (1000, 700)):
        view.resize(width, height)
        port = view.viewport().size()
        assert minimap.isVisible()
        assert minimap.geometry().right() == port.width() - 13
        assert minimap.geometry().bottom() == port.height() - 13


def test_where_it_would_cover_the_chart_it_hides(view: ChartView, minimap: Minimap) -> None:
    view.resize(300, 600)
    assert minimap.isHidden()
    view.resize(800, 600)
    assert minimap.isVisible()


def test_it_is_there_only_when_it_is_chosen(view: ChartView, minimap: Minimap) -> None:
    session = view.session
    session.set_settings(replace(session.settings, minimap=False))
    assert minimap.isHidden()
    session.set_settings(replace(session.settings, minimap=True))
    assert minimap.isVisible()


def test_a_press_beside_the_frame_brings_that_place_into_the_middle(
    qtbot: QtBot, view: ChartView, minimap: Minimap
) -> None:
    view.set_zoom(4.0)
    view.pan(5000, 5000)
    at = place(minimap, "b.d")
    qtbot.mouseClick(minimap, LEFT, pos=at)
    rect = view.picture.rect(charts.id_of(view.session.document.chart, "b.d"))
    assert rect is not None
    assert rect.contains(middle(view))
    assert view.zoom == 4.0


def test_the_frame_is_dragged_from_where_it_is_taken(qtbot: QtBot, view: ChartView, minimap: Minimap) -> None:
    view.set_zoom(2.0)
    frame, before = minimap.frame, middle(view)
    start = QPoint(round(frame.x + frame.width * 0.25), round(frame.y + frame.height * 0.25))
    qtbot.mousePress(minimap, LEFT, pos=start)
    assert middle(view) == before
    qtbot.mouseMove(minimap, start + QPoint(10, -6))
    qtbot.mouseRelease(minimap, LEFT, pos=start + QPoint(10, -6))
    scale = overview(view.picture.bounds()).zoom
    after = middle(view)
    assert after.x - before.x == pytest.approx(10 / scale, abs=1)
    assert after.y - before.y == pytest.approx(-6 / scale, abs=1)
    assert minimap.frame.center.x - frame.center.x == pytest.approx(10, abs=1)
    qtbot.mouseMove(minimap, start)
    assert middle(view) == after


def test_the_chart_below_feels_nothing(qtbot: QtBot, view: ChartView, minimap: Minimap) -> None:
    view.session.selection.replace([charts.id_of(view.session.document.chart, "a")])
    count = len(view.session.document.chart.states)
    for each in (QPoint(5, 5), QPoint(100, 70)):
        qtbot.mouseClick(minimap, LEFT, pos=each)
        qtbot.mouseDClick(minimap, LEFT, pos=each)
    assert len(view.session.selection.ids) == 1
    assert len(view.session.document.chart.states) == count


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_states_are_where_they_are_in_the_chart(view: ChartView, minimap: Minimap, theme: str) -> None:
    view.set_theme(load_theme(theme))
    view.pan(5000, 5000)  # the frame is elsewhere
    minimap.draw()
    picture = minimap.grab().toImage()
    ratio = picture.devicePixelRatio()
    ground = QColor(view.theme.ground).name()
    for path in ("a", "b.c", "b.d"):
        at = place(minimap, path)
        assert picture.pixelColor(round(at.x() * ratio), round(at.y() * ratio)).name() != ground, path


def test_while_something_is_dragged_it_is_not_drawn_anew(
    qtbot: QtBot, view: ChartView, minimap: Minimap, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = minimap.draw
    monkeypatch.setattr(minimap, "draw", lambda: (drawn.append(view.picture.version), draw()))
    document = view.session.document
    id = charts.id_of(document.chart, "a")
    gesture = document.gesture("Move")
    starts = {id: document.diagram.boxes[id]}
    for step in range(1, 4):
        gesture.apply(edits.move(document.chart, document.diagram, starts, 400.0 * step, 0))
        minimap.grab()
        minimap._on_calm()
    assert not drawn
    gesture.commit()
    view._rest.stop()
    minimap.grab()
    minimap._on_calm()
    minimap._on_calm()
    assert drawn == [view.picture.version]
    assert minimap.frame == overview(view.picture.bounds()).rect_to_view(
        Rect(*view.camera.to_chart(0, 0), 800 / view.zoom, 600 / view.zoom)
    )


@given(
    st.builds(
        Rect, st.floats(-1e5, 1e5), st.floats(-1e5, 1e5), st.floats(0, 1e6), st.floats(0, 1e6)
    )
)  # fmt: skip
def test_all_of_a_chart_of_any_size_is_in_it(bounds: Rect) -> None:
    found = overview(bounds).rect_to_view(bounds)
    assert found.x >= 5.9
    assert found.y >= 5.9
    assert found.right <= WIDTH - 5.9
    assert found.bottom <= HEIGHT - 5.9
