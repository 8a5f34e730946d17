from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from editor.canvas.measure import FontMeasure
from editor.canvas.picture import Picture
from editor.canvas.render import MARGIN, render, thumbnail
from editor.errors import FileError
from tests.canvas.samples import shop


def test_a_png_holds_the_whole_chart_with_a_margin(tmp_path: Path):
    chart, diagram = shop()
    render(chart, diagram, tmp_path / "a.png", scale=2)
    bounds = Picture(chart, diagram, FontMeasure()).bounds().grown(MARGIN)
    image = QImage(str(tmp_path / "a.png"))
    assert (image.width(), image.height()) == (round(bounds.width * 2), round(bounds.height * 2))


def test_texts_of_an_svg_are_texts(tmp_path: Path):
    render(*shop(), tmp_path / "a.svg", theme="dark")
    text = (tmp_path / "a.svg").read_text(encoding="utf-8")
    for word in ("alpha", "begin", "GO", "[x &gt; 1]"):
        assert word in text, word


def test_a_pdf_is_written(tmp_path: Path):
    render(*shop(), tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_active_states_change_the_picture(tmp_path: Path):
    render(*shop(), tmp_path / "a.png")
    render(*shop(), tmp_path / "b.png", active=["work.alpha"])
    render(*shop(), tmp_path / "c.png", active=iter(["a"]))
    assert (tmp_path / "a.png").read_bytes() != (tmp_path / "b.png").read_bytes()
    assert (tmp_path / "b.png").read_bytes() == (tmp_path / "c.png").read_bytes()


def test_another_suffix_is_refused(tmp_path: Path):
    with pytest.raises(FileError, match="svg"):
        render(*shop(), tmp_path / "a.gif")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(FileError, match="was not written: its folder does not exist"):
        render(*shop(), tmp_path / "none" / "a.png")


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_a_disk_that_is_full_leaves_the_picture_that_was_there(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
):
    chart, diagram = shop()
    path = tmp_path / f"shop{suffix}"
    render(chart, diagram, path)
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FileError, match=f"shop{suffix} was not written: the disk is full"):
        render(chart, diagram, path, theme="dark")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_thumbnail_has_the_size_asked_for():
    assert thumbnail(*shop(), QSize(200, 120)).size() == QSize(200, 120)
