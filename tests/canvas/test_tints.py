"""The eight colours of states: seen on every kind of state, near and far, and readable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor

from editor.canvas.measure import FontMeasure
from editor.canvas.painter import ChartPainter
from editor.canvas.painter_overlay import Overlay
from editor.canvas.picture import Picture
from editor.canvas.render import MARGIN, image
from editor.canvas.theme import contrast, dimmed, load_theme
from editor.geometry import Point
from editor.model import tints
from tests.canvas.samples import shop

THEMES = ("light", "dark")


def shade(theme: str, id: str, tint: int | None, zoom: float, away: Point) -> QColor:
    """The colour at a place of a state, told from its top left corner."""
    chart, diagram = shop()
    diagram.put_box(id, replace(diagram.boxes[id], tint=tint))
    painter = ChartPainter(Picture(chart, diagram, FontMeasure()), load_theme(theme))
    painter.has_grid = False
    bounds = painter.picture.bounds().grown(MARGIN)
    at = painter.picture.states[id].rect
    made = image(painter, Overlay(), zoom)
    return made.pixelColor(round((at.x + away.x - bounds.x) * zoom), round((at.y + away.y - bounds.y) * zoom))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("zoom", [1.0, 0.3])
@pytest.mark.parametrize("tint", tints.NUMBERS)
@pytest.mark.parametrize(
    ("id", "away"), [("a", Point(8, 8)), ("work", Point(8, 60)), ("left", Point(8, 12)), ("h", Point(14, 5))]
)
def test_a_colour_fills_states_of_every_kind(
    theme: str, zoom: float, tint: int, id: str, away: Point
) -> None:
    wanted = QColor(load_theme(theme).tints[tint - 1].fill)
    found = shade(theme, id, tint, zoom, away)
    near = max(abs(found.red() - wanted.red()), abs(found.green() - wanted.green()))
    assert near <= 3, (found.name(), wanted.name())
    assert shade(theme, id, None, zoom, away).name() != wanted.name()


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_every_colour(name: str) -> None:
    theme = load_theme(name)
    assert len(theme.tints) == len(tints.NAMES)
    for tint in theme.tints:
        for text in (theme.text, theme.quiet, theme.accent_text, theme.red):
            assert contrast(text, tint.fill) >= 4.5, (tint.fill, text)


@pytest.mark.parametrize("name", THEMES)
def test_dimmed_text_can_be_read_on_every_colour(name: str) -> None:
    theme = dimmed(load_theme(name))
    for tint in theme.tints:
        assert contrast(theme.text, tint.fill) >= 3.0
        assert contrast(theme.quiet, tint.fill) >= 3.0


@pytest.mark.parametrize("name", THEMES)
def test_no_two_colours_are_the_same(name: str) -> None:
    theme = load_theme(name)
    fills = [tint.fill for tint in theme.tints]
    assert len(set(fills)) == len(fills)
