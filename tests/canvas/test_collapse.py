"""What is seen of a chart with collapsed states says the same as all of it, and can be drawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.canvas import painter_transitions
from editor.canvas.collapse import SOURCE, seen
from editor.canvas.handles import handles
from editor.canvas.picture import Picture
from editor.document.document import Document
from editor.document.folded import card_size
from editor.geometry import Point
from editor.layout.sizes import TableMeasure, TextStyle
from editor.model import labels
from editor.model.changes import BoxChange, StateChange
from editor.model.diagram import Bends
from editor.tools.base import HitKind
from tests.charts import document, id_of

MACHINE = """
initial: a
states:
  a:
    on:
      ONE: {target: b, guard: {in: c.d}}
      NONE: {target: b, guard: {not: {in: c.d.e}}}
      BOTH: {target: b, guard: {and: [ready, {in: c.d.e}, {in: b}]}}
      ANY: {target: c.d, guard: {or: [{not: {in: c.d}}, x > 1]}}
      LOST: {target: b, guard: {in: nowhere}}
  b: {}
  c:
    initial: d
    on: {OWN: {guard: {in: c.d}}}
    states:
      d: {initial: e, states: {e: {on: {DEEP: {target: '#a', guard: {in: c.d.e}}}}}}
"""
MEASURE = TableMeasure()


@given(st.sets(st.sampled_from(["c", "c.d"])))
def test_guards_that_ask_for_hidden_states_are_told_as_ever(collapsed: set[str]) -> None:
    made = document(MACHINE)
    for path in collapsed:
        box = made.diagram.boxes[id_of(made.chart, path)]
        made.diagram.put_box(box.id, replace(box, collapsed=True))
    picture = Picture(made.chart, made.diagram, MEASURE)
    drawn = [made.chart.transitions[id] for id in picture.transitions]
    assert {each.trigger.text for each in drawn} >= {"ONE", "NONE", "BOTH", "ANY", "LOST", "OWN"}
    for whole in drawn:
        shown = picture.chart.transitions[whole.id]
        assert labels.label_text(picture.chart, shown) == labels.label_text(made.chart, whole)


def test_a_state_is_collapsed_although_guards_ask_for_what_is_in_it() -> None:
    made = document(MACHINE)
    picture = Picture(made.chart, made.diagram, MEASURE)
    box = made.diagram.boxes[id_of(made.chart, "c")]
    folded = replace(box, collapsed=True)
    made.diagram.put_box(box.id, folded)
    picture.show((BoxChange(box.id, box, folded),))
    assert id_of(made.chart, "c.d") not in picture.states
    assert id_of(made.chart, "a") in picture.states


def test_what_is_only_told_otherwise_keeps_its_bends() -> None:
    made = document(MACHINE)
    [line] = [each for each in made.chart.transitions.values() if each.trigger.text == "ONE"]
    bends = Bends(id=line.id, points=(Point(8, 8),))
    made.diagram.put_bends(line.id, bends)
    box = made.diagram.boxes[id_of(made.chart, "c")]
    made.diagram.put_box(box.id, replace(box, collapsed=True))
    found = seen(made.chart, made.diagram)
    chart, diagram = found.chart, found.diagram
    assert diagram.bends[line.id] == bends
    assert chart.transitions[line.id].targets == line.targets


SHOP = """
initial: a
states:
  a:
    on: {ONE: c.d, TWO: c.e, THREE: c.d, PLAIN: b}
  b: {on: {IN: c.d, WHOLE: c}}
  c:
    initial: d
    states:
      d: {on: {OUT: '#a', OVER: e}}
      e: {on: {OUT: '#a'}}
