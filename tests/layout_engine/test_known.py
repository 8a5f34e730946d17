from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.layout.sizes import TableMeasure
from editor.layout_engine import elk
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.known import Known
from editor.layout_engine.levels import WAYS, Levels
from editor.layout_engine.options import Options
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import plan_of
from editor.model.diagram import Diagram
from tests.charts import chart
from tests.layout.charts import random_chart
from tests.layout_engine.columns import Columns

ALIKE = chart("""
initial: a
states:
  a: {initial: x, states: {x: {on: {GO: y}}, y: {on: {GO: x}}}}
  b: {initial: p, states: {p: {on: {GO: q}}, q: {on: {GO: p}}}}
""")
OTHER = chart("""
initial: a
states:
  a: {initial: x, states: {x: {on: {GO: y}}, y: {on: {GO: x}}}}
  b: {initial: p, states: {p: {on: {GO: q}}, q: {on: {GO: r}}, r: {}}}
""")


def plan(made: Any) -> Plan:
    return plan_of(made, Diagram(), TableMeasure(), Options())


def drawn(made: Plan, engine: Known | Columns) -> Drawing:
    return Levels(made, engine).draw(elk.DOWN, WAYS[0])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=3))
def test_a_drawing_is_the_same_whatever_was_drawn_before(seeds: list[int]) -> None:
    engine = Known(Columns())
    for seed in [*seeds, *seeds]:
        made = plan(random_chart(seed, 8, 10))
        assert drawn(made, engine) == drawn(made, Columns())


def test_containers_that_are_alike_are_placed_once() -> None:
    engine = Columns()
    drawn(plan(ALIKE), Known(engine))
    assert len(engine.placed) == 2


def test_what_an_edit_left_alone_is_not_placed_again() -> None:
    engine = Columns()
    known = Known(engine)
    drawn(plan(ALIKE), known)
    before = len(engine.placed)
    drawn(plan(ALIKE), known)
    assert len(engine.placed) == before
    drawn(plan(OTHER), known)
    assert len(engine.placed) == before + 2


def test_what_becomes_too_much_is_forgotten_the_oldest_first() -> None:
    engine = Columns()
    known = Known(engine, most=1)
    drawn(plan(ALIKE), known)
    assert len(engine.placed) == 3


def test_elk_is_told_no_names() -> None:
    engine = Columns()
    drawn(plan(chart("initial: secret\nstates: {secret: {on: {GO: other}}, other: {}}")), Known(engine))
    [graph] = engine.placed
    ids = [graph["id"], *(each["id"] for each in (*graph["children"], *graph["edges"]))]
    assert sorted(ids) == sorted(map(str, range(len(ids))))


def test_failures_are_told_and_not_kept() -> None:
    class Failing(Columns):
        """Fails once."""

        def place(self, graph: dict[str, Any]) -> dict[str, Any]:
            made = super().place(graph)
            return {"error": "too hard"} if len(self.placed) == 1 else made

    known = Known(Failing())
    graph = {
        "id": "root",
        "layoutOptions": {},
        "children": [{"id": "a", "width": 1, "height": 1}],
        "edges": [],
    }
    assert known.place(graph) == {"error": "too hard"}
    assert known.place(graph)["children"][0]["id"] == "a"
