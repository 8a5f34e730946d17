"""What one can be told about is found where it is in the window, and not where it is out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.commands.touring import Place
from editor.panels.simulation import SimulationPanel
from editor.window.app import Program
from editor.window.landmarks import ANSWER, FILE, RUN, Landmarks
from editor.window.main_window import MainWindow
from tests.commands.desk import id_of, transition_of


def landmarks_of(window: MainWindow) -> Landmarks:
    parts = window.view, window.actions_, window.toolbar, window.menus["File"], window.docks
    return Landmarks(window, *parts)


@pytest.fixture
def landmarks(window: MainWindow) -> Landmarks:
    return landmarks_of(window)


def rect_in(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def test_buttons_are_where_they_are_pressed(window: MainWindow, landmarks: Landmarks) -> None:
    for id, action in window.actions_.tools.items():
        button = window.toolbar.widgetForAction(action)
        assert button is not None
        assert landmarks.rect(Place(f"tool.{id}")) == rect_in(window, button)
    assert landmarks.rect(Place(RUN)) == rect_in(window, window.actions_.run)


def test_the_file_menu_is_in_its_bar_and_what_is_hidden_is_nowhere(
    window: MainWindow, landmarks: Landmarks
) -> None:
    found = landmarks.rect(Place(FILE))
    assert found is not None
    assert rect_in(window, window.menuBar()).contains(found)
    window.toolbar.hide()
    assert landmarks.rect(Place(RUN)) is None


def test_the_question_of_a_run_is_found_while_it_is_asked(
    program: Program, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "asks.yaml"
    path.write_text(
        "initial: a\nstates:\n  a: {on: {GO: {target: b, guard: ready}}}\n  b: {}\n", encoding="utf-8"
    )
    window = program.open(path)
    landmarks = landmarks_of(window)
    assert landmarks.rect(Place(ANSWER)) is None
    window.actions_.by_id["simulate.toggle"].trigger()
    assert landmarks.rect(Place(ANSWER)) is None
    simulator = window.session.simulator
    assert simulator is not None
    simulator.send("GO")
    panel = window.docks["simulation"].panel
    assert isinstance(panel, SimulationPanel)
    qtbot.waitUntil(panel.question.isVisible)
    assert landmarks.rect(Place(ANSWER)) == rect_in(window, panel.question)
    simulator.answer_guard("ready", True)
    qtbot.waitUntil(lambda: landmarks.rect(Place(ANSWER)) is None)


def test_what_is_drawn_is_found_while_it_is_in_sight(window: MainWindow, landmarks: Landmarks) -> None:
    view = window.view
    for id in (id_of(window.session, "closed"), transition_of(window.session, "closed")):
        view.fit()
        found = landmarks.rect(Place("new", id))
        route = view.picture.route(id)
        drawn = route.label if route is not None else view.rect_of(id)
        assert found is not None
        assert drawn is not None
        middle = view.viewport().mapTo(window, view.to_view(drawn.center).toPoint())
        assert found.contains(middle)
        assert rect_in(window, view.viewport()).contains(found)
        view.pan(-4000, 0)
        assert landmarks.rect(Place("new", id)) is None


def test_words_have_room_below_the_bar_they_speak_of(window: MainWindow, landmarks: Landmarks) -> None:
    of_tool, of_menu = landmarks.room(Place("tool.state")), landmarks.room(Place(FILE))
    assert of_tool.top() > window.toolbar.geometry().bottom()
    assert window.menuBar().geometry().bottom() < of_menu.top() <= window.toolbar.geometry().top()
    for room in (of_tool, of_menu):
        assert room.bottom() < window.statusBar().geometry().top()
        assert (room.left(), room.width()) == (0, window.width())
