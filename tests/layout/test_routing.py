from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.frame import Frame
from editor.layout.paths import length
from editor.layout.routing import Route, route
from editor.model.changes import TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Diagram, Label
from editor.model.elements import TriggerKind, is_unresolved
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE, placed, random_chart
from tests.layout.samples import field


def on_border(rect: Rect, point: Point, slack: float = 6.0) -> bool:
    """Rings end a few pixels inside the square around them."""
    return rect.grown(0.5).contains(point) and not rect.grown(-slack).contains(point)


def stretches(found: Route) -> list[tuple[Point, Point]]:
    return [pair for path in found.paths for pair in pairwise(path)]


def by_event(made: Chart, routes: dict[str, Route], event: str) -> Route:
    return next(routes[id] for id in routes if made.transitions[id].trigger.text == event)


def boxes(made: Chart, places: dict[str, tuple[float, float, float, float]]) -> Diagram:
    diagram = Diagram()
    for path, (x, y, width, height) in places.items():
        id = id_of(made, path)
        diagram.put_box(id, Box(id=id, x=x, y=y, width=width, height=height))
    return diagram


PAIR = "{initial: a, states: {a: {on: {GO: b, AGAIN: b}}, b: {on: {BACK: a}}}}"


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 10), st.integers(0, 14), st.booleans())
def test_paths_run_level_and_upright_from_border_to_border(
    seed: int, states: int, count: int, quick: bool
) -> None:
    made = random_chart(seed, states, count)
    diagram = placed(made)
    frame = Frame(made, diagram, MEASURE)
    for id, found in route(made, diagram, None, MEASURE, quick=quick).items():
        transition = made.transitions[id]
        assert all(a.x == b.x or a.y == b.y for a, b in stretches(found)), found
        source = frame.rect(transition.source)
        if found.ends_inside:
            assert source is None or all(source.contains(point) for point in found.paths[0])
            continue
        if source is not None and transition.trigger.kind is not TriggerKind.INITIAL:
            assert all(on_border(source, path[0]) for path in found.paths)
        targets = [frame.rect(target) for target in transition.targets if not is_unresolved(target)]
        for target, path in zip([each for each in targets if each is not None], found.paths, strict=False):
            assert on_border(target, path[-1])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 8), st.integers(1, 12))
def test_the_same_chart_is_always_drawn_alike(seed: int, states: int, count: int) -> None:
    made = random_chart(seed, states, count)
    diagram = placed(made)
    every = route(made, diagram, None, MEASURE)
    some = sorted(every)[::2]
    assert route(made, diagram, some, MEASURE) == {id: every[id] for id in some}


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("place", [(400, 40), (40, 300), (400, 300), (-300, 200)])
def test_paths_between_the_same_states_never_cover_each_other(
    place: tuple[float, float], quick: bool
) -> None:
    made = chart(PAIR)
    diagram = boxes(made, {"a": (40, 40, 120, 80), "b": (*place, 120, 80)})
    routes = route(made, diagram, None, MEASURE, quick=quick)
    lines = [stretches(routes[id]) for id in routes if made.transitions[id].trigger.text]
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            assert not any(covers(*s, *t) for s in one for t in other)


