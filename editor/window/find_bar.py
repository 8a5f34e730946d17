"""Find on the canvas: what holds the text that is typed lights up with every key, and Return goes through it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolButton, QWidget

from editor.canvas.view import ChartView
from editor.document.looking import Look
from editor.document.text_index import Part, asked
from editor.panels.icons import icon
from editor.session import Session
from editor.window.strip import Strip

WIDTH = 210
"""Pixels of the field."""
CALM = 120
"""Milliseconds after an edit until what holds the text is looked for anew."""
EVERYWHERE = "Everywhere"
PARTS = {
    Part.NAME: "Names", Part.EVENT: "Events", Part.GUARD: "Guards", Part.ACTION: "Actions",
    Part.SERVICE: "Services", Part.DESCRIPTION: "Descriptions", Part.TAG: "Tags", Part.NOTE: "Notes",
}  # fmt: skip


class FindBar(Strip):
    """The bar of one window. Closing it selects what one was at last, and gives the keys back to who had them."""

    looks = (Look.TEXT,)

    def __init__(self, view: ChartView, session: Session) -> None:
        super().__init__(view, session)
        self.part: Part | None = None
        self._before: QWidget | None = None
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self._find)
        self.field = QLineEdit()
        self.field.setFixedWidth(WIDTH)
        self.field.setPlaceholderText("Find, or narrow by  event: …")
        self.field.setAccessibleName("Find a text in the chart")
        self.field.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.textEdited.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.narrow = QToolButton()
        self.narrow.setText(EVERYWHERE)
        self.narrow.setToolTip("Where the text is looked for")
        self.narrow.setIcon(icon("down"))
        self.narrow.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.narrow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.narrow.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.narrow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.narrow.setMenu(self._menu())
        self.count.setMinimumWidth(60)
        self.fill(self.field, self.narrow)
        session.changed.subscribe(lambda changes: self._calm.start() if self.is_wanted else None)

    def _menu(self) -> QMenu:
        menu, group = QMenu(self.narrow), QActionGroup(self.narrow)
        choices: tuple[tuple[Part | None, str], ...] = ((None, EVERYWHERE), *PARTS.items())
        for part, title in choices:
            action = QAction(title, group, checkable=True, checked=part is None)
            action.triggered.connect(lambda _, part=part: self.narrow_to(part))
            menu.addAction(action)
        return menu

    def narrow_to(self, part: Part | None) -> None:
        """Look only in one part of all elements, or everywhere for None."""
        self.part = part
        self.narrow.setText(PARTS[part] if part is not None else EVERYWHERE)
        self._on_typed()
        self.field.setFocus()

    # opening and closing

    def open(self, text: str = "") -> None:
        """Be there with the text of the last time, selected, or with another."""
        if not self.is_wanted:
            self._before = QApplication.focusWidget()
        if text:
            with QSignalBlocker(self.field):
                self.field.setText(text)
        self._find()
        self.field.selectAll()
        self.field.setFocus()

    def closed(self) -> None:
        """What one was at is selected, and the keys go back to who had them."""
        session, last = self._session, self.last
        before, self._before = self._before, None
        self._calm.stop()
        if session.looking.look is Look.NONE and session.document.has(last):
            session.selection.replace([last])
        if self._had_focus:
            (before if before is not None and before.isVisible() else self._view).setFocus()

    # finding

    def _on_typed(self, *_: object) -> None:
        self._find()
        looking = self._session.looking
        here = self._view.opening.among(looking.hits)
        if here and not looking.at:
            looking.show(looking.look, looking.name, looking.hits, at=self._nearest(here))
            self.look_at(looking.at)

    def _find(self) -> None:
        """Light up what holds the text as it is now."""
        text = self.field.text()
        found = self._session.document.text_index.find(asked(text, self.part))
        self._session.looking.show(Look.TEXT, text, found)
        self.show_state()

    def _nearest(self, hits: Sequence[str]) -> str:
        """The first of what was found that is in sight, so that nothing moves; else the first of all."""
        in_sight = self._view.looking.in_sight()
        return next((id for id in hits if id in in_sight), hits[0])

    def words(self) -> str:
        """How many hold the text, with how many of these are not seen now, or that none does."""
        looking = self._session.looking
        away = len(looking.hits) - len(self._view.opening.among(looking.hits))
        if away and not looking.at:
            return f"{len(looking.hits)}, {away if away < len(looking.hits) else 'all'} elsewhere"
        return super().words() or ("No match" if self.field.text().strip() else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return goes on, Escape closes; other keys are text."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._session.looking.step(-1 if is_back else 1)
                return True
            if key == Qt.Key.Key_Escape:
                self.end()
                return True
        return super().eventFilter(watched, event)
