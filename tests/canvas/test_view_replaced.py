"""Another chart in the same view: nothing of what hands had begun on the former one is left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from editor.canvas.camera import Camera
from tests import charts
from tests.canvas.shown import looked_at

TEXT = "initial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"


@pytest.mark.parametrize("is_on_state", [True, False], ids=["a drag", "a rubber band"])
def test_what_was_begun_on_a_chart_ends_with_it(is_on_state: bool, qtbot: QtBot) -> None:
    view = looked_at(charts.document(TEXT), qtbot, Camera(1.0, 100, 100))
    former = view.session.document
    boxes = dict(former.diagram.boxes)
    rect = view.picture.rect(charts.id_of(former.chart, "a"))
    assert rect is not None
    at = view.camera.to_view(rect.center)
    start = QPoint(round(at.x), round(at.y)) if is_on_state else QPoint(4, 4)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for step in (20, 60):
        qtbot.mouseMove(view.viewport(), start + QPoint(step, step))
    assert former.is_in_gesture is is_on_state
    assert (view.overlay.band is None) is is_on_state
    view.session.replace_document(charts.document(TEXT))
    assert view.overlay.band is None
    assert not former.is_in_gesture
    assert dict(former.diagram.boxes) == boxes
    assert view.tool.is_at_rest
