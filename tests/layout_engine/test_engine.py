"""With the libraries themselves."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.layout.frame import Frame
from editor.layout.routing import route
from editor.layout_engine import checks
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.options import Direction, Mode, Options, Rung, Scope
from editor.layout_engine.reading import plan_of
from editor.layout_engine.rungs import propose
from editor.layout_engine.warm import Warm
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart, seen_at, spread
from tests.layout.faults import faults
from tests.layout.samples import CASH_MACHINE
from tests.layout_engine.asking import by_engine
from tests.layout_engine.drawn import edited

SHARED = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def asked(warm: Warm, made: Chart, before: Diagram, options: Options) -> Drawing:
    plan = plan_of(made, before, MEASURE, options)
    return by_engine(warm, plan, options.mode, options.direction)


@SHARED
@given(seed=st.integers(0, 10_000), mode=st.sampled_from(Mode))
def test_any_chart_is_drawn_on_the_rung_that_is_asked_for(warm: Warm, seed: int, mode: Mode) -> None:
    made = random_chart(seed, 9, 10)
    proposal = propose(made, Diagram(), Options(mode=mode), warm, MEASURE)
    assert (proposal.rung.value, proposal.why) == (mode.value, "")


@SHARED
@given(seed=st.integers(0, 10_000), data=st.data())
def test_what_is_pinned_stays_and_all_is_drawn_around_it(warm: Warm, seed: int, data: st.DataObject) -> None:
    made = random_chart(seed, 9, 10)
    before = spread(made, placed(made))
    pinned = data.draw(st.frozensets(st.sampled_from(sorted(before.boxes)), min_size=1))
    proposal = propose(made, before, Options(pinned=pinned), warm, MEASURE)
    for id in pinned:
        assert seen_at(made, proposal.diagram, id) == seen_at(made, before, id)


@SHARED
@given(count=st.integers(6, 14), back=st.booleans())
def test_labels_of_a_state_that_many_others_share_lines_with_do_not_stand_in_one_row(
    warm: Warm, count: int, back: bool
) -> None:
    lines = {number: [f"NEXT: s{number + 1}"] if number < count else [] for number in range(count + 1)}
    for number in range(2, count + 1):
        source, target = (number, 0) if back else (0, number)
        lines[source].append(f"EVENT_WITH_A_NAME_{number}: s{target}")
    states = "".join(f"  s{number}: {{on: {{{', '.join(each)}}}}}\n" for number, each in lines.items())
    drawing = asked(warm, chart(f"initial: s0\nstates:\n{states}"), Diagram(), Options())
    rows = Counter(label.y for label in drawing.labels.values())
    assert max(rows.values()) <= 4


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("direction", list(Direction))
def test_the_cash_machine_is_drawn_without_faults(warm: Warm, mode: Mode, direction: Direction) -> None:
    made = chart(CASH_MACHINE)
    options = Options(mode=mode, direction=direction)
    proposal = propose(made, Diagram(), options, warm, MEASURE)
    assert proposal.rung.value == mode.value
    found = faults(Frame(made, proposal.diagram, MEASURE), route(made, proposal.diagram, None, MEASURE))
    assert (found.through, found.pill_on_state, found.pill_on_border, found.pill_on_pill) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", list(Mode))
def test_the_canvas_draws_the_routes_and_labels_of_the_engine(warm: Warm, mode: Mode) -> None:
    made = chart(CASH_MACHINE)
    drawing = asked(warm, made, Diagram(), Options(mode=mode))
    diagram = propose(made, Diagram(), Options(mode=mode), warm, MEASURE).diagram
    routes = route(made, diagram, None, MEASURE)
    for edge in plan_of(made, Diagram(), MEASURE, Options()).edges:
        if edge.is_wanted:
            assert routes[edge.id].paths == (drawing.routes[edge.id],)
        if edge.is_wanted and edge.label[0]:
            label, wanted = routes[edge.id].label, drawing.labels[edge.id]
            assert abs(label.x - wanted.x) <= 0.5
            assert abs(label.y - wanted.y) <= 0.5


def test_the_same_chart_is_drawn_the_same_twice(warm: Warm) -> None:
    made = chart(CASH_MACHINE)
    one, other = (propose(made, Diagram(), Options(), warm, MEASURE).diagram for _ in range(2))
    assert (one.boxes, one.bends) == (other.boxes, other.bends)


def test_lines_alone_go_round_what_stands_in_their_way(warm: Warm) -> None:
    made = chart(CASH_MACHINE)
    before = propose(made, Diagram(), Options(), warm, MEASURE).diagram
    proposal = propose(made, before, Options(scope=Scope.ROUTES), warm, MEASURE)
    assert proposal.rung is Rung.LEVELS
    assert proposal.diagram.boxes == before.boxes
    routes = route(made, proposal.diagram, None, MEASURE)
    assert faults(Frame(made, proposal.diagram, MEASURE), routes).through == 0


def test_one_container_is_arranged_and_the_others_keep_their_order(warm: Warm) -> None:
    made = chart(CASH_MACHINE)
    before = placed(made)
    serving = id_of(made, "serving")
    options = Options(scope=Scope.CONTAINER, ids=frozenset({serving}))
    proposal = propose(made, before, options, warm, MEASURE)
    assert proposal.rung is Rung.LEVELS
    for path in ("off", "test.cash", "repair.open"):
        assert proposal.diagram.boxes[id_of(made, path)].rect[2:] == before.boxes[id_of(made, path)].rect[2:]
    inside = [each.id for each in made.children(serving)]
    assert any(proposal.diagram.boxes[id] != before.boxes[id] for id in inside)


@pytest.mark.parametrize(
    "name", ["x" * 500, "مرحبا بالعالم", "שלום עולם", "状態遷移図の名前", "a\u0301b\u200d", "👩‍👩‍👧", "‮abc"]
)
@pytest.mark.parametrize("mode", list(Mode))
def test_names_of_all_kinds_are_drawn(warm: Warm, name: str, mode: Mode) -> None:
    quoted = json.dumps(name, ensure_ascii=False)
    made = chart(f"initial: a\nstates:\n  a: {{on: {{{quoted}: {quoted}}}}}\n  {quoted}: {{}}\n")
    proposal = propose(made, Diagram(), Options(mode=mode), warm, MEASURE)
    assert (proposal.rung.value, proposal.why) == (mode.value, "")


def test_one_state_is_drawn(warm: Warm) -> None:
    made = chart("initial: a\nstates: {a: {}}")
    proposal = propose(made, Diagram(), Options(), warm, MEASURE)
    assert proposal.rung is Rung.LEVELS
    assert (
        checks.flaw(plan_of(made, Diagram(), MEASURE, Options()), asked(warm, made, Diagram(), Options()))
        is None
    )


def test_five_thousand_states_in_one_container_are_drawn_and_it_is_told_by_whom(warm: Warm) -> None:
    lines = "".join(f"  s{number}: {{on: {{NEXT: s{(number + 1) % 5000}}}}}\n" for number in range(5000))
    proposal = propose(chart(f"initial: s0\nstates:\n{lines}"), Diagram(), Options(), warm, MEASURE)
    assert proposal.rung is Rung.GRAPHLAY
    assert "a state holds more than 1000 others" in proposal.why
    assert "the chart is too large for it" in proposal.why


def test_a_request_without_sense_is_answered_and_the_engine_lives_on(warm: Warm) -> None:
    process = warm.ready()
    for kind, told in (("layout", {"plan": 7}), ("layout", {}), ("ping", {})):
        reply = process.ask(kind, told)
        assert reply.came.wait(120)
        assert reply.told is not None
        assert ("done" in reply.told) == (kind == "ping")
    assert process.is_alive


@SHARED
@given(seed=st.integers(0, 10_000))
def test_a_drawing_is_kept_to_the_bit_where_the_chart_is_the_same(warm: Warm, seed: int) -> None:
    made = random_chart(seed, 9, 10)
    before = propose(made, Diagram(), Options(), warm, MEASURE).diagram
    after = propose(made, before, Options(keeps=True), warm, MEASURE).diagram
    assert (after.boxes, after.bends) == (before.boxes, before.bends)


@SHARED
@given(seed=st.integers(0, 10_000), data=st.data())
def test_what_is_pinned_stays_where_a_drawing_is_kept(warm: Warm, seed: int, data: st.DataObject) -> None:
    made = random_chart(seed, 9, 10)
    before = propose(made, Diagram(), Options(), warm, MEASURE).diagram
    pinned = data.draw(st.frozensets(st.sampled_from(sorted(before.boxes.keys() & made.states.keys()))))
    after = edited(made, seed)
    options = Options(keeps=True, pinned=pinned - {made.root_id})
    proposal = propose(after, before, options, warm, MEASURE)
    for id in options.pinned:
        assert seen_at(after, proposal.diagram, id) == seen_at(made, before, id)


def test_what_is_asked_for_afresh_may_move(warm: Warm) -> None:
    made = chart(CASH_MACHINE)
    before = propose(made, Diagram(), Options(), warm, MEASURE).diagram
    wide = spread(made, before)
    kept, afresh = (propose(made, wide, Options(keeps=each), warm, MEASURE).diagram for each in (True, False))
    id = id_of(made, "serving")
    assert kept.boxes[id].rect[:2] == wide.boxes[id].rect[:2]
    assert afresh.boxes[id].rect == before.boxes[id].rect


@SHARED
@given(seed=st.integers(0, 10_000), other=st.integers(0, 10_000), keeps=st.booleans())
def test_the_layout_of_another_machine_does_no_harm(warm: Warm, seed: int, other: int, keeps: bool) -> None:
    foreign = propose(random_chart(other, 12, 14), Diagram(), Options(), warm, MEASURE).diagram
    made = random_chart(seed, 9, 10)
    proposal = propose(made, foreign, Options(keeps=keeps), warm, MEASURE)
    assert (proposal.rung, proposal.why) == (Rung.LEVELS, "")
    assert made.states.keys() - {made.root_id} <= proposal.diagram.boxes.keys()
    assert foreign.bends.keys() - made.transitions.keys() <= proposal.diagram.bends.keys()


def test_an_engine_that_was_killed_in_between_is_started_anew(warm: Warm) -> None:
    made = chart(CASH_MACHINE)
    before = propose(made, Diagram(), Options(), warm, MEASURE).diagram
    warm.ready().kill()
    proposal = propose(made, Diagram(), Options(), warm, MEASURE)
    assert (proposal.rung, proposal.why) == (Rung.LEVELS, "")
    assert proposal.diagram.boxes == before.boxes
