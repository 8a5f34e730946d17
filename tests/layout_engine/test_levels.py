from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout_engine import checks, elk, integrated
from editor.layout_engine.levels import MOST, WAYS, Levels, Way
from editor.layout_engine.options import Options, Scope
from editor.layout_engine.plan import NodeKind, Plan
from editor.layout_engine.reading import plan_of
from editor.layout_engine.writing import diagram_of
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart, seen_at, spread
from tests.layout_engine.columns import Columns

NESTED = """
initial: a
states:
  a: {id: a, on: {GO: b, IN: b.y}}
  b:
    initial: x
    states:
      x: {on: {NEXT: y}}
      y: {on: {OUT: '#a', AGAIN: y}}
  c: {}
"""


def rects(made: Chart, diagram: Diagram, options: Options) -> dict[str, Rect]:
    return Levels(plan_of(made, diagram, MEASURE, options), Columns()).draw(elk.DOWN).rects


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_what_is_drawn_of_any_chart_holds_the_checks(seed: int) -> None:
    made = random_chart(seed, 10, 12)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    assert checks.flaw(plan, Levels(plan, Columns()).draw(elk.DOWN)) is None


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_pinned_states_stay_where_they_are(seed: int, data: st.DataObject) -> None:
    made = random_chart(seed, 10, 12)
    before = spread(made, placed(made))
    pinned = data.draw(st.frozensets(st.sampled_from(sorted(before.boxes))))
    plan = plan_of(made, before, MEASURE, Options(pinned=pinned))
    drawing = Levels(plan, Columns()).draw(elk.DOWN)
    after = diagram_of(made, before, Plan(root=plan.root), drawing, MEASURE)
    for id in pinned:
        assert seen_at(made, after, id) == seen_at(made, before, id)


def test_only_the_content_of_a_container_moves() -> None:
    made = chart(NESTED)
    before = placed(made)
    b = id_of(made, "b")
    after = rects(made, before, Options(scope=Scope.CONTAINER, ids=frozenset({b})))
    assert after[id_of(made, "a")] == before.boxes[id_of(made, "a")].rect
    assert after[b][:2] == before.boxes[b].rect[:2]
    x, y = id_of(made, "b.x"), id_of(made, "b.y")
    assert after[x].x == after[y].x
    assert after[x].moved(-after[b].x, -after[b].y) != before.boxes[x].rect


def test_a_selection_is_arranged_from_where_it_was() -> None:
    made = chart(NESTED)
    before = placed(made)
    a, c = id_of(made, "a"), id_of(made, "c")
    first = before.boxes[a].rect, before.boxes[c].rect
    after = rects(made, before, Options(scope=Scope.SELECTION, ids=frozenset({a, c})))
    assert min(after[a].x, after[c].x) == min(each.x for each in first)
    assert min(after[a].y, after[c].y) == min(each.y for each in first)
    assert after[a].x == after[c].x


def test_for_lines_alone_no_state_moves() -> None:
    made = chart(NESTED)
    before = placed(made)
    engine = Columns()
    plan = plan_of(made, before, MEASURE, Options(scope=Scope.ROUTES))
    drawing = Levels(plan, engine).draw(elk.DOWN)
    assert engine.placed == []
    for id in before.boxes:
        place, above = plan.nodes[id].place, drawing.rects[plan.parents[id]]
        assert drawing.rects[id].moved(-above.x, -above.y) == place
    assert {edge.id for edge in plan.edges if edge.is_wanted} <= drawing.routes.keys()


def test_lines_across_borders_are_routed_and_others_are_elks() -> None:
    made = chart(NESTED)
    engine = Columns()
    plan = plan_of(made, Diagram(), MEASURE, Options())
    Levels(plan, engine).draw(elk.DOWN)
    across = {line[0] for request in engine.routed for line in request["lines"]}
    events = {each.id: each.trigger.text for each in made.transitions.values()}
    assert {events[id] for id in across} == {"IN", "OUT"}


def test_at_most_two_crossing_lines_between_two_children_hold_their_order() -> None:
    many = "\n".join(f"      s{number}: {{on: {{E{number}: '#far'}}}}" for number in range(6))
    made = chart(f"initial: a\nstates:\n  far: {{id: far}}\n  a:\n    initial: s0\n    states:\n{many}\n")
    engine = Columns()
    Levels(plan_of(made, Diagram(), MEASURE, Options()), engine).draw(elk.DOWN)
    outer = engine.placed[-1]
    far = id_of(made, "far")
    assert sum(1 for edge in outer["edges"] if edge["targets"] == [far]) == 2


