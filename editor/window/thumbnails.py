"""Small pictures of machines, drawn once for each content of a file and kept in the cache folder of the platform."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPixmap

from editor import __version__
from editor.canvas import render
from editor.document import files
from editor.errors import EditorError
from editor.folders import cache_folder

PICTURE = QSize(196, 112)
MOST_KEPT = 200
_SENTENCE = "Description"


class Thumbnail(NamedTuple):
    """A small picture of a machine, and what its file says that it is."""

    picture: QPixmap
    sentence: str


def thumbnail(path: Path, theme: str, ratio: float) -> Thumbnail | None:
    """The picture of a machine on a screen with `ratio` device pixels a pixel; None for one that cannot be read."""
    kept = _place(path, theme, ratio)
    image = QImage(str(kept)) if kept is not None and kept.is_file() else QImage()
    if image.isNull():
        drawn = _draw(path, theme, ratio)
        if drawn is None:
            return None
        image = drawn
        if kept is not None:
            _keep(image, kept)
    image.setDevicePixelRatio(ratio)
    return Thumbnail(QPixmap.fromImage(image), image.text(_SENTENCE))


def folder() -> Path:
    """Where pictures are kept."""
    return cache_folder() / "thumbnails"


def _draw(path: Path, theme: str, ratio: float) -> QImage | None:
    try:
        document = files.open_document(path)
    except EditorError:
        return None
    image = render.small_picture(document.chart, document.diagram, PICTURE, theme, ratio)
    image.setText(_SENTENCE, " ".join((document.chart.root.description or "").split()))
    return image


def _place(path: Path, theme: str, ratio: float) -> Path | None:
    """Where the picture of what a file and its layout hold now is kept; None when they cannot be looked at."""
    told = [__version__, str(path.resolve()), theme, f"{ratio:.3f}", f"{PICTURE.width()}x{PICTURE.height()}"]
    try:
        for each in (path, files.layout_path(path)):
            now = each.stat() if each.exists() else None
            told.append(f"{now.st_mtime_ns} {now.st_size}" if now is not None else "none")
    except OSError:
        return None
    return folder() / f"{sha256('|'.join(told).encode()).hexdigest()[:32]}.png"


def _keep(image: QImage, place: Path) -> None:
    """Keep a picture, and no more than there is use for; where that is not possible it is drawn again."""
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(made, "PNG")  # type: ignore[call-overload]
    with suppress(OSError, EditorError):
        place.parent.mkdir(parents=True, exist_ok=True)
        files.write_bytes(place, bytes(made.data().data()))
        by_age = sorted(place.parent.glob("*.png"), key=os.path.getmtime, reverse=True)
        for old in by_age[MOST_KEPT:]:
            old.unlink(missing_ok=True)


def in_lines(text: str, metrics: QFontMetrics, width: int, most: int = 2) -> str:
    """A text in at most so many lines of a width in pixels, the last one ending in an ellipsis when more is to come."""
    words, lines = text.split(), [""]
    while words:
        longer = f"{lines[-1]} {words[0]}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > width:
            if len(lines) == most:
                lines[-1] = " ".join((lines[-1], *words))
                break
            lines.append("")
        else:
            lines[-1] = longer
            words.pop(0)
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines)
