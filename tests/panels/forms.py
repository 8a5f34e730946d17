"""All that a form shows, told so that two forms can be compared."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from editor.panels.form import Form


def fresh(form: Form) -> Form:
    """Another form that is made now, for the same element."""
    completer = form._completer
    if form.id:
        return type(form)(form.session, completer, form.id)
    return type(form)(form.session, completer)


def _items(item: QTreeWidgetItem) -> list[object]:
    inner = [item.child(place) for place in range(item.childCount())]
    return [(each.text(0), each.text(1), _items(each)) for each in inner]


def _is_seen(widget: QWidget, form: Form) -> bool:
    return widget.isVisibleTo(form.page)


def _said(widget: QWidget) -> object:
    match widget:
        case QComboBox():
            offered = [(widget.itemText(place), widget.itemData(place)) for place in range(widget.count())]
            return offered, widget.currentIndex()
        case QCheckBox():
            return widget.text(), widget.isChecked()
        case QPushButton():
            return widget.toolTip() or widget.text(), widget.icon().isNull()
        case QLineEdit():
            return widget.text(), widget.placeholderText(), getattr(widget, "wrong", None)
        case QPlainTextEdit():
            marks = [
                (each.cursor.selectionStart(), each.cursor.selectionEnd())
                for each in widget.extraSelections()
            ]
            return widget.toPlainText(), widget.placeholderText(), widget.toolTip(), marks
        case QLabel():
            return widget.text()
        case QTreeWidget():
            return None if widget.accessibleName() == "Names" else _items(widget.invisibleRootItem())
    return None


def _told(widget: QWidget) -> tuple[object, ...]:
    kind = next(each.__name__ for each in type(widget).__mro__ if each.__module__.startswith("PySide6"))
    return (
        kind, widget.objectName(), widget.accessibleName(), widget.isEnabled(), bool(widget.property("wrong")),
        _said(widget),
    )  # fmt: skip


def _name(widget: QWidget) -> str:
    text = widget.toolTip() or widget.text() if isinstance(widget, QPushButton) else ""
    return widget.accessibleName() or text or type(widget).__name__


def parts(form: Form) -> list[QWidget]:
    """What stands in the column of a form, from the top."""
    rows = form.page.layout()
    assert rows is not None
    found = [item.widget() for place in range(rows.count()) if (item := rows.itemAt(place)) is not None]
    return [each for each in found if each is not None]


def _with_inner(widget: QWidget, form: Form) -> list[object]:
    inner = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    told: list[object] = [_told(widget)]
    if not isinstance(widget, QComboBox | QLineEdit | QPlainTextEdit | QTreeWidget | QCheckBox | QPushButton):
        told += [_with_inner(each, form) for each in inner if _is_seen(each, form)]
    return told


def tab_order(form: Form) -> list[str]:
    """The names of what Tab stops at in a form."""
    found: list[QWidget] = []
    at: QWidget = form.nextInFocusChain()
    while at is not form:
        is_stop = bool(at.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if is_stop and form.page.isAncestorOf(at) and _is_seen(at, form):
            found.append(at)
        at = at.nextInFocusChain()
    return [_name(each) for each in found]


def reading_order(form: Form) -> list[QWidget]:
    """What screen readers find in the column of a form, in their order."""
    page = QAccessible.queryAccessibleInterface(form.page)
    found = [page.child(place).object() for place in range(page.childCount())]
    return [each for each in found if isinstance(each, QWidget) and _is_seen(each, form)]


def told(form: Form) -> dict[str, object]:
    """All that a form says and offers, in its order."""
    return {
        "parts": [_with_inner(each, form) for each in parts(form)],
        "rows": {
            name: (row.shown(), row.is_wrong, row.message.text() if row.is_wrong else "")
            for name, row in form.rows.items()
        },
        "order": [*form.rows],
        "buttons": [(name, button.toolTip() or button.text()) for name, button in form.buttons.items()],
        "tab order": tab_order(form),
    }


def tops(form: Form) -> list[int]:
    """Where the parts of a form begin, in pixels from the top of its column."""
    return [each.mapTo(form.page, QPoint(0, 0)).y() for each in parts(form)]
