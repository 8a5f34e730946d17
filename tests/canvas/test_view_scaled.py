"""The view on screens with more than one pixel for each of the desktop's: what is selected is marked where it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
from PySide6.QtWidgets import QApplication
from editor.canvas.theme import load_theme
from editor.canvas.view import ChartView
from editor.session import Session
from editor.geometry import Point
from tests.canvas.samples import shop
from editor.document.document import Document

app = QApplication([])
session = Session(Document(*shop()))
view = ChartView(session, load_theme("light"))
view.resize(800, 600)
view.show()
app.processEvents()
view.set_zoom(1.0)
view.reveal("a")
session.selection.replace(["a"])
app.processEvents()
picture = view.grab().toImage()
ratio = picture.devicePixelRatio()
rect = view.picture.rect("a")
side = view.to_view(Point(rect.x, rect.center.y - rect.height / 3))
row, accent = round(side.y() * ratio), load_theme("light").accent.lower()
near = [picture.pixelColor(round(side.x() * ratio) + step, row).name() for step in range(-4, 5)]
print(ratio, accent in near)
"""


@pytest.mark.parametrize("ratio", ["1", "1.5", "2"])
def test_the_border_of_a_selected_state_is_marked_at_every_scale_of_the_desktop(ratio: str, tmp_path: Path):
    apart = {
        "QT_SCALE_FACTOR": ratio,
        "QT_QPA_PLATFORM": "offscreen",
        "STATECHART_EDITOR_HOME": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, **apart},
    )  # fmt: skip
    assert ended.stdout.split() == [str(float(ratio)), "True"], ended.stderr
