"""Keys by what they write, and digits by their place, where a shortcut does not know of a keyboard.

`?` needs Shift on most keyboards, `+` on some: what the character invokes is invoked however it is written. On a
French keyboard the key of 1 writes `&`, and 1 with Shift: what 1 invokes is invoked by that key too. Scan codes are
those of evdev and, shifted by 8, of X11; of the PC for Windows; a Mac numbers its keys itself.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

_FIRST = {"xcb": 10, "wayland": 10, "windows": 2}
"""The scan code of 1, after which those of the others follow."""
_MAC = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9}
_LAST = 9


def digit_of(event: QKeyEvent, platform: str) -> int | None:
    """The digit, from 1 to 9, whose key was pressed on a platform of Qt; None for other keys."""
    if platform == "cocoa":
        return _MAC.get(event.nativeVirtualKey())
    first = _FIRST.get(platform.partition("-")[0])
    digit = event.nativeScanCode() - first + 1 if first is not None else 0
    return digit if 1 <= digit <= _LAST else None


def written(event: QKeyEvent) -> str:
    """A key by the sign that it writes, as the keymap has it, without the Shift that this took; empty for others."""
    text, held = event.text(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    is_sign = len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace()
    if not is_sign or held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
        return ""
    return f"Ctrl+{text}" if held & Qt.KeyboardModifier.ControlModifier else text


class TypedKeys(QObject):
    """Hears the keys that a widget gets, which are those that no shortcut took; `invoke` tells whether it did."""

    def __init__(self, widget: QObject, invoke: Callable[[str], bool], platform: str = "") -> None:
        super().__init__(widget)
        self._invoke = invoke
        self._platform = platform or QGuiApplication.platformName()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Invoke what the sign does, or the digit of a key that writes something else."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        sign = written(event)
        if sign and self._invoke(sign):
            return True
        if event.modifiers() != Qt.KeyboardModifier.NoModifier or event.text().isdigit():
            return False
        digit = digit_of(event, self._platform)
        return digit is not None and self._invoke(str(digit))
