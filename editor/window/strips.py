"""The bars over the canvas of a window: of those about what is looked for one at a time, and the breadcrumb."""

from __future__ import annotations

from editor.canvas.view import ChartView
from editor.session import Session
from editor.window.breadcrumb import Breadcrumb
from editor.window.find_bar import FindBar
from editor.window.lens_strip import LensStrip


class Strips:
    """All of a window: what is looked for decides which of them is seen."""

    def __init__(self, view: ChartView, session: Session) -> None:
        self.breadcrumb = Breadcrumb(view, session)
        self.find = FindBar(view, session)
        self.lens = LensStrip(view, session)
