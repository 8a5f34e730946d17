"""How large a collapsed state is on the canvas: a card with its name and how much is in it.

Its box keeps the size that it has while it is open. The card's size follows from the chart alone, not from the fonts of
a screen, so that a drawing is the same everywhere and planners know what is seen.
"""

from __future__ import annotations

from math import ceil

from editor.geometry import GRID, Rect
from editor.layout.sizes import HEADER, LINE, TableMeasure, TextStyle
from editor.model.chart import Chart
from editor.model.diagram import Box
from editor.model.queries import descendants, is_region

_MEASURE = TableMeasure()
_AROUND_TITLE, _AROUND_COUNT = 48.0, 24.0
_LEAST_WIDTH, _MOST_WIDTH = 96.0, 320.0
_HEIGHT = ceil((HEADER + LINE + 6) / GRID) * GRID


def words_of(count: int) -> str:
    """How many states are hidden."""
    return "1 state" if count == 1 else f"{count} states"


def card_size(chart: Chart, id: str) -> tuple[float, float]:
    """The width and height of the card of a collapsed state: room for its name, and for how much is in it."""
    title = _MEASURE.width(chart.states[id].key, TextStyle.TITLE) + _AROUND_TITLE
    count = _MEASURE.width(words_of(len(descendants(chart, id))), TextStyle.DETAIL) + _AROUND_COUNT
    return ceil(min(max(title, count, _LEAST_WIDTH), _MOST_WIDTH) / GRID) * GRID, _HEIGHT


def is_small(chart: Chart, box: Box) -> bool:
    """Whether a state is drawn as a card in the corner of its box; regions fill their parent in any case."""
    return box.collapsed and chart.has_children(box.id) and not is_region(chart, box.id)


def drawn(chart: Chart, box: Box) -> Rect:
    """The part of a box that is drawn, from where its parent begins; all of it where it is not collapsed."""
    if not is_small(chart, box):
        return box.rect
    width, height = card_size(chart, box.id)
    return Rect(box.x, box.y, min(box.width, width), min(box.height, height))
