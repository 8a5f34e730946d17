"""The table of names in the inspector: filled when it is seen, kept current, and the way to renaming and to places."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from editor.document import edits
from editor.document.looking import Look
from editor.model.naming import Name, NameKind
from editor.panels.inspector_names import NameTable
from editor.requests import Rename, Request
from editor.session import Session
from tests.charts import document, id_of

TEXT = """\
initial: a
context: {n: 0}
guards: {few: n < 3, unused: n > 9}
states:
  a: {on: {GO: {target: b, guard: few}}, after: {PAUSE: b}}
  b: {entry: [note, {assign: {m: 1}}], on: {GO: a}}
"""


@pytest.fixture
def session() -> Session:
    return Session(document(TEXT))


@pytest.fixture
def table(session: Session, qtbot: QtBot) -> NameTable:
    made = NameTable(session)
    qtbot.addWidget(made)
    assert made.topLevelItemCount() == 0
    made.show()
    qtbot.waitUntil(lambda: made.topLevelItemCount() > 0)
    return made


def listed(table: NameTable) -> dict[str, list[tuple[str, str]]]:
    found = {}
    for place in range(table.topLevelItemCount()):
        group = table.topLevelItem(place)
        assert group is not None
        rows = [group.child(number) for number in range(group.childCount())]
        found[group.text(0)] = [(row.text(0), row.text(1)) for row in rows if row is not None]
    return found


def row_of(table: NameTable, text: str) -> QTreeWidgetItem:
    return table.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]


def test_names_stand_by_what_they_name_with_how_many_use_them(table: NameTable) -> None:
    assert listed(table) == {
        "Events (1)": [("GO", "2")],
        "Guards (2)": [("few", "2"), ("unused", "1")],
        "Actions (1)": [("note", "1")],
        "Delays (1)": [("PAUSE", "1")],
        "Context keys (1)": [("n", "3")],
    }


def test_it_follows_the_chart_and_stays_where_one_is(session: Session, table: NameTable) -> None:
    table.setCurrentItem(row_of(table, "note"))
    group = table.topLevelItem(0)
    assert group is not None
    group.setExpanded(False)
    made = session.document
    b = id_of(made.chart, "b")
    made.apply(edits.set_label(made.chart, made.chart.outgoing(b)[0].id, "STOP"))
    table.refresh()
    assert listed(table)["Events (2)"] == [("GO", "1"), ("STOP", "1")]
    assert table.currentItem() is row_of(table, "note")
    again = table.topLevelItem(0)
    assert again is not None
    assert not again.isExpanded()


def test_f2_and_a_double_click_ask_for_another_name(session: Session, table: NameTable, qtbot: QtBot) -> None:
    asked: list[Request] = []
    session.requested.subscribe(asked.append)
    table.setCurrentItem(row_of(table, "few"))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    place = table.visualItemRect(row_of(table, "GO")).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [Rename(Name(NameKind.GUARD, "few")), Rename(Name(NameKind.EVENT, "GO"))]
    table.setCurrentItem(table.topLevelItem(0))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    assert len(asked) == 2
    assert table.menu_of(table.topLevelItem(0)) is None
    menu = table.menu_of(row_of(table, "PAUSE"))
    assert menu is not None
    menu.actions()[0].trigger()
    assert asked[-1] == Rename(Name(NameKind.DELAY, "PAUSE"))


def test_return_selects_where_a_name_stands(session: Session, table: NameTable, qtbot: QtBot) -> None:
    table.setCurrentItem(row_of(table, "GO"))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    chart = session.document.chart
    ends = [chart.outgoing(id_of(chart, key)) for key in ("a", "b")]
    wanted = {each.id for own in ends for each in own if each.trigger.text == "GO"}
    assert set(session.selection.ids) == wanted
    table.setCurrentItem(row_of(table, "unused"))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert session.status == "“unused” stands in the tables of the machine alone."


def test_an_event_is_lit_up_from_its_row(session: Session, table: NameTable, qtbot: QtBot) -> None:
    table.setCurrentItem(row_of(table, "GO"))
    qtbot.keyClick(table, Qt.Key.Key_L)
    assert (session.looking.look, session.looking.name, len(session.looking.hits)) == (Look.EVENT, "GO", 2)
    session.looking.end()
    menu = table.menu_of(row_of(table, "GO"))
    assert menu is not None
    next(each for each in menu.actions() if each.text() == "Light up on the canvas").trigger()
    assert session.looking.name == "GO"
    other = table.menu_of(row_of(table, "few"))
    assert other is not None
    assert "Light up on the canvas" not in [each.text() for each in other.actions()]
