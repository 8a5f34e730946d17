"""Whatever is edited, undone and redone: what the checker keeps is what a fresh look at the chart finds."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits
from editor.document.document import Document
from editor.document.undo import Edit
from editor.errors import ChartError, ExpressionError
from editor.model import rules
from editor.model.changes import InfoChange, StateChange, TransitionChange
from editor.model.checker import Checker
from editor.model.elements import Conventions, Trigger, TriggerKind
from tests.charts import chart, document, id_of
from tests.document.test_random_user import do

START = """
initial: a
context: {n: 0, ready: false, spare: 1}
states:
  a:
    id: twin
    entry: [ring, {raise: DONE}, {assign: {m: nn + 1}}, {send: X, to: '#_payment', id: s}]
    on: {GO: [{target: b, guard: ready}, {target: b}, {target: nowhere}], '*': {target: a, guard: "matches('c.d')"}}
    after: {1s: a, 2s: b}
  b: {invoke: {src: pay, id: payments}, on: {go: c.e, done.invoke.payment: a}, exit: {cancel: t}, always: a}
  c:
    initial: d
    onDone: b
    states:
      d: {on: {NEXT: e, GO: {}, '*': {actions: Ring}}}
      e: {on: {BACK: e}}
      h: {type: history, target: '#twin'}
  p:
    type: parallel
    onDone: a
    states:
      l: {id: twin, initial: l1, states: {l1: {on: {OVER: '#r'}}, l2: {type: final}}}
      r: {id: r, initial: r1, states: {r1: {}, h2: {type: history, history: deep}}}
guards: {big: n > 3, round: big, Big: {not: round}}
delays: {long: n * x}
"""
WORDS = st.sampled_from(
    [
        "GO / ring",
        "go [ready]",
        "NEXT [n > 3] / Ring",
        "* / ring",
        "X",
        "after 1s",
        "after 0",
        "done.state.c",
        "GO [1 > 2]",
    ]
)
DEEDS = st.tuples(
    st.sampled_from(
        ["add", "connect", "rename", "reparent", "delete", "kind", "initial", "reconnect", "undo", "redo", "cancel",
         "label", "order", "always", "entry", "context", "guards", "language", "id", "undo", "redo"]
    ),
    st.integers(0, 50),
    st.integers(0, 50),
    WORDS,
)  # fmt: skip


def change(made: Document, what: str, one: int, two: int, word: str) -> None:
    """An edit of what stands inside records."""
    records = sorted(made.chart.transitions)
    states = sorted(made.chart.states)
    state = made.chart.states[states[one % len(states)]]
    info = made.chart.info
    if what in ("label", "order", "always") and records:
        old = made.chart.transitions[records[one % len(records)]]
        if what == "label":
            made.apply(edits.set_label(made.chart, old.id, word))
        elif what == "order":
            made.apply(Edit("order", (TransitionChange(old.id, old, replace(old, order=two / 7)),)))
        elif not old.is_pseudo:
            new = replace(old, trigger=Trigger(kind=TriggerKind.ALWAYS), internal=bool(two % 2))
            made.apply(Edit("always", (TransitionChange(old.id, old, new),)))
    elif what == "entry":
        source = made.chart.states[states[two % len(states)]]
        new_state = replace(state, entry=source.entry, exit=source.exit, tags=("x",) * (two % 3))
        made.apply(Edit("entry", (StateChange(state.id, state, new_state),)))
    elif what == "id":
        new_state = replace(state, declared_id=["twin", "r", None, "x"][two % 4])
        made.apply(Edit("id", (StateChange(state.id, state, new_state),)))
    elif what in ("context", "guards", "language"):
        new_info = {
            "context": replace(info, context=[None, {"n": 1}, {"nn": 2, "ready": True}, {"m": {}}][two % 4]),
            "guards": replace(info, guards=info.guards[two % 3 :], delays=info.delays[: two % 2]),
            "language": replace(
                info, language=[None, "javascript"][two % 2], conventions=Conventions(by_token=one % 3 == 0)
            ),
        }[what]
        made.apply(Edit(what, (InfoChange(info.id, info, new_info),)))


@settings(max_examples=150, deadline=None)
@given(st.lists(DEEDS, max_size=25))
def test_the_kept_problems_are_those_of_a_fresh_look(deeds: list[tuple[str, int, int, str]]) -> None:
    made = document(START)
    checker = Checker(made.chart)
    made.changed.subscribe(checker.note)
    assert checker.problems() == rules.check(made.chart)
    for what, one, two, word in deeds:
        try:
            change(made, what, one, two, word)
            do(made, (what, one, two))
        except (ChartError, ExpressionError):
            continue
        if one % 3:  # sometimes several changes come before a look
            assert checker.problems() == rules.check(made.chart)
    assert checker.problems() == rules.check(made.chart)


def test_a_look_without_a_change_between_is_the_same_object() -> None:
    made = chart("initial: a\nstates: {a: {}, b: {}}")
    checker = Checker(made)
    before = checker.problems()
    assert before
    checker.note(())
    assert checker.problems() is before


def test_the_nearest_name_follows_what_there_is() -> None:
    made = document("initial: a\nstates: {a: {on: {GO: paidd}}, paid: {}, pad: {}}")
    checker = Checker(made.chart)
    made.changed.subscribe(checker.note)

    def meant() -> str:
        return next(each.meant for each in checker.problems() if each.rule == "unknown-state")

    assert meant() == "paid"
    made.apply(edits.rename(made.chart, id_of(made.chart, "paid"), "done"))
    assert meant() == "pad"
    made.undo()
    assert meant() == "paid"
