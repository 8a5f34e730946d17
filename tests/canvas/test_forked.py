"""Arrows with several targets, initial ones among them, as they are drawn and hit."""

from __future__ import annotations

import pytest

from editor.canvas.picture import Picture
from editor.canvas.sketch import sketch
from editor.layout.paths import along
from editor.model.elements import TriggerKind
from editor.tools.base import Hit, HitKind
from tests.charts import MEASURE, chart
from tests.layout.charts import placed

FORKED = """
initial: [p.r.b, p.s.d]
states:
  p:
    type: parallel
    states:
      r: {initial: a, states: {a: {on: {GO: b}}, b: {}}}
      s: {initial: c, states: {c: {on: {GO: d}}, d: {}}}
  q: {on: {BOTH: {target: [p.r.a, p.s.d]}}}
"""


def test_every_branch_of_an_initial_arrow_is_hit_as_the_arrow() -> None:
    made = chart(FORKED)
    picture = Picture(made, placed(made), MEASURE)
    arrow = next(each for each in made.outgoing(made.root_id) if each.trigger.kind is TriggerKind.INITIAL)
    route = picture.route(arrow.id)
    assert route is not None
    assert len(route.paths) == 2
    for path in route.paths:
        assert picture.hit(along(path, 0.95), 2) == Hit(kind=HitKind.INITIAL, id=arrow.id)


@pytest.mark.parametrize("text", ["", "BOTH"])
def test_a_sketch_of_an_arrow_leads_to_all_its_targets(text: str) -> None:
    made = chart(FORKED)
    picture = Picture(made, placed(made), MEASURE)
    kinds = (TriggerKind.INITIAL, TriggerKind.EVENT)
    arrow = next(
        each
        for each in made.transitions.values()
        if each.trigger.text == text and len(each.targets) == 2 and each.trigger.kind in kinds
    )
    found = sketch(arrow, picture.states)
    assert found is not None
    for target, path in zip(arrow.targets, found.route.paths, strict=True):
        assert picture.states[target].rect.grown(1).contains(path[-1])
        assert all(found.bounds[0] < point.x < found.bounds[2] for point in path)
        assert all(found.bounds[1] < point.y < found.bounds[3] for point in path)
