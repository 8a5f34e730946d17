"""Letting go of widgets: nothing of them stays, in Python or in Qt's style sheets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QListWidget,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from editor.discarding import discard


def _box() -> QComboBox:
    box = QComboBox()
    box.addItems(["one", "two"])
    return box


@pytest.mark.parametrize("make", [QPlainTextEdit, QScrollArea, QListWidget, _box])
def test_every_inner_part_is_known_to_the_style_sheet_when_it_goes(
    qapp: QApplication, make: Callable[[], QWidget]
) -> None:
    """What Qt's style sheets note of a part they forget only if they know of the part itself."""
    qapp.setStyleSheet("QWidget { padding: 1px; }")
    try:
        page = QWidget()
        QVBoxLayout(page).addWidget(make())
        page.show()
        QApplication.processEvents()
        parts = page.findChildren(QWidget)
        assert len(parts) > 1
        discard(page)
        assert not page.isVisible()
        assert all(part.testAttribute(Qt.WidgetAttribute.WA_StyleSheet) for part in parts)
        gone: list[bool] = []
        page.destroyed.connect(lambda: gone.append(True))
        QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
        assert gone == [True]
    finally:
        qapp.setStyleSheet("")
