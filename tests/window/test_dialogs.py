"""The dialogs for files: what they are asked for, and what becomes of what was typed into them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from editor.window.dialogs import QtDesktop
from editor.window.main_window import MainWindow

SUFFIXES = (".yaml", ".scxml")
CHOSEN = "SCXML (*.scxml)"

Asked = list[tuple[object, ...]]
Answering = Callable[..., Asked]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Let the system's dialogs answer with these names, one after the other; gives what they are asked."""

    def begin(*names: str) -> Asked:
        left, asked = list(names), list[tuple[object, ...]]()

        def ask(_parent: object, *rest: object) -> tuple[str, str]:
            asked.append(rest)
            return left.pop(0), CHOSEN

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
        return asked

    return begin


def desktop_of(window: MainWindow) -> QtDesktop:
    assert isinstance(window.desktop, QtDesktop)
    return window.desktop


def press(words: Sequence[str], qtbot: QtBot, said: list[str]) -> None:
    """Choose these in the questions to come, and note what each of them said."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(f"{box.text()} {box.informativeText()}")
        wanted = words[len(said) - 1]
        if len(said) < len(words):
            QTimer.singleShot(0, answer)
        button = next(each for each in box.findChildren(QPushButton) if each.text() == wanted)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, answer)


@pytest.mark.parametrize(
    ("typed", "written"), [("mine", "mine.scxml"), ("mine.yaml", "mine.yaml"), ("my.file", "my.file")]
)
def test_a_name_without_a_suffix_gets_that_of_the_filter(
    typed: str, written: str, window: MainWindow, answering: Answering, tmp_path: Path
) -> None:
    answering(str(tmp_path / typed))
    assert desktop_of(window).ask_save_path("Save as", "x.yaml", SUFFIXES) == tmp_path / written


@pytest.mark.parametrize("is_dead_link", [False, True])
def test_a_file_that_a_suffix_leads_to_is_replaced_only_if_one_says_so(
    is_dead_link: bool, window: MainWindow, answering: Answering, tmp_path: Path, qtbot: QtBot
) -> None:
    theirs = tmp_path / "mine.scxml"
    if is_dead_link:
        theirs.symlink_to(tmp_path / "away")
    else:
        theirs.write_text("precious", encoding="utf-8")
    said: list[str] = []
    answering(str(tmp_path / "mine"))
    press(["Replace"], qtbot, said)
    assert desktop_of(window).ask_save_path("Save as", "x.yaml", SUFFIXES) == theirs
    assert said == [f"Replace mine.scxml? It is in {tmp_path}. What it holds is replaced."]


def test_who_does_not_replace_is_asked_for_another_name(
    window: MainWindow, answering: Answering, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "mine.scxml").write_text("precious", encoding="utf-8")
    asked = answering(str(tmp_path / "mine"), str(tmp_path / "other"))
    press(["Cancel"], qtbot, [])
    assert desktop_of(window).ask_save_path("Save as", "x.yaml", SUFFIXES) == tmp_path / "other.scxml"
    assert [rest[:2] for rest in asked] == [("Save as", "x.yaml"), ("Save as", str(tmp_path / "mine.scxml"))]


def test_who_chooses_no_other_name_writes_nothing(
    window: MainWindow, answering: Answering, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "mine.scxml").write_text("precious", encoding="utf-8")
    answering(str(tmp_path / "mine"), "")
    press(["Cancel"], qtbot, [])
    assert desktop_of(window).ask_save_path("Save as", "x.yaml", SUFFIXES) is None


@pytest.mark.parametrize("answer", ["/x/chosen.yaml", ""])
def test_a_file_is_looked_for_in_the_folder_that_is_told(
    answer: str, window: MainWindow, answering: Answering, tmp_path: Path
) -> None:
    asked, wanted = answering(answer, answer), Path(answer) if answer else None
    assert desktop_of(window).ask_open_path("Compare with file", tmp_path) == wanted
    assert desktop_of(window).ask_open_path("Open a machine") == wanted
    assert [rest[:2] for rest in asked] == [("Compare with file", str(tmp_path)), ("Open a machine", "")]
    assert all("*.yaml" in str(patterns) for *_, patterns in asked)
