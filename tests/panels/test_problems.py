from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.model import rules
from editor.panels.icons import icon
from editor.panels.problems import ProblemsPanel, place_name
from tests.commands.desk import id_of, session_on, transition_of

FLAWED = """\
initial: a
states:
  a: {on: {GO: nowhere}}
  b: {}
"""


def test_the_worst_comes_first_and_a_click_goes_there(tmp_path: Path, qtbot: QtBot) -> None:
    session = session_on(tmp_path, FLAWED)
    panel = ProblemsPanel(session)
    qtbot.addWidget(panel)
    panel.resize(900, 200)
    panel.show()
    assert panel.empty.isVisible()
    session.set_problems(rules.check(session.document.chart))
    assert panel.list.isVisible()
    first = panel.rows.index(0, 0)
    assert "nowhere" in str(first.data())
    assert str(panel.rows.index(0, 1).data()) == "a · GO"
    revealed: list[str] = []
    session.revealed.subscribe(revealed.append)
    place = panel.list.visualRect(first).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.selection.ids == (transition_of(session, "a"),)
    assert revealed == [transition_of(session, "a")]
    session.set_problems(())
    assert panel.empty.isVisible()


def test_places_have_names_for_people(tmp_path: Path) -> None:
    session = session_on(tmp_path)
    chart = session.document.chart
    assert place_name(chart, id_of(session, "opened.wide")) == "opened.wide"
    assert place_name(chart, "info") == "machine"
    assert place_name(chart, "root") == "machine"


@pytest.mark.parametrize("is_error", [True, False])
def test_an_error_stays_red_in_a_selected_row(qapp: QApplication, is_error: bool) -> None:
    before = qapp.palette()
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.BrightText, QColor("#C02020"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#202020"))
    palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#FFFFFF"))
    qapp.setPalette(palette)
    try:
        role = QPalette.ColorRole.BrightText if is_error else QPalette.ColorRole.WindowText
        made = icon("error", role)
        shown = [
            made.pixmap(QSize(16, 16), mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected)
        ]
    finally:
        qapp.setPalette(before)
    assert (shown[0] == shown[1]) is is_error
