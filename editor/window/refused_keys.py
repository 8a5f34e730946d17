"""Keys of commands that cannot be invoked now: what is missing is told, as the palette does, instead of nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from editor.commands.keymap import Keymap
from editor.commands.reasons import reason
from editor.commands.registry import Command, Commands
from editor.session import Session


class RefusedKeys(QObject):
    """Hears the keys that come up to a window, which are those that neither a shortcut nor the focused part took.

    `keymap` gives the keys as they are at that time. Keys of the canvas count there alone.
    """

    def __init__(
        self,
        window: QWidget,
        canvas: QWidget,
        session: Session,
        commands: Commands,
        keymap: Callable[[], Keymap],
    ) -> None:
        super().__init__(window)
        self._canvas = canvas
        self._session = session
        self._keymap = keymap
        self._commands = {command.id: command for command in commands.all}
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of the command that a key belongs to; the key goes on as it would."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._tell(QKeySequence(event.keyCombination()).toString())
        return False

    def _tell(self, key: str) -> None:
        is_on_canvas = QApplication.focusWidget() is self._canvas
        rows = [row for row in self._keymap().owners(key) if is_on_canvas or not row.place]
        found = [command for row in rows if (command := self._commands.get(row.id)) is not None]
        refused = next(
            (words for each in found if each.is_listed and (words := why(each, self._session))), ""
        )
        if refused:
            self._session.say(refused)


def why(command: Command, session: Session) -> str:
    """A sentence on why a command cannot be invoked; empty where it can be."""
    missing = reason(command, session)
    return f"{command.title.rstrip('…')}: {missing[0].lower()}{missing[1:]}." if missing else ""
