"""Charts that are drawn before one is asked for: V8 compiles what it runs for the first time, and more what runs often.

A first one is drawn while all is loaded; larger ones while nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from editor.layout_engine import elk
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.levels import Engine, Levels
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan

_SIZES = (4, 7, 7)
"""Composites of the charts. The larger ones make a first drawing of 60 states a quarter quicker; more hardly help."""
_INSIDE = 4


def pieces(engine: Engine) -> Iterator[Drawing]:
    """The drawings, made one by one."""
    return (Levels(chart(count), engine).draw(elk.DOWN) for count in _SIZES)


def chart(count: int) -> Plan:
    """Composites of four states each, with lines from every other box to two others, near and far."""
    boxes = tuple(
        Node(
            id=f"{outer}", kind=NodeKind.COMPOSITE, width=90, height=40, header=32,
            moving=frozenset(f"{outer}.{inner}" for inner in range(_INSIDE)),
            children=tuple(
                Node(id=f"{outer}.{inner}", kind=NodeKind.SIMPLE, width=90, height=40)
                for inner in range(_INSIDE)
            ),
        )
        for outer in range(count)
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
