"""The checks of a scenario: what counts as the same, and how a difference is told."""

from __future__ import annotations

import pytest

from editor.engine.play import play
from editor.formats import scenario
from tests.charts import chart

MACHINE = """
initial: a
context: {one: 1, yes: true, none: null, text: Größe, deep: {list: [1, {flag: true}], nan: .nan}}
states: {a: {}}
"""


def failures(check: str) -> list[str]:
    result = play(chart(MACHINE), scenario.read(f"- context: {check}\n"))
    return [failure.message for failure in result.failures]


@pytest.mark.parametrize(
    "check",
    [
        "{one: 1}", "{one: 1.0}", "{yes: true}", "{none: null}", "{text: Größe, one: 1}",
        "{deep: {nan: .nan, list: [1, {flag: true}]}}",
    ],
)  # fmt: skip
def test_the_same_data_passes(check: str) -> None:
    assert failures(check) == []


@pytest.mark.parametrize(
    ("check", "told"),
    [
        ("{one: true}", "expected context “one” to be true, found 1."),
        ("{yes: 1}", "expected context “yes” to be 1, found true."),
        ("{none: 0}", "expected context “none” to be 0, found null."),
        ("{text: [Größe]}", "expected context “text” to be [\"Größe\"], found \"Größe\"."),
        ("{nothing: null}", "expected context “nothing” to be null, found no such key."),
        ("{deep: {nan: .nan, list: [1, {flag: 1}]}}", "found {\"list\": [1, {\"flag\": true}]"),
        ("{deep: {nan: .nan, list: [true, {flag: true}]}}", "to be {\"nan\": NaN, \"list\": [true, "),
        ("{deep: {nan: .nan}}", "found {\"list\""),
    ],
)  # fmt: skip
def test_other_data_fails_at_any_depth_and_is_shown_as_it_is_written(check: str, told: str) -> None:
    [message] = failures(check)
    assert told in message
