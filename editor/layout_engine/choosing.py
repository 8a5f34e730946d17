"""Which way a chart flows: down, right, or whichever of both fits the view's shape without many more crossings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import log

from editor.layout_engine import elk, integrated, keeping
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.finishing import settle
from editor.layout_engine.judging import judged
from editor.layout_engine.levels import LARGE, WAYS, Engine, Levels, Way
from editor.layout_engine.options import Direction, Mode
from editor.layout_engine.plan import Plan

_TRIES = ((120, 4), (400, 2))
"""How many ways are tried for charts of so many boxes and lines at most."""
_SETTLED, _FAULT = 2, 20
"""How many of the best are worked on, and what a fault counts in crossings until then."""
_BEARABLE = 2
"""How many faults an edit may bring before everything is moved for it."""
_MORE = 1.2
"""How many times the fewest crossings a drawing may have that fits the view better."""


def drawn(plan: Plan, engine: Engine, mode: Mode, direction: Direction, aspect: float) -> Drawing:
    """The drawing of a plan in a manner; `aspect` is the width of the view over its height.

    Raises:
        ValueError: the engine gives none that can be used.
    """
    if mode is Mode.LEVELS and plan.keeps:
        return _kept(plan, engine)
    if mode is Mode.LEVELS:
        levels = Levels(plan, engine)
        made = [_best(levels, plan, each) for each in _directions(direction)]
    else:
        drawings = (integrated.draw(plan, engine, each) for each in _directions(direction))
        made = [(judged(plan, each), each) for each in drawings]
    bad, few = min(judgement for judgement, _ in made)
    fitting = [each for (faults, count), each in made if faults <= bad and count <= few * _MORE]
    return min(fitting, key=lambda each: _off(each, plan.root.id, aspect))


def _best(levels: Levels, plan: Plan, direction: str) -> tuple[tuple[int, int], Drawing]:
    """The best drawing of as many as a chart of its size leaves time for, and how good it is."""
    made: list[tuple[tuple[int, int], Drawing]] = []
    count = _tries(plan)
    for way in _ways(levels, WAYS[:count] if count > 1 else (LARGE,)):
        drawing = levels.draw(direction, way)
        made.append((judged(plan, drawing), drawing))
        if made[-1][0] == (0, 0):
            break
    made.sort(key=lambda each: _FAULT * each[0][0] + each[0][1])
    for _, drawing in made[:_SETTLED]:
        settle(plan, drawing)
    return min(((judged(plan, each), each) for _, each in made[:_SETTLED]), key=lambda each: each[0])


def _ways(levels: Levels, ways: Sequence[Way]) -> Iterator[Way]:
    """Those to try; where machines do not begin with what is written first, the order of the file as well."""
    yield from ways
    if levels.is_reordered:
        yield replace(ways[:2][-1], as_written=True)


def _kept(plan: Plan, engine: Engine) -> Drawing:
    """The drawing that keeps most of a former one; one made afresh where that would be much better, and may be."""
    kept = keeping.drawn(plan, engine)[0]
    if kept.worse <= _BEARABLE or not _is_free(plan):
        return kept.drawing
    free = replace(plan, keeps=False, _lines={})
    (faults, _), afresh = _best(Levels(free, engine), free, elk.DOWN)
    return afresh if faults + _BEARABLE < kept.judgement[0] else kept.drawing


def _is_free(plan: Plan) -> bool:
    """Whether every box may be placed anew."""
    return all(len(node.moving) == len(node.children) for node in plan.nodes.values())


def _tries(plan: Plan) -> int:
    return next((count for most, count in _TRIES if plan.size <= most), 1)


def _directions(direction: Direction) -> tuple[str, ...]:
    return {Direction.DOWN: (elk.DOWN,), Direction.RIGHT: (elk.RIGHT,)}.get(direction, (elk.DOWN, elk.RIGHT))


def _off(drawing: Drawing, root: str, aspect: float) -> float:
    """How far the shape of a drawing is from that of the view."""
    rect = drawing.rects[root]
    return abs(log(max(1.0, rect.width) / max(1.0, rect.height) / aspect))
