"""The process of the engine, which serves drawings by ELK and libavoid.

Asked are `ping`, and `layout` and `route` with a plan; an answer has the `id` of its request, and `done` or `error`.
"""

from __future__ import annotations

from typing import Any

from py_mini_racer import JSEvalException, MiniRacer

from editor import v8
from editor.layout_engine import practice
from editor.layout_engine.choosing import drawn
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.host import Host
from editor.layout_engine.known import Known
from editor.layout_engine.levels import Engine
from editor.layout_engine.options import Direction, Mode
from editor.layout_engine.plan import Plan
from editor.layout_engine.serving import Loaded, answered, serve
from editor.v8 import V8Error


def main() -> None:
    """Load the engine and answer until the input ends; never returns."""
    serve(_load, (V8Error, JSEvalException, OSError, ValueError))


def _load() -> Loaded:
    v8.load(v8.BESIDE)
    libraries = Host(MiniRacer())
    pieces = practice.pieces(libraries)
    next(pieces)
    engine = Known(libraries)
    return Loaded(lambda line: answer(line, engine), pieces)


def answer(line: str, engine: Engine) -> dict[str, Any]:
    """What to say to a request."""

    def draw(asked: dict[str, Any]) -> Drawing:
        plan = Plan.from_data(asked["plan"])
        return drawn(plan, engine, Mode(asked["mode"]), Direction(asked["direction"]), asked["aspect"])

    return answered(line, draw, (JSEvalException, ValueError, LookupError, TypeError, RecursionError))


if __name__ == "__main__":
    main()
