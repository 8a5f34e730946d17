from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.judging import crossings, judged
from editor.layout_engine.plan import Node, NodeKind, Plan


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_crossings_are_counted_pair_by_pair(given_: list[tuple[int, int, int]]) -> None:
    routes = {}
    for number, (at, low, high) in enumerate(given_):
        ends = sorted((low * 20.0, high * 20.0 + 10))
        aside = number * 200.0  # so that level ones never lie on each other, nor upright ones
        routes[f"h{number}"] = (Point(ends[0], at * 20 + 5 + aside), Point(ends[1], at * 20 + 5 + aside))
        routes[f"v{number}"] = (
            Point(at * 20 + 1 + aside, ends[0]),
            Point(at * 20 + 1 + aside, ends[1] + 900),
        )
    level = [each for id, each in routes.items() if id.startswith("h")]
    upright = [each for id, each in routes.items() if id.startswith("v")]
    wanted = sum(a.x < c.x < b.x and c.y < a.y < d.y for a, b in level for c, d in upright)
    assert crossings(routes) == wanted


def test_lines_on_each_other_count_once_and_lines_beside_each_other_do_not() -> None:
    def level(y: float, left: float = 0.0) -> tuple[Point, Point]:
        return Point(left, y), Point(left + 100, y)

    assert crossings({"a": level(0), "b": level(1, 50)}) == 1
    assert crossings({"a": level(0), "b": level(10, 50)}) == 0
    assert crossings({"a": level(0), "b": level(0, 100)}) == 0


def test_labels_that_lie_on_something_are_faults() -> None:
    box = Node(id="a", kind=NodeKind.SIMPLE, width=80, height=40)
    plan = Plan(root=Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=(box,)))
    rects = {"root": Rect(0, 0, 600, 300), "a": Rect(0, 0, 80, 40)}
    routes = {"t": (Point(0, 100), Point(300, 100)), "u": (Point(150, 50), Point(150, 90))}
    for label, bad in ((Rect(100, 92, 40, 16), 0), (Rect(60, 30, 40, 16), 1), (Rect(140, 70, 40, 16), 1)):
        assert judged(plan, Drawing(rects, routes, {"t": label})) == (bad, 0)
