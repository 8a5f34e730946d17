"""Scenarios as YAML: every step both ways, and every wrong shape refused at its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import FormatError
from editor.formats import scenario
from editor.model.scenario import (
    Advance,
    AnswerDelays,
    AnswerGuards,
    Fail,
    Finish,
    Scenario,
    SendEvent,
    Step,
)

TEXT = """\
- expect: cart
- send: NEXT
  data: {n: 1}
  expect: [a.b, c]
- advance: 500ms
- guard: {isPaid: true, isOpen: false}
- delay: {SLOW: 2s}
- done: {charge: {sum: 3}}
- error: {mail: null}
- context: {total: 3}
  actions: [count, thank]
  finished: true
"""


def test_every_step_is_read_with_its_line() -> None:
    found = scenario.read(TEXT, name="s.yaml")
    assert [step.line for step in found.steps] == [1, 2, 5, 6, 7, 8, 9, 10]
    assert [step.do for step in found.steps] == [
        None,
        SendEvent(event="NEXT", data={"n": 1}),
        Advance(milliseconds=500),
        AnswerGuards(answers=(("isPaid", True), ("isOpen", False))),
        AnswerDelays(answers=(("SLOW", 2000),)),
        Finish(service="charge", data={"sum": 3}),
        Fail(service="mail"),
        None,
    ]
    assert (found.steps[0].expect, found.steps[1].expect) == (("cart",), ("a.b", "c"))
    last = found.steps[-1]
    assert (last.context, last.actions, last.finished) == ((("total", 3),), ("count", "thank"), True)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("a: 1\n", "list of steps", (1, 1)),
        ("- x\n", "A step is a mapping", (1, 3)),
        ("- sedn: E\n", "Did you mean “send”", (1, 3)),
        ("- send: E\n  advance: 5\n", "does one thing", (2, 3)),
        ("- advance: 5\n  data: 1\n", "belongs to a “send”", (2, 3)),
        ("- send: [E]\n", "names an event", (1, 3)),
        ("- advance: soon\n", "needs a duration", (1, 3)),
        ("- advance: true\n", "needs a duration", (1, 3)),
        ("- guard: {g: 1}\n", "true or false", (1, 3)),
        ("- delay: {D: x}\n", "duration", (1, 3)),
        ("- done: charge\n", "needs a mapping", (1, 3)),
        ("- done: {a: 1, b: 2}\n", "one service", (1, 3)),
        ("- expect: true\n", "text or a list", (1, 3)),
        ("- context: [1]\n", "mapping of keys", (1, 3)),
        ("- finished: 1\n", "true or false", (1, 3)),
    ],
)
def test_a_wrong_step_is_refused_at_its_place(text: str, message: str, place: tuple[int, int]) -> None:
    with pytest.raises(FormatError) as caught:
        scenario.read(text, name="s.yaml")
    flaw = caught.value.flaws[0]
    assert message in flaw.message
    assert (flaw.line, flaw.column) == place


def test_all_wrong_steps_are_told_at_once() -> None:
    with pytest.raises(FormatError) as caught:
        scenario.read("- x\n- sedn: E\n- finished: 1\n")
    assert [flaw.line for flaw in caught.value.flaws] == [1, 2, 3]


NAMES = st.text(st.sampled_from("abAB.:-_ %'\"#0on"), min_size=1, max_size=5)
DATA = st.none() | st.booleans() | st.integers(0, 99) | NAMES | st.lists(st.integers(0, 9), max_size=2)
TIMES = st.integers(0, 10**7) | st.floats(0, 1e6).map(lambda each: round(each, 3))


def _pairs(values: dict[str, bool]) -> tuple[tuple[str, bool], ...]:
    return tuple(values.items())


DEEDS = st.one_of(
    st.builds(SendEvent, event=NAMES, data=DATA),
    st.builds(Advance, milliseconds=TIMES),
    st.builds(AnswerGuards, answers=st.dictionaries(NAMES, st.booleans(), min_size=1).map(_pairs)),
    st.builds(AnswerDelays, answers=st.tuples(st.tuples(NAMES, TIMES))),
    st.builds(Finish, service=NAMES, data=DATA),
    st.builds(Fail, service=NAMES, data=DATA),
)  # fmt: skip
TEXTS = st.none() | st.lists(NAMES, max_size=3).map(tuple)
STEPS = st.builds(
    Step, do=st.none() | DEEDS, expect=TEXTS, actions=TEXTS, finished=st.none() | st.booleans(),
    context=st.none() | st.dictionaries(NAMES, DATA, max_size=2).map(lambda each: tuple(each.items())),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=4))
def test_what_is_written_is_read_back(steps: list[Step]) -> None:
    written = scenario.write(Scenario(steps=tuple(steps)))
    found = [
        Step(
            do=each.do, expect=each.expect, context=each.context, actions=each.actions, finished=each.finished
        )
        for each in scenario.read(written).steps
    ]
    assert found == steps
