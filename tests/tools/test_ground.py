"""While a state is looked at alone open ground is its own: what tools put there lands in it, and it stays in place."""

from __future__ import annotations

import pytest

from editor.geometry import Point
from editor.tools.base import Tool
from editor.tools.create import FinalTool, StateTool
from editor.tools.select import SelectTool
from tests.tools.bench import Bench


def bench(tool: type[Tool]) -> Bench:
    made = Bench(tool)
    made.surface.ground = made.id("p")
    return made


@pytest.mark.parametrize("tool", [StateTool, FinalTool])
def test_a_state_is_put_into_it(tool: type[Tool]) -> None:
    made = bench(tool)
    before = set(made.document.chart.states)
    made.click(Point(900, 700))
    [new] = set(made.document.chart.states) - before
    assert made.document.chart.states[new].parent == made.id("p")


def test_what_is_dropped_there_stays_in_it() -> None:
    made = bench(SelectTool)
    made.drag(made.middle("p.c"), Point(900, 700))
    assert made.document.chart.states[made.id("p.c")].parent == made.id("p")
    assert made.surface.drop_text == ""


def test_a_drag_of_it_draws_a_band() -> None:
    made = bench(SelectTool)
    before = made.box("p")
    made.drag(Point(50, 170), Point(350, 310))
    assert made.box("p") == before
    assert {"p.c", "p.d"} <= made.selected()
    assert "p" not in made.selected()
