from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.document import settings
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import DOOR, FakeDesktop

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="module", autouse=True)
def _standard_look(qapp: QApplication) -> Iterator[None]:
    """The theme is the application's; tests that follow count on the look that it had."""
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    name = qapp.property("theme")
    yield
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
    qapp.setProperty("theme", name)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))
    settings.store(settings.Settings(theme="light"))


@pytest.fixture
def program(qapp: QApplication, _home: None) -> Iterator[Program]:
    made = Program(qapp)
    yield made
    for window in list(made.windows):
        window.session.document.undo_stack.mark_clean()
        window.close()


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


def fake_desktop(window: MainWindow) -> FakeDesktop:
    """Answer this window's questions from a list from now on."""
    desktop = FakeDesktop()
    window.desktop = desktop
    window.actions_._desktop = desktop
    return desktop
