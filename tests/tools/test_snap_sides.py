"""A dragged side of a state sticks to what its neighbours have: lines, sizes, equal gaps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Point
from editor.tools.base import Hit, HitKind, Modifier
from editor.tools.select import SelectTool
from tests.tools.bench import PLACES, Bench

ROW = "initial: a\nstates:\n  a: {}\n  b: {}\n  c: {}\n"
Places = dict[str, tuple[float, float, float, float]]
HANDLES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")


def sized(
    places: Places, handle: str, way: tuple[float, float], modifiers: Modifier = Modifier.NONE
) -> Bench:
    """The state c with one of its handles dragged this far, still in hand."""
    bench = Bench(SelectTool, ROW, places)
    rect = bench.surface.rect(bench.id("c"))
    assert rect is not None
    start = Point(rect.right, rect.bottom)
    hit = Hit(kind=HitKind.RESIZE, id=bench.id("c"), handle=handle)
    bench.carry(start, start.moved(*way), hit, modifiers=modifiers)
    return bench


def lines(bench: Bench) -> set[tuple[float, ...]]:
    return {(*start, *end) for start, end in bench.surface.snaps}


def lengths(bench: Bench) -> list[float]:
    return sorted(abs(end.x - start.x) + abs(end.y - start.y) for start, end in bench.surface.gaps)


FAR: Places = {"a": (0, 0, 131, 51), "b": (301, 7, 130, 40), "c": (20, 400, 300, 100)}


def test_a_side_sticks_to_the_side_of_a_neighbour_and_shows_the_line() -> None:
    bench = sized(FAR, "e", (114, 0))
    assert bench.box("c") == (20, 400, 411, 100)
    assert (431, 7, 431, 500) in lines(bench)
    bench.release(Point(434, 500))
    assert bench.is_calm()
    assert bench.box("c") == (20, 400, 411, 100)
    assert bench.undo_steps() == 1


def test_a_side_sticks_where_the_middles_meet() -> None:
    # the middle of b is at 366: as far from 201 as from 531
    bench = sized({**FAR, "c": (201, 400, 300, 100)}, "e", (33, 0))
    assert bench.box("c") == (201, 400, 330, 100)
    assert (366, 7, 366, 500) in lines(bench)


def test_a_side_sticks_to_the_width_of_a_neighbour_and_tells_it_of_both() -> None:
    places = {**FAR, "c": (500, 400, 300, 100)}
    bench = sized(places, "e", (-171, 0))
    assert bench.box("c") == (500, 400, 130, 100)
    assert lengths(bench) == [130, 130]
    bench = sized(places, "w", (171, 0))
    assert bench.box("c") == (670, 400, 130, 100)


def test_a_bottom_sticks_to_the_height_of_a_neighbour() -> None:
    bench = sized({**FAR, "c": (500, 400, 300, 100)}, "s", (0, -51))
    assert bench.box("c") == (500, 400, 300, 51)
    assert lengths(bench) == [51, 51]


def test_a_side_sticks_where_the_gaps_are_equal_and_tells_them() -> None:
    row: Places = {"a": (0, 0, 100, 40), "b": (500, 0, 100, 40), "c": (137, 0, 203, 40)}
    bench = sized(row, "e", (125, 0))
    assert bench.box("c") == (137, 0, 326, 40)
    assert lengths(bench) == [37, 37]
    pillar: Places = {"a": (0, 0, 100, 40), "b": (0, 400, 100, 40), "c": (0, 77, 100, 200)}
    bench = sized(pillar, "s", (0, 88))
    assert bench.box("c") == (0, 77, 100, 286)
    assert [gap for gap in lengths(bench) if gap != 100] == [37, 37]


def test_about_the_middle_a_side_sticks_to_a_width_as_well() -> None:
    bench = sized({**FAR, "c": (500, 400, 300, 100)}, "e", (-86, 0), Modifier.ALT)
    assert bench.box("c") == (585, 400, 130, 100)


def test_in_proportion_the_leading_side_sticks_and_the_other_follows() -> None:
    bench = sized({**FAR, "c": (500, 400, 260, 80)}, "se", (-131, -20), Modifier.SHIFT)
    assert bench.box("c") == (500, 400, 130, 40)


@pytest.mark.parametrize("held", [Modifier.CTRL, Modifier.CTRL | Modifier.ALT])
def test_with_ctrl_nothing_sticks_and_no_line_is_shown(held: Modifier) -> None:
    bench = sized(FAR, "e", (113, 0), held)
    rect = bench.surface.rect(bench.id("c"))
    assert rect is not None
    assert rect.right == 433
    assert not bench.surface.snaps
    assert not bench.surface.gaps


def test_nothing_sticks_where_the_settings_say_so() -> None:
    bench = Bench(SelectTool, ROW, FAR)
    bench.surface.is_snapping = False
    hit = Hit(kind=HitKind.RESIZE, id=bench.id("c"), handle="e")
    bench.carry(Point(320, 450), Point(433.4, 450), hit)
    assert bench.box("c") == (20, 400, 413, 100)
    assert not bench.surface.snaps


def test_the_size_is_told_while_it_changes_and_no_longer() -> None:
    bench = sized(FAR, "se", (114, 26))
    assert bench.surface.drop_text == "411 × 128"
    assert bench.escape()
    assert bench.is_calm()


def test_what_text_needs_goes_before_what_sticks() -> None:
    narrow: Places = {"a": (0, 0, 13, 40), "b": (700, 0, 100, 40), "c": (0, 100, 200, 40)}
    bench = sized(narrow, "e", (-186, 0))
    assert bench.box("c")[2] > 13
    assert not any(start.x == 13 for start, _ in bench.surface.snaps)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([path for path in PLACES if path != "done"]),
    st.sampled_from(HANDLES),
    st.tuples(st.integers(-80, 80), st.integers(-80, 80)),
    st.sampled_from([Modifier.NONE, Modifier.ALT, Modifier.SHIFT, Modifier.CTRL]),
)
def test_whatever_sticks_a_size_is_one_step_and_what_is_shown_goes(
    path: str, handle: str, way: tuple[int, int], held: Modifier
) -> None:
    bench = Bench(SelectTool)
    before = bench.contents()
    rect = bench.surface.rect(bench.id(path))
    assert rect is not None
    start = Point(rect.right if "e" in handle else rect.x, rect.bottom if "s" in handle else rect.y)
    bench.drag(
        start,
        start.moved(*way),
        Hit(kind=HitKind.RESIZE, id=bench.id(path), handle=handle),
        modifiers=held,
    )
    assert bench.is_calm()
    assert bench.undo_steps() <= 1
    assert bench.contents()[3] == before[3]
