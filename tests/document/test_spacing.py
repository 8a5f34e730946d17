"""Space made and taken away: all beyond a line goes by as much, all before it stays, and nothing touches."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document import edits, notes, spacing
from editor.document.document import Document
from editor.errors import ChartError
from editor.geometry import Point, Rect
from editor.model import queries
from tests.charts import MEASURE, id_of
from tests.document.arranged import covering, drawing, outside, rect, rects
from tests.document.test_stepping_aside import placed

TEXT = """\
initial: a
states:
  a: {on: {GO: b, FAR: c}}
  b: {}
  c: {initial: d, states: {d: {on: {IN: e}}, e: {}}}
  r: {type: parallel, states: {one: {initial: x, states: {x: {}}}, two: {}}}
"""


@pytest.fixture
def made() -> Document:
    return placed(
        TEXT,
        a=(40, 40, 120, 40),
        b=(240, 40, 120, 40),
        c=(200, 200, 500, 200),
        c_d=(48, 80, 120, 40),
        c_e=(280, 80, 120, 40),
        r=(40, 600, 500, 300),
        r_one=(0, 32, 250, 268),
        r_one_x=(48, 64, 96, 40),
        r_two=(250, 32, 250, 268),
    )


def space(made: Document, container: str, line: float, by: float, *, is_level: bool = True) -> None:
    id = id_of(made.chart, container) if container else made.chart.root_id
    found = spacing.beyond(made.chart, made.diagram, id, line, is_level=is_level, measure=MEASURE)
    made.apply(spacing.space(made.chart, made.diagram, found, by, measure=MEASURE))


def ways(made: Document, before: dict[str, Rect]) -> dict[str, tuple[float, float]]:
    """How far the children of the machine went."""
    return {
        child.key: (rect(made, child.id).x - before[child.id].x, rect(made, child.id).y - before[child.id].y)
        for child in made.chart.children(made.chart.root_id)
    }


def test_all_beyond_is_pushed_in_one_step_and_what_the_line_runs_through_stays(made: Document) -> None:
    before = rects(made)
    space(made, "", 220, 80)
    assert ways(made, before) == {"a": (0, 0), "b": (80, 0), "c": (0, 0), "r": (0, 0)}
    assert made.undo_stack.undo_label == "Insert space"
    made.undo()
    assert rects(made) == before
    space(made, "", 150, 64, is_level=False)
    assert ways(made, before) == {"a": (0, 0), "b": (0, 0), "c": (0, 64), "r": (0, 64)}


def test_it_is_pulled_until_it_would_touch(made: Document) -> None:
    before = rects(made)
    space(made, "", 160, -500)
    assert ways(made, before)["b"] == (-72, 0)
    assert rect(made, id_of(made.chart, "b")).x == rect(made, id_of(made.chart, "a")).right + 8
    assert made.undo_stack.undo_label == "Remove space"
    with pytest.raises(ChartError, match="no space to take away"):
        space(made, "", 160, -8)


def test_within_a_composite_only_its_own_go_and_it_grows(made: Document) -> None:
    before = rects(made)
    space(made, "c", 200, 200)
    c, d, e = (id_of(made.chart, path) for path in ("c", "c.d", "c.e"))
    after = rects(made)
    assert {id for id in after if after[id] != before[id]} == {c, e}
    assert after[e].x - before[e].x == 200
    assert after[c].encloses(after[e])
    assert after[d] == before[d]


def test_bends_notes_and_the_dot_beyond_the_line_go_along(made: Document) -> None:
    far = next(each.id for each in made.chart.transitions.values() if each.trigger.text == "FAR")
    initial = queries.initial_transition(made.chart, made.chart.root_id)
    assert initial is not None
    made.apply(
        edits.set_bends(made.chart, made.diagram, far, [Point(100, 140), Point(180, 140), Point(180, 300)])
    )
    made.apply(edits.place_initial(made.chart, made.diagram, initial.id, Point(20, 400), measure=MEASURE))
    edit, note = notes.add(made.diagram, Rect(900, 500, 120, 40), "here")
    made.apply(edit)
    space(made, "", 150, 40, is_level=False)
    assert made.diagram.bends[far].points == (Point(100, 140), Point(180, 140), Point(180, 340))
    assert made.diagram.notes[note].y == 540
    assert made.diagram.boxes[made.chart.root_id].initial == Point(20, 440)


@pytest.mark.parametrize("is_level", [True, False])
@pytest.mark.parametrize("at", [180, 240, 330])
@pytest.mark.parametrize("by", [-500, -120, -40])
def test_bends_are_not_pulled_into_what_stays(by: int, at: int, is_level: bool) -> None:
    def turned(x: float, y: float) -> tuple[float, float]:
        return (x, y) if is_level else (y, x)

    made = placed(
        "{initial: a, states: {a: {on: {GO: b}}, b: {}}}",
        a=(*turned(40, 40), *turned(120, 104)), b=(*turned(400, 40), *turned(120, 104)),
    )  # fmt: skip
    line = next(each.id for each in made.chart.transitions.values() if each.trigger.text == "GO")
    made.apply(edits.set_bends(made.chart, made.diagram, line, [Point(*turned(at, 92))]))
    space(made, "", 164, by, is_level=is_level)
    (bend,) = made.diagram.bends[line].points
    a, b = (rect(made, id_of(made.chart, key)) for key in "ab")
    place, across = turned(*bend)
    assert across == 92
    assert turned(a.right, a.bottom)[0] < place <= at
    assert place == max(turned(a.right, a.bottom)[0] + 8, at + turned(b.x, b.y)[0] - 400)


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a", ""), ("c", "c"), ("c.d", "c"), ("r", ""), ("r.one", "r.one"), ("r.one.x", "r.one"), ("r.two", "")],
)
def test_the_container_is_the_innermost_that_regions_do_not_fill(
    made: Document, path: str, expected: str
) -> None:
    found = spacing.container_at(made.chart, made.diagram, id_of(made.chart, path))
    assert queries.dotted_path(made.chart, found) == expected
    assert spacing.container_at(made.chart, made.diagram, None) == made.chart.root_id


def test_beyond_everything_there_is_nothing(made: Document) -> None:
    with pytest.raises(ChartError, match="Nothing lies beyond"):
        space(made, "", 5000, 40)


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 100_000), st.integers(0, 13), st.integers(-400, 400), st.booleans())
def test_wherever_space_is_made_what_is_before_stays_and_what_was_apart_stays_so(
    seed: int, number: int, by: int, is_level: bool
) -> None:
    made = drawing(seed)
    chart = made.chart
    found = spacing.before(chart, made.diagram, [f"s{number}"], is_level=is_level, measure=MEASURE)
    assume(found is not None)
    assert found is not None
    before, apart, inside = rects(made), covering(made), outside(made)
    try:
        edit = spacing.space(chart, made.diagram, found, by, measure=MEASURE)
    except ChartError:
        assert by <= 0
        return
    made.apply(edit)
    after = rects(made)
    way = found.limited(by)
    origin = rect(made, found.container) if found.container != chart.root_id else Rect(0, 0, 0, 0)
    was = before.get(found.container, Rect(0, 0, 0, 0))
    for child in chart.children(found.container):
        if child.id not in after:
            continue
        dx = after[child.id].x - origin.x - (before[child.id].x - was.x)
        dy = after[child.id].y - origin.y - (before[child.id].y - was.y)
        goal = way if child.id in found.ids else 0.0
        assert (dx, dy) == pytest.approx((goal, 0) if is_level else (0, goal))
    assert covering(made) <= apart
    assert outside(made) <= inside
    if edit.changes:
        made.undo()
    assert rects(made) == before
