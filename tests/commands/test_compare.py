"""Comparing what is open with a file: what differs is told, and nothing is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands import compare, file
from editor.document import edits
from editor.document.differences import What
from editor.errors import FormatError
from editor.session import Session
from tests.commands.desk import DOOR, FakeDesktop, id_of


def rename(session: Session, old: str, new: str) -> None:
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, old), new))


def test_what_was_edited_since_the_saving_is_told_in_the_ids_of_the_document(
    session: Session, desktop: FakeDesktop
) -> None:
    assert file.save(session, desktop)
    rename(session, "opened", "wide_open")
    id = id_of(session, "wide_open")
    compare.with_saved(session, desktop)
    assert session.comparison.value is not None
    told = session.comparison.value.told
    assert [(each.what, each.id) for each in told if each.kind == "state"] == [(What.RENAMED, id)]
    assert session.comparison.value.base.diagram is not None
    assert "1 renamed" in session.status
    assert session.document.undo_stack.undo_label.startswith("Rename"), "comparing is no edit"


def test_without_a_drawing_beside_the_file_the_charts_alone_are_compared(
    session: Session, desktop: FakeDesktop
) -> None:
    compare.with_saved(session, desktop)
    assert session.comparison.value is not None
    assert session.comparison.value.told == ()
    assert "no differences" in session.status


def test_another_file_is_compared_and_what_is_no_machine_is_told(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    other, broken = tmp_path / "other.yaml", tmp_path / "broken.yaml"
    other.write_text(DOOR.replace("closed", "shut").replace("PUSH", "PULL"), encoding="utf-8")
    broken.write_text("[", encoding="utf-8")
    desktop.paths = [other, broken, None]
    compare.with_file(session, desktop)
    found = session.comparison.value
    assert found is not None
    assert found.base.name == "other.yaml"
    assert {each.path for each in found.told} >= {"closed"}
    with pytest.raises(FormatError):
        compare.with_file(session, desktop)
    compare.with_file(session, desktop)
    assert session.comparison.value is found


def test_a_comparison_ends_with_the_document_or_when_it_is_ended(
    session: Session, desktop: FakeDesktop
) -> None:
    compare.with_saved(session, desktop)
    compare.end(session, desktop)
    assert session.comparison.value is None
    compare.with_saved(session, desktop)
    session.replace_document(session.document)
    assert session.comparison.value is None
