from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands import recent
from editor.commands.file import recent as choices
from editor.commands.table import COMMANDS
from editor.document import settings
from editor.document.settings import MOST_PINNED, MOST_RECENT, Settings
from editor.session import Session
from tests.commands.desk import FakeDesktop


def test_the_open_file_is_pinned_and_unpinned(session: Session, desktop: FakeDesktop, tmp_path: Path) -> None:
    command = COMMANDS["file.pin"]
    assert command.checked is not None
    for expected in (True, False):
        command.run(session, desktop)
        assert command.checked(session) is expected
        assert settings.load().pinned == ((str(tmp_path / "door.yaml"),) if expected else ())
    assert settings.load().recent == (str(tmp_path / "door.yaml"),)
    session.document.path = None
    assert not command.when(session)


def test_pinned_files_come_first_in_the_menu(session: Session) -> None:
    session.set_settings(Settings(recent=("/x/a.yaml", "/x/b.yaml"), pinned=("/x/b.yaml", "/x/c.yaml")))
    assert [each.title for each in choices(session)] == ["b.yaml", "c.yaml", "a.yaml"]


def test_what_is_pinned_stays_however_many_files_are_opened(session: Session, tmp_path: Path) -> None:
    recent.pin(session, str(tmp_path / "mine.yaml"), is_pinned=True)
    chosen = settings.load()
    for number in range(MOST_RECENT + 3):
        chosen = chosen.with_recent(tmp_path / f"{number}.yaml")
    assert chosen.listed[0] == str(tmp_path / "mine.yaml")
    assert len(chosen.listed) == MOST_RECENT + 1


def test_no_more_are_pinned_than_there_can_be(session: Session) -> None:
    for number in range(MOST_PINNED):
        recent.pin(session, f"/x/{number}.yaml", is_pinned=True)
    recent.pin(session, "/x/more.yaml", is_pinned=True)
    assert len(settings.load().pinned) == MOST_PINNED
    assert "Unpin one first" in session.status
    recent.pin(session, "/x/3.yaml", is_pinned=True)
    assert settings.load().pinned[-1] == "/x/3.yaml"


def test_what_is_forgotten_is_in_no_list(session: Session) -> None:
    settings.store(Settings(recent=("/x/a.yaml", "/x/b.yaml"), pinned=("/x/a.yaml",)))
    recent.forget(session, "/x/a.yaml")
    assert session.settings.listed == settings.load().listed == ("/x/b.yaml",)
    assert "not touched" in session.status


def test_a_file_that_was_moved_takes_its_place(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    new = tmp_path / "new.yaml"
    settings.store(Settings(recent=("/x/a.yaml", "/x/old.yaml", str(new)), pinned=("/x/old.yaml",)))
    desktop.paths = [None, new]
    recent.locate(session, desktop, "/x/old.yaml")
    assert (desktop.opened, settings.load().pinned) == ([], ("/x/old.yaml",))
    recent.locate(session, desktop, "/x/old.yaml")
    assert desktop.titles == ["Locate old.yaml"] * 2
    assert desktop.opened == [(new, False)]
    assert settings.load().recent == ("/x/a.yaml", str(new))
    assert settings.load().pinned == (str(new),)


@pytest.mark.parametrize(
    ("lost", "near"),
    [
        ("work/old.yaml", "work"),
        ("work/gone/deep/old.yaml", "work"),
        ("lost/old.yaml", "."),
        ("old.yaml", "."),
    ],
)
def test_a_lost_file_is_looked_for_in_the_nearest_folder_that_is_there(
    session: Session, desktop: FakeDesktop, tmp_path: Path, lost: str, near: str
) -> None:
    (tmp_path / "work").mkdir()
    desktop.paths = [None]
    recent.locate(session, desktop, str(tmp_path / lost))
    assert desktop.folders == [tmp_path / near]


def test_a_file_in_the_place_of_a_folder_is_none(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("no folder any more")
    assert recent.nearest_folder(tmp_path / "work" / "old.yaml") == tmp_path
    assert recent.nearest_folder(Path("Z:nowhere/old.yaml")) == Path()
    assert recent.nearest_folder(tmp_path / ("n" * 300) / "old.yaml") == tmp_path
