"""Where a window was, and is again."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QDataStream, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

_MAGIC = 0x1D9D0CB
"""What `QWidget.saveGeometry` begins with; two numbers of its version follow, then frame and inside of the window."""


def saved(window: QMainWindow) -> tuple[str, str]:
    """Where the docks of a window are, and where it is itself, as texts to be kept."""
    state, geometry = window.saveState().toBase64(), window.saveGeometry().toBase64()
    return bytes(state.data()).decode(), bytes(geometry.data()).decode()


def restore(window: QWidget, geometry: str) -> None:
    """Put a window where it was when `saved` wrote this; where that is no longer seen, nearby.

    Qt keeps the height of a title free at the top of the screen, and moves what has no title down by that. A frame
    that is on a screen as it was is put back as it was.
    """
    written = QByteArray.fromBase64(geometry.encode())
    if not window.restoreGeometry(written) or window.isMaximized() or window.isFullScreen():
        return
    stream, frame, inside = QDataStream(written), QRect(), QRect()
    magic = stream.readUInt32()
    stream.readUInt16()
    stream.readUInt16()
    stream >> frame
    stream >> inside
    is_read = magic == _MAGIC and stream.status() is QDataStream.Status.Ok
    if is_read and any(screen.availableGeometry().contains(frame) for screen in QGuiApplication.screens()):
        window.setGeometry(inside)
