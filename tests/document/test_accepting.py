"""Taking a proposed drawing: all of it as one step, or the places of some states while all others stay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import accepting
from editor.document.document import Document
from editor.geometry import Point, Rect
from editor.model.diagram import Bends, Diagram
from tests.charts import MEASURE, document, id_of

TEXT = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {on: {ON: c}}
  c: {}
  p: {initial: d, on: {SELF: p}, states: {d: {on: {X: e}}, e: {}}}
  r: {type: parallel, states: {left: {initial: f, states: {f: {}}}, right: {}}}
"""
OUTER = ("a", "b", "c", "p", "r")


@pytest.fixture
def made() -> Document:
    return document(TEXT)


def shifted(made: Document, places: dict[str, tuple[float, float]]) -> Diagram:
    """The drawing with some states elsewhere, as somebody would propose it."""
    found = made.diagram.copy()
    for path, (x, y) in places.items():
        id = id_of(made.chart, path)
        found.put_box(id, replace(found.boxes[id], x=x, y=y, auto=True))
    return found


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def test_the_whole_proposal_is_one_step_and_undo_brings_all_back(made: Document) -> None:
    before = dict(made.diagram.boxes), dict(made.diagram.bends)
    line = next(each.id for each in made.chart.transitions.values() if each.trigger.text == "GO")
    proposed = shifted(made, {"a": (900, 40), "p.d": (30, 90)})
    proposed.put_bends(line, Bends(id=line, points=(Point(5, 6), Point(7, 8)), auto=True))
    made.apply(accepting.accept(made.chart, made.diagram, proposed))
    assert dict(made.diagram.boxes) == dict(proposed.boxes)
    assert dict(made.diagram.bends) == dict(proposed.bends)
    made.undo()
    assert (dict(made.diagram.boxes), dict(made.diagram.bends)) == before


def test_bends_that_a_proposal_drops_are_dropped(made: Document) -> None:
    line = next(iter(made.chart.transitions))
    made.diagram.put_bends(line, Bends(id=line, points=(Point(5, 6),)))
    proposed = made.diagram.copy()
    proposed.put_bends(line, None)
    made.apply(accepting.accept(made.chart, made.diagram, proposed))
    assert line not in made.diagram.bends


def test_what_is_proposed_for_states_that_are_gone_is_passed_over(made: Document) -> None:
    proposed = shifted(made, {"c": (900, 900)})
    ghost = replace(proposed.boxes[id_of(made.chart, "c")], id="gone")
    proposed.put_box("gone", ghost)
    edit = accepting.accept(made.chart, made.diagram, proposed)
    assert [change.id for change in edit.changes] == [id_of(made.chart, "c")]


def test_some_states_with_what_is_in_them_go_where_they_are_proposed(made: Document) -> None:
    chart = made.chart
    proposed = shifted(made, {"a": (2000, 40), "p": (3000, 900), "p.d": (60, 120)})
    ids = [id_of(chart, "p"), id_of(chart, "p.d")]
    made.apply(accepting.accept_some(chart, made.diagram, proposed, ids, measure=MEASURE))
    places, wanted = accepting.rects(chart, made.diagram), accepting.rects(chart, proposed)
    for path in ("p", "p.d", "p.e"):
        assert places[id_of(chart, path)] == wanted[id_of(chart, path)]
    assert places[id_of(chart, "a")] != wanted[id_of(chart, "a")]


def test_of_a_region_it_is_what_it_holds(made: Document) -> None:
    chart = made.chart
    region, inner = id_of(chart, "r.left"), id_of(chart, "r.left.f")
    before = made.diagram.boxes[region]
    proposed = shifted(made, {"r.left": (500, 500), "r.left.f": (before.width - 90, 70)})
    edit = accepting.accept_some(chart, made.diagram, proposed, [region], measure=MEASURE)
    made.apply(edit)
    assert (made.diagram.boxes[region].x, made.diagram.boxes[region].y) == (before.x, before.y)
    assert made.diagram.boxes[inner].auto


@settings(max_examples=60, deadline=None)
@given(
    chosen=st.sets(st.sampled_from(OUTER), min_size=1, max_size=4),
    places=st.lists(st.tuples(st.integers(0, 1400), st.integers(0, 1000)), min_size=5, max_size=5),
)
def test_others_stay_and_nothing_covers_another(chosen: set[str], places: list[tuple[float, float]]) -> None:
    made = document(TEXT)
    chart = made.chart
    before = accepting.rects(chart, made.diagram)
    proposed = shifted(made, dict(zip(OUTER, places, strict=True)))
    ids = [id_of(chart, path) for path in sorted(chosen)]
    made.apply(accepting.accept_some(chart, made.diagram, proposed, ids, measure=MEASURE))
    after = accepting.rects(chart, made.diagram)
    outer = [id_of(chart, path) for path in OUTER]
    assert all(after[id] == before[id] for id in outer if id not in ids)
    assert not any(overlap(after[one], after[other]) for one in ids for other in outer if other != one)


def test_what_a_hand_placed_is_pinned_until_it_is_released(made: Document) -> None:
    chart = made.chart
    ids = [id_of(chart, "a"), id_of(chart, "b")]
    assert accepting.pinned(chart, made.diagram) == frozenset()
    edit = accepting.set_pinned(chart, made.diagram, ids, is_pinned=True)
    assert edit.label == "Pin 2 states"
    made.apply(edit)
    assert accepting.pinned(chart, made.diagram) == frozenset(ids)
    made.apply(accepting.set_pinned(chart, made.diagram, ids[:1], is_pinned=False))
    assert accepting.pinned(chart, made.diagram) == frozenset(ids[1:])


def test_what_is_released_gives_up_the_ways_of_a_layout_and_keeps_those_of_a_hand(made: Document) -> None:
    chart = made.chart
    lines = {each.trigger.text: each.id for each in chart.transitions.values()}
    for event, auto in (("GO", True), ("ON", False), ("X", True)):
        made.diagram.put_bends(
            lines[event], Bends(id=lines[event], points=(Point(5, 6), Point(7, 8)), auto=auto)
        )
    before = dict(made.diagram.bends)
    ids = [id_of(chart, path) for path in ("b", "c")]
    made.apply(accepting.set_pinned(chart, made.diagram, ids, is_pinned=True))
    assert dict(made.diagram.bends) == before
    made.apply(accepting.set_pinned(chart, made.diagram, ids, is_pinned=False))
    assert made.diagram.bends.keys() == {lines["ON"], lines["X"]}
    made.undo()
    assert dict(made.diagram.bends) == before
    p = id_of(chart, "p")
    [own] = [each.id for each in chart.outgoing(p) if not each.is_pseudo]
    made.diagram.put_bends(own, Bends(id=own, points=(Point(5, 6), Point(7, 8)), auto=True))
    made.apply(accepting.set_pinned(chart, made.diagram, [p], is_pinned=True))
    made.apply(accepting.set_pinned(chart, made.diagram, [p], is_pinned=False))
    assert made.diagram.bends.keys().isdisjoint({lines["X"], own})


def test_states_move_that_have_another_place_on_the_canvas(made: Document) -> None:
    chart = made.chart
    proposed = shifted(made, {"p": (3000, 900)})
    found = accepting.moved(chart, made.diagram, proposed)
    assert set(found) == {id_of(chart, path) for path in ("p", "p.d", "p.e")}
