from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from editor.layout_engine.options import Options
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import plan_of
from editor.model.diagram import Diagram
from tests.layout.charts import MEASURE, placed, random_chart


@given(st.integers(0, 10_000), st.booleans())
def test_a_plan_goes_over_a_pipe_and_back(seed: int, is_placed: bool) -> None:
    chart = random_chart(seed, 9, 12)
    plan = plan_of(chart, placed(chart) if is_placed else Diagram(), MEASURE, Options())
    assert Plan.from_data(json.loads(json.dumps(plan.to_data()))) == plan


def test_the_fork_of_two_boxes_is_where_their_lines_part() -> None:
    chart = random_chart(1, 9, 4)
    plan = plan_of(chart, Diagram(), MEASURE, Options())
    for one in plan.nodes:
        for other in plan.nodes:
            common = [id for id in plan.line(one) if id in plan.line(other)]
            assert plan.fork(one, other) == len(common)
