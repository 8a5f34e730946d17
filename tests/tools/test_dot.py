"""Initial dots are taken by hand, and stay in their state."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.tools.base import Hit, HitKind, Modifier
from editor.tools.select import SelectTool, cursor_of
from tests.tools.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench(SelectTool)


def hit(bench: Bench, path: str = "") -> Hit:
    return Hit(kind=HitKind.INITIAL, id=bench.initial(path))


def test_a_dot_is_dragged_inside_its_state(bench: Bench) -> None:
    start = bench.dot("p")
    bench.carry(start, Point(start.x + 21, 296), hit(bench, "p"))
    assert bench.tool.phase.name == "DotMoving"
    assert bench.dot("p") == Point(144, 296)
    bench.release(Point(start.x + 21, 296))
    assert bench.document.diagram.boxes[bench.id("p")].initial == Point(104, 136)
    assert bench.document.selection.ids == (bench.initial("p"),)
    assert bench.document.undo_stack.undo_label == "Move initial dot"
    assert bench.undo_steps() == 1
    assert bench.dot("p") == start


def test_undoing_selects_the_arrow_again(bench: Bench) -> None:
    for path in ("", "p"):
        start = bench.dot(path)
        bench.drag(start, start.moved(0, 60), hit(bench, path))
        bench.document.selection.replace([])
        bench.document.undo()
        assert bench.document.selection.ids == (bench.initial(path),)
        bench.document.redo()
        assert bench.document.selection.ids == (bench.initial(path),)


def test_escape_puts_it_back_exactly(bench: Bench) -> None:
    bench.click(bench.middle("b"))
    before = bench.contents()
    for path in ("", "p"):
        start = bench.dot(path)
        bench.carry(start, start.moved(40, 80), hit(bench, path))
        assert bench.contents() != before
        assert bench.escape()
        assert bench.contents() == before
        assert bench.is_calm()


def test_a_click_selects_and_moves_nothing(bench: Bench) -> None:
    bench.click(bench.dot("p"), hit(bench, "p"))
    assert bench.document.selection.ids == (bench.initial("p"),)
    assert bench.undo_steps() == 0
    assert cursor_of(hit(bench, "p")) == "move"


def test_it_sticks_to_the_middle_of_a_neighbour_and_shows_the_line(bench: Bench) -> None:
    start, goal = bench.dot("p"), Point(bench.middle("p.d").x + 3, 296)
    bench.carry(start, goal, hit(bench, "p"))
    assert bench.dot("p").x == bench.middle("p.d").x
    assert any(a.x == b.x == bench.middle("p.d").x for a, b in bench.surface.snaps)
    bench.release(goal)
    assert bench.surface.snaps == ()


def test_the_dot_of_the_machine_goes_anywhere(bench: Bench) -> None:
    start = bench.dot()
    bench.drag(start, Point(-80, -160), hit(bench))
    assert bench.dot() == Point(-80, -160)
    assert bench.undo_steps() == 1


@settings(max_examples=100, deadline=None)
@given(st.integers(-100, 900), st.integers(-100, 900), st.booleans(), st.sampled_from(["", "p", "r.left"]))
def test_wherever_it_is_dragged_it_is_inside_its_state_and_on_no_other(
    x: int, y: int, free: bool, path: str
) -> None:
    bench = Bench(SelectTool)
    modifiers = Modifier.ALT if free else Modifier.NONE
    bench.drag(bench.dot(path), Point(x, y), hit(bench, path), modifiers=modifiers)
    dot = bench.dot(path)
    chart = bench.document.chart
    holder = bench.id(path) if path else chart.root_id
    if path:
        around = bench.surface.rect(holder)
        assert around is not None
        header = 24 if path == "r.left" else 32
        assert Rect(around.x, around.y + header, around.width, around.height - header).grown(-8).contains(dot)
    for child in chart.children(holder):
        rect = bench.surface.rect(child.id)
        assert rect is None or not rect.grown(7).contains(dot)


def test_dots_go_along_when_all_is_moved_or_their_arrow_is_selected(bench: Bench) -> None:
    bench.drag(bench.dot("p"), Point(60, 296), hit(bench, "p"))
    placed = bench.dot("p")
    bench.document.selection.replace([bench.id("p.c"), bench.id("p.d")])
    start = bench.middle("p.c")
    bench.drag(start, start.moved(16, 0))
    assert bench.dot("p") == placed.moved(16, 0)
    bench.document.selection.replace([bench.id("p.c")])
    bench.drag(start.moved(16, 0), start.moved(16, 8))
    assert bench.dot("p") == placed.moved(16, 0)
    bench.document.selection.replace([bench.initial("p"), bench.id("p.d")])
    bench.drag(bench.dot("p"), bench.dot("p").moved(8, 0), hit(bench, "p"))
    assert bench.dot("p") == placed.moved(24, 0)


def test_a_dot_holds_its_state_open(bench: Bench) -> None:
    bench.drag(bench.dot("p"), Point(346, 306), hit(bench, "p"))
    assert bench.dot("p") == Point(344, 304)
    bench.drag(Point(360, 320), Point(200, 250), Hit(kind=HitKind.RESIZE, id=bench.id("p"), handle="se"))
    rect = bench.surface.rect(bench.id("p"))
    assert rect is not None
    assert rect.grown(-8).contains(bench.dot("p"))
    assert bench.dot("p") == Point(344, 304)


def test_the_end_of_an_initial_arrow_is_put_at_another_state(bench: Bench) -> None:
    bench.drag(bench.dot("p"), Point(60, 296), hit(bench, "p"))
    end = Hit(kind=HitKind.END, id=bench.initial("p"), handle="target0")
    bench.drag(bench.middle("p.c").moved(-60, 0), bench.middle("p.d"), end)
    assert bench.document.chart.transitions[bench.initial("p")].targets == (bench.id("p.d"),)
    assert bench.dot("p") == Point(64, 296)
    bench.document.undo()
    assert bench.document.chart.transitions[bench.initial("p")].targets == (bench.id("p.c"),)
    bench.drag(bench.middle("p.c").moved(-60, 0), bench.middle("b"), end)
    assert bench.document.chart.transitions[bench.initial("p")].targets == (bench.id("p.c"),)
    assert "begins with a state inside it" in bench.surface.said[-1]
