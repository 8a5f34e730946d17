"""What a file held before it was saved over is kept, newest first, within bounds, and never in the way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from editor import folders
from editor.document import files, versions
from editor.document.versions import MOST_VERSIONS, keep, versions_folder

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(folders.HOME, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "m.yaml"
    write(path, 0)
    return path


def write(path: Path, number: int) -> None:
    path.write_text(f"id: m{number}\n", encoding="utf-8")
    files.layout_path(path).write_text(f"# {number}\n", encoding="utf-8")


def test_a_version_is_a_machine_with_its_layout(path: Path) -> None:
    keep(path, NOON)
    write(path, 1)
    [found] = versions.versions(path)
    assert found.when == NOON
    assert files.open_document(found.path).chart.root.declared_id == "m0"
    assert files.layout_path(found.path).read_text(encoding="utf-8") == "# 0\n"


def test_the_newest_come_first_and_what_is_the_same_is_kept_once(path: Path) -> None:
    for number in range(3):
        write(path, number)
        keep(path, NOON + timedelta(minutes=number))
        keep(path, NOON + timedelta(minutes=number, seconds=1))
    found = versions.versions(path)
    assert [each.path.read_text(encoding="utf-8") for each in found] == ["id: m2\n", "id: m1\n", "id: m0\n"]
    files.layout_path(path).unlink()
    keep(path, NOON + timedelta(hours=1))
    assert len(versions.versions(path)) == 4, "another drawing is another version"


def test_not_too_many_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(MOST_VERSIONS + 5):
        write(path, number)
        keep(path, NOON + timedelta(minutes=number))
    found = versions.versions(path)
    assert len(found) == MOST_VERSIONS
    assert found[0].path.read_text(encoding="utf-8") == f"id: m{MOST_VERSIONS + 4}\n"
    assert len(list(versions_folder(path).iterdir())) == 2 * MOST_VERSIONS
    monkeypatch.setattr(versions, "MOST_BYTES", 30)
    other = path.with_name("other.yaml")
    write(other, 7)
    keep(other, NOON + timedelta(days=1))
    assert len(versions.versions(other)) == 1
    assert len(versions.versions(path)) == 1


def test_a_folder_that_takes_nothing_is_not_in_the_way(path: Path, home: Path) -> None:
    home.write_text("", encoding="utf-8")
    keep(path)
    keep(path.with_name("missing.yaml"))
    assert versions.versions(path) == []
