from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document import edits
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.model import queries
from editor.model.elements import StateKind
from editor.tools import toolbox
from editor.tools.base import Button, Hit, HitKind, Modifier, Tool
from editor.tools.create import (
    DeepHistoryTool,
    FinalTool,
    HistoryTool,
    InitialTool,
    ParallelTool,
    StateTool,
)
from editor.tools.select import SelectTool
from tests.tools.bench import Bench


def cover(a: Rect, b: Rect) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def new_state(bench: Bench, before: set[str]) -> str:
    [id] = set(bench.document.chart.states) - before
    return id


@pytest.mark.parametrize(
    ("path", "at"),
    [("", Point(700, 300)), ("p", Point(200, 300)), ("r.right", Point(400, 520)), ("r", Point(280, 420))],
)
def test_a_double_click_makes_a_child_of_the_deepest_state_there(path: str, at: Point) -> None:
    bench = Bench(SelectTool)
    before = set(bench.document.chart.states)
    if path == "r":
        at = Point(280, 440)
    bench.double_click(at)
    id = new_state(bench, before)
    parent = bench.id(path) if path else bench.document.chart.root_id
    assert bench.document.chart.states[id].parent == parent
    assert bench.document.selection.ids == (id,)
    assert bench.surface.labels == [id]
    rect, around = bench.surface.rect(id), bench.surface.rect(parent)
    assert rect is not None
    assert around is None or around.encloses(rect)
    assert bench.undo_steps() == 1


def test_the_first_state_of_a_region_is_its_initial_one() -> None:
    bench = Bench(SelectTool)
    before = set(bench.document.chart.states)
    bench.double_click(Point(400, 520))
    initial = queries.initial_transition(bench.document.chart, bench.id("r.right"))
    assert initial is not None
    assert initial.targets == (new_state(bench, before),)


@pytest.mark.parametrize("path", ["a", "p.c", "done"])
def test_a_double_click_on_a_simple_state_opens_its_name(path: str) -> None:
    bench = Bench(SelectTool)
    bench.double_click(bench.middle(path))
    assert bench.surface.labels == [bench.id(path)]
    assert bench.undo_steps() == 0


def test_a_double_click_inside_a_simple_state_that_was_made_large_makes_its_first_child() -> None:
    bench = Bench(SelectTool)
    id = bench.id("b")
    document, large = bench.document, Rect(240, 40, 320, 110)
    document.apply(edits.resize(document.chart, document.diagram, id, large, measure=bench.surface.measure))
    bench.double_click(Point(400, 95))
    assert bench.surface.labels == [id]
    before = set(bench.document.chart.states)
    bench.double_click(Point(400, 130))
    made = new_state(bench, before)
    assert bench.document.chart.states[made].parent == id
    assert bench.surface.labels == [id, made]


def test_a_double_click_inside_an_empty_parallel_state_makes_its_first_region() -> None:
    bench = Bench(SelectTool)
    document, kind, at = bench.document, StateKind.PARALLEL, Point(800, 240)
    root, measure = document.chart.root_id, bench.surface.measure
    edit, id = edits.add_state(document.chart, document.diagram, root, at, kind=kind, measure=measure)
    document.apply(edit)
    rect = bench.surface.rect(id)
    assert rect is not None
    before = set(bench.document.chart.states)
    bench.double_click(rect.center)
    assert bench.document.chart.states[new_state(bench, before)].parent == id
    bench.double_click(Point(rect.center.x, rect.y + 16))
    assert bench.surface.labels[-1] == id


def test_a_double_click_on_a_header_or_a_label_opens_the_text() -> None:
    bench = Bench(SelectTool)
    bench.double_click(Point(200, 170))
    assert bench.surface.labels == [bench.id("p")]
    line = bench.line("a")
    bench.double_click(Point(200, 60), Hit(kind=HitKind.LABEL, id=line))
    assert bench.surface.labels[-1] == line
    assert bench.undo_steps() == 0


def test_a_double_click_on_an_initial_dot_makes_no_state() -> None:
    bench = Bench(SelectTool)
    initial = queries.initial_transition(bench.document.chart, bench.id("p"))
    assert initial is not None
    bench.double_click(Point(50, 210), Hit(kind=HitKind.INITIAL, id=initial.id))
    assert bench.undo_steps() == 0


