"""The best of a few arrangements of connected states: right, down or in rows; each checked before it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import isfinite

from editor.geometry import Point, Rect
from editor.layout import auto_cost, auto_space
from editor.layout.auto_flow import Flow, Layers, flow, plain_layers
from editor.layout.auto_level import Level
from editor.layout.auto_space import Places

MOST_WAYS = 200
MOST_WAYS_IN_A_HURRY = 40
_FEW_STATES = 4
_RATIO = 1.6
_WIDE = 1000.0
_ROW_GAP = 72.0
_DOWN = 120.0
_BESIDE = 40.0
_BROKEN = 120.0
_PER_ROW = 60.0
_LEFT_ROW = 40.0


def arranged(level: Level, *, in_a_hurry: bool = False, may_break: bool = True) -> Places:
    """Places for connected states from 0, 0 on.

    `in_a_hurry`: the flow goes right, in rows where it is long. `may_break`: a long flow may be broken into rows.
    """
    if len(level.ids) == 1:
        return {level.ids[0]: Point(0, 0)}
    best = float("inf")
    chosen: Places | None = None
    for places, extra in _candidates(level, in_a_hurry, may_break):
        if is_sound(level, places):
            frame = auto_cost.size_cost(auto_space.bounds(level, places))
            cost = frame + extra + (0.0 if in_a_hurry else auto_cost.line_cost(level, places))
            if cost < best:
                best, chosen = cost, places
    return chosen if chosen is not None else _in_a_row(level)


def _candidates(level: Level, in_a_hurry: bool, may_break: bool) -> Iterator[tuple[Places, float]]:
    """Arrangements, and what they cost by themselves."""
    turned = flow(level)
    layers = _layers(level, turned, is_level=True, in_a_hurry=in_a_hurry)
    right = auto_space.rightwards(level, layers)
    yield right, 0.0
    around = auto_space.bounds(level, right)
    for rows in _row_counts(around, len(layers), in_a_hurry) if may_break else ():
        parted = auto_space.broken(level, layers, rows)
        extra = _BROKEN + _PER_ROW * rows + _LEFT_ROW * _leaving(level, parted)
        yield _in_rows(level, turned, parted, layers if in_a_hurry else None), extra
    if not in_a_hurry:
        down = auto_space.downwards(level, _layers(level, turned, is_level=False))
        yield down, _DOWN + _BESIDE * (len(level.ways) - len({way.pair for way in level.ways}))


def _row_counts(around: Rect, layers: int, in_a_hurry: bool) -> list[int]:
    """The numbers of rows worth a try for a flow to the right: none for what fits on a screen."""
    if around.width < _WIDE:
        return []
    fitting = round((around.width / (around.height + _ROW_GAP) / _RATIO) ** 0.5)
    counts = {fitting} if in_a_hurry else {2, 3, 4, fitting}
    return sorted(count for count in counts if 2 <= count <= layers // 2)


def _leaving(level: Level, rows: list[list[str]]) -> int:
    """How many transitions lead from one row to another."""
    number = {id: place for place, row in enumerate(rows) for id in row}
    return sum(1 for way in level.ways if number[way.source] != number[way.target])


def _in_rows(level: Level, turned: Flow, parted: list[list[str]], layers: Layers | None) -> Places:
    """Rows of columns, each row arranged by itself: it needs no room for what stands in others.

    `layers`: take these as they are, for speed.
    """
    rows = []
    for ids in parted:
        part, inside = level.part(ids), frozenset(ids)
        if layers is not None:
            own = tuple(layer for layer in layers if layer[0][0] in inside)
        else:
            within = Flow({pair: number for pair, number in turned.items() if inside.issuperset(pair)})
            own = _layers(part, within, is_level=True)
        rows.append(auto_space.rightwards(part, own))
    return auto_space.stacked(level, rows)


def _layers(level: Level, turned: Flow, *, is_level: bool, in_a_hurry: bool = False) -> Layers:
    """The layers of graphlay; the plain ones for what is too large for it, where it fails and where it is missing."""
    most, least = (MOST_WAYS_IN_A_HURRY, _FEW_STATES) if in_a_hurry else (MOST_WAYS, 0)
    if len(turned) <= most and len(level.ids) > least:
        try:
            from editor.layout import auto_graphlay  # noqa: PLC0415 - the start of the program has no time for it
        except ImportError:
            return plain_layers(level, turned, is_level=is_level)
        made = auto_graphlay.layers(level, turned, is_level=is_level, in_a_hurry=in_a_hurry)
        if made is not None:
            return made
    return plain_layers(level, turned, is_level=is_level)


def is_sound(level: Level, places: Places) -> bool:
    """Whether all states have places that are numbers, and none lies on another."""
    if set(places) != set(level.ids) or not all(isfinite(each) for at in places.values() for each in at):
        return False
    around = auto_space.bounds(level, places)
    rects = [Rect(*at, *level.extents[id]) for id, at in places.items()]
    if around.height > around.width:
        rects = [Rect(rect.y, rect.x, rect.height, rect.width) for rect in rects]
    rects.sort()
    for number, one in enumerate(rects):
        for other in islice(rects, number + 1, None):
            if other.x >= one.right:
                break
            if other.y < one.bottom and one.y < other.bottom:
                return False
    return True


def _in_a_row(level: Level) -> Places:
    places: Places = {}
    x = 0.0
    for id in level.ids:
        places[id] = Point(x, 0)
        x += auto_space.grid(level.extents[id][0] + 72)
    return places
