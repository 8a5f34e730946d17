from __future__ import annotations

import pytest

from editor.document import edits
from editor.geometry import Point
from editor.model import queries
from editor.model.elements import Named, Trigger, TriggerKind
from editor.tools.base import Button, Hit, HitKind
from editor.tools.connect import ConnectTool, border_point
from editor.tools.select import SelectTool
from tests.tools.bench import Bench

HISTORY = """\
initial: p
states:
  p:
    initial: c
    states:
      c: {invoke: {src: work, onDone: d}}
      d: {}
      past: {type: history, target: c}
  q: {}
"""
HISTORY_PLACES = {
    "p": (40, 40, 400, 200), "p.c": (24, 64, 120, 40), "p.d": (176, 64, 120, 40), "p.past": (24, 140, 28, 28),
    "q": (520, 40, 120, 40),
}  # fmt: skip


@pytest.fixture
def bench() -> Bench:
    return Bench(SelectTool)


def handle(bench: Bench, path: str, side: str = "e") -> Hit:
    return Hit(kind=HitKind.CONNECT, id=bench.id(path), handle=side)


def end(id: str, which: str) -> Hit:
    return Hit(kind=HitKind.END, id=id, handle=which)


def selected_transition(bench: Bench) -> tuple[str, tuple[str, ...]]:
    [id] = bench.document.selection.ids
    transition = bench.document.chart.transitions[id]
    return transition.source, transition.targets


def test_a_drag_to_a_state_connects_and_opens_the_label(bench: Bench) -> None:
    bench.drag(Point(378, 60), bench.middle("done"), handle(bench, "b"))
    assert selected_transition(bench) == (bench.id("b"), (bench.id("done"),))
    assert bench.surface.labels == list(bench.document.selection.ids)
    assert bench.is_calm()
    assert bench.undo_steps() == 1


def test_the_way_is_shown_while_it_lasts(bench: Bench) -> None:
    bench.carry(Point(378, 60), bench.middle("p.d"), handle(bench, "b"))
    assert bench.surface.preview == (Point(300, 80), bench.middle("p.d"), bench.id("p.d"))


def test_over_open_ground_the_target_is_made_too_in_one_step(bench: Bench) -> None:
    before = set(bench.document.chart.states)
    bench.drag(Point(378, 60), Point(700, 300), handle(bench, "b"))
    [new] = set(bench.document.chart.states) - before
    assert selected_transition(bench) == (bench.id("b"), (new,))
    assert bench.document.chart.states[new].parent == bench.document.chart.root_id
    rect = bench.surface.rect(new)
    assert rect is not None
    assert rect.contains(Point(700, 300))
    assert bench.undo_steps() == 1
    assert set(bench.document.chart.states) == before


def test_open_ground_inside_the_parent_makes_a_sibling(bench: Bench) -> None:
    bench.drag(bench.middle("p.c"), Point(200, 300), handle(bench, "p.c", "s"))
    _, [new] = selected_transition(bench)
    assert bench.document.chart.states[new].parent == bench.id("p")


def test_open_ground_outside_the_parent_makes_a_state_there(bench: Bench) -> None:
    box = bench.box("p")
    bench.drag(bench.middle("p.c"), Point(700, 60), handle(bench, "p.c"))
    _, [new] = selected_transition(bench)
    assert bench.document.chart.states[new].parent == bench.document.chart.root_id
    assert bench.box("p") == box


@pytest.mark.parametrize(("side", "dx", "dy"), [("e", 1, 0), ("w", -1, 0), ("n", 0, -1), ("s", 0, 1)])
def test_a_click_on_a_handle_makes_a_state_on_that_side(bench: Bench, side: str, dx: int, dy: int) -> None:
    bench.click(bench.middle("p.c"), handle(bench, "p.c", side))
    source, [new] = selected_transition(bench)
    assert bench.document.chart.states[new].parent == bench.id("p")
    here, there = bench.surface.rect(source), bench.surface.rect(new)
    assert here is not None
    assert there is not None
    way = there.center.moved(-here.center.x, -here.center.y)
    assert (way.x > 100) - (way.x < -100) == dx
    assert (way.y > 80) - (way.y < -80) == dy


