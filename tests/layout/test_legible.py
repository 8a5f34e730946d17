"""Each rule of the drawing: what it tells, that a tidy drawing has nothing, and the same after any row of changes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.canvas.legible import Seen, whole
from editor.canvas.picture import Picture
from editor.document import drawing_checks, edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.geometry import Point
from editor.layout.legibility import Legibility
from editor.model.changes import BoxChange
from editor.model.diagram import Label
from editor.model.problems import Problem
from editor.model.rule_book import DRAWING, RULES
from tests.charts import MEASURE
from tests.document.arranged import drawing
from tests.layout.charts import random_chart
from tests.layout.unreadable import CASES, TIDY, Unreadable


def found(made: Document) -> tuple[Problem, ...]:
    return drawing_checks.check(made.chart, made.diagram, MEASURE)


def name(made: Document, id: str) -> str:
    """An element as cases name it."""
    if id in made.chart.states:
        return made.chart.states[id].key
    return made.chart.transitions[id].trigger.text


def test_a_tidy_drawing_has_nothing() -> None:
    made = Unreadable(rule="", where="", says="").drawn()
    assert len(TIDY) == len(made.diagram.boxes)
    assert found(made) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.says}")
def test_what_is_hard_to_read_is_told_where_it_is(case: Unreadable) -> None:
    made = case.drawn()
    own = [each for each in found(made) if (each.rule, name(made, each.element)) == (case.rule, case.where)]
    assert len(own) == 1, found(made)
    assert case.says in own[0].message
    assert own[0].severity is RULES[case.rule].severity


def test_every_rule_of_the_drawing_has_a_case() -> None:
    assert {case.rule for case in CASES} == {rule.id for rule in RULES.values() if rule.group == DRAWING}


def edited(made: Document, rng: random.Random) -> None:
    """Move or resize a state, bend a line, put a label somewhere, or take the last of these back."""
    chart, diagram = made.chart, made.diagram
    kind = rng.randrange(6)
    box = diagram.boxes[rng.choice(sorted(diagram.boxes))]
    if kind < 2:
        new = replace(box, x=box.x + rng.choice([-200, -24, 8, 160]), y=box.y + rng.choice([-80, 40]))
        made.apply(Edit("Move", (BoxChange(box.id, box, new),)))
    elif kind == 2:
        new = replace(box, width=max(8.0, box.width + rng.choice([-60, 120])), height=box.height + 16)
        made.apply(Edit("Resize", (BoxChange(box.id, box, new),)))
    elif kind == 5 and made.undo_stack.can_undo:
        made.undo()
    else:
        id = rng.choice(sorted(chart.transitions))
        if kind == 3:
            points = [Point(rng.randrange(0, 900, 8), rng.randrange(0, 700, 8)) for _ in range(3)]
            made.apply(edits.set_bends(chart, diagram, id, points))
        else:
            label = Label(along=rng.random(), dx=rng.choice([0, 90]), dy=rng.choice([0, -40]))
            made.apply(edits.place_label(chart, diagram, id, label))


def after(times: int) -> Callable[[], bool]:
    """Says that time is over when it was asked so often."""
    asked = count(1)
    return lambda: next(asked) >= times


def followed(made: Document, picture: Picture, seed: int, edits_made: int, step: int) -> None:
    seen = Seen(picture)
    kept = Legibility(seen)
    rng = random.Random(seed)
    made.changed.subscribe(picture.show)  # type: ignore[arg-type]
    for _ in range(edits_made):
        for _ in range(rng.randrange(1, 4)):  # some while it is not done with those before
            edited(made, rng)
            kept.note(seen.fresh())
            kept.look(after(step))
        while kept.is_waiting:
            kept.look(after(step))
        fresh = Legibility(Seen(picture))
        fresh.look()
        assert kept.problems() == fresh.problems()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 8), st.integers(1, 9))
def test_after_any_row_of_edits_the_same_is_told_as_of_a_new_drawing(
    seed: int, count: int, step: int
) -> None:
    made = drawing(seed, 12, 10)
    followed(made, Picture(made.chart, made.diagram, MEASURE), seed, count, step)


def test_what_is_only_sketched_is_looked_at_when_it_is_routed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("editor.canvas.picture_lines.SKETCHED", 5)
    monkeypatch.setattr("editor.canvas.picture_lines.CAREFUL", 3)
    made = drawing(3, 12, 20)
    picture = Picture(made.chart, made.diagram, MEASURE)
    seen = Seen(picture)
    kept = Legibility(seen)
    kept.look()
    assert not [each for each in kept.problems() if each.element in made.chart.transitions]
    picture.refine(list(made.chart.transitions))
    kept.note(seen.fresh())
    kept.look()
    fresh = Legibility(Seen(picture))
    fresh.look()
    assert kept.problems() == fresh.problems()
    assert [each for each in kept.problems() if each.element in made.chart.transitions]


def test_a_whole_drawing_that_will_stay_is_told_and_no_other() -> None:
    made = drawing(3, 12, 20)
    seen = whole(Picture(made.chart, made.diagram, MEASURE))
    assert seen is not None
    assert set(made.chart.states) - {made.chart.root_id} <= set(seen.ids())
    assert whole(Picture(made.chart, made.diagram, MEASURE, waits=True)) is None
    top = next(
        each.id for each in made.chart.states.values() if each.parent and made.chart.has_children(each.id)
    )
    assert whole(Picture(made.chart, made.diagram, MEASURE, top)) is None
    box = made.diagram.boxes[top]
    made.diagram.put_box(top, replace(box, collapsed=True))
    assert whole(Picture(made.chart, made.diagram, MEASURE)) is None


@pytest.mark.parametrize(
    ("setting", "states", "by_hand", "expected"),
    [
        ("auto", 30, False, True), ("auto", 30, True, False), ("auto", 12, False, False), ("on", 3, True, True),
        ("off", 30, False, False),
    ],
)  # fmt: skip
def test_by_itself_only_large_drawings_that_the_layout_made_are_checked(
    setting: str, states: int, by_hand: bool, expected: bool
) -> None:
    made = random_chart(1, states, 4)
    document = drawing(1, states, 4)
    if by_hand:
        boxes = [replace(box, auto=False) for box in document.diagram.boxes.values()]
        document.apply(Edit("Place", tuple(BoxChange(b.id, document.diagram.boxes[b.id], b) for b in boxes)))
    assert drawing_checks.is_wanted(setting, made, document.diagram) is expected
