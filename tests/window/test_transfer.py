from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from editor.window.transfer import Files, TransferRow, button

FILES = Files(name="things", suggested="mine.txt", pattern="Things (*.txt)")


class Taken:
    """Remembers what was imported and exported, and what the file dialogs were asked."""

    def __init__(self) -> None:
        self.imported: list[Path] = []
        self.exported: list[Path] = []
        self.asked: list[tuple[object, ...]] = []


@pytest.mark.parametrize("answer", ["/x/chosen.txt", ""])
def test_files_that_were_chosen_are_handed_on(
    answer: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, dialog = Taken(), QDialog()
    qtbot.addWidget(dialog)

    def ask(parent: object, *rest: object) -> tuple[str, str]:
        taken.asked.append(rest)
        return answer, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    row = TransferRow(dialog, FILES, taken.imported.append, taken.exported.append)
    dialog.setLayout(row)
    qtbot.mouseClick(row.importing, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(row.exporting, Qt.MouseButton.LeftButton)
    assert taken.asked == [
        ("Import things", "", "Things (*.txt)"), ("Export things", "mine.txt", "Things (*.txt)"),
    ]  # fmt: skip
    expected = [Path(answer)] if answer else []
    assert (taken.imported, taken.exported) == (expected, expected)


def test_return_closes_and_other_buttons_stand_first(qtbot: QtBot) -> None:
    dialog, first = QDialog(), button("Reset all")
    qtbot.addWidget(dialog)
    row = TransferRow(dialog, FILES, lambda path: None, lambda path: None, before=(first,))
    dialog.setLayout(row)
    dialog.show()
    assert first.x() < row.importing.x() < row.exporting.x() < row.closing.x()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
