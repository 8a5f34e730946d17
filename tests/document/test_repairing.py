"""Each repair, by the rule that it is for: the problem is gone, and undoing it gives the same bytes."""

from __future__ import annotations

import pytest

from editor.document import repairing
from editor.document.document import Document
from editor.formats import native
from editor.model import rules
from editor.model.problems import Problem, Severity
from editor.model.rule_book import RULES
from editor.model.rules_kept import still_holds
from tests.charts import MEASURE, id_of, opened, text_of
from tests.model.faults import CASES as CLASSIC
from tests.model.faults import Case
from tests.model.faults_more import CASES as MORE
from tests.model.test_rules import case_id, name_of

WITHOUT = {
    "empty-event", "eventless-cycle", "between-regions", "wildcard-hides", "long-name", "expression", "name-cycle",
    "hidden-key", "invoke-without-error", "unknown-guard", "unknown-action", "unknown-delay", "unknown-service",
    "history-children",
}  # fmt: skip
"""Rules about which only a person can decide what is to be done."""
CASES = [case for case in (*CLASSIC, *MORE) if case.rule not in WITHOUT]


def problem_of(made: Document, case: Case) -> Problem:
    return next(
        each
        for each in rules.check(made.chart)
        if (each.rule, name_of(made.chart, each.element), each.field) == (case.rule, case.where, case.field)
    )


def same(made: Document, problem: Problem) -> list[Problem]:
    return [
        each
        for each in rules.check(made.chart)
        if (each.rule, each.element, each.message) == (problem.rule, problem.element, problem.message)
    ]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_repair_ends_its_problem_and_can_be_taken_back(case: Case) -> None:
    made = opened(case.wrong)
    problem = problem_of(made, case)
    assert text_of(made) == case.wrong
    found = repairing.repairs(made.chart, made.diagram, problem, MEASURE)
    if not found:
        assert not problem.meant
        assert case.rule in NOT_ALWAYS
    for repair in found:
        assert repair.title[0].isupper()
        made.apply(repair.edit)
        assert made.undo_stack.undo_label == repair.title
        assert same(made, problem) == [], repair
        errors = [each.rule for each in rules.check(made.chart) if each.severity is Severity.ERROR]
        assert not errors or errors != [each.rule for each in rules.check(opened(case.wrong).chart)], repair
        made.undo()
        assert text_of(made) == case.wrong
        assert not made.is_modified


NOT_ALWAYS = {"unknown-state", "duplicate-id", "event-never-handled", "impossible-delay"}


def test_rules_without_a_repair_are_those_that_are_meant() -> None:
    assert {rule for rule in RULES if not repairing.is_repairable(rule)} - WITHOUT == {
        "unreadable", "wrong-type", "doubled-key", "scxml", "sismic", "xstate", "javascript",
    }  # fmt: skip
    assert not any(map(repairing.is_repairable, WITHOUT))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("initial: a\nstates:\n  a: {}\n  b: {onn: x}\n", "initial: a\nstates:\n  a: {}\n  b: {}\n"),
        ("stats: 1\ninitial: a\nstates: {a: {}}\n", "initial: a\nstates: {a: {}}\n"),
        ("initial: a\nstates: {a: {on: {GO: {target: a, when: x}}}}\n", "initial: a\nstates: {a: {on: "
         "{GO: {target: a}}}}\n"),
        ("initial: a\nstates: {a: {invoke: [{src: s, hd: 1}]}}\n", "initial: a\nstates: {a: {invoke: [{src: s}]}}\n"),
        ("initial: a\nstates: {a: {invoke: {src: s, id: x, hd: 1}}}\n",
         "initial: a\nstates: {a: {invoke: {src: s, id: x}}}\n"),
    ],
)  # fmt: skip
def test_a_key_that_is_not_known_is_removed(text: str, left: str) -> None:
    made = opened(text)
    assert made.loaded is not None
    [problem] = [each for each in made.loaded.problems if each.rule == "unknown-key"]
    assert still_holds(made.chart, problem)
    [repair] = repairing.repairs(made.chart, made.diagram, problem, MEASURE)
    made.apply(repair.edit)
    assert not still_holds(made.chart, problem)
    assert native.read(text_of(made)).problems == ()
    assert text_of(made) == left
    made.undo()
    assert still_holds(made.chart, problem)
    assert text_of(made) == text


def test_the_repairs_of_a_dangling_target_say_what_they_do() -> None:
    made = opened("initial: a\nstates: {a: {on: {GO: piad}}, paid: {}}")
    [problem] = [each for each in rules.check(made.chart) if each.rule == "unknown-state"]
    found = repairing.repairs(made.chart, made.diagram, problem, MEASURE)
    assert [each.title for each in found] == ["Lead to “paid”", "Add a state “piad”", "Delete the transition"]
    made.apply(found[0].edit)
    assert "GO: paid" in text_of(made)
    made.undo()
    made.apply(found[1].edit)
    boxes = made.diagram.boxes
    new, old = boxes[id_of(made.chart, "piad")], [boxes[id_of(made.chart, key)] for key in ("a", "paid")]
    assert all(not new.rect.intersects(each.rect) for each in old)


