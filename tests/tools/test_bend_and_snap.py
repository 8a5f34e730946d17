from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout.paths import Side, orthogonal, sides, simplified, through
from editor.layout.sticking import to_grid
from editor.model.diagram import Label
from editor.tools.base import Hit, HitKind, Modifier
from editor.tools.bend import carried, nearest_stretch, shifted
from editor.tools.create import StateTool
from editor.tools.select import SelectTool
from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench(SelectTool)


# bends


def test_a_stretch_is_shifted_across_itself_and_kept_as_placed_by_hand(bench: Bench) -> None:
    id = bench.line("a")
    bench.drag(Point(200, 60), Point(260, 121), Hit(kind=HitKind.BEND, id=id, handle="0"))
    bends = bench.document.diagram.bends[id]
    assert bends.points == (Point(180, 60), Point(180, 120), Point(220, 120), Point(220, 60))
    assert not bends.auto
    assert bench.document.undo_stack.undo_label == "Bend transition"
    assert bench.undo_steps() == 1
    assert id not in bench.document.diagram.bends


def test_a_line_is_bent_where_it_is_taken(bench: Bench) -> None:
    id = bench.line("a")
    before = bench.contents()
    bench.carry(Point(190, 60), Point(190, 121), Hit(kind=HitKind.TRANSITION, id=id))
    assert bench.document.diagram.bends[id].points == (
        Point(180, 60),
        Point(180, 120),
        Point(220, 120),
        Point(220, 60),
    )
    assert bench.escape()
    assert bench.contents() == before
    bench.drag(Point(190, 60), Point(190, 121), Hit(kind=HitKind.TRANSITION, id=id))
    assert bench.document.selection.ids == (id,)
    assert bench.undo_steps() == 1


def test_a_way_point_is_dragged_any_way_and_its_stretches_go_along(bench: Bench) -> None:
    id = bench.line("a")
    bench.drag(Point(200, 60), Point(260, 121), Hit(kind=HitKind.BEND, id=id, handle="0"))
    bench.document.selection.replace([id])
    before = bench.contents()
    bench.drag(Point(180, 120), Point(170, 149), Hit(kind=HitKind.WAY, id=id, handle="1"))
    points = bench.document.diagram.bends[id].points
    assert points == (Point(168, 60), Point(168, 148), Point(220, 148), Point(220, 60))
    assert bench.document.selection.ids == (id,)
    assert bench.document.undo_stack.undo_label == "Bend transition"
    bench.document.undo()
    assert bench.contents() == before
    bench.carry(Point(220, 120), Point(300, 200), Hit(kind=HitKind.WAY, id=id, handle="2"))
    assert bench.escape()
    assert bench.contents() == before


def test_a_way_point_within_a_composite_goes_where_the_hand_goes(bench: Bench) -> None:
    id = bench.line("p.c")
    bench.drag(Point(200, 244), Point(200, 284), Hit(kind=HitKind.BEND, id=id, handle="0"))
    before = bench.document.diagram.bends[id].points
    bench.drag(Point(0, 0), Point(6, 12), Hit(kind=HitKind.WAY, id=id, handle="1"))
    after = bench.document.diagram.bends[id].points
    assert after == (before[0].moved(6, 0), before[1].moved(6, 12), before[2].moved(0, 12), before[3])


@given(
    st.lists(st.integers(-20, 20).filter(bool), min_size=1, max_size=8),
    st.booleans(),
    st.integers(0, 8),
    st.tuples(st.integers(-99, 99), st.integers(-99, 99)),
)
def test_stretches_stay_straight_whichever_way_point_is_dragged(
    steps: list[int], is_level: bool, number: int, by: tuple[int, int]
) -> None:
    points = [Point(0, 0)]
    for each in steps:
        points.append(points[-1].moved(each, 0) if is_level else points[-1].moved(0, each))
        is_level = not is_level
    number %= len(points)
    goal = points[number].moved(*by)
    after = carried(tuple(points), number, goal)
    assert after[number] == goal
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(after))
    assert after[: max(number - 1, 0)] == tuple(points[: max(number - 1, 0)])
    assert after[number + 2 :] == tuple(points[number + 2 :])


@pytest.mark.parametrize(
    ("at", "stretch"),
    [((50, 3), 0), ((99, 40), 1), ((103, 70), 1), ((150, 90), 2), ((-20, 0), 0), ((300, 80), 2)],
)
def test_the_nearest_stretch_is_taken(at: tuple[float, float], stretch: int) -> None:
    path = (Point(0, 0), Point(100, 0), Point(100, 80), Point(200, 80))
    assert nearest_stretch(path, Point(*at)) == stretch


def test_bends_inside_a_composite_are_kept_within_it(bench: Bench) -> None:
    id = bench.line("p.c")
    bench.drag(Point(200, 244), Point(200, 284), Hit(kind=HitKind.BEND, id=id, handle="0"))
    assert bench.document.diagram.bends[id].points == (
        Point(154, 84),
        Point(154, 124),
        Point(166, 124),
        Point(166, 84),
    )


