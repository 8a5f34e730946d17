"""The start page of an empty window: new, open, what was open last, and the examples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor import resources
from editor.commands import file
from editor.document import settings
from editor.panels.elided import ElidedLabel
from editor.panels.icons import icon
from editor.session import Session
from editor.window.style import theme_name
from editor.window.thumbnails import PICTURE, in_lines, thumbnail

CARD = QSize(212, 194)
MOST_COLUMNS = 6
MOST_RECENT = 8
MOST_TOLD = 3
GAP = 12
MARGIN = 24
LEAST = 260
"""The width that the two buttons of the head need."""
Open = Callable[[Path | None, bool], None]


class StartPage(QScrollArea):
    """Offers what one begins with, in as many columns as there is room for.

    Thumbnails are drawn one by one after the page is on the screen.
    """

    def __init__(self, session: Session, open_file: Open, choose: Callable[[], None]) -> None:
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._session = session
        self._open = open_file
        self._cards: list[tuple[QPushButton, Path]] = []
        self._waiting: list[tuple[QPushButton, Path]] = []
        self._theme = theme_name(session.settings.theme)
        self._grids: list[tuple[QGridLayout, list[QPushButton]]] = []
        self.columns = 0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._draw_next)
        page = QFrame()
        page.setObjectName("start")
        self._inside = QWidget()
        around = QHBoxLayout(page)
        around.setContentsMargins(MARGIN, 40, MARGIN, 40)
        around.addStretch()
        around.addWidget(self._inside)
        around.addStretch()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._head(choose)
        listed = [Path(text) for text in session.settings.recent]
        recent = [path for path in listed if path.is_file()]
        gone = [path for path in listed if path not in recent]
        if recent:
            self._section("Recent", recent[:MOST_RECENT], as_copy=False)
        if gone:
            self._forget(gone)
        self._section("Examples", resources.examples(), as_copy=True)
        self._column.addStretch(1)
        self._flow(1)
        self.setWidget(page)
        self._waiting = list(self._cards)
        session.settings_changed.subscribe(self._on_settings)

    def _on_settings(self) -> None:
        """Pictures are drawn anew for another theme."""
        name = theme_name(self._session.settings.theme)
        if name != self._theme:
            self._theme, self._waiting = name, list(self._cards)
            if self.isVisible():
                self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other columns."""
        super().resizeEvent(event)
        self._flow(columns_in(self.viewport().width()))

    def _flow(self, columns: int) -> None:
        """Place the cards anew in so many columns."""
        if columns == self.columns:
            return
        self.columns = columns
        self._inside.setFixedWidth(max(columns * CARD.width() + (columns - 1) * GAP, LEAST))
        for grid, cards in self._grids:
            for card in cards:
                grid.removeWidget(card)
            for place, card in enumerate(cards):
                grid.addWidget(card, place // columns, place % columns)
            for column in range(MOST_COLUMNS + 1):
                grid.setColumnStretch(column, 1 if column == columns else 0)
        self._column.activate()

    def _head(self, choose: Callable[[], None]) -> None:
        title = QLabel("Statechart Editor")
        title.setObjectName("big")
        line = QLabel("Draw a statechart, run it on the same canvas, save it as YAML.")
        line.setObjectName("hint")
        line.setWordWrap(True)
        self.new_button = QPushButton(icon("new", QPalette.ColorRole.Base), "New machine")
        self.new_button.setObjectName("primary")
        self.new_button.clicked.connect(lambda: self._open(None, False))
        self.open_button = QPushButton(icon("open"), "Open…")
        self.open_button.setObjectName("second")
        self.open_button.clicked.connect(lambda: choose())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.new_button)
        row.addWidget(self.open_button)
        row.addStretch()
        for widget in (title, line):
            self._column.addWidget(widget)
        self._column.addLayout(row)

    def _section(self, title: str, paths: list[Path], *, as_copy: bool) -> None:
        label = QLabel(title)
        label.setObjectName("title")
        self._column.addSpacing(12)
        self._column.addWidget(label)
        grid = QGridLayout()
        grid.setSpacing(GAP)
        names = [file.example_title(path) if as_copy else path.stem for path in paths]
        cards = [self._card(name, path, as_copy=as_copy) for name, path in zip(names, paths, strict=True)]
        self._grids.append((grid, cards))
        self._column.addLayout(grid)

    def _forget(self, gone: list[Path]) -> None:
        """Take files from the recent ones that are no longer there, and say so."""
        stored = settings.load()
        texts = {str(path) for path in gone}
        stored = replace(stored, recent=tuple(each for each in stored.recent if each not in texts))
        settings.store(stored)
        self._session.set_settings(stored)
        names = ", ".join(path.name for path in gone[:MOST_TOLD])
        more = f" and {len(gone) - MOST_TOLD} more" if len(gone) > MOST_TOLD else ""
        self.forgotten = ElidedLabel(f"No longer there, and taken from the list: {names}{more}")
        self.forgotten.setToolTip("\n".join(map(str, gone)))
        self.forgotten.setObjectName("hint")
        self._column.addWidget(self.forgotten)

    def _card(self, name: str, path: Path, *, as_copy: bool) -> QPushButton:
        card = QPushButton()
        card.setObjectName("card")
        card.setFixedSize(CARD)
        card.setToolTip(f"{name}\n{path}")
        card.setAccessibleName(name)
        card.clicked.connect(partial(self._clicked, path, as_copy))
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        picture.setObjectName("picture")
        picture.setFixedSize(PICTURE)
        text = QLabel()
        text.setText(text.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, PICTURE.width()))
        about = QLabel(textFormat=Qt.TextFormat.PlainText, alignment=Qt.AlignmentFlag.AlignTop)
        about.setObjectName("hint")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(4)
        inside.addWidget(picture)
        inside.addWidget(text)
        inside.addWidget(about, 1)
        for label in (picture, text, about):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cards.append((card, path))
        return card

    def _clicked(self, path: Path, as_copy: bool, *_: object) -> None:
        self._open(path, as_copy)

    def draw_thumbnails(self) -> None:
        """Begin to draw, one picture each time nothing else is to be done."""
        self._timer.start()

    def hideEvent(self, event: object) -> None:
        """A page that is not seen draws nothing."""
        self._timer.stop()

    def _draw_next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        card, path = self._waiting.pop(0)
        picture, about = card.findChild(QLabel, "picture"), card.findChild(QLabel, "hint")
        if not isinstance(picture, QLabel) or not isinstance(about, QLabel):
            return
        made = thumbnail(path, self._theme, self.devicePixelRatioF())
        picture.setPixmap(made.picture if made is not None else icon("machine").pixmap(32, 32))
        sentence = made.sentence if made is not None else ""
        about.setText(in_lines(sentence or str(path.parent), about.fontMetrics(), PICTURE.width()))
        card.setToolTip("\n".join(filter(None, (card.accessibleName(), sentence, str(path)))))
        card.setAccessibleDescription(sentence)


def columns_in(width: int) -> int:
    """How many columns of cards a page of this width shows whole: at least one, and no line too long to read."""
    fitting = (width - 2 * MARGIN + GAP) // (CARD.width() + GAP)
    return min(max(fitting, 1), MOST_COLUMNS)
