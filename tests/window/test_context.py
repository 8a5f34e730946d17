from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from editor.geometry import Point
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
    assert "Add region" not in titles
    assert window.element_menu.menu_at(QPoint(2, 2)) is None
    window.actions_.by_id["edit.parallel"].trigger()
    menu = window.element_menu.menu_at(place)
    assert menu is not None
    assert "Add region" in [action.text() for action in menu.actions()]


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
