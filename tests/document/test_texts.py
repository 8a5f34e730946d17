from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor import resources
from editor.document import files, texts
from editor.errors import ExpressionError
from editor.model import walk
from editor.model.changes import InfoChange
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    And,
    Assign,
    Branch,
    Call,
    Cancel,
    Choose,
    Content,
    Expr,
    Guard,
    Log,
    Named,
    Not,
    Or,
    Param,
    Payload,
    Raise,
    Script,
    Send,
)

names = st.sampled_from(["ready", "count", "isOpen", "a1"])
leaves: st.SearchStrategy[Guard] = st.one_of(
    names.map(lambda name: Named(name=name)),
    st.tuples(names, st.integers(0, 99)).map(lambda pair: Expr(text=f"{pair[0]} > {pair[1]}")),
    st.tuples(names, st.integers(0, 9)).map(lambda pair: Named(name=pair[0], params={"n": pair[1]})),
)
guards: st.SearchStrategy[Guard] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(lambda part: Not(part=part)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(parts=tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(parts=tuple(parts))),
    ),
    max_leaves=5,
)
plain: st.SearchStrategy[Action] = st.one_of(
    names.map(lambda name: Call(name=name)),
    st.tuples(names, names).map(lambda pair: Assign(values=((pair[0], f"{pair[1]} + 1"),))),
    names.map(lambda name: Raise(event=name.upper())),
    st.tuples(names, st.sampled_from([None, "2s", 500, Expr(text="n * 2")])).map(
        lambda pair: Send(event=pair[0].upper(), delay=pair[1], data={"k": pair[0]})
    ),
    names.map(lambda name: Cancel(id=name)),
    names.map(lambda name: Log(value=f"{name} / 2")),
)
actions = st.lists(
    st.one_of(
        plain,
        st.tuples(guards, plain).map(
            lambda pair: Choose(branches=(Branch(guard=pair[0], actions=(pair[1],)),))
        ),
    ),
    max_size=4,
).map(tuple)


@given(guards)
@settings(max_examples=60, deadline=None)
def test_a_guard_reads_back_as_it_was(guard: Guard) -> None:
    chart = Chart()
    assert texts.read_guard(chart, texts.guard_text(chart, guard)) == guard


@given(actions)
@settings(max_examples=60, deadline=None)
def test_actions_read_back_as_they_were(found: tuple[Action, ...]) -> None:
    chart = Chart()
    text = texts.actions_text(chart, found)
    assert len(text.splitlines()) == len(found)
    assert texts.read_actions(chart, text) == found


@pytest.mark.parametrize("path", resources.examples(), ids=lambda path: path.stem)
def test_everything_in_the_examples_can_be_shown_and_kept(path: Path) -> None:
    chart = files.open_document(path).chart
    for _, guard in walk.Inside(chart).guards:
        assert texts.read_guard(chart, texts.guard_text(chart, guard)) == guard
    for _, found in walk.Inside(chart).action_lists:
        assert texts.read_actions(chart, texts.actions_text(chart, found), found) == found


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("n >", "complete"),
        ("{nand: [a]}", "nand"),
        ("{in: gone}", "gone"),
        ("x.__class__", "__class__"),
        ("{and: [", "expected"),
    ],
)
def test_guards_that_are_none_are_refused(text: str, reason: str) -> None:
    with pytest.raises(ExpressionError, match=reason):
        texts.read_guard(Chart(), text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1 min", "1m"), ("1 min 30 s", "90s"), ("1.5s", "1.5s"), ("TIMEOUT", "TIMEOUT"), ("a * 2", "a * 2")],
)
def test_a_delay_is_kept_in_the_form_of_files(typed: str, kept: str) -> None:
    chart = Chart()
    assert texts.read_delay(chart, typed) == kept
    assert texts.delay_of(chart, typed, "T") == kept
    assert texts.read_actions(chart, f"{{send: E, delay: {typed}}}") == (Send(event="E", delay=kept),)
    nested = f"{{choose: [{{guard: ready, actions: {{send: E, delay: {typed}}}}}]}}"
    [choice] = texts.read_actions(chart, nested)
    assert isinstance(choice, Choose)
    assert choice.branches[0].actions == (Send(event="E", delay=kept),)


@pytest.mark.parametrize("typed", ["5 fortnights", "-5", "1 5 s", "a +"])
def test_a_delay_that_is_none_is_refused_wherever_it_is_typed(typed: str) -> None:
    chart = Chart()
    for read in (
        lambda: texts.read_delay(chart, typed),
        lambda: texts.delay_of(chart, typed, "T"),
        lambda: texts.read_actions(chart, f"{{send: E, delay: '{typed}'}}"),
        lambda: texts.read_actions(chart, f"send E after {typed}"),
    ):
        with pytest.raises(ExpressionError):
            read()


@pytest.mark.parametrize(
    "text",
    [
        "{assign: {x: 1 +}}", "{log: a +}", "{raise: E, data: {k: b +}}", "{type: call, params: {k: c +}}",
        "{choose: [{guard: n >, actions: go}]}", "{choose: [{guard: {in: gone}, actions: go}]}",
        "{choose: [{actions: {assign: {x: 1 +}}}]}", "{send: E, delay: {expr: n +}}",
    ],
)  # fmt: skip
def test_expressions_inside_actions_are_read_as_they_are_typed(text: str) -> None:
    with pytest.raises(ExpressionError):
        texts.read_actions(Chart(), text)


@pytest.mark.parametrize("line", ["x = a === b ? 1 : 2", "log `${x}`", "send E after (a ?? 5)"])
def test_actions_of_a_machine_in_javascript_are_no_python(line: str) -> None:
    chart = Chart()
    chart.apply([InfoChange(chart.info.id, chart.info, replace(chart.info, language="javascript"))])
    found = texts.read_actions(chart, line)
    assert texts.read_actions(chart, texts.actions_text(chart, found)) == found
    with pytest.raises(ExpressionError):
        texts.read_actions(Chart(), line)


def test_actions_of_another_format_stay_what_they_are_and_are_not_taken_apart() -> None:
    made = Chart()
    payload = Payload(params=(Param(name="p", expr="1"),))
    old: tuple[Action, ...] = (
        Script(text="x = 1\ny = 2"),
        Script(text="x = 2"),
        Log(value="x", label="one"),
        Log(value="x", label="two"),
        Send(event="E", payload=payload),
        Send(event="E"),
        Assign(values=(("x", None),), content=Content(text="[1]")),
    )
    text = texts.actions_text(made, old)
    assert len(text.splitlines()) == len(old)
    assert texts.read_actions(made, text, old) == old
    # a line that was changed is not understood, rather than understood by half
    with pytest.raises(ExpressionError, match="scxml"):
        texts.read_actions(made, text.replace("name: p", "name: q").replace('"p"', '"q"'), old)
