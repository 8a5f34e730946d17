"""What the engine itself answers."""

from __future__ import annotations

from editor.layout_engine.drawing import Drawing
from editor.layout_engine.options import Direction, Mode
from editor.layout_engine.plan import Plan
from editor.layout_engine.warm import Warm

SECONDS = 120


def by_engine(
    warm: Warm,
    plan: Plan,
    mode: Mode = Mode.LEVELS,
    direction: Direction = Direction.DOWN,
    aspect: float = 1.5,
) -> Drawing:
    """The drawing of a plan, for a view of some width over its height."""
    told = {"plan": plan.to_data(), "mode": mode.value, "direction": direction.value, "aspect": aspect}
    reply = warm.ready().ask("layout", told)
    assert reply.came.wait(SECONDS)
    assert reply.told is not None
    return Drawing.from_data(reply.told["done"])
