"""Each rule by its name: a chart that has the fault, and what is like it and has none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.model import queries, rules
from editor.model.changes import InfoChange, StateChange
from editor.model.chart import Chart
from editor.model.elements import ROOT, Conventions, State
from editor.model.problems import Problem, Severity
from editor.model.rule_book import DRAWING, RULES
from tests.charts import chart, id_of
from tests.model.faults import CASES as CLASSIC
from tests.model.faults import ERROR, INFORMATION, WARNING, Case
from tests.model.faults_more import CASES as MORE

CASES = [*CLASSIC, *MORE]
READ = {
    "unreadable",
    "wrong-type",
    "unknown-key",
    "doubled-key",
    "scxml",
    "sismic",
    "xstate",
    "javascript",
    "duplicate-key",
}
"""What the reading of a file tells, or what no file can hold."""


def name_of(made: Chart, element: str) -> str:
    """An element as cases name it."""
    if element in made.states:
        return queries.dotted_path(made, element)
    if element not in made.transitions:
        return element
    transition = made.transitions[element]
    trigger = transition.trigger
    what = trigger.text if trigger.kind.value == "event" else f"@{trigger.kind.value}"
    return f"{queries.dotted_path(made, transition.source)} {what}"


def found(text: str, rule: str) -> list[tuple[str, str, Severity, str]]:
    made = chart(text)
    return [
        (name_of(made, each.element), each.field, each.severity, f"{each.message} {each.hint}")
        for each in rules.check(made)
        if each.rule == rule
    ]


def case_id(case: Case) -> str:
    return f"{case.rule}-{case.where}-{case.field}"


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_the_fault_is_told_where_it_is_and_what_to_do(case: Case) -> None:
    problems = found(case.wrong, case.rule)
    here = [each for each in problems if each[:2] == (case.where, case.field)]
    assert here, problems
    assert here[0][2] is case.severity
    assert case.says in here[0][3]


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_no_alarm_where_there_is_no_fault(case: Case) -> None:
    for text in case.right:
        assert found(text, case.rule) == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{initial: a, states: {a: {on: {E: inner}}, b: {states: {inner: {}}}}}", "#b.inner"),
        ("{initial: a, states: {a: {on: {E: b.iner}}, b: {states: {inner: {}}}}}", "#b.inner"),
        ("{initial: b, states: {b: {on: {E: inner}, initial: inner, states: {inner: {}}}}}", ".inner"),
        ("{initial: b, states: {b: {initial: iner, states: {inner: {}}}}}", "inner"),
        ("{initial: a, on: {E: aa}, states: {a: {}}}", "a"),
        ("{initial: a, states: {a: {on: {E: {guard: {in: inner}}}}, b: {states: {inner: {}}}}}", "b.inner"),
    ],
)
def test_the_nearest_state_is_named_as_it_can_be_written_there(text: str, meant: str) -> None:
    [message] = [each[3] for each in found(text, "unknown-state")]
    assert message.endswith(f"Did you mean “{meant}”?")
    wrong = message.split("“")[1].partition("”")[0]
    assert found(text.replace(f": {wrong}", f": '{meant}'"), "unknown-state") == []


def test_of_a_great_many_wrong_words_only_the_first_are_compared() -> None:
    states = "\n".join(
        f"  state{n}: {{on: {{GO: stat{n}x, done.state.stat{n}x: state{n}}}}}" for n in range(60)
    )
    problems = rules.check(chart(f"initial: state0\nstates:\n{states}"))
    for rule in ("unknown-state", "event-never-sent"):
        hints = [each.hint for each in problems if each.rule == rule]
        assert len(hints) == 60
        assert sum("Did you mean" in hint for hint in hints) == 30
        assert all(hints)


def test_every_rule_has_a_case_and_stands_in_the_book() -> None:
    drawn = {rule.id for rule in RULES.values() if rule.group == DRAWING}
    assert {case.rule for case in CASES} == set(RULES) - READ - drawn
    assert len(RULES) >= 60
    for case in CASES:
        for each in rules.check(chart(case.wrong)):
            assert each.severity is RULES[each.rule].severity, each.rule


def test_the_book_says_what_and_why_in_sentences() -> None:
    for rule in RULES.values():
        assert rule.title[0].isupper()
        assert not rule.title.endswith(".")
        assert rule.why[0].isupper()
        assert rule.why.endswith(".")
        assert rule.is_settable is (rule.severity is not ERROR)


def test_several_descriptors_of_an_event_may_hold_stars() -> None:
    made = chart("initial: a\nstates: {a: {on: {'x.* y': a}}}")
    assert "misplaced-star" in {each.rule for each in rules.check(made)}
    info = replace(made.info, conventions=Conventions(by_token=True))
    made.apply([InfoChange(made.info.id, made.info, info)])
    assert "misplaced-star" not in {each.rule for each in rules.check(made)}


def test_two_siblings_of_one_name() -> None:
    made = Chart()
    made.apply(StateChange(id, None, State(id=id, parent=ROOT, key="a", order=0)) for id in ("x", "y"))
    [problem] = [each for each in rules.check(made) if each.rule == "duplicate-key"]
    assert (problem.severity, problem.element) == (ERROR, "y")
    assert "Two states in the machine are called “a”." in problem.message
    made.apply([StateChange("y", made.states["y"], replace(made.states["y"], key="b"))])
    assert "duplicate-key" not in {each.rule for each in rules.check(made)}


def test_an_unknown_name_is_told_once() -> None:
    text = "initial: a\nstates: {a: {entry: [ring, ring], exit: ring}}"
    assert len(found(text, "unknown-action")) == 1


def test_every_transition_of_an_eventless_cycle_is_told_and_no_other() -> None:
    text = "initial: a\nstates: {a: {always: b}, b: {always: c}, c: {always: b}}"
    assert [each[0] for each in found(text, "eventless-cycle")] == ["b @always", "c @always"]


def test_problems_stand_in_document_order_the_worst_first() -> None:
    made = chart("initial: a\nstates:\n  a: {on: {GO: nowhere}}\n  b: {id: x}\n  c: {id: x, invoke: pay}\n")
    problems = rules.check(made)
    c = id_of(made, "c")
    order = [name_of(made, each.element) for each in problems]
    assert order == sorted(order)
    worst = [each.severity for each in problems if each.element == c]
    assert worst == sorted(worst, key=[ERROR, WARNING, INFORMATION].index)


def test_an_empty_chart_is_checked_without_an_exception() -> None:
    assert [each.rule for each in rules.check(Chart())] == ["no-states"]


def test_messages_are_sentences() -> None:
    problems: list[Problem] = [each for case in CASES for each in rules.check(chart(case.wrong))]
    for each in problems:
        assert each.message[0].isupper() or each.message.startswith("matches(")
        assert each.rule == "expression" or each.message.endswith((".", "?"))
        assert not each.hint or each.hint.endswith((".", "?"))
