from __future__ import annotations

import pytest

from editor.document import edits
from editor.geometry import Point
from editor.model import queries
from editor.model.elements import StateKind
from editor.tools.base import Button, Hit, HitKind, Modifier
from editor.tools.select import SelectTool, cursor_of
from tests.charts import MEASURE
from tests.tools.bench import PLACES, Bench

NOWHERE = Point(700, 700)


@pytest.fixture
def bench() -> Bench:
    return Bench(SelectTool)


def test_a_click_selects_the_deepest_state(bench: Bench) -> None:
    bench.click(bench.middle("p.c"))
    assert bench.selected() == {"p.c"}
    bench.click(bench.middle("a"))
    assert bench.selected() == {"a"}
    assert bench.undo_steps() == 0


def test_a_click_on_nothing_selects_nothing(bench: Bench) -> None:
    bench.click(bench.middle("a"))
    bench.click(NOWHERE)
    assert bench.selected() == set()


def test_shift_adds_and_takes_away(bench: Bench) -> None:
    bench.click(bench.middle("a"))
    bench.click(bench.middle("b"), modifiers=Modifier.SHIFT)
    assert bench.selected() == {"a", "b"}
    bench.click(bench.middle("a"), modifiers=Modifier.SHIFT)
    assert bench.selected() == {"b"}


def test_shift_on_nothing_keeps_what_is_selected(bench: Bench) -> None:
    bench.click(bench.middle("a"))
    bench.click(NOWHERE, modifiers=Modifier.SHIFT)
    assert bench.selected() == {"a"}


def test_other_buttons_begin_and_end_nothing(bench: Bench) -> None:
    bench.press(bench.middle("a"), button=Button.RIGHT)
    assert bench.tool.phase.name == "Idle"
    bench.carry(bench.middle("a"), Point(500, 300))
    bench.release(Point(500, 300), button=Button.RIGHT)
    assert bench.tool.phase.name == "Moving"


def test_a_band_selects_what_it_holds_wholly(bench: Bench) -> None:
    bench.carry(Point(10, 10), Point(200, 100))
    assert bench.surface.band is not None
    assert bench.selected() == {"a", bench.initial()}
    bench.move(Point(370, 100))
    assert bench.selected() == {"a", "b", bench.line("a"), bench.initial()}
    bench.release(Point(370, 100))
    assert bench.selected() == {"a", "b", bench.line("a"), bench.initial()}
    assert bench.is_calm()
    assert bench.undo_steps() == 0


def test_a_band_with_shift_adds(bench: Bench) -> None:
    bench.click(bench.middle("done"))
    bench.drag(Point(10, 10), Point(200, 100), modifiers=Modifier.SHIFT)
    assert bench.selected() == {"a", bench.initial(), "done"}


def test_a_band_given_up_selects_what_was_selected(bench: Bench) -> None:
    bench.click(bench.middle("done"))
    before = bench.contents()
    bench.carry(Point(10, 10), Point(370, 100))
    assert bench.escape()
    assert bench.contents() == before
    assert bench.is_calm()


def test_shift_and_alt_draw_a_band_over_a_state(bench: Bench) -> None:
    start = Point(50, 280)
    assert bench.hit(start).id == bench.id("p")
    bench.drag(start, Point(200, 200), modifiers=Modifier.SHIFT | Modifier.ALT)
    assert bench.selected() == {"p.c"}
    assert bench.undo_steps() == 0


def test_a_press_that_hardly_travels_is_a_click(bench: Bench) -> None:
    start = bench.middle("a")
    bench.press(start)
    bench.move(start.moved(3, 3))
    bench.release(start.moved(3, 3))
    assert bench.selected() == {"a"}
    assert bench.undo_steps() == 0


def test_travel_is_counted_in_screen_pixels(bench: Bench) -> None:
    start = bench.middle("a")
    bench.press(start, scale=0.25)
    bench.move(start.moved(10, 0), scale=0.25)
    assert bench.tool.phase.name == "Pressing"
    bench.move(start.moved(20, 0), scale=0.25)
    assert bench.tool.phase.name == "Moving"


def test_a_drag_moves_by_the_grid_as_one_step(bench: Bench) -> None:
    before = bench.contents()
    start = bench.middle("done")
    bench.drag(start, start.moved(101, 99))
    assert bench.box("done") == (544, 136, 32, 32)
    assert bench.document.undo_stack.undo_label == "Move “done”"
    assert bench.undo_steps() == 1
    assert bench.contents()[:5] == before[:5]


