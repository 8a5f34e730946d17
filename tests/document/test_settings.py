"""Settings are kept, and a damaged file is never in the way."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from editor import folders
from editor.document import settings
from editor.document.settings import LEAST_SECONDS, MOST_RECENT, MOST_SECONDS, Settings
from editor.errors import FileError

WORDS = st.sampled_from(("", "on", "off", "dark", "timed", "é/x"))


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv(folders.HOME, str(tmp_path / "home"))
    return tmp_path / "home"


def test_settings_are_there_again(tmp_path: Path) -> None:
    chosen = Settings(
        theme="dark",
        animation="off",
        grid=False,
        spacing=16,
        minimap=True,
        text_size=125,
        autosave="timed",
        autosave_seconds=9,
        window="abc",
    ).with_recent(tmp_path / "m.yaml")
    chosen = chosen.with_closed(tmp_path / "n.yaml")
    settings.store(chosen)
    assert settings.read() == (chosen, "")


@given(
    st.lists(
        st.tuples(st.sampled_from(["open", "pin", "unpin", "forget", "move"]), st.sampled_from("abcdef"))
    )
)
def test_whatever_is_done_the_list_has_each_file_once_and_what_is_pinned_first(
    deeds: list[tuple[str, str]],
) -> None:
    chosen, pinned = Settings(), set[str]()
    for deed, name in deeds:
        path = Path(f"/x/{name}.yaml").resolve()
        text = str(path)
        if deed == "open":
            chosen = chosen.with_recent(path)
        elif deed in ("pin", "unpin"):
            chosen = chosen.with_pin(text, is_pinned=deed == "pin")
            pinned = pinned | {text} if deed == "pin" else pinned - {text}
        elif deed == "forget":
            chosen, pinned = chosen.without_file(text), pinned - {text}
        else:
            moved = Path("/x/moved.yaml").resolve()
            chosen = chosen.with_file_moved(text, moved)
            pinned = {str(moved) if each == text else each for each in pinned}
        assert (text in chosen.listed) is (deed in ("open", "pin", "unpin"))
    assert len(set(chosen.listed)) == len(chosen.listed)
    assert set(chosen.pinned) == pinned
    assert chosen.listed[: len(pinned)] == chosen.pinned


def test_lists_are_no_longer_than_they_may_be(home: Path) -> None:
    home.mkdir()
    names = [f"{number}" for number in range(100)]
    data = dict.fromkeys(("recent", "closed", "pinned", "chosen"), names)
    settings.settings_path().write_text(json.dumps(data), encoding="utf-8")
    found = settings.load()
    assert [len(each) for each in (found.recent, found.closed, found.pinned, found.chosen)] == [
        12,
        12,
        24,
        20,
    ]


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
    assert settings.damaged_path().name in notice
    settings.store(Settings(theme="dark"))
    assert settings.damaged_path().read_bytes() == data
    assert settings.read() == (Settings(theme="dark"), "")


def test_values_of_the_wrong_kind_are_passed_over(home: Path) -> None:
    home.mkdir()
    text = '{"theme": "pink", "animation": 1, "window": "w", "recent": ["a", 2], "unknown": true, "grid": 0}'
    settings.settings_path().write_text(text, encoding="utf-8")
    assert settings.load() == Settings(window="w", recent=("a",))


@pytest.mark.parametrize("spacing", ["false", "7", "16.0", '"8"', "null", "-8", "[8]"])
def test_a_grid_that_is_none_is_passed_over(home: Path, spacing: str) -> None:
    home.mkdir()
    settings.settings_path().write_text(f'{{"spacing": {spacing}, "window": "w"}}', encoding="utf-8")
    assert settings.load() == Settings(window="w")


@pytest.mark.parametrize("size", ["true", "0", "100.0", '"90"', "null", "1000", "101"])
def test_a_text_size_that_is_none_is_passed_over(home: Path, size: str) -> None:
    home.mkdir()
    settings.settings_path().write_text(f'{{"text_size": {size}, "window": "w"}}', encoding="utf-8")
    assert settings.load() == Settings(window="w")


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


@pytest.mark.parametrize(("written", "meant"), [("true", "system"), ("false", "off"), ('"on"', "on")])
def test_animation_is_read_as_it_was_written_once(home: Path, written: str, meant: str) -> None:
    home.mkdir()
    settings.settings_path().write_text(f'{{"animation": {written}}}', encoding="utf-8")
    assert settings.load().animation == meant


@pytest.mark.parametrize(("written", "meant"), [(0, LEAST_SECONDS), (30, 30), (10**9, MOST_SECONDS)])
def test_seconds_are_kept_within_reason(home: Path, written: int, meant: int) -> None:
    home.mkdir()
    settings.settings_path().write_text(f'{{"autosave_seconds": {written}}}', encoding="utf-8")
    assert settings.load().autosave_seconds == meant


def test_keys_that_nobody_knows_stay_in_the_file(home: Path) -> None:
    home.mkdir()
    settings.settings_path().write_text('{"of another version": [1], "theme": "dark"}', encoding="utf-8")
    settings.store(replace(settings.load(), theme="light"))
    data = json.loads(settings.settings_path().read_text(encoding="utf-8"))
    assert data["of another version"] == [1]
    assert data["theme"] == "light"


def test_choices_go_to_another_machine_and_places_stay(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    here = Settings(theme="dark", snapping=False, recent=("a",), window="w", keys=(("edit.undo", ("F9",)),))
    settings.export(here, path)
    there = Settings(theme="light", recent=("b",), window="v")
    assert settings.imported(there, path) == replace(here, recent=("b",), window="v")


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"\xff", b"{}", b'{"recent": ["x"]}', b'{"theme": "pink"}', b"[" * 9999]
)
def test_what_holds_no_settings_is_not_imported(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(data)
    with pytest.raises(FileError, match=r"other\.json"):
        settings.imported(Settings(), path)


@tries(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from([*asdict(Settings()), "x"]),
        st.none()
        | st.booleans()
        | st.integers()
        | WORDS
        | st.lists(st.none() | WORDS, max_size=15)
        | st.dictionaries(WORDS, st.none() | WORDS | st.lists(WORDS, max_size=2), max_size=3),
    )
)
def test_whatever_the_file_says_the_settings_are_usable(data: dict[str, object]) -> None:
    settings.settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings.settings_path().write_text(json.dumps(data), encoding="utf-8")
    found, notice = settings.read()
    assert notice == ""
    assert found.theme in settings.THEMES
    assert found.animation in settings.ANIMATIONS
    assert found.autosave in settings.AUTOSAVES
    assert found.text_size in settings.TEXT_SIZES
    assert LEAST_SECONDS <= found.autosave_seconds <= MOST_SECONDS
    assert {key: type(value) for key, value in asdict(found).items()} == {
        key: type(value) for key, value in asdict(Settings()).items()
    }
    settings.store(found)
    assert settings.load() == found
