"""Rows of a form: a title, something to type into, and under it what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontDatabase, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from editor.completion import wave
from editor.completion.tips import plain
from editor.completion.wave import WavyLine
from editor.document.drafts import Drafts, Field
from editor.document.fitting import fitted
from editor.document.undo import Edit
from editor.errors import EditorError
from editor.layout.sizes import TableMeasure
from editor.session import Session

MEASURE = TableMeasure()
MOST_LINES = 14
REST = 400
"""Milliseconds without a key after which a field says what is wrong with what is being typed."""
Read = Callable[[], str]
Write = Callable[[str], Edit]
Options = Callable[[], Sequence[tuple[str, str]]]


def _refused(text: str) -> Edit:
    """What a field that is none yet makes of a text."""
    raise EditorError("There is nothing to write this into.")


def sentence(text: str) -> str:
    """A message as a sentence of its own."""
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".?!…" else f"{text}."


class Refusal(QLabel):
    """Why what was typed was refused, below it; hidden while nothing was."""

    def __init__(self) -> None:
        super().__init__(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.setObjectName("error")
        self.hide()

    def tell(self, text: str) -> None:
        """Show this, as a sentence of its own; nothing for an empty text."""
        self.setText(sentence(text))
        self.setVisible(bool(text))


def mark_wrong(widget: QWidget, *, is_wrong: bool) -> None:
    """Show or no longer show that what stands in a field was refused."""
    if bool(widget.property("wrong")) != is_wrong:
        widget.setProperty("wrong", is_wrong)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _is_for_the_chart(event: QEvent, can_undo: bool, can_redo: bool) -> bool:
    """Whether a key asks to undo or to redo what a field has nothing of: it is left to the window then."""
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.ShortcutOverride:
        return False
    keys = QKeySequence.StandardKey
    return (event.matches(keys.Undo) and not can_undo) or (event.matches(keys.Redo) and not can_redo)


class _Text(QPlainTextEdit):
    """Grows with its text; Ctrl+Enter and leaving it finish the typing, Escape takes it back."""

    finished = Signal()
    given_up = Signal()

    def __init__(self, lines: int, *, is_code: bool) -> None:
        super().__init__()
        self._least = lines
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        if is_code:
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            font.setPixelSize(12)
            self.setFont(font)
        self.document().documentLayout().documentSizeChanged.connect(lambda size: self._grow())
        self._grow()

    def _grow(self) -> None:
        wanted = max(self.document().size().height(), self._least)
        lines = min(wanted, MOST_LINES)
        is_long = wanted > MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if is_long else policy.ScrollBarAlwaysOff)
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing()) + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._grow()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the chart while nothing is being typed."""
        if _is_for_the_chart(event, self.document().isUndoAvailable(), self.document().isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter finishes, Escape gives up."""
        is_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_ctrl:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving finishes."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finished.emit()


class _Line(WavyLine):
    """One line; Escape gives up. `settled` is the text that the chart has."""

    given_up = Signal()
    settled = ""

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window while there is something to give up, and undo while something is typed."""
        is_typed = self.text() != self.settled
        if _is_for_the_chart(event, is_typed and self.isUndoAvailable(), is_typed and self.isRedoAvailable()):
            event.ignore()
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self.given_up.emit()
                return True
        return super().event(event)


class Choice(QComboBox):
    """A box to choose from. The wheel changes it only when it has the focus; else it scrolls what is around it.

    A choice is made one or another way while it has the focus; `left` tells that this is over.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what scrolls, unless this was chosen to be changed."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Its own list and menus take the focus for a moment only."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


UNFINISHED = "This was typed and is not kept yet. Return keeps it, Escape gives it up."


class Row(QWidget):
    """A title above a widget, and below it a message. `follow` says which field it is: the next one takes its place.

    `merge_key`: what its choices in a row share, so that they are one step to undo; None for a step each.
    `is_there`: whether what it is a field of still is.
    """

    def __init__(self, session: Session, title: str, is_there: Callable[[], bool]) -> None:
        super().__init__()
        self._session = session
        self._read: Read = str
        self._write: Write = _refused
        self.merge_key: object = None
        self._drafts: Drafts = session.document.drafts
        self._field: Field | None = None
        self._is_element_there = is_there
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self._look)
        self.title = QLabel(title, textFormat=Qt.TextFormat.PlainText)
        self.title.setObjectName("field")
        self.message = Refusal()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self.title)

    def put(self, widget: QWidget) -> None:
        """Place the widget one types into."""
        self.widget = widget
        widget.setAccessibleName(self.title.text())
        self.title.setBuddy(widget)
        self.column.addWidget(widget)
        self.column.addWidget(self.message)

    def follow(self, title: str, field: Field, read: Read, write: Write) -> None:
        """Be this field: `read` gives its text, `write` plans the edit for one.

        What is being typed into the same field stays. Another one begins with what was typed into it and not kept:
        that outlives the program.
        """
        if title != self.title.text():
            self.title.setText(title)
            self.widget.setAccessibleName(title)
        self._read, self._write = read, write
        if field == self._field:
            self.refresh()
            return
        self._field = field
        self._tell(None)
        text, draft = read(), self._drafts.get(field)
        self.show_text(text if draft is None else draft)
        if draft is not None and draft != text:
            self._judge(draft)

    def part(self) -> None:
        """Be no field: what was typed and not kept waits until the field is shown again."""
        self._rest.stop()
        self._field = None

    def is_there(self) -> bool:
        """Whether it is a field of something that is there."""
        return self._field is not None and self._is_element_there()

    def typed(self) -> None:
        """What is typed is another text now, and no edit yet."""
        self._rest.start()
        self._draft(self.shown())

    def _draft(self, text: str | None) -> None:
        if self._field is not None:
            self._drafts.put(self._field, text if text != self._read() else None)

    @property
    def _is_unfinished(self) -> bool:
        return self._field is not None and self._drafts.get(self._field) is not None

    def shown(self) -> str:
        """The text in the widget."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Put a text into the widget."""
        raise NotImplementedError

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed was refused."""
        return not self.message.isHidden()

    def refresh(self) -> None:
        """Show what the chart says, unless something is being typed, or was refused and waits to be mended."""
        shown, text = self.shown(), self._read()
        if shown == text:
            self._tell(None)
            if self._is_unfinished:
                self._draft(None)
        elif self.is_wrong:
            self._judge(shown)
        elif not self._is_unfinished:
            self.show_text(text)

    def _judge(self, shown: str) -> None:
        """Say below it why this text does not count yet."""
        self._tell(self._flaw(shown) or EditorError(UNFINISHED))

    def _look(self) -> None:
        """Say what is wrong with what is being typed, when hands rest; nothing is kept yet."""
        if self.widget.hasFocus() and self.is_there():
            shown = self.shown()
            self._tell(self._flaw(shown) if shown != self._read() else None)

    def _flaw(self, shown: str) -> EditorError | None:
        try:
            self._write(shown)
        except EditorError as error:
            return error
        return None

    def mark(self, wrong: tuple[int, int]) -> None:
        """Underline a stretch of the text; a widget without a text has none."""

    def give_up(self) -> None:
        """Forget what was typed."""
        if not self.is_there():
            return
        self._tell(None)
        self._draft(None)
        self.show_text(self._read())

    def commit(self) -> None:
        """Make the edit; what is refused stays, with the reason below it."""
        if not self.is_there():
            return
        if self.shown() == self._read():
            self._tell(None)
            self._draft(None)
            self.settle()
            return
        shown, document, field = self.shown(), self._session.document, self._field
        try:
            document.choose(
                lambda: fitted(document.chart, document.diagram, self._write(shown), MEASURE), self.merge_key
            )
            self._tell(None)
        except EditorError as error:
            self._tell(error)
            return
        if field == self._field:
            self._draft(None)
            self.refresh()
            self.settle()

    def settle(self) -> None:
        """What was typed is in the chart: undoing it is the chart's from here."""

    def _tell(self, error: EditorError | None) -> None:
        self._rest.stop()
        if error is None and not self.is_wrong:
            return
        self.message.tell(str(error) if error is not None else "")
        mark_wrong(self.widget, is_wrong=error is not None)
        self.mark(wave.stretch_of(error, self.shown()) if error is not None else wave.NOTHING)


class LineRow(Row):
    """One line of text."""

    def __init__(self, session: Session, title: str, is_there: Callable[[], bool], hint: str = "") -> None:
        super().__init__(session, title, is_there)
        self.line = _Line(placeholderText=hint)
        self.put(self.line)
        self.line.editingFinished.connect(self.commit)
        self.line.given_up.connect(self.give_up)
        self.line.textEdited.connect(lambda text: self.typed())

    def mark(self, wrong: tuple[int, int]) -> None:
        """Underline a stretch of the line."""
        self.line.mark(wrong)

    def shown(self) -> str:
        """The text of the line."""
        return self.line.text()

    def show_text(self, text: str) -> None:
        """Replace the text of the line."""
        self.line.setText(text)
        self.line.setCursorPosition(0)
        self.settle()

    def settle(self) -> None:
        """The text is the chart's from here."""
        self.line.settled = self.line.text()


class TextRow(Row):
    """Several lines of text."""

    def __init__(
        self,
        session: Session,
        title: str,
        is_there: Callable[[], bool],
        hint: str = "",
        *,
        is_code: bool = True,
    ) -> None:
        super().__init__(session, title, is_there)
        self._is_filling = False
        self.text = _Text(1, is_code=is_code)
        self.text.setPlaceholderText(
            (hint.partition(" such as ")[2] or hint.split(":")[0]) if is_code else hint
        )
        self.text.setToolTip(plain(hint))
        self.put(self.text)
        self.text.finished.connect(self.commit)
        self.text.given_up.connect(self.give_up)
        self.text.textChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        if self.text.hasFocus() and not self._is_filling:
            self.typed()

    def mark(self, wrong: tuple[int, int]) -> None:
        """Underline a stretch of the text."""
        wave.mark_text(self.text, wrong)

    def shown(self) -> str:
        """The text."""
        return self.text.toPlainText()

    def show_text(self, text: str) -> None:
        """Replace the text."""
        self._is_filling = True
        self.text.setPlainText(text)
        self._is_filling = False

    def settle(self) -> None:
        """Forget the steps of the typing."""
        self.text.document().clearUndoRedoStacks()


LEAST = 6
"""Characters that a box to choose from has room for, at least."""


class ChoiceRow(Row):
    """One of several; what is offered are pairs of a value and what it is called, which may become others."""

    def __init__(self, session: Session, title: str, is_there: Callable[[], bool]) -> None:
        super().__init__(session, title, is_there)
        self.box = Choice()
        # as wide as there is room: by its longest choice it would push the form out of the panel
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(LEAST)
        self._offered: list[tuple[str, str]] = []
        self.put(self.box)
        self.box.activated.connect(lambda place: self.commit())
        self.box.left.connect(self._on_left)

    def _on_left(self) -> None:
        """What is chosen next is a step of its own.

        Not connected to the stack itself: Qt for Python would keep a reference to it for every row there ever was.
        """
        self._session.document.undo_stack.seal()

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Let these be what can be chosen; which one is follows from the field."""
        if options != self._offered:
            self._offered = list(options)
            self.box.clear()
            for value, name in options:
                self.box.addItem(name, value)

    def shown(self) -> str:
        """The value that is chosen."""
        return str(self.box.currentData())

    def show_text(self, text: str) -> None:
        """Choose a value."""
        self.box.setCurrentIndex(max(self.box.findData(text), 0))

    def commit(self) -> None:
        """Make the edit; a choice that is refused jumps back, with the reason below it."""
        super().commit()
        if self.is_wrong:
            self.show_text(self._read())


class CheckRow(Row):
    """Yes or no, as `yes` and nothing."""

    def __init__(self, session: Session, title: str, is_there: Callable[[], bool]) -> None:
        super().__init__(session, title, is_there)
        self.title.hide()
        self.check = QCheckBox(title)
        self.put(self.check)
        self.check.clicked.connect(lambda is_on: self.commit())

    def commit(self) -> None:
        """Make the edit; what is refused jumps back, with the reason below it."""
        super().commit()
        if self.is_wrong:
            self.show_text(self._read())

    def shown(self) -> str:
        """Whether it is checked."""
        return "yes" if self.check.isChecked() else ""

    def show_text(self, text: str) -> None:
        """Check it or not."""
        self.check.setChecked(bool(text))
