"""Inks: the pens and brushes of a theme, made once; nothing is made while painting."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from editor.canvas.theme import Theme, color

HAIR = 1.0


class Inks:
    """Pens and brushes by what they are for. Hairlines are one device pixel wide at every zoom."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.ground = color(theme.ground)
        self.levels = [QBrush(color(each)) for each in theme.levels]
        self.leaves = [QBrush(color(each)) for each in theme.leaves]
        self.tints = [QBrush(color(each.fill)) for each in theme.tints]
        self.tint_pens = [hair(each.edge) for each in theme.tints]
        self.shadow = broad(theme.shadow, 1.4)
        self.edge = hair(theme.edge)
        self.hairline = hair(theme.hairline)
        self.divider = hair(theme.divider)
        self.divider.setDashPattern([4.0, 4.0])
        self.text = QPen(color(theme.text))
        self.quiet = QPen(color(theme.quiet))
        self.line = hair(theme.line)
        self.leader = hair(theme.line)
        self.leader.setDashPattern([2.0, 3.0])
        self.head = QBrush(color(theme.line))
        self.dot = QBrush(color(theme.text))
        self.glyph = broad(theme.quiet, 1.2)
        self.ring = broad(theme.text, 1.4)
        self.far = hair(theme.far)
        self.pill = QBrush(color(theme.pill))
        self.pill_edge = hair(theme.pill_edge)
        self.chip = QBrush(color(theme.chip))
        self.green = broad(theme.green, 1.6)
        self.red = broad(theme.red, 1.6)

    def level(self, number: int) -> QBrush:
        """The fill of a composite on this level."""
        return self.levels[min(number, len(self.levels) - 1)]

    def leaf(self, number: int) -> QBrush:
        """The fill of a state without an inside on this level."""
        return self.leaves[min(number, len(self.leaves) - 1)]


class LiveInks:
    """Pens and brushes of what the overlay shows."""

    def __init__(self, theme: Theme) -> None:
        self.accent = broad(theme.accent, 2.0)
        self.accent_thin = broad(theme.accent, 1.5)
        self.far = hair(theme.accent)
        self.here = broad(theme.accent, 3.0)
        self.accent_fill = QBrush(color(theme.accent))
        self.accent_veil = QBrush(color(theme.accent, 0.3))
        self.accent_soft = QBrush(color(theme.accent_soft))
        self.glow = [broad(theme.accent, width, 0.10) for width in (9.0, 6.0, 3.5)]
        self.hover = broad(theme.accent, 1.5, 0.55)
        self.drop = QBrush(color(theme.accent, 0.10))
        self.band = QBrush(color(theme.band, 0.10))
        self.band_edge = hair(theme.band)
        self.snap = hair(theme.red)
        self.amber = QBrush(color(theme.amber_soft))
        self.amber_edge = broad(theme.amber, 1.4)
        self.amber_deep = QBrush(color(theme.amber))
        self.amber_text = QPen(color(theme.amber_text))
        self.amber_glyph = broad(theme.amber_text, 1.2)
        self.red = broad(theme.red, 2.0)
        self.red_fill = QBrush(color(theme.red))
        self.on_red = broad(theme.pill, 1.6)
        self.flash = [broad(theme.accent, 2.6, share / 10) for share in range(11)]
        self.flash_fill = [QBrush(color(theme.accent, share / 10)) for share in range(11)]
        self.trail = [broad(theme.accent, 2.0, 0.7 * share / 10) for share in range(11)]


def hair(text: str) -> QPen:
    """A pen one device pixel wide, which the raster engine draws fast."""
    pen = QPen(color(text), HAIR)
    pen.setCosmetic(True)
    return pen


def broad(text: str, width: float, alpha: float = 1.0) -> QPen:
    """A pen of `width` chart units with round ends."""
    pen = QPen(color(text, alpha), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


@cache
def inks(theme: Theme) -> Inks:
    """The inks of a theme, shared."""
    return Inks(theme)


@cache
def live_inks(theme: Theme) -> LiveInks:
    """The overlay's inks of a theme, shared."""
    return LiveInks(theme)


def grid_color(theme: Theme, fade: float) -> QColor:
    """The colour of the grid's dots; `fade` 0 (gone) to 1."""
    return color(theme.grid, fade)
