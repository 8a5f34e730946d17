"""JavaScript in machines of the native format: what it sees, and that nothing it does lasts."""

from __future__ import annotations

from typing import Any

import pytest

from editor.engine import script
from editor.engine.simulator import Simulator
from tests.charts import chart
from tests.engine.machines import failures, logs

pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")

COUNTER = """
language: javascript
context: {n: 1, list: [1, 2]}
guards: {small: "n < params.most"}
initial: a
states:
  a:
    id: first
    on:
      ADD:
        guard: {type: small, params: {most: "3"}}
        actions: {assign: {n: "n + 1", list: "[...list, event.data ?? n]"}}
      LOOK: {actions: {log: "[context.n, state, event.type, matches('a'), matches('#first'), matches('b')]"}}
      GO: {target: b, guard: "n === 3 && typeof nothing === 'undefined'"}
  b: {after: {"n * 100": a}}
"""


def run(text: str) -> Simulator:
    simulator = Simulator(chart(text))
    simulator.start()
    return simulator


def value(text: str) -> Any:
    simulator = run(
        f"language: javascript\ncontext: {{x: [3], k: null}}\nstates: {{a: {{entry: {{assign: {{k: {text!r}}}}}}}}}\n"
    )
    assert failures(simulator) == []
    return simulator.snapshot.context["k"]


def test_it_sees_what_our_own_expressions_see() -> None:
    simulator = run(COUNTER)
    simulator.send("ADD", {"x": 1})
    simulator.send("ADD")
    simulator.send("ADD")
    assert simulator.snapshot.context == {"n": 3, "list": [1, 2, {"x": 1}, 2]}
    simulator.send("LOOK")
    assert logs(simulator) == ['[3, ["a"], "LOOK", true, true, false]']
    simulator.send("GO")
    assert simulator.leaves == ("b",)
    simulator.advance(299)
    assert simulator.leaves == ("b",)
    simulator.advance(1)
    assert simulator.leaves == ("a",)


def test_what_comes_from_scxml_finds_its_own_names() -> None:
    simulator = run(
        "language: javascript\nstates:\n  a:\n    id: first\n    on:\n"
        "      E: {actions: {log: \"[_event.name, _event.data.x, In('first'), In('other')]\"}}\n"
    )
    simulator.send("E", {"x": 1})
    assert logs(simulator) == ['["E", 1, true, false]']


@pytest.mark.parametrize(
    "text",
    [
        "(globalThis.left = 1, 0)",
        "(Array.prototype.left = 1, 0)",
        "(Object.prototype.left = 1, 0)",
        "(left = 1, 0)",
        "(Math.left = 1, 0)",
        "(x.push(4), 0)",
        "(context.left = 1, 0)",
    ],
)
def test_nothing_that_an_expression_does_lasts(text: str) -> None:
    simulator = run(
        "language: javascript\ncontext: {x: [3]}\nstates:\n  a:\n    entry:\n"
        f"      - log: {text!r}\n"
        '      - log: "[typeof left, typeof [].left, typeof Math.left, x]"\n'
    )
    found = logs(simulator)
    assert found[-1] == '["undefined", "undefined", "undefined", [3]]'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 +", "SyntaxError"),
        ("nothing.x", "not defined"),
        ("matches('c')", "names no state"),
        ("1); (2", "SyntaxError"),
    ],
)
def test_what_fails_says_why(text: str, words: str) -> None:
    simulator = run(f"language: javascript\nstates: {{a: {{entry: {{log: {text!r}}}}}}}\n")
    assert words in failures(simulator)[0]


def test_an_expression_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "MOST_SECONDS", 0.05)
    simulator = run(
        "language: javascript\ncontext: {n: 1}\nstates:\n  a:\n    entry: {log: '(() => { for (;;); })()'}\n"
        "    exit: {assign: {n: n + 1}}\n    on: {GO: a}\n"
    )
    assert "too long" in failures(simulator)[0]
    simulator.send("GO")
    assert simulator.snapshot.context == {"n": 2}


def test_time_and_chance_are_those_of_the_run() -> None:
    assert value("[Date.now(), Math.random() === Math.random(), new Date().getTime()]") == [0, False, 0]
    assert value("Math.random()") == value("Math.random()")
