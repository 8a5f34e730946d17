"""Equal gaps: a dragged state stands as far from its neighbours as they stand from one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout.gaps import Gap, beside, equal, gap_turned, offers, turned
from editor.tools.base import Modifier
from editor.tools.select import SelectTool
from tests.tools.bench import Bench

ROW = "initial: a\nstates:\n  a: {}\n  b: {}\n  c: {}\n"
LEVEL = {"a": (0, 0, 100, 40), "b": (137, 6, 100, 40), "c": (400, 200, 110, 40)}
UPRIGHT = {"a": (0, 0, 100, 40), "b": (6, 77, 100, 40), "c": (400, 300, 100, 44)}
APART = {"a": (0, 0, 100, 40), "b": (333, 6, 100, 40), "c": (600, 200, 90, 30)}


@pytest.mark.parametrize(
    ("places", "corner", "expected", "gaps"),
    [
        (LEVEL, (271, 3), (274, 0), [((100, 23), (137, 23)), ((237, 23), (274, 23))]),
        (LEVEL, (-150, 3), (-147, 0), [((-37, 20), (0, 20)), ((100, 23), (137, 23))]),
        (UPRIGHT, (4, 151), (6, 154), [((53, 40), (53, 77)), ((56, 117), (56, 154))]),
        (APART, (174, 11), (171.5, 11), [((100, 25.5), (171.5, 25.5)), ((261.5, 26), (333, 26))]),
    ],
)  # fmt: skip
def test_a_state_sticks_where_the_gaps_are_equal(
    places: dict[str, tuple[float, float, float, float]],
    corner: tuple[float, float],
    expected: tuple[float, float],
    gaps: list[tuple[tuple[float, float], tuple[float, float]]],
) -> None:
    bench = Bench(SelectTool, ROW, places)
    x, y, *_ = places["c"]
    start = Point(x + 20, y + 20)
    bench.carry(start, start.moved(corner[0] - x, corner[1] - y))
    assert bench.box("c")[:2] == expected
    assert [(tuple(each[0]), tuple(each[1])) for each in bench.surface.gaps] == gaps
    bench.release(start.moved(corner[0] - x, corner[1] - y))
    assert bench.is_calm()


def test_with_alt_nothing_sticks_and_no_gap_is_shown() -> None:
    bench = Bench(SelectTool, ROW, LEVEL)
    bench.press(Point(420, 220))
    bench.move(Point(291, 23), modifiers=Modifier.ALT)
    assert bench.box("c")[:2] == (271, 3)
    assert bench.surface.gaps == ()


def test_escape_takes_the_gaps_away() -> None:
    bench = Bench(SelectTool, ROW, LEVEL)
    bench.carry(Point(420, 220), Point(291, 23))
    assert bench.surface.gaps
    assert bench.escape()
    assert bench.is_calm()


numbers = st.integers(-400, 400)
rects = st.builds(Rect, numbers, numbers, st.integers(1, 200), st.integers(1, 200))


@given(rects, st.lists(rects, max_size=8))
def test_after_every_offer_a_gap_beside_is_as_wide_as_another(rect: Rect, others: list[Rect]) -> None:
    lane = beside(rect, others)
    for way in offers(rect, lane, 50):
        moved = rect.moved(way, 0)
        assert abs(way) <= 50
        shown = equal(moved, lane)
        assert len(shown) >= 2
        assert any(gap.end.x == moved.x or gap.start.x == moved.right for gap in shown)


@given(rects, st.lists(rects, max_size=8))
def test_gaps_are_free_and_as_wide_as_another(rect: Rect, others: list[Rect]) -> None:
    lane = beside(rect, others)
    shown = equal(rect, lane)
    for gap in shown:
        assert not any(each.x < gap.end.x and each.right > gap.start.x for each in (*lane, rect))
        assert any(each is not gap and abs(each.length - gap.length) < 0.5 for each in shown)


@given(rects, numbers, numbers)
def test_turning_twice_changes_nothing(rect: Rect, x: int, y: int) -> None:
    assert turned(turned(rect)) == rect
    gap = Gap(Point(x, y), Point(y, x))
    assert gap_turned(gap_turned(gap)) == gap
    assert gap_turned(gap).length == gap.length
