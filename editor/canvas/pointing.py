"""Qt's pointer and keys as the samples that tools understand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from editor.geometry import Point
from editor.tools.base import Button, Hit, KeyInput, Modifier, PointerInput

CURSORS = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "move": Qt.CursorShape.SizeAllCursor,
    "cross": Qt.CursorShape.CrossCursor,
    "hand": Qt.CursorShape.PointingHandCursor,
    "size-h": Qt.CursorShape.SizeHorCursor,
    "size-v": Qt.CursorShape.SizeVerCursor,
    "size-fdiag": Qt.CursorShape.SizeFDiagCursor,
    "size-bdiag": Qt.CursorShape.SizeBDiagCursor,
}
_BUTTONS = {
    Qt.MouseButton.LeftButton: Button.LEFT,
    Qt.MouseButton.MiddleButton: Button.MIDDLE,
    Qt.MouseButton.RightButton: Button.RIGHT,
}


_KEYS = {
    Qt.Key.Key_Left: "Left", Qt.Key.Key_Right: "Right", Qt.Key.Key_Up: "Up", Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Return: "Return", Qt.Key.Key_Enter: "Return",
}  # fmt: skip


def key_of(event: QKeyEvent) -> KeyInput:
    """A key by its name, or by what it writes."""
    return KeyInput(key=_KEYS.get(Qt.Key(event.key()), event.text()), modifiers=modifiers_of(event))


def modifiers_of(event: QMouseEvent | QKeyEvent) -> Modifier:
    """The keys that are held."""
    held = event.modifiers()
    found = Modifier.NONE
    if held & Qt.KeyboardModifier.ShiftModifier:
        found |= Modifier.SHIFT
    if held & Qt.KeyboardModifier.ControlModifier:
        found |= Modifier.CTRL
    if held & Qt.KeyboardModifier.AltModifier:
        found |= Modifier.ALT
    return found


def pointer_of(event: QMouseEvent, at: Point, hit: Hit, zoom: float, clicks: int) -> PointerInput:
    """A sample of the pointer at a place of the chart."""
    return PointerInput(
        at=at,
        hit=hit,
        button=_BUTTONS.get(event.button(), Button.NONE),
        modifiers=modifiers_of(event),
        clicks=clicks,
        scale=zoom,
    )
