"""The line between two regions is a thing to take; other sides of regions are not."""

from __future__ import annotations

import pytest

from editor.canvas.dividers import divider_at
from editor.canvas.picture import Picture
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.tools.base import Hit, HitKind
from tests.canvas.samples import shop


@pytest.mark.parametrize(
    ("region", "at", "side"),
    [
        ("left", Point(798, 200), "e"),
        ("right", Point(802, 200), "w"),
        ("left", Point(790, 200), None),
        ("left", Point(640, 200), None),
        ("left", Point(700, 73), None),
        ("right", Point(960, 200), None),
        ("l1", Point(798, 200), None),
        ("both", Point(800, 60), None),
    ],
)
def test_it_is_where_two_regions_touch(region: str, at: Point, side: str | None) -> None:
    picture = Picture(*shop(), TableMeasure())
    wanted = None if side is None else Hit(kind=HitKind.RESIZE, id=region, handle=side)
    assert divider_at(picture, region, at, 4) == wanted
