from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout_engine import bands, elk
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.levels import Levels
from editor.layout_engine.options import Options, Scope
from editor.layout_engine.plan import Plan
from editor.layout_engine.reading import plan_of
from editor.model.changes import TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE
from tests.layout_engine.columns import Columns
from tests.layout_engine.drawn import drawn, told

REGIONS = ["r0", "r1", "r2", "r3"]
LINES = st.lists(
    st.tuples(st.sampled_from(REGIONS), st.sampled_from([*REGIONS, "p"])), min_size=1, max_size=8
)
DEVICE = """
initial: off
states:
  off: {on: {SWITCH: device}}
  device:
    type: parallel
    id: device
    on: {SWITCH: off}
    states:
      lamp: {id: lamp, on: {DIM: '#fan', CLEAN: '#lamp'}}
      door: {on: {SHUT: '#lamp'}}
      fan: {id: fan, on: {STOP: '#device'}}
"""


def device(*events: str) -> Chart:
    """The same with those alone of the lines between its regions that these events fire."""
    made = chart(DEVICE)
    regions = {each.id for each in made.children(id_of(made, "device"))}
    lost = [
        each
        for each in made.transitions.values()
        if each.source in regions and each.trigger.text not in events
    ]
    made.apply([TransitionChange(each.id, each, None) for each in lost])
    return made


def lines_of(plan: Plan) -> list[str]:
    return [edge.id for edges in bands.lines(plan).values() for edge in edges]


def band_of(plan: Plan, drawing: Drawing, id: str) -> Rect:
    """What a state keeps free above its regions."""
    own, node = drawing.rects[id], plan.nodes[id]
    floor = min(drawing.rects[child.id].y for child in node.children)
    return Rect(own.x, own.y + node.header, own.width, floor - own.y - node.header)


@given(LINES)
def test_lines_above_one_region_run_at_heights_of_their_own(ends: list[tuple[str, str]]) -> None:
    tracks = bands.tracks(ends, REGIONS)
    for (one, track), (other, beside) in combinations(zip(ends, tracks, strict=True), 2):
        if set(one) & set(other) & set(REGIONS):
            assert track != beside


def test_who_leads_farther_runs_above() -> None:
    assert bands.tracks([("r0", "r3"), ("r1", "r2"), ("r1", "r1")], REGIONS) == [3, 2, 1]
    assert bands.tracks([("r0", "r0"), ("r3", "r3")], REGIONS) == [1, 1]


def test_lines_between_regions_run_in_a_band_above_them_without_crossing() -> None:
    plan = plan_of(chart(DEVICE), Diagram(), MEASURE, Options())
    drawing = Levels(plan, Columns()).draw(elk.DOWN)
    device = next(iter(bands.lines(plan)))
    band = band_of(plan, drawing, device)
    assert len(lines_of(plan)) == 4
    for id in lines_of(plan):
        assert band.grown(1).encloses(drawing.labels[id])
        assert all(band.grown(1).contains(point) for point in drawing.routes[id])
    labels = [drawing.labels[id] for id in lines_of(plan)]
    assert not any(one.intersects(other) for one, other in combinations(labels, 2))
    for id, other in combinations(lines_of(plan), 2):
        label = drawing.labels[other].grown(-1)
        assert not any(label.intersects(Rect.between(a, b)) for a, b in pairwise(drawing.routes[id]))


def test_regions_without_such_lines_stand_right_below_the_header() -> None:
    made = device()
    plan = plan_of(made, Diagram(), MEASURE, Options())
    assert band_of(plan, Levels(plan, Columns()).draw(elk.DOWN), id_of(made, "device")).height == 0


def test_loops_of_regions_that_stay_without_a_band_are_left_to_the_canvas() -> None:
    made = chart(DEVICE)
    plan = plan_of(made, drawn(device()), MEASURE, Options(scope=Scope.ROUTES))
    wanted = {made.transitions[edge.id].trigger.text for edge in plan.edges if edge.is_wanted}
    assert wanted == {"SWITCH", "DIM", "SHUT"}


def test_a_kept_drawing_makes_room_for_the_first_line_between_regions() -> None:
    before, made = device(), device("DIM")
    plan = told(made, drawn(before))
    assert plan.keeps
    drawing = Levels(plan, Columns()).draw(elk.DOWN)
    band = band_of(plan, drawing, id_of(made, "device"))
    assert all(band.grown(1).encloses(drawing.labels[id]) for id in lines_of(plan))
