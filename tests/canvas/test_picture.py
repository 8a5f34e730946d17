from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editor.canvas import picture_lines as picture_module
from editor.canvas.picture import Picture
from editor.geometry import Point, Rect
from editor.layout.frame import Frame
from editor.layout.routing import as_drawn
from editor.layout.sizes import TableMeasure
from editor.model.changes import (
    AnyChange,
    BoxChange,
    NoteChange,
    StateChange,
    TransitionChange,
    apply_to_diagram,
)
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram, Note
from editor.model.elements import In, Not, State, Transition, Trigger, TriggerKind
from editor.tools.base import Hit, HitKind
from tests.canvas.samples import random_edit, shop
from tests.layout.faults import faults
from tests.layout.samples import field

MEASURE = TableMeasure()


def edit(chart: Chart, diagram: Diagram, rng: random.Random) -> tuple[AnyChange, ...]:
    """Change something at random."""
    changes = tuple(random_edit(chart, diagram, rng))
    chart.apply(changes)
    apply_to_diagram(diagram, changes)
    return changes


def _picture() -> Picture:
    return Picture(*shop(), MEASURE)


def _look(picture: Picture) -> object:
    states = {
        id: (shape.rect, shape.level, shape.is_region, shape.is_leaf, shape.is_collapsed, shape.tint)
        for id, shape in picture.states.items()
    }
    routes = {id: shape.route for id, shape in picture.transitions.items()}
    return states, routes


def test_boxes_become_absolute_and_levels_count_cards():
    picture = _picture()
    assert picture.rect("a") == Rect(112, 120, 128, 88)
    assert picture.rect("root") is None
    assert picture.states["work"].level == 0
    assert picture.states["a"].level == 1
    assert picture.states["left"].is_region
    assert picture.states["l1"].level == 1


def test_hits_the_label_before_the_line_before_the_state():
    picture = _picture()
    route = picture.route("ab")
    assert route is not None
    assert picture.hit(route.label.center, 4) == Hit(kind=HitKind.LABEL, id="ab")
    start = route.paths[0][0]
    assert picture.hit(Point(start.x + 1, start.y + 2), 4) == Hit(kind=HitKind.TRANSITION, id="ab")
    assert picture.hit(Point(120, 200), 2) == Hit(kind=HitKind.STATE, id="a")
    assert picture.hit(Point(50, 270), 2) == Hit(kind=HitKind.STATE, id="work")
    assert picture.hit(Point(-500, -500), 2) == Hit()


def test_hits_the_initial_dot():
    picture = _picture()
    route = picture.route("i")
    assert route is not None
    assert picture.hit(route.paths[0][0], 4) == Hit(kind=HitKind.INITIAL, id="i")


@pytest.mark.parametrize(("dx", "dy"), [(5, 5), (-5, 0), (0, -5)])
def test_an_initial_dot_is_hit_wherever_it_is_drawn_however_near_one_looks(dx: float, dy: float):
    picture = _picture()
    route = picture.route("i")
    assert route is not None
    assert picture.hit(route.paths[0][0].moved(dx, dy), 0.5) == Hit(kind=HitKind.INITIAL, id="i")


def test_a_dot_that_is_moved_changes_its_arrow_alone():
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    before, box = picture.version, diagram.boxes["work"]
    moved = replace(box, initial=Point(20, 200))
    diagram.put_box("work", moved)
    picture.show((BoxChange("work", box, moved),), is_hasty=True)
    route = picture.route("i")
    assert route is not None
    assert route.paths[0][0] == Point(60, 240)
    assert "work" not in (picture.touched_since(before) or {"work"})


def test_the_deepest_state_leaves_out_what_is_dragged():
    picture = _picture()
    assert picture.state_at(Point(120, 130)) == "a"
    assert picture.state_at(Point(120, 130), without=["a"]) == "work"
    assert picture.state_at(Point(120, 130), without=["work"]) is None


def test_a_rubber_band_takes_what_lies_wholly_inside():
    picture = _picture()
    assert {"a", "b", "ab", "ba"} <= set(picture.elements_in(Rect(100, 110, 500, 110)))
    assert "work" not in picture.elements_in(Rect(100, 110, 500, 110))


def test_lifting_a_composite_takes_its_inside_and_all_their_transitions():
    states, transitions = _picture().with_inside(["work"])
    assert states == {"work", "a", "b", "h"}
    assert {"ab", "ba", "in", "aa", "wb", "i"} == transitions