def test_a_shadowed_alternative_with_a_guard_moves_above_what_shadows_it() -> None:
    made = opened(
        "initial: a\nstates: {a: {on: {GO: [{target: b, guard: x}, a, {target: b, guard: y}]}}, b: {}}"
    )
    [problem] = [each for each in rules.check(made.chart) if each.rule == "shadowed-transition"]
    repair = repairing.repairs(made.chart, made.diagram, problem, MEASURE)[0]
    assert repair.title == "Move it up"
    made.apply(repair.edit)
    order = [each.guard for each in made.chart.outgoing(id_of(made.chart, "a"))]
    assert [getattr(each, "name", None) for each in order] == ["x", "y", None]


def test_all_of_a_kind_are_one_step() -> None:
    made = opened(
        "context: {n: 0}\ninitial: a\nstates:\n"
        "  a: {tags: [x, x], on: {GO: bb, UP: cc}}\n  b: {tags: [y, y], on: {GO: aa}}\n  c: {tags: [z, z]}\n"
    )
    before = text_of(made)
    for rule, kind, count in (
        ("unknown-state", "take", 3),
        ("duplicate-tag", "once", 3),
        ("unreachable-state", "delete", 2),
    ):
        problems = [each for each in rules.check(made.chart) if each.rule == rule]
        edit, repaired = repairing.repair_all(made.chart, made.diagram, problems, kind, MEASURE)
        assert repaired == count
        made.apply(edit)
        assert rule not in {each.rule for each in rules.check(made.chart)}
        assert str(count) in made.undo_stack.undo_label
        made.undo()
        assert text_of(made) == before


def test_what_goes_with_another_repair_is_passed_over() -> None:
    made = opened("initial: a\nstates: {a: {}, b: {tags: [x, x]}}")
    problems = [
        each for each in rules.check(made.chart) if each.rule in ("unreachable-state", "duplicate-tag")
    ]
    [gone] = [each for each in problems if each.rule == "unreachable-state"]
    made.apply(repairing.repairs(made.chart, made.diagram, gone, MEASURE)[0].edit)
    for problem in problems:
        assert repairing.repairs(made.chart, made.diagram, problem, MEASURE) == ()
    assert repairing.repair_all(made.chart, made.diagram, problems, "once", MEASURE)[1] == 0


def test_a_meaning_is_not_put_beside_another_of_the_same_name() -> None:
    made = opened(
        "initial: a\nstates:\n  a: {on: {GO: {target: b, guard: Ready}}}\n"
        "  b: {on: {GO: {target: a, guard: {and: [ready, {not: ready}]}}}}\nguards: {Ready: n > 1, ready: n > 0}\n"
    )
    [problem] = [each for each in rules.check(made.chart) if each.rule == "similar-names"]
    [repair] = repairing.repairs(made.chart, made.diagram, problem, MEASURE)
    made.apply(repair.edit)
    assert "guard: ready" in text_of(made)
    assert [name for name, _ in made.chart.info.guards] == ["Ready", "ready"]


def test_a_name_is_called_alike_in_everything_of_its_kind() -> None:
    made = opened(
        "initial: a\nstates:\n  a: {on: {GO: {target: b, guard: Ready, actions: ready}}}\n"
        "  b: {on: {GO: {target: a, guard: {and: [ready, {not: Ready}]}}}}\nguards: {ready: n > 0}\n"
    )
    [problem] = [each for each in rules.check(made.chart) if each.rule == "similar-names"]
    [repair] = repairing.repairs(made.chart, made.diagram, problem, MEASURE)
    made.apply(repair.edit)
    assert "Ready" not in text_of(made)
    assert "actions: ready" in text_of(made)


def test_an_assignment_to_a_key_that_was_mistyped_takes_the_one_of_the_context() -> None:
    made = opened("context: {count: 0}\ninitial: a\nstates: {a: {entry: {assign: {cuont.x: count + 1}}}}\n")
    [problem] = [each for each in rules.check(made.chart) if each.rule == "new-context-key"]
    assert problem.hint == "Did you mean “count”?"
    found = repairing.repairs(made.chart, made.diagram, problem, MEASURE)
    assert [each.title for each in found] == ["Take “count”", "Add “cuont” to the context"]
    made.apply(found[0].edit)
    assert "{assign: {count.x: count + 1}}" in text_of(made)


def test_a_key_of_the_context_is_meant_before_one_that_is_only_assigned() -> None:
    made = opened(
        "context: {count: 0}\ninitial: a\n"
        "states: {a: {entry: {assign: {cuont: 1}}, on: {GO: {target: a, guard: conut > 1}}}}\n"
    )
    [problem] = [each for each in rules.check(made.chart) if each.rule == "unknown-context-key"]
    assert problem.meant == "count"
