from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from editor.document import edits
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model.problems import Problem, Severity
from editor.panels.outline import OutlinePanel
from editor.panels.problems import ProblemsPanel
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import DOOR, id_of


def test_an_element_has_a_menu_and_is_selected_by_it(window: MainWindow) -> None:
    id = id_of(window.session, "closed")
    box = window.session.document.diagram.boxes[id]
    place = window.view.to_view(Point(box.x + box.width / 2, box.y + box.height / 2)).toPoint()
    menu = window.element_menu.menu_at(place)
    assert menu is not None
    assert window.session.selection.ids == (id,)
    titles = [action.text() for action in menu.actions() if action.isEnabled()]
    assert {"Rename", "Delete", "Final"} <= set(titles)
    assert "Move region before" not in titles
    assert window.element_menu.menu_at(QPoint(2, 2)) is None
    window.actions_.by_id["edit.parallel"].trigger()
    menu = window.element_menu.menu_at(place)
    assert menu is not None
    assert "Add region" in [action.text() for action in menu.actions()]


def test_the_menu_of_an_element_gives_it_a_colour(window: MainWindow) -> None:
    id = id_of(window.session, "closed")
    menu = window.element_menu.menu_of(id)
    assert menu is not None
    colour = next(each for each in menu.actions() if each.text() == "Colour").menu()
    assert isinstance(colour, QMenu)
    colour.aboutToShow.emit()
    assert len(colour.actions()) == 9
    assert all(not each.icon().isNull() for each in colour.actions())
    next(each for each in colour.actions() if each.text() == "3 Yellow").trigger()
    assert window.session.document.diagram.boxes[id].tint == 3
    colour.aboutToShow.emit()
    assert [each.text() for each in colour.actions() if each.isChecked()] == ["3 Yellow"]


def test_the_menu_of_an_element_repairs_what_is_wrong_with_it(window: MainWindow) -> None:
    session = window.session
    document = session.document
    id = id_of(session, "opened")
    state = document.chart.states[id]
    document.apply(
        edits.set_state(
            document.chart, document.diagram, replace(state, tags=("x", "x")), measure=TableMeasure()
        )
    )
    box = document.diagram.boxes[id]
    menu = window.element_menu.menu_at(window.view.to_view(Point(box.x + 30, box.y + 20)).toPoint())
    assert menu is not None
    titles = [action.text() for action in menu.actions()]
    assert "Tag that stands twice" in titles
    next(action for action in menu.actions() if action.text() == "Keep each tag once").trigger()
    assert document.chart.states[id].tags == ("x",)
    assert "duplicate-tag" not in {each.rule for each in session.problems}


def test_rows_of_elements_have_the_same_menu(window: MainWindow, qtbot: QtBot) -> None:
    panel = window.docks["outline"].panel
    assert isinstance(panel, OutlinePanel)
    id = id_of(window.session, "closed")
    qtbot.waitUntil(lambda: panel.tree.visualRect(panel.model.index_of(id)).isValid())
    place = panel.tree.visualRect(panel.model.index_of(id)).center()
    panel.tree.customContextMenuRequested.emit(place)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Rename everywhere" in [action.text() for action in menu.actions()]
    assert window.session.selection.ids == (id,)
    menu.close()
    window.docks["problems"].fill()
    problems = window.docks["problems"].panel
    assert isinstance(problems, ProblemsPanel)
    window.session.set_problems(
        (Problem(rule="r", severity=Severity.WARNING, element=id_of(window.session, "opened"), message="m"),)
    )
    window.docks["problems"].show()
    row = problems.rows.index(0, 0, problems.rows.index(0, 0))
    qtbot.waitUntil(lambda: problems.list.visualRect(row).isValid())
    problems.list.customContextMenuRequested.emit(problems.list.visualRect(row).center())
    assert window.session.selection.ids == (id_of(window.session, "opened"),)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()
    assert problems.element_at(QPoint(1, 5000)) == panel.element_at(QPoint(1, 5000)) == ""
    assert window.element_menu.menu_of(window.session.document.chart.root_id) is None


def test_a_machine_that_is_dropped_is_opened(program: Program, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(DOOR, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)), QUrl.fromLocalFile(str(tmp_path / "picture.png"))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    assert window.drops.eventFilter(window, drop)
    assert [each.session.document.title for each in program.windows] == ["door.yaml", "other.yaml"]


def test_the_menu_key_opens_the_menu_of_what_is_selected(window: MainWindow, qtbot: QtBot) -> None:
    """Also where another element lies in the middle of it, and where it is out of sight."""
    opened = id_of(window.session, "opened")
    window.view.setFocus()
    window.session.selection.replace([opened])
    window.actions_.refresh()
    window.view.pan(-5000, 0)
    QTest.keyClick(window.view, Qt.Key.Key_Menu)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.session.selection.ids == (opened,)
    rect = window.view.rect_of(opened)
    assert rect is not None
    assert window.view.viewport().rect().intersects(window.view.rect_to_view(rect))
    menu.close()


def test_without_a_selection_the_menu_key_says_what_to_do(window: MainWindow) -> None:
    window.session.selection.replace([])
    window.element_menu.show_selected()
    assert QApplication.activePopupWidget() is None
    assert window.session.status == "Select something first: then its menu can be opened."
