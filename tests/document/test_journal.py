"""After a crash everything that was done is there again, with undo; a clean close leaves nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.document import edits, files, recovery
from editor.document.document import Document
from editor.document.drafts import Field
from editor.document.journal import Journal, journal_folder, sealed
from editor.document.plain_records import from_plain, to_plain
from editor.errors import ChartError, FileError
from editor.formats.native_write import write_machine
from editor.geometry import Point
from tests.charts import MEASURE, id_of
from tests.document import test_random_user as user

MACHINE = "# kept\ninitial: a\nstates:\n  a: {on: {GO: b}} # kept too\n  b: {}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    path.write_text(MACHINE, encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journals"


def rename(made: Document, path: str, key: str, merge_key: object = None) -> None:
    made.apply(edits.rename(made.chart, id_of(made.chart, path), key), merge_key)


def same(one: Document, other: Document) -> bool:
    return (
        user.contents(one) == user.contents(other)
        and one.chart.info == other.chart.info
        and one.is_modified == other.is_modified
    )


def test_what_was_done_is_there_again_with_undo_and_saves_as_ever(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "s", "name")
    rename(made, "s", "start", "name")
    edit, _ = edits.add_state(made.chart, made.diagram, made.chart.root_id, Point(9, 9), measure=MEASURE)
    made.apply(edit)
    made.undo()
    journal.leave()
    found = recovery.recover(journal.path)
    assert same(found.document, made)
    assert found.notices == ()
    found.document.redo()
    assert len(found.document.chart.states) == 4
    found.document.undo()
    found.document.undo()
    assert id_of(found.document.chart, "a")
    assert not found.document.is_modified
    found.document.redo()
    files.save(found.document)
    text = "# kept\ninitial: start\nstates:\n  start: {on: {GO: b}} # kept too\n  b: {}\n"
    assert path.read_text(encoding="utf-8") == text


def test_a_saving_in_between_is_known_and_the_comments_stay(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "first")
    files.save(made)
    rename(made, "b", "second")
    journal.leave()
    found = recovery.recover(journal.path).document
    assert same(found, made)
    assert found.path == path.resolve()
    files.save(found)
    assert path.read_text(encoding="utf-8").count("# kept") == 2
    assert "second: {}" in path.read_text(encoding="utf-8")


def test_a_file_that_changed_meanwhile_is_not_overwritten(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "first")
    journal.leave()
    path.write_text("states: {other: {}}\n", encoding="utf-8")
    found = recovery.recover(journal.path).document
    with pytest.raises(files.ChangedOnDiskError):
        files.save(found)


@pytest.mark.parametrize("is_saved", [False, True])
def test_the_comments_of_the_layout_stay_after_a_recovery(path: Path, folder: Path, is_saved: bool) -> None:
    files.save(files.open_document(path))
    layout = files.layout_path(path)
    layout.write_text("# mine\n" + layout.read_text(encoding="utf-8"), encoding="utf-8")
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "first")
    if is_saved:
        files.save(made)
        rename(made, "b", "second")
    journal.leave()
    found = recovery.recover(journal.path).document
    assert same(found, made)
    files.save(found)
    assert layout.read_text(encoding="utf-8").startswith("# mine\n")
    assert "first:" in layout.read_text(encoding="utf-8")


def test_a_layout_that_changed_meanwhile_is_not_overwritten(path: Path, folder: Path) -> None:
    files.save(files.open_document(path))
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "first")
    journal.leave()
    layout = files.layout_path(path)
    layout.write_text("states: {a: [400, 400, 120, 40]}\n", encoding="utf-8")
    with pytest.raises(files.ChangedOnDiskError, match=layout.name):
        files.save(recovery.recover(journal.path).document)
    assert "400" in layout.read_text(encoding="utf-8")


def test_a_new_machine_is_recovered_too(folder: Path) -> None:
    made = files.new_document()
    journal = Journal(made, folder=folder)
    made.apply(edits.add_state(made.chart, made.diagram, made.chart.root_id, Point(8, 8), measure=MEASURE)[0])
    journal.leave()
    found = recovery.recover(journal.path).document
    assert same(found, made)
    assert found.path is None


def test_nothing_is_written_before_it_is_asked_for_nor_without_a_deed(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    journal.flush()
    assert not journal.path.exists()
    rename(made, "a", "x")
    assert not journal.path.exists()
    journal.flush()
    assert journal.path.exists()
    assert journal.path.stat().st_mode & 0o077 == 0
    journal.close()


def test_what_is_done_while_another_thread_writes_is_not_lost(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    is_over = Event()

    def write() -> None:
        while not is_over.is_set():
            journal.flush()

    writer = Thread(target=write)
    writer.start()
    for count in range(200):
        rename(made, f"n{count}" if count else "a", f"n{count + 1}")
    is_over.set()
    writer.join()
    journal.leave()
    assert tree(recovery.recover(journal.path).document) == tree(made)


def test_a_clean_close_leaves_nothing(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "x")
    journal.flush()
    journal.close()
    rename(made, "x", "y")
    journal.flush()
    assert list(folder.iterdir()) == []


def test_a_line_that_was_cut_off_is_left_out_and_the_journal_goes_on(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "x")
    rename(made, "x", "y")
    journal.leave()
    data = journal.path.read_bytes()
    journal.path.write_bytes(data[:-30])
    found = recovery.recover(journal.path)
    assert id_of(found.document.chart, "x")
    again = Journal(found.document, resume=found.journal)
    rename(found.document, "x", "z")
    again.leave()
    assert same(recovery.recover(journal.path).document, found.document)


def test_a_text_that_is_being_typed_is_there_again_until_it_is_kept(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    label, form = Field(id_of(made.chart, "a"), "label "), Field("root", "form guards")
    made.drafts.put(label, "sta")
    journal.flush()
    made.drafts.put(form, "ready: [")
    made.drafts.put(label, "start")
    journal.leave()
    assert [orphan.journal for orphan in recovery.orphans(folder)] == [journal.path]
    found = recovery.recover(journal.path).document
    assert found.drafts.texts == {label: "start", form: "ready: ["}
    assert same(found, made)
    assert not found.is_modified
    journal = Journal(found, folder=folder, resume=journal.path)
    rename(found, "a", "start")
    found.drafts.put(label, None)
    journal.leave()
    again = recovery.recover(journal.path).document
    assert again.drafts.texts == {form: "ready: ["}
    assert same(again, found)


def test_a_text_that_was_given_up_leaves_nothing_to_recover(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    field = Field(id_of(made.chart, "a"), "label ")
    made.drafts.put(field, "x")
    journal.flush()
    made.drafts.put(field, None)
    journal.leave()
    assert recovery.orphans(folder) == []
    assert not journal.path.exists()


def test_a_text_that_is_typed_after_saving_is_work_to_be_recovered(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "first")
    files.save(made)
    journal.flush()
    made.drafts.put(Field("root", "form id"), "m")
    journal.leave()
    assert [orphan.journal for orphan in recovery.orphans(folder)] == [journal.path]


FIELDS = [
    Field("root", "form guards"),
    Field("s1", "label "),
    Field("s1", "label entry 0"),
    Field("t1", "label "),
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(FIELDS), st.none() | st.text(max_size=5)) | user.DEEDS | st.just("flush"),
        max_size=20,
    )
)
def test_whatever_was_typed_amid_whatever_was_done_is_there_again(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "m.yaml"
        path.write_text(user.START, encoding="utf-8")
        made = files.open_document(path)
        journal = Journal(made, folder=Path(name))
        for step in steps:
            if step == "flush":
                journal.flush()
            elif isinstance(step[0], Field):
                made.drafts.put(*step)
            else:
                with suppress(ChartError):
                    user.do(made, step)
        journal.leave()
        if not journal.path.exists():
            assert made.drafts.texts == {}
            return
        found = recovery.recover(journal.path)
        assert found.notices == ()
        assert found.document.drafts.texts == made.drafts.texts
        assert user.contents(found.document) == user.contents(made)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_byte_that_the_disk_changed_costs_no_more_than_what_came_after(
    path: Path, folder: Path, place: int, byte: int
) -> None:
    path.write_text(MACHINE, encoding="utf-8")
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    for old, new in (("a", "x"), ("x", "y"), ("y", "z")):
        rename(made, old, new)
    journal.leave()
    data = bytearray(journal.path.read_bytes())
    place, first = place % len(data), data.index(b"\n")
    data[place] = byte
    journal.path.write_bytes(data)
    try:
        found = recovery.recover(journal.path)
    except FileError:
        assert place <= first
        return
    keys = {state.key for state in found.document.chart.states.values()}
    assert keys & {"a", "x", "y", "z"}


@pytest.mark.parametrize("text", ["", "{}", '{"version": 99}', "\x00", "[1]\n", '{"version": 1'])
def test_what_is_no_journal_is_told(folder: Path, text: str) -> None:
    folder.mkdir()
    path = folder / "x.journal"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileError):
        recovery.recover(path)
    assert recovery.orphans(folder) == []


def test_journals_of_programs_that_run_are_no_orphans(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "x")
    journal.flush()
    assert recovery.orphans(folder) == []
    journal.leave()
    assert [(each.journal, each.machine) for each in recovery.orphans(folder)] == [
        (journal.path, path.resolve())
    ]
    again = Journal(made, folder=folder, resume=journal.path)
    assert recovery.orphans(folder) == []
    files.save(made)
    again.leave()
    assert recovery.orphans(folder) == []
    assert not journal.path.exists()


@pytest.mark.skipif(os.name != "posix", reason="processes wait to be collected on POSIX only")
def test_work_of_a_program_that_was_killed_is_an_orphan_while_its_number_is_in_use(
    path: Path, folder: Path
) -> None:
    code = f"""
