"""A label says what the transition is, and what is typed becomes the transition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import ExpressionError
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    And,
    Assign,
    Call,
    Cancel,
    Choose,
    Expr,
    Guard,
    In,
    Invoke,
    Log,
    Named,
    Not,
    Or,
    Raise,
    Send,
    Transition,
    Trigger,
    TriggerKind,
    unresolved,
)
from editor.model.labels import (
    LabelFields,
    actions_text,
    guard_text,
    label_text,
    parse_label,
    trigger_text,
    with_part,
)
from tests.charts import chart, id_of

MACHINE = chart("""
initial: a
context: {failures: 0, items: []}
states:
  a:
    invoke: [{src: load, onDone: b}, {src: load, id: second}, {src: save}]
    on: {GO: b}
  b: {initial: c, states: {c: {}}}
guards: {ready: failures < 3}
""")
C = id_of(MACHINE, "b.c")
A = id_of(MACHINE, "a")
LOAD, SECOND, SAVE = (invoke.uid for invoke in MACHINE.states[A].invokes)
NEW = Transition(id="new", source=A, targets=(C,), trigger=Trigger(text="GO"))


def read(text: str, old: Transition = NEW, within: Chart = MACHINE) -> LabelFields:
    return parse_label(text, chart=within, transition=old)


def event(text: str) -> Trigger:
    return Trigger(text=text)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("GO", event("GO")),
        ("a.b.*", event("a.b.*")),
        ("*", event("*")),
        ("after 5s", Trigger(kind=TriggerKind.AFTER, text="5s")),
        ("after 1.5 s", Trigger(kind=TriggerKind.AFTER, text="1.5s")),
        ("after 1 min", Trigger(kind=TriggerKind.AFTER, text="1m")),
        ("after 1 min 30 s [ready]", Trigger(kind=TriggerKind.AFTER, text="90s")),
        ("after 5000", Trigger(kind=TriggerKind.AFTER, text="5000")),
        ("after RESET_TIMEOUT", Trigger(kind=TriggerKind.AFTER, text="RESET_TIMEOUT")),
        ("always", Trigger(kind=TriggerKind.ALWAYS)),
        ("[failures > 3]", Trigger(kind=TriggerKind.ALWAYS)),
        ("/ x", Trigger(kind=TriggerKind.ALWAYS)),
        ("done", Trigger(kind=TriggerKind.DONE)),
        ("onDone", Trigger(kind=TriggerKind.DONE)),
        ("done: save", Trigger(kind=TriggerKind.INVOKE_DONE, invoke=SAVE)),
        ("error: save [ready]", Trigger(kind=TriggerKind.INVOKE_ERROR, invoke=SAVE)),
        ("done: second", Trigger(kind=TriggerKind.INVOKE_DONE, invoke=SECOND)),
        ("done: load", Trigger(kind=TriggerKind.INVOKE_DONE, invoke=LOAD)),
    ],
)
def test_triggers(text: str, trigger: Trigger) -> None:
    assert read(text).trigger == trigger


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("ready", Named(name="ready")),
        ("unknown", Named(name="unknown")),
        ("failures > 3", Expr(text="failures > 3")),
        ("failures > 3 and items", Expr(text="failures > 3 and items")),
        ("ready and not other", And(parts=(Named(name="ready"), Not(part=Named(name="other"))))),
        ("not ready", Not(part=Named(name="ready"))),
        ("ready or (failures > 3)", Or(parts=(Named(name="ready"), Expr(text="failures > 3")))),
        ("ready or failures > 3", Or(parts=(Named(name="ready"), Expr(text="failures > 3")))),
        ("ready and failures", And(parts=(Named(name="ready"), Expr(text="failures")))),
        ("in(b.c)", In(state=C)),
        ("in('b.c') and failures > 1", And(parts=(In(state=C), Expr(text="failures > 1")))),
        ("items[0] == ']'", Expr(text="items[0] == ']'")),
        ("ready if failures else ready", Expr(text="ready if failures else ready")),
        ("any(x and ready for x in items)", Expr(text="any(x and ready for x in items)")),
    ],
)
def test_guards(text: str, guard: Guard) -> None:
    assert read(f"GO [{text}] / act").guard == guard


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("act", (Call(name="act"),)),
        ("one; two;", (Call(name="one"), Call(name="two"))),
        ("x = failures + 1", (Assign(values=(("x", "failures + 1"),)),)),
        ("x = 1, a.b = max(1, 2)", (Assign(values=(("x", 1), ("a.b", "max(1, 2)"))),)),
        ("x = 'a; b'; act", (Assign(values=(("x", "'a; b'"),)), Call(name="act"))),
        ("x = true", (Assign(values=(("x", True),)),)),
        ("raise E", (Raise(event="E"),)),
        ("send E after 2s", (Send(event="E", delay="2s"),)),
        ("send E after 2 min to x", (Send(event="E", delay="2m", to="x"),)),
        ("send E after 500 to #_parent", (Send(event="E", delay=500, to="#_parent"),)),
        ("send E after (failures)", (Send(event="E", delay=Expr(text="failures")),)),
        ("cancel timer 1", (Cancel(id="timer 1"),)),
        ("log failures + 1", (Log(value="failures + 1"),)),
    ],
)
def test_actions(text: str, actions: tuple[Action, ...]) -> None:
    assert read(f"GO / {text}").actions == actions


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("GO [failures >]", 15, "complete"),
        ("GO [failures && items]", 14, "and"),
        ("GO [x", 4, "not closed"),
        ("GO [ready] act", 12, "only"),
        ("GO now", 3, "spaces"),
        ("  GO now", 5, "spaces"),
        ("GO / x = 1 +", 13, "complete"),
        ("GO / one; two three", 11, "no action"),
        ("GO [ready and in(nowhere)]", 18, "nowhere"),
        ("done: nothing", 7, "load"),
        ("after", 5, "delay"),
        ("after 5 fortnights", 7, "no duration"),
        ("after -5", 7, "negative"),
        ("after 1 5 s", 7, "no duration"),
        ("GO / call(…)", 11, "cannot show"),
        ("GO [ready and ]", 14, ""),
    ],
)
def test_what_is_not_understood_is_told_with_its_column(text: str, column: int, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(text)
    assert caught.value.column == column
    assert message in caught.value.message
    assert caught.value.text == text


def test_an_event_may_hold_a_slash_or_a_bracket_once_it_has_it() -> None:
    old = Transition(id="n", source=A, trigger=Trigger(text="http/get[0]"))
    assert read("http/get[0] [ready]", old) == LabelFields(old.trigger, Named(name="ready"), ())


def test_what_a_label_cannot_show_stays_when_something_else_is_typed() -> None:
    hidden = (
        Choose(branches=()),
        Call(name="notify", params={"to": "'me'"}),
        Send(event="E", data={"a": "1"}),
    )
    old = Transition(
        id="n", source=A, actions=hidden, trigger=event("GO"), guard=Named(name="is", params={"n": 1})
    )
    assert label_text(MACHINE, old) == "GO [is(…)] / choose …; notify(…); send E …"
    fields = read("STOP [is(…) and ready] / notify(…); extra; choose …", old)
    assert fields.trigger == event("STOP")
    assert fields.guard == And(parts=(Named(name="is", params={"n": 1}), Named(name="ready")))
    assert fields.actions == (hidden[1], Call(name="extra"), hidden[0])


def test_an_initial_transition_takes_actions_only() -> None:
    old = Transition(id="n", source=A, targets=(C,), trigger=Trigger(kind=TriggerKind.INITIAL))
    assert read("/ act", old).actions == (Call(name="act"),)
    with pytest.raises(ExpressionError):
        read("GO", old)


def test_parts_of_parts_stand_in_parentheses() -> None:
    guard = Not(part=Or(parts=(Named(name="a"), And(parts=(In(state=C), Expr(text="x > 1"))))))
    assert guard_text(MACHINE, guard) == "not (a or (in(b.c) and (x > 1)))"


NAMES = st.sampled_from(["ready", "other", "retry", "a.b", "notify-user"])
TEXTS = st.sampled_from(
    ["failures > 3", "items", "x if failures else items", "']' in items", "not failures", "1"]
)
LEAVES: st.SearchStrategy[Guard] = st.one_of(
    st.builds(lambda name: Named(name=name), NAMES),
    st.builds(lambda name: Named(name=name, params={"n": 1}), NAMES),
    st.builds(lambda text: Expr(text=text), TEXTS),
    st.sampled_from([In(state=C), In(state=unresolved("no.where"))]),
)
GUARDS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda part: Not(part=part), inner),
        st.builds(lambda parts: And(parts=tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: Or(parts=tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
    ),
    max_leaves=5,
)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(lambda name: Call(name=name), st.text(min_size=1, max_size=8)),
    st.builds(lambda name: Call(name=name, params=[1]), NAMES),
    st.builds(
        lambda value: Assign(values=(("x", value), ("y.z", 1))), st.sampled_from([1, "1", True, "a; b", []])
    ),
    st.builds(lambda name: Raise(event=name), NAMES),
    st.builds(
        lambda name, delay: Send(event=name, delay=delay),
        NAMES,
        st.sampled_from([None, "2s", 5, "NAME", Expr(text="failures")]),
    ),
    st.builds(lambda value: Log(value=value), st.sampled_from(["'a; b'", "failures", {"a": "b"}])),
    st.just(Choose(branches=())),
)
TRIGGERS = st.one_of(
    st.builds(event, st.one_of(NAMES, st.text(min_size=1, max_size=6).map(str.strip))),
    st.sampled_from(
        [
            Trigger(kind=TriggerKind.AFTER, text="items[0] / 2"),
            Trigger(kind=TriggerKind.AFTER, text="5s"),
            Trigger(kind=TriggerKind.ALWAYS),
            Trigger(kind=TriggerKind.DONE),
            Trigger(kind=TriggerKind.INVOKE_DONE, invoke=SAVE),
        ]
    ),
)
TRANSITIONS = st.builds(
    lambda trigger, guard, actions: Transition(
        id="n", source=A, targets=(C,), trigger=trigger, guard=guard, actions=tuple(actions)
    ),
    TRIGGERS,
    st.none() | GUARDS,
    st.lists(ACTIONS, max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(TRANSITIONS)
def test_a_label_typed_again_as_it_is_changes_nothing(old: Transition) -> None:
    text = label_text(MACHINE, old)
    assert read(text, old) == LabelFields(old.trigger, old.guard, old.actions)


@settings(max_examples=200, deadline=None)
@given(TRANSITIONS, st.sampled_from(["trigger", "delay", "guard", "actions"]))
def test_a_place_for_a_part_in_a_label_says_nothing_by_itself(old: Transition, part: str) -> None:
    text, start, end = with_part(MACHINE, old, part)
    assert read(text, old) == LabelFields(old.trigger, old.guard, old.actions)
    whole = {
        "guard": guard_text(MACHINE, old.guard) if old.guard is not None else "",
        "actions": actions_text(old.actions),
    }
    if part in whole:
        assert text[start:end] == whole[part]
    else:
        assert text.startswith(("always", trigger_text(MACHINE, old)))
        assert trigger_text(MACHINE, old).endswith(text[start:end]) or text[start:end] == "always"


@settings(max_examples=150, deadline=None)
@given(st.lists(NAMES.map(lambda name: name.replace(".", "_")), min_size=2, max_size=4, unique=True))
def test_names_with_a_meaning_combine_to_the_same_guard_again(names: list[str]) -> None:
    plain = [name for name in names if "-" not in name]
    guard = And(
        parts=(Named(name="ready"), *(Not(part=Named(name=name)) for name in plain if name != "ready"))
    )
    if len(guard.parts) > 1:
        assert read(f"GO [{guard_text(MACHINE, guard)}]").guard == guard


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab [](){};/='\"…andor notif,.\\", max_size=40), TRANSITIONS)
def test_whatever_is_typed_is_read_or_refused_with_a_column(text: str, old: Transition) -> None:
    column: int | None = 1
    try:
        read(text, old)
    except ExpressionError as error:
        column = error.column
    assert column is not None
    assert 1 <= column <= len(text) + 2


def test_an_invocation_is_shown_by_what_it_invokes_or_by_its_id() -> None:
    titles = [Invoke(uid="i", src=src, id=id).title for src, id in (("a", "x"), ("", "x"), ("", None))]
    assert titles == ["a", "x", "service"]


def test_an_expression_of_several_lines_is_shown_in_one() -> None:
    assert guard_text(Chart(), Expr(text="a\n   and b")) == "a and b"
    assert guard_text(Chart(), Expr(text="a == 'x  y'")) == "a == 'x  y'"
