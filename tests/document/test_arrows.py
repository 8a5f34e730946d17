"""Transitions turned around, led elsewhere, split, changed together: what they say stays, what cannot be is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from editor.document import arrows, edits
from editor.document.boxes import Boxes
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError, ExpressionError
from editor.geometry import Point
from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram, Label
from tests.charts import MEASURE, document, id_of

TEXT = """
initial: a
states:
  a: {on: {GO: {target: b, guard: ready, actions: beep}, BOTH: {target: [p.l, p.r]}, HERE: {actions: beep}}}
  b: {on: {GO: a}, always: {target: c, guard: late}}
  c: {type: final}
  h: {type: history}
  p: {type: parallel, states: {l: {on: {OVER: '#r'}}, r: {id: r}}}
  q: {invoke: {src: s, onDone: a}, on: {PAST: h}}
"""


def arrow(made: Document, path: str, event: str = "GO") -> str:
    own = made.chart.outgoing(id_of(made.chart, path))
    return next(each.id for each in own if event in (each.trigger.text, each.trigger.kind.value))


def texts(made: Document, path: str) -> list[str]:
    chart = made.chart
    return [
        f"{labels.label_text(chart, each)} → {', '.join(queries.dotted_path(chart, id) for id in each.targets)}"
        for each in chart.outgoing(id_of(chart, path))
    ]


def test_a_transition_is_turned_around_with_what_it_says_and_where_it_is_drawn() -> None:
    made = document(TEXT)
    id = arrow(made, "a")
    made.apply(edits.set_bends(made.chart, made.diagram, id, [Point(8, 8), Point(80, 16)]))
    made.apply(edits.place_label(made.chart, made.diagram, id, Label(along=0.25, dx=4, dy=4)))
    points = made.diagram.bends[id].points
    made.apply(arrows.swap_ends(made.chart, made.diagram, [id]))
    assert texts(made, "b") == ["GO → a", "[late] → c", "GO [ready] / beep → a"]
    assert made.diagram.bends[id].points == points[::-1]
    assert made.diagram.bends[id].label == Label(along=0.75, dx=4, dy=4)
    made.apply(arrows.swap_ends(made.chart, made.diagram, [id]))
    assert made.diagram.bends[id].points == points
    assert "GO [ready] / beep → b" in texts(made, "a")


@pytest.mark.parametrize(
    ("path", "event", "reason"),
    [
        ("a", "BOTH", "has several targets"),
        ("a", "HERE", "leads to no state"),
        ("b", "always", "Nothing leads out of “c”"),
        ("q", "PAST", "Nothing leads out of “h”"),
        ("q", "invoke_done", "Only the state that invokes"),
    ],
)
def test_what_cannot_be_turned_around_is_told(path: str, event: str, reason: str) -> None:
    made = document(TEXT)
    with pytest.raises(ChartError, match=reason):
        arrows.swap_ends(made.chart, made.diagram, [arrow(made, path, event)])


def test_transitions_lead_to_themselves_or_nowhere() -> None:
    made = document(TEXT)
    id = arrow(made, "a")
    made.apply(arrows.to_self(made.chart, made.diagram, [id]))
    assert texts(made, "a")[0] == "GO [ready] / beep → a"
    made.apply(arrows.to_internal(made.chart, made.diagram, [id]))
    assert texts(made, "a")[0] == "GO [ready] / beep → "
    with pytest.raises(ChartError, match="taken for ever"):
        arrows.to_internal(made.chart, made.diagram, [arrow(made, "b", "always")])


@pytest.mark.parametrize("plan", [arrows.swap_ends, arrows.to_self, arrows.to_internal])
def test_where_a_state_begins_is_no_transition_to_change(
    plan: Callable[[Chart, Diagram, Iterable[str]], Edit],
) -> None:
    made = document(TEXT)
    initial = queries.initial_transition(made.chart, made.chart.root_id)
    assert initial is not None
    with pytest.raises(ChartError, match="only says where a state begins"):
        plan(made.chart, made.diagram, [initial.id])
    with pytest.raises(ChartError, match="Select a transition"):
        plan(made.chart, made.diagram, [id_of(made.chart, "a")])


@pytest.mark.parametrize(
    ("part", "text", "wanted"),
    [
        ("event", "START", ["START [ready] / beep → b", "START → a"]),
        ("guard", "n > 3", ["GO [n > 3] / beep → b", "GO [n > 3] → a"]),
        ("guard", "", ["GO / beep → b", "GO → a"]),
        ("actions", "log 'x'; beep", ["GO [ready] / log 'x'; beep → b", "GO / log 'x'; beep → a"]),
        ("event", "after 5s", ["after 5s [ready] / beep → b", "after 5s → a"]),
    ],
)
def test_a_part_of_many_is_changed_and_the_rest_of_each_stays(
    part: str, text: str, wanted: list[str]
) -> None:
    made = document(TEXT)
    made.apply(arrows.set_part(made.chart, [arrow(made, "a"), arrow(made, "b")], part, text))
    assert [texts(made, "a")[0], texts(made, "b")[0]] == wanted


def test_a_part_that_is_not_understood_is_refused() -> None:
    made = document(TEXT)
    with pytest.raises(ExpressionError, match="no spaces"):
        arrows.set_part(made.chart, [arrow(made, "a")], "event", "TWO WORDS")


def test_a_state_is_put_on_the_way() -> None:
    made = document(TEXT)
    edit, new = arrows.insert_state(made.chart, made.diagram, arrow(made, "a"), measure=MEASURE)
    made.apply(edit)
    assert texts(made, "a")[0] == "GO [ready] / beep → state"
    assert texts(made, "state") == ["EVENT → b"]
    boxes = [
        box.rect
        for id, box in made.diagram.boxes.items()
        if made.chart.states[id].parent == made.chart.root_id
    ]
    rect = made.diagram.boxes[new].rect
    assert not any(rect.intersects(other) for other in boxes if other != rect)
    made.undo()
    assert not made.undo_stack.can_undo


def test_a_state_is_put_where_it_is_wanted_and_inside_what_holds_both_ends() -> None:
    made = document("initial: p\nstates: {p: {initial: a, states: {a: {on: {GO: b}}, b: {}}}}")
    at = Point(900, 700)
    edit, new = arrows.insert_state(made.chart, made.diagram, arrow(made, "p.a"), at, measure=MEASURE)
    made.apply(edit)
    assert made.chart.states[new].parent == id_of(made.chart, "p")
    corner, box = Boxes(made.chart, made.diagram).origin(new), made.diagram.boxes[new]
    middle = corner.moved(box.width / 2, box.height / 2)
    assert abs(middle.x - at.x) <= 16
    assert abs(middle.y - at.y) <= 16


def test_a_machine_may_begin_with_a_state_that_is_put_before_its_first() -> None:
    made = document(TEXT)
    initial = queries.initial_transition(made.chart, made.chart.root_id)
    assert initial is not None
    edit, new = arrows.insert_state(made.chart, made.diagram, initial.id, measure=MEASURE)
    made.apply(edit)
    assert made.chart.transitions[initial.id].targets == (new,)
    assert texts(made, "state") == ["EVENT → a"]


@pytest.mark.parametrize(
    ("path", "event", "reason"), [("a", "HERE", "leads to no state"), ("p.l", "OVER", "from one region")]
)
def test_where_there_is_no_way_no_state_is_put_on_it(path: str, event: str, reason: str) -> None:
    made = document(TEXT)
    with pytest.raises(ChartError, match=reason):
        arrows.insert_state(made.chart, made.diagram, arrow(made, path, event), measure=MEASURE)


def test_only_a_state_without_transitions_is_put_between() -> None:
    made = document(TEXT)
    for path, reason in (("q", "transitions of its own"), ("c", "Nothing leads out")):
        with pytest.raises(ChartError, match=reason):
            arrows.put_between(made.chart, made.diagram, arrow(made, "a"), id_of(made.chart, path))


def test_several_states_are_connected_to_one_by_one_event() -> None:
    made = document("initial: a\nstates: {a: {on: {EVENT: b}}, b: {}, c: {}, end: {type: final}}")
    ids = [id_of(made.chart, path) for path in ("a", "b", "c", "end")]
    edit, new = arrows.connect_all(made.chart, made.diagram, ids[:2], ids[2])
    made.apply(edit)
    assert len(new) == 2
    assert texts(made, "a") == ["EVENT → b", "EVENT2 → c"]
    assert texts(made, "b") == ["EVENT2 → c"]
    with pytest.raises(ChartError, match="“end” is final"):
        arrows.connect_all(made.chart, made.diagram, [ids[0], ids[3]], ids[1])
    with pytest.raises(ChartError, match="Select the states to connect"):
        arrows.connect_all(made.chart, made.diagram, [ids[0]], ids[0])


@pytest.mark.parametrize(
    ("way", "axis"), [(Point(1, 0), 0), (Point(-1, 0), 0), (Point(0, 1), 1), (Point(0, -1), 1)]
)
def test_a_new_state_lies_on_the_way_that_was_asked_for(way: Point, axis: int) -> None:
    made = document("initial: a\nstates: {a: {}}")
    id = id_of(made.chart, "a")
    edit, new = arrows.grow(made.chart, made.diagram, id, way, measure=MEASURE)
    made.apply(edit)
    [target] = made.chart.transitions[new].targets
    old, beside = (made.diagram.boxes[each].rect.center for each in (id, target))
    assert (beside[axis] - old[axis]) * way[axis] > 60
    assert abs(beside[1 - axis] - old[1 - axis]) <= 16


def test_neither_a_region_nor_the_machine_leads_on() -> None:
    made = document(TEXT)
    for id, reason in ((id_of(made.chart, "p.l"), "is a region"), (made.chart.root_id, "Select a state")):
        with pytest.raises(ChartError, match=reason):
            arrows.grow(made.chart, made.diagram, id, Point(1, 0), measure=MEASURE)
