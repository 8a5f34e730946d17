"""Settings are kept, and a damaged file is never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.document import settings
from editor.document.settings import MOST_RECENT, Settings


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(settings.HOME, str(tmp_path / "home"))
    return tmp_path / "home"


def test_settings_are_there_again(tmp_path: Path) -> None:
    chosen = Settings(theme="dark", animation=False, window="abc").with_recent(tmp_path / "m.yaml")
    chosen = chosen.with_closed(tmp_path / "n.yaml")
    settings.store(chosen)
    assert settings.read() == (chosen, "")


def test_without_a_file_they_are_the_standard_ones() -> None:
    assert settings.read() == (Settings(), "")


def test_recent_files_come_once_the_newest_first_and_not_too_many(tmp_path: Path) -> None:
    chosen = Settings()
    for number in range(20):
        chosen = chosen.with_recent(tmp_path / f"{number}.yaml")
    chosen = chosen.with_recent(tmp_path / "15.yaml")
    assert len(chosen.recent) == MOST_RECENT
    assert [Path(each).stem for each in chosen.recent[:3]] == ["15", "19", "18"]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"null", b"[" * 100_000])
def test_a_damaged_file_is_told_and_passed_over(home: Path, data: bytes) -> None:
    home.mkdir()
    settings.settings_path().write_bytes(data)
    found, notice = settings.read()
    assert found == Settings()
    assert str(settings.settings_path()) in notice
    assert settings.load() == Settings()


def test_values_of_the_wrong_kind_are_passed_over(home: Path) -> None:
    home.mkdir()
    text = '{"theme": "pink", "animation": 1, "window": "w", "recent": ["a", 2], "unknown": true}'
    settings.settings_path().write_text(text, encoding="utf-8")
    assert settings.load() == Settings(window="w", recent=("a",))


def test_a_place_that_takes_nothing_is_no_error(home: Path) -> None:
    home.write_text("a file", encoding="utf-8")
    settings.store(Settings(theme="dark"))
    assert settings.load() == Settings()


def test_what_rules_count_for_is_there_again(home: Path) -> None:
    chosen = Settings().with_severity("dead-end", "off").with_severity("long-name", "error")
    settings.store(chosen)
    assert settings.read() == (chosen, "")
    assert chosen.with_severity("dead-end", None).severities == (("long-name", "error"),)
    settings.settings_path().write_text('{"severities": {"dead-end": "off", "x": "loud", "y": 3}}')
    assert settings.load().severities == (("dead-end", "off"),)
    settings.settings_path().write_text('{"severities": ["dead-end"]}')
    assert settings.load() == Settings()