import os, sys
from pathlib import Path
from editor.document import edits, files
from editor.document.journal import Journal
made = files.open_document(Path({str(path)!r}))
journal = Journal(made, folder=Path({str(folder)!r}))
made.apply(edits.rename(made.chart, made.chart.children(made.chart.root_id)[0].id, "x"))
journal.flush()
print("written", flush=True)
sys.stdin.read()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdin=pipe, stdout=pipe, cwd=Path.cwd()) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"written\n"
        assert recovery.orphans(folder) == []
        program.kill()
        os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)
        os.kill(program.pid, 0)  # not collected: to others it looks as if it ran
        assert len(recovery.orphans(folder)) == 1


def test_a_disk_that_takes_nothing_does_not_disturb(path: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    made = files.open_document(path)
    journal = Journal(made, folder=blocked / "journals")
    rename(made, "a", "x")
    journal.flush()
    assert "not kept" in journal.trouble
    rename(made, "x", "y")
    journal.flush()


def test_a_disk_that_takes_it_again_has_all_of_it(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "x")
    journal.flush()
    assert made.is_kept

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        rename(made, "x", "y")
        journal.flush()
        assert journal.trouble == (
            "Unsaved work is not kept for recovery. Its file was not written: the disk is full. Save it, or make room."
        )
        assert not made.is_kept
        assert id_of(recovery.recover(journal.path).document.chart, "x"), "what was written is whole"
    rename(made, "y", "z")
    journal.flush()
    assert journal.trouble == ""
    assert made.is_kept
    journal.leave()
    assert tree(recovery.recover(journal.path).document) == tree(made)


@pytest.mark.skipif(sys.platform == "win32", reason="what is open cannot be removed there")
def test_a_journal_that_somebody_removed_is_written_again(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "x")
    journal.flush()
    shutil.rmtree(folder)
    rename(made, "x", "y")
    journal.leave()
    assert journal.path.stat().st_mode & 0o077 == 0
    assert tree(recovery.recover(journal.path).document) == tree(made)


def test_the_folder_follows_the_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path))
    assert journal_folder() == tmp_path / "journals"