def test_a_drag_of_a_single_sample_counts(bench: Bench) -> None:
    bench.press(bench.middle("done"))
    bench.move(bench.middle("done").moved(104, 96))
    bench.release(bench.middle("done"))
    assert bench.box("done") == (544, 136, 32, 32)


def test_several_move_together(bench: Bench) -> None:
    bench.click(bench.middle("a"))
    bench.click(bench.middle("b"), modifiers=Modifier.SHIFT)
    bench.drag(bench.middle("b"), bench.middle("b").moved(0, -80))
    assert bench.box("a")[:2] == (40, -40)
    assert bench.box("b")[:2] == (240, -40)
    assert bench.document.undo_stack.undo_label == "Move 2 states"


def test_a_state_moves_once_when_its_parent_moves_too(bench: Bench) -> None:
    bench.click(bench.middle("p.c"))
    bench.click(Point(60, 310), modifiers=Modifier.SHIFT)
    assert bench.selected() == {"p", "p.c"}
    bench.drag(Point(60, 310), Point(60, 350))
    assert bench.box("p")[:2] == (40, 200)
    assert bench.box("p.c") == (24, 64, 120, 40)


def test_shift_keeps_a_drag_level(bench: Bench) -> None:
    bench.click(bench.middle("done"))
    start = bench.middle("done")
    bench.press(start)
    bench.move(start.moved(104, 40), modifiers=Modifier.SHIFT)
    bench.release(start.moved(104, 40), modifiers=Modifier.SHIFT)
    assert bench.box("done")[:2] == (544, 40)


def test_a_state_dropped_into_another_becomes_its_child_where_it_is(bench: Bench) -> None:
    a, place = bench.id("a"), Point(300, 292)
    bench.carry(bench.middle("a"), place)
    assert bench.surface.drop == bench.id("p")
    assert bench.surface.drop_text == "Move into p"
    assert bench.document.chart.states[a].parent == bench.document.chart.root_id
    bench.release(place)
    assert bench.document.chart.states[a].parent == bench.id("p")
    rect = bench.surface.rect(a)
    assert rect is not None
    assert abs(rect.center.x - place.x) <= 8
    assert abs(rect.center.y - place.y) <= 8
    around = bench.surface.rect(bench.id("p"))
    assert around is not None
    assert around.encloses(rect)
    assert bench.is_calm()
    assert bench.undo_steps() == 1


def test_a_state_dragged_out_goes_to_the_top_level(bench: Bench) -> None:
    c = bench.id("p.c")
    bench.carry(bench.middle("p.c"), Point(700, 100))
    assert bench.surface.drop_text == "Move to the top level"
    bench.release(Point(700, 100))
    assert bench.document.chart.states[c].parent == bench.document.chart.root_id
    initial = queries.initial_transition(bench.document.chart, bench.id("p"))
    assert initial is not None
    assert initial.targets == (bench.id("p.d"),)
    assert bench.undo_steps() == 1
    assert bench.document.chart.states[c].parent == bench.id("p")


def test_bends_of_a_beginning_go_with_it(bench: Bench) -> None:
    document = bench.document
    initial = queries.initial_transition(document.chart, bench.id("r.left"))
    assert initial is not None
    document.apply(edits.set_bends(document.chart, document.diagram, initial.id, [Point(64, 480)]))
    bench.drag(bench.middle("r.left.l1"), Point(700, 700))
    assert queries.initial_transition(document.chart, bench.id("r.left")) is None
    assert initial.id not in document.diagram.bends


def test_bends_of_a_beginning_go_when_it_becomes_a_history(bench: Bench) -> None:
    document, l1 = bench.document, bench.id("r.left.l1")
    initial = queries.initial_transition(document.chart, bench.id("r.left"))
    assert initial is not None
    document.apply(edits.set_bends(document.chart, document.diagram, initial.id, [Point(64, 480)]))
    kind = StateKind.SHALLOW_HISTORY
    document.apply(edits.set_kind(document.chart, document.diagram, l1, kind, measure=MEASURE))
    assert initial.id not in document.diagram.bends


def test_a_state_dropped_on_a_parallel_becomes_a_region(bench: Bench) -> None:
    b = bench.id("b")
    bench.drag(bench.middle("b"), Point(100, 420))
    assert bench.document.chart.states[b].parent == bench.id("r")
    assert queries.is_region(bench.document.chart, b)


def test_nothing_drops_into_a_final_state(bench: Bench) -> None:
    bench.carry(bench.middle("a"), bench.middle("done"))
    assert bench.surface.drop is None
    bench.release(bench.middle("done"))
    assert bench.document.chart.states[bench.id("a")].parent == bench.document.chart.root_id


