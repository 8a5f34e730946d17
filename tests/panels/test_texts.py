from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor import resources
from editor.document import files
from editor.errors import ExpressionError
from editor.model import walk
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    And,
    Assign,
    Branch,
    Call,
    Cancel,
    Choose,
    Expr,
    Guard,
    Log,
    Named,
    Not,
    Or,
    Raise,
    Send,
)
from editor.panels import texts

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
    for _, guard in walk.all_guards(chart):
        assert texts.read_guard(chart, texts.guard_text(chart, guard)) == guard
    for _, found in walk.action_lists(chart):
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
