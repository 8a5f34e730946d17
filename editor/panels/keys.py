"""Keys that mean something in one panel alone. They are rows of the keymap like all others, and follow the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from editor.commands import keymap
from editor.commands.keymap import Row
from editor.session import Session

ROWS = tuple(
    Row(f"outline.{id}", title, "Outline", (key,), place="outline")
    for id, title, key in (
        ("up", "Move up among its siblings", "Alt+Up"),
        ("down", "Move down among its siblings", "Alt+Down"),
        ("out", "Move out of its parent", "Alt+Shift+Left"),
        ("in", "Move into the sibling above", "Alt+Shift+Right"),
    )
)


class PanelKeys(QObject):
    """Gives a widget the keys of some rows, while it has the focus."""

    def __init__(self, widget: QWidget, session: Session, deeds: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._session = session
        self._deeds = deeds
        self._rows = {row.id: row for row in (*ROWS, *keymap.rows()) if row.id in deeds}
        self._made: list[QShortcut] = []
        self._given: dict[str, tuple[str, ...]] = {}
        session.settings_changed.subscribe(self._follow)
        self._follow()

    def _follow(self) -> None:
        chosen = dict(self._session.settings.keys)
        wanted = {id: chosen.get(id, row.keys) for id, row in self._rows.items()}
        if wanted == self._given:
            return
        self._given = wanted
        for each in self._made:
            each.setEnabled(False)
            each.deleteLater()
        self._made = [self._make(key, id) for id, keys in wanted.items() for key in keys]

    def _make(self, key: str, id: str) -> QShortcut:
        # not as an argument: that is passed over, and the key would be the whole window's
        made = QShortcut(QKeySequence(key), self._widget, self._deeds[id])
        made.setContext(Qt.ShortcutContext.WidgetShortcut)
        return made
