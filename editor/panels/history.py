"""The history: every step that was done, with its branches; choosing one goes there, resting on one shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPalette, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from editor.document.document import AMID_A_DRAG
from editor.document.undo import Step, UndoStack
from editor.errors import EditorError
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.session import Session

Index = QModelIndex | QPersistentModelIndex
Draw = Callable[[Chart, Diagram, QSize], QPixmap]

ROW = 24
LANE = 14
MOST_LANES = 8
"""Branches beside each other that are drawn apart; those beyond share the last lane."""
DOT = 4.0
PAUSE = 400
"""Milliseconds that the pointer rests on a step before it is drawn."""
PICTURE = QSize(260, 170)
MOST_DRAWN = 400
"""States beyond which a step is not drawn, since that would be felt."""


@dataclass(slots=True)
class Row:
    """A step with the lane of its branch, the lanes that pass it by, and those of the branches that leave it.

    All of it is as it was when the list was made: it may be painted once more after another step was.
    """

    step: Step
    lane: int
    passing: tuple[int, ...] = ()
    leaving: tuple[int, ...] = ()
    goes_on: bool = False
    is_first: bool = False


def rows_of(stack: UndoStack) -> list[Row]:
    """Every step in the order in which it was made, with the lanes of the branches.

    The first branch of a step goes on in its lane; each other one has a lane of its own from the step on that it was
    made from to its last step.
    """
    steps = stack.steps
    place = {step.number: number for number, step in enumerate(steps)}
    lines: list[list[Step]] = []
    for step in steps:
        if step.parent is None or step.parent.branches[0] is not step:
            line = [step]
            while line[-1].branches:
                line.append(line[-1].branches[0])
            lines.append(line)
    taken: list[list[tuple[int, int]]] = []
    made: dict[int, Row] = {}
    passing: list[list[int]] = [[] for _ in steps]
    for line in lines:
        parent = line[0].parent
        start = place[parent.number] if parent is not None else 0
        end = place[line[-1].number]
        lane = next(
            (
                number
                for number, spans in enumerate(taken)
                if all(end < low or start > high for low, high in spans)
            ),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((start, end))
        shown = min(lane, MOST_LANES - 1)
        for step in line:
            is_first = step.parent is None
            made[step.number] = Row(step, shown, goes_on=bool(step.branches), is_first=is_first)
        own = {place[step.number] for step in line}
        for number in range(start + 1, end):
            if number not in own:
                passing[number].append(shown)
    rows = [made[step.number] for step in steps]
    for row, lanes_by in zip(rows, passing, strict=True):
        row.passing = tuple(lanes_by)
        row.leaving = tuple(made[branch.number].lane for branch in row.step.branches[1:])
    return rows


class Rows(QAbstractListModel):
    """The steps of the present document, and the numbers of those that are done."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.rows: list[Row] = []
        self.done: frozenset[int] = frozenset()

    def show(self) -> None:
        """Show the steps as they are now."""
        self.beginResetModel()
        stack = self._session.document.undo_stack
        self.rows = rows_of(stack)
        self.done = frozenset(step.number for step in stack.present.up())
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many steps there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a step is called; a screen reader hears what its marks say too."""
        step = self.rows[index.row()].step
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(step)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((self.title(step), *self.marks(step)))
        return None

    def title(self, step: Step) -> str:
        """What was done; of the first step what it begins with."""
        stack = self._session.document.undo_stack
        if step is not stack.first:
            return step.label
        return "Older steps were dropped" if stack.is_cut else "Start"

    def marks(self, step: Step) -> list[str]:
        """What is to be known of a step."""
        stack = self._session.document.undo_stack
        found = [("now", step is stack.present), ("saved", step is stack.saved)]
        return [word for word, is_so in found if is_so]


class _Painter(QStyledItemDelegate):
    """A row as a piece of the tree, with its title and its marks."""

    def __init__(self, rows: Rows, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._session = session

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(160, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, tree and texts."""
        row = self._rows.rows[index.row()]
        rect: QRectF = QRectF(option.rect)
        palette: QPalette = option.palette
        state = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(rect, palette.brush(QPalette.ColorRole.Highlight))
        ink = QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.WindowText
        quiet = ink if is_chosen else QPalette.ColorRole.PlaceholderText
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_tree(painter, row, rect, palette, ink, quiet)
        is_here = row.step is self._session.document.undo_stack.present
        is_done = row.step.number in self._rows.done
        marks = ", ".join(self._rows.marks(row.step))
        lanes = max((row.lane, *row.passing, *row.leaving)) + 1
        text = rect.adjusted(lanes * LANE + 10, 0, -8, 0)
        font = painter.font()
        painter.setPen(palette.color(quiet))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, marks)
        text.setRight(text.right() - painter.fontMetrics().horizontalAdvance(marks) - 8)
        font.setBold(is_here)
        painter.setFont(font)
        painter.setPen(palette.color(ink if is_done else quiet))
        title = painter.fontMetrics().elidedText(
            self._rows.title(row.step), Qt.TextElideMode.ElideRight, int(text.width())
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()

    def _paint_tree(
        self,
        painter: QPainter,
        row: Row,
        rect: QRectF,
        palette: QPalette,
        ink: QPalette.ColorRole,
        quiet: QPalette.ColorRole,
    ) -> None:
        middle, top, bottom = rect.center().y(), rect.top(), rect.bottom()
        own = _x(rect, row.lane)
        line = QPen(palette.color(quiet), 1.2)
        line.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for lane in row.passing:
            painter.drawLine(QPointF(_x(rect, lane), top), QPointF(_x(rect, lane), bottom))
        if not row.is_first:
            way = QPainterPath(QPointF(own, top))
            way.lineTo(own, middle)
            painter.drawPath(way)
        if row.goes_on:
            painter.drawLine(QPointF(own, middle), QPointF(own, bottom))
        for lane in row.leaving:
            # the branch leaves to the lane of its own, in which it passes the rows between
            x = _x(rect, lane)
            way = QPainterPath(QPointF(own, middle))
            way.quadTo(x, middle, x, bottom)
            painter.drawPath(way)
        is_here = row.step is self._session.document.undo_stack.present
        painter.setBrush(palette.brush(QPalette.ColorRole.Link if is_here else ink))
        painter.setPen(Qt.PenStyle.NoPen)
        size = DOT + 1 if is_here else DOT - 0.5
        painter.drawEllipse(QPointF(own, middle), size, size)
        if row.step is self._session.document.undo_stack.saved:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.color(ink), 1.2))
            painter.drawEllipse(QPointF(own, middle), size + 2, size + 2)


