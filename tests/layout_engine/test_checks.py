from __future__ import annotations

from collections.abc import Callable
from math import nan

import pytest

from editor.geometry import Point, Rect
from editor.layout_engine import checks
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan

PLAN = Plan(
    root=Node(
        id="root", kind=NodeKind.ROOT, width=0, height=0,
        children=(
            Node(id="a", kind=NodeKind.SIMPLE, width=100, height=40),
            Node(
                id="b", kind=NodeKind.COMPOSITE, width=100, height=40, header=32,
                children=(Node(id="c", kind=NodeKind.SIMPLE, width=50, height=30),),
            ),
        ),
    ),
    edges=(Edge(id="t", source="a", target="b", label=(40, 20)), Edge(id="u", source="b", target="a", is_wanted=False)),
)  # fmt: skip


def sound() -> Drawing:
    return Drawing(
        {
            "root": Rect(0, 0, 300, 300),
            "a": Rect(20, 20, 100, 40),
            "b": Rect(20, 120, 120, 90),
            "c": Rect(30, 160, 50, 30),
        },
        {"t": (Point(70, 60), Point(70, 120))},
        {"t": Rect(50, 80, 40, 20)},
    )


def test_a_sound_drawing_has_no_flaw() -> None:
    assert checks.flaw(PLAN, sound()) is None


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda it: it.rects.pop("c"), "“c” has no place"),
        (lambda it: it.rects.update(a=Rect(nan, 0, 100, 40)), "“a” has a place without sense"),
        (lambda it: it.rects.update(a=Rect(1e9, 0, 100, 40)), "“a” has a place without sense"),
        (lambda it: it.rects.update(a=Rect(0, 0, -1, 40)), "“a” has a place without sense"),
        (lambda it: it.rects.update(c=Rect(200, 160, 50, 30)), "“c” lies outside of “b”"),
        (lambda it: it.rects.update(a=Rect(20, 90, 100, 40)), "lies on"),
        (lambda it: it.routes.pop("t"), "the line “t” has no route"),
        (lambda it: it.routes.update(t=(Point(70, 60), Point(80, 120))), "the line “t” runs aslant"),
        (lambda it: it.routes.update(t=(Point(70, 60), Point(70, 100))), "the line “t” does not end at its states"),
        (lambda it: it.routes.update(t=(Point(70, nan), Point(70, 120))), "the line “t” has no route"),
        (lambda it: it.routes.update(t=(Point(70, 60), Point(70, 60))), "the line “t” has no route"),
        (lambda it: it.labels.pop("t"), "the label of “t” has no place"),
    ],
)  # fmt: skip
def test_each_flaw_is_told(spoil: Callable[[Drawing], object], told: str) -> None:
    drawing = sound()
    spoil(drawing)
    assert told in (checks.flaw(PLAN, drawing) or "")
