from __future__ import annotations

from itertools import pairwise

import pytest

from editor.geometry import Point, Rect
from editor.layout_engine.checks import on_border
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.exchanging import exchanged
from editor.layout_engine.judging import crossings
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan

BOXES = {"a": Rect(300, 0, 80, 40), "b": Rect(300, 100, 80, 40), "end": Rect(0, 300, 120, 40)}
OUTER = (Point(380, 20), Point(420, 20), Point(420, 270), Point(60, 270), Point(60, 300))
INNER = (Point(380, 120), Point(410, 120), Point(410, 320), Point(120, 320))


def crossed(*, is_end: bool) -> tuple[Plan, Drawing]:
    """The outer of two lines between a box and two others ends at its top, the inner one at its side."""
    children = tuple(
        Node(id=id, kind=NodeKind.SIMPLE, width=rect.width, height=rect.height) for id, rect in BOXES.items()
    )
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=children)
    ends = [("a", "end"), ("b", "end")] if is_end else [("end", "a"), ("end", "b")]
    edges = tuple(
        Edge(id=f"t{number}", source=source, target=target, label=(30, 20))
        for number, (source, target) in enumerate(ends)
    )
    routes = {
        edge.id: path if is_end else path[::-1] for edge, path in zip(edges, (OUTER, INNER), strict=True)
    }
    rects = {"root": Rect(0, 0, 500, 400), **BOXES}
    return Plan(root=root, edges=edges), Drawing(rects, routes, {})


@pytest.mark.parametrize("is_end", [True, False])
def test_lines_that_share_an_end_and_cross_go_on_as_the_other_did(is_end: bool) -> None:
    plan, drawing = crossed(is_end=is_end)
    before = dict(drawing.routes)
    made = exchanged(plan, drawing)
    assert made is not None
    assert drawing.routes == before
    assert (crossings(before), crossings(made.routes)) == (1, 0)
    for edge in plan.edges:
        route = made.routes[edge.id]
        assert on_border(BOXES[edge.source], route[0])
        assert on_border(BOXES[edge.target], route[-1])
        assert all((a.x == b.x) != (a.y == b.y) for a, b in pairwise(route))
    ends = {made.routes[id][-1 if is_end else 0] for id in made.routes}
    assert ends == {OUTER[-1], INNER[-1]}


def test_a_line_does_not_leave_its_label() -> None:
    plan, drawing = crossed(is_end=True)
    drawing.labels["t0"] = Rect(150, 260, 30, 20)
    assert exchanged(plan, drawing) is None


def test_lines_that_do_not_cross_stay() -> None:
    plan, drawing = crossed(is_end=True)
    drawing.routes["t1"] = (Point(340, 140), Point(340, 320), Point(120, 320))
    drawing.routes["t0"] = (Point(300, 20), Point(60, 20), Point(60, 300))
    assert exchanged(plan, drawing) is None
