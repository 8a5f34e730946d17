"""What is no JavaScript is told before it is run."""

from __future__ import annotations

import pytest

from editor.engine.script_check import broken
from editor.formats import scxml
from tests.charts import chart
from tests.engine.machines import HEAD

pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")


@pytest.mark.parametrize(
    "inside",
    [
        '<onentry><log expr="BAD"/></onentry>',
        '<onexit><foreach array="BAD" item="x"/></onexit>',
        '<onentry><foreach array="xs" item="x"><log expr="BAD"/></foreach></onentry>',
        '<onentry><log expr="1"/></onentry><onentry><assign location="x" expr="BAD"/></onentry>',
        '<onentry><if cond="BAD"/></onentry>',
        '<onentry><send event="e" targetexpr="BAD"/></onentry>',
        '<onentry><send event="e"><param name="p" expr="BAD"/></send></onentry>',
        '<onentry><cancel sendidexpr="BAD"/></onentry>',
        "<onentry><script>BAD</script></onentry>",
        '<datamodel><data id="x" expr="BAD"/></datamodel>',
        '<invoke srcexpr="BAD"/>',
        '<invoke src="x"><finalize><log expr="BAD"/></finalize></invoke>',
        '<transition event="e" cond="BAD"/>',
    ],
)
def test_every_text_is_looked_at_and_none_is_run(inside: str) -> None:
    def problems(text: str) -> list[str]:
        made = scxml.read(
            f'{HEAD}><state id="s">{inside.replace("BAD", text)}</state></scxml>', name="m.scxml"
        )
        return [each.message for each in broken(made.chart)]

    [message] = problems("1 +")
    assert "“1 +” cannot be evaluated: SyntaxError" in message
    assert problems("(function () { for (;;); })()") == []


def test_native_machines_are_looked_at_with_their_places() -> None:
    made = chart("language: javascript\nstates: {a: {on: {E: {guard: 'x ==='}}}}\n")
    [problem] = broken(made)
    assert (problem.element in made.transitions, problem.field) == (True, "guard.expr")


def test_other_languages_are_left_alone() -> None:
    assert list(broken(chart("states: {a: {on: {E: {guard: 'x ==='}}}}\n"))) == []
