"""What is seen of a chart with collapsed states says the same as all of it, and can be drawn."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.canvas.collapse import seen
from editor.canvas.picture import Picture
from editor.geometry import Point
from editor.layout.sizes import TableMeasure
from editor.model import labels
from editor.model.changes import BoxChange
from editor.model.diagram import Bends
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
    chart, diagram = seen(made.chart, made.diagram)
    assert diagram.bends[line.id] == bends
    assert chart.transitions[line.id].targets == line.targets
