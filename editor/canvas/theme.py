"""Theme: the colours of the drawing, read from `resources/themes/*.json`, and what running dims them to."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

from PySide6.QtGui import QColor

from editor import resources

DIMMED = 0.55
DIMMED_CONTRAST = 3.0
_STEP = 0.05
_TEXTS = ("text", "quiet", "accent_text", "red")
_KEPT = frozenset(("name", "ground", "grid", "levels", "leaves", "tints", "panel", *_TEXTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """One of the eight colours people may give a state."""

    fill: str
    edge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colours as `#RRGGBB`. `levels` fill composites and `leaves` fill the other states, outermost level first."""

    name: str
    ground: str
    grid: str
    levels: tuple[str, ...]
    leaves: tuple[str, ...]
    shadow: str
    edge: str
    hairline: str
    divider: str
    text: str
    quiet: str
    line: str
    far: str
    pill: str
    pill_edge: str
    chip: str
    accent: str
    accent_soft: str
    accent_text: str
    amber: str
    amber_soft: str
    amber_text: str
    red: str
    green: str
    band: str
    panel: str
    tints: tuple[Tint, ...]

    @property
    def is_dark(self) -> bool:
        """Whether texts are lighter than what they stand on."""
        return luminance(self.text) > luminance(self.ground)

    def grounds(self) -> tuple[str, ...]:
        """Every colour that texts of the drawing may stand on."""
        tints = [tint.fill for tint in self.tints]
        return (self.ground, self.pill, self.chip, *self.levels, *self.leaves, *tints)


@cache
def load_theme(name: str) -> Theme:
    """The theme `light` or `dark`. Raises OSError when the resources of the program are missing."""
    table = json.loads(resources.path("themes", f"{name}.json").read_text(encoding="utf-8"))
    lists: dict[str, Any] = {
        "levels": tuple(table.pop("levels")),
        "leaves": tuple(table.pop("leaves")),
        "tints": tuple(Tint(**each) for each in table.pop("tints")),
    }
    return Theme(**table, **lists)


@cache
def dimmed(theme: Theme) -> Theme:
    """The theme for what is not active in a run: blended towards the ground to 55 %, texts no further than 3:1."""
    ground = theme.ground
    parts: dict[str, Any] = {
        field.name: blend(getattr(theme, field.name), ground, DIMMED)
        for field in fields(theme)
        if field.name not in _KEPT
    }
    for name in ("levels", "leaves"):
        parts[name] = tuple(blend(each, ground, DIMMED) for each in getattr(theme, name))
    parts["tints"] = tuple(
        Tint(fill=blend(each.fill, ground, DIMMED), edge=blend(each.edge, ground, DIMMED))
        for each in theme.tints
    )
    faded = replace(theme, **parts)
    texts: dict[str, Any] = {name: _dim_text(getattr(theme, name), faded) for name in _TEXTS}
    return replace(faded, **texts)


def _dim_text(color: str, faded: Theme) -> str:
    """Blend a text's colour towards the ground as far as every dimmed surface still leaves 3:1."""
    share = DIMMED
    grounds = faded.grounds()
    while share < 1:
        found = blend(color, faded.ground, share)
        if all(contrast(found, each) >= DIMMED_CONTRAST for each in grounds):
            return found
        share += _STEP
    return color


def blend(color: str, ground: str, share: float) -> str:
    """`share` of the one colour over the rest of the other."""
    pairs = zip(_channels(color), _channels(ground), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def contrast(a: str, b: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    """The relative luminance, 0 to 1 (WCAG 2.2, "relative luminance")."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(color))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def color(text: str, alpha: float = 1.0) -> QColor:
    """A colour for Qt; `alpha` 0 to 1."""
    made = QColor(text)
    made.setAlphaF(alpha)
    return made


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
