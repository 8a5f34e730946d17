from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import DOOR, FakeDesktop

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _apart(home: None, standard_look: None) -> None:
    """No test here touches the settings or the look of another."""


@pytest.fixture
def door(tmp_path: Path) -> Path:
    path = tmp_path / "door.yaml"
    path.write_text(DOOR, encoding="utf-8")
    return path


@pytest.fixture
def window(program: Program, door: Path, qtbot: QtBot) -> MainWindow:
    made = program.open(door)
    qtbot.waitUntil(made.isActiveWindow)
    return made


def inspector_line(window: MainWindow, qtbot: QtBot, text: str) -> QLineEdit:
    """The first field of the form that the inspector shows, once it says this; a hidden form waits beside it."""

    def shown() -> list[QLineEdit]:
        return [each for each in window.docks["inspector"].findChildren(QLineEdit) if each.isVisible()]

    qtbot.waitUntil(lambda: [each.text() for each in shown()][:1] == [text])
    return shown()[0]


def fake_desktop(window: MainWindow) -> FakeDesktop:
    """Answer this window's questions from a list from now on."""
    desktop = FakeDesktop()
    window.desktop = desktop
    window.actions_._desktop = desktop
    return desktop


def opened(program: Program, qtbot: QtBot, path: Path, text: str) -> MainWindow:
    """A window on a file with a text, in front, with the keyboard on its canvas and nobody to ask."""
    path.write_text(text, encoding="utf-8")
    made = program.open(path)
    qtbot.waitUntil(made.isActiveWindow)
    fake_desktop(made)
    made.view.setFocus()
    return made
