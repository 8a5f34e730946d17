"""The start page of an empty window: new, open, what was open last, and the examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPalette, QPixmap, QResizeEvent
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
from editor.canvas import render
from editor.commands import file
from editor.document import files
from editor.errors import EditorError
from editor.panels.icons import icon
from editor.session import Session
from editor.window.style import theme_name

CARD = QSize(212, 160)
PICTURE = QSize(196, 112)
MOST_COLUMNS = 6
MOST_RECENT = 8
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
        self._waiting: list[tuple[QPushButton, Path]] = []
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
        recent = [Path(text) for text in session.settings.recent if Path(text).is_file()][:MOST_RECENT]
        if recent:
            self._section("Recent", recent, as_copy=False)
        self._section("Examples", resources.examples(), as_copy=True)
        self._column.addStretch(1)
        self._flow(1)
        self.setWidget(page)

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
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 8, 10)
        inside.addWidget(picture)
        inside.addWidget(text)
        for label in (picture, text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._waiting.append((card, path))
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
        picture = card.findChild(QLabel, "picture")
        if isinstance(picture, QLabel):
            made = thumbnail(path, theme_name(self._session.settings.theme), self.devicePixelRatioF())
            picture.setPixmap(made if made is not None else icon("machine").pixmap(32, 32))


def columns_in(width: int) -> int:
    """How many columns of cards a page of this width shows whole: at least one, and no line too long to read."""
    fitting = (width - 2 * MARGIN + GAP) // (CARD.width() + GAP)
    return min(max(fitting, 1), MOST_COLUMNS)


def thumbnail(path: Path, theme: str, ratio: float) -> QPixmap | None:
    """A small picture of a machine; None for one that cannot be read."""
    try:
        document = files.open_document(path)
    except EditorError:
        return None
    return QPixmap.fromImage(render.small_picture(document.chart, document.diagram, PICTURE, theme, ratio))
