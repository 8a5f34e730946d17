"""Each repair of what is hard to read: the problem is gone, it is one step, and taking it back leaves no trace."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import drawing_checks, edits, repairing
from editor.document.document import Document
from editor.geometry import Point
from editor.layout.drawn import Drawn
from editor.layout.frame import Frame
from editor.layout.routing import NOTHING, Route, as_drawn
from editor.model.diagram import Label
from editor.model.problems import Problem
from tests.charts import MEASURE
from tests.document.arranged import drawing, rects
from tests.document.test_stepping_aside import placed
from tests.layout.test_legible import edited, name
from tests.layout.unreadable import CASES, Unreadable, line


def problems(made: Document) -> tuple[Problem, ...]:
    return drawing_checks.check(made.chart, made.diagram, MEASURE)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.says}")
def test_each_repair_ends_its_problem_in_one_step_that_can_be_taken_back(case: Unreadable) -> None:
    made = case.drawn()
    before = dict(made.diagram.boxes), dict(made.diagram.bends)
    problem = next(
        each for each in problems(made) if (each.rule, name(made, each.element)) == (case.rule, case.where)
    )
    found = repairing.repairs(made.chart, made.diagram, problem, MEASURE)
    assert [each.title for each in found] == list(case.repairs)
    for repair in found:
        made.apply(repair.edit)
        assert made.undo_stack.undo_label == repair.title
        assert (problem.rule, problem.element) not in [(each.rule, each.element) for each in problems(made)]
        made.undo()
        assert (dict(made.diagram.boxes), dict(made.diagram.bends)) == before


@pytest.mark.parametrize("length", [1, 3, 5, 8, 12, 18])
@pytest.mark.parametrize("gap", [48, 96, 160])
def test_a_label_put_on_its_line_leaves_both_ends_to_be_seen(gap: int, length: int) -> None:
    event = "G" * length
    made = placed(
        f"{{initial: a, states: {{a: {{on: {{{event}: b}}}}, b: {{}}}}}}",
        a=(80, 80, 120, 40), b=(200 + gap, 80, 120, 40),
    )  # fmt: skip
    id = line(made, event).id
    made.apply(edits.place_label(made.chart, made.diagram, id, Label(along=0.5, dx=0, dy=90)))
    problem = next(each for each in problems(made) if each.rule == "label-far")
    repair = next(
        each
        for each in repairing.repairs(made.chart, made.diagram, problem, MEASURE)
        if each.title == "Put the label on its line"
    )
    made.apply(repair.edit)
    route = as_drawn(made.chart, made.diagram, None, MEASURE)[id]
    start, end = route.paths[0][0], route.paths[0][-1]
    assert not route.label.contains(start)
    assert not route.label.contains(end)
    assert not route.label.contains(end.moved(-8, 0))
    assert problem.rule not in [each.rule for each in problems(made)]


def test_repairs_are_of_the_drawing_that_is_shown() -> None:
    """A line runs through a state only as it is shown: what it runs through is told from there."""
    case = next(each for each in CASES if each.rule == "line-through-state")
    made = case.drawn()
    problem = next(each for each in problems(made) if each.rule == case.rule)
    frame = Frame(made.chart, made.diagram, MEASURE)
    routes = as_drawn(made.chart, made.diagram, None, MEASURE)
    away = {**routes, problem.element: Route(((Point(-900, -900), Point(-800, -900)),), NOTHING)}
    asides = {
        len(
            [
                each
                for each in repairing.repairs(made.chart, made.diagram, problem, MEASURE, shown)
                if each.kind == "aside"
            ]
        )
        for shown in (None, Drawn(frame, routes))
    }
    assert asides == {1}
    found = repairing.repairs(made.chart, made.diagram, problem, MEASURE, Drawn(frame, away))
    assert not [each for each in found if each.kind == "aside"]


def test_all_of_a_kind_are_repaired_in_one_step() -> None:
    made = Unreadable(
        rule="", where="", says="", places={"c": (880, 80, 40, 40), "e": (480, 400, 40, 20)}
    ).drawn()
    cut = [each for each in problems(made) if each.rule == "text-cut"]
    assert len(cut) == 2
    edit, count = repairing.repair_all(made.chart, made.diagram, cut, "grow", MEASURE)
    made.apply(edit)
    assert count == 2
    assert not [each for each in problems(made) if each.rule == "text-cut"]
    assert made.undo_stack.undo_label == "Repair: grow (2)"


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 100_000), st.integers(1, 6))
def test_whatever_is_repaired_only_the_drawing_changes_and_it_can_be_taken_back(
    seed: int, count: int
) -> None:

    made = drawing(seed, 10, 8)
    rng = random.Random(seed)
    for _ in range(count):
        edited(made, rng)
    before = rects(made)
    for problem in problems(made)[:4]:
        for repair in repairing.repairs(made.chart, made.diagram, problem, MEASURE):
            assert not any(change.is_semantic for change in repair.edit.changes)
            made.apply(repair.edit)
            made.undo()
            assert rects(made) == before
