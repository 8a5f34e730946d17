from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands import file
from editor.commands.table import COMMANDS
from editor.document import edits, files, settings, versions
from editor.document.files import new_document
from editor.errors import FileError
from editor.session import Session
from tests.commands.desk import DOOR, FakeDesktop, id_of


def rename_something(session: Session) -> None:
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, "closed"), "shut"))


def path_of(session: Session) -> Path:
    assert session.document.path is not None
    return session.document.path


def test_saving_writes_the_edit_and_nothing_else(session: Session, desktop: FakeDesktop) -> None:
    rename_something(session)
    assert file.save(session, desktop)
    text = path_of(session).read_text(encoding="utf-8")
    assert "shut:" in text
    assert "wide: {after: {5s: ajar}}" in text
    assert not session.document.is_modified
    assert session.status == "Saved door.yaml"


def test_a_machine_without_a_file_asks_for_its_name(tmp_path: Path, desktop: FakeDesktop) -> None:
    session = Session(new_document())
    desktop.paths = [tmp_path / "new.yaml"]
    assert file.save(session, desktop)
    assert (tmp_path / "new.yaml").exists()
    assert settings.load().recent[0].endswith("new.yaml")


def test_thinking_better_of_the_name_saves_nothing(desktop: FakeDesktop) -> None:
    desktop.paths = [None]
    assert not file.save(Session(new_document()), desktop)


