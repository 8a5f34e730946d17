"""What an arrangement costs: how large it is, how long its lines are, how often they meet or are likely to."""

from __future__ import annotations

from itertools import combinations

from editor.geometry import Point, Rect
from editor.layout import careful
from editor.layout.auto_level import Level, Way
from editor.layout.auto_space import Places
from editor.layout.board import Board
from editor.layout.frame import Frame
from editor.layout.paths import length
from editor.layout.sizes import Measure
from editor.model.chart import Chart
from editor.model.diagram import Diagram

_MOST_COMPARED = 80
_RATIO = 1.6
_ROOMY = 640.0
_SMALL = 0.25
_LARGE = 0.8
_CROSSING = 30.0
_HIDDEN = 15.0
_DETOUR = 0.25


def size_cost(around: Rect) -> float:
    """By the height of the smallest frame of a screen's shape around it; what fits on a screen costs little."""
    frame = max(around.width / _RATIO, around.height)
    return _SMALL * frame + _LARGE * max(0.0, frame - _ROOMY)


def drawing_cost(chart: Chart, diagram: Diagram, measure: Measure) -> float:
    """What a whole drawing costs, by its size and its lines as they will be drawn, with all levels together."""
    routes = careful.route_all(Frame(chart, diagram, measure))
    board = Board()
    for id, (paths, _) in routes.items():
        for path in paths:
            board.add(path, id)
    lines = [(id, path) for id, (paths, _) in routes.items() for path in paths]
    crossings = sum(board.crossed(path, id) for id, path in lines) / 2
    hidden = sum(board.covered(pill, id) for id, (_, pill) in routes.items() if pill.width)
    around = Rect.around(
        box.rect for box in diagram.boxes.values() if chart.states[box.id].parent == chart.root_id
    )
    lengths = sum(length(path) for _, path in lines) / max(1, len(lines))
    return size_cost(around or Rect(0, 0, 0, 0)) + lengths + _CROSSING * crossings + _HIDDEN * hidden


def line_cost(level: Level, places: Places) -> float:
    """By straight lines between states; nothing where there are too many to compare."""
    ways = [way for way in level.ways if way.source != way.target]
    if not 0 < len(ways) <= _MOST_COMPARED:
        return 0.0
    lines = [_line(level, places, way) for way in ways]
    lengths = sum(_between(level, places, way) for way in ways)
    crossings = sum(1 for one, other in combinations(lines, 2) if _cross(*one, *other))
    detours = sum(_detour(level, places, way) for way in ways)
    return lengths / len(ways) + _CROSSING * crossings + _DETOUR * detours


def _between(level: Level, places: Places, way: Way) -> float:
    """The distance from border to border, in steps along the axes."""
    a = Rect(*places[way.source], *level.extents[way.source])
    b = Rect(*places[way.target], *level.extents[way.target])
    return max(a.x - b.right, b.x - a.right, 0.0) + max(a.y - b.bottom, b.y - a.bottom, 0.0)


def _line(level: Level, places: Places, way: Way) -> tuple[Point, Point]:
    return (
        Rect(*places[way.source], *level.extents[way.source]).center,
        Rect(*places[way.target], *level.extents[way.target]).center,
    )


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)


def _detour(level: Level, places: Places, way: Way) -> float:
    """The way around the widest of the states that lie on the straight line between two others."""
    line = _line(level, places, way)
    rects = (Rect(*at, *level.extents[id]) for id, at in places.items() if id not in way.pair)
    return max((_around(rect, *line) for rect in rects if _lies_on(rect, *line)), default=0.0)


def _lies_on(rect: Rect, a: Point, b: Point) -> bool:
    corner, other = Point(rect.x, rect.y), Point(rect.right, rect.bottom)
    third, fourth = Point(rect.x, rect.bottom), Point(rect.right, rect.y)
    return _cross(a, b, corner, other) or _cross(a, b, third, fourth)


def _around(rect: Rect, a: Point, b: Point) -> float:
    """How far a line must leave its way to pass a rectangle on the nearer side."""
    wide, tall = abs(b.x - a.x), abs(b.y - a.y)
    middle = rect.center
    if wide > tall:
        at = a.y + (b.y - a.y) * (middle.x - a.x) / (b.x - a.x)
        return max(0.0, min(at - rect.y, rect.bottom - at))
    at = a.x + (b.x - a.x) * (middle.y - a.y) / (b.y - a.y)
    return max(0.0, min(at - rect.x, rect.right - at))
