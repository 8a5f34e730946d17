"""Records that hold plain data are equal only where that has the same types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.document.comparison import compare
from editor.document.differences import differences
from editor.document.document import Document
from editor.document.undo import Edit
from editor.model.changes import InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import (
    Assign,
    Branch,
    Call,
    Choose,
    Data,
    Info,
    Invoke,
    Log,
    Named,
    Not,
    Raise,
    Send,
    State,
    Transition,
)
from editor.model.sameness import same
from tests.charts import chart, drawn

ONES: list[Data] = [1, 1.0, True, "1", "true", 0, 0.0, False, None, [1], [True], {"x": 1}, {"x": 1.0}]
DATA = st.recursive(
    st.sampled_from((1, 1.0, True, 0, 0.0, False, None, "1")),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xy"), inner, max_size=2),
    max_leaves=4,
)
BASE = "initial: a\nstates: {a: {on: {GO: a}}}\n"


def _state(make: Callable[[State, Data], State]) -> Callable[[Chart, Data], StateChange]:
    def change(made: Chart, data: Data) -> StateChange:
        [state] = made.children(made.root_id)
        return StateChange(state.id, state, make(state, data))

    return change


def _transition(make: Callable[[Transition, Data], Transition]) -> Callable[[Chart, Data], TransitionChange]:
    def change(made: Chart, data: Data) -> TransitionChange:
        [state] = made.children(made.root_id)
        [own] = made.outgoing(state.id)
        return TransitionChange(own.id, own, make(own, data))

    return change


def _info(make: Callable[[Info, Data], Info]) -> Callable[[Chart, Data], InfoChange]:
    return lambda made, data: InfoChange(made.info.id, made.info, make(made.info, data))


PLACES = {
    "meta": _state(lambda state, data: replace(state, meta=data)),
    "output": _state(lambda state, data: replace(state, output=data)),
    "unknown key": _state(lambda state, data: replace(state, extra=(("k", data),))),
    "log": _state(lambda state, data: replace(state, entry=(Log(value=data),))),
    "raise": _state(lambda state, data: replace(state, entry=(Raise(event="E", data=data),))),
    "send": _state(lambda state, data: replace(state, exit=(Send(event="E", data=data),))),
    "input": _state(lambda state, data: replace(state, invokes=(Invoke(uid="i", src="s", input=data),))),
    "key of a service": _state(
        lambda state, data: replace(state, invokes=(Invoke(uid="i", src="s", extra=(("k", data),)),))
    ),
    "assign": _transition(lambda own, data: replace(own, actions=(Assign(values=(("n", data),)),))),
    "choice": _transition(
        lambda own, data: replace(
            own, actions=(Choose(branches=(Branch(guard=None, actions=(Call(name="c", params=data),)),)),)
        )
    ),
    "guard": _transition(lambda own, data: replace(own, guard=Not(part=Named(name="g", params=data)))),
    "meta of a transition": _transition(lambda own, data: replace(own, meta=data)),
    "context": _info(lambda info, data: replace(info, context={"n": data})),
    "service": _info(lambda info, data: replace(info, services=(("s", data),))),
    "meaning of a guard": _info(lambda info, data: replace(info, guards=(("g", Named(name="h", params=data)),))),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=25, deadline=None)
@given(one=DATA, other=DATA)
@example(one=1, other=True)
@example(one={"x": 1}, other={"x": 1.0})
@example(one=[0], other=[False])
@example(one="1", other=1)
@example(one={}, other={"x": None})
def test_what_has_another_type_is_an_edit_that_the_diff_shows(place: str, one: Data, other: Data) -> None:
    made: Document = drawn(chart(BASE))
    made.apply(Edit("one", (PLACES[place](made.chart, one),)))
    before = made.chart.copy()
    count = len(made.undo_stack.steps)
    made.apply(Edit("other", (PLACES[place](made.chart, other),)))
    assert (len(made.undo_stack.steps) > count) == (not same(one, other))
    told = differences(compare(before, made.chart))
    assert bool(told) == (not same(one, other))
    assert all(field.before != field.after for each in told for field in each.fields)


@given(DATA, DATA)
def test_it_is_an_equality_that_tells_more_apart_than_python_does(one: Data, other: Data) -> None:
    assert same(one, one)
    assert same(one, other) == same(other, one)
    assert not same(one, other) or one == other


def test_each_of_these_is_another_thing() -> None:
    assert [[same(one, other) for other in ONES] for one in ONES] == [
        [here == there for there in range(len(ONES))] for here in range(len(ONES))
    ]
