"""Bad files and a bad disk, through the real window: it says what is wrong, nothing is lost, and work goes on."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from editor.cli import main
from editor.document import files, settings
from editor.formats import layout_file
from editor.tools.base import HitKind
from editor.window.app import Program
from editor.window.main_window import MainWindow
from tests.commands.desk import DOOR, FakeDesktop, id_of

LEFT = Qt.MouseButton.LeftButton
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 9)
)
DEEP_STATES = "".join(f"{'  ' * level}states:\n{'  ' * level} a:\n" for level in range(100))
UNREADABLE: dict[str, tuple[str | bytes, tuple[int, int], str]] = {
    "no YAML": ("initial: a\nstates: a: b\n", (2, 10), "Check the indentation"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", (1, 1), "Save the file as UTF-8"),
    "Latin-1": ("states:\n  café: {}\n".encode("latin-1"), (2, 6), "Save the file as UTF-8"),
    "UTF-16": ("states: {a: {}}\n".encode("utf-16"), (1, 1), "Save the file as UTF-8"),
    "half a file": ("initial: a\nstates:\n  a: {on: {GO: b", (3, 17), "begins in line 3, column 11"),
    "half a character": ("states: {é: {}}\n".encode()[:10], (1, 10), "Save the file as UTF-8"),
    "empty": ("", (1, 1), "A machine is a mapping with “states”"),
    "a list": ("- a\n- b\n", (1, 1), "A machine is a mapping with “states”"),
    "zeros after a crash": (b"\x00" * 4096, (1, 1), "U+0000"),
    "200 levels of brackets": ("a: " + "[" * 200 + "]" * 200, (1, 103), "Move the inner parts out"),
    "200 levels of states": (DEEP_STATES, (101, 101), "Move the inner parts out"),
    "alias bomb": (BOMB, (6, 45), "Write fewer of them"),
    "duplicate keys": ("states:\n  a: {}\n  a: {}\n", (3, 3), "first in line 2, column 3"),
    "merge conflict": ("states:\n<<<<<<< HEAD\n  a: {}\n=======\n  b: {}\n>>>>>>> x\n", (2, 1), "Keep the lines"),
    "a program in a tag": ("a: !!python/object/apply:os.system [x]\n", (1, 4), "Remove the tag"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _apart(home: None, standard_look: None) -> None:
    """No test here touches the settings or the look of another."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "work"
    made.mkdir()
    return made


@pytest.fixture
def door(folder: Path) -> Path:
    path = folder / "door.yaml"
    path.write_text(DOOR, encoding="utf-8")
    return path


def desktop_of(window: MainWindow) -> FakeDesktop:
    desktop = FakeDesktop()
    window.desktop = desktop
    window.actions_._desktop = desktop
    return desktop


def opened(program: Program, path: Path, qtbot: QtBot) -> tuple[MainWindow, FakeDesktop]:
    """The window that a file was opened in, once all that this brings about has happened."""
    window = program.open(path)
    desktop = desktop_of(window)
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.processEvents()
    return window, desktop


def draw(window: MainWindow, qtbot: QtBot, name: str) -> None:
    """A new state on open ground, with the mouse and the keys."""
    view = window.view
    view.fit()
    view.set_zoom(view.zoom * 0.8)
    spots = [QPoint(x, y) for y in range(view.viewport().height() - 60, 0, -40) for x in range(60, 500, 40)]
    spot = next(each for each in spots if view.hit(view.to_chart(QPointF(each))).kind is HitKind.NOTHING)
    qtbot.mouseClick(view.viewport(), LEFT, pos=spot)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=spot)
    assert view.labelling.editor is not None
    qtbot.keyClicks(view.labelling.editor, name)
    qtbot.keyClick(view.labelling.editor, Qt.Key.Key_Return)


