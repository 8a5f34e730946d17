"""All that lies at a place, from the top."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.canvas.measure import FontMeasure
from editor.canvas.picture import Picture
from editor.geometry import Point
from tests import charts

TEXT = """\
initial: a
states:
  a: {on: {GO: b}}
  b: {}
  p: {initial: c, states: {c: {on: {X: d}}, d: {initial: e, states: {e: {}}}}}
"""
MADE = charts.document(TEXT)


def picture() -> Picture:
    return Picture(MADE.chart, MADE.diagram, FontMeasure())


def test_a_label_is_on_its_line_and_a_state_on_the_one_around_it() -> None:
    drawn = picture()
    go = next(id for id, each in MADE.chart.transitions.items() if each.trigger.text == "X")
    found = drawn.under(drawn.transitions[go].route.label.center, 5)
    names = [MADE.chart.states[id].key if id in MADE.chart.states else id for id in found]
    assert names == [go, "p"]


@settings(deadline=None, max_examples=80)
@given(st.integers(-40, 900), st.integers(-40, 900))
def test_the_topmost_is_what_a_click_hits(x: int, y: int) -> None:
    drawn, at = picture(), Point(x, y)
    found, hit = drawn.under(at, 5.0), drawn.hit(at, 5.0)
    assert (found[0] if found else "") == hit.id
    assert len(set(found)) == len(found)
