"""A chart that was opened is seen whole; who is quicker than the screen loses nothing by that."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.canvas.view import ChartView
from editor.document import edits
from editor.session import Session
from tests import charts
from tests.canvas.shown import shown

TEXT = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"
PLACES = [(60, 60), (500, 350), (180, 640), (930, 90)]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChartView]:
    """A canvas in a window, on a screen that is slow: what is shown next is painted by `paint`."""
    with shown(Session(charts.document(TEXT)), qtbot) as made:
        made.viewport().setUpdatesEnabled(False)
        yield made


def paint(view: ChartView) -> None:
    """The screen catches up."""
    view.viewport().setUpdatesEnabled(True)
    view.viewport().repaint()


@pytest.mark.parametrize("place", PLACES)
def test_a_state_made_before_the_first_painting_stays_in_hand(
    place: tuple[int, int], view: ChartView, qtbot: QtBot
) -> None:
    view.session.replace_document(charts.document("states: {}\n"))
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(*place))
    field = view.labelling.editor
    assert field is not None
    qtbot.keyClicks(field, "id")
    paint(view)
    assert view.labelling.editor is field, "the field was closed in which a name is being typed"
    qtbot.keyClicks(field, "le")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    chart = view.session.document.chart
    rect = view.picture.rect(charts.id_of(chart, "idle"))
    assert rect is not None
    at = view.camera.to_view(rect.center)
    assert (at.x, at.y) == pytest.approx(place, abs=16), "what was made went from under the hand"


HANDS: dict[str, Callable[[ChartView, QtBot], None]] = {
    "a click": lambda view, qtbot: qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(9, 9)
    ),
    "a key": lambda view, qtbot: qtbot.keyClick(view, Qt.Key.Key_Escape),
    "an edit": lambda view, qtbot: view.session.document.apply(
        edits.rename(
            view.session.document.chart, charts.id_of(view.session.document.chart, "a"), "a much longer name"
        )
    ),
}


@pytest.mark.parametrize("hand", HANDS.values(), ids=HANDS)
def test_what_is_looked_at_after_a_hand_came_is_left(
    hand: Callable[[ChartView, QtBot], None], view: ChartView, qtbot: QtBot
) -> None:
    view.session.replace_document(charts.document(TEXT))
    hand(view, qtbot)
    view.pan(-40, 25)
    camera = view.camera
    paint(view)
    assert view.camera == camera


def test_a_chart_is_fitted_to_the_size_that_the_canvas_has_at_last(qtbot: QtBot) -> None:
    view = ChartView(Session(charts.document(TEXT)))
    qtbot.addWidget(view)
    view.session.replace_document(charts.document(TEXT))
    view.resize(1000, 700)
    view.viewport().grab()
    rect = view.picture.bounds()
    middle = view.camera.to_view(rect.center)
    assert (middle.x, middle.y) == pytest.approx((500, 350), abs=1)


def test_an_edit_of_a_chart_that_is_not_shown_decides_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    view = ChartView(Session(charts.document(TEXT)), parent=window)
    HANDS["an edit"](view, qtbot)
    view.resize(1000, 700)
    view.viewport().grab()
    middle = view.camera.to_view(view.picture.bounds().center)
    assert (middle.x, middle.y) == pytest.approx((500, 350), abs=1)
