"""Places from layers: room between the layers for the labels and the lines there; long flows broken into rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from editor.geometry import Point, Rect
from editor.layout.auto_flow import Layers
from editor.layout.auto_level import Level, Way

Places = dict[str, Point]

GRID = 8.0
_AROUND_LABEL = 48.0
_LEAST_RIGHT = 72.0
_LEAST_DOWN = 64.0
_LABEL = 28.0
_TURN = 12.0
_MOST_TURNS = 8
_LEAST_SHARED = 20.0
_ROW_GAP = 72.0


def grid(value: float) -> float:
    """The next place on the grid."""
    return -(-value // GRID) * GRID


def bounds(level: Level, places: Places) -> Rect:
    """The rectangle around placed states; empty for none."""
    if not places:
        return Rect(0, 0, 0, 0)
    x, y = min(at.x for at in places.values()), min(at.y for at in places.values())
    right = max(at.x + level.extents[id][0] for id, at in places.items())
    bottom = max(at.y + level.extents[id][1] for id, at in places.items())
    return Rect(x, y, right - x, bottom - y)


def labels_span(level: Level, places: Places) -> tuple[float, float]:
    """From where to where the labels of lines that run straight up or down are likely to reach; 0, 0 without such."""
    left, right = 0.0, 0.0
    counts = Counter(way.pair for way in level.ways)
    for way in level.ways:
        a, b = (Rect(*places[id], *level.extents[id]) for id in way.ends)
        low, high = max(a.x, b.x), min(a.right, b.right)
        if way.source == way.target or high - low < _LEAST_SHARED:
            continue
        # one of several lines between the same states has its label beside it
        reach = way.label / 2 if counts[way.pair] == 1 else way.label
        left, right = min(left, (low + high) / 2 - reach), max(right, (low + high) / 2 + reach)
    return left, right


def settled(level: Level, places: Places) -> Places:
    """The places moved so that the first lie on the edges 0, all on the grid."""
    around = bounds(level, places)
    return {id: Point(grid(at.x - around.x - 4), grid(at.y - around.y - 4)) for id, at in places.items()}


def rightwards(level: Level, layers: Layers) -> Places:
    """Layers as columns, each centred."""
    places: Places = {}
    x = 0.0
    gaps = [*_gaps_right(level, layers), 0.0]
    for layer, gap in zip(layers, gaps, strict=True):
        widest = max(level.extents[id][0] for id, _ in layer)
        for id, across in layer:
            places[id] = Point(x + (widest - level.extents[id][0]) / 2, across - level.middle(id))
        x += widest + gap
    return settled(level, places)


def downwards(level: Level, layers: Layers) -> Places:
    """Layers as rows, each with its middle on a line."""
    places: Places = {}
    y = 0.0
    gaps = [*_gaps_down(level, layers), 0.0]
    for layer, gap in zip(layers, gaps, strict=True):
        tallest = max(level.extents[id][1] for id, _ in layer)
        for id, across in layer:
            width, height = level.extents[id]
            places[id] = Point(across - width / 2, y + (tallest - height) / 2)
        y += tallest + gap
    return settled(level, places)


def stacked(level: Level, rows: Sequence[Places]) -> Places:
    """Rows below each other, with a channel between them for each line that leads from one to another."""
    places: Places = {}
    top = 0.0
    for row in rows:
        places.update({id: at.moved(0, top) for id, at in row.items()})
        between = sum(1 for way in level.ways if (way.source in row) != (way.target in row))
        top += grid(bounds(level, row).height + _ROW_GAP + _TURN * min(between, _MOST_TURNS))
    return places


def broken(level: Level, layers: Layers, count: int) -> list[list[str]]:
    """The states of each of `count` rows of about the same length, which read like lines of text."""
    lengths = [max(level.extents[id][0] for id, _ in layer) + 120 for layer in layers]
    goal = sum(lengths) / count
    rows: list[list[str]] = [[]]
    done = 0.0
    for layer, length in zip(layers, lengths, strict=True):
        if rows[-1] and len(rows) < count and done + length / 2 > goal * len(rows):
            rows.append([])
        rows[-1] += [id for id, _ in layer]
        done += length
    return rows


def _gaps_right(level: Level, layers: Layers) -> list[float]:
    """Between each two columns: the widest label, and a channel for each line that turns."""
    gaps = []
    for ways in _between(level, layers):
        widest = max((way.label for way in ways), default=0.0)
        gaps.append(max(_LEAST_RIGHT, grid(widest + _AROUND_LABEL + _turns(ways))))
    return gaps


def _gaps_down(level: Level, layers: Layers) -> list[float]:
    """Between each two rows: a label below another for each line between the same states, and the channels."""
    gaps = []
    for ways in _between(level, layers):
        most = max(Counter(way.pair for way in ways).values(), default=0)
        gaps.append(max(_LEAST_DOWN, grid(_AROUND_LABEL + _LABEL * most + _turns(ways))))
    return gaps


def _turns(ways: Sequence[Way]) -> float:
    """The room for channels: every pair of states but one is likely to need a turn."""
    return _TURN * min(max(0, len({way.pair for way in ways}) - 1), _MOST_TURNS)


def _between(level: Level, layers: Layers) -> list[list[Way]]:
    """The ways between each layer and the next."""
    number = {id: place for place, layer in enumerate(layers) for id, _ in layer}
    found: list[list[Way]] = [[] for _ in pairwise(layers)]
    for way in level.ways:
        low, high = sorted((number[way.source], number[way.target]))
        if high == low + 1:
            found[low].append(way)
    return found
