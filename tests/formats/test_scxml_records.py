"""Whatever stands in the records of a chart is there again after it was written in SCXML and read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.formats import scxml
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
    Data,
    Datum,
    Expr,
    Foreach,
    Guard,
    In,
    Invoke,
    Log,
    Named,
    Not,
    Or,
    Param,
    Payload,
    Raise,
    Script,
    Send,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
)
from editor.model.sameness import same

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=["Cc", "Cs"])
    | st.sampled_from("\n\t\r&<>\"'] "),
    max_size=6,
)
NAMES = st.sampled_from(["a", "b", "go", "a.b", "x y", "é", "1"])
WORDS = st.sampled_from(["a", "b", "go", "x1"])
NUMBERS = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([0.5, 1e20, -1e-7])
DATA: st.SearchStrategy[Data] = st.recursive(
    NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=4,
)
STATES = st.sampled_from(["s1", "s2", "?gone", "?a b"])
SIMPLE: st.SearchStrategy[Guard] = (
    st.builds(In, state=STATES)
    | st.builds(Expr, text=TEXTS)
    | st.builds(Named, name=NAMES, params=st.none() | DATA)
)
GUARDS: st.SearchStrategy[Guard] = st.recursive(
    SIMPLE,
    lambda inner: (
        st.builds(lambda parts: And(parts=tuple(parts)), st.lists(inner, max_size=2))
        | st.builds(lambda parts: Or(parts=tuple(parts)), st.lists(inner, max_size=2))
        | st.builds(Not, part=inner)
    ),
    max_leaves=4,
)
MAYBE = st.none() | TEXTS
CONTENTS = st.builds(Content, text=TEXTS) | st.builds(Content, expr=TEXTS)
PARAMS = st.builds(Param, name=TEXTS, expr=MAYBE, location=MAYBE)
PAYLOADS = st.builds(Payload, names=st.lists(WORDS, min_size=1, max_size=2).map(tuple)) | st.builds(
    lambda params, content: Payload(params=tuple(params), content=content),
    st.lists(PARAMS, min_size=1, max_size=2), st.none() | CONTENTS,
)  # fmt: skip
DELAYS = st.sampled_from(
    ["5s", ".5s", "2m", "1h", "100", "soon", 0, 1500, 2.5, Expr(text="n * 2"), Expr(text="'1s'")]
)
LEAVES: st.SearchStrategy[Action] = st.one_of(
    st.builds(Call, name=NAMES, params=st.none() | DATA),
    st.builds(lambda values: Assign(values=tuple(values.items())), st.dictionaries(NAMES, DATA, max_size=3)),
    st.builds(lambda name, text: Assign(values=((name, None),), content=Content(text=text)), NAMES, TEXTS),
    st.builds(Raise, event=TEXTS, data=DATA),
    st.builds(
        Send, event=TEXTS, to=MAYBE, delay=st.none() | DELAYS, id=MAYBE, data=DATA, event_expr=MAYBE, to_expr=MAYBE,
        type=MAYBE, type_expr=MAYBE, id_location=MAYBE,
    ),
    st.builds(Send, event=TEXTS, payload=PAYLOADS, data=DATA),
    st.builds(Cancel, id=TEXTS, id_expr=MAYBE),
    st.builds(Log, value=DATA, label=MAYBE),
    st.builds(Script, text=TEXTS, src=MAYBE),
)  # fmt: skip
ACTIONS: st.SearchStrategy[Action] = st.recursive(
    LEAVES,
    lambda inner: (
        st.builds(
            lambda branches: Choose(branches=tuple(branches)),
            st.lists(
                st.builds(
                    lambda guard, actions: Branch(guard=guard, actions=tuple(actions)),
                    st.none() | GUARDS, st.lists(inner, max_size=2),
                ),
                max_size=3,
            ),
        )
        | st.builds(
            lambda array, item, index, actions: Foreach(array=array, item=item, index=index, actions=tuple(actions)),
            TEXTS, TEXTS, MAYBE, st.lists(inner, max_size=2),
        )
    ),
    max_leaves=5,
)  # fmt: skip
LISTS = st.lists(ACTIONS, max_size=3).map(tuple)
TRIGGERS = st.one_of(
    st.builds(lambda text: Trigger(text=text), TEXTS),
    st.builds(lambda text: Trigger(kind=TriggerKind.AFTER, text=text), TEXTS),
    st.sampled_from([Trigger(kind=TriggerKind.ALWAYS), Trigger(kind=TriggerKind.DONE)]),
    st.builds(
        Trigger, kind=st.sampled_from([TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR]), text=st.just(""),
        invoke=st.just("i0"),
    ),
)  # fmt: skip
EXTRAS = st.dictionaries(NAMES, DATA, max_size=2).map(lambda each: tuple(each.items()))
TRANSITIONS = st.builds(
    Transition, id=st.just("t1"), source=st.just("s1"), targets=st.lists(STATES, max_size=2).map(tuple),
    trigger=TRIGGERS, guard=st.none() | GUARDS, actions=LISTS, internal=st.booleans(), meta=DATA, description=MAYBE,
    extra=EXTRAS,
)  # fmt: skip
INVOKES = st.builds(
    Invoke, uid=st.just("i0"), src=TEXTS, id=MAYBE, input=DATA, auto_forward=st.booleans(), extra=EXTRAS, type=MAYBE,
    type_expr=MAYBE, id_location=MAYBE, finalize=st.none() | LISTS,
) | st.builds(Invoke, uid=st.just("i0"), src=st.just(""), payload=PAYLOADS, src_expr=MAYBE)  # fmt: skip
DATUMS = st.one_of(
    st.builds(Datum, id=TEXTS, expr=MAYBE),
    st.builds(Datum, id=TEXTS, src=TEXTS),
    st.builds(Datum, id=TEXTS, content=st.builds(Content, text=TEXTS.filter(str.strip))),
)
NATIVE = st.one_of(
    st.builds(Call, name=NAMES, params=st.none() | DATA),
    st.builds(lambda values: Assign(values=tuple(values.items())), st.dictionaries(NAMES, DATA, max_size=3)),
    st.builds(Raise, event=TEXTS, data=DATA),
    st.builds(Send, event=TEXTS, to=MAYBE, delay=st.none() | DELAYS, id=MAYBE, data=DATA),
    st.builds(Log, value=DATA),
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "entry": LISTS, "exit": LISTS, "invokes": st.builds(lambda each: (each,), INVOKES), "output": DATA,
        "tags": st.lists(TEXTS, max_size=2).map(tuple), "meta": DATA, "description": MAYBE, "extra": EXTRAS,
        "kind": st.sampled_from([StateKind.NORMAL, StateKind.FINAL]), "done_data": PAYLOADS,
        "data": st.lists(DATUMS, max_size=2).map(tuple),
    },
)  # fmt: skip
PAIRS = {
    "guards": GUARDS, "actions": st.lists(NATIVE, max_size=2).map(tuple), "delays": DELAYS, "services": DATA,
}  # fmt: skip
TABLES = st.fixed_dictionaries(
    {
        name: st.dictionaries(NAMES, values, max_size=2).map(lambda each: tuple(each.items()))  # type: ignore[attr-defined]
        for name, values in PAIRS.items()
    },
    optional={
        "context": st.dictionaries(TEXTS, DATA, min_size=1, max_size=2),
        "language": st.sampled_from([None, "python", "javascript", "null", "foo"]),
    },
)
BASES = {
    "scxml": '<scxml datamodel="{}"><state id="a"/><state id="b"/></scxml>',
    "native": '<scxml xmlns:e="urn:statechart-editor:scxml" e:conventions="native" datamodel="{}">'
    '<state id="a"/><state id="b"/></scxml>',
}


def base(which: str, language: str = "ecmascript") -> Chart:
    return scxml.read(BASES[which].format(language), name="m.scxml").chart


def with_state(made: Chart, **fields: object) -> Chart:
    states = [replace(each, **fields) if each.id == "s1" else each for each in made.states.values()]  # type: ignore[arg-type]
    return Chart.of(states, made.transitions.values(), made.info)


def again(made: Chart) -> Chart:
    return scxml.read(scxml.write(made)[0].encode(), name="m.scxml").chart


@pytest.mark.parametrize("which", BASES)
@settings(max_examples=300, deadline=None)
@given(fields=FIELDS)
def test_a_state_is_read_as_it_was(which: str, fields: dict[str, object]) -> None:
    made = with_state(base(which), **fields)
    assert same(again(made).states["s1"], made.states["s1"])


@pytest.mark.parametrize("which", BASES)
@settings(max_examples=300, deadline=None)
@given(transition=TRANSITIONS)
def test_a_transition_is_read_as_it_was(which: str, transition: Transition) -> None:
    invokes = (Invoke(uid="i0", src="x"),)
    bare = with_state(base(which), invokes=invokes)
    made = Chart.of(bare.states.values(), [transition], bare.info)
    [found] = again(made).transitions.values()
    assert same(replace(found, id="t1"), transition)


@pytest.mark.parametrize("which", BASES)
@settings(max_examples=100, deadline=None)
@given(tables=TABLES)
def test_what_names_mean_is_read_as_it_was(which: str, tables: dict[str, Any]) -> None:
    bare = base(which)
    made = Chart.of(bare.states.values(), (), replace(bare.info, **tables))
    assert same(again(made).info, made.info)
