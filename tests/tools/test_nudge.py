"""Arrow keys move a state by just what they say: nothing sticks, and nothing jumps when the parent grows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits
from editor.tools.select import SelectTool
from tests.charts import MEASURE
from tests.tools.bench import Bench

STEPS = st.lists(
    st.sampled_from([(8.0, 0.0), (-8.0, 0.0), (0.0, 8.0), (0.0, -8.0), (1.0, 0.0), (0.0, -1.0)]), max_size=40
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["a", "b", "done", "p", "p.c", "p.d", "r", "r.left.l1"]), STEPS)
def test_each_step_is_the_way_that_the_key_says(path: str, steps: list[tuple[float, float]]) -> None:
    bench = Bench(SelectTool)
    document, id = bench.document, bench.id(path)
    for dx, dy in steps:
        before = bench.surface.rect(id)
        document.apply(edits.nudge(document.chart, document.diagram, [id], dx, dy, measure=MEASURE))
        assert before is not None
        assert bench.surface.rect(id) == before.moved(dx, dy)