@pytest.mark.parametrize(
    ("tool", "kind"),
    [
        (StateTool, StateKind.NORMAL), (ParallelTool, StateKind.PARALLEL), (FinalTool, StateKind.FINAL),
        (HistoryTool, StateKind.SHALLOW_HISTORY), (DeepHistoryTool, StateKind.DEEP_HISTORY),
    ],
)  # fmt: skip
def test_each_tool_puts_its_kind_where_the_pointer_is(tool: type[Tool], kind: StateKind) -> None:
    bench = Bench(tool)
    before = set(bench.document.chart.states)
    bench.move(Point(200, 300))
    assert bench.surface.cursor == "cross"
    assert bench.surface.drop == bench.id("p")
    bench.click(Point(200, 300))
    state = bench.document.chart.states[new_state(bench, before)]
    assert (state.kind, state.parent) == (kind, bench.id("p"))
    assert bench.document.selection.ids == (state.id,)
    assert bench.undo_steps() == 1


@pytest.mark.parametrize("tool", [StateTool, ParallelTool, FinalTool, HistoryTool, DeepHistoryTool])
@pytest.mark.parametrize(("modifiers", "is_put_back"), [(Modifier.NONE, True), (Modifier.SHIFT, False)])
def test_a_tool_is_put_back_after_one_state_unless_shift_keeps_it(
    tool: type[Tool], modifiers: Modifier, is_put_back: bool
) -> None:
    bench = Bench(tool)
    bench.click(Point(240, 290), modifiers=modifiers)
    assert len(bench.document.selection.ids) == 1
    assert bench.surface.is_put_back is is_put_back


def test_the_initial_tool_is_put_back_once_a_state_is_chosen() -> None:
    bench = Bench(InitialTool)
    bench.click(Point(900, 900))
    assert not bench.surface.is_put_back
    bench.click(bench.middle("b"), Hit(kind=HitKind.STATE, id=bench.id("b")))
    assert bench.surface.is_put_back


def test_another_button_puts_nothing() -> None:
    bench = Bench(StateTool)
    bench.press(Point(700, 700), button=Button.RIGHT)
    assert bench.undo_steps() == 0


def test_nothing_is_put_into_a_final_state() -> None:
    bench = Bench(StateTool)
    before = bench.contents()
    bench.move(bench.middle("done"))
    assert bench.surface.drop is None
    with pytest.raises(ChartError, match="cannot hold states"):
        bench.press(bench.middle("done"))
    assert bench.contents() == before


def test_a_tool_that_is_put_away_takes_its_hint_along() -> None:
    bench = Bench(StateTool)
    bench.move(Point(200, 300))
    assert not bench.tool.cancel()
    assert bench.surface.drop is None


def test_the_initial_tool_chooses_and_one_step_takes_it_back() -> None:
    bench = Bench(InitialTool)
    bench.click(bench.middle("p.d"))
    initial = queries.initial_transition(bench.document.chart, bench.id("p"))
    assert initial is not None
    assert initial.targets == (bench.id("p.d"),)
    assert bench.undo_steps() == 1


def test_a_region_cannot_be_chosen_as_initial() -> None:
    bench = Bench(InitialTool)
    with pytest.raises(ChartError, match="all of its regions are entered"):
        bench.press(Point(60, 570), Hit(kind=HitKind.STATE, id=bench.id("r.left")))
    bench.press(Point(700, 700))
    assert bench.undo_steps() == 0


def test_every_tool_of_the_table_has_a_title_a_hint_and_a_key_of_its_own() -> None:
    assert len({each.shortcut for each in toolbox.TOOLS}) == len(toolbox.TOOLS)
    for each in toolbox.TOOLS:
        assert each.title
        assert each.tool.hint
        assert toolbox.entry(each.id) is each
    assert toolbox.entry("no such tool").id == "select"


# drawn by a drag


@pytest.mark.parametrize(
    ("tool", "kind"), [(StateTool, StateKind.NORMAL), (ParallelTool, StateKind.PARALLEL)]
)
@pytest.mark.parametrize("is_back", [False, True])
def test_a_drag_draws_a_state_of_its_size(tool: type[Tool], kind: StateKind, is_back: bool) -> None:
    bench = Bench(tool)
    before = set(bench.document.chart.states)
    corners = Point(1200, 800), Point(1520, 1040)
    start, end = reversed(corners) if is_back else corners
    bench.carry(start, end)
    assert bench.surface.ghost == Rect(1200, 800, 320, 240)
    bench.release(end)
    id = new_state(bench, before)
    assert bench.document.chart.states[id].kind is kind
    assert bench.document.diagram.boxes[id].rect == Rect(1200, 800, 320, 240)
    assert bench.document.selection.ids == (id,)
    assert bench.surface.labels == [id]
    assert bench.surface.is_put_back
    assert bench.is_calm()
    assert bench.undo_steps() == 1


