from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from editor.document import edits, settings
from editor.model.checker import Checker
from editor.model.judging import judged
from editor.model.problems import Severity
from editor.panels.icons import icon
from editor.panels.problems import ProblemsPanel
from editor.panels.problems_model import place_name
from editor.session import Session
from tests.commands.desk import id_of, session_on, transition_of

FLAWED = """\
initial: a
states:
  a: {on: {GO: nowhere}}
  b: {}
"""


def shown(tmp_path: Path, qtbot: QtBot, text: str = FLAWED) -> tuple[ProblemsPanel, Session]:
    session = session_on(tmp_path, text)
    panel = ProblemsPanel(session)
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()
    checker = Checker(session.document.chart)
    session.document.changed.subscribe(checker.note)

    def look() -> None:
        sheet, chosen = session.document.diagram.sheet, dict(session.settings.severities)
        session.set_problems(*judged(session.document.chart, checker.problems(), sheet, chosen))

    session.problems_asked.subscribe(look)
    look()
    return panel, session


def titles(panel: ProblemsPanel) -> list[str]:
    return [str(panel.rows.index(row, 0).data()) for row in range(panel.rows.rowCount())]


def row(panel: ProblemsPanel, rule: str, number: int = 0) -> QModelIndex:
    place = [each[0] for each in panel.rows.groups].index(rule)
    return panel.rows.index(number, 0, panel.rows.index(place, 0))


def action(menu: QMenu | None, title: str) -> QAction:
    assert menu is not None
    return next(each for each in menu.actions() if each.text() == title)


def test_without_problems_the_panel_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    panel = ProblemsPanel(session_on(tmp_path))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.empty.isVisible()
    assert not panel.list.isVisible()
    assert panel.why.text() == ""


def test_the_worst_rule_comes_first_and_a_click_goes_there(tmp_path: Path, qtbot: QtBot) -> None:
    panel, session = shown(tmp_path, qtbot)
    assert titles(panel) == [
        "Reference to a state that is not there (1)",
        "State that nothing leads to (1)",
        "State that nothing leads out of (1)",
    ]
    first = row(panel, "unknown-state")
    assert "nowhere" in str(first.data())
    assert str(first.siblingAtColumn(1).data()) == "a · GO"
    revealed: list[str] = []
    session.revealed.subscribe(revealed.append)
    place = panel.list.visualRect(first).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.selection.ids == (transition_of(session, "a"),)
    assert revealed == [transition_of(session, "a")]
    assert "Most often the state was renamed" in panel.why.text()
    session.set_problems(())
    assert panel.empty.isVisible()


def test_enter_goes_to_the_problem(tmp_path: Path, qtbot: QtBot) -> None:
    panel, session = shown(tmp_path, qtbot)
    panel.list.setCurrentIndex(row(panel, "unreachable-state"))
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert session.selection.ids == (id_of(session, "b"),)


def test_a_repair_is_one_step_and_its_problem_is_gone(tmp_path: Path, qtbot: QtBot) -> None:
    panel, session = shown(tmp_path, qtbot)
    action(panel.menu_at(row(panel, "unreachable-state")), "Delete “b”").trigger()
    assert "unreachable-state" not in {each.rule for each in session.problems}
    assert session.document.undo_stack.undo_label == "Delete “b”"
    assert session.status == "Delete “b”."
    session.document.undo()
    session.settled_problems()
    assert "unreachable-state" in {each.rule for each in session.problems}


def test_all_problems_of_a_rule_are_repaired_from_its_row(tmp_path: Path, qtbot: QtBot) -> None:
    panel, session = shown(tmp_path, qtbot, "initial: a\nstates: {a: {tags: [x, x]}, b: {tags: [x, x]}}\n")
    group = row(panel, "duplicate-tag").parent()
    action(panel.menu_at(group), "All 2 alike: Keep each tag once").trigger()
    assert "duplicate-tag" not in {each.rule for each in session.problems}
    session.document.undo()
    assert not session.document.is_modified


def test_what_is_ignored_can_be_shown_and_heard_again(tmp_path: Path, qtbot: QtBot) -> None:
    panel, _ = shown(tmp_path, qtbot)
    assert not panel.ignored.isVisible()
    action(panel.menu_at(row(panel, "unreachable-state")), "Ignore here").trigger()
    assert "State that nothing leads to (1)" not in titles(panel)
    assert panel.ignored.text() == "1 ignored"
    panel.ignored.setChecked(True)
    assert titles(panel)[-1] == "State that nothing leads to (1, ignored)"
    action(panel.menu_at(row(panel, "unreachable-state")), "Show again").trigger()
    assert "State that nothing leads to (1)" in titles(panel)
    assert not panel.ignored.isVisible()


def test_errors_are_not_ignored(tmp_path: Path, qtbot: QtBot) -> None:
    panel, _ = shown(tmp_path, qtbot)
    menu = panel.menu_at(row(panel, "unknown-state"))
    assert menu is not None
    assert "Ignore here" not in [each.text() for each in menu.actions()]
    assert not [each for each in menu.actions() if each.menu() is not None]


@pytest.mark.parametrize("title", ["In this machine, it is", "In all my machines, it is"])
def test_a_rule_is_turned_off_and_on_from_its_menu(tmp_path: Path, qtbot: QtBot, title: str) -> None:
    panel, session = shown(tmp_path, qtbot)
    session.settings_changed.subscribe(session.settled_problems)
    menu = panel.menu_at(row(panel, "unreachable-state"))
    choices = action(menu, title).menu()
    assert isinstance(choices, QMenu)
    assert [each.text() for each in choices.actions() if each.isChecked()] == ["As usual (warning)"]
    action(choices, "Error").trigger()
    assert [each.severity for each in session.problems if each.rule == "unreachable-state"] == [
        Severity.ERROR
    ]
    action(choices, "Off").trigger()
    assert "unreachable-state" not in {each.rule for each in session.problems}
    action(choices, "As usual (warning)").trigger()
    assert "unreachable-state" in {each.rule for each in session.problems}
    assert settings.load().severities == ()


def test_the_list_is_filtered_by_severity_and_by_words(tmp_path: Path, qtbot: QtBot) -> None:
    panel, _ = shown(tmp_path, qtbot)
    assert [button.text() for button in panel.buttons.values()] == ["1", "1", "1"]
    panel.buttons[Severity.WARNING].click()
    assert len(titles(panel)) == 2
    panel.buttons[Severity.WARNING].click()
    panel.search.setText("never ACTIVE b")
    assert titles(panel) == ["State that nothing leads to (1)"]
    panel.search.setText("dead-end")
    assert titles(panel) == ["State that nothing leads out of (1)"]
    panel.search.setText("no such words")
    assert panel.empty.isVisible()
    assert panel.empty.text() == "No problem is like that."


def test_what_was_opened_and_chosen_stays_while_the_chart_is_edited(tmp_path: Path, qtbot: QtBot) -> None:
    panel, session = shown(tmp_path, qtbot)
    chosen = row(panel, "dead-end")
    assert not panel.list.isExpanded(chosen.parent())
    panel.list.expand(chosen.parent())
    panel.list.collapse(row(panel, "unreachable-state").parent())
    panel.list.setCurrentIndex(chosen)
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, "a"), "z"))
    session.settled_problems()
    assert panel.list.isExpanded(row(panel, "dead-end").parent())
    assert not panel.list.isExpanded(row(panel, "unreachable-state").parent())
    assert panel.rows.problem_at(panel.list.currentIndex()) in session.problems


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
