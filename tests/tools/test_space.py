"""The tool that makes space: the drag says which way, a ghost shows what goes, and Escape leaves no trace."""

from __future__ import annotations

import pytest

from editor.document import edits
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.tools.base import Modifier
from editor.tools.space import SpaceTool
from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench(SpaceTool)


def test_what_lies_right_of_the_line_is_pushed_by_steps_of_the_grid(bench: Bench) -> None:
    bench.drag(Point(200, 20), Point(245, 30))
    assert bench.box("b")[:2] == (288, 40)
    assert bench.box("a")[:2] == (40, 40)
    assert bench.box("p")[:2] == (40, 160)
    assert bench.surface.said == ["Insert space."]
    assert bench.surface.is_put_back
    assert bench.is_calm()
    assert bench.undo_steps() == 1
    assert bench.box("b")[:2] == (240, 40)


def test_a_drag_down_pushes_what_is_below(bench: Bench) -> None:
    bench.drag(Point(200, 100), Point(210, 180))
    assert [bench.box(path)[1] for path in ("a", "b", "p", "r")] == [40, 40, 240, 480]


def test_dragged_back_it_is_pulled_until_it_would_touch(bench: Bench) -> None:
    bench.drag(Point(200, 120), Point(200, 20))
    assert [bench.box(path)[1] for path in ("a", "p", "r")] == [40, 88, 328]


def test_it_begins_in_the_container_under_the_pointer(bench: Bench) -> None:
    bench.drag(Point(210, 280), Point(290, 280))
    assert bench.box("p.d")[0] == 256
    assert bench.box("p.c")[0] == 24
    assert bench.box("b")[:2] == (240, 40)


def test_a_ghost_and_two_lines_show_what_goes_and_how_far(bench: Bench) -> None:
    bench.carry(Point(200, 20), Point(244, 24))
    assert bench.tool.phase.name == "Pulling"
    assert bench.surface.ghost == Rect(288, 40, 232, 40)
    (here, _), (there, _) = bench.surface.snaps
    assert (here.x, there.x) == (200, 248)
    [(start, end)] = bench.surface.gaps
    assert end.x - start.x == 48
    assert bench.box("b")[:2] == (240, 40), "nothing is moved before it is let go"


def test_with_ctrl_it_goes_by_single_units(bench: Bench) -> None:
    bench.drag(Point(200, 20), Point(245, 20), modifiers=Modifier.CTRL)
    assert bench.box("b")[0] == 285


def test_escape_gives_up_without_a_trace(bench: Bench) -> None:
    before = bench.contents()
    bench.carry(Point(200, 20), Point(300, 20))
    assert bench.escape()
    bench.release(Point(300, 20))
    assert bench.contents() == before
    assert bench.is_calm()


def delete(bench: Bench, path: str) -> None:
    document = bench.document
    document.apply(edits.delete(document.chart, document.diagram, [bench.id(path)]))


def test_what_is_deleted_meanwhile_is_not_pushed(bench: Bench) -> None:
    bench.carry(Point(200, 20), Point(280, 20))
    delete(bench, "b")
    bench.release(Point(280, 20))
    assert bench.box("done")[0] == 520
    assert bench.is_calm()


def test_a_drag_ends_with_the_state_that_it_is_in(bench: Bench) -> None:
    bench.carry(Point(210, 280), Point(290, 280))
    delete(bench, "p")
    before = bench.contents()
    bench.release(Point(290, 280))
    assert bench.contents() == before
    assert bench.tool.phase.name == "Waiting"
    assert bench.is_calm()


def test_a_click_alone_does_nothing(bench: Bench) -> None:
    before = bench.contents()
    bench.click(Point(200, 20))
    assert bench.contents() == before


def test_where_nothing_lies_beyond_one_is_told(bench: Bench) -> None:
    bench.press(Point(2000, 20))
    bench.move(Point(2100, 20))
    with pytest.raises(ChartError, match="Nothing lies beyond"):
        bench.release(Point(2100, 20))
    bench.tool.cancel()
    assert bench.is_calm()