def test_another_direction_asks_again_for_the_outermost_container_alone() -> None:
    engine = Columns()
    levels = Levels(plan_of(chart(NESTED), Diagram(), MEASURE, Options()), engine)
    levels.draw(elk.DOWN)
    count = len(engine.placed)
    levels.draw(elk.RIGHT)
    assert len(engine.placed) == count + 1
    assert engine.placed[-1]["layoutOptions"]["elk.direction"] == "RIGHT"


def test_too_many_states_in_a_container_are_refused_at_once() -> None:
    many = "".join(f"  s{number}: {{}}\n" for number in range(MOST + 1))
    made = chart(f"initial: s0\nstates:\n{many}")
    engine = Columns()
    with pytest.raises(ValueError, match="more than 1000 others"):
        Levels(plan_of(made, Diagram(), MEASURE, Options()), engine).draw(elk.DOWN)
    assert engine.placed == []


def test_regions_meet_and_fill_their_state() -> None:
    made = chart("""
type: parallel
states:
  p:
    type: parallel
    states:
      one: {initial: a, states: {a: {on: {E: b}}, b: {}}}
      two: {initial: c, states: {c: {}}}
      three: {initial: d, states: {d: {}, e: {}, f: {}}}
""")
    after = rects(made, Diagram(), Options())
    own = after[id_of(made, "p")]
    inside = [after[id_of(made, f"p.{name}")] for name in ("one", "two", "three")]
    area = sum(each.width * each.height for each in inside)
    header = min(each.y for each in inside) - own.y
    assert area == pytest.approx(own.width * (own.height - header))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_the_whole_chart_in_one_go_holds_the_checks(seed: int) -> None:
    plan = plan_of(random_chart(seed, 10, 12), Diagram(), MEASURE, Options())
    drawing = integrated.draw(plan, Columns(), elk.DOWN)
    routed = replace(
        plan, edges=(), _lines={}
    )  # lines from a state to its own content are none of the columns'
    assert checks.flaw(routed, drawing) is None
    assert all(node.id in drawing.rects for node in plan.root.walk() if node.kind is not NodeKind.DOT)


INWARD = """
initial: a
states:
  a: {on: {GO_THROUGH_TO_IT: b.y}}
  b:
    id: around
    initial: x
    on: {FROM_THE_BORDER_TO_WHAT_IS_IN_IT: b.y}
    states: {x: {on: {NEXT: y}}, y: {on: {BACK_TO_THE_BORDER_AROUND_IT: '#around'}}}
"""


@pytest.mark.parametrize("way", WAYS)
def test_labels_between_a_container_and_what_is_in_it_have_room_of_their_own(way: Way) -> None:
    made = chart(INWARD)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    engine = Columns()
    drawing = Levels(plan, engine).draw(elk.DOWN, way)
    b = id_of(made, "b")
    ends = [each for each in plan.edges if each.label[0] and b in (each.source, each.target)]
    assert len(ends) == 2
    for edge in ends:
        label = drawing.labels[edge.id]
        assert drawing.rects[b].encloses(label)
        assert not any(label.intersects(drawing.rects[child.id]) for child in plan.nodes[b].children)
        assert f"label:{edge.id}" in {shape[0] for each in engine.routed for shape in each["shapes"]}


def test_a_line_that_crosses_borders_is_led_through_the_room_of_its_label() -> None:
    made = chart(INWARD)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    [crossing] = [each for each in plan.edges if each.source == id_of(made, "a")]
    for way in WAYS:
        engine = Columns()
        Levels(plan, engine).draw(elk.DOWN, way)
        lines = [line[0] for each in engine.routed for line in each["lines"]]
        assert (f"after:{crossing.id}" in lines) == way.lanes


REGIONS = """
initial: p
states:
  p:
    id: p
    type: parallel
    states:
      r:
        initial: x
        states: {x: {on: {ACROSS_THE_BORDER_TO_THE_OTHER_REGION: '#z', UP: '#p'}}, y: {}}
      s: {initial: w, states: {w: {}, z: {id: z}}}
"""


def test_labels_of_lines_across_regions_have_room_in_one_of_them() -> None:
    made = chart(REGIONS)
    plan = plan_of(made, Diagram(), MEASURE, Options())
    [way] = [each for each in WAYS if each.lanes and not each.own_first]
    drawing = Levels(plan, Columns()).draw(elk.DOWN, way)
    regions = [drawing.rects[id_of(made, path)] for path in ("p.r", "p.s")]
    labels = [drawing.labels[edge.id] for edge in plan.edges if edge.label[0]]
    assert len(labels) == 2
    assert all(any(region.encloses(label) for region in regions) for label in labels)
    boxes = [drawing.rects[id_of(made, path)] for path in ("p.r.x", "p.r.y", "p.s.w", "p.s.z")]
    assert not any(label.intersects(box) for label in labels for box in boxes)