def _x(rect: QRectF, lane: int) -> float:
    return rect.left() + 12 + lane * LANE


class HistoryPanel(QWidget):
    """The tree of steps. It is looked at anew when it is seen and nothing else is to be done.

    `draw` makes a small picture of a chart.
    """

    def __init__(self, session: Session, draw: Draw, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._draw = draw
        self._unsubscribe: Callable[[], None] | None = None
        self.rows = Rows(session, self)
        self.list = QListView(uniformItemSizes=True)
        self.list.setMouseTracking(True)
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_Painter(self.rows, session, self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setAccessibleName("Undo history")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self.go)
        self.list.activated.connect(self.go)
        self.list.viewport().installEventFilter(self)
        self.picture = QLabel(None, Qt.WindowType.ToolTip, textFormat=Qt.TextFormat.PlainText)
        self.picture.setObjectName("picture")
        self.picture.setStyleSheet("border: 1px solid palette(mid);")
        self._over: Step | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.show_picture)
        self._late = QTimer(self, singleShot=True, interval=0)
        self._late.timeout.connect(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        session.document_replaced.subscribe(self._follow)
        self.destroyed.connect(self.picture.deleteLater)
        self._follow()

    def _follow(self) -> None:
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._unsubscribe = self._session.document.state_changed.subscribe(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        self._hide_picture()
        if self.isVisible():
            self._late.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What happened while it was hidden is shown now."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        self.rows.show()
        present = self._session.document.undo_stack.present
        place = next((number for number, row in enumerate(self.rows.rows) if row.step is present), 0)
        index = self.rows.index(place)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def go(self, index: Index) -> None:
        """Be as after a step."""
        self._hide_picture()
        # the step that was seen there, whatever has been done since
        step = self.rows.rows[index.row()].step
        document = self._session.document
        if step is document.undo_stack.present:
            return
        if document.is_in_gesture:
            self._session.say(AMID_A_DRAG)
            return
        title = self.rows.title(step)
        try:
            document.go_to(step)
        except EditorError as error:
            self._session.say(str(error))
        else:
            self._session.say(f"Went to: {title}")

    # the picture of a step

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the pointer rests is drawn after a pause."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._rest_on(self.list.indexAt(event.position().toPoint()))
        elif event.type() in (QEvent.Type.Leave, QEvent.Type.Wheel, QEvent.Type.MouseButtonPress):
            self._hide_picture()
        return bool(super().eventFilter(watched, event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key is no resting."""
        self._hide_picture()
        super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        """A panel that is not seen shows no picture."""
        self._hide_picture()

    def _rest_on(self, index: QModelIndex) -> None:
        step = self.rows.rows[index.row()].step if index.isValid() else None
        if step is not self._over:
            self._hide_picture()
            self._over = step
            if step is not None:
                self._pause.start()

    def show_picture(self) -> None:
        """Draw the step that the pointer rests on, beside the list."""
        document, step = self._session.document, self._over
        if step is None or len(document.chart.states) > MOST_DRAWN:
            return
        try:
            chart, diagram = document.at(step)
        except EditorError:
            return
        self.picture.setPixmap(self._draw(chart, diagram, PICTURE))
        self.picture.adjustSize()
        row = next((number for number, each in enumerate(self.rows.rows) if each.step is step), 0)
        at = self.list.viewport().mapToGlobal(self.list.visualRect(self.rows.index(row)).topLeft())
        is_left = at.x() > self.picture.width() + 8
        x = at.x() - self.picture.width() - 8 if is_left else at.x() + self.list.width() + 8
        self.picture.move(x, at.y())
        self.picture.show()

    def _hide_picture(self) -> None:
        self._pause.stop()
        self._over = None
        self.picture.hide()
