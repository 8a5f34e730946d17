from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.tools.base import Hit, HitKind
from editor.tools.create import StateTool
from editor.tools.place import clear_of
from editor.tools.select import SelectTool
from tests.tools.bench import Bench

SPAN = st.integers(-400, 400).map(float)
SIDE = st.integers(8, 300).map(float)
RECTS = st.builds(Rect, SPAN, SPAN, SIDE, SIDE)


def overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


@given(RECTS, st.lists(RECTS, max_size=8), st.none() | st.builds(Point, SPAN, SPAN))
def test_what_is_moved_lies_free_and_what_lies_free_is_not_moved(
    wanted: Rect, taken: list[Rect], least: Point | None
) -> None:
    found = clear_of(wanted, taken, least)
    assert (found.width, found.height) == (wanted.width, wanted.height)
    if not any(overlap(wanted, rect) for rect in taken):
        assert found == wanted
    if found != wanted:
        assert not any(overlap(found, rect) for rect in taken)
        assert least is None or (found.x >= least.x and found.y >= least.y)


def test_the_shortest_way_is_gone() -> None:
    wanted, other = Rect(10, 10, 120, 40), Rect(0, 30, 120, 40)
    assert clear_of(wanted, [other]) == Rect(10, -26, 120, 40)
    assert clear_of(wanted, [other], Point(0, 0)) == Rect(10, 86, 120, 40)


def test_where_there_is_no_room_a_state_stays_where_it_was_wanted() -> None:
    wanted = Rect(0, 0, 120, 40)
    assert clear_of(wanted, [Rect(-1000, -1000, 2000, 2000)]) == wanted


@pytest.mark.parametrize("tool", [SelectTool, StateTool])
def test_a_new_state_does_not_cover_its_neighbour(tool: type[SelectTool] | type[StateTool]) -> None:
    bench = Bench(tool)
    # just below a, which ends at 80
    if tool is SelectTool:
        bench.double_click(Point(100, 92))
    else:
        bench.click(Point(100, 92))
    [id] = bench.document.selection.ids
    assert bench.document.diagram.boxes[id].rect[:2] == (40, 96)


def test_a_new_target_does_not_cover_its_neighbour() -> None:
    bench = Bench(SelectTool)
    bench.drag(Point(300, 98), Point(100, 92), Hit(kind=HitKind.CONNECT, id=bench.id("b"), handle="s"))
    [id] = bench.document.selection.ids
    [target] = bench.document.chart.transitions[id].targets
    assert bench.document.diagram.boxes[target].rect[:2] == (40, 96)


def test_a_new_child_stays_inside_its_parent() -> None:
    bench = Bench(SelectTool)
    # between c and the name of p, where there is no room above
    bench.double_click(Point(120, 210))
    [id] = bench.document.selection.ids
    rect = bench.document.diagram.boxes[id].rect
    assert bench.document.chart.states[id].parent == bench.id("p")
    assert not overlap(rect, bench.document.diagram.boxes[bench.id("p.c")].rect)
    assert rect.x >= 16
    assert rect.y >= 48
