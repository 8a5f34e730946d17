from __future__ import annotations

from itertools import pairwise

import pytest

from editor.geometry import Point, Rect
from editor.layout_engine import avoid
from editor.layout_engine.drawing import Drawing, Lane
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan

A, B, X = (Node(id=id, kind=NodeKind.SIMPLE, width=80, height=40) for id in "abx")
BOX = Node(id="box", kind=NodeKind.COMPOSITE, width=200, height=200, header=32, children=(X,))
ROOT = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=(A, B, BOX))
RECTS = {
    "root": Rect(0, 0, 900, 900), "a": Rect(0, 0, 80, 40), "b": Rect(0, 500, 80, 40),
    "box": Rect(300, 200, 200, 200), "x": Rect(360, 300, 80, 40),
}  # fmt: skip
INTO = Edge(id="t", source="a", target="x", label=(60, 20))
INWARD = Edge(id="u", source="box", target="x", label=(60, 20))


def asked(edge: Edge, lane: Lane | None = None) -> avoid.Request:
    plan = Plan(root=ROOT, edges=(edge,))
    lanes = {} if lane is None else {edge.id: lane}
    return avoid.requests(plan, Drawing(dict(RECTS)), [edge], lanes)[0]


def test_a_line_with_a_lane_is_asked_for_in_two_pieces_that_meet_at_its_label() -> None:
    made = asked(INTO, Lane("root", Rect(320, 100, 60, 20), "T", "B"))
    assert made.ends == [("t", "a", ("label:t", "T")), (f"{avoid.AFTER}t", ("label:t", "B"), "x")]
    assert made.shapes["label:t"] == Rect(320, 100, 60, 20)


def test_what_a_line_passes_is_open_and_all_else_in_its_way() -> None:
    assert set(asked(INTO).shapes) == {"a", "b", "x"}


def test_only_boxes_where_lines_end_have_places_for_ends() -> None:
    pins = {id: pins for id, *_, pins in asked(INTO).to_data()["shapes"]}
    assert pins == {"a": "TBLR", "b": "", "x": "TBLR"}
    through = asked(INTO, Lane("root", Rect(320, 100, 60, 20), "T", "B")).to_data()
    assert {id: pins for id, *_, pins in through["shapes"]} == {**pins, "label:t": ""}


def test_a_line_from_a_container_to_what_is_in_it_leaves_its_border_straight() -> None:
    made = asked(INWARD)
    [(_, start, _)] = made.ends
    assert isinstance(start, str)
    gate, box = made.shapes[start], RECTS["box"]
    assert gate.intersects(box)
    assert not gate.intersects(box.grown(-1))
    assert len(made.pins[start]) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([(0, 0), (50, 0)], [(50, 20), (50, 60)]),
        ([(0, 0), (0, 40)], [(0, 60), (0, 90)]),
        ([(0, 0), (0, 40)], [(7, 60), (7, 90)]),
        ([(0, 0), (40, 0)], [(60, 9), (90, 9)]),
        ([(0, 0), (40, 0)], [(70, 20), (70, 60)]),
    ],
)
def test_two_pieces_become_one_line_of_level_and_upright_stretches(
    one: list[tuple[float, float]], other: list[tuple[float, float]]
) -> None:
    made = Drawing()
    avoid.read({"routes": {"t": one, f"{avoid.AFTER}t": other}}, made)
    route = made.routes["t"]
    assert (route[0], route[-1]) == (Point(*one[0]), Point(*other[-1]))
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(route))
    assert list(made.routes) == ["t"]