def covers(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two stretches lie on each other for more than a point."""
    first, second = Rect.between(a, b), Rect.between(c, d)
    width = min(first.right, second.right) - max(first.x, second.x)
    height = min(first.bottom, second.bottom) - max(first.y, second.y)
    return (width > 1 and abs(height) < 1 and a.y == b.y == c.y == d.y) or (
        height > 1 and abs(width) < 1 and a.x == b.x == c.x == d.x
    )


def test_states_side_by_side_are_joined_by_straight_lines_apart_from_each_other() -> None:
    made = chart(PAIR)
    diagram = boxes(made, {"a": (40, 40, 120, 80), "b": (400, 60, 120, 80)})
    routes = [
        found
        for id, found in route(made, diagram, None, MEASURE).items()
        if made.transitions[id].trigger.text
    ]
    assert all(len(found.paths[0]) == 2 for found in routes)
    levels = sorted(found.paths[0][0].y for found in routes)
    assert all(b - a >= 12 for a, b in pairwise(levels))


def test_a_path_goes_around_the_state_between() -> None:
    made = chart("{initial: a, states: {a: {on: {GO: c}}, b: {}, c: {}}}")
    diagram = boxes(made, {"a": (40, 40, 96, 40), "b": (240, 30, 96, 60), "c": (440, 40, 96, 40)})
    found = by_event(made, route(made, diagram, None, MEASURE), "GO")
    assert not any(Rect.between(a, b).intersects(Rect(240, 30, 96, 60)) for a, b in stretches(found))


def test_labels_keep_off_states_and_each_other() -> None:
    made = chart(
        "{initial: a, states: {a: {on: {SOMETHING: [{target: b, guard: isReady}, {target: b, guard: isOther}, c],"
        " OTHER: b}}, b: {on: {BACK: a}}, c: {on: {SOMETHING_ELSE: a}}}}"
    )
    diagram = boxes(made, {"a": (40, 40, 120, 96), "b": (480, 40, 120, 96), "c": (40, 320, 120, 64)})
    routes = route(made, diagram, None, MEASURE)
    labels = [found.label for found in routes.values() if found.label.width]
    assert len(labels) == 6
    for number, label in enumerate(labels):
        assert not any(label.intersects(other) for other in labels[number + 1 :])
        assert not any(label.intersects(box.rect) for box in diagram.boxes.values())


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 40), st.sampled_from([40, 56, 88]), st.integers(0, 40))
def test_a_label_wider_than_the_gap_covers_neither_state(gap: int, height: int, words: int) -> None:
    made = chart(
        f"{{initial: a, states: {{a: {{on: {{GO{'X' * words}: {{target: b, cond: isReady}}}}}}, b: {{}}}}}}"
    )
    diagram = boxes(made, {"a": (40, 200, 96, height), "b": (136 + gap * 8, 200, 96, height)})
    found = by_event(made, route(made, diagram, None, MEASURE), "GO" + "X" * words)
    line = found.paths[0]
    assert not any(found.label.intersects(box.rect) for box in diagram.boxes.values())
    assert line[0].x <= found.label.center.x <= line[-1].x
    assert abs(found.label.center.y - line[0].y) <= height / 2 + 28


def test_each_loop_on_a_state_has_its_own_way() -> None:
    made = chart("{initial: a, states: {a: {on: {X: a, Y: a, Z: a}}}}")
    diagram = boxes(made, {"a": (200, 200, 120, 80)})
    routes = route(made, diagram, None, MEASURE)
    loops = [routes[id] for id in routes if made.transitions[id].trigger.text]
    assert len({found.paths for found in loops}) == 3
    rect = Rect(200, 200, 120, 80)
    assert all(on_border(rect, found.paths[0][0]) and on_border(rect, found.paths[0][-1]) for found in loops)
    lines = [stretches(found) for found in loops]
    assert not any(covers(*s, *t) for s in lines[0] for t in lines[1])


def test_a_path_between_a_state_and_its_child_stays_inside() -> None:
    made = chart("{initial: a, states: {a: {initial: b, on: {IN: .b}, states: {b: {on: {OUT: '#a'}}}}}}")
    diagram = boxes(made, {"a": (40, 40, 320, 240), "a.b": (120, 100, 96, 40)})
    routes = route(made, diagram, None, MEASURE)
    found = by_event(made, routes, "IN")
    assert all(Rect(40, 40, 320, 240).contains(point) for path in found.paths for point in path)
    assert on_border(Rect(40, 40, 320, 240), found.paths[0][0])
    assert on_border(Rect(160, 140, 96, 40), found.paths[0][-1])


def test_several_targets_leave_by_one_trunk() -> None:
    made = chart(
        "{initial: s, states: {s: {on: {GO: {target: ['#p.x.x2', '#p.y.y2']}}}, p: {type: parallel, states: "
        "{x: {initial: x1, states: {x1: {}, x2: {}}}, y: {initial: y1, states: {y1: {}, y2: {}}}}}}}"
    )
    found = by_event(made, route(made, placed(made), None, MEASURE), "GO")
    assert len(found.paths) == 2
    assert found.paths[0][0] == found.paths[1][0]


def test_what_changes_no_state_is_a_row_inside_ending_in_a_square() -> None:
    made = chart("{initial: a, states: {a: {on: {TICK: {actions: count}, STOP: null}}}}")
    diagram = placed(made)
    rect = next(iter(diagram.boxes.values())).rect
    rows = [found for found in route(made, diagram, None, MEASURE).values() if found.ends_inside]
    assert len(rows) == 2
    assert all(rect.encloses(found.label) for found in rows)
    assert not rows[0].label.intersects(rows[1].label)


@pytest.mark.parametrize("below", [True, False])
@pytest.mark.parametrize("place", [1, 4, 7, 8, 20, 28])
@pytest.mark.parametrize("from_left", [True, False])
def test_a_line_by_hand_never_ends_along_a_border(below: bool, place: int, from_left: bool) -> None:
    made = chart("{initial: a, states: {a: {}, d: {on: {BACK: a}}}}")
    diagram = boxes(made, {"a": (400, 40, 120, 56), "d": (-200 if from_left else 1000, 40, 120, 56)})
    back = next(each for each in made.transitions.values() if each.trigger.text == "BACK")
    x, y, far = (360 if from_left else 560), (96 - place if below else 40 + place), (200 if below else -100)
    bends = Bends(id=back.id, points=(Point(-40 if from_left else 960, far), Point(x, far), Point(x, y)))
    diagram.put_bends(back.id, bends)
    path = by_event(made, route(made, diagram, None, MEASURE), "BACK").paths[0]
    (before, end) = path[-2:]
    assert end.x == (400 if from_left else 520)
    assert before == Point(x, end.y)
    assert abs(end.y - y) <= 8


def test_way_points_and_labels_placed_by_hand_are_kept() -> None:
    made = chart(PAIR)
    diagram = boxes(made, {"a": (40, 40, 120, 80), "b": (400, 40, 120, 80)})
    id = next(id for id, each in made.transitions.items() if each.trigger.text == "GO")
    points = (Point(100, 240), Point(460, 240))
    diagram.put_bends(id, Bends(id=id, points=points, label=Label(along=0.5, dx=0, dy=-20)))
    found = route(made, diagram, None, MEASURE)[id]
    assert found.paths[0] == (Point(100, 120), *points, Point(460, 120))
    assert found.label.center == Point(280, 220)
    assert length(found.paths[0]) == 600


def test_the_initial_dot_stands_beside_its_target_or_where_it_was_put() -> None:
    made = chart(PAIR)
    diagram = boxes(made, {"a": (60, 40, 120, 80), "b": (400, 40, 120, 80)})
    initial = next(id for id, each in made.transitions.items() if each.is_pseudo)
    assert route(made, diagram, [initial], MEASURE)[initial].paths == ((Point(32, 80), Point(60, 80)),)


@pytest.mark.parametrize("quick", [False, True])
@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10_000), number=st.integers(0, 15), dx=st.integers(-90, 90), dy=st.integers(-60, 60)
)
def test_moving_a_state_changes_no_route_that_is_out_of_its_reach(
    quick: bool, seed: int, number: int, dx: int, dy: int
) -> None:
    """Two groups of states, far from each other, with nothing between: what one does never shows in the other."""
    made, diagram = field(4, 8, seed=seed)
    states = sorted((each for each in made.states.values() if each.parent), key=lambda each: each.order)
    apart = {each.id for each in states[16:]}
    for id in apart:
        box = diagram.boxes[id]
        diagram.put_box(id, replace(box, y=box.y + 3000))
    crossing = [
        TransitionChange(each.id, each, None)
        for each in made.transitions.values()
        if each.source in made.states and (each.source in apart) != (each.targets[0] in apart)
    ]
    made.apply([each for each in crossing if each.old is not None and not each.old.is_pseudo])
    before = route(made, diagram, None, MEASURE, quick=quick)
    box = diagram.boxes[states[number].id]
    diagram.put_box(box.id, replace(box, x=box.x + dx, y=box.y + dy))
    after = route(made, diagram, None, MEASURE, quick=quick)
    ids = [id for id in before if made.transitions[id].source in apart]
    assert ids
    assert {id: after[id] for id in ids} == {id: before[id] for id in ids}


NAMED = (
    "{initial: allTheWorkThatIsDoneHere, states: {allTheWorkThatIsDoneHere: {type: parallel, states: {"
    "one: {initial: a, on: {RESET: '#allTheWorkThatIsDoneHere'}, states: {a: {}}},"
    "two: {initial: b, states: {b: {}}}}}}}"
)


def test_a_line_from_a_region_to_its_parallel_state_keeps_off_the_name_where_it_can() -> None:
    made = chart(NAMED)
    top = "allTheWorkThatIsDoneHere"
    diagram = boxes(
        made,
        {
            top: (40, 40, 620, 252),
            f"{top}.one": (0, 32, 310, 220),
            f"{top}.two": (310, 32, 310, 220),
            f"{top}.one.a": (60, 80, 96, 48),
            f"{top}.two.b": (60, 80, 96, 48),
        },
    )
    id = id_of(made, top)
    title = sizes.title_area(made, id, Rect(40, 40, 620, 252), MEASURE)
    assert title is not None
    assert title.right > 195, "the shortest way, from the middle of the region, runs through the name"
    found = by_event(made, route(made, diagram, None, MEASURE), "RESET")
    assert not any(Rect.between(a, b).intersects(title) for a, b in stretches(found))
    assert not found.label.intersects(title)


FORKED = """
states:
  p:
    type: parallel
    states:
      r: {initial: a, states: {a: {on: {GO: b}}, b: {}}}
      s: {initial: c, states: {c: {on: {GO: d}}, d: {}}}
initial: [p.r.b, p.s.d]
"""


@pytest.mark.parametrize("quick", [False, True])
def test_an_initial_arrow_leads_from_one_dot_to_all_its_targets(quick: bool) -> None:
    made = chart(FORKED)
    diagram = placed(made)
    arrow = next(each for each in made.transitions.values() if each.source == made.root_id)
    found = route(made, diagram, None, MEASURE, quick=quick)[arrow.id]
    frame = Frame(made, diagram, MEASURE)
    assert len({path[0] for path in found.paths}) == 1
    for target, path in zip(arrow.targets, found.paths, strict=True):
        rect = frame.rect(target)
        assert rect is not None
        assert on_border(rect, path[-1])
    others = [rect for path in ("p.r.a", "p.s.c") if (rect := frame.rect(id_of(made, path))) is not None]
    for a, b in stretches(found):
        assert a.x == b.x or a.y == b.y
        assert not any(Rect.between(a, b).intersects(rect.grown(-1)) for rect in others)


def test_the_dot_of_an_arrow_that_leads_deep_stands_outside_of_what_it_leads_into() -> None:
    made = chart(FORKED)
    diagram = placed(made)
    diagram.put_box(made.root_id, None)
    arrow = next(each for each in made.transitions.values() if each.source == made.root_id)
    frame = Frame(made, diagram, MEASURE)
    path, around = frame.initial(arrow), frame.card(id_of(made, "p"))
    assert path is not None
    assert around is not None
    assert not around.contains(path[0])
