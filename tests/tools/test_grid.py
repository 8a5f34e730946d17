"""The grid that was chosen: what hands place keeps to it, and to whole numbers where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Point
from editor.layout.sticking import to_grid
from editor.tools.base import Hit, HitKind
from editor.tools.create import StateTool
from editor.tools.select import SelectTool
from tests.tools.bench import Bench


def on(grid: float, tool: type[SelectTool] | type[StateTool] = SelectTool) -> Bench:
    bench = Bench(tool)
    bench.surface.grid = grid
    return bench


@pytest.mark.parametrize(("grid", "expected"), [(0.0, (651, 211)), (8.0, (648, 208)), (16.0, (656, 208))])
def test_a_dragged_state_keeps_to_it(grid: float, expected: tuple[float, float]) -> None:
    bench = on(grid)
    start = bench.middle("done")
    bench.drag(start, start.moved(211, 171))
    assert bench.box("done")[:2] == expected


@pytest.mark.parametrize(("grid", "expected"), [(0.0, 131), (8.0, 128), (16.0, 136)])
def test_a_dragged_side_keeps_to_it(grid: float, expected: float) -> None:
    bench = on(grid)
    bench.drag(Point(160, 60), Point(171, 60), Hit(kind=HitKind.RESIZE, id=bench.id("a"), handle="e"))
    assert bench.box("a")[2] == expected


@pytest.mark.parametrize(("grid", "expected"), [(0.0, (613, 257)), (8.0, (616, 256)), (16.0, (608, 256))])
def test_a_new_state_keeps_to_it(grid: float, expected: tuple[float, float]) -> None:
    bench = on(grid, StateTool)
    bench.click(Point(661, 277))
    [id] = bench.document.selection.ids
    assert bench.document.diagram.boxes[id].rect[:2] == expected


@pytest.mark.parametrize(("grid", "expected"), [(0.0, 123), (8.0, 124), (16.0, 120)])
def test_a_bend_keeps_to_half_of_it(grid: float, expected: float) -> None:
    bench = on(grid)
    id = bench.line("a")
    bench.drag(Point(200, 60), Point(200, 123), Hit(kind=HitKind.BEND, id=id, handle="0"))
    assert {point.y for point in bench.document.diagram.bends[id].points} == {60, expected}


@given(st.floats(-1e6, 1e6), st.sampled_from([0.0, 8.0, 16.0]))
def test_the_nearest_line_is_taken(value: float, grid: float) -> None:
    found = to_grid(value, grid)
    step = grid or 1.0
    assert found % step == 0
    assert abs(found - value) <= step / 2
