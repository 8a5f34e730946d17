"""The start page of an empty window: new, open, the tour, what was open last, and the examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from editor import resources
from editor.commands import file, recent, touring, view
from editor.panels.icons import icon
from editor.requests import TakeTour
from editor.session import Session
from editor.window.start_card import CARD, GAP, MOST_COLUMNS, Card, Shelf, beside
from editor.window.style import theme_name
from editor.window.thumbnails import thumbnail

MOST_RECENT = 8
"""Recent files that are shown, besides those that are pinned."""
MARGIN = 24
LEAST = 260
"""The width that the two buttons of the head need."""
Open = Callable[[Path | None, bool], None]


class StartPage(QScrollArea):
    """Offers what one begins with, in as many columns as there is room for.

    Thumbnails are drawn one by one after the page is on the screen. `locate` asks where a missing file is now.
    """

    def __init__(
        self, session: Session, open_file: Open, choose: Callable[[], None], locate: Callable[[str], None]
    ) -> None:
        super().__init__(widgetResizable=True)
        self.setAccessibleName("Start")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._session = session
        self._open = open_file
        self._locate = locate
        self._waiting: list[Card] = []
        self._theme = theme_name(session.settings.theme)
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
        self.tour = TourOffer(session)
        self._column.addWidget(self.tour)
        self.recent, self.examples = Shelf("Recent"), Shelf("Examples")
        self._column.addWidget(self.recent)
        self._column.addWidget(self.examples)
        self._column.addStretch(1)
        self._listed: tuple[object, ...] = ()
        self._fill_recent()
        self.examples.fill(
            [self._wired(Card(file.example_title(path), path)) for path in resources.examples()]
        )
        self._flow(1)
        self.setWidget(page)
        self._waiting = list(self.cards)
        session.settings_changed.subscribe(self._on_settings)

    @property
    def cards(self) -> list[Card]:
        """All cards, in their order."""
        return [*self.recent.cards, *self.examples.cards]

    def _on_settings(self) -> None:
        """Pictures are drawn anew for another theme, and the list follows what is pinned and opened.

        A page that is not seen looks for no files.
        """
        if self.isVisible():
            self._fill_recent()
        name = theme_name(self._session.settings.theme)
        if name != self._theme:
            self._theme, self._waiting = name, list(self.cards)
            self._draw_soon()

    def _draw_soon(self) -> None:
        if self.isVisible():
            self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other columns."""
        super().resizeEvent(event)
        self._flow(columns_in(self.viewport().width()))

    def showEvent(self, event: QShowEvent) -> None:
        """The tour is offered the first time that the page is seen; the list may have changed meanwhile."""
        super().showEvent(event)
        self._fill_recent()
        self.tour.seen()

    def _flow(self, columns: int) -> None:
        """Place the cards anew in so many columns."""
        if columns == self.columns:
            return
        self.columns = columns
        self._inside.setFixedWidth(max(columns * CARD.width() + (columns - 1) * GAP, LEAST))
        for shelf in (self.recent, self.examples):
            shelf.flow(columns)
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

    # recent files

    def _fill_recent(self) -> None:
        """Show the recent files as they are listed now; the card that had the focus has it again."""
        chosen = self._session.settings
        shown = chosen.listed[: len(chosen.pinned) + MOST_RECENT]
        if (shown, chosen.pinned) == self._listed:
            return
        self._listed = shown, chosen.pinned
        focused = next((number for number, each in enumerate(self.recent.cards) if each.hasFocus()), None)
        path = self.recent.cards[focused].path if focused is not None else None
        drawn = {each.path: each for each in self.recent.cards}
        made = [self._recent_card(text, is_pinned=text in chosen.pinned) for text in shown]
        for card in made:
            if card.path in drawn:
                card.take_picture(drawn[card.path])
        self._waiting = [each for each in self._waiting if each not in self.recent.cards]
        self._waiting += [each for each in made if not each.is_drawn]
        self.recent.fill(made)
        self._draw_soon()
        if focused is not None:
            same = next((each for each in made if each.path == path), None)
            left = same or (made[min(focused, len(made) - 1)] if made else self.new_button)
            left.setFocus()

    def _recent_card(self, text: str, *, is_pinned: bool) -> Card:
        path = Path(text)
        card = self._wired(Card(path.stem, path, is_recent=True, is_pinned=is_pinned))
        queued = Qt.ConnectionType.QueuedConnection  # the card goes with the list that it changes
        card.pinned.connect(lambda wanted: recent.pin(self._session, text, is_pinned=wanted), queued)
        card.forgotten.connect(lambda: recent.forget(self._session, text), queued)
        return card

    def _wired(self, card: Card) -> Card:
        card.chosen.connect(partial(self._chosen, card))
        card.walked.connect(partial(self._walk, card))
        return card

    def _chosen(self, card: Card) -> None:
        if card.is_recent and not card.path.is_file():
            self._locate(str(card.path))
        else:
            self._open(card.path, not card.is_recent)

    def _walk(self, card: Card, key: Qt.Key) -> None:
        found = beside(card, self.cards, key)
        found.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(found)

    # pictures

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
        card = self._waiting.pop(0)
        if card.is_missing:
            return
        made = thumbnail(card.path, self._theme, self.devicePixelRatioF())
        card.show_picture(*made if made is not None else (None, ""))


class TourOffer(QFrame):
    """Offers the tour once, and to go on with it once it was begun; not there otherwise."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("offer")
        self._session = session
        kept = session.settings.tour
        is_begun = touring.is_begun(kept)
        title = QLabel("Go on with the tour" if is_begun else "New here?", textFormat=Qt.TextFormat.PlainText)
        title.setObjectName("title")
        words = "It waits at the step that you reached." if is_begun else (
            "The tour takes two minutes: draw, run and save a first machine."
        )  # fmt: skip
        line = QLabel(words, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        line.setObjectName("hint")
        self.take_button = QPushButton("Go on" if is_begun else "Take the tour")
        self.take_button.setObjectName("second")
        self.take_button.clicked.connect(lambda: session.ask(TakeTour()))
        self.not_now = QPushButton("Not now")
        self.not_now.setObjectName("flat")
        self.not_now.clicked.connect(self._decline)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(title)
        texts.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 12, 12)
        row.addLayout(texts, 1)
        row.addWidget(self.not_now)
        row.addWidget(self.take_button)
        self.setVisible(not kept or is_begun)

    def seen(self) -> None:
        """It has been offered, and is not another time."""
        if not self._session.settings.tour:
            view.choose(self._session, tour=touring.OFFERED)

    def _decline(self) -> None:
        view.choose(self._session, tour=touring.declined(self._session.settings.tour))
        self.hide()
        self._session.say("The tour is under Help whenever you want it.")


def columns_in(width: int) -> int:
    """How many columns of cards a page of this width shows whole: at least one, and no line too long to read."""
    fitting = (width - 2 * MARGIN + GAP) // (CARD.width() + GAP)
    return min(max(fitting, 1), MOST_COLUMNS)
