from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.layout_engine import elk
from editor.layout_engine.choosing import drawn
from editor.layout_engine.judging import judged
from editor.layout_engine.levels import WAYS, Levels
from editor.layout_engine.options import Direction, Mode, Options
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import plan_of
from editor.layout_engine.retracing import places_of
from editor.model.diagram import Diagram
from tests.charts import chart
from tests.layout.charts import MEASURE, placed, random_chart
from tests.layout_engine.columns import Columns
from tests.layout_engine.drawn import drawn as kept_of
from tests.layout_engine.drawn import told


def test_the_direction_is_the_one_that_was_asked_for_or_both_are_tried() -> None:
    plan = plan_of(chart("initial: a\nstates: {a: {on: {GO: b}}, b: {}}"), Diagram(), MEASURE, Options())
    for direction, wanted in (
        (Direction.DOWN, ["DOWN"]), (Direction.RIGHT, ["RIGHT"]), (Direction.AUTO, ["DOWN", "RIGHT"]),
    ):  # fmt: skip
        for mode in Mode:
            engine = Columns()
            drawn(plan, engine, mode, direction, 1.5)
            assert [each["layoutOptions"]["elk.direction"] for each in engine.placed] == wanted


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_no_way_of_drawing_is_better_than_what_is_taken(seed: int) -> None:
    plan = plan_of(random_chart(seed, 8, 10), Diagram(), MEASURE, Options())
    chosen = drawn(plan, Columns(), Mode.LEVELS, Direction.DOWN, 1.5)
    levels = Levels(plan, Columns())
    bad, few = judged(plan, chosen)
    for way in WAYS:
        faults, crossed = judged(plan, levels.draw(elk.DOWN, way))
        assert bad <= faults
        assert bad < faults or few <= crossed


def test_a_chart_without_faults_is_drawn_once() -> None:
    plan = plan_of(chart("initial: a\nstates: {a: {on: {GO: b}}, b: {}}"), Diagram(), MEASURE, Options())
    engine = Columns()
    drawn(plan, engine, Mode.LEVELS, Direction.DOWN, 1.5)
    assert len(engine.placed) == 1


def test_a_large_chart_is_drawn_in_one_way() -> None:
    lines = "".join(f"  s{number}: {{on: {{GO: s{(number * 7) % 250}}}}}\n" for number in range(250))
    plan = plan_of(chart(f"initial: s0\nstates:\n{lines}"), Diagram(), MEASURE, Options())
    engine = Columns()
    drawn(plan, engine, Mode.LEVELS, Direction.DOWN, 1.5)
    assert len(engine.placed) == 1


def test_a_chart_that_is_as_large_either_way_is_drawn_downwards_alone() -> None:
    lines = "".join(f"  s{number}: {{on: {{GO: s{number * 7 % 40}}}}}\n" for number in range(40))
    plan = plan_of(chart(f"initial: s0\nstates:\n{lines}"), Diagram(), MEASURE, Options())
    made = {}
    for direction in (Direction.DOWN, Direction.AUTO):
        engine = Columns()
        made[direction] = drawn(plan, engine, Mode.LEVELS, direction, 1.5), len(engine.routed)
    assert made[Direction.AUTO] == made[Direction.DOWN]


def _directions_of(plan: Plan, engine: Columns) -> list[tuple[str, bool]]:
    """How the outermost container was asked to flow, and whether for a sketch."""
    asked = [each["layoutOptions"] for each in engine.placed if each["id"] == plan.root.id]
    return [(each["elk.direction"], elk.QUICK.items() <= each.items()) for each in asked]


@pytest.mark.parametrize(("aspect", "wanted"), [(4.0, "RIGHT"), (0.02, "DOWN")])
def test_a_large_chart_is_sketched_and_drawn_once_as_fits_the_view(aspect: float, wanted: str) -> None:
    inside = "".join(f"      t{number}: {{on: {{GO: t{number * 7 % 60}}}}}\n" for number in range(60))
    states = "".join(
        f"  s{number}:\n    initial: t0\n    on: {{NEXT: s{(number + 1) % 4}}}\n    states:\n{inside}"
        for number in range(4)
    )
    plan = plan_of(chart(f"initial: s0\nstates:\n{states}"), Diagram(), MEASURE, Options())
    engine = Columns()
    drawn(plan, engine, Mode.LEVELS, Direction.AUTO, aspect)
    assert _directions_of(plan, engine) == [("DOWN", True), (wanted, False)]
    inner = [
        (each["id"], each["layoutOptions"]["elk.direction"])
        for each in engine.placed
        if each["id"] != plan.root.id
    ]
    assert len(set(inner)) == len(inner)  # what was placed for the sketch is not placed again


def test_a_small_chart_is_drawn_in_both_directions_without_a_sketch() -> None:
    plan = plan_of(chart("initial: a\nstates: {a: {on: {GO: b}}, b: {}}"), Diagram(), MEASURE, Options())
    engine = Columns()
    drawn(plan, engine, Mode.LEVELS, Direction.AUTO, 1.5)
    assert _directions_of(plan, engine) == [("DOWN", False), ("RIGHT", False)]


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_a_drawing_that_is_to_be_kept_is(seed: int) -> None:
    made = random_chart(seed, 8, 10)
    plan = told(made, kept_of(made))
    if plan.keeps:
        after = drawn(plan, Columns(), Mode.LEVELS, Direction.RIGHT, 1.5)
        before = places_of(plan)
        assert all(after.rects[id] == rect for id, rect in before.items() if id != made.root_id)


def test_the_order_of_the_file_is_tried_where_the_machine_begins_elsewhere() -> None:
    for text, expected in (("initial: b", True), ("initial: a", False)):
        made = chart(f"{text}\nstates: {{a: {{on: {{X: b}}}}, b: {{on: {{Y: a, Z: c}}}}, c: {{}}}}")
        levels = Levels(plan_of(made, placed(made), MEASURE, Options()), Columns())
        first = levels.draw(elk.DOWN)
        assert levels.is_reordered is expected
        written = levels.draw(elk.DOWN, replace(WAYS[0], as_written=True))
        assert (written.rects != first.rects) is expected