def test_a_collapsed_state_hides_its_inside_and_keeps_what_leads_to_it():
    chart, diagram = shop()
    outward = Transition(id="ar", source="a", targets=("r1",), order=5, trigger=Trigger(text="OUT"))
    chart.apply((TransitionChange("ar", None, outward),))
    box = diagram.boxes["work"]
    folded = replace(box, collapsed=True, width=160.0, height=64.0)
    picture = Picture(chart, diagram, MEASURE)
    diagram.put_box("work", folded)
    picture.show((BoxChange("work", box, folded),))
    assert "a" not in picture.states
    assert picture.states["work"].is_collapsed
    assert "ab" not in picture.transitions
    route = picture.route("ar")
    assert route is not None
    assert Rect(40, 40, 160, 64).grown(1).contains(route.paths[0][0])
    assert picture.drawn("a") == "work"
    diagram.put_box("work", box)
    picture.show((BoxChange("work", folded, box),))
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


def test_what_changed_is_inside_the_dirty_areas():
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    before, box = picture.rect("b"), diagram.boxes["b"]
    moved = replace(box, x=box.x + 16)
    diagram.put_box("b", moved)
    dirty = picture.show((BoxChange("b", box, moved),))
    assert before is not None
    assert any(area.encloses(before) for area in dirty)
    assert any(area.encloses(before.moved(16, 0)) for area in dirty)
    assert picture.rect("b") == before.moved(16, 0)


def test_nothing_is_dirty_for_no_changes():
    picture = _picture()
    assert picture.show(()) == []


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.integers(1, 12), st.sampled_from([0, 150]))
def test_following_edits_leads_to_the_picture_of_a_fresh_start(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int, careful: int
):
    monkeypatch.setattr(picture_module, "CAREFUL", careful)
    rng = random.Random(seed)
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    for _ in range(length):
        changes = edit(chart, diagram, rng)
        picture.show(changes)
        assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.integers(1, 12), st.sampled_from([0, 5, 150]))
def test_what_was_routed_in_haste_settles_to_the_picture_of_a_fresh_start(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int, careful: int
):
    monkeypatch.setattr(picture_module, "CAREFUL", careful)
    monkeypatch.setattr(picture_module, "HASTY", 0)
    rng = random.Random(seed)
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    for _ in range(length):
        changes = edit(chart, diagram, rng)
        picture.show(changes, is_hasty=rng.random() < 0.7)
    picture.settle()
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))
    assert picture.settle() == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.integers(0, 6))
def test_what_is_opened_in_a_hurry_is_seen_at_once_and_settles_to_the_same(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int
):
    chart, diagram = shop()
    monkeypatch.setattr(picture_module, "PROMPT", len(chart.transitions) - 1)
    rng = random.Random(seed)
    picture = Picture(chart, diagram, MEASURE, hurries=True)
    assert picture.is_hasty
    assert picture.transitions.keys() == Picture(chart, diagram, MEASURE).transitions.keys()
    for _ in range(length):
        picture.show(edit(chart, diagram, rng), is_hasty=rng.random() < 0.7)
    picture.settle()
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


def test_what_is_opened_in_a_hurry_is_as_it_stays_where_that_takes_no_time():
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE, hurries=True)
    assert not picture.is_hasty
    assert _look(picture) == _look(_picture())


def test_hundreds_of_lines_are_drawn_with_care():
    chart, diagram = field(20, 12, seed=3)
    assert len(chart.transitions) > 300
    frame, routes = Frame(chart, diagram, MEASURE), as_drawn(chart, diagram, None, MEASURE)
    picture = Picture(chart, diagram, MEASURE)
    assert {id: shape.route for id, shape in picture.transitions.items()} == routes
    found = faults(frame, routes)
    assert (found.through, found.pill_on_state, found.pill_on_pill) == (0, 0, 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.integers(1, 8), st.booleans())
