"""Fixtures of tests that open real windows: a program with a home of its own, and the look given back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from editor.canvas import motion
from editor.document import settings
from editor.window.app import Program
from editor.window.typing import finish_typing


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system asks for no motion, so that all is at once where it goes."""
    monkeypatch.setattr(motion, "is_reduced", lambda: True)


@pytest.fixture(scope="module")
def standard_look(qapp: QApplication) -> Iterator[None]:
    """The theme is the application's; tests that follow count on the look that it had."""
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    name = qapp.property("theme")
    yield
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)
    qapp.setProperty("theme", name)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and journals in a folder of the test's own."""
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))
    settings.store(settings.Settings(theme="light"))


@pytest.fixture
def program(qapp: QApplication, standard_look: None, home: None) -> Iterator[Program]:
    """The program without windows; those that a test opens are closed without asking."""
    made = Program(qapp)
    yield made
    for window in list(made.windows):
        finish_typing(window)
        window.session.document.undo_stack.mark_clean()
        window.close()