def test_saving_as_a_picture_is_refused_with_words(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    desktop.paths = [tmp_path / "door.png"]
    with pytest.raises(FileError, match=r"\.yaml"):
        file.save_as(session, desktop)


@pytest.mark.parametrize(
    ("answer", "is_gone", "is_saved"),
    [("Save", True, True), ("Discard", True, False), ("Cancel", False, False), (None, False, False)],
)
def test_closing_asks_about_what_would_be_lost(
    session: Session, desktop: FakeDesktop, answer: str | None, is_gone: bool, is_saved: bool
) -> None:
    rename_something(session)
    desktop.answers = [answer]
    assert file.may_close(session, desktop) is is_gone
    assert ("shut" in path_of(session).read_text(encoding="utf-8")) is is_saved


def test_closing_what_is_saved_asks_nothing(session: Session, desktop: FakeDesktop) -> None:
    assert file.may_close(session, desktop)
    assert not desktop.asked


def test_a_file_changed_elsewhere_is_not_overwritten_unasked(session: Session, desktop: FakeDesktop) -> None:
    rename_something(session)
    path_of(session).write_text(DOOR + "# theirs\n", encoding="utf-8")
    desktop.answers = ["Cancel"]
    assert not file.save(session, desktop)
    assert "# theirs" in path_of(session).read_text(encoding="utf-8")
    desktop.answers = ["Overwrite"]
    assert file.save(session, desktop)
    assert "shut" in path_of(session).read_text(encoding="utf-8")


def test_an_unedited_machine_is_read_again_when_its_file_changes(
    session: Session, desktop: FakeDesktop
) -> None:
    path_of(session).write_text(DOOR.replace("closed", "shut"), encoding="utf-8")
    file.check_disk(session, desktop)
    assert id_of(session, "shut")
    assert not desktop.asked


@pytest.mark.parametrize(("answer", "key"), [("Reload", "barred"), ("Keep mine", "shut")])
def test_an_edited_machine_asks_whose_changes_count(
    session: Session, desktop: FakeDesktop, answer: str, key: str
) -> None:
    rename_something(session)
    path_of(session).write_text(DOOR.replace("closed", "barred"), encoding="utf-8")
    desktop.answers = [answer]
    file.check_disk(session, desktop)
    assert id_of(session, key)
    file.check_disk(session, desktop)
    assert len(desktop.asked) == 1


def test_an_edited_machine_asks_about_a_layout_changed_elsewhere(
    session: Session, desktop: FakeDesktop
) -> None:
    assert file.save(session, desktop)
    rename_something(session)
    layout = files.layout_path(path_of(session))
    theirs = layout.read_text(encoding="utf-8")
    for round_ in (1, 2):
        # each change of theirs is told of, and each once
        layout.write_text(f"# theirs {round_}\n{theirs}", encoding="utf-8")
        desktop.answers = ["Keep mine"]
        file.check_disk(session, desktop)
        file.check_disk(session, desktop)
        assert len(desktop.asked) == round_
    desktop.answers = ["Cancel"]
    assert not file.save(session, desktop)
    assert layout.read_text(encoding="utf-8").startswith("# theirs 2")


def test_a_file_that_vanished_is_told_once(session: Session, desktop: FakeDesktop) -> None:
    path_of(session).unlink()
    file.check_disk(session, desktop)
    assert "no longer on disk" in session.status
    session.say("")
    file.check_disk(session, desktop)
    assert session.status == ""


def test_examples_open_as_copies(session: Session, desktop: FakeDesktop) -> None:
    choice = next(each for each in file.examples(session) if each.title == "Order saga")
    choice.run(session, desktop)
    [(path, is_copy)] = desktop.opened
    assert path is not None
    assert path.name == "order-saga.yaml"
    assert is_copy


def test_recent_files_come_newest_first(session: Session, desktop: FakeDesktop, tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        file.remember(session, tmp_path / name)
    assert [choice.title for choice in file.recent(session)] == ["b.yaml", "a.yaml"]


def test_a_picture_goes_where_the_person_says(session: Session, desktop: FakeDesktop, tmp_path: Path) -> None:
    desktop.paths = [tmp_path / "door.svg"]
    file.export_picture(".svg", session, desktop)
    assert desktop.exported == [tmp_path / "door.svg"]


@pytest.mark.parametrize(("command", "offered"), [("file.export", ".svg"), ("file.exportPng", ".png")])
def test_the_picture_is_offered_beside_the_machine(
    session: Session, desktop: FakeDesktop, command: str, offered: str
) -> None:
    desktop.paths = [None]
    COMMANDS[command].run(session, desktop)
    assert desktop.suggested == [(str(path_of(session).with_suffix(offered)), offered)]
    assert desktop.exported == []


def test_an_imported_file_is_never_saved_over_whatever_it_is_called(
    desktop: FakeDesktop, tmp_path: Path
) -> None:
    path = tmp_path / "door.yaml"
    text = "statechart: {name: door, root state: {name: root, initial: a, states: [{name: a}]}}"
    path.write_text(text, encoding="utf-8")
    session = Session(files.open_document(path))
    desktop.paths, desktop.answers = [path], [file.SAVE]
    with pytest.raises(FileError, match="Choose another name"):
        file.save(session, desktop)
    assert path.read_text(encoding="utf-8") == text
    desktop.paths, desktop.answers = [tmp_path / "ours.yaml"], [file.SAVE]
    assert file.save(session, desktop)
    assert file.save(session, desktop)  # now it has a file of its own
    assert path.read_text(encoding="utf-8") == text


def test_by_itself_a_file_is_saved_and_what_it_held_is_kept(session: Session) -> None:
    assert not file.save_by_itself(session)
    rename_something(session)
    assert file.save_by_itself(session)
    assert "shut" in path_of(session).read_text(encoding="utf-8")
    assert "closed" in versions.versions(path_of(session))[0].path.read_text(encoding="utf-8")


@pytest.mark.parametrize("is_there", [True, False])
def test_by_itself_nothing_is_written_over_what_another_program_did(session: Session, is_there: bool) -> None:
    document = session.document
    path = path_of(session)
    rename_something(session)
    path.write_text("states: {theirs: {}}", encoding="utf-8")
    if not is_there:
        path.unlink()
    assert not file.save_by_itself(session)
    assert path.exists() is is_there
    assert not is_there or path.read_text(encoding="utf-8") == "states: {theirs: {}}"
    assert "another program" in session.status
    assert document.is_modified


def test_by_itself_nothing_is_saved_in_the_middle_of_a_gesture(session: Session) -> None:
    document = session.document
    rename_something(session)
    with document.gesture("Move"):
        assert not file.save_by_itself(session)
    assert file.save_by_itself(session)


def test_by_itself_a_disk_that_takes_nothing_is_told(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = session.document
    rename_something(session)

    def full(path: Path, data: bytes) -> None:
        raise FileError(f"{path} cannot be written: the disk is full.")

    monkeypatch.setattr(files, "write_bytes", full)
    assert not file.save_by_itself(session)
    assert "the disk is full" in session.status
    assert document.is_modified


@pytest.mark.parametrize(
    ("command", "title"),
    [
        ("file.open", "Open a machine"), ("file.save_as", "Save as"), ("file.duplicate", "Duplicate"),
        ("file.export", "Export picture"), ("file.exportPng", "Export picture"),
        ("compare.file", "Compare with file"), ("simulate.play", "Play scenario"),
        ("simulate.save", "Save run as scenario"),
    ],
)  # fmt: skip
def test_the_dialog_for_files_says_what_for(
    command: str, title: str, session: Session, desktop: FakeDesktop
) -> None:
    if command == "simulate.save":
        COMMANDS["simulate.toggle"].run(session, desktop)
    desktop.paths = [None]
    COMMANDS[command].run(session, desktop)
    assert desktop.titles == [title]