def test_what_moves_between_states_turns_aside_the_routes_of_others(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int, is_dragged: bool
):
    monkeypatch.setattr(picture_module, "CAREFUL", 0)
    monkeypatch.setattr(picture_module, "HASTY", 0)
    rng = random.Random(seed)
    chart, diagram = field(4, 4, seed=seed)
    picture = Picture(chart, diagram, MEASURE)
    for _ in range(length):
        box = diagram.boxes[rng.choice(sorted(diagram.boxes))]
        moved = replace(box, x=box.x + rng.choice([-110, 40, 220]), y=box.y + rng.choice([-60, 0, 130]))
        diagram.put_box(box.id, moved)
        picture.show((BoxChange(box.id, box, moved),), is_hasty=is_dragged and rng.random() < 0.8)
    picture.settle()
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.integers(1, 8), st.booleans())
def test_loops_go_around_the_corners_that_are_free_after_whatever_moved(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int, is_dragged: bool
):
    monkeypatch.setattr(picture_module, "CAREFUL", 0)
    monkeypatch.setattr(picture_module, "HASTY", 0)
    rng = random.Random(seed)
    chart, diagram = field(4, 4, seed=seed)
    states = sorted(diagram.boxes)
    chart.apply(
        TransitionChange(
            f"loop{number}", None,
            Transition(
                id=f"loop{number}", source=id, targets=(id,), order=90 + number, trigger=Trigger(text="AGAIN")
            ),
        )
        for number, id in enumerate([*states, *rng.sample(states, 5)])
    )  # fmt: skip
    picture = Picture(chart, diagram, MEASURE)
    for number in range(length):
        if rng.random() < 0.3:
            one, other = rng.sample(states, 2)
            line = Transition(id=f"line{number}", source=one, targets=(other,), order=200 + number)
            change = TransitionChange(line.id, None, line)
            chart.apply((change,))
            picture.show((change,), is_hasty=is_dragged)
            continue
        box = diagram.boxes[rng.choice(states)]
        moved = replace(box, x=box.x + rng.choice([-110, 40, 220]), y=box.y + rng.choice([-60, 0, 130]))
        diagram.put_box(box.id, moved)
        picture.show((BoxChange(box.id, box, moved),), is_hasty=is_dragged and rng.random() < 0.8)
    picture.settle()
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


def test_a_large_chart_is_sketched_first_and_routed_when_looked_at():
    chart, diagram = Chart(), Diagram()
    changes: list[AnyChange] = []
    for number in range(800):
        id = f"s{number}"
        changes.append(StateChange(id, None, State(id=id, parent="root", key=id, order=number)))
        diagram.put_box(id, Box(id=id, x=number % 40 * 200, y=number // 40 * 120, width=96, height=40))
    for number in range(1600):
        made = Transition(
            id=f"t{number}", source=f"s{number % 800}", targets=(f"s{(number + 1) % 800}",), order=number
        )
        changes.append(TransitionChange(made.id, None, made))
    chart.apply(changes)
    picture = Picture(chart, diagram, MEASURE)
    assert len(picture.sketched) == 1600
    assert picture.route("t5") is not None
    assert "t5" not in picture.sketched
    picture.refine(list(picture.transitions))
    assert not picture.sketched


def test_a_note_that_is_written_after_a_drag_does_not_keep_it_from_settling(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(picture_module, "HASTY", 0)
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    box = diagram.boxes["b"]
    moved = BoxChange("b", box, replace(box, x=box.x + 40, y=box.y + 60))
    written = NoteChange("n", None, Note(id="n", x=0, y=400, width=80, height=40))
    apply_to_diagram(diagram, (moved, written))
    picture.show((moved,), is_hasty=True)
    picture.show((written,))
    picture.settle()
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.integers(1, 10), st.sampled_from([0, 5, 150]), st.sampled_from([0, 6]))
def test_routes_that_are_found_a_little_at_a_time_are_those_found_at_once(
    monkeypatch: pytest.MonkeyPatch, seed: int, length: int, careful: int, at_once: int
):
    monkeypatch.setattr(picture_module, "AT_ONCE", at_once)
    monkeypatch.setattr(picture_module, "CAREFUL", careful)
    monkeypatch.setattr(picture_module, "HASTY", 0)
    rng = random.Random(seed)
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    for _ in range(length):
        changes = edit(chart, diagram, rng)
        picture.show(changes, is_hasty=True)
        for _ in range(rng.choice((0, 1, 4))):  # the next edit may come before all are found
            picture.settle(is_over=lambda: rng.random() < 0.1)
    while picture.is_hasty:
        picture.settle(is_over=lambda: True)
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.sampled_from([0, 150]), st.booleans())
def test_a_picture_that_waits_is_settled_to_what_another_is_at_once(
    monkeypatch: pytest.MonkeyPatch, seed: int, careful: int, is_folded: bool
):
    monkeypatch.setattr(picture_module, "CAREFUL", careful)
    rng = random.Random(seed)
    chart, diagram = shop()
    for _ in range(3):
        edit(chart, diagram, rng)
    if is_folded and "work" in diagram.boxes:
        diagram.put_box("work", replace(diagram.boxes["work"], collapsed=True))
    picture = Picture(chart, diagram, MEASURE, waits=True)
    assert not picture.transitions
    while picture.is_hasty:
        picture.settle(is_over=lambda: rng.random() < 0.5)
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000), st.sampled_from([0, 150]))
def test_what_moves_takes_only_lines_along_that_touch_it_until_all_are_routed(
    monkeypatch: pytest.MonkeyPatch, seed: int, careful: int
):
    monkeypatch.setattr(picture_module, "CAREFUL", careful)
    rng = random.Random(seed)
    chart, diagram = field(4, 4, seed=seed)
    picture = Picture(chart, diagram, MEASURE)
    before = {id: shape.route for id, shape in picture.transitions.items()}
    box = diagram.boxes[rng.choice(sorted(diagram.boxes))]
    moved = replace(box, x=box.x + rng.choice([-110, 40, 220]), y=box.y + rng.choice([-60, 8, 130]))
    diagram.put_box(box.id, moved)
    dirty = picture.show((BoxChange(box.id, box, moved),), is_hasty=True)
    for id, route in before.items():
        transition = chart.transitions[id]
        if transition.trigger.kind is not TriggerKind.INITIAL:
            touches = box.id in (transition.source, *transition.targets)
            assert (picture.transitions[id].route != route) is touches, id
    assert any(area.encloses(Rect(moved.x, moved.y, moved.width, moved.height)) for area in dirty)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 100_000))
