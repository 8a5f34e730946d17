"""The process of the engine, which serves drawings by ELK and libavoid.

Asked are `ping`, and `layout` and `route` with a plan; an answer has the `id` of its request, and `done` or `error`.
"""

from __future__ import annotations

from typing import Any

from py_mini_racer import JSEvalException, MiniRacer

from editor import v8
from editor.layout_engine import elk
from editor.layout_engine.choosing import drawn
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.host import Host
from editor.layout_engine.known import Known
from editor.layout_engine.levels import Engine, Levels
from editor.layout_engine.options import Direction, Mode
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.serving import Answer, answered, serve
from editor.v8 import V8Error


def main() -> None:
    """Load the engine and answer until the input ends; never returns."""
    serve(_load, (V8Error, JSEvalException, OSError, ValueError))


def _load() -> Answer:
    v8.load(v8.BESIDE)
    engine = Known(Host(MiniRacer()))
    Levels(small(), engine).draw(elk.DOWN)
    return lambda line: answer(line, engine)


def small() -> Plan:
    """A chart that is drawn once before the first is asked for, since V8 compiles what it runs for the first time."""
    boxes = tuple(
        Node(
            id=f"{outer}", kind=NodeKind.COMPOSITE, width=90, height=40, header=32,
            moving=frozenset(f"{outer}.{inner}" for inner in range(4)),
            children=tuple(
                Node(id=f"{outer}.{inner}", kind=NodeKind.SIMPLE, width=90, height=40) for inner in range(4)
            ),
        )
        for outer in range(4)
    )  # fmt: skip
    root = Node(
        id="root",
        kind=NodeKind.ROOT,
        width=0,
        height=0,
        children=boxes,
        moving=frozenset(each.id for each in boxes),
    )
    names = [node.id for node in root.walk()][1:]
    ends = [
        (names[one], names[(one * 7 + other) % len(names)])
        for one in range(0, len(names), 2)
        for other in (1, 5)
    ]
    edges = [Edge(id=f"t{number}", source=a, target=b, label=(60, 20)) for number, (a, b) in enumerate(ends)]
    return Plan(root=root, edges=tuple(edges))


def answer(line: str, engine: Engine) -> dict[str, Any]:
    """What to say to a request."""

    def draw(asked: dict[str, Any]) -> Drawing:
        plan = Plan.from_data(asked["plan"])
        return drawn(plan, engine, Mode(asked["mode"]), Direction(asked["direction"]), asked["aspect"])

    return answered(line, draw, (JSEvalException, ValueError, LookupError, TypeError, RecursionError))


if __name__ == "__main__":
    main()
