from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from editor.document import files
from editor.window import thumbnails
from editor.window.thumbnails import PICTURE, in_lines, thumbnail
from tests.commands.desk import DOOR

SAID = DOOR.replace("id: door", "id: door\ndescription: |\n  Opens,\n  and shuts.")


@pytest.fixture
def said(tmp_path: Path) -> Path:
    path = tmp_path / "said.yaml"
    path.write_text(SAID, encoding="utf-8")
    return path


def kept() -> list[Path]:
    return sorted(thumbnails.folder().glob("*.png"))


def test_a_file_that_cannot_be_read_has_no_thumbnail(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text("a: [", encoding="utf-8")
    assert thumbnail(path, "light", 1.0) is None
    assert thumbnail(tmp_path / "gone.yaml", "light", 1.0) is None
    assert kept() == []


def test_a_picture_has_the_size_of_the_screen_and_the_sentence_of_the_file(said: Path) -> None:
    made = thumbnail(said, "light", 2.0)
    assert made is not None
    assert made.picture.size() == PICTURE * 2
    assert made.picture.devicePixelRatioF() == 2.0
    assert made.sentence == "Opens, and shuts."


def test_what_was_drawn_once_is_not_read_again(said: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = thumbnail(said, "light", 1.0)
    monkeypatch.delattr(files, "open_document")
    again = thumbnail(said, "light", 1.0)
    assert first is not None
    assert again is not None
    assert again.sentence == first.sentence
    assert again.picture.toImage() == first.picture.toImage()


def test_another_content_layout_theme_or_screen_is_drawn_anew(said: Path) -> None:
    thumbnail(said, "light", 1.0)
    thumbnail(said, "dark", 1.0)
    thumbnail(said, "light", 2.0)
    assert len(kept()) == 3
    said.write_text(SAID.replace("shuts", "closes"), encoding="utf-8")
    made = thumbnail(said, "light", 1.0)
    assert made is not None
    assert made.sentence == "Opens, and closes."
    files.layout_path(said).write_text("states: {closed: [8, 8, 200, 100]}", encoding="utf-8")
    thumbnail(said, "light", 1.0)
    assert len(kept()) == 5


def test_a_damaged_picture_is_drawn_again(said: Path) -> None:
    thumbnail(said, "light", 1.0)
    [place] = kept()
    whole = place.read_bytes()
    place.write_bytes(b"no picture")
    assert thumbnail(said, "light", 1.0) is not None
    assert place.read_bytes() == whole


def test_the_oldest_pictures_go(said: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thumbnails, "MOST_KEPT", 2)
    thumbnail(said, "light", 1.0)
    [first] = kept()
    os.utime(first, (1, 1))
    thumbnail(said, "dark", 1.0)
    thumbnail(said, "light", 2.0)
    assert len(kept()) == 2
    assert first not in kept()


def test_a_place_that_takes_nothing_is_no_error(said: Path) -> None:
    thumbnails.folder().parent.mkdir(parents=True)
    thumbnails.folder().write_text("a file", encoding="utf-8")
    assert thumbnail(said, "light", 1.0) is not None


@given(st.text(alphabet="abc \n", max_size=80), st.integers(20, 200))
def test_lines_fit_and_begin_like_the_text(text: str, width: int) -> None:
    metrics = QFontMetrics(QApplication.font())
    lines = in_lines(text, metrics, width).split("\n")
    assert len(lines) <= 2
    assert all(metrics.horizontalAdvance(line) <= width for line in lines)
    joined = " ".join(lines)
    assert "…" in joined or joined == " ".join(text.split())
