"""The question for a name with its places: marks by mouse and key, groups, and a look at the canvas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from editor.commands.registry import Choosable, Review
from editor.window.asking_places import OFF, ON, AskPlaces
from editor.window.main_window import MainWindow


def review(text: str, left_out: frozenset[str]) -> Review:
    if not text:
        return Review(problem="It needs a name.")
    places = [
        Choosable("1", "Guards", f"g1 → {text}", "t1"),
        Choosable("2", "Actions", f"a1 → {text}", "t1"),
        Choosable("3", "Guards", f"g2 → {text}", "t2"),
        Choosable("4", "Following", f"f → {text}", "t3", free=False),
    ]
    return Review(places=places, remarks=[f"{each} stays" for each in sorted(left_out)])


@pytest.fixture
def looks() -> list[Sequence[str]]:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, looks: list[Sequence[str]]) -> Iterator[AskPlaces]:
    made = AskPlaces(None, "Rename", "ab", review, "Rename", looks.append)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def row(dialog: AskPlaces, group: int, place: int | None = None) -> QTreeWidgetItem:
    top = dialog.tree.topLevelItem(group)
    assert top is not None
    found = top if place is None else top.child(place)
    assert found is not None
    return found


def click_mark(dialog: AskPlaces, item: QTreeWidgetItem, qtbot: QtBot) -> None:
    """Click the box of a row."""
    rect = dialog.tree.visualItemRect(item)
    qtbot.mouseClick(
        dialog.tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 8, rect.center().y())
    )


def test_places_stand_in_groups_all_of_them_marked(dialog: AskPlaces) -> None:
    tops = [row(dialog, number).text(0) for number in range(dialog.tree.topLevelItemCount())]
    assert tops == ["Guards (2)", "Actions (1)", "Following (1)"]
    assert row(dialog, 0, 1).text(0) == "g2 → ab"
    assert [row(dialog, number).checkState(0) for number in (0, 1)] == [ON, ON]
    assert row(dialog, 2, 0).data(0, Qt.ItemDataRole.CheckStateRole) is None
    assert dialog.message.text() == "4 places"


def test_a_mark_is_taken_off_and_put_back(dialog: AskPlaces, qtbot: QtBot) -> None:
    click_mark(dialog, row(dialog, 0, 0), qtbot)
    qtbot.waitUntil(lambda: dialog.left_out == {"1"})
    assert dialog.message.text() == "3 of 4 places\n1 stays"
    assert row(dialog, 0).checkState(0) is Qt.CheckState.PartiallyChecked
    dialog.tree.setCurrentItem(row(dialog, 0, 0))
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not dialog.left_out)
    assert dialog.message.text() == "4 places"


def test_a_group_marks_all_or_none_of_its_places(dialog: AskPlaces, qtbot: QtBot) -> None:
    click_mark(dialog, row(dialog, 0), qtbot)
    qtbot.waitUntil(lambda: dialog.left_out == {"1", "3"})
    click_mark(dialog, row(dialog, 0), qtbot)
    qtbot.waitUntil(lambda: not dialog.left_out)


def test_marks_stay_while_the_name_is_typed(dialog: AskPlaces, qtbot: QtBot) -> None:
    click_mark(dialog, row(dialog, 1, 0), qtbot)
    qtbot.waitUntil(lambda: dialog.left_out == {"2"})
    qtbot.keyClicks(dialog.field, "xyz")
    assert row(dialog, 1, 0).text(0) == "a1 → abxyz"
    assert row(dialog, 1, 0).checkState(0) is OFF
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.result() == AskPlaces.DialogCode.Accepted
    assert dialog.left_out == {"2"}


def test_a_mark_taken_off_at_the_last_moment_counts(dialog: AskPlaces) -> None:
    row(dialog, 1, 0).setCheckState(0, OFF)
    dialog.accept()
    assert dialog.left_out == {"2"}


def test_the_place_that_is_walked_to_is_looked_at_and_may_be_gone_to(
    dialog: AskPlaces, looks: list[Sequence[str]], qtbot: QtBot
) -> None:
    assert not dialog.go.isEnabled()
    dialog.tree.setCurrentItem(row(dialog, 0, 0))
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Down)
    assert looks == [("t1",), ("t2",)]
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert (dialog.result(), dialog.chosen) == (AskPlaces.DialogCode.Rejected, "t2")
    assert looks[-1] == ()


def test_the_desktop_gives_back_name_and_marks_or_the_place_or_nothing(
    window: MainWindow, qtbot: QtBot
) -> None:
    def answer(press: Qt.Key | None) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, AskPlaces)
        row(dialog, 0).setCheckState(0, OFF)
        dialog.tree.setCurrentItem(row(dialog, 1, 0))
        if press is None:
            dialog.go_there()
        else:
            qtbot.keyClick(dialog.field, press)

    for press, wanted in (
        (Qt.Key.Key_Return, ("ab", frozenset({"1", "3"}))),
        (Qt.Key.Key_Escape, None),
        (None, "t1"),
    ):
        QTimer.singleShot(0, lambda press=press: answer(press))
        assert window.desktop.ask_places("Rename", "ab", review, "Rename") == wanted
