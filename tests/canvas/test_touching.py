"""Fingers on the canvas: one points, two hold what is under them, one that rests asks for the menu."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QNativeGestureEvent, QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from editor.canvas.touching import Touching
from editor.canvas.view import ChartView
from editor.geometry import Point
from editor.session import Session
from tests import charts

MACHINE = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"
AT, STILL = QPointF(311, 222), QPointF()
VIEW = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
PLACES = st.tuples(st.integers(50, 750), st.integers(50, 550))
KINDS = Qt.NativeGestureType


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(MACHINE)))
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    QTest.qWait(0)
    made.set_zoom(1.0)
    return made


class Hand:
    """Fingers by number on a view, and a clock; each change of one of them is an event that tells of all."""

    def __init__(
        self, view: ChartView, kind: QInputDevice.DeviceType = QInputDevice.DeviceType.TouchScreen
    ) -> None:
        self.view = view
        self.device = QTest.createTouchDevice(kind)
        self.down: dict[int, QPointF] = {}
        self.now = 1000.0
        view.touching = Touching(view, lambda: self.now)

    def put(self, finger: int, x: float, y: float) -> None:
        self.down[finger] = QPointF(x, y)
        self._send(finger, "press")

    def move(self, finger: int, x: float, y: float) -> None:
        self.down[finger] = QPointF(x, y)
        self._send(finger, "move")

    def lift(self, finger: int) -> None:
        self._send(finger, "release")
        del self.down[finger]

    def tap(self, x: float, y: float, after: float = 0.05) -> None:
        self.now += after
        self.put(1, x, y)
        self.now += 0.04
        self.lift(1)

    def _send(self, finger: int, deed: str) -> None:
        screen = self.view.viewport()
        sequence = QTest.touchEvent(screen, self.device, False)
        for number, at in self.down.items():
            getattr(sequence, deed if number == finger else "move")(number, at.toPoint(), screen)
        sequence.commit(True)


def middle(view: ChartView, key: str) -> tuple[float, float]:
    chart = view.session.document.chart
    [id] = [state.id for state in chart.states.values() if state.key == key]
    rect = view.picture.rect(id)
    assert rect is not None
    at = view.to_view(rect.center)
    return at.x(), at.y()


def selected(view: ChartView) -> list[str]:
    return [view.session.document.chart.states[id].key for id in view.session.selection.ids]


def test_a_tap_selects(view: ChartView) -> None:
    Hand(view).tap(*middle(view, "b"))
    assert selected(view) == ["b"]


def test_one_finger_drags_a_state_in_one_step(view: ChartView) -> None:
    x, y = middle(view, "b")
    hand = Hand(view)
    hand.put(1, x, y)
    hand.move(1, x + 60, y + 100)
    hand.move(1, x + 120, y + 200)
    hand.lift(1)
    assert middle(view, "b") == pytest.approx((x + 120, y + 200), abs=5)
    assert view.session.document.undo_stack.undo_label == "Move “b”"
    view.session.document.undo()
    assert middle(view, "b") == (x, y)


def test_a_finger_is_not_steady(view: ChartView) -> None:
    x, y = middle(view, "b")
    hand = Hand(view)
    hand.put(1, x, y)
    hand.move(1, x + 6, y - 5)
    hand.lift(1)
    assert middle(view, "b") == (x, y)
    assert selected(view) == ["b"]


def test_one_finger_on_open_ground_draws_a_band(view: ChartView) -> None:
    hand = Hand(view)
    hand.put(1, 1, 1)
    hand.move(1, 799, 599)
    hand.lift(1)
    assert set(view.session.selection.ids) >= {s.id for s in view.picture.chart.states.values() if s.parent}


def test_two_taps_make_a_state(view: ChartView) -> None:
    hand = Hand(view)
    view.pan(-4000, 0)
    before = len(view.session.document.chart.states)
    hand.tap(300, 300)
    hand.tap(308, 296)
    assert len(view.session.document.chart.states) == before + 1
    hand.tap(300, 500, after=5)
    hand.tap(300, 500, after=5)
    assert len(view.session.document.chart.states) == before + 1


@VIEW
@given(PLACES, PLACES, PLACES, PLACES)
def test_two_fingers_hold_what_is_between_them(
    view: ChartView, a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]
) -> None:
    view.set_zoom(1.0)
    hand = Hand(view)
    hand.put(1, *a)
    hand.put(2, *b)
    place = view.to_chart((QPointF(*a) + QPointF(*b)) / 2)
    for finger, at in ((1, c), (2, d)):
        hand.move(finger, *at)
        there = view.to_view(place)
        wanted = (hand.down[1] + hand.down[2]) / 2
        # by whole pixels, from a place that was known by whole pixels
        assert (there.x(), there.y()) == pytest.approx((wanted.x(), wanted.y()), abs=1 + view.zoom / 2)
    hand.lift(1)
    hand.lift(2)
    assert not view.session.document.undo_stack.can_undo


def test_fingers_that_spread_keep_the_places_under_them(view: ChartView) -> None:
    hand = Hand(view)
    hand.put(1, 300, 300)
    hand.put(2, 400, 300)
    places = view.to_chart(QPointF(300, 300)), view.to_chart(QPointF(400, 300))
    hand.move(1, 200, 310)
    hand.move(2, 500, 310)
    assert view.zoom == pytest.approx(3.0)
    assert [view.to_view(each).toPoint() for each in places] == [QPoint(200, 310), QPoint(500, 310)]


def test_a_second_finger_takes_back_what_the_first_has_begun(view: ChartView) -> None:
    x, y = middle(view, "b")
    before = dict(view.session.document.diagram.boxes)
    hand = Hand(view)
    hand.put(1, x, y)
    hand.move(1, x + 60, y + 100)
    hand.put(2, 100, 100)
    hand.move(2, 150, 150)
    hand.lift(2)
    hand.move(1, x, y + 200)
    hand.lift(1)
    assert view.session.document.diagram.boxes == before
    assert not view.session.document.undo_stack.can_undo
    assert view.tool.phase.name == "Idle"
    hand.tap(*middle(view, "a"))
    assert selected(view) == ["a"]


def test_no_state_is_put_by_the_first_of_two_fingers(view: ChartView) -> None:
    view.session.set_tool("state")
    before = set(view.session.document.chart.states)
    hand = Hand(view)
    hand.put(1, 300, 500)
    hand.put(2, 400, 500)
    hand.lift(1)
    hand.lift(2)
    assert set(view.session.document.chart.states) == before
    hand.tap(300, 500)
    assert len(view.session.document.chart.states) == len(before) + 1


def test_a_finger_that_rests_asks_for_the_menu_and_does_nothing_else(view: ChartView) -> None:
    asked: list[QPoint] = []
    view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    view.customContextMenuRequested.connect(asked.append)
    x, y = middle(view, "b")
    hand = Hand(view)
    hand.put(1, x, y)
    assert view.touching.rests.isActive()
    view.touching.rests.timeout.emit()
    assert asked == [QPointF(x, y).toPoint()]
    hand.move(1, x + 100, y)
    hand.lift(1)
    assert middle(view, "b") == (x, y)
    assert selected(view) == []


def test_a_finger_that_moves_or_goes_up_does_not_rest(view: ChartView) -> None:
    hand = Hand(view)
    hand.put(1, 400, 500)
    hand.move(1, 440, 500)
    assert not view.touching.rests.isActive()
    hand.lift(1)
    hand.tap(400, 500)
    assert not view.touching.rests.isActive()


def test_a_touch_that_is_taken_away_leaves_no_trace(view: ChartView) -> None:
    x, y = middle(view, "b")
    hand = Hand(view)
    hand.put(1, x, y)
    hand.move(1, x + 60, y + 100)
    gone = QTouchEvent(QEvent.Type.TouchCancel, hand.device, Qt.KeyboardModifier.NoModifier, [])
    assert view.viewportEvent(gone)
    assert middle(view, "b") == (x, y)
    assert view.tool.phase.name == "Idle"
    assert not view.session.document.is_in_gesture


def test_fingers_on_a_trackpad_are_left_to_the_pointer_and_the_wheel(view: ChartView) -> None:
    Hand(view, QInputDevice.DeviceType.TouchPad).tap(*middle(view, "b"))
    assert selected(view) == []


# gestures of a trackpad


def gesture(
    view: ChartView,
    kind: Qt.NativeGestureType,
    value: float = 0.0,
    at: QPointF = AT,
    delta: QPointF = STILL,
) -> None:
    pad = QPointingDevice.primaryPointingDevice()
    assert view.viewportEvent(QNativeGestureEvent(kind, pad, 2, at, at, at, value, delta))


@VIEW
@given(st.lists(st.floats(-0.05, 0.08), min_size=1, max_size=120), PLACES)
def test_a_pinch_zooms_about_the_pointer(
    view: ChartView, values: list[float], where: tuple[int, int]
) -> None:
    view.set_zoom(1.0)
    at = QPointF(*where)
    place = view.to_chart(at)
    gesture(view, KINDS.BeginNativeGesture, at=at)
    zoom = 1.0
    for value in values:
        gesture(view, KINDS.ZoomNativeGesture, value, at)
        zoom = min(max(zoom * (1 + value), 0.02), 8.0)
        assert view.zoom == pytest.approx(zoom)
        there = view.to_view(place)
        assert (there.x(), there.y()) == pytest.approx(where, abs=0.51)
    gesture(view, KINDS.EndNativeGesture, at=at)


def test_fingers_that_move_together_pan(view: ChartView) -> None:
    x, y = view.camera.x, view.camera.y
    for _ in range(10):
        gesture(view, KINDS.PanNativeGesture, delta=QPointF(1.25, -0.5))
    assert (view.camera.x, view.camera.y) == pytest.approx((x + 12.5, y - 5), abs=0.51)


def test_a_smart_zoom_shows_a_state_and_then_all(view: ChartView) -> None:
    view.fit()
    whole = view.camera
    gesture(view, KINDS.SmartZoomNativeGesture, 1.0, QPointF(*middle(view, "b")))
    assert view.zoom == 2.0
    x, y = middle(view, "b")
    assert (x, y) == pytest.approx((400, 300), abs=1)
    gesture(view, KINDS.SmartZoomNativeGesture, 0.0, QPointF(x, y))
    assert view.camera == whole
    gesture(view, KINDS.SmartZoomNativeGesture, 1.0, QPointF(3, 3))
    assert view.camera == whole
    assert view.to_chart(QPointF(3, 3)) != Point(3, 3)