def test_escape_straightens_it_again(bench: Bench) -> None:
    before = bench.contents()
    hit = Hit(kind=HitKind.BEND, id=bench.line("a"), handle="0")
    bench.carry(Point(200, 60), Point(200, 140), hit)
    assert bench.escape()
    assert bench.contents() == before
    assert bench.is_calm()


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        (0, [(20, 0), (20, 20), (100, 20), (100, 80)]),
        (1, [(120, 0), (120, 80)]),
        (2, [(100, 0), (100, 100), (180, 100), (180, 80)]),
    ],
)
def test_the_ends_stay_and_one_stretch_moves(stretch: int, expected: list[tuple[float, float]]) -> None:
    path = (Point(0, 0), Point(100, 0), Point(100, 80), Point(200, 80))
    assert list(shifted(path, stretch, 20, 20)) == expected


SOURCE, TARGET = Rect(-80, -20, 80, 60), Rect(200, 40, 80, 60)


@pytest.mark.parametrize(
    ("dy", "expected"),
    [
        (20, [(100, 20), (100, 80)]),
        (32, [(100, 32), (100, 80)]),
        (36, [(20, 0), (20, 36), (100, 36), (100, 80)]),
        (-16, [(20, 0), (20, -16), (100, -16), (100, 80)]),
    ],
)
def test_an_end_slides_along_its_side_and_no_further(dy: float, expected: list[tuple[float, float]]) -> None:
    path = (Point(0, 0), Point(100, 0), Point(100, 80), Point(200, 80))
    assert list(shifted(path, 0, 0, dy, (SOURCE, TARGET))) == expected


def test_a_straight_transition_slides_where_both_sides_have_room(bench: Bench) -> None:
    id = bench.line("a")
    bench.drag(Point(200, 60), Point(200, 69), Hit(kind=HitKind.TRANSITION, id=id))
    assert bench.document.diagram.bends[id].points == (Point(200, 68),)


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(st.integers(-40, 40), st.integers(-40, 40)),
    st.tuples(st.integers(-300, 300), st.integers(-300, 300)),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_bent_transition_still_leads_from_border_to_border(
    where: tuple[int, int], way: tuple[int, int], stretch: int, is_inside: bool
) -> None:
    source = Rect(0, 0, 400, 400) if is_inside else Rect(0, 0, 120, 80)
    target = Rect(200 + where[0] * 4, 200 + where[1] * 4, 80, 60)
    a, b = sides(source, target)
    start = {Side.TOP: Point(60, 0), Side.BOTTOM: Point(60, source.bottom), Side.LEFT: Point(0, 40)}.get(
        a, Point(source.right, 40)
    )
    middle = target.center
    end = {
        Side.TOP: Point(middle.x, target.y), Side.BOTTOM: Point(middle.x, target.bottom),
        Side.LEFT: Point(target.x, middle.y),
    }.get(b, Point(target.right, middle.y))  # fmt: skip
    path = simplified(orthogonal(start, a.flipped if is_inside else a, end, b))
    bends = shifted(path, stretch % (len(path) - 1), *way, (source, target))
    found = through(source, bends, target)
    assert all(here.x == there.x or here.y == there.y for here, there in pairwise(found))
    for rect, point in ((source, found[0]), (target, found[-1])):
        assert rect.contains(point)
        assert point.x in (rect.x, rect.right) or point.y in (rect.y, rect.bottom)


def test_a_label_is_dragged_and_put_back(bench: Bench) -> None:
    id, hit = bench.line("a"), Hit(kind=HitKind.LABEL, id=bench.line("a"))
    before = bench.contents()
    bench.carry(Point(200, 60), Point(210, 100), hit)
    assert bench.document.diagram.bends[id].label == Label(along=0.5, dx=10, dy=40)
    assert bench.escape()
    assert bench.contents() == before
    bench.drag(Point(200, 60), Point(210, 100), hit)
    assert bench.document.selection.ids == (id,)
    assert bench.document.undo_stack.undo_label == "Move label"
    assert bench.undo_steps() == 1


def test_a_click_on_a_label_moves_nothing(bench: Bench) -> None:
    bench.click(Point(200, 60), Hit(kind=HitKind.LABEL, id=bench.line("a")))
    assert bench.document.selection.ids == (bench.line("a"),)
    assert bench.undo_steps() == 0


# snapping


def test_an_edge_sticks_to_a_neighbours_edge_and_shows_the_line(bench: Bench) -> None:
    start = bench.middle("done")
    bench.carry(start, start.moved(200, 5))
    assert bench.box("done")[:2] == (640, 44)
    assert any(a.y == b.y == 60 for a, b in bench.surface.snaps)
    bench.release(start.moved(200, 5))
    assert bench.surface.snaps == ()


def test_far_from_everything_it_sticks_to_the_grid(bench: Bench) -> None:
    start = bench.middle("done")
    bench.drag(start, start.moved(203, 171))
    x, y, _, _ = bench.box("done")
    assert (x % 8, y % 8) == (0, 0)


