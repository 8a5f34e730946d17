from __future__ import annotations

import pytest

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.tools.base import Hit, HitKind, Modifier
from editor.tools.select import SelectTool
from tests.charts import MEASURE
from tests.tools.bench import Bench

HANDLES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


@pytest.fixture
def bench() -> Bench:
    return Bench(SelectTool)


def corner(bench: Bench, path: str, handle: str) -> Point:
    rect = bench.surface.rect(bench.id(path))
    assert rect is not None
    x = rect.x if "w" in handle else rect.right if "e" in handle else rect.center.x
    y = rect.y if "n" in handle else rect.bottom if "s" in handle else rect.center.y
    return Point(x, y)


def grip(bench: Bench, path: str, handle: str) -> Hit:
    return Hit(kind=HitKind.RESIZE, id=bench.id(path), handle=handle)


def pull(bench: Bench, path: str, handle: str, dx: float, dy: float) -> None:
    start = corner(bench, path, handle)
    bench.drag(start, start.moved(dx, dy), grip(bench, path, handle))


@pytest.mark.parametrize(
    ("handle", "expected"),
    [
        ("n", (240, 24, 120, 56)), ("ne", (240, 24, 144, 56)), ("e", (240, 40, 144, 40)),
        ("se", (240, 40, 144, 24 + 40)), ("s", (240, 40, 120, 64)), ("sw", (216, 40, 144, 64)),
        ("w", (216, 40, 144, 40)), ("nw", (216, 24, 144, 56)),
    ],
)  # fmt: skip
def test_each_handle_moves_its_own_sides(
    bench: Bench, handle: str, expected: tuple[float, float, float, float]
) -> None:
    pull(bench, "b", handle, -24 if "w" in handle else 24, -16 if "n" in handle else 24)
    assert bench.box("b") == expected
    assert bench.document.undo_stack.undo_label == "Resize “b”"
    assert bench.undo_steps() == 1


@pytest.mark.parametrize("handle", HANDLES)
def test_no_handle_makes_it_smaller_than_its_text_and_the_far_side_stays(bench: Bench, handle: str) -> None:
    least = sizes.state_size(bench.document.chart, bench.id("b"), MEASURE)
    before = Rect(*bench.box("b"))
    pull(bench, "b", handle, 400 if "w" in handle else -400, 400 if "n" in handle else -400)
    after = Rect(*bench.box("b"))
    assert (after.width, after.height) >= least
    assert after.right == before.right if "w" in handle else after.x == before.x
    assert after.bottom == before.bottom if "n" in handle else after.y == before.y


@pytest.mark.parametrize("handle", HANDLES)
def test_children_stay_inside_and_where_they_are(bench: Bench, handle: str) -> None:
    before = {path: bench.surface.rect(bench.id(path)) for path in ("p.c", "p.d")}
    pull(bench, "p", handle, 300 if "w" in handle else -300, 300 if "n" in handle else -300)
    around = bench.surface.rect(bench.id("p"))
    assert around is not None
    for path, rect in before.items():
        assert rect is not None
        assert bench.surface.rect(bench.id(path)) == rect
        assert around.encloses(rect)


@pytest.mark.parametrize("handle", HANDLES)
def test_a_composite_that_grows_leaves_its_children_in_place(bench: Bench, handle: str) -> None:
    before = bench.surface.rect(bench.id("p.c"))
    pull(bench, "p", handle, -80 if "w" in handle else 80, -80 if "n" in handle else 80)
    assert bench.surface.rect(bench.id("p.c")) == before


def test_the_parent_grows_with_a_child(bench: Bench) -> None:
    pull(bench, "p.d", "se", 200, 200)
    around, inner = bench.surface.rect(bench.id("p")), bench.surface.rect(bench.id("p.d"))
    assert around is not None
    assert inner is not None
    assert around.encloses(inner)
    assert bench.undo_steps() == 1


def test_what_the_parent_grew_it_gives_back_within_a_drag(bench: Bench) -> None:
    before = bench.box("p")
    start = corner(bench, "p.d", "se")
    bench.press(start, grip(bench, "p.d", "se"))
    bench.move(start.moved(300, 300))
    bench.move(start)
    bench.release(start)
    assert bench.box("p") == before
    assert bench.undo_steps() == 0


def test_escape_puts_everything_back(bench: Bench) -> None:
    before = bench.contents()
    start = corner(bench, "p.d", "se")
    bench.carry(start, start.moved(200, 200), grip(bench, "p.d", "se"))
    assert bench.escape()
    assert bench.contents() == before
    assert bench.is_calm()


def test_a_double_click_on_a_handle_makes_no_state(bench: Bench) -> None:
    count = len(bench.document.chart.states)
    bench.double_click(corner(bench, "p", "s"), grip(bench, "p", "s"))
    assert len(bench.document.chart.states) == count
    assert bench.tool.phase.name == "Idle"


def test_ctrl_leaves_the_grid(bench: Bench) -> None:
    start = corner(bench, "b", "e")
    bench.drag(start, start.moved(27.4, 0), grip(bench, "b", "e"), modifiers=Modifier.CTRL)
    assert bench.box("b") == (240, 40, 147, 40)


def test_with_alt_both_sides_move_about_the_middle(bench: Bench) -> None:
    start = corner(bench, "b", "se")
    bench.drag(start, start.moved(24, 16), grip(bench, "b", "se"), modifiers=Modifier.ALT)
    assert bench.box("b") == (216, 24, 168, 72)
    assert bench.undo_steps() == 1


def test_with_shift_the_proportions_stay(bench: Bench) -> None:
    start = corner(bench, "b", "se")
    bench.drag(start, start.moved(122, 3), grip(bench, "b", "se"), modifiers=Modifier.SHIFT)
    assert bench.box("b") == (240, 40, 240, 80)


def test_sides_keep_to_no_grid_where_the_settings_say_so(bench: Bench) -> None:
    path = "b"
    before = corner(bench, path, "e").x
    bench.surface.is_snapping = False
    pull(bench, path, "e", 3, 0)
    assert corner(bench, path, "e").x == before + 3
