"""A rectangle whose sides are dragged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.tools.stretch import LEAST, Stretch

HANDLES = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
WAYS = st.floats(-300, 300)
RECTS = st.builds(
    Rect, st.integers(-200, 200), st.integers(-200, 200), st.integers(20, 300), st.integers(20, 300)
)
START = Rect(100, 100, 80, 40)


@pytest.mark.parametrize(
    ("handle", "way", "expected"),
    [
        ("e", (20, 9), (100, 100, 100, 40)),
        ("nw", (-20, -10), (80, 90, 100, 50)),
        ("s", (9, 20), (100, 100, 80, 60)),
    ],
)
def test_the_sides_of_the_handle_go_along(
    handle: str, way: tuple[float, float], expected: tuple[float, ...]
) -> None:
    assert Stretch(START, handle).to(*way) == expected


@pytest.mark.parametrize(
    ("handle", "way", "expected"),
    [
        ("se", (80, 0), (100, 100, 160, 80)),
        ("nw", (-80, 0), (20, 60, 160, 80)),
        ("se", (0, 20), (100, 100, 120, 60)),
        ("e", (40, 5), (100, 90, 120, 60)),
        ("n", (5, -40), (60, 60, 160, 80)),
    ],
)
def test_proportions_follow_the_way_that_changes_more(
    handle: str, way: tuple[float, float], expected: tuple[float, ...]
) -> None:
    assert Stretch(START, handle, is_kept=True).to(*way) == expected


@given(RECTS, st.sampled_from(HANDLES), WAYS, WAYS, st.booleans())
def test_the_middle_stays_where_it_is_asked_to(rect: Rect, handle: str, dx: float, dy: float, kept: bool):
    found = Stretch(rect, handle, is_centered=True, is_kept=kept).to(dx, dy)
    assert found.center == pytest.approx(rect.center)


@given(RECTS, st.sampled_from(HANDLES), WAYS, WAYS, st.booleans())
def test_the_proportions_stay_where_they_are_asked_to(
    rect: Rect, handle: str, dx: float, dy: float, centered: bool
):
    found = Stretch(rect, handle, is_centered=centered, is_kept=True).to(dx, dy)
    assert found.width / found.height == pytest.approx(rect.width / rect.height)


@given(RECTS, st.sampled_from(HANDLES), WAYS, WAYS, st.booleans(), st.booleans())
def test_a_side_never_passes_the_other(
    rect: Rect, handle: str, dx: float, dy: float, centered: bool, kept: bool
):
    found = Stretch(rect, handle, is_centered=centered, is_kept=kept).to(dx, dy)
    assert found.width >= LEAST - 1e-9
    assert found.height >= LEAST - 1e-9


@given(RECTS, st.sampled_from(HANDLES), WAYS, WAYS)
def test_the_side_across_stays(rect: Rect, handle: str, dx: float, dy: float):
    found = Stretch(rect, handle).to(dx, dy)
    if "w" in handle or "e" in handle:
        assert (found.right if "w" in handle else found.x) == pytest.approx(
            rect.right if "w" in handle else rect.x
        )
    else:
        assert (found.x, found.width) == (rect.x, rect.width)
