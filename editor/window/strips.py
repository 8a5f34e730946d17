"""The bars over the canvas of a window, of which one is there at a time."""

from __future__ import annotations

from editor.canvas.view import ChartView
from editor.session import Session
from editor.window.find_bar import FindBar
from editor.window.lens_strip import LensStrip


class Strips:
    """All of a window: what is looked for decides which of them is seen."""

    def __init__(self, view: ChartView, session: Session) -> None:
        self.find = FindBar(view, session)
        self.lens = LensStrip(view, session)
