from __future__ import annotations

import pytest

from editor.model import rules
from editor.model.diagram import Sheet
from editor.model.judging import CHOICES, OFF, judged, with_quiet, with_severity
from editor.model.problems import Severity
from tests.charts import chart, id_of

FLAWED = """\
initial: a
context: {event: 1}
states:
  a: {on: {GO: nowhere}}
  b: {}
  c: {}
"""


def heard(sheet: Sheet, chosen: dict[str, str] | None = None) -> list[tuple[str, Severity]]:
    made = chart(FLAWED)
    return [(each.rule, each.severity) for each in judged(made, rules.check(made), sheet, chosen or {})[0]]


def test_without_a_choice_everything_is_as_the_rules_say() -> None:
    made = chart(FLAWED)
    found = rules.check(made)
    assert judged(made, found, Sheet(), {}) == (found, ())


@pytest.mark.parametrize("choice", ["error", "information"])
def test_a_rule_counts_for_what_a_person_chose_and_a_machine_says_otherwise(choice: str) -> None:
    assert ("unreachable-state", Severity(choice)) in heard(Sheet(), {"unreachable-state": choice})
    sheet = with_severity(Sheet(), "unreachable-state", "warning")
    assert ("unreachable-state", Severity.WARNING) in heard(sheet, {"unreachable-state": choice})
    assert with_severity(sheet, "unreachable-state", None) == Sheet()


def test_a_rule_that_is_off_says_nothing() -> None:
    assert "unreachable-state" not in dict(heard(Sheet(), {"unreachable-state": OFF}))
    assert "unreachable-state" in dict(heard(Sheet(), {"dead-end": OFF}))


@pytest.mark.parametrize("choice", CHOICES)
def test_what_keeps_a_machine_from_running_stays_an_error(choice: str) -> None:
    made = chart(FLAWED)
    sheet = with_severity(Sheet(), "unknown-state", choice)
    for id in made.transitions:
        sheet = with_quiet(sheet, id, "unknown-state", is_quiet=True)
    assert ("unknown-state", Severity.ERROR) in heard(sheet, {"unknown-state": choice})


def test_a_rule_is_silenced_for_one_element_only() -> None:
    made = chart(FLAWED)
    found = rules.check(made)
    sheet = with_quiet(Sheet(), id_of(made, "b"), "unreachable-state", is_quiet=True)
    kept, silenced = judged(made, found, sheet, {})
    assert [(each.rule, each.element) for each in silenced] == [("unreachable-state", id_of(made, "b"))]
    assert len(kept) == len(found) - 1
    assert with_quiet(sheet, id_of(made, "b"), "unreachable-state", is_quiet=False) == Sheet()


def test_what_the_context_has_is_silenced_for_the_machine() -> None:
    made = chart(FLAWED)
    sheet = with_quiet(Sheet(), made.root_id, "hidden-key", is_quiet=True)
    assert [each.rule for each in judged(made, rules.check(made), sheet, {})[1]] == ["hidden-key"]