def test_a_drag_inside_a_composite_draws_a_child_and_that_grows_for_it() -> None:
    bench = Bench(StateTool)
    before, box = set(bench.document.chart.states), bench.box("p")
    start = bench.middle("p").moved(0, 70)
    assert bench.surface.state_at(start) == bench.id("p")
    bench.drag(start, start.moved(400, 300))
    id = new_state(bench, before)
    assert bench.document.chart.states[id].parent == bench.id("p")
    assert bench.box("p")[2] > box[2]
    assert bench.undo_steps() == 1


def test_a_small_drag_draws_a_state_that_is_no_smaller_than_a_new_one() -> None:
    bench = Bench(StateTool)
    bench.drag(Point(1200, 800), Point(1216, 808))
    [id] = bench.document.selection.ids
    assert bench.document.diagram.boxes[id].rect == Rect(1200, 800, 96, 40)


def test_a_drag_with_a_tool_that_draws_no_size_puts_what_a_click_puts() -> None:
    bench = Bench(FinalTool)
    bench.drag(Point(1200, 800), Point(1520, 1040))
    [id] = bench.document.selection.ids
    assert bench.document.diagram.boxes[id].width < 96


def test_a_drag_in_a_parallel_state_makes_a_region_as_a_click_does() -> None:
    bench, other = Bench(StateTool), Bench(StateTool)
    at = bench.middle("r")
    parents = [bench.document.chart.states[each].kind for each in bench.surface.under(at)]
    assert StateKind.PARALLEL in parents
    made: list[dict[str, Rect]] = []
    for each, end in ((bench, at.moved(300, 200)), (other, at)):
        top = Point(each.box("r")[0] + 100, each.box("r")[1] + 8)
        assert each.surface.state_at(top) == each.id("r")
        each.drag(top, end)
        made.append({id: box.rect for id, box in each.document.diagram.boxes.items()})
    assert made[0] == made[1]


def test_what_a_drawn_state_covers_steps_out_of_it() -> None:
    bench = Bench(StateTool)
    a = bench.box("a")
    bench.drag(Point(a[0] - 24, a[1] - 24), Point(a[0] + a[2] + 16, a[1] + a[3] + 24))
    [id] = bench.document.selection.ids
    drawn = bench.document.diagram.boxes[id].rect
    assert drawn == Rect(a[0] - 24, a[1] - 24, a[2] + 40, a[3] + 48)
    assert bench.document.chart.states[bench.id("a")].parent == bench.document.chart.root_id
    assert not cover(drawn, Rect(*bench.box("a")))
    assert bench.undo_steps() == 1
    assert bench.box("a") == a


def test_escape_gives_a_drawn_state_up_without_a_trace() -> None:
    bench = Bench(StateTool)
    before = bench.contents()
    bench.carry(Point(1200, 800), Point(1520, 1040))
    assert bench.tool.cancel()
    bench.release(Point(1520, 1040))
    assert bench.contents() == before
    assert bench.is_calm()


def test_shift_keeps_the_tool_for_another_drag() -> None:
    bench = Bench(StateTool)
    for x in (1200, 1600):
        bench.drag(Point(x, 800), Point(x + 200, 900), modifiers=Modifier.SHIFT)
    assert not bench.surface.is_put_back
    assert bench.undo_steps() == 2


PLACES = st.tuples(st.integers(-200, 1100), st.integers(-200, 1000))


@settings(deadline=None, max_examples=60)
@given(PLACES, PLACES, st.sampled_from([StateTool, ParallelTool]))
def test_whatever_is_drawn_covers_nothing_beside_it_and_is_undone_in_one_step(
    start: tuple[int, int], end: tuple[int, int], tool: type[Tool]
) -> None:
    assume(max(abs(start[0] - end[0]), abs(start[1] - end[1])) >= 10)  # a click puts it where clicks put it
    bench = Bench(tool)
    before, contents = set(bench.document.chart.states), bench.contents()
    try:
        bench.drag(Point(*start), Point(*end))
    except ChartError:
        assert bench.contents() == contents
        return
    id = new_state(bench, before)
    chart, boxes = bench.document.chart, bench.document.diagram.boxes
    parent = chart.states[id].parent
    assert parent is not None
    if chart.states[parent].kind is not StateKind.PARALLEL:
        own = boxes[id].rect
        beside = [boxes[each.id].rect for each in chart.children(parent) if each.id != id]
        assert not any(cover(own, each) for each in beside)
    assert parent == chart.root_id or boxes[id].x >= 0
    assert bench.undo_steps() == 1