def test_a_second_click_on_the_handle_makes_nothing_more(bench: Bench) -> None:
    count = len(bench.document.chart.states)
    bench.double_click(Point(378, 60), handle(bench, "b"))
    assert len(bench.document.chart.states) == count + 1
    assert bench.undo_steps() == 1


def test_a_loop_and_a_way_into_the_source(bench: Bench) -> None:
    bench.press(Point(378, 60), handle(bench, "b"))
    bench.move(Point(400, 120))
    bench.move(bench.middle("b"))
    bench.release(bench.middle("b"))
    assert selected_transition(bench) == (bench.id("b"), (bench.id("b"),))
    bench.drag(Point(378, 240), bench.middle("p.d"), handle(bench, "p"))
    assert selected_transition(bench) == (bench.id("p"), (bench.id("p.d"),))


def test_new_events_of_a_state_have_names_of_their_own(bench: Bench) -> None:
    for _ in range(2):
        bench.drag(Point(378, 60), bench.middle("done"), handle(bench, "b"))
    assert [each.trigger.text for each in bench.document.chart.outgoing(bench.id("b"))] == ["EVENT", "EVENT2"]


def test_escape_leaves_no_trace(bench: Bench) -> None:
    before = bench.contents()
    bench.carry(Point(378, 60), Point(700, 300), handle(bench, "b"))
    assert bench.escape()
    assert bench.contents() == before
    assert bench.is_calm()


def test_a_source_that_goes_ends_the_drag(bench: Bench) -> None:
    document = bench.document
    bench.carry(Point(378, 60), Point(700, 300), handle(bench, "b"))
    document.apply(edits.delete(document.chart, document.diagram, [bench.id("b")]))
    before = bench.contents()
    bench.release(Point(700, 300))
    assert bench.contents() == before
    assert bench.is_calm()


def test_from_a_history_it_changes_the_default() -> None:
    bench = Bench(SelectTool, HISTORY, HISTORY_PLACES)
    past = bench.id("p.past")
    bench.drag(bench.middle("p.past"), bench.middle("p.d"), handle(bench, "p.past"))
    default = queries.default_transition(bench.document.chart, past)
    assert default is not None
    assert default.targets == (bench.id("p.d"),)
    assert len(bench.document.chart.outgoing(past)) == 1


# the connect tool


def test_the_connect_tool_draws_from_state_to_state() -> None:
    bench = Bench(ConnectTool)
    bench.drag(bench.middle("b"), bench.middle("p.d"))
    assert selected_transition(bench) == (bench.id("b"), (bench.id("p.d"),))
    assert bench.tool.phase.name == "Waiting"


def test_the_connect_tool_begins_nothing_on_open_ground_or_with_another_button() -> None:
    bench = Bench(ConnectTool)
    bench.press(Point(700, 700))
    bench.press(bench.middle("a"), button=Button.RIGHT)
    assert bench.tool.phase.name == "Waiting"


def test_a_click_of_the_connect_tool_makes_nothing() -> None:
    bench = Bench(ConnectTool)
    before = bench.contents()
    bench.click(bench.middle("a"))
    assert bench.contents() == before


def test_nothing_is_drawn_out_of_a_final_state_and_it_is_told() -> None:
    bench = Bench(ConnectTool)
    before = bench.contents()
    bench.drag(bench.middle("done"), Point(700, 300))
    assert "final: nothing leads out of it" in bench.surface.said[-1]
    assert bench.contents() == before
    assert bench.is_calm()


# reconnecting


def test_the_target_end_moves_and_the_rest_stays(bench: Bench) -> None:
    id = bench.line("a")
    bench.document.apply(edits.set_label(bench.document.chart, id, "GO [ready] / ring"))
    old = bench.document.chart.transitions[id]
    bench.drag(Point(240, 60), bench.middle("p.d"), end(id, "target0"))
    new = bench.document.chart.transitions[id]
    assert new.targets == (bench.id("p.d"),)
    assert (new.source, new.trigger, new.guard, new.actions) == (
        old.source, Trigger(text="GO"), Named(name="ready"), old.actions,
    )  # fmt: skip


