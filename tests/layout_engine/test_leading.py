"""Lines that are led for the canvas lie where it would have led them itself."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.layout.routing import as_drawn
from editor.layout_engine import leading
from editor.layout_engine.options import Options, Rung
from editor.layout_engine.reading import plan_of
from editor.layout_engine.rungs import propose
from editor.layout_engine.warm import Warm
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart

NEAR = 2.0
"""Chart units: ends of lines at rings are found by other sums."""
TEXT = """
initial: a
states:
  a: {on: {GO: b, BACK: {target: a}}}
  b: {on: {GO: a, NEXT: c}}
  c: {}
"""


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_canvas_draws_the_same_lines_with_and_without_way_points(seed: int) -> None:
    made = random_chart(seed, 8, 10)
    bare = placed(made)
    plan = plan_of(made, bare, MEASURE, Options())
    led = leading.led(made, bare, plan, MEASURE)
    before, after = (as_drawn(made, each, None, MEASURE) for each in (bare, led))
    for id in led.bends:
        for led_path, path in zip(after[id].paths, before[id].paths, strict=True):
            assert [*chain(*led_path)] == pytest.approx([*chain(*path)], abs=NEAR)
        assert after[id].label.center == pytest.approx(before[id].label.center, abs=NEAR)


def test_each_line_of_a_drawing_without_an_engine_has_way_points_of_no_hand(alone: Warm) -> None:
    made = chart(TEXT)
    for rung in (Rung.GRAPHLAY, Rung.PLAIN):
        proposal = propose(made, Diagram(), Options(rungs=frozenset({rung})), alone, MEASURE)
        go = next(each.id for each in made.outgoing(id_of(made, "a")) if each.targets[0] == id_of(made, "b"))
        routes = as_drawn(made, proposal.diagram, None, MEASURE)
        assert proposal.diagram.bends[go].points
        assert proposal.diagram.bends.keys() <= routes.keys()
        assert all(each.auto for each in proposal.diagram.bends.values())


def test_lines_of_hands_stay_as_they_are() -> None:
    made = chart(TEXT)
    before = placed(made)
    go = next(each.id for each in made.outgoing(id_of(made, "a")))
    before = leading.led(made, before, plan_of(made, before, MEASURE, Options()), MEASURE)
    plan = plan_of(made, before, MEASURE, Options())
    again = leading.led(made, before, plan, MEASURE)
    assert again.bends[go] is before.bends[go]