def test_a_state_does_not_drop_into_what_is_inside_it(bench: Bench) -> None:
    bench.carry(Point(60, 310), bench.middle("p.c"))
    assert bench.surface.drop is None


def test_ctrl_keeps_the_parent_which_grows(bench: Bench) -> None:
    bench.drag(bench.middle("p.d"), Point(600, 244), modifiers=Modifier.CTRL)
    assert bench.document.chart.states[bench.id("p.d")].parent == bench.id("p")
    around, inner = bench.surface.rect(bench.id("p")), bench.surface.rect(bench.id("p.d"))
    assert around is not None
    assert inner is not None
    assert around.encloses(inner)


@pytest.mark.parametrize("path", ["a", "p.c", "r.left", "r.left.l1"])
def test_escape_in_a_drag_leaves_no_trace(bench: Bench, path: str) -> None:
    bench.click(bench.middle("b"))
    before = bench.contents()
    bench.carry(bench.middle(path), Point(320, 300))
    assert bench.contents() != before
    assert bench.escape()
    assert bench.contents() == before
    assert bench.is_calm()
    bench.release(Point(320, 300))
    assert bench.contents() == before


def test_escape_before_the_drag_selects_what_was_selected(bench: Bench) -> None:
    bench.click(bench.middle("b"))
    before = bench.contents()
    bench.press(bench.middle("a"))
    assert bench.escape()
    assert bench.contents() == before


def test_escape_with_nothing_going_on_clears_the_selection(bench: Bench) -> None:
    bench.click(bench.middle("b"))
    assert bench.escape()
    assert bench.selected() == set()
    assert not bench.escape()


def test_a_drag_back_to_where_it_began_is_no_step(bench: Bench) -> None:
    bench.carry(bench.middle("a"), Point(300, 120))
    bench.move(Point(100, 60))
    bench.release(Point(100, 60))
    assert bench.undo_steps() == 0


def test_what_is_deleted_under_the_pointer_ends_the_press(bench: Bench) -> None:
    document = bench.document
    bench.press(bench.middle("a"))
    document.apply(edits.delete(document.chart, document.diagram, [bench.id("a")]))
    bench.move(Point(300, 300))
    bench.release(Point(300, 300))
    assert bench.tool.phase.name == "Idle"
    assert bench.is_calm()


def test_the_initial_dot_does_not_drag_states_along(bench: Bench) -> None:
    before = {path: bench.box(path) for path in PLACES}
    bench.drag(Point(50, 210), Point(300, 60), Hit(kind=HitKind.INITIAL, id=bench.initial("p")))
    assert {path: bench.box(path) for path in PLACES} == before
    assert bench.surface.drop is None


@pytest.mark.parametrize("kind", [HitKind.LABEL, HitKind.TRANSITION])
def test_a_state_is_taken_by_the_transitions_that_stand_in_it(kind: HitKind) -> None:
    bench = Bench(
        SelectTool, "initial: a\nstates: {a: {on: {TICK: {actions: count}}}}\n", {"a": (40, 40, 160, 80)}
    )
    id = bench.line("a")
    before = bench.contents()
    bench.carry(Point(60, 90), Point(100, 130), Hit(kind=kind, id=id))
    assert bench.box("a") == (80, 80, 160, 80)
    assert bench.escape()
    assert bench.contents() == before
    bench.drag(Point(60, 90), Point(100, 130), Hit(kind=kind, id=id))
    assert bench.selected() == {"a"}
    assert bench.undo_steps() == 1
    assert not bench.document.diagram.bends


@pytest.mark.parametrize("kind", [HitKind.LABEL, HitKind.TRANSITION])
def test_a_transition_that_stands_in_the_machine_stays(kind: HitKind) -> None:
    text = "initial: a\non: {TICK: {actions: count}}\nstates: {a: {}}\n"
    bench = Bench(SelectTool, text, {"a": (40, 40, 160, 80)})
    [own] = [each.id for each in bench.document.chart.outgoing("root") if not each.is_pseudo]
    bench.drag(Point(20, 10), Point(90, 90), Hit(kind=kind, id=own))
    assert bench.undo_steps() == 0
    assert bench.is_calm()