@settings(max_examples=40, deadline=None)
@given(st.lists(user.DEEDS, max_size=20), st.integers(0, 20))
def test_whatever_was_done_is_there_again(deeds: list[tuple[str, int, int]], saved: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "m.yaml"
        path.write_text(user.START, encoding="utf-8")
        made = files.open_document(path)
        journal = Journal(made, folder=Path(name))
        for count, deed in enumerate(deeds):
            try:
                user.do(made, deed)
            except ChartError:
                continue
            if count == saved:
                files.save(made)
        journal.leave()
        if journal.path.exists():
            found = recovery.recover(journal.path).document
            assert same(found, made)
            assert found.undo_stack.undo_label == made.undo_stack.undo_label
            assert write_machine(found.chart) == write_machine(made.chart)
            assert tree(found) == tree(made)


def tree(made: Document) -> list[tuple[object, ...]]:
    """Every step with its place in the tree, what it is called, and where the document and redo are."""
    stack = made.undo_stack
    return [
        (
            step.number,
            step.label,
            step.parent.number if step.parent is not None else None,
            step.next.number if step.next is not None else None,
            step is stack.present,
            step is stack.saved,
        )
        for step in stack.steps
    ]


def test_branches_are_there_again(path: Path, folder: Path) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "x")
    rename(made, "b", "c")
    made.undo()
    rename(made, "b", "d")
    made.go_to(made.undo_stack.steps[2])
    journal.leave()
    found = recovery.recover(journal.path).document
    assert tree(found) == tree(made)
    assert {state.key for state in found.chart.states.values()} >= {"x", "c"}
    found.go_to(found.undo_stack.steps[3])
    assert {state.key for state in found.chart.states.values()} >= {"x", "d"}


def test_what_cannot_be_done_again_is_kept_aside_and_what_follows_is_recovered(
    path: Path, folder: Path
) -> None:
    made = files.open_document(path)
    journal = Journal(made, folder=folder)
    rename(made, "a", "x")
    rename(made, "x", "y")
    journal.leave()
    lines = journal.path.read_bytes().splitlines(keepends=True)
    journal.path.write_bytes(
        b"".join((*lines[:2], sealed({"do": "go", "number": 99}).encode() + b"\n", lines[2]))
    )
    whole = journal.path.read_bytes()
    found = recovery.recover(journal.path)
    aside = journal.path.with_suffix(".damaged")
    assert str(aside) in found.notices[0]
    assert aside.read_bytes() == whole
    again = Journal(found.document, resume=found.journal)
    rename(found.document, "x", "z")
    again.leave()
    assert same(recovery.recover(journal.path).document, found.document)


@settings(max_examples=60, deadline=None)
@given(st.lists(user.DEEDS, max_size=12))
def test_records_are_themselves_again(deeds: list[tuple[str, int, int]]) -> None:
    made = user.document(user.START)
    for deed in deeds:
        try:
            user.do(made, deed)
        except ChartError:
            continue
    for table in (*user.contents(made), {"info": made.chart.info}):
        for record in table.values():
            assert from_plain(to_plain(record)) == record
