"""Opening and saving lose nothing: not on a full disk, not to another program, not through a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.document import edits, files
from editor.document.document import Document
from editor.document.files import ChangedOnDiskError, DiskState
from editor.errors import FileError, FormatError
from editor.geometry import Point
from editor.model import queries
from tests.charts import MEASURE, id_of

MACHINE = "# first\ninitial: a\nstates:\n  a: {on: {GO: b}} # one\n  b: {}\n"
IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    return path


def rename(made: Document, old: str, new: str) -> None:
    made.apply(edits.rename(made.chart, id_of(made.chart, old), new))


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_a_machine_without_a_layout_is_laid_out_and_not_modified(path: Path) -> None:
    made = files.open_document(path)
    assert set(made.diagram.boxes) == {id_of(made.chart, "a"), id_of(made.chart, "b")}
    assert not made.is_modified
    assert names(path.parent) == {"m.yaml"}


def test_an_unedited_machine_is_saved_to_the_same_bytes(path: Path) -> None:
    made = files.open_document(path)
    files.save(made)
    assert path.read_text(encoding="utf-8") == MACHINE


def test_places_are_there_again(path: Path) -> None:
    made = files.open_document(path)
    a = id_of(made.chart, "a")
    made.apply(edits.nudge(made.chart, made.diagram, [a], 77, 33, measure=MEASURE))
    rect = made.diagram.boxes[a].rect
    files.save(made)
    again = files.open_document(path)
    assert again.diagram.boxes[id_of(again.chart, "a")].rect == rect
    assert path.read_text(encoding="utf-8") == MACHINE


def test_moving_writes_the_layout_alone_and_renaming_keeps_its_comments(path: Path) -> None:
    made = files.open_document(path)
    files.save(made)
    layout = files.layout_path(path)
    layout.write_text("# mine\n" + layout.read_text(encoding="utf-8"), encoding="utf-8")
    made = files.open_document(path)
    before = path.stat().st_mtime_ns
    made.apply(edits.nudge(made.chart, made.diagram, [id_of(made.chart, "a")], 8, 0, measure=MEASURE))
    files.save(made)
    assert path.stat().st_mtime_ns == before
    rename(made, "a", "start")
    files.save(made)
    text = layout.read_text(encoding="utf-8")
    assert text.startswith("# mine\n")
    assert "start:" in text


@pytest.mark.parametrize("text", ["states: [", "- 1", "states: {a: [1]}", "states: {gone: [0, 0, 9, 9]}"])
def test_a_layout_that_is_damaged_is_told_and_never_in_the_way(path: Path, text: str) -> None:
    files.layout_path(path).write_text(text, encoding="utf-8")
    made = files.open_document(path)
    assert made.notices
    assert len(made.diagram.boxes) == 2


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        files.open_document(tmp_path / "gone.yaml")
    with pytest.raises(FileError, match="folder"):
        files.open_document(tmp_path)
    other = tmp_path / "x.docx"
    other.write_text("", encoding="utf-8")
    with pytest.raises(FileError, match=r"\.yaml"):
        files.open_document(other)
    with pytest.raises(FileError):
        files.read_bytes(Path("a\0b"))
    broken = tmp_path / "b.yaml"
    broken.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormatError):
        files.open_document(broken)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(files.MOST_BYTES + 1)
    with pytest.raises(FileError, match="MB"):
        files.open_document(large)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.yaml")
    with pytest.raises(FileError, match="ordinary"):
        files.open_document(tmp_path / "p.yaml")


def test_the_file_of_another_program_is_not_overwritten_unless_told_to(path: Path) -> None:
    made = files.open_document(path)
    assert files.disk_state(made) is DiskState.SAME
    path.write_text("states: {other: {}}\n", encoding="utf-8")
    assert files.disk_state(made) is DiskState.CHANGED
    rename(made, "a", "x")
    with pytest.raises(ChangedOnDiskError):
        files.save(made)
    assert "other" in path.read_text(encoding="utf-8")
    files.save(made, force=True)
    assert "x: {on" in path.read_text(encoding="utf-8")
    assert files.disk_state(made) is DiskState.SAME


def test_the_layout_of_another_program_is_not_overwritten_unless_told_to(path: Path) -> None:
    files.save(files.open_document(path))
    layout = files.layout_path(path)
    made = files.open_document(path)
    theirs = "# theirs\n" + layout.read_text(encoding="utf-8")
    layout.write_text(theirs, encoding="utf-8")
    assert files.disk_state(made) is DiskState.CHANGED
    made.apply(edits.nudge(made.chart, made.diagram, [id_of(made.chart, "a")], 8, 0, measure=MEASURE))
    with pytest.raises(ChangedOnDiskError, match=layout.name):
        files.save(made)
    assert layout.read_text(encoding="utf-8") == theirs
    files.save(made, force=True)
    assert "# theirs" not in layout.read_text(encoding="utf-8")
    assert files.disk_state(made) is DiskState.SAME


def test_a_layout_that_appeared_meanwhile_is_another_program_s(path: Path) -> None:
    made = files.open_document(path)
    layout = files.layout_path(path)
    layout.write_text("states: {a: [400, 400, 120, 40]}\n", encoding="utf-8")
    with pytest.raises(ChangedOnDiskError, match=layout.name):
        files.save(made)
    assert "400" in layout.read_text(encoding="utf-8")


def test_a_layout_that_vanished_is_written_again_with_its_comments(path: Path) -> None:
    files.save(files.open_document(path))
    layout = files.layout_path(path)
    text = "# mine\n" + layout.read_text(encoding="utf-8")
    layout.write_text(text, encoding="utf-8")
    made = files.open_document(path)
    layout.unlink()
    assert files.disk_state(made) is DiskState.SAME
    files.save(made)
    assert layout.read_text(encoding="utf-8") == text


def test_saving_over_another_machine_takes_its_layout_too(path: Path) -> None:
    files.save(files.open_document(path))
    other = path.with_name("other.yaml")
    other.write_text(MACHINE, encoding="utf-8")
    files.layout_path(other).write_text("states: {a: [400, 400, 120, 40]}\n", encoding="utf-8")
    made = files.open_document(path)
    files.save(made, other, force=True)
    again = files.open_document(other)
    assert again.diagram.boxes[id_of(again.chart, "a")] == made.diagram.boxes[id_of(made.chart, "a")]


def test_overwriting_writes_even_what_was_not_edited(path: Path) -> None:
    made = files.open_document(path)
    path.write_text("states: {other: {}}\n", encoding="utf-8")
    files.save(made, force=True)
    assert path.read_text(encoding="utf-8") == MACHINE


def test_a_file_that_vanished_is_written_again(path: Path) -> None:
    made = files.open_document(path)
    path.unlink()
    assert files.disk_state(made) is DiskState.VANISHED
    files.save(made)
    assert path.read_text(encoding="utf-8") == MACHINE


def test_a_new_machine_needs_a_name_and_then_has_one(tmp_path: Path) -> None:
    made = files.new_document()
    with pytest.raises(FileError, match="Save as"):
        files.save(made)
    made.apply(edits.add_state(made.chart, made.diagram, made.chart.root_id, Point(8, 8), measure=MEASURE)[0])
    with pytest.raises(FileError):
        files.save(made, tmp_path / "m.txt")
    files.save(made, tmp_path / "new.yaml")
    assert (made.path, made.is_modified) == (tmp_path / "new.yaml", False)
    assert names(tmp_path) == {"new.yaml", "new.layout.yaml"}
    again = files.open_document(tmp_path / "new.yaml")
    assert queries.find_path(again.chart, "state") is not None


def fail(*args: object, **more: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("what", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    made = files.open_document(path)
    rename(made, "a", "x")
    with monkeypatch.context() as patch:
        patch.setattr(os, what, fail)
        with pytest.raises(FileError, match=r"the disk is full.*another place"):
            files.save(made)
    assert path.read_text(encoding="utf-8") == MACHINE
    assert names(path.parent) == {"m.yaml"}
    assert made.is_modified
    files.save(made)
    assert "x: {on" in path.read_text(encoding="utf-8")


def test_a_layout_that_cannot_be_written_does_not_make_the_machine_a_stranger(path: Path) -> None:
    made = files.open_document(path)
    rename(made, "a", "x")
    files.layout_path(path).mkdir()
    with pytest.raises(FileError):
        files.save(made)
    assert made.is_modified
    files.layout_path(path).rmdir()
    files.save(made)
    assert "x: {on" in path.read_text(encoding="utf-8")
    assert not made.is_modified


@pytest.mark.skipif(os.name == "nt" or IS_ROOT, reason="everything may be written here")
def test_what_is_write_protected_stays_as_it_is(path: Path) -> None:
    made = files.open_document(path)
    rename(made, "a", "x")
    path.chmod(0o444)
    with pytest.raises(FileError, match="protected"):
        files.save(made)
    assert path.read_text(encoding="utf-8") == MACHINE


def test_a_folder_that_is_not_there_is_told(path: Path) -> None:
    made = files.open_document(path)
    with pytest.raises(FileError):
        files.save(made, path.parent / "none" / "m.yaml")
    assert made.path == path


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_permissions_stay(path: Path) -> None:
    path.chmod(0o640)
    made = files.open_document(path)
    rename(made, "a", "x")
    files.save(made)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.yaml"
    link.symlink_to(path)
    made = files.open_document(link)
    rename(made, "a", "x")
    files.save(made)
    assert link.is_symlink()
    assert "x: {on" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="links need rights")
def test_links_in_a_circle_are_told(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(FileError):
        files.open_document(one)
    with pytest.raises(FileError):
        files.write_text(one, "x")


@pytest.mark.parametrize("read", [files.read_machine, files.open_document])
def test_what_is_wrong_with_a_name_is_told_before_how_it_ends(
    read: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(FileError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(FileError, match="does not exist"):
        read(tmp_path / "machine")
    (tmp_path / "machine").write_text("states: {}\n", encoding="utf-8")
    with pytest.raises(FileError, match="no format is known"):
        read(tmp_path / "machine")
