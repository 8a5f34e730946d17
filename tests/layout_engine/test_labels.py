from __future__ import annotations

from editor.geometry import Point, Rect
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.labels import LabelPlaces
from editor.layout_engine.plan import Edge, Node, NodeKind, Plan

WIDE = Edge(id="t", source="a", target="b", label=(60, 20))


def plan(*nodes: Node) -> Plan:
    ends = (
        Node(id="a", kind=NodeKind.SIMPLE, width=80, height=40),
        Node(id="b", kind=NodeKind.SIMPLE, width=80, height=40),
    )
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=(*ends, *nodes))
    return Plan(root=root, edges=(WIDE,))


def drawing(**more: Rect) -> Drawing:
    rects = {"root": Rect(0, 0, 600, 300), "a": Rect(0, 0, 80, 40), "b": Rect(400, 0, 80, 40), **more}
    return Drawing(rects, {"t": (Point(80, 20), Point(400, 20))}, {})


def test_a_label_stands_in_the_middle_of_a_free_line() -> None:
    made = drawing()
    LabelPlaces(plan(), made).place([WIDE])
    assert made.labels["t"] == Rect(210, 10, 60, 20)


def test_a_label_keeps_off_boxes_other_labels_and_other_lines() -> None:
    made = drawing(c=Rect(200, 0, 60, 40))
    made.routes["u"] = (Point(300, -100), Point(300, 100))
    made.labels["u"] = Rect(310, 0, 40, 40)
    LabelPlaces(plan(Node(id="c", kind=NodeKind.SIMPLE, width=60, height=40)), made).place([WIDE])
    label = made.labels["t"]
    assert not any(label.intersects(each) for each in (*list(made.rects.values())[1:], made.labels["u"]))
    assert not label.x <= 300 <= label.right


def test_a_label_does_not_lie_on_the_border_of_a_container_nor_on_its_title() -> None:
    inner = Node(id="d", kind=NodeKind.SIMPLE, width=10, height=10)
    outer = Node(id="c", kind=NodeKind.COMPOSITE, width=10, height=10, header=32, children=(inner,))
    made = drawing(c=Rect(180, -20, 150, 200), d=Rect(190, 150, 10, 10))
    LabelPlaces(plan(outer), made).place([WIDE])
    label, box = made.labels["t"], made.rects["c"]
    assert not label.intersects(box) or box.encloses(label)
    assert not label.intersects(Rect(box.x, box.y, box.width, 32))


def test_a_label_that_lies_on_something_is_moved_along_its_line_or_beside_it() -> None:
    made = drawing(c=Rect(200, 0, 60, 40))
    made.labels["t"] = Rect(210, 10, 60, 20)
    places = LabelPlaces(plan(Node(id="c", kind=NodeKind.SIMPLE, width=60, height=40)), made)
    assert places.settle([WIDE]) == []
    assert not made.labels["t"].intersects(made.rects["c"])
    line = Rect.between(*made.routes["t"])
    assert made.labels["t"].grown(14).intersects(line)


def test_a_label_without_any_free_place_is_told_with_the_lines_under_it() -> None:
    made = drawing(c=Rect(60, -60, 360, 160))
    made.labels["t"] = Rect(210, 10, 60, 20)
    made.routes["u"] = (Point(240, -100), Point(240, 200))
    places = LabelPlaces(plan(Node(id="c", kind=NodeKind.SIMPLE, width=360, height=160)), made)
    assert places.settle([WIDE]) == [WIDE]
    made.labels["t"] = Rect(210, 10, 60, 20)
    assert places.crossed_by(WIDE) == {"u"}


def test_a_label_keeps_off_both_sides_of_a_ring_above_a_wide_name() -> None:
    ring = Node(id="c", kind=NodeKind.RING, width=28, height=28, name=(300, 60))
    made = drawing(c=Rect(400, 10, 28, 28))
    made.labels["t"] = Rect(300, 10, 60, 20)
    assert LabelPlaces(plan(ring), made).settle([WIDE]) == []
    assert not made.labels["t"].intersects(ring.card(made.rects["c"]))
