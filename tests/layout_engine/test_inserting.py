from __future__ import annotations

from editor.geometry import Point, Rect
from editor.layout_engine.inserting import Inside, Neighbour, spots
from editor.layout_engine.plan import Node, NodeKind

PLACES = [Rect(30, 60, 100, 40), Rect(30, 200, 100, 40), Rect(400, 60, 100, 40)]
NEW = Node(id="new", kind=NodeKind.SIMPLE, width=100, height=40)
NODE = Node(
    id="c", kind=NodeKind.COMPOSITE, width=10, height=10, header=32, place=Rect(0, 0, 700, 500),
    children=(
        *(
            Node(id=f"s{number}", kind=NodeKind.SIMPLE, width=100, height=40, place=each)
            for number, each in enumerate(PLACES)
        ),
        NEW,
    ),
)  # fmt: skip
NOTHING = Inside((), ())
SIZE = (100.0, 40.0)


def first(neighbours: list[Neighbour], inside: Inside = NOTHING) -> Rect:
    return spots(NODE, NEW, SIZE, neighbours, inside)[0]


def test_the_first_place_is_free_and_within_the_container() -> None:
    at = first([Neighbour("s2", True, 50)])
    assert not any(at.grown(10).intersects(each) for each in PLACES)
    assert Rect(0, 32, 700, 468).encloses(at)


def test_a_box_stands_beside_its_neighbour() -> None:
    for number, near in enumerate(PLACES):
        at = first([Neighbour(f"s{number}", True, 50)])
        ways = [abs(at.center.x - each.center.x) + abs(at.center.y - each.center.y) for each in PLACES]
        assert min(ways) == ways[PLACES.index(near)]


def test_a_place_under_a_line_is_avoided() -> None:
    free = first([Neighbour("s2", True, 50)])
    line = (Point(free.x - 20, free.center.y), Point(free.right + 20, free.center.y))
    assert first([Neighbour("s2", True, 50)], Inside([line], ())) != free
    assert first([Neighbour("s2", True, 50)], Inside((), [free.grown(-5)])) != free


def test_what_has_no_lines_has_places_too() -> None:
    assert first([]).y >= 32
