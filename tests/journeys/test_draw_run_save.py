"""The main job with real mouse and keys: open a machine, draw on it, undo, run it, save it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from editor import resources
from editor.canvas.view import ChartView
from editor.document import files
from editor.engine.simulator import Simulator
from editor.formats import native
from editor.geometry import Point
from editor.session import Session

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for each in resources.path("examples").glob("checkout.*"):
        shutil.copy(each, tmp_path)
    return tmp_path / "checkout.yaml"


@pytest.fixture
def view(path: Path, qtbot: QtBot) -> ChartView:
    made = ChartView(Session(files.open_document(path)))
    qtbot.addWidget(made)
    made.resize(1400, 700)
    made.show()
    made.fit()
    return made


def at(view: ChartView, place: Point) -> QPoint:
    return view.to_view(place).toPoint()


def middle(view: ChartView, key: str) -> Point:
    rect = view.picture.rect(state(view, key))
    assert rect is not None
    return rect.center


def state(view: ChartView, key: str) -> str:
    return next(each.id for each in view.session.document.chart.states.values() if each.key == key)


def drag(qtbot: QtBot, view: ChartView, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    qtbot.mouseMove(port, start)
    qtbot.mousePress(port, LEFT, pos=start)
    for share in (0.2, 0.6, 1.0):
        way = end - start
        qtbot.mouseMove(port, start + QPoint(round(way.x() * share), round(way.y() * share)))
    qtbot.mouseRelease(port, LEFT, pos=end)


def make_state(qtbot: QtBot, view: ChartView, place: Point, name: str) -> None:
    qtbot.mouseDClick(view.viewport(), LEFT, pos=at(view, place))
    assert view.labelling.editor is not None
    qtbot.keyClicks(view.labelling.editor, name)
    qtbot.keyClick(view.labelling.editor, Qt.Key.Key_Return)


def test_a_double_click_makes_a_state_that_is_named_in_place(view: ChartView, qtbot: QtBot) -> None:
    make_state(qtbot, view, Point(400, 320), "gift")
    chart = view.session.document.chart
    assert chart.states[state(view, "gift")].parent == chart.root_id


def test_dragging_moves_and_undo_takes_it_back(view: ChartView, qtbot: QtBot) -> None:
    document = view.session.document
    id = state(view, "cart")
    before = document.diagram.boxes[id]
    start = at(view, middle(view, "cart"))
    drag(qtbot, view, start, start + QPoint(0, 200))
    assert document.diagram.boxes[id].y > before.y + 100
    document.undo()
    assert document.diagram.boxes[id] == before
    assert not document.undo_stack.can_undo


def test_escape_in_the_middle_of_a_drag_restores_exactly(view: ChartView, qtbot: QtBot) -> None:
    document = view.session.document
    before = dict(document.diagram.boxes)
    start = at(view, middle(view, "payment"))
    qtbot.mousePress(view.viewport(), LEFT, pos=start)
    qtbot.mouseMove(view.viewport(), start + QPoint(30, 30))
    qtbot.mouseMove(view.viewport(), start + QPoint(60, 60))
    assert dict(document.diagram.boxes) != before
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(60, 60))
    assert dict(document.diagram.boxes) == before
    assert not document.undo_stack.can_undo


def test_dropping_on_a_state_makes_a_child(view: ChartView, qtbot: QtBot) -> None:
    make_state(qtbot, view, Point(400, 320), "gift")
    drag(qtbot, view, at(view, middle(view, "gift")), at(view, middle(view, "cart")))
    chart = view.session.document.chart
    assert chart.states[state(view, "gift")].parent == state(view, "cart")


def test_dragging_a_handle_to_open_ground_makes_transition_and_target(view: ChartView, qtbot: QtBot) -> None:
    chart = view.session.document.chart
    count = len(chart.transitions)
    qtbot.mouseClick(view.viewport(), LEFT, pos=at(view, middle(view, "cart")))
    handle = next(each for each in view.handles if each.hit.handle == "s" and each.hit.kind.name == "CONNECT")
    drag(qtbot, view, at(view, handle.at), at(view, Point(300, 400)))
    assert view.labelling.editor is not None
    qtbot.keyClicks(view.labelling.editor, "SKIP [items > 0] / log items")
    qtbot.keyClick(view.labelling.editor, Qt.Key.Key_Return)
    made = next(each for each in chart.transitions.values() if each.trigger.text == "SKIP")
    assert len(chart.transitions) == count + 1
    assert (made.source, made.guard is not None, len(made.actions)) == (state(view, "cart"), True, 1)


def test_a_state_that_is_not_selected_is_connected_from_as_well(view: ChartView, qtbot: QtBot) -> None:
    chart = view.session.document.chart
    assert not view.handles
    qtbot.mouseMove(view.viewport(), at(view, middle(view, "cart")))
    handle = next(each for each in view.handles if each.hit.handle == "s")
    drag(qtbot, view, at(view, handle.at), at(view, middle(view, "review")))
    assert view.labelling.editor is not None
    qtbot.keyClicks(view.labelling.editor, "SKIP")
    qtbot.keyClick(view.labelling.editor, Qt.Key.Key_Return)
    made = next(each for each in chart.transitions.values() if each.trigger.text == "SKIP")
    assert (made.source, made.targets) == (state(view, "cart"), (state(view, "review"),))


def test_after_a_state_is_put_the_select_tool_goes_on(view: ChartView, qtbot: QtBot) -> None:
    view.session.set_tool("state")
    qtbot.mouseClick(view.viewport(), LEFT, pos=at(view, Point(400, 320)))
    assert view.session.tool_id == "select"
    assert view.labelling.editor is not None
    qtbot.keyClicks(view.labelling.editor, "gift")
    qtbot.keyClick(view.labelling.editor, Qt.Key.Key_Return)
    before = view.session.document.diagram.boxes[state(view, "gift")].rect
    drag(qtbot, view, at(view, middle(view, "gift")), at(view, middle(view, "gift")) + QPoint(0, 40))
    assert view.session.document.diagram.boxes[state(view, "gift")].rect.y > before.y


def test_clicking_a_raised_pill_sends_its_event(view: ChartView, qtbot: QtBot) -> None:
    session = view.session
    simulator = Simulator(session.document.chart)
    simulator.start()
    session.set_simulator(simulator)
    enabled = simulator.enabled[0]
    route = view.picture.route(enabled.transitions[0])
    assert route is not None
    qtbot.mouseClick(view.viewport(), LEFT, pos=at(view, route.label.center))
    assert simulator.leaves == ("delivery",)
    assert not session.document.is_modified


def test_what_was_drawn_is_saved_and_nothing_else_changes(view: ChartView, qtbot: QtBot, path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    make_state(qtbot, view, Point(400, 320), "gift")
    files.save(view.session.document)
    after = path.read_text(encoding="utf-8")
    assert after == before + "  gift: {}\n"
    assert "gift" in {each.key for each in native.read(after).chart.states.values()}
