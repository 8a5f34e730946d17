"""Regions lie side by side and at the border of their state, whatever is resized or grows inside them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits, ordering
from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.model.changes import BoxChange, apply_to_diagram
from editor.model.diagram import Box
from editor.model.elements import StateKind
from tests.charts import MEASURE, id_of
from tests.charts import document as document_of

MACHINE = """
initial: p
states:
  p:
    type: parallel
    states:
      x: {initial: one, states: {one: {on: {GO: two}}, two: {}}}
      y: {initial: three, states: {three: {}}}
      z: {}
"""
NAMES = ("x", "y", "z")


def made() -> Document:
    return document_of(MACHINE)


def beside() -> Document:
    """The same with its regions side by side."""
    found = made()
    places = {
        "p": (40, 40, 720, 200),
        "p.x": (0, 32, 300, 168),
        "p.y": (300, 32, 240, 168),
        "p.z": (540, 32, 180, 168),
    }
    for path, (x, y, width, height) in places.items():
        id = id_of(found.chart, path)
        box = Box(id=id, x=x, y=y, width=width, height=height)
        apply_to_diagram(found.diagram, [BoxChange(id, found.diagram.boxes[id], box)])
    inner = {"p.x.one": (24, 48, 96, 40), "p.x.two": (24, 104, 96, 40), "p.y.three": (48, 64, 96, 40)}
    for path, (x, y, width, height) in inner.items():
        id = id_of(found.chart, path)
        box = Box(id=id, x=x, y=y, width=width, height=height)
        apply_to_diagram(found.diagram, [BoxChange(id, found.diagram.boxes[id], box)])
    return found


def place(document: Document, path: str) -> Rect:
    """Where a state is on the canvas."""
    id = id_of(document.chart, path)
    box = document.diagram.boxes[id]
    corner = Boxes(document.chart, document.diagram).origin(document.chart.states[id].parent)
    return box.rect.moved(*corner)


def resize(document: Document, path: str, **sides: float) -> None:
    """Move sides of a state, by their names, to places within its parent."""
    id = id_of(document.chart, path)
    rect = document.diagram.boxes[id].rect
    left, top = sides.get("left", rect.x), sides.get("top", rect.y)
    right, bottom = sides.get("right", rect.right), sides.get("bottom", rect.bottom)
    goal = Rect(left, top, right - left, bottom - top)
    document.apply(edits.resize(document.chart, document.diagram, id, goal, measure=MEASURE))


def is_whole(document: Document) -> bool:
    """The regions share all the ground below the name of their state, none of it twice, and hold what is in them."""
    around = place(document, "p")
    header = sizes.header_height(document.chart, id_of(document.chart, "p"), MEASURE)
    rects = [place(document, f"p.{name}") for name in NAMES]
    ground = Rect(around.x, around.y + header, around.width, around.height - header)
    return (
        all(ground.encloses(rect) for rect in rects)
        and not any(a.grown(-0.5).intersects(b.grown(-0.5)) for a, b in combinations(rects, 2))
        and sum(rect.width * rect.height for rect in rects) == pytest.approx(ground.width * ground.height)
        and rects[0].encloses(place(document, "p.x.one"))
        and rects[0].encloses(place(document, "p.x.two"))
        and rects[1].encloses(place(document, "p.y.three"))
    )


def test_the_next_region_follows_the_side_that_is_dragged() -> None:
    document = made()
    around, inner, below = place(document, "p"), place(document, "p.y.three"), place(document, "p.y")
    resize(document, "p.x", bottom=document.diagram.boxes[id_of(document.chart, "p.x")].rect.bottom + 8)
    assert place(document, "p.y").y == below.y + 8
    assert place(document, "p.y").bottom == below.bottom
    assert place(document, "p.y.three") == inner
    assert place(document, "p") == around
    document.undo()
    assert place(document, "p.y") == below
    assert not document.undo_stack.can_undo


def test_a_region_that_can_get_no_smaller_gives_way_and_its_state_grows() -> None:
    document = made()
    box = document.diagram.boxes[id_of(document.chart, "p.x")]
    before = place(document, "p"), place(document, "p.z")
    resize(document, "p.x", bottom=box.rect.bottom + 400)
    assert is_whole(document)
    assert place(document, "p.x").bottom == place(document, "p.y").y
    assert place(document, "p.y").bottom == place(document, "p.z").y
    assert place(document, "p.z").bottom == place(document, "p").bottom
    assert place(document, "p").bottom > before[0].bottom
    assert place(document, "p.z").height == before[1].height


def test_the_region_before_follows_too() -> None:
    document = beside()
    before = place(document, "p.y.three")
    resize(document, "p.y", left=260)
    assert place(document, "p.x").right == place(document, "p.y").x == 40 + 260
    assert place(document, "p.y.three") == before
    resize(document, "p.y", left=20)
    assert is_whole(document)
    assert place(document, "p.x").right == place(document, "p.y").x


def test_what_grows_in_a_region_leaves_no_gap_at_its_state() -> None:
    document = made()
    region = id_of(document.chart, "p.x")
    add = edits.add_state(document.chart, document.diagram, region, Point(600, 400), measure=MEASURE)[0]
    document.apply(add)
    around = place(document, "p")
    for name in NAMES:
        rect = place(document, f"p.{name}")
        assert (rect.x, rect.right) == (around.x, around.right)
    for upper, lower in pairwise(NAMES):
        assert place(document, f"p.{upper}").bottom == place(document, f"p.{lower}").y
    assert place(document, "p.z").bottom == around.bottom
    assert is_whole(document)


def test_regions_fill_a_parallel_state_that_is_made_larger() -> None:
    document = made()
    rect = document.diagram.boxes[id_of(document.chart, "p")].rect
    resize(document, "p", left=rect.x - 16, right=rect.right + 64, bottom=rect.bottom + 40)
    around = place(document, "p")
    assert (around.width, around.height) == (rect.width + 80, rect.height + 40)
    assert all(place(document, f"p.{name}").width == around.width for name in NAMES)
    assert place(document, "p.z").bottom == around.bottom
    assert is_whole(document)
    smaller = document.diagram.boxes[id_of(document.chart, "p")].rect
    resize(document, "p", right=smaller.right - 48, bottom=smaller.bottom - 32)
    after = place(document, "p")
    assert (after.right, after.bottom) == (around.right - 48, around.bottom - 32)
    assert is_whole(document)


@pytest.mark.parametrize("start", [made, beside])
@pytest.mark.parametrize(
    "names", [["x"], ["y"], ["z"], ["x", "y"], ["y", "z"], ["x", "z"]], ids=lambda names: "".join(names)
)
@pytest.mark.parametrize("moves", [False, True])
def test_the_ground_of_regions_that_go_falls_to_those_that_stay(
    start: Callable[[], Document], names: list[str], moves: bool
) -> None:
    document = start()
    before = place(document, "p"), {name: place(document, f"p.{name}") for name in NAMES}
    inner = {path: place(document, path) for path in ("p.x.one", "p.x.two", "p.y.three")}
    chart, diagram = document.chart, document.diagram
    ids = [id_of(chart, f"p.{name}") for name in names]
    stay = [name for name in NAMES if name not in names]
    if moves:
        document.apply(edits.reparent(chart, diagram, ids, chart.root_id, measure=MEASURE))
    else:
        document.apply(edits.delete(chart, diagram, ids))
    around = place(document, "p")
    assert around == before[0]
    rects = [place(document, f"p.{name}") for name in stay]
    header = sizes.header_height(chart, id_of(chart, "p"), MEASURE)
    ground = Rect(around.x, around.y + header, around.width, around.height - header)
    assert all(ground.encloses(rect) for rect in rects)
    assert sum(rect.width * rect.height for rect in rects) == pytest.approx(ground.width * ground.height)
    assert all(place(document, path) == rect for path, rect in inner.items() if path.split(".")[1] in stay)
    document.undo()
    assert before == (place(document, "p"), {name: place(document, f"p.{name}") for name in NAMES})


@pytest.mark.parametrize(("start", "axis"), [(made, 1), (beside, 0)])
def test_a_new_region_goes_behind_the_others(start: Callable[[], Document], axis: int) -> None:
    document = start()
    last, around = place(document, "p.z"), place(document, "p")
    parent = id_of(document.chart, "p")
    edit, id = edits.add_state(document.chart, document.diagram, parent, Point(50, 60), measure=MEASURE)
    document.apply(edit)
    after, new = place(document, "p"), place(document, f"p.{document.chart.states[id].key}")
    assert place(document, "p.z") == last
    if axis:
        assert (new.x, new.right, new.y) == (around.x, around.right, last.bottom)
    else:
        assert (new.x, new.y, new.bottom) == (last.right, last.y, last.bottom)
    assert (after.right, after.bottom) == (new.right, new.bottom)


def covers(document: Document, path: str) -> bool:
    """Whether the regions of a state share all its ground, none of it twice."""
    id = id_of(document.chart, path)
    around, boxes = document.diagram.boxes[id], document.diagram.boxes
    rects = [boxes[child.id].rect for child in document.chart.children(id)]
    header = sizes.header_height(document.chart, id, MEASURE)
    ground = Rect(0, header, around.width, around.height - header)
    total = sum(rect.width * rect.height for rect in rects)
    return (
        all(ground.encloses(rect) for rect in rects)
        and total == pytest.approx(ground.width * ground.height)
        and not any(a.grown(-0.5).intersects(b.grown(-0.5)) for a, b in combinations(rects, 2))
    )


@pytest.mark.parametrize("start", [made, beside])
@pytest.mark.parametrize("in_outline", [False, True])
def test_a_state_that_is_moved_into_a_parallel_state_is_a_region_behind_the_others(
    start: Callable[[], Document], in_outline: bool
) -> None:
    document = start()
    edit, id = edits.add_state(
        document.chart, document.diagram, document.chart.root_id, Point(2000, 900), measure=MEASURE
    )
    document.apply(edit)
    inner = place(document, "p.y.three")
    chart, diagram, parent = document.chart, document.diagram, id_of(document.chart, "p")
    if in_outline:
        document.apply(ordering.put(chart, diagram, [id], parent, 0, measure=MEASURE))
    else:
        document.apply(edits.reparent(chart, diagram, [id], parent, measure=MEASURE))
    assert chart.states[id].parent == parent
    assert covers(document, "p")
    assert place(document, "p.y.three") == inner


def test_the_states_of_one_that_is_made_parallel_share_its_ground() -> None:
    document = document_of(
        "{initial: c, states: {c: {initial: d, states: {d: {}, e: {initial: f, states: {f: {}}}}}}}"
    )
    before = dict(document.diagram.boxes)
    id = id_of(document.chart, "c")
    document.apply(edits.set_kind(document.chart, document.diagram, id, StateKind.PARALLEL, measure=MEASURE))
    assert covers(document, "c")
    assert document.diagram.boxes[id_of(document.chart, "c.e.f")] == before[id_of(document.chart, "c.e.f")]
    document.undo()
    assert dict(document.diagram.boxes) == before


def test_the_first_region_has_all_the_ground() -> None:
    document, kind = made(), StateKind.PARALLEL
    root = document.chart.root_id
    edit, parent = edits.add_state(
        document.chart, document.diagram, root, Point(900, 0), kind=kind, measure=MEASURE
    )
    document.apply(edit)
    edit, id = edits.add_state(document.chart, document.diagram, parent, Point(50, 60), measure=MEASURE)
    document.apply(edit)
    around, new = document.diagram.boxes[parent], document.diagram.boxes[id]
    assert (around.width, around.height) == (320, 160)
    assert new.rect == Rect(0, sizes.HEADER, 320, 160 - sizes.HEADER)


@pytest.mark.parametrize("start", [made, beside])
@pytest.mark.parametrize(("side", "by"), [("left", 8), ("top", 16), ("right", -24), ("bottom", -8)])
def test_a_side_that_is_the_border_of_the_parallel_state_moves_that(
    start: Callable[[], Document], side: str, by: int
) -> None:
    document = start()
    resize(document, "p", left=0, top=0, right=900, bottom=600)
    inner, around = place(document, "p.y.three"), place(document, "p")
    ends = {"left": "p.x", "top": "p.x", "right": "p.z", "bottom": "p.z"}
    path = ends[side]
    rect = document.diagram.boxes[id_of(document.chart, path)].rect
    now = {"left": rect.x, "top": rect.y, "right": rect.right, "bottom": rect.bottom}[side]
    resize(document, path, **{side: now + by})
    moved = place(document, "p")
    sides = [moved.x - around.x, moved.y - around.y, moved.right - around.right, moved.bottom - around.bottom]
    assert sides == [by if name == side else 0 for name in ("left", "top", "right", "bottom")]
    assert is_whole(document)
    assert place(document, "p.y.three") == inner
    document.undo()
    assert place(document, "p") == around


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([made, beside]),
    st.lists(
        st.tuples(
            st.sampled_from([*(f"p.{name}" for name in NAMES), "p", "p.x.two", "p.y.three"]),
            st.sampled_from(["left", "top", "right", "bottom"]),
            st.integers(-30, 30).map(lambda number: number * 8),
        ),
        max_size=6,
    ),
)
def test_whatever_is_resized_regions_stay_apart_and_inside(
    start: object, deeds: list[tuple[str, str, int]]
) -> None:
    document = start()  # type: ignore[operator]
    for path, side, way in deeds:
        rect = document.diagram.boxes[id_of(document.chart, path)].rect
        now = {"left": rect.x, "top": rect.y, "right": rect.right, "bottom": rect.bottom}[side]
        resize(document, path, **{side: now + way})
        assert is_whole(document), (path, side, way)


@pytest.mark.parametrize("path", ["p.x.one", "p.y.three"])
def test_nudging_inside_a_region_leaves_its_state_as_it_is(path: str) -> None:
    document = made()
    before = {name: place(document, f"p.{name}") for name in NAMES}, place(document, "p")
    nudge = edits.nudge(
        document.chart, document.diagram, [id_of(document.chart, path)], 1, 1, measure=MEASURE
    )
    document.apply(nudge)
    assert ({name: place(document, f"p.{name}") for name in NAMES}, place(document, "p")) == before
