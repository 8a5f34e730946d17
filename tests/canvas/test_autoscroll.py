"""A drag to the edge of the canvas takes what is seen along; time is told, never waited for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from pytestqt.qtbot import QtBot

from editor.canvas.autoscroll import EDGE, FASTEST, Autoscroll, pace
from editor.canvas.view import ChartView
from editor.session import Session
from tests import charts

MACHINE = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"
WIDTH, HEIGHT = 800, 600


class Hand:
    """A pointer on a view, and a clock that stands until it is set forward."""

    def __init__(self, view: ChartView) -> None:
        self.view = view
        self.now = 100.0
        view.autoscroll = Autoscroll(view, lambda: self.now)
        self.at = QPointF()

    def press(self, x: float, y: float) -> None:
        self._send(QEvent.Type.MouseButtonPress, x, y, Qt.MouseButton.LeftButton)

    def move(self, x: float, y: float) -> None:
        self._send(QEvent.Type.MouseMove, x, y, Qt.MouseButton.NoButton)

    def release(self) -> None:
        at = self.at
        self._send(QEvent.Type.MouseButtonRelease, at.x(), at.y(), Qt.MouseButton.LeftButton)

    def rest(self, seconds: float) -> None:
        """Let time pass in frames, with the pointer where it is."""
        for _ in range(round(seconds * 50)):
            self.now += 0.02
            self.view.autoscroll.advance()

    def _send(self, kind: QEvent.Type, x: float, y: float, button: Qt.MouseButton) -> None:
        self.at = QPointF(x, y)
        is_up = kind is QEvent.Type.MouseButtonRelease
        held = Qt.MouseButton.NoButton if is_up else Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, self.at, self.at, button, held, Qt.KeyboardModifier.NoModifier)
        handlers = {
            QEvent.Type.MouseButtonPress: self.view.mousePressEvent,
            QEvent.Type.MouseMove: self.view.mouseMoveEvent,
            QEvent.Type.MouseButtonRelease: self.view.mouseReleaseEvent,
        }
        handlers[kind](event)


@pytest.fixture
def view(qtbot: QtBot) -> ChartView:
    made = ChartView(Session(charts.document(MACHINE)))
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    made.show()
    made.fit()
    return made


@pytest.fixture
def hand(view: ChartView) -> Hand:
    return Hand(view)


def take(hand: Hand, path: str) -> str:
    """Press on a state beside its name, and drag it a little; its id."""
    view = hand.view
    id = charts.id_of(view.session.document.chart, path)
    rect = view.picture.rect(id)
    assert rect is not None
    at = view.to_view(rect.center)
    hand.press(at.x() - 20, at.y() + 6)
    hand.move(at.x(), at.y() + 40)
    return id


def left(view: ChartView, id: str) -> float:
    return view.session.document.diagram.boxes[id].x


def test_a_state_dragged_to_the_edge_goes_on_while_the_pointer_rests(hand: Hand, view: ChartView) -> None:
    id = take(hand, "a")
    hand.move(WIDTH - 4, HEIGHT / 2)
    before, seen = left(view, id), view.offset.x()
    hand.rest(1.0)
    gone = seen - view.offset.x()
    assert gone > 100
    assert left(view, id) - before == pytest.approx(gone, abs=8)
    hand.release()
    assert not view.autoscroll.is_active
    assert view.session.document.undo_stack.undo_label == "Move “a”"
    after = view.offset.x()
    hand.rest(1.0)
    assert view.offset.x() == after


@pytest.mark.parametrize(
    ("x", "y", "way"),
    [(2, 300, (1, 0)), (WIDTH - 2, 300, (-1, 0)), (400, 2, (0, 1)), (400, HEIGHT - 2, (0, -1)),
     (-10, HEIGHT + 10, (1, -1))],
)  # fmt: skip
def test_every_side_scrolls_its_way(
    hand: Hand, view: ChartView, x: float, y: float, way: tuple[int, int]
) -> None:
    take(hand, "a")
    hand.move(x, y)
    before = view.offset
    hand.rest(0.5)
    gone = view.offset - before
    signs = tuple((each > 0) - (each < 0) for each in (gone.x(), gone.y()))
    assert signs == way


def test_a_rubber_band_keeps_its_beginning_in_the_chart(hand: Hand, view: ChartView) -> None:
    hand.press(400, 40)
    start = view.to_chart(QPointF(400, 40))
    hand.move(500, 300)
    hand.move(500, HEIGHT + 20)
    hand.rest(0.5)
    band = view.overlay.band
    assert band is not None
    assert (band.x, band.y) == tuple(start)
    assert band.bottom == view.to_chart(QPointF(500, HEIGHT + 20)).y


def test_escape_at_the_edge_ends_it_and_puts_the_state_back(hand: Hand, view: ChartView) -> None:
    id = charts.id_of(view.session.document.chart, "a")
    before = left(view, id)
    take(hand, "a")
    hand.move(WIDTH + 5, 300)
    hand.rest(0.2)
    view.tool.cancel()
    seen = view.offset
    hand.rest(0.5)
    assert view.offset == seen
    assert left(view, id) == before
    assert not view.autoscroll.is_active


def test_back_from_the_edge_it_stands(hand: Hand, view: ChartView) -> None:
    take(hand, "a")
    hand.move(WIDTH - 2, 300)
    hand.rest(0.2)
    hand.move(WIDTH / 2, 300)
    seen = view.offset
    hand.rest(0.5)
    assert view.offset == seen


def test_a_press_without_a_drag_scrolls_nothing(hand: Hand, view: ChartView) -> None:
    rect = view.picture.rect(charts.id_of(view.session.document.chart, "a"))
    assert rect is not None
    view.pan(5 - view.to_view(rect.center).x(), 0)
    seen = view.offset
    at = view.to_view(rect.center)
    hand.press(at.x(), at.y())
    hand.move(at.x() - 2, at.y())
    hand.rest(1.0)
    assert view.offset == seen


def test_a_pause_ends_in_no_leap(hand: Hand, view: ChartView) -> None:
    take(hand, "a")
    hand.move(WIDTH + 500, 300)
    seen = view.offset.x()
    hand.now += 60
    view.autoscroll.advance()
    assert seen - view.offset.x() <= FASTEST * 0.1


# how fast


@given(start=st.floats(0, 1000), at=st.floats(-300, 1300))
def test_the_middle_is_calm_and_the_sides_are_alike(start: float, at: float) -> None:
    found = pace(at, start, 1000.0)
    assert abs(found) <= FASTEST
    if EDGE <= at <= 1000 - EDGE:
        assert found == 0
    assert pace(1000 - at, 1000 - start, 1000.0) == pytest.approx(-found)


@given(start=st.floats(0, EDGE), way=st.floats(0, 400))
def test_what_is_taken_near_a_side_may_be_dragged_away_from_it(start: float, way: float) -> None:
    assert pace(start + way, start, 1000.0) == 0


def test_farther_out_is_faster() -> None:
    paces = [pace(at, 500, 1000.0) for at in (968, 980, 1000, 1020, 1032, 2000)]
    assert paces == sorted(paces)
    assert (paces[0], paces[-1]) == (0, FASTEST)
