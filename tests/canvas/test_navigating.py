"""Wheel and pointer go about the chart: what is pointed to stays where it is, and no small step is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from pytestqt.qtbot import QtBot

from editor.canvas.camera import LEAST_ZOOM, MOST_ZOOM
from editor.canvas.view import ChartView
from editor.geometry import Rect
from editor.session import Session
from tests import charts

MACHINE = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
PHASE = Qt.ScrollPhase
LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
AT = QPointF(311, 222)
VIEW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(MACHINE)))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.set_zoom(1.0)
    return made


def wheel(
    view: ChartView,
    turn: tuple[int, int],
    held: Qt.KeyboardModifier = NONE,
    *,
    pixels: tuple[int, int] = (0, 0),
    phase: Qt.ScrollPhase = PHASE.NoScrollPhase,
    at: QPointF = AT,
) -> None:
    view.wheelEvent(
        QWheelEvent(at, at, QPoint(*pixels), QPoint(*turn), Qt.MouseButton.NoButton, held, phase, False)
    )


def mouse(
    view: ChartView,
    kind: str,
    x: float,
    y: float,
    button: Qt.MouseButton = Qt.MouseButton.NoButton,
    buttons: Qt.MouseButton = Qt.MouseButton.NoButton,
    held: Qt.KeyboardModifier = NONE,
) -> None:
    types = {
        "press": (QEvent.Type.MouseButtonPress, view.mousePressEvent),
        "move": (QEvent.Type.MouseMove, view.mouseMoveEvent),
        "release": (QEvent.Type.MouseButtonRelease, view.mouseReleaseEvent),
    }
    at = QPointF(x, y)
    type, handler = types[kind]
    handler(QMouseEvent(type, at, at, button, buttons, held))


def space(view: ChartView, *, is_down: bool) -> None:
    kind = QEvent.Type.KeyPress if is_down else QEvent.Type.KeyRelease
    event = QKeyEvent(kind, Qt.Key.Key_Space, NONE, " ")
    (view.keyPressEvent if is_down else view.keyReleaseEvent)(event)


def offset(view: ChartView) -> tuple[float, float]:
    return view.camera.x, view.camera.y


@VIEW
@given(st.lists(st.integers(-40, 60), min_size=1, max_size=120), st.integers(0, 799), st.integers(0, 599))
def test_ctrl_and_the_wheel_zoom_about_the_pointer_in_steps_however_small(
    view: ChartView, turns: list[int], x: int, y: int
) -> None:
    view.set_zoom(1.0)
    at = QPointF(x, y)
    place = view.to_chart(at)
    for turn in turns:
        wheel(view, (0, turn), CTRL, at=at)
        there = view.to_view(place)
        assert abs(there.x() - x) <= 0.51
        assert abs(there.y() - y) <= 0.51


def test_a_fine_wheel_zooms_as_far_as_a_coarse_one(view: ChartView) -> None:
    wheel(view, (0, 120), CTRL)
    coarse = view.zoom
    view.set_zoom(1.0)
    for _ in range(15):
        wheel(view, (0, 8), CTRL)
    assert view.zoom == pytest.approx(coarse)


@pytest.mark.parametrize("turn", [120, -120])
def test_a_fine_wheel_scrolls_as_far_as_a_coarse_one(view: ChartView, turn: int) -> None:
    x, y = offset(view)
    wheel(view, (0, turn))
    coarse = view.camera.y - y
    assert coarse == turn / 2
    for _ in range(120):
        wheel(view, (0, turn // 120))
    assert offset(view) == (x, y + 2 * coarse)


@pytest.mark.parametrize(
    ("turn", "held", "way"),
    [
        ((0, 120), NONE, (0, 60)), ((0, -120), SHIFT, (-60, 0)), ((120, 0), NONE, (60, 0)),
        ((-120, 0), SHIFT, (-60, 0)),
    ],
)  # fmt: skip
def test_the_wheel_scrolls_and_sideways_with_shift_or_a_second_wheel(
    view: ChartView, turn: tuple[int, int], held: Qt.KeyboardModifier, way: tuple[int, int]
) -> None:
    x, y = offset(view)
    wheel(view, turn, held)
    assert offset(view) == (x + way[0], y + way[1])
    assert view.zoom == 1.0


def test_two_fingers_scroll_by_their_pixels_as_they_roll_on_too(view: ChartView) -> None:
    x, y = offset(view)
    wheel(view, (8, 16), pixels=(5, 10), phase=PHASE.ScrollBegin)
    wheel(view, (8, 16), pixels=(5, 10), phase=PHASE.ScrollUpdate)
    wheel(view, (0, 0), phase=PHASE.ScrollEnd)
    wheel(view, (2, 4), pixels=(1, 2), phase=PHASE.ScrollMomentum)
    assert offset(view) == (x + 11, y + 22)


def test_what_rolls_on_does_not_begin_to_zoom_when_ctrl_is_pressed(view: ChartView) -> None:
    wheel(view, (0, 16), pixels=(0, 10), phase=PHASE.ScrollBegin)
    wheel(view, (0, 16), CTRL, pixels=(0, 10), phase=PHASE.ScrollMomentum)
    assert view.zoom == 1.0
    wheel(view, (0, 16), CTRL, pixels=(0, 10), phase=PHASE.ScrollBegin)
    assert view.zoom > 1.0
    closer = view.zoom
    wheel(view, (0, 16), pixels=(0, 10), phase=PHASE.ScrollMomentum)
    assert view.zoom > closer


def test_where_zooming_ends_is_told_once(view: ChartView) -> None:
    told: list[str] = []
    view.session.status_changed.subscribe(told.append)
    for _ in range(40):
        wheel(view, (0, 120), CTRL)
    assert view.zoom == MOST_ZOOM
    assert told == ["It goes no closer than 800 %."]
    for _ in range(80):
        wheel(view, (0, -120), CTRL)
    assert view.zoom == LEAST_ZOOM
    assert told[1:] == ["It goes no farther than 2 %."]


@pytest.mark.parametrize("button", [MIDDLE, RIGHT])
def test_a_button_pans_by_hand(view: ChartView, button: Qt.MouseButton) -> None:
    view.pan(-5000, 0)
    x, y = offset(view)
    mouse(view, "press", 400, 300, button, button)
    mouse(view, "move", 430.5, 280.5, buttons=button)
    mouse(view, "move", 461, 261, buttons=button)
    mouse(view, "release", 461, 261, button)
    mouse(view, "move", 500, 500)
    assert offset(view) == (x + 61, y - 39)


def test_space_pans_while_it_is_held(view: ChartView) -> None:
    x, y = offset(view)
    space(view, is_down=True)
    mouse(view, "press", 400, 300, LEFT, LEFT)
    mouse(view, "move", 420, 310, buttons=LEFT)
    mouse(view, "release", 420, 310, LEFT)
    assert offset(view) == (x + 20, y + 10)
    space(view, is_down=False)
    mouse(view, "press", 400, 300, LEFT, LEFT)
    mouse(view, "move", 420, 310, buttons=LEFT)
    assert offset(view) == (x + 20, y + 10)


def test_space_that_goes_up_elsewhere_pans_no_longer(view: ChartView) -> None:
    x, y = offset(view)
    space(view, is_down=True)
    view.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    mouse(view, "press", 400, 300, LEFT, LEFT)
    mouse(view, "move", 420, 310, buttons=LEFT)
    assert offset(view) == (x, y)


def test_a_drag_ends_although_a_pan_begins_and_ends_within_it(view: ChartView) -> None:
    rect = view.picture.rect(next(iter(view.session.document.chart.children(view.picture.chart.root_id))).id)
    assert rect is not None
    at = view.to_view(rect.center)
    mouse(view, "press", at.x(), at.y(), LEFT, LEFT)
    mouse(view, "move", at.x() + 80, at.y(), buttons=LEFT)
    assert view.tool.phase.name == "Moving"
    mouse(view, "press", at.x() + 80, at.y(), MIDDLE, LEFT | MIDDLE)
    mouse(view, "release", at.x() + 80, at.y(), LEFT, MIDDLE)
    assert view.tool.phase.name == "Idle"
    mouse(view, "move", at.x() + 90, at.y(), buttons=MIDDLE)
    mouse(view, "release", at.x() + 90, at.y(), MIDDLE)
    assert not view.navigating.is_busy


def test_what_is_dragged_stays_under_the_pointer_when_the_wheel_scrolls(view: ChartView) -> None:
    view.session.set_settings(view.session.settings)
    id = view.session.document.chart.children(view.picture.chart.root_id)[0].id
    rect = view.picture.rect(id)
    assert rect is not None
    at = view.to_view(rect.center)
    mouse(view, "press", at.x(), at.y(), LEFT, LEFT, held=CTRL)
    mouse(view, "move", at.x() + 80, at.y(), buttons=LEFT, held=CTRL)
    wheel(view, (0, -240), at=QPointF(at.x() + 80, at.y()))
    moved = view.picture.rect(id)
    assert moved is not None
    there = view.to_view(moved.center)
    assert abs(there.x() - at.x() - 80) <= 1
    assert abs(there.y() - at.y()) <= 1


FAR_APART = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n  c: {initial: d, states: {d: {}}}\n"


@VIEW
@given(
    x=st.integers(-40, 40),
    y=st.integers(-40, 40),
    width=st.sampled_from([96, 400, 4000]),
    zoom=st.sampled_from([0.1, 1.0, 4.0]),
    chosen=st.sampled_from(["", "a", "c.d"]),
)
def test_zooming_without_a_pointer_never_ends_on_open_ground(
    qtbot: QtBot, x: int, y: int, width: int, zoom: float, chosen: str
) -> None:
    document = charts.document(FAR_APART)
    for path, at in (("b", (200 * x, 200 * y)), ("c", (-200 * y, 200 * x))):
        id = charts.id_of(document.chart, path)
        box = document.diagram.boxes[id]
        document.diagram.put_box(id, replace(box, x=at[0], y=at[1], width=max(box.width, width)))
    made = ChartView(Session(document))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.viewport().grab()  # the first time, all is brought into sight
    if chosen:
        made.session.selection.replace([charts.id_of(document.chart, chosen)])
    before = made.camera.to_chart(399, 299)
    made.set_zoom(zoom)
    seen = made.camera.seen(800, 600)
    states = [shape for id, shape in made.picture.states.items() if id != document.chart.root_id]
    assert any(shape.rect.intersects(seen) for shape in states)
    stays = Rect(before.x - 400 / zoom, before.y - 300 / zoom, 800 / zoom, 600 / zoom)
    if any(shape.rect.intersects(stays.grown(-8 / zoom)) for shape in states):
        after = made.camera.to_chart(399, 299)
        assert abs(after.x - before.x) * zoom <= 2
        assert abs(after.y - before.y) * zoom <= 2


def test_an_empty_chart_is_zoomed_about_the_middle(qtbot: QtBot) -> None:
    made = ChartView(Session(charts.document("{}\n")))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.viewport().grab()  # the first time, all is brought into sight
    before = made.camera.to_chart(399, 299)
    made.set_zoom(0.5)
    assert made.zoom == 0.5
    assert made.camera.to_chart(399, 299) == pytest.approx(before, abs=2)
