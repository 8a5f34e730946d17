"""The icon of the program in the sizes and forms that systems want, drawn from the one SVG."""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from pathlib import Path

from packager.errors import ToolMissingError
from packager.product import NAME, ROOT

SOURCE = ROOT / "resources" / f"{NAME}.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_ICO = (16, 24, 32, 48, 64, 256)
_ICNS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
"""The types of PNG pictures in a file of icons for macOS, by size."""


def draw_all(folder: Path) -> Path:
    """Draw the icon as `SIZE.png`, and pack it for Windows and macOS; returns the folder.

    Raises:
        ToolMissingError: PySide6, which draws it, is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = draw(SIZES)
    for size, data in pictures.items():
        (folder / f"{size}.png").write_bytes(data)
    (folder / f"{NAME}.ico").write_bytes(ico({size: pictures[size] for size in _ICO}))
    (folder / f"{NAME}.icns").write_bytes(icns({size: pictures[size] for size in _ICNS}))
    return folder


def draw(sizes: tuple[int, ...]) -> dict[int, bytes]:
    """The icon as PNG pictures of these sizes, in pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtCore import QBuffer, QIODevice, QRectF  # noqa: PLC0415 - told when it is missing
        from PySide6.QtGui import QGuiApplication, QImage, QPainter  # noqa: PLC0415
        from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415
    except ImportError as error:
        raise ToolMissingError(
            f"The icon cannot be drawn: {error}. Run: python -m pip install -e ."
        ) from None
    application = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(SOURCE))
    made = {}
    for size in sizes:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        made[size] = bytes(buffer.data().data())
    del application
    return made


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """PNG pictures by size as an icon of Windows."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    rows, body = b"", b""
    for size, data in pictures.items():
        side = size % 256  # 0 stands for 256
        rows += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + rows + body


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """PNG pictures by size as an icon of macOS."""
    body = b"".join(_ICNS[size] + struct.pack(">I", len(data) + 8) + data for size, data in pictures.items())
    return b"icns" + struct.pack(">I", len(body) + 8) + body
