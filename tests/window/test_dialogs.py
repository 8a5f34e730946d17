"""What the system's dialogs are asked with."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from editor.window.dialogs import QtDesktop


@pytest.mark.parametrize("answer", ["/x/chosen.yaml", ""])
def test_a_file_is_looked_for_in_the_folder_that_is_told(
    answer: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folders: list[str] = []

    def ask(parent: object, title: str, folder: str, patterns: str) -> tuple[str, str]:
        assert "*.yaml" in patterns
        folders.append(folder)
        return answer, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    window = QWidget()
    qtbot.addWidget(window)
    desktop = QtDesktop(window, window)  # type: ignore[arg-type]
    wanted = Path(answer) if answer else None
    assert desktop.ask_open_path(tmp_path) == wanted
    assert desktop.ask_open_path() == wanted
    assert folders == [str(tmp_path), ""]