def test_where_many_lines_touch_what_moves_they_trail_after_it(monkeypatch: pytest.MonkeyPatch, seed: int):
    monkeypatch.setattr(picture_module, "AT_ONCE", 0)
    rng = random.Random(seed)
    chart, diagram = field(4, 4, seed=seed)
    picture = Picture(chart, diagram, MEASURE)
    before = {id: shape.route for id, shape in picture.transitions.items()}
    box = diagram.boxes[rng.choice(sorted(diagram.boxes))]
    x, y = rng.choice([-110, 40, 220]), rng.choice([-60, 8, 130])
    moved = replace(box, x=box.x + x, y=box.y + y)
    diagram.put_box(box.id, moved)
    picture.show((BoxChange(box.id, box, moved),), is_hasty=True)
    for id, route in before.items():
        transition, after = chart.transitions[id], picture.transitions[id].route
        ends = [each == box.id for each in (transition.source, *transition.targets)]
        if transition.trigger.kind is TriggerKind.INITIAL or len(ends) != 2 or route.ends_inside:
            continue
        first, last = route.paths[0][0], route.paths[0][-1]
        assert after.paths[0][0] == (first.moved(x, y) if ends[0] else first)
        assert after.paths[0][-1] == (last.moved(x, y) if ends[1] else last)
        assert after.label.width == route.label.width


def test_lines_within_a_state_that_moves_go_along_as_they_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(picture_module, "HASTY", 0)
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    before, box = picture.transitions["ab"].route, diagram.boxes["work"]
    moved = replace(box, x=box.x + 40, y=box.y + 24)
    diagram.put_box("work", moved)
    picture.show((BoxChange("work", box, moved),), is_hasty=True)
    after = picture.transitions["ab"].route
    assert after.paths == tuple(tuple(point.moved(40, 24) for point in path) for path in before.paths)
    assert after.label == before.label.moved(40, 24)


def test_a_line_that_says_something_else_stays_where_it_is(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(picture_module, "HASTY", 0)
    chart, diagram = shop()
    picture = Picture(chart, diagram, MEASURE)
    before, old = picture.transitions["ab"].route, chart.transitions["ab"]
    changes = (TransitionChange("ab", old, replace(old, trigger=Trigger(text="A_MUCH_LONGER_EVENT"))),)
    chart.apply(changes)
    picture.show(changes, is_hasty=True)
    after = picture.transitions["ab"].route
    assert after.paths == before.paths
    assert after.label.width > before.label.width
    assert abs(after.label.center.x - before.label.center.x) <= 1


def test_a_guard_that_asks_for_a_state_is_told_anew_when_the_state_is_renamed(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(picture_module, "CAREFUL", 0)
    chart, diagram = shop()
    line = chart.transitions["ab"]
    asking = TransitionChange("ab", line, replace(line, guard=Not(part=In(state="r1"))))
    chart.apply((asking,))
    picture = Picture(chart, diagram, MEASURE)
    state = chart.states["r1"]
    changes = (StateChange("r1", state, replace(state, key="aNameThatIsMuchLonger")),)
    chart.apply(changes)
    picture.show(changes)
    assert _look(picture) == _look(Picture(chart, diagram, MEASURE))