def save(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(window.actions_.by_id["file.save"].isEnabled)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def refused(window: MainWindow, desktop: FakeDesktop, qtbot: QtBot) -> str:
    """Save what cannot be saved, take no other place, and give what was said."""
    desktop.answers = ["Cancel"]
    before = len(desktop.texts)
    save(window, qtbot)
    assert desktop.asked[before:] == [("The file was not saved", ("Save as…", "Cancel"))]
    assert "Your work is still here" in desktop.texts[-1]
    return desktop.texts[-1]


def keys_of(window: MainWindow) -> set[str]:
    chart = window.session.document.chart
    return {state.key for state in chart.states.values() if state.parent is not None}


def assert_work_goes_on(window: MainWindow, desktop: FakeDesktop, folder: Path, qtbot: QtBot) -> None:
    """One can draw and save elsewhere, nothing of the machine is lost, and no piece of a file is left anywhere."""
    if window.start is not None and window.stack.currentWidget() is window.start:
        qtbot.mouseClick(window.start.new_button, LEFT)
    before = keys_of(window)
    draw(window, qtbot, "rescued")
    elsewhere = folder.parent / "elsewhere.yaml"
    desktop.paths = [elsewhere]
    window.actions_.by_id["file.save_as"].trigger()
    assert not window.session.document.is_modified
    saved = files.open_document(elsewhere)
    assert {state.key for state in saved.chart.states.values() if state.parent is not None} == before | {
        "rescued"
    }
    assert_nothing_left(folder)


def assert_nothing_left(folder: Path) -> None:
    pieces = [path for path in folder.parent.rglob("*") if path.suffix == ".tmp" or "saving" in path.name]
    assert pieces == []


# files that cannot be read


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_told_about_with_its_place(
    name: str, program: Program, folder: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    content, (line, column), advice = UNREADABLE[name]
    data = content.encode() if isinstance(content, str) else content
    path = folder / "bad.yaml"
    path.write_bytes(data)
    window, desktop = opened(program, path, qtbot)
    assert desktop.told[0].startswith(f"{path}:{line}:{column}: ")
    assert advice in desktop.told[0]
    assert_work_goes_on(window, desktop, folder, qtbot)
    assert path.read_bytes() == data

    assert main(["check", str(path), "--json"]) == 2
    output = capsys.readouterr()
    problem = json.loads(output.out)["files"][0]["problems"][0]
    assert (problem["line"], problem["column"]) == (line, column)
    assert f"{path}:{line}:{column}: " in output.err
    for words in (["run", str(path)], ["convert", str(path), "-o", str(folder / "x.yaml")]):
        assert main(words) == 2
        assert f"{path}:{line}:{column}: " in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["large", "folder", "circle", "missing"])
def test_what_is_no_file_to_read_is_told_about(
    kind: str, program: Program, folder: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "bad.yaml"
    if kind == "large":
        with path.open("wb") as file:
            file.truncate(100_000_000)  # nothing is written, so that this takes no room
    elif kind == "folder":
        path.mkdir()
    elif kind == "circle":
        path.symlink_to(path)
    words = {
        "large": "100 MB; machines have at most 64 MB", "folder": "is a folder. Name a file in it",
        "circle": "cannot be read", "missing": "does not exist. Check the name",
    }[kind]  # fmt: skip
    window, desktop = opened(program, path, qtbot)
    assert str(path) in desktop.told[0]
    assert words in desktop.told[0]
    assert_work_goes_on(window, desktop, folder, qtbot)
    desktop.told.clear()
    program.open_from(window, path, False)
    qtbot.waitUntil(lambda: bool(desktop.told))
    assert words in desktop.told[0]
    assert program.windows == [window]
    assert window.session.document.path == folder.parent / "elsewhere.yaml"
    assert main(["check", str(path), "--json"]) == 2
    output = capsys.readouterr()
    assert words in json.loads(output.out)["files"][0]["problems"][0]["message"]
    assert words in output.err


def test_an_eventless_cycle_stops_the_run_and_not_the_program(
    program: Program, folder: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "cycle.yaml"
    path.write_text("initial: a\nstates:\n  a: {always: b}\n  b: {always: a}\n", encoding="utf-8")
    window, desktop = opened(program, path, qtbot)
    qtbot.waitUntil(lambda: bool(window.session.problems))
    qtbot.keyClick(window, Qt.Key.Key_F5)
    run = window.session.simulator
    assert run is not None
    assert run.snapshot.is_stopped
    message = run.trace[-1].outcome.failures[0].message
    assert "a" in message
    assert "b" in message
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert_work_goes_on(window, desktop, folder, qtbot)
    assert main(["run", str(path), "--json"]) == 1
    assert message in json.loads(capsys.readouterr().out)["errors"][0]


# a disk that does not do what it should


class BadDisk:
    """Fails what the program asks of the files of one folder; other folders are on another disk."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch
        self.handles: set[int] = set()
        self.make = tempfile.mkstemp
        patch.setattr(tempfile, "mkstemp", self._watch)

    def _watch(self, **options: Any) -> tuple[int, str]:
        handle, path = self.make(**options)
        (self.handles.add if Path(path).parent == self.folder else self.handles.discard)(handle)
        return handle, path

    def unwritable(self) -> None:
        def refuse(**options: Any) -> tuple[int, str]:
            if Path(options["dir"]) == self.folder:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return self.make(**options)

        self.patch.setattr(tempfile, "mkstemp", refuse)

    def full(self) -> None:
        """Each write fails, as on a disk without room."""
        open_handle = os.fdopen

        def opened_file(handle: int, *rest: Any, **named: Any) -> Any:
            file = open_handle(handle, *rest, **named)
            if handle not in self.handles:
                return file
            self.handles.discard(handle)  # another file may have the number next
            return _FullFile(file)

        self.patch.setattr(os, "fdopen", opened_file)

    def full_when_flushed(self) -> None:
        """Writes are taken and fail later, as on a network drive over its quota."""
        sync = os.fsync

        def fail(handle: int) -> None:
            if handle in self.handles:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            sync(handle)

        self.patch.setattr(os, "fsync", fail)

    def failing_rename(self) -> None:
        replace = os.replace

        def fail(source: str, target: str) -> None:
            if Path(target).parent == self.folder:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            replace(source, target)

        self.patch.setattr(os, "replace", fail)


class _FullFile:
    """A file that takes half of what is written to it."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def __enter__(self) -> _FullFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def write(self, data: bytes) -> None:
        self.file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


FULL = "the disk is full"
FAILURES: dict[str, tuple[Callable[[BadDisk], None], str]] = {
    "unwritable": (BadDisk.unwritable, "its permissions, or those of its folder, forbid it"),
    "full": (BadDisk.full, FULL),
    "full when flushed": (BadDisk.full_when_flushed, FULL),
    "failing rename": (BadDisk.failing_rename, "the disk reports a fault"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_machine_that_cannot_be_saved_can_be_saved_elsewhere(
    name: str, program: Program, door: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desktop = opened(program, door, qtbot)
    draw(window, qtbot, "drawn")
    fail, reason = FAILURES[name]
    fail(BadDisk(door.parent, monkeypatch))
    told = refused(window, desktop, qtbot)
    assert told.startswith(f"{door} was not written: {reason}. Nothing was lost")
    assert "save to another place" in told
    assert window.session.document.is_modified
    assert door.read_text(encoding="utf-8") == DOOR
    assert [path.name for path in door.parent.iterdir()] == ["door.yaml"]
    assert_work_goes_on(window, desktop, door.parent, qtbot)


def test_closing_on_a_full_disk_keeps_the_window_open(
    program: Program, door: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, desktop = opened(program, door, qtbot)
    draw(window, qtbot, "drawn")
    BadDisk(door.parent, monkeypatch).full()
    desktop.answers = ["Save", "Cancel"]
    window.close()
    assert window.isVisible()
    assert FULL in desktop.texts[-1]
    assert_work_goes_on(window, desktop, door.parent, qtbot)


def test_settings_that_cannot_be_kept_do_not_stop_anything(
    program: Program, door: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    BadDisk(settings.settings_path().parent, monkeypatch).unwritable()
    window, desktop = opened(program, door, qtbot)
    window.actions_.by_id["view.dark"].trigger()
    window.actions_.by_id["view.light"].trigger()
    assert_work_goes_on(window, desktop, door.parent, qtbot)
    assert desktop.told == []


# files that change while they are open


def test_a_file_that_vanished_is_written_again(program: Program, door: Path, qtbot: QtBot) -> None:
    window, desktop = opened(program, door, qtbot)
    door.unlink()
    window.disk.check()
    assert "no longer on disk. Save to write it again" in window.status.told.text()
    draw(window, qtbot, "drawn")
    save(window, qtbot)
    assert "drawn" in door.read_text(encoding="utf-8")
    assert desktop.told == []
    assert_work_goes_on(window, desktop, door.parent, qtbot)


@pytest.mark.parametrize("what", ["the file", "its folder"])
def test_a_file_in_whose_place_something_else_stands_is_saved_elsewhere(
    what: str, program: Program, door: Path, qtbot: QtBot
) -> None:
    window, desktop = opened(program, door, qtbot)
    draw(window, qtbot, "drawn")
    door.unlink()
    if what == "the file":
        door.mkdir()
    else:
        door.parent.rmdir()
    window.disk.check()
    told = refused(window, desktop, qtbot)
    assert str(door) in told
    assert "Nothing was lost" in told
    assert window.session.document.is_modified
    assert_work_goes_on(window, desktop, door.parent, qtbot)


@pytest.mark.parametrize("is_edited", [False, True])
def test_a_file_that_another_program_broke_does_not_take_the_machine_along(
    is_edited: bool, program: Program, door: Path, qtbot: QtBot
) -> None:
    window, desktop = opened(program, door, qtbot)
    if is_edited:
        draw(window, qtbot, "drawn")
    before = keys_of(window)
    door.write_bytes(b"states:\n  a: [1\n")
    desktop.answers = ["Reload"] if is_edited else []
    window.disk.check()
    assert f"{door}:3:1: " in desktop.told[0]
    assert keys_of(window) == before
    if not is_edited:
        draw(window, qtbot, "drawn")
    desktop.answers = ["Cancel"]
    save(window, qtbot)
    assert desktop.asked[-1][1] == ("Overwrite", "Reload", "Cancel")
    assert desktop.usual[-1] == "Cancel"
    assert door.read_bytes() == b"states:\n  a: [1\n"
    assert_work_goes_on(window, desktop, door.parent, qtbot)


# layouts

DAMAGED: dict[str, bytes] = {
    "half a file": b"states:\n  closed: [40, 80",
    "not UTF-8": b"states:\n  closed: [40, 80, 180, 96] # \xff\n",
    "zeros": b"\x00" * 512,
    "merge conflict": b"states:\n<<<<<<< HEAD\n  closed: [1, 2, 3, 4]\n=======\n>>>>>>> x\n",
    "too deep": b"states: " + b"[" * 200,
    "alias bomb": BOMB.encode(),
    "a list": b"- closed: [40, 80, 180, 96]\n",
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_layout_is_made_anew_and_kept_aside(
    name: str, program: Program, door: Path, qtbot: QtBot
) -> None:
    beside, kept = files.layout_path(door), door.with_name("door.layout.yaml.damaged")
    beside.write_bytes(DAMAGED[name])
    window, desktop = opened(program, door, qtbot)
    told = window.status.told.text()
    assert "The layout was made anew. Saving keeps the old one as door.layout.yaml.damaged." in told
    assert f"{beside}:" in told
    draw(window, qtbot, "drawn")
    assert not kept.exists()
    save(window, qtbot)
    assert kept.read_bytes() == DAMAGED[name]
    saved = files.open_document(door)
    assert saved.notices == ()
    assert len(saved.diagram.boxes) == len(keys_of(window))
    assert_work_goes_on(window, desktop, door.parent, qtbot)
    assert desktop.told == []


def test_with_a_folder_in_place_of_its_layout_a_machine_is_saved_elsewhere(
    program: Program, door: Path, qtbot: QtBot
) -> None:
    beside = files.layout_path(door)
    beside.mkdir()
    window, desktop = opened(program, door, qtbot)
    assert "is a folder" in window.status.told.text()
    draw(window, qtbot, "drawn")
    assert refused(window, desktop, qtbot).startswith(f"{beside} was not written: ")
    assert "drawn" in door.read_text(encoding="utf-8")
    assert beside.is_dir()
    assert_work_goes_on(window, desktop, door.parent, qtbot)


@pytest.mark.parametrize(
    "numbers",
    ["9" * 400 + ", 0, 10, 10", "1e300, 0, 10, 10", "0, .nan, 10, 10", "0, 0, .inf, 10", "0, 0, -40, 10",
     "0, 0, 0, 0", "99999999, 99999999, 99999999, 99999999", "0, 0, 1e-300, 1e-300", "a, b, c, d", "[], {}, null, 1"],
)  # fmt: skip
def test_odd_numbers_in_a_layout_leave_a_chart_that_can_be_seen_and_drawn_on(
    numbers: str, program: Program, door: Path, qtbot: QtBot
) -> None:
    text = f"states:\n  closed: [{numbers}]\n  opened: [320, 80, 400, 300]\ntransitions:\n"
    text += f"  closed OPEN 0: {{bends: [[{numbers.rpartition(', ')[0].rpartition(', ')[0]}]], label: [.nan, 1, 1]}}\n"
    files.layout_path(door).write_text(text, encoding="utf-8")
    window, desktop = opened(program, door, qtbot)
    document = window.session.document
    opened_box = document.diagram.boxes[id_of(window.session, "opened")]
    assert (opened_box.x, opened_box.y) == (320, 80)
    window.view.grab()
    assert_work_goes_on(window, desktop, door.parent, qtbot)
    fresh = layout_file.read(
        files.layout_path(window.session.document.path or door).read_bytes(), document.chart
    )
    assert fresh[2] == ()


# messages


def test_a_message_shows_what_stands_in_a_file_as_it_is_and_fits_the_screen(
    program: Program, folder: Path, qtbot: QtBot
) -> None:
    path = folder / "many.yaml"
    path.write_text("<b>a</b>: 1\n" * 400, encoding="utf-8")
    window = program.open(None)
    seen: list[QMessageBox] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box)
        label = box.findChild(QLabel, "qt_msgbox_informativelabel")
        assert isinstance(label, QLabel)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert "“<b>a</b>” stands twice" in label.text()
        assert len(label.text().splitlines()) < 12
        assert box.detailedText().count("stands twice") == 399
        box.accept()

    QTimer.singleShot(0, window, lambda: QTimer.singleShot(0, window, look))
    program.open_from(window, path, False)
    qtbot.waitUntil(lambda: bool(seen))
    assert window.is_blank


# the command line


@pytest.mark.parametrize(
    ("machine", "script", "words"),
    [
        ("states: [", "", "m.yaml:1:10: "),
        ("initial: a\nstates: {a: {on: {GO: b}}}\n", "", "m.yaml:2:23: error: "),
        (DOOR, "- send: {}\n- fly: 1\n", "s.yaml:2:3: "),
        (DOOR, "[", "s.yaml:1:2: "),
        (DOOR, "missing", "s.yaml does not exist"),
    ],
)
def test_what_cannot_be_run_is_one_json_document_too(
    machine: str, script: str, words: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, steps = folder / "m.yaml", folder / "s.yaml"
    path.write_text(machine, encoding="utf-8")
    if script != "missing":
        steps.write_text(script, encoding="utf-8")
    assert main(["run", str(path), "--json", *(["--script", str(steps)] if script else [])]) == 2
    output = capsys.readouterr()
    assert words in output.err
    data = json.loads(output.out)
    assert (data["steps"], data["done"]) == ([], False)
    assert any(words in error for error in data["errors"])


def test_a_name_that_is_no_utf_8_is_checked_like_others(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = folder / os.fsdecode(b"caf\xe9.yaml")
    try:
        path.write_text(DOOR, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has no such names")
    assert main(["check", str(path), "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["files"][0]["problems"] is not None
    assert main(["check", str(path)]) == 0
    assert main(["check", str(path) + "x"]) == 2


def test_numbers_that_json_does_not_have_leave_one_json_document(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "odd.yaml"
    path.write_text(
        "context: {a: .nan, b: .inf, c: [-.inf], d: 1e400}\ninitial: x\nstates: {x: {}}\n", encoding="utf-8"
    )
    assert main(["run", str(path), "--json"]) == 0

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    data = json.loads(capsys.readouterr().out, parse_constant=refuse)
    assert set(data["steps"][0]["context"]) == {"a", "b", "c", "d"}


def test_a_terminal_that_knows_few_letters_ends_nothing(door: Path) -> None:
    command = [sys.executable, "-m", "editor", "run", str(door), "-e", "OPEN"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii:strict", "PYTHONUTF8": "0"}
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False)
    assert done.returncode == 0
    assert b"opened.ajar" in done.stdout
    assert b"Traceback" not in done.stderr
