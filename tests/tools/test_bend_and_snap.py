from __future__ import annotations

import pytest

from editor.geometry import Point
from editor.model.diagram import Label
from editor.tools.base import Hit, HitKind, Modifier
from editor.tools.bend import nearest_stretch, shifted
from editor.tools.select import SelectTool
from editor.tools.snap import to_grid
from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench(SelectTool)


# bends


def test_a_stretch_is_shifted_across_itself_and_kept_as_placed_by_hand(bench: Bench) -> None:
    id = bench.line("a")
    bench.drag(Point(200, 60), Point(260, 121), Hit(kind=HitKind.BEND, id=id, handle="0"))
    bends = bench.document.diagram.bends[id]
    assert bends.points == (Point(160, 120), Point(240, 120))
    assert not bends.auto
    assert bench.document.undo_stack.undo_label == "Bend transition"
    assert bench.undo_steps() == 1
    assert id not in bench.document.diagram.bends


def test_a_line_is_bent_where_it_is_taken(bench: Bench) -> None:
    id = bench.line("a")
    before = bench.contents()
    bench.carry(Point(190, 60), Point(190, 121), Hit(kind=HitKind.TRANSITION, id=id))
    assert bench.document.diagram.bends[id].points == (Point(160, 120), Point(240, 120))
    assert bench.escape()
    assert bench.contents() == before
    bench.drag(Point(190, 60), Point(190, 121), Hit(kind=HitKind.TRANSITION, id=id))
    assert bench.document.selection.ids == (id,)
    assert bench.undo_steps() == 1


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
    assert bench.document.diagram.bends[id].points == (Point(144, 124), Point(176, 124))


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
        (0, [(0, 20), (100, 20), (100, 80)]),
        (1, [(120, 0), (120, 80)]),
        (2, [(100, 0), (100, 100), (200, 100)]),
    ],
)
def test_the_ends_stay_and_one_stretch_moves(stretch: int, expected: list[tuple[float, float]]) -> None:
    path = (Point(0, 0), Point(100, 0), Point(100, 80), Point(200, 80))
    assert list(shifted(path, stretch, 20, 20)) == expected


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


def test_alt_sticks_to_nothing(bench: Bench) -> None:
    start = bench.middle("done")
    bench.carry(start, start.moved(203, 171), modifiers=Modifier.ALT)
    assert bench.surface.snaps == ()
    assert bench.box("done")[:2] == (643, 211)


def test_states_of_several_parents_keep_to_the_grid(bench: Bench) -> None:
    bench.click(bench.middle("p.c"))
    bench.click(bench.middle("done"), modifiers=Modifier.SHIFT)
    start = bench.middle("done")
    bench.drag(start, start.moved(19, 0), modifiers=Modifier.CTRL)
    assert bench.box("done")[0] - 440 == 16
    assert bench.box("p.c")[0] - 24 == 16


@pytest.mark.parametrize(("value", "expected"), [(3, 0), (5, 8), (-3, 0), (-5, -8), (12.5, 16)])
def test_the_grid(value: float, expected: float) -> None:
    assert to_grid(value) == expected
