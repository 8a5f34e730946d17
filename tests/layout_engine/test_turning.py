"""Containers that flow the other way where a view shows more of the whole then."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout_engine import checks, elk
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.judging import judged
from editor.layout_engine.levels import Levels
from editor.layout_engine.options import Direction, Options
from editor.layout_engine.plan import Node, NodeKind, Plan
from editor.layout_engine.reading import plan_of
from editor.layout_engine.rungs import Warm
from editor.layout_engine.turning import WORTH, height, promising
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, random_chart
from tests.layout_engine.asking import by_engine
from tests.layout_engine.columns import Columns

WIDE, HIGH = 1.6, 0.2


def chain(count: int, indent: str, inside: Callable[[int], str]) -> str:
    """States each of which leads to the next one."""
    return "".join(
        f"{indent}s{number}:\n{indent}  on: {{NEXT: s{(number + 1) % count}}}\n{inside(number)}"
        for number in range(count)
    )


def long_chain() -> Chart:
    """A composite with a chain of six composites, each of which holds a chain of six."""
    inside = chain(
        6,
        "      ",
        lambda number: f"        initial: s0\n        states:\n{chain(6, ' ' * 10, lambda _: '')}",
    )
    return chart(
        f"initial: off\nstates:\n  off: {{on: {{GO: on}}}}\n  on:\n    initial: s0\n    states:\n{inside}"
    )


def asked(warm: Warm, plan: Plan, direction: Direction, aspect: float) -> Drawing:
    return by_engine(warm, plan, direction=direction, aspect=aspect)


def test_a_long_chain_of_composites_lies_across_a_wide_view_and_down_a_high_one(warm: Warm) -> None:
    plan = plan_of(long_chain(), Diagram(), MEASURE, Options())
    root = plan.root.id
    made = {aspect: asked(warm, plan, Direction.AUTO, aspect) for aspect in (WIDE, HIGH)}
    others = [asked(warm, plan, each, WIDE) for each in (Direction.DOWN, Direction.RIGHT)]
    assert height(made[WIDE], root, WIDE) * WORTH <= min(height(each, root, WIDE) for each in others)
    assert height(made[HIGH], root, HIGH) < height(made[WIDE], root, HIGH)
    assert judged(plan, made[WIDE])[0] == 0


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), aspect=st.sampled_from([0.4, 1.0, 1.6, 3.0]))
def test_no_view_is_better_served_by_one_direction_for_all(warm: Warm, seed: int, aspect: float) -> None:
    plan = plan_of(random_chart(seed, 12, 12), Diagram(), MEASURE, Options())
    made = asked(warm, plan, Direction.AUTO, aspect)
    assert checks.flaw(plan, made) is None
    faults, count = judged(plan, made)
    for each in (Direction.DOWN, Direction.RIGHT):
        other = asked(warm, plan, each, aspect)
        bad, few = judged(plan, other)
        is_better = (bad, few) <= (faults, count)
        assert not is_better or height(made, plan.root.id, aspect) <= height(other, plan.root.id, aspect)


def column(sizes: list[tuple[float, float]]) -> tuple[Plan, Drawing]:
    """Boxes below each other in one that is in the root."""
    boxes = [
        Node(id=f"s{at}", kind=NodeKind.SIMPLE, width=size[0], height=size[1])
        for at, size in enumerate(sizes)
    ]
    ids = frozenset(each.id for each in boxes)
    one = Node(id="one", kind=NodeKind.COMPOSITE, width=0, height=0, children=tuple(boxes), moving=ids)
    root = Node(id="root", kind=NodeKind.ROOT, width=0, height=0, children=(one,), moving=frozenset(["one"]))
    rects: dict[str, Rect] = {}
    at, widest = 20.0, max(size[0] for size in sizes)
    for box in boxes:
        rects[box.id] = Rect(20, at, box.width, box.height)
        at += box.height + 40
    rects["one"] = Rect(0, 0, widest + 40, at - 20)
    rects["root"] = rects["one"]
    return Plan(root=root), Drawing(rects)


FLOWS = {"one": elk.DOWN}


@pytest.mark.parametrize(
    ("sizes", "aspect", "expected"),
    [
        ([(100, 200)] * 8, WIDE, ["one"]),
        ([(100, 200)] * 8, HIGH, []),  # it fits as it is
        ([(100, 400)] * 2, WIDE, []),  # two are no chain
        ([(900, 40)] * 8, WIDE, []),  # they would be wider still
    ],
)
def test_a_column_is_turned_where_that_promises_much(
    sizes: list[tuple[float, float]], aspect: float, expected: list[str]
) -> None:
    plan, drawing = column(sizes)
    assert promising(plan, drawing, FLOWS, aspect) == expected


def test_regions_and_the_outermost_container_are_not_turned() -> None:
    made = chart("""
initial: a
states:
  a:
    type: parallel
    states:
      left: {initial: x, states: {x: {on: {GO: y}}, y: {}}}
      right: {initial: z, states: {z: {}}}
  b: {}
""")
    levels = Levels(plan_of(made, Diagram(), MEASURE, Options()), Columns())
    levels.place(elk.DOWN)
    assert set(levels.flows()) == {id_of(made, "a.left"), id_of(made, "a.right")}


@given(
    st.lists(st.tuples(st.integers(20, 300), st.integers(20, 300)), min_size=1, max_size=12),
    st.floats(0.2, 4),
)
def test_nothing_is_turned_that_fits_a_view_of_its_own_shape(
    sizes: list[tuple[float, float]], factor: float
) -> None:
    plan, drawing = column(sizes)
    whole = drawing.rects["root"]
    assert promising(plan, drawing, FLOWS, whole.width / whole.height) == []
