"""The list of what differs goes where one clicks, follows the session, and ends with Escape."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.commands import compare
from editor.document import edits
from editor.panels.comparison import ComparisonPanel
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of


def test_a_row_goes_to_what_is_there_and_to_what_is_not_there_any_more(
    session: Session, qtbot: QtBot
) -> None:
    document = session.document
    gone = id_of(session, "opened.wide")
    document.apply(edits.delete(document.chart, document.diagram, [gone]))
    document.apply(edits.rename(document.chart, id_of(session, "closed"), "shut"))
    panel = ComparisonPanel(session)
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()
    assert "Nothing is compared" in panel.title.text()
    compare.with_saved(session, FakeDesktop())
    assert "door.yaml" in panel.title.text()
    revealed: list[str] = []
    session.revealed.subscribe(revealed.append)
    rows = {
        panel.list.topLevelItem(row).text(1): panel.list.topLevelItem(row)
        for row in range(panel.list.topLevelItemCount())
    }
    for path, ids in (("shut", (id_of(session, "shut"),)), ("opened.wide", ())):
        place = panel.list.visualItemRect(rows[path]).center()
        qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert session.selection.ids == ids
    assert revealed[0] == id_of(session, "shut")
    assert session.comparison.value is not None
    assert revealed[1] in session.comparison.value.found.old.states
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert session.comparison.value is None
    assert panel.list.topLevelItemCount() == 0
