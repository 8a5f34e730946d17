"""Arrows go from state to state as one would point: to what lies that way, and everywhere in what stands in rows."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document.selecting import nearest
from editor.geometry import Rect
from editor.model.changes import StateChange
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram
from editor.model.elements import State

WAYS = ((1, 0), (-1, 0), (0, 1), (0, -1))
PLACES = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 700), st.integers(40, 160), st.integers(40, 90)),
    min_size=2,
    max_size=12,
)


def drawn(places: dict[str, Rect], parents: dict[str, str] | None = None) -> tuple[Chart, Diagram]:
    """States in rectangles within what they lie in."""
    chart, diagram = Chart(), Diagram()
    around = parents or {}
    states = [
        State(id=id, parent=around.get(id, chart.root_id), key=id, order=place)
        for place, id in enumerate(places)
    ]
    chart.apply([StateChange(each.id, None, each) for each in states])
    for id, rect in places.items():
        diagram.put_box(id, Box(id=id, x=rect.x, y=rect.y, width=rect.width, height=rect.height))
    return chart, diagram


def reached(chart: Chart, diagram: Diagram, start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for dx, dy in WAYS:
            there = nearest(chart, diagram, here, dx, dy)
            if there is not None and there not in found:
                found.add(there)
                waiting.append(there)
    return found


@settings(max_examples=300)
@given(PLACES, st.integers(0, 11))
def test_every_state_is_reached_by_arrows_from_every_other(
    rects: list[tuple[int, int, int, int]], start: int
) -> None:
    """Two with the same middle lie in no direction of each other; they are gone to by Tab."""
    places = {f"s{number}": Rect(*rect) for number, rect in enumerate(rects)}
    assume(len({rect.center for rect in places.values()}) == len(places))
    chart, diagram = drawn(places)
    assert reached(chart, diagram, f"s{start % len(places)}") == set(places)


@given(st.integers(2, 5), st.integers(2, 5), st.data())
def test_in_rows_and_columns_arrows_go_to_the_next(rows: int, columns: int, data: st.DataObject) -> None:
    """Also where none stands exactly where it would."""
    shift = st.tuples(st.integers(-20, 20), st.integers(-10, 10))
    places = {}
    for row in range(rows):
        for column in range(columns):
            dx, dy = data.draw(shift)
            places[f"s{row}{column}"] = Rect(column * 200 + dx, row * 120 + dy, 100, 50)
    chart, diagram = drawn(places)
    row, column = data.draw(st.integers(0, rows - 2)), data.draw(st.integers(0, columns - 2))
    here, right, below = f"s{row}{column}", f"s{row}{column + 1}", f"s{row + 1}{column}"
    assert nearest(chart, diagram, here, 1, 0) == right
    assert nearest(chart, diagram, right, -1, 0) == here
    assert nearest(chart, diagram, here, 0, 1) == below
    assert nearest(chart, diagram, below, 0, -1) == here


@given(PLACES, st.sampled_from(WAYS))
def test_an_arrow_leads_somewhere_that_way_if_anything_is_there(
    rects: list[tuple[int, int, int, int]], way: tuple[int, int]
) -> None:
    places = {f"s{number}": Rect(*rect) for number, rect in enumerate(rects)}
    chart, diagram = drawn(places)
    (dx, dy), start = way, places["s0"].center

    def along(id: str) -> float:
        return (places[id].center.x - start.x) * dx + (places[id].center.y - start.y) * dy

    def across(id: str) -> float:
        return abs((places[id].center.x - start.x) * dy) + abs((places[id].center.y - start.y) * dx)

    that_way = [id for id in places if along(id) > 0]
    found = nearest(chart, diagram, "s0", dx, dy)
    assert (found is None) is (not that_way)
    if found is not None:
        assert found in that_way
        between = [
            id for id in that_way if along(id) < along(found) and across(id) < across(found) and id != found
        ]
        assert all(across(id) > along(id) for id in between)


def test_what_is_ahead_elsewhere_comes_before_what_is_far_off_the_way() -> None:
    places = {
        "left": Rect(0, 0, 300, 600),
        "right": Rect(300, 0, 300, 600),
        "a": Rect(20, 20, 80, 40),
        "b": Rect(40, 500, 80, 40),
        "c": Rect(20, 20, 80, 40),
    }
    chart, diagram = drawn(places, {"a": "left", "b": "left", "c": "right"})
    assert nearest(chart, diagram, "a", 1, 0) in ("c", "right")
    assert nearest(chart, diagram, "a", 0, 1) == "b"


def test_nothing_lies_beyond_the_last() -> None:
    chart, diagram = drawn({"a": Rect(0, 0, 80, 40), "b": Rect(200, 0, 80, 40)})
    assert nearest(chart, diagram, "b", 1, 0) is None
    assert nearest(chart, diagram, "a", 0, 1) is None
