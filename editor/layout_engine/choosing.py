"""Which way a chart flows: down, right, or whichever of both lets a view of some shape show more of it.

What is taken has no more faults than the other, and not many more crossings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editor.layout_engine import elk, integrated, keeping, turning
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.exchanging import exchanged
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
_SMALL = 60
"""Boxes and lines up to which both directions are drawn without a sketch."""
_ALIKE, _CLEAR = 1.15, 1.5
"""How many times as high the view for another direction must be to matter at all, and not to be drawn."""


def drawn(plan: Plan, engine: Engine, mode: Mode, direction: Direction, aspect: float) -> Drawing:
    """The drawing of a plan in a manner; `aspect` is the width of the view over its height.

    Raises:
        ValueError: the engine gives none that can be used.
    """
    if mode is Mode.LEVELS and plan.keeps:
        return _kept(plan, engine)
    if mode is Mode.LEVELS:
        levels = Levels(plan, engine)
        if direction is Direction.AUTO:
            best = _fitting(plan, list(_by_view(levels, plan, aspect)), aspect)
            return _turned(levels, plan, best, aspect).drawing
        return _best(levels, plan, _directions(direction)[0]).drawing
    made = [integrated.draw(plan, engine, each) for each in _directions(direction)]
    return _fitting(plan, [_Made(each, judged(plan, each)) for each in made], aspect).drawing


@dataclass(frozen=True, slots=True)
class _Made:
    """A drawing, how good it is, and how it came about."""

    drawing: Drawing
    judgement: tuple[int, int]
    direction: str = elk.DOWN
    way: Way = LARGE

    def is_bearable(self, bad: int, few: int) -> bool:
        """Whether it may be taken in place of a drawing with so many faults and crossings, since it fits better."""
        faults, count = self.judgement
        return faults <= bad and count <= few * _MORE


def _by_view(levels: Levels, plan: Plan, aspect: float) -> Iterator[_Made]:
    """The best drawings in the directions that may be taken, of which one is often enough.

    Small charts are drawn in both. For others a sketch of one tells about how large either becomes: where both come to
    the same it flows down; where one fits far better it is that. The other is drawn as well in between, or if the first
    has faults. Large charts flow down unless one to the right promises to be far better.
    """
    if plan.size <= _SMALL:
        yield from (_best(levels, plan, each) for each in (elk.DOWN, elk.RIGHT))
        return
    ways = _usual(plan)
    sketch = levels.place(elk.DOWN, replace(ways[0], sketched=True))
    down = turning.height(sketch, plan.root.id, aspect)
    guess = turning.guessed(plan, sketch, {levels.outermost: elk.DOWN}, aspect)
    gain = down / guess[0][0] if guess else 1.0
    is_large = len(ways) == 1
    first, other = (
        (elk.RIGHT, elk.DOWN) if gain >= (_CLEAR if is_large else _ALIKE) else (elk.DOWN, elk.RIGHT)
    )
    made = _best(levels, plan, first)
    yield made
    if not is_large and (made.judgement[0] or _ALIKE < max(gain, 1 / gain) < _CLEAR):
        yield _best(levels, plan, other)


def _fitting(plan: Plan, made: Sequence[_Made], aspect: float) -> _Made:
    """The one that the smallest view shows, of those that are good enough."""
    bad, few = min(each.judgement for each in made)
    bearable = [each for each in made if each.is_bearable(bad, few)]
    return min(bearable, key=lambda each: turning.height(each.drawing, plan.root.id, aspect))


def _turned(levels: Levels, plan: Plan, best: _Made, aspect: float) -> _Made:
    """The best with a container turned, where a smaller view shows the whole then; otherwise as it is."""
    levels.place(best.direction, best.way)  # what flows how; ELK is not asked again
    most = turning.height(best.drawing, plan.root.id, aspect) / turning.WORTH
    for id in turning.promising(plan, best.drawing, levels.flows(), aspect):
        way = replace(best.way, turned=frozenset({id}))
        if turning.height(levels.place(best.direction, way), plan.root.id, aspect) <= most:
            made = _settled(plan, levels.draw(best.direction, way), best.direction, way)
            if made.is_bearable(*best.judgement):
                return made
    return best


def _best(levels: Levels, plan: Plan, direction: str) -> _Made:
    """The best drawing of as many as a chart of its size leaves time for."""
    made: list[_Made] = []
    for way in _ways(levels, _usual(plan)):
        drawing = levels.draw(direction, way)
        made.append(_Made(drawing, judged(plan, drawing), direction, way))
        if made[-1].judgement == (0, 0):
            break
    made.sort(key=lambda each: _FAULT * each.judgement[0] + each.judgement[1])
    settled = [_settled(plan, each.drawing, direction, each.way) for each in made[:_SETTLED]]
    return min(settled, key=lambda each: each.judgement)


def _settled(plan: Plan, drawing: Drawing, direction: str, way: Way) -> _Made:
    """A drawing worked on, as it is or with lines that go on as others did, whichever is better."""
    settle(plan, drawing)
    made = _Made(drawing, judged(plan, drawing), direction, way)
    other = exchanged(plan, drawing)
    if other is None:
        return made
    settle(plan, other)
    return min(made, _Made(other, judged(plan, other), direction, way), key=lambda each: each.judgement)


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
    afresh = _best(Levels(free, engine), free, elk.DOWN)
    return afresh.drawing if afresh.judgement[0] + _BEARABLE < kept.judgement[0] else kept.drawing


def _is_free(plan: Plan) -> bool:
    """Whether every box may be placed anew."""
    return all(len(node.moving) == len(node.children) for node in plan.nodes.values())


def _usual(plan: Plan) -> Sequence[Way]:
    """As many ways as a chart of its size leaves time for."""
    count = next((count for most, count in _TRIES if plan.size <= most), 1)
    return WAYS[:count] if count > 1 else (LARGE,)


def _directions(direction: Direction) -> tuple[str, ...]:
    return {Direction.DOWN: (elk.DOWN,), Direction.RIGHT: (elk.RIGHT,)}.get(direction, (elk.DOWN, elk.RIGHT))
