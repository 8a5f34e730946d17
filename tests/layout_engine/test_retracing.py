from __future__ import annotations

from dataclasses import replace

import pytest

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing, Path
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan
from editor.layout_engine.retracing import is_retraced, retrace

# a stands above b, c beside both; the line leads down from a with a corner to the right
RECTS = {"a": Rect(0, 0, 80, 40), "b": Rect(60, 200, 80, 40), "c": Rect(300, 100, 80, 40)}
WAS = (Point(40, 40), Point(40, 120), Point(100, 120), Point(100, 200))
LINE = Edge(id="t", source="a", target="b", label=(50, 20), was=WAS, label_at=Rect(75, 150, 50, 20))
PLAN = Plan(
    root=Node(
        id="root", kind=NodeKind.ROOT, width=0, height=0,
        children=tuple(
            Node(id=id, kind=NodeKind.SIMPLE, width=rect.width, height=rect.height, place=rect)
            for id, rect in RECTS.items()
        ),
    ),
    edges=(LINE,),
)  # fmt: skip


def retraced(**moved: Rect) -> tuple[frozenset[str], Drawing]:
    drawing = Drawing({"root": Rect(0, 0, 0, 0), **RECTS, **moved})
    return retrace(PLAN, drawing), drawing


def test_a_line_whose_ends_moved_alike_goes_with_them() -> None:
    kept, drawing = retraced(**{id: rect.moved(500, 30) for id, rect in RECTS.items()})
    assert kept == {"t"}
    assert drawing.routes["t"] == tuple(point.moved(500, 30) for point in WAS)
    assert drawing.labels["t"] == Rect(575, 180, 50, 20)
    assert is_retraced(LINE, drawing)


@pytest.mark.parametrize(
    ("b", "route"),
    [
        (Rect(90, 200, 80, 40), (*WAS[:2], Point(130, 120), Point(130, 200))),
        (Rect(60, 250, 80, 40), (Point(40, 40), Point(40, 170), Point(100, 170), Point(100, 250))),
    ],
)
def test_a_line_is_stretched_where_its_ends_parted(b: Rect, route: Path) -> None:
    kept, drawing = retraced(b=b)
    assert kept == {"t"}
    assert drawing.routes["t"] == route
    assert not is_retraced(LINE, drawing)


def test_a_line_is_not_turned_round() -> None:
    kept, drawing = retraced(b=Rect(-200, 200, 80, 40))
    assert (kept, drawing.routes) == (frozenset(), {})


def test_a_line_that_something_came_in_the_way_of_is_led_anew() -> None:
    kept, drawing = retraced(c=Rect(30, 100, 80, 40))
    assert (kept, drawing.routes) == (frozenset(), {})


def test_where_only_the_label_has_no_room_the_line_stays_and_the_label_is_placed_anew() -> None:
    kept, drawing = retraced(c=Rect(110, 140, 80, 40))
    assert kept == frozenset()
    assert drawing.routes == {"t": WAS}
    assert drawing.labels == {}


def test_an_end_at_the_far_side_of_a_box_goes_with_that_side() -> None:
    side = (Point(80, 20), Point(340, 20), Point(340, 100))
    plan = replace(PLAN, edges=(Edge(id="t", source="a", target="c", was=side),), _lines={})
    drawing = Drawing({"root": Rect(0, 0, 0, 0), **RECTS, "a": Rect(0, 0, 120, 60)})
    assert retrace(plan, drawing) == {"t"}
    assert drawing.routes["t"] == (Point(120, 20), *side[1:])
