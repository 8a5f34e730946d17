"""Loops in a large chart, which is routed line by line: around a corner that is free, each on a way of its own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.geometry import Rect
from editor.layout.loops import CORNERS
from editor.layout.paths import Side, loop
from editor.layout.routing import Route, route
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from tests.charts import chart, id_of
from tests.layout.charts import MEASURE
from tests.layout.test_routing import boxes, covers, on_border, stretches

OWN = Rect(400, 400, 96, 40)
Place = tuple[float, float, float, float]


def loops(made: Chart, diagram: Diagram) -> list[Route]:
    """The loops of the state `a`, as a large chart has them."""
    a = id_of(made, "a")
    routes = route(made, diagram, None, MEASURE, quick=True)
    return [routes[each.id] for each in made.outgoing(a) if a in each.targets]


def corner(found: Route, rect: Rect = OWN) -> tuple[Side, Side]:
    end = found.paths[0][2]
    a = Side.TOP if end.y < rect.y else Side.BOTTOM
    return a, Side.RIGHT if end.x > rect.right else Side.LEFT


def test_where_all_is_free_it_is_the_top_right_corner() -> None:
    made = chart("{initial: a, states: {a: {on: {X: a}}}}")
    [found] = loops(made, boxes(made, {"a": OWN}))
    assert corner(found) == (Side.TOP, Side.RIGHT)


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([(400, 340, 96, 40)], (Side.BOTTOM, Side.RIGHT)),
        ([(510, 400, 96, 40)], (Side.TOP, Side.LEFT)),
        ([(400, 340, 96, 40), (510, 400, 96, 40)], (Side.BOTTOM, Side.LEFT)),
    ],
)
def test_beside_other_states_it_is_a_corner_that_is_free(
    others: list[Place], expected: tuple[Side, Side]
) -> None:
    keys = "bcd"[: len(others)]
    made = chart(
        f"{{initial: a, states: {{a: {{on: {{X: a}}}}, {', '.join(f'{key}: {{}}' for key in keys)}}}}}"
    )
    [found] = loops(made, boxes(made, {"a": OWN, **dict(zip(keys, others, strict=True))}))
    assert corner(found) == expected


def test_it_keeps_off_the_corner_where_others_end() -> None:
    made = chart("{initial: a, states: {a: {on: {X: a, Y: b, Z: b}}, b: {on: {BACK: a}}}}")
    [found] = loops(made, boxes(made, {"a": OWN, "b": (400, 160, 96, 40)}))
    assert corner(found)[0] is Side.BOTTOM


def test_it_stays_in_the_state_around_its_own() -> None:
    made = chart("{initial: p, states: {p: {initial: a, states: {a: {on: {X: .a}}}}}}".replace(".a", "a"))
    diagram = boxes(made, {"p": (380, 350, 300, 200), "p.a": (76, 50, 96, 40)})
    a = id_of(made, "p.a")
    routes = route(made, diagram, None, MEASURE, quick=True)
    [found] = [routes[each.id] for each in made.outgoing(a)]
    around = Rect(380, 350, 300, 200)
    assert all(around.contains(each) for each in found.paths[0])


def test_several_take_several_corners_first() -> None:
    made = chart("{initial: a, states: {a: {on: {R: a, S: a, T: a, U: a}}}}")
    found = loops(made, boxes(made, {"a": OWN}))
    assert {corner(each) for each in found} == set(CORNERS)


PLACES = st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), max_size=6, unique=True)


@settings(deadline=None, max_examples=80)
@given(PLACES, st.integers(1, 6), st.integers(8, 60))
def test_whatever_is_near_each_has_its_own_way_from_border_to_border(
    places: list[tuple[int, int]], count: int, gap: int
) -> None:
    others = {
        f"n{number}": (400.0 + x * (96 + gap), 400.0 + y * (40 + gap), 96.0, 40.0)
        for number, (x, y) in enumerate(places)
        if (x, y) != (0, 0)
    }
    events = ", ".join(f"E{number}: a" for number in range(count))
    made = chart(
        f"{{initial: a, states: {{a: {{on: {{{events}}}}}, {', '.join(f'{key}: {{}}' for key in others)}}}}}"
    )
    found = loops(made, boxes(made, {"a": OWN, **others}))
    assert len(found) == count
    for each in found:
        assert on_border(OWN, each.paths[0][0])
        assert on_border(OWN, each.paths[0][-1])
    lines = [stretches(each) for each in found]
    for number, one in enumerate(lines):
        for other in lines[number + 1 :]:
            assert not any(covers(*s, *t) for s in one for t in other)


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("place", CORNERS)
def test_a_loop_is_the_same_around_each_corner_seen_in_a_mirror(
    place: tuple[Side, Side], number: int
) -> None:
    plain = loop(OWN, number)
    wide, high = 2 * OWN.center.x, 2 * OWN.center.y
    mirrored = [
        (wide - x if place[1] is Side.LEFT else x, high - y if place[0] is Side.BOTTOM else y)
        for x, y in plain
    ]
    assert [tuple(each) for each in loop(OWN, number, place)] == mirrored