def test_alt_on_the_way_sticks_to_nothing(bench: Bench) -> None:
    start = bench.middle("done")
    bench.press(start)
    bench.move(start.moved(203, 171), modifiers=Modifier.ALT)
    assert bench.surface.snaps == ()
    assert bench.box("done")[:2] == (643, 211)


def test_nothing_sticks_where_the_settings_say_so(bench: Bench) -> None:
    bench.surface.is_snapping = False
    start = bench.middle("done")
    bench.drag(start, start.moved(203, 171))
    assert bench.surface.snaps == ()
    assert bench.box("done")[:2] == (643, 211)


def test_states_of_several_parents_keep_to_the_grid(bench: Bench) -> None:
    bench.click(bench.middle("p.c"))
    bench.click(bench.middle("done"), modifiers=Modifier.SHIFT)
    start = bench.middle("done")
    bench.carry(start, start.moved(19, 0))
    assert bench.box("done")[0] - 440 == 16
    assert bench.box("p.c")[0] - 24 == 16


FREE = [(True, Modifier.CTRL), (False, Modifier.NONE), (True, Modifier.ALT)]


@pytest.mark.parametrize(("is_snapping", "held"), FREE)
def test_a_bend_goes_where_the_hand_goes_when_nothing_is_to_stick(
    bench: Bench, is_snapping: bool, held: Modifier
) -> None:
    bench.surface.is_snapping = is_snapping
    id = bench.line("a")
    hit = Hit(kind=HitKind.BEND, id=id, handle="0")
    bench.drag(Point(200, 60), Point(200, 123.2), hit, modifiers=held)
    assert {point.y for point in bench.document.diagram.bends[id].points} == {60, 123}


@pytest.mark.parametrize(("is_snapping", "held"), FREE)
def test_a_state_goes_to_whole_numbers_when_nothing_is_to_stick(
    bench: Bench, is_snapping: bool, held: Modifier
) -> None:
    bench.surface.is_snapping = is_snapping
    start = bench.middle("done")
    bench.press(start)
    bench.move(start.moved(203.3, 170.8), modifiers=held)
    assert bench.surface.snaps == ()
    assert bench.box("done")[:2] == (643, 211)


@pytest.mark.parametrize(("is_snapping", "held"), FREE)
def test_a_new_state_goes_where_the_hand_is_when_nothing_is_to_stick(
    is_snapping: bool, held: Modifier
) -> None:
    bench = Bench(StateTool)
    bench.surface.is_snapping = is_snapping
    bench.click(Point(661, 277), modifiers=held)
    [id] = bench.document.selection.ids
    assert bench.document.diagram.boxes[id].rect[:2] == (613, 257)


@pytest.mark.parametrize(("value", "expected"), [(3, 0), (5, 8), (-3, 0), (-5, -8), (12.5, 16)])
def test_the_grid(value: float, expected: float) -> None:
    assert to_grid(value) == expected


# what is near on the screen, however near or far the chart is seen

PAIR = "initial: a\nstates: {a: {}, b: {}}"
APART = {"a": (43.0, 43.0, 120.0, 40.0), "b": (43.0, 203.0, 120.0, 40.0)}
SCALES = pytest.mark.parametrize("scale", [0.2, 0.5, 1.0, 2.0, 4.0])


def beside(pixels: float, scale: float) -> Bench:
    """A state that is carried so many screen pixels beside the line of another."""
    made = Bench(SelectTool, PAIR, APART)
    start = made.middle("b")
    made.press(start, scale=scale)
    made.move(start.moved(200, 0), scale=scale)
    made.move(start.moved(pixels / scale, 0), scale=scale)
    return made


@SCALES
def test_an_edge_sticks_where_it_is_near_on_the_screen(scale: float) -> None:
    made = beside(4.9, scale)
    assert made.box("b")[0] == pytest.approx(43)
    assert made.surface.snaps
    made = beside(5.1, scale)
    assert made.box("b")[0] == pytest.approx(to_grid(43 + 5.1 / scale))
    assert not made.surface.snaps


@SCALES
def test_a_side_sticks_where_it_is_near_on_the_screen(scale: float) -> None:
    for pixels, width in ((4.9, 120.0), (5.1, to_grid(163 + 5.1 / scale) - 43)):
        made = Bench(SelectTool, PAIR, APART)
        at = Point(163, 223)
        made.press(at, Hit(kind=HitKind.RESIZE, id=made.id("b"), handle="e"), scale=scale)
        made.move(at.moved(100, 0), scale=scale)
        made.move(at.moved(pixels / scale, 0), scale=scale)
        assert made.box("b") == pytest.approx((43, 203, width, 40))


@SCALES
def test_a_new_state_sticks_where_it_is_near_on_the_screen(scale: float) -> None:
    made = Bench(StateTool, PAIR, APART)
    for pixels, x in ((4.5, 43.0), (5.5, to_grid(43 - 5.5 / scale))):
        made.move(Point(43 + 48 - pixels / scale, 500), scale=scale)
        assert made.surface.ghost is not None
        assert made.surface.ghost.x == pytest.approx(x)