@pytest.mark.parametrize(
    ("handle", "cursor"),
    [("n", "size-v"), ("e", "size-h"), ("nw", "size-fdiag"), ("ne", "size-bdiag")],
)
def test_the_cursor_tells_what_a_press_would_do(bench: Bench, handle: str, cursor: str) -> None:
    assert cursor_of(Hit(kind=HitKind.RESIZE, id="s1", handle=handle)) == cursor
    assert cursor_of(Hit(kind=HitKind.CONNECT, id="s1", handle="n")) == "cross"
    assert cursor_of(Hit()) == "arrow"


def test_alt_drags_a_copy_and_leaves_the_state_where_it_was(bench: Bench) -> None:
    before, start = bench.box("a"), bench.middle("a")
    bench.drag(start, Point(340, 280), modifiers=Modifier.ALT)
    assert bench.box("a") == before
    assert bench.selected() == {"p.a 2"}
    assert bench.undo_steps() == 1


def test_a_copy_that_is_given_up_leaves_no_trace(bench: Bench) -> None:
    before = bench.contents()
    bench.carry(bench.middle("p"), bench.middle("p").moved(80, 80), modifiers=Modifier.ALT)
    assert bench.escape()
    assert bench.contents() == before
    assert bench.is_calm()


def test_a_region_that_is_copied_gets_ground_of_its_own(bench: Bench) -> None:
    start = bench.middle("r.right")
    bench.drag(start, start.moved(20, 8), modifiers=Modifier.ALT)
    [copy] = bench.document.selection.ids
    rects = {path: bench.document.diagram.boxes[bench.id(path)].rect for path in ("r.left", "r.right")}
    new = bench.document.diagram.boxes[copy].rect
    assert all(new.x >= rect.right or new.y >= rect.bottom for rect in rects.values())
    assert bench.undo_steps() == 1


def test_a_state_without_transitions_is_put_on_the_line_it_is_dropped_on(bench: Bench) -> None:
    bench.double_click(Point(600, 300))
    [id] = bench.document.selection.ids
    steps = bench.undo_steps()
    for _ in range(steps):
        bench.document.redo()
    go = bench.line("a")
    rect = bench.surface.rect(id)
    assert rect is not None
    # the line from a to b lies at y = 60, between x = 160 and 240
    bench.carry(rect.center, Point(200, 62))
    assert bench.surface.drop_text == "Insert on the way of GO"
    bench.release(Point(200, 62))
    chart = bench.document.chart
    assert chart.transitions[go].targets == (id,)
    assert [each.targets for each in chart.outgoing(id)] == [(bench.id("b"),)]
    assert bench.undo_steps() == steps + 1


def test_a_state_with_transitions_is_only_moved_onto_a_line(bench: Bench) -> None:
    go = bench.line("a")
    bench.drag(bench.middle("b"), Point(200, 62))
    assert bench.document.chart.transitions[go].targets == (bench.id("b"),)


@pytest.mark.parametrize("held", [Modifier.CTRL, Modifier.ALT])
def test_ctrl_or_alt_and_click_goes_outwards_from_what_is_selected(bench: Bench, held: Modifier) -> None:
    at = bench.middle("r.left.l1")
    for wanted in ("r.left.l1", "r.left", "r", "r.left.l1"):
        bench.press(at, modifiers=held)
        bench.release(at, modifiers=held)
        assert bench.selected() == {wanted}
    assert bench.undo_steps() == 0


def test_repeated_clicks_go_through_what_lies_on_top(bench: Bench) -> None:
    document = bench.document
    edit = edits.move(
        document.chart, document.diagram, {bench.id("b"): document.diagram.boxes[bench.id("b")]}, -190, 10
    )
    document.apply(edit)
    at = Point(120, 65)
    first = bench.hit(at).id
    seen = []
    for _ in range(3):
        bench.click(at, modifiers=Modifier.CTRL)
        seen += bench.document.selection.ids
    assert set(seen) == {bench.id("a"), bench.id("b")}
    assert seen[0] == seen[2] == first


@pytest.mark.parametrize("others", [[], ["b"], ["line"]])
def test_what_was_pressed_is_dragged_whatever_is_selected_meanwhile(bench: Bench, others: list[str]) -> None:
    before = bench.box("b")
    start = bench.middle("a")
    bench.press(start)
    bench.document.selection.replace(bench.line("a") if each == "line" else bench.id(each) for each in others)
    x, y, *_ = bench.box("a")
    bench.move(start.moved(16, 24))
    bench.release(start.moved(16, 24))
    assert bench.box("a")[:2] == (x + 16, y + 24)
    assert bench.box("b") == before
    assert bench.selected() == {"a"}
    assert bench.undo_steps() == 1
