"""Nothing is lost by going back: to what is saved, to earlier versions, to what was closed; nor when saving fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.commands import documents, file
from editor.document import edits, files, settings
from editor.document.journal import Journal
from editor.errors import FileError, FormatError
from editor.formats.native_write import write_machine
from editor.session import Session
from tests.commands.desk import DOOR, FakeDesktop, id_of


def rename(session: Session, old: str, new: str) -> None:
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, old), new))


def path_of(session: Session) -> Path:
    assert session.document.path is not None
    return session.document.path


def test_reverting_asks_and_can_be_undone(session: Session, desktop: FakeDesktop) -> None:
    rename(session, "closed", "shut")
    desktop.answers = ["Cancel", "Revert"]
    documents.revert(session, desktop)
    id_of(session, "shut")
    documents.revert(session, desktop)
    id_of(session, "closed")
    assert not session.document.is_modified
    session.document.undo()
    id_of(session, "shut")
    assert session.document.is_modified
    assert file.save(session, desktop)
    assert "shut:" in path_of(session).read_text(encoding="utf-8")


def test_reverting_takes_over_what_stands_on_disk_now(session: Session, desktop: FakeDesktop) -> None:
    rename(session, "closed", "shut")
    path_of(session).write_text("# theirs\n" + DOOR.replace("CLOSE", "SLAM"), encoding="utf-8")
    desktop.answers = ["Revert"]
    documents.revert(session, desktop)
    fresh = files.open_document(path_of(session))
    assert write_machine(session.document.chart) == write_machine(fresh.chart)
    rename(session, "closed", "barred")
    assert file.save(session, desktop)
    text = path_of(session).read_text(encoding="utf-8")
    assert text.startswith("# theirs")
    assert "barred:" in text


def test_a_file_that_cannot_be_read_is_not_reverted_to(session: Session, desktop: FakeDesktop) -> None:
    rename(session, "closed", "shut")
    path_of(session).write_text("[", encoding="utf-8")
    desktop.answers = ["Revert"]
    with pytest.raises(FormatError):
        documents.revert(session, desktop)
    id_of(session, "shut")
    assert session.document.is_modified


def test_what_was_saved_over_opens_as_a_copy(session: Session, desktop: FakeDesktop) -> None:
    assert [each.title for each in documents.previous(session)] == ["None yet"]
    rename(session, "closed", "shut")
    assert file.save(session, desktop)
    [choice] = documents.previous(session)
    choice.run(session, desktop)
    [(path, is_copy)] = desktop.opened
    assert path is not None
    assert path.read_text(encoding="utf-8") == DOOR
    assert is_copy


def test_what_another_program_wrote_is_kept_when_it_is_overwritten(
    session: Session, desktop: FakeDesktop
) -> None:
    rename(session, "closed", "shut")
    path_of(session).write_text("# theirs\n" + DOOR, encoding="utf-8")
    desktop.answers = ["Overwrite"]
    assert file.save(session, desktop)
    documents.previous(session)[0].run(session, desktop)
    [(path, _)] = desktop.opened
    assert path is not None
    assert path.read_text(encoding="utf-8").startswith("# theirs")


def test_what_was_here_comes_back_after_reading_the_file_again(
    session: Session, desktop: FakeDesktop
) -> None:
    rename(session, "closed", "shut")
    path_of(session).write_text(DOOR.replace("closed", "barred"), encoding="utf-8")
    desktop.answers = ["Reload"]
    file.check_disk(session, desktop)
    id_of(session, "barred")
    session.document.undo()
    id_of(session, "shut")


def test_a_duplicate_holds_what_is_seen_and_the_file_stays(session: Session, desktop: FakeDesktop) -> None:
    rename(session, "closed", "shut")
    target = path_of(session).with_name("door-2.yaml")
    desktop.paths = [target]
    documents.duplicate(session, desktop)
    assert desktop.opened == [(target, False)]
    copy = files.open_document(target)
    assert write_machine(copy.chart) == write_machine(session.document.chart)
    assert files.layout_path(target).exists()
    assert "closed:" in path_of(session).read_text(encoding="utf-8")
    assert session.document.is_modified
    assert path_of(session).name == "door.yaml"


def test_the_file_that_was_closed_last_opens_again(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(DOOR, encoding="utf-8")
    settings.store(settings.Settings().with_closed(first).with_closed(second))
    session.set_settings(settings.load())
    documents.reopen(session, desktop)
    assert desktop.opened == [(first.resolve(), False)], "the other is not there any more"
    assert settings.load().closed == ()


def failing(*_: object) -> None:
    raise FileError("door.yaml was not written: No space left on device.")


@pytest.mark.parametrize("has_journal", [True, False])
def test_what_cannot_be_saved_is_told_in_words_and_may_go_elsewhere(
    session: Session,
    desktop: FakeDesktop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    has_journal: bool,
) -> None:
    journal = Journal(session.document) if has_journal else None
    rename(session, "closed", "shut")
    write = files.write_bytes
    monkeypatch.setattr(files, "write_bytes", failing)
    desktop.answers = ["Cancel"]
    assert not file.save(session, desktop)
    assert "No space left" in desktop.texts[0]
    assert ("kept for recovery" in desktop.texts[0]) is has_journal
    assert session.document.is_modified

    def write_elsewhere(path: Path, data: bytes) -> None:
        if path.name.startswith("door"):
            failing()
        write(path, data)

    monkeypatch.setattr(files, "write_bytes", write_elsewhere)
    desktop.answers = ["Save as…", "Save as…"]
    desktop.paths = [tmp_path / "door-3.yaml", tmp_path / "elsewhere.yaml"]
    assert file.save(session, desktop), "it is offered until a place takes it"
    assert "shut:" in (tmp_path / "elsewhere.yaml").read_text(encoding="utf-8")
    assert not session.document.is_modified
    if journal is not None:
        journal.close()


def test_a_folder_that_was_removed_or_is_protected_is_no_loss(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    inside = tmp_path / "gone" / "door.yaml"
    inside.parent.mkdir()
    inside.write_text(DOOR, encoding="utf-8")
    session.replace_document(files.open_document(inside))
    rename(session, "closed", "shut")
    inside.unlink()
    inside.parent.rmdir()
    desktop.answers, desktop.paths = ["Save as…"], [tmp_path / "kept.yaml"]
    assert file.save(session, desktop)
    assert "shut:" in (tmp_path / "kept.yaml").read_text(encoding="utf-8")
    if os.geteuid() != 0:
        (tmp_path / "kept.yaml").chmod(0o444)
        rename(session, "shut", "locked")
        desktop.answers = ["Cancel"]
        assert not file.save(session, desktop)
        assert session.document.is_modified
