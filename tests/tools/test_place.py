from __future__ import annotations

import pytest

from editor.geometry import Point, Rect
from editor.tools.base import Hit, HitKind, KeyInput
from editor.tools.create import StateTool
from editor.tools.select import SelectTool
from tests.tools.bench import Bench


def overlap(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


@pytest.mark.parametrize(("tool", "x"), [(SelectTool, 48), (StateTool, 52)])
def test_a_new_state_does_not_cover_its_neighbour(tool: type[SelectTool] | type[StateTool], x: float) -> None:
    bench = Bench(tool)
    # just below a, which ends at 80
    if tool is SelectTool:
        bench.double_click(Point(100, 92))
    else:
        bench.click(Point(100, 92))
    [id] = bench.document.selection.ids
    assert bench.document.diagram.boxes[id].rect[:2] == (x, 96)


def test_a_new_target_does_not_cover_its_neighbour() -> None:
    bench = Bench(SelectTool)
    bench.drag(Point(300, 98), Point(100, 92), Hit(kind=HitKind.CONNECT, id=bench.id("b"), handle="s"))
    [id] = bench.document.selection.ids
    [target] = bench.document.chart.transitions[id].targets
    assert bench.document.diagram.boxes[target].rect[:2] == (48, 96)


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


def test_where_a_new_state_would_be_is_shown_and_kept() -> None:
    bench = Bench(StateTool)
    bench.move(Point(700, 63))
    # level with a and b, whose tops are at 40
    assert bench.surface.ghost == Rect(656, 40, 96, 40)
    assert any(start.y == end.y == 40 for start, end in bench.surface.snaps)
    bench.click(Point(700, 63))
    [id] = bench.document.selection.ids
    assert bench.document.diagram.boxes[id].rect == (656, 40, 96, 40)
    assert bench.is_calm()


def test_a_new_child_sticks_to_what_is_in_its_parent() -> None:
    bench = Bench(StateTool)
    bench.move(Point(127, 297))
    assert bench.surface.ghost == Rect(76, 280, 96, 40)
    bench.click(Point(127, 297))
    [id] = bench.document.selection.ids
    assert bench.surface.rect(id) == Rect(76, 280, 96, 40)
    assert bench.document.chart.states[id].parent == bench.id("p")


def test_no_place_is_shown_where_regions_find_their_own() -> None:
    bench = Bench(StateTool)
    bench.move(Point(280, 440))
    assert bench.surface.ghost is None
    assert bench.surface.drop == bench.id("r")


def test_leaving_the_tool_takes_the_place_away() -> None:
    bench = Bench(StateTool)
    bench.move(Point(700, 63))
    bench.tool.cancel()
    assert bench.is_calm()


@pytest.mark.parametrize("at", [None, Point(700, 500)])
def test_return_puts_a_state_where_the_pointer_is_or_in_the_middle(at: Point | None) -> None:
    bench = Bench(StateTool)
    bench.surface.pointer = at
    assert bench.tool.phase.wants("Return")
    bench.tool.key(KeyInput(key="Return"))
    [id] = bench.document.selection.ids
    rect = bench.surface.rect(id)
    wanted = at or Point(700, 300)
    assert rect is not None
    assert abs(rect.center.x - wanted.x) <= 8
    assert abs(rect.center.y - wanted.y) <= 8
    assert bench.surface.labels == [id]
    assert bench.surface.is_put_back
    assert bench.undo_steps() == 1
