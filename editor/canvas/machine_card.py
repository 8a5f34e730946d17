"""The machine's own lines: what it does when it starts and ends, and what it invokes, above the chart at its left.

The machine itself has no box. Its lines stand under its name, as those of a region do, on the open ground: where that
is follows from what is drawn, so that no file has to say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from editor.canvas.shapes import StateShape
from editor.document import card_lines
from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.sizes import LINE, REGION_HEADER, TextStyle

if TYPE_CHECKING:
    from editor.canvas.picture import Picture

_ABOVE = 16.0
"""Chart units between the lines and the highest thing of the chart."""
_LEAST = 160.0
_SIDES = 24.0
_INDENT = 42.0
"""Chart units beside the name, and beside a line with its sign."""


class MachineCard:
    """Where the machine's lines are drawn. Invariant: after `follow`, where a new picture would have them."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self.shape: StateShape | None = None

    def open(self) -> None:
        """Find their place, if the machine has any."""
        self.shape = self.planned() if card_lines.lines(self._picture.chart, self._id) else None

    def follow(self) -> list[tuple[str, Rect]]:
        """Follow what was drawn; where the lines look different now, under the machine's id."""
        before = self.shape
        self.open()
        return [(self._id, each.rect) for each in (before, self.shape) if each is not None]

    @property
    def _id(self) -> str:
        return self._picture.chart.root_id

    def planned(self) -> StateShape:
        """Where they are, or would be if the machine had one."""
        picture, measure = self._picture, self._picture.measure
        chart = picture.chart
        told = sizes.detail_lines(chart, chart.root)
        texts = [measure.width(line.text, TextStyle.DETAIL) + _INDENT for line in told]
        title = measure.width(chart.root.key.upper(), TextStyle.REGION) + _SIDES
        height = REGION_HEADER + LINE * max(len(told), 1) + 4
        found = [
            each for index in (picture.state_index, picture.transition_index) if (each := index.extent())
        ]
        left = min((each[0] for each in found), default=0.0)
        top = min((each[1] for each in found), default=0.0)
        rect = Rect(left, top - _ABOVE - height, max(_LEAST, title, *texts), height)
        return StateShape(id=self._id, rect=rect, level=0, is_region=True)
