"""States lined up or spread never come to cover each other or what stands beside them."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.document import aligning
from editor.document.document import Document
from tests.charts import MEASURE, id_of
from tests.document.arranged import covering, drawing, outside, rect, rects
from tests.document.test_stepping_aside import placed

TEXT = "{initial: a, states: {a: {on: {GO: b}}, b: {on: {ON: c}}, c: {}, d: {}}}"


def align(made: Document, keys: str, side: str) -> None:
    ids = [id_of(made.chart, key) for key in keys]
    made.apply(aligning.align(made.chart, made.diagram, ids, side, measure=MEASURE))


def place(made: Document, key: str) -> tuple[float, float]:
    found = rect(made, id_of(made.chart, key))
    return found.x, found.y


def test_states_side_by_side_that_are_aligned_left_stand_below_one_another() -> None:
    made = placed(TEXT, a=(40, 40, 120, 40), b=(240, 48, 120, 40), c=(440, 44, 120, 40), d=(900, 40, 120, 40))
    before = rects(made)
    align(made, "abc", "left")
    assert [place(made, key) for key in "acb"] == [(40, 40), (40, 144), (40, 248)]
    assert place(made, "d") == (900, 40)
    made.undo()
    assert rects(made) == before


def test_states_below_one_another_that_are_aligned_at_the_top_stand_side_by_side() -> None:
    made = placed(TEXT, a=(40, 40, 120, 40), b=(60, 100, 120, 40), c=(40, 300, 120, 40), d=(900, 40, 120, 40))
    align(made, "abc", "top")
    # as far from each other as they were, and no further than a label wants
    assert [place(made, key) for key in "acb"] == [(40, 40), (224, 40), (408, 40)]


def test_what_stands_where_one_comes_to_steps_aside() -> None:
    made = placed(
        TEXT, a=(40, 40, 120, 40), b=(400, 200, 120, 40), c=(60, 210, 120, 40), d=(900, 40, 120, 40)
    )
    align(made, "ab", "left")
    assert place(made, "a") == (40, 40)
    assert place(made, "b") == (40, 200)
    assert not covering(made)
    assert place(made, "c") != (60, 210)
    assert place(made, "d") == (900, 40)


def test_what_was_put_on_each_other_stays_so() -> None:
    made = placed(TEXT, a=(40, 40, 120, 40), b=(60, 60, 120, 40), c=(900, 400, 120, 40), d=(900, 40, 120, 40))
    align(made, "ab", "left")
    assert [place(made, key) for key in "ab"] == [(40, 40), (40, 60)]


@settings(deadline=None, max_examples=100)
@given(
    st.integers(0, 100_000), st.sets(st.integers(0, 13), min_size=3, max_size=8),
    st.sampled_from((*aligning.SIDES, "across", "down")),
)  # fmt: skip
def test_whatever_is_lined_up_or_spread_what_was_apart_stays_apart(
    seed: int, numbers: set[int], way: str
) -> None:
    made = drawing(seed)
    ids = [id for id in sorted(f"s{number}" for number in numbers) if id in made.diagram.boxes]
    least = 2 if way in aligning.SIDES else 3
    assume(len(aligning.movable(made.chart, ids)) >= least)
    before, covered, inside = rects(made), covering(made), outside(made)
    if way in aligning.SIDES:
        edit = aligning.align(made.chart, made.diagram, ids, way, measure=MEASURE)
    else:
        edit = aligning.distribute(made.chart, made.diagram, ids, is_level=way == "across", measure=MEASURE)
    made.apply(edit)
    assert covering(made) <= covered
    assert outside(made) <= inside
    made.undo()
    assert rects(made) == before
