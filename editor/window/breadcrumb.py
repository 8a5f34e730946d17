"""The way to what is seen alone, above the canvas: the machine, all that lies around it, and itself, each to go to."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from editor.canvas.view import ChartView
from editor.completion.tips import plain
from editor.model import queries
from editor.model.changes import Changes, StateChange
from editor.requests import FitAll, LeaveAlone, OpenAlone
from editor.session import Session
from editor.window.strip import button

HEIGHT = 34
"""Pixels of the bar; the canvas begins below it."""
WIDEST = 220
"""Pixels of a name; of a longer one the rest stands in the tooltip."""
MOST = 200
"""Characters of a name that are looked at."""
_LEAST = 48
_BETWEEN = 16
_SIDES = 60
_PAD = 20
"""Pixels of a sign between two names, of the ends of the bar, and beside a name in its button."""


class Breadcrumb(QFrame):
    """Is there while something is seen alone. Left and Right go along it, Escape goes back to the canvas."""

    def __init__(self, view: ChartView, session: Session) -> None:
        super().__init__(view)
        self.setObjectName("crumbs")
        self.setAccessibleName("What is seen alone, and what is around it")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._view = view
        self._session = session
        self._shown: tuple[object, ...] = ()
        self.crumbs: list[QPushButton] = []
        self.hidden: list[str | None] = []
        """The levels that have no room, which are in a menu."""
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addLayout(self._row)
        row.addStretch(1)
        row.addWidget(
            button("close", "Show the whole chart (Shift+U)", lambda: session.ask(LeaveAlone(is_all=True)))
        )
        view.installEventFilter(self)
        session.alone.changed.subscribe(self.follow)
        session.changed.subscribe(self._on_changed)
        self.hide()

    def _on_changed(self, changes: Changes) -> None:
        if self._session.alone.value is not None and any(isinstance(each, StateChange) for each in changes):
            self.follow()

    def follow(self) -> None:
        """Tell what is seen now; be gone while all is."""
        top, chart = self._session.alone.value, self._session.document.chart
        if top is None or top not in chart.states:
            self._go()
            return
        levels = [None, *queries.lineage(chart, top)[1:]]
        names = [chart.states[id or chart.root_id].key for id in levels]
        shown = (tuple(levels), tuple(names), self._view.width())
        if shown != self._shown:
            self._shown = shown
            self._fill(levels, names)
        if self.isHidden():
            self._view.setViewportMargins(0, HEIGHT, 0, 0)
            self.show()
        self.setGeometry(0, 0, self._view.width(), HEIGHT)

    def _go(self) -> None:
        """Be gone; who had the focus in here has the canvas."""
        if self.isHidden():
            return
        self._give_back()
        self._shown = ()
        self.hide()
        self._view.setViewportMargins(0, 0, 0, 0)

    def _give_back(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._view.setFocus()

    def _fill(self, levels: list[str | None], names: list[str]) -> None:
        self._give_back()
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        widths = self._widths(names)
        self.crumbs, self.hidden = (
            [],
            [level for level, width in zip(levels, widths, strict=True) if not width],
        )
        for place, (level, name, width) in enumerate(zip(levels, names, widths, strict=True)):
            if not width:
                if place == 1:
                    self._row.addWidget(_sign())
                    self._row.addWidget(self._rest(levels, names))
                continue
            if place:
                self._row.addWidget(_sign())
            self._row.addWidget(self._crumb(level, name, width, is_last=place == len(levels) - 1))

    def _widths(self, names: list[str]) -> list[int]:
        """How wide each name is shown; 0 for those without room, the outermost below the machine first."""
        light, bold = self._metrics(is_last=False), self._metrics(is_last=True)
        wide = [light.horizontalAdvance(name[:MOST]) for name in names[:-1]]
        wide.append(bold.horizontalAdvance(names[-1][:MOST]))
        widths = [min(each, WIDEST) + _PAD for each in wide]
        room = self._view.width() - _SIDES
        place = 1
        while _taken(widths) > room and place < len(names) - 1:
            widths[place] = 0
            place += 1
        over = _taken(widths) - room
        for number in (0, len(names) - 1):
            if over > 0:
                cut = min(over, max(widths[number] - _LEAST, 0))
                widths[number] -= cut
                over -= cut
        return widths

    def _metrics(self, *, is_last: bool) -> QFontMetrics:
        """How wide letters are; the last name is heavier."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if is_last else QFont.Weight.Normal)
        return QFontMetrics(font)

    def _crumb(self, level: str | None, name: str, width: int, *, is_last: bool) -> QPushButton:
        made = QPushButton()
        made.setObjectName("here" if is_last else "crumb")
        short = " ".join(name[:MOST].split())
        text = self._metrics(is_last=is_last).elidedText(short, Qt.TextElideMode.ElideRight, width - _PAD + 2)
        made.setText(text.replace("&", "&&"))
        made.setFixedWidth(width)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(plain(name if not is_last else f"{name}: seen alone"))
        made.setAccessibleName(f"{name}, seen alone now" if is_last else f"Go to {name}")
        made.clicked.connect(partial(self._on_clicked, level, is_last))
        made.installEventFilter(self)
        self.crumbs.append(made)
        return made

    def _rest(self, levels: list[str | None], names: list[str]) -> QPushButton:
        """A button with a menu of what has no room."""
        made = QPushButton("…")
        made.setObjectName("crumb")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setFixedWidth(_LEAST // 2)
        made.setAccessibleName("More that is around it")
        menu = QMenu(made)
        for level, name in zip(levels, names, strict=True):
            if level in self.hidden:
                short = name if len(name) <= WIDEST // 4 else f"{name[: WIDEST // 4]}…"
                action = QAction(short.replace("&", "&&"), menu)
                action.triggered.connect(partial(self._on_clicked, level, False))
                menu.addAction(action)
        made.clicked.connect(lambda *_: menu.popup(made.mapToGlobal(made.rect().bottomLeft())))
        made.installEventFilter(self)
        self.crumbs.append(made)
        return made

    def _on_clicked(self, level: str | None, is_last: bool, *_: object) -> None:
        if is_last:
            self._session.ask(FitAll())
        elif level is None:
            self._session.ask(LeaveAlone(is_all=True))
        else:
            self._session.ask(OpenAlone(level))

    # overrides of Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as wide as the canvas; in the bar Left and Right go along, Return goes there, Escape goes back."""
        if watched is self._view and event.type() is QEvent.Type.Resize and not self.isHidden():
            self.follow()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and watched in self.crumbs:
            return self._on_key(self.crumbs.index(watched), event.key())
        return False

    def _on_key(self, place: int, key: int) -> bool:
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -1 if key == Qt.Key.Key_Left else 1
            goal = self.crumbs[max(0, min(place + step, len(self.crumbs) - 1))]
            goal.setFocus(Qt.FocusReason.TabFocusReason)
        elif key == Qt.Key.Key_Escape:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.crumbs[place].click()
        else:
            return False
        return True


def _sign() -> QWidget:
    made = QLabel("›")
    made.setObjectName("hint")
    made.setFixedWidth(_BETWEEN)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def _taken(widths: list[int]) -> int:
    """The pixels of names, of the signs between them, and of the button for those that have no room."""
    shown = [each for each in widths if each]
    rest = _LEAST // 2 + _BETWEEN if len(shown) < len(widths) else 0
    return sum(shown) + _BETWEEN * (len(shown) - 1) + rest