"""


def folded(text: str, *paths: str) -> tuple[Document, Picture]:
    made = document(text)
    for path in paths:
        box = made.diagram.boxes[id_of(made.chart, path)]
        made.diagram.put_box(box.id, replace(box, collapsed=True))
    return made, Picture(made.chart, made.diagram, MEASURE)


def line(made: Document, source: str, event: str) -> str:
    own = made.chart.outgoing(id_of(made.chart, source))
    return next(each.id for each in own if each.trigger.text == event)


def test_a_collapsed_state_is_a_small_card_at_its_place_and_nothing_else_moves() -> None:
    made = document(SHOP)
    c = id_of(made.chart, "c")
    whole = Picture(made.chart, made.diagram, MEASURE)
    before = {id: shape.rect for id, shape in whole.states.items()}
    box = made.diagram.boxes[c]
    made.diagram.put_box(c, replace(box, collapsed=True))
    whole.show((BoxChange(c, box, made.diagram.boxes[c]),))
    card = whole.states[c].rect
    assert (card.x, card.y) == (before[c].x, before[c].y)
    assert card.width < before[c].width
    assert card.height < before[c].height
    assert {id: shape.rect for id, shape in whole.states.items() if id != c} == {
        id: before[id] for id in whole.states if id != c
    }
    assert made.diagram.boxes[c].rect == box.rect, "its own size is kept"
    made.diagram.put_box(c, box)
    whole.show((BoxChange(c, replace(box, collapsed=True), box),))
    assert {id: shape.rect for id, shape in whole.states.items()} == before


@given(st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=60))
def test_the_card_has_room_for_its_name_or_is_as_wide_as_the_state_was(key: str) -> None:
    made = document(SHOP)
    c = id_of(made.chart, "c")
    state = made.chart.states[c]
    made.chart.apply((StateChange(c, state, replace(state, key=key)),))
    width, height = card_size(made.chart, c)
    assert width % 8 == height % 8 == 0
    assert width >= min(MEASURE.width(key, TextStyle.TITLE), 320)


def test_a_region_that_is_collapsed_keeps_its_place_among_the_others() -> None:
    text = """
initial: p
states:
  p:
    type: parallel
    states: {left: {initial: l, states: {l: {}}}, right: {initial: r, states: {r: {}}}}
"""
    made, picture = folded(text, "p.left")
    left = id_of(made.chart, "p.left")
    assert picture.states[left].is_collapsed
    assert picture.diagram.boxes[left].rect == made.diagram.boxes[left].rect


def test_ends_at_hidden_states_are_marked_and_others_are_not() -> None:
    made, picture = folded(SHOP, "c")
    assert picture.cut[line(made, "b", "IN")] == {0}
    assert line(made, "b", "WHOLE") not in picture.cut
    assert line(made, "a", "PLAIN") not in picture.cut
    assert picture.cut[line(made, "c.d", "OUT")] == {SOURCE}
    for source, event, ticks in (("b", "IN", 2), ("b", "WHOLE", 0), ("c.d", "OUT", 2)):
        art = painter_transitions.art(picture, picture.transitions[line(made, source, event)])
        assert len(art.ticks) == ticks, event


def test_many_to_the_same_state_become_one_that_tells_their_number() -> None:
    made, picture = folded(SHOP, "c")
    first, *rest = (line(made, "a", event) for event in ("ONE", "TWO", "THREE"))
    assert picture.merged == {first: (first, *rest)}
    assert labels.label_text(picture.chart, picture.chart.transitions[first]) == "3 transitions"
    assert not picture.transitions.keys() & set(rest)
    assert [picture.line_of(id) for id in (first, *rest)] == [first] * 3
    assert picture.line_of(line(made, "b", "IN")) == line(made, "b", "IN")


def test_two_the_other_way_stay_two() -> None:
    made, picture = folded(SHOP, "c")
    assert {line(made, "c.d", "OUT"), line(made, "c.e", "OUT")} <= picture.transitions.keys()


def test_a_collapsed_state_has_no_handles_to_size_it_by() -> None:
    made, picture = folded(SHOP, "c")
    kinds = {each.hit.kind for each in handles(picture, (id_of(made.chart, "c"),), 1.0, "", adds=True)}
    assert HitKind.RESIZE not in kinds
    assert HitKind.CONNECT in kinds
    opened, whole = folded(SHOP)
    kinds = {each.hit.kind for each in handles(whole, (id_of(opened.chart, "c"),), 1.0, "", adds=True)}
    assert HitKind.RESIZE in kinds