def test_the_source_end_moves(bench: Bench) -> None:
    id = bench.line("a")
    bench.carry(Point(160, 60), bench.middle("p.c"), end(id, "source"))
    assert bench.surface.preview is not None
    assert bench.surface.preview[2] == bench.id("p.c")
    bench.release(bench.middle("p.c"))
    assert bench.document.chart.transitions[id].source == bench.id("p.c")
    assert bench.is_calm()
    assert bench.undo_steps() == 1


def test_let_go_over_nothing_it_stays_and_says_so(bench: Bench) -> None:
    before = bench.contents()
    bench.drag(Point(240, 60), Point(700, 700), end(bench.line("a"), "target0"))
    assert bench.contents() == before
    assert "stays as it was" in bench.surface.said[-1]


def test_a_source_cannot_be_final_and_the_drag_shows_it(bench: Bench) -> None:
    before = bench.contents()
    bench.carry(Point(160, 60), bench.middle("done"), end(bench.line("a"), "source"))
    assert bench.surface.preview is not None
    assert bench.surface.preview[2] is None
    bench.release(bench.middle("done"))
    assert "Nothing leads out of “done”." in bench.surface.said[-1]
    assert bench.contents() == before
    assert bench.is_calm()


def test_an_initial_transition_ends_inside_its_parent(bench: Bench) -> None:
    initial = queries.initial_transition(bench.document.chart, bench.id("p"))
    assert initial is not None
    bench.drag(bench.middle("p.c"), bench.middle("b"), end(initial.id, "target0"))
    assert "begins with a state inside it" in bench.surface.said[-1]
    bench.drag(bench.middle("p.c"), bench.middle("p.d"), end(initial.id, "target0"))
    assert bench.document.chart.transitions[initial.id].targets == (bench.id("p.d"),)


def test_the_end_of_a_service_is_answered_by_its_own_state_only() -> None:
    bench = Bench(SelectTool, HISTORY, HISTORY_PLACES)
    id = bench.line("p.c")
    assert bench.document.chart.transitions[id].trigger.kind is TriggerKind.INVOKE_DONE
    bench.drag(bench.middle("p.c"), bench.middle("q"), end(id, "source"))
    assert "invokes a service" in bench.surface.said[-1]


def test_the_border_point_faces_the_other_end() -> None:
    bench = Bench(SelectTool)
    rect = bench.surface.rect(bench.id("a"))
    assert rect is not None
    assert border_point(rect, Point(900, 60)) == Point(160, 60)
    assert border_point(rect, Point(-900, 60)) == Point(40, 60)
    assert border_point(rect, Point(100, 900)) == Point(100, 80)
    assert border_point(rect, Point(100, -900)) == Point(100, 40)


def test_a_click_on_an_end_changes_nothing() -> None:
    bench = Bench(SelectTool)
    id = bench.line("a")
    bench.drag(Point(190, 60), Point(190, 121), Hit(kind=HitKind.TRANSITION, id=id))
    before = bench.contents()
    for end in ("source", "target0"):
        bench.click(Point(500, 290), Hit(kind=HitKind.END, id=id, handle=end))
        bench.click(bench.middle("p"), Hit(kind=HitKind.END, id=id, handle=end))
    assert bench.contents() == before


def test_an_end_that_is_put_where_it_was_keeps_the_bends() -> None:
    bench = Bench(SelectTool)
    id = bench.line("a")
    bench.drag(Point(190, 60), Point(190, 121), Hit(kind=HitKind.TRANSITION, id=id))
    before = bench.contents()
    bench.drag(Point(240, 60), bench.middle("b"), Hit(kind=HitKind.END, id=id, handle="target0"))
    assert bench.contents() == before


def test_a_transition_inside_its_state_is_led_out_of_it() -> None:
    text = "initial: a\nstates: {a: {on: {TICK: {actions: count}}}, b: {}}\n"
    bench = Bench(SelectTool, text, {"a": (40, 40, 160, 80), "b": (400, 40, 120, 40)})
    id = bench.line("a")
    bench.drag(Point(150, 90), bench.middle("b"), Hit(kind=HitKind.END, id=id, handle="target0"))
    assert bench.document.chart.transitions[id].targets == (bench.id("b"),)
    assert bench.undo_steps() == 1
