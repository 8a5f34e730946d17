"""Hands at a window: mouse, wheel and keys as the system would send them, so that focus, popups and keys are Qt's."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QWidget,
)
from shiboken6 import isValid

LEFT, MIDDLE, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
WORDS = ("a", "b", "idle", "busy", "über", "x y", "a.b", "N 1", "", "[", "deep")
"""Texts for whatever asks for one: names, wrong ones among them."""
ANSWERED = 40
"""Milliseconds after which what waits for an answer gets one."""
Modifiers = Qt.KeyboardModifier


class Hands:
    """Two hands and no eyes: what is pressed where is somebody else's choice."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self._held = Qt.MouseButton.NoButton

    @property
    def handle(self) -> QWindow:
        """What the system knows of the window that takes events: a dialog while one is open."""
        top = QApplication.activeModalWidget() or self.window
        handle = top.window().windowHandle()
        assert handle is not None
        return handle

    def settle(self) -> None:
        """Let everything happen that is to happen now; the window comes back to the front, as from under a dialog."""
        for _ in range(3):
            QApplication.processEvents()
        # which no loop does that is not begun by exec
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        is_free = QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None
        if is_free and not self.window.isActiveWindow():
            self.window.activateWindow()
            QApplication.processEvents()

    # the mouse

    def place(self, widget: QWidget, at: QPoint) -> QPoint:
        """A place of a widget in its window, no farther than its edge."""
        top = widget.window()
        found = widget.mapTo(top, at)
        return QPoint(min(max(found.x(), 0), top.width() - 1), min(max(found.y(), 0), top.height() - 1))

    def _mouse(
        self, action: QTest.MouseAction, widget: QWidget, at: QPoint, button: Qt.MouseButton, held: Modifiers
    ) -> None:
        if not isValid(widget):
            return  # it went away under the hand
        handle = widget.window().windowHandle()
        if handle is not None:
            QTest.mouseEvent(action, handle, button, held, self.place(widget, at))

    def press(
        self, widget: QWidget, at: QPoint, button: Qt.MouseButton = LEFT, held: Modifiers = PLAIN
    ) -> None:
        """A button goes down."""
        self._held = button
        self.move(widget, at, held)
        self._mouse(QTest.MouseAction.MousePress, widget, at, button, held)

    def move(self, widget: QWidget, at: QPoint, held: Modifiers = PLAIN) -> None:
        """The pointer goes somewhere."""
        self._mouse(QTest.MouseAction.MouseMove, widget, at, Qt.MouseButton.NoButton, held)

    def release(
        self, widget: QWidget, at: QPoint, button: Qt.MouseButton = LEFT, held: Modifiers = PLAIN
    ) -> None:
        """A button goes up."""
        self._held = Qt.MouseButton.NoButton
        self._mouse(QTest.MouseAction.MouseRelease, widget, at, button, held)

    def let_go(self, widget: QWidget) -> None:
        """What was held goes up, if something is."""
        if self._held is not Qt.MouseButton.NoButton:
            self.release(widget, QPoint(5, 5), self._held)

    def click(
        self, widget: QWidget, at: QPoint, button: Qt.MouseButton = LEFT, held: Modifiers = PLAIN
    ) -> None:
        """Press and release."""
        self.press(widget, at, button, held)
        self.release(widget, at, button, held)

    def double_click(self, widget: QWidget, at: QPoint, held: Modifiers = PLAIN) -> None:
        """Two clicks, the second of which Qt takes for the second of two."""
        self.move(widget, at, held)
        handle = widget.window().windowHandle()
        if handle is not None:
            QTest.mouseDClick(handle, LEFT, held, self.place(widget, at))

    def wheel(self, widget: QWidget, at: QPoint, turn: QPoint, held: Modifiers = PLAIN) -> None:
        """Turn the wheel, by eighths of a degree."""
        spot, over = QPointF(at), QPointF(widget.mapToGlobal(at))
        event = QWheelEvent(
            spot, over, QPoint(), turn, Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(widget, event)

    def drop(self, widget: QWidget, paths: Sequence[str]) -> None:
        """Drop files."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(path) for path in paths])
        at, copy = QPoint(40, 40), Qt.DropAction.CopyAction
        QApplication.sendEvent(widget, QDragEnterEvent(at, copy, data, LEFT, PLAIN))
        QApplication.sendEvent(widget, QDropEvent(QPointF(at), copy, data, LEFT, PLAIN))

    # keys

    def key(self, key: Qt.Key, held: Modifiers = PLAIN) -> None:
        """Press and release a key."""
        QTest.keyClick(self.handle, key, held)

    def key_down(self, key: Qt.Key) -> None:
        """Press a key and keep it down."""
        QTest.keyPress(self.handle, key)

    def key_up(self, key: Qt.Key) -> None:
        """Let a key go."""
        QTest.keyRelease(self.handle, key)

    def keys(self, text: str) -> None:
        """Press the keys of a shortcut, as the keymap writes it."""
        QTest.keySequence(self.handle, QKeySequence(text))

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        field = QApplication.focusWidget()
        for sign in text if field is not None else "":
            type_sign(field, sign)


def type_sign(field: QWidget, sign: str) -> None:
    """Type one sign; QTest has keys for ASCII alone."""
    if sign.isascii():
        QTest.keyClicks(field, sign)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_unknown, PLAIN, sign))


class Answers(QObject):
    """Answers what waits for an answer, a dialog or a menu, at random: mostly as asked, sometimes by Escape."""

    def __init__(self, hands: Hands) -> None:
        super().__init__()
        self._hands = hands
        self.chance = Random(0)
        self._tries = 0
        self._is_over = False
        self._timer = QTimer(self, interval=ANSWERED, singleShot=True)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        """Answer now and later; what an answer opens waits inside of it, so that the next one is asked for first."""
        if not self._is_over:
            self._timer.start()
            self.answer()

    def stop(self) -> None:
        """Answer nothing more by itself."""
        self._is_over = True

    def all(self) -> None:
        """Answer until nothing waits any more."""
        self._tries = 0
        while QApplication.activePopupWidget() is not None or QApplication.activeModalWidget() is not None:
            self.answer()
            QApplication.processEvents()

    def answer(self) -> None:
        """Answer the topmost thing that waits, if there is one."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        self._tries += 1
        if popup is None and modal is None:
            self._tries = 0
        elif popup is not None:
            self._choose(popup)
        elif modal is not None and self._tries > 3:
            modal.close()
        elif modal is not None:
            self._reply(modal)

    def _choose(self, popup: QWidget) -> None:
        """One of the rows of a menu, or nothing of it."""
        rows = [each for each in popup.actions() if each.isEnabled() and each.menu() is None and each.text()]
        rows = [each for each in rows if not each.isSeparator()]
        if isinstance(popup, QMenu) and rows and self._tries <= 3 and self.chance.random() < 0.8:
            popup.setActiveAction(self.chance.choice(rows))
            QTest.keyClick(popup, Qt.Key.Key_Return)
        elif isinstance(popup.parent(), QComboBox) and self._tries <= 3:
            QTest.keyClick(popup, self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))
            QTest.keyClick(popup, Qt.Key.Key_Return)
        else:
            popup.close()

    def _reply(self, modal: QWidget) -> None:
        """A text where one is asked for, a button where there are some, else away with it."""
        field = modal.findChild(QLineEdit)
        buttons = [
            each for each in modal.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()
        ]
        if isinstance(modal, QMessageBox) and buttons:
            QTest.mouseClick(self.chance.choice(buttons), LEFT)
        elif isinstance(field, QLineEdit) and field.hasFocus() and self.chance.random() < 0.8:
            field.selectAll()
            for sign in self.chance.choice(WORDS):
                type_sign(field, sign)
            QTest.keyClick(field, Qt.Key.Key_Return)
        elif (boxes := modal.findChildren(QComboBox)) and self.chance.random() < 0.7:
            QTest.keyClick(self.chance.choice(boxes), self.chance.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)))
        elif isinstance(modal, QDialog):
            QTest.keyClick(modal, Qt.Key.Key_Escape)
        else:
            modal.close()
