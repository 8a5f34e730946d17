"""A rectangle whose sides are dragged: alone, about its middle, in its proportions. Arithmetic alone."""

from __future__ import annotations

from typing import NamedTuple

from editor.geometry import Rect

LEAST = 8.0
"""Chart units that a rectangle keeps each way, so that no side passes the other."""


class Stretch(NamedTuple):
    """How the sides of `handle` (`n`, `se`, ...) are dragged.

    `is_centered`: the opposite sides go the other way as far; `is_kept`: width and height keep their proportion.
    """

    rect: Rect
    handle: str
    is_centered: bool = False
    is_kept: bool = False

    @property
    def side_x(self) -> int:
        """1 where the right side is dragged, -1 where the left one is, else 0."""
        return ("e" in self.handle) - ("w" in self.handle)

    @property
    def side_y(self) -> int:
        """1 where the bottom is dragged, -1 where the top is, else 0."""
        return ("s" in self.handle) - ("n" in self.handle)

    def leads(self, dx: float, dy: float) -> str:
        """Which way the proportions follow, `x` or `y`: the one that changes more, as a share of what it was."""
        x = abs(dx * self.side_x) / max(self.rect.width, 1)
        y = abs(dy * self.side_y) / max(self.rect.height, 1)
        return "x" if self.side_x and (x >= y or not self.side_y) else "y"

    def to(self, dx: float, dy: float, lead: str = "") -> Rect:
        """The rectangle after its sides were dragged this far; `lead` as of `leads`, which is asked for none."""
        rect, reach = self.rect, 2 if self.is_centered else 1
        width = max(rect.width + dx * self.side_x * reach, LEAST)
        height = max(rect.height + dy * self.side_y * reach, LEAST)
        if self.is_kept and rect.width and rect.height:
            share = width / rect.width if (lead or self.leads(dx, dy)) == "x" else height / rect.height
            share = max(share, LEAST / rect.width, LEAST / rect.height)
            width, height = rect.width * share, rect.height * share
        x = self._start(rect.x, rect.width, width, self.side_x)
        y = self._start(rect.y, rect.height, height, self.side_y)
        return Rect(x, y, width, height)

    def _start(self, start: float, before: float, now: float, side: int) -> float:
        if side and not self.is_centered:
            return start if side > 0 else start + before - now
        return start + (before - now) / 2
