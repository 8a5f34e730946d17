from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.model.slots import Grammar, Slot, slot_at

PLACES = [
    # what begins a label; the bar is the cursor
    (Grammar.LABEL, "|", "HEAD EVENT", ""),
    (Grammar.LABEL, "PA|", "HEAD EVENT", "PA"),
    (Grammar.LABEL, "done: pa|", "HEAD EVENT", "done: pa"),
    (Grammar.LABEL, "OPEN CL|", "EVENT", "CL"),
    (Grammar.LABEL, "GO [In('pai|", "STATE", "pai"),
    (Grammar.LABEL, "after |", "DELAY", ""),
    (Grammar.LABEL, "after TIM|", "DELAY", "TIM"),
    (Grammar.LABEL, "after 1 s|", None, ""),
    (Grammar.LABEL, "after (ba|", "KEY FUNCTION", "ba"),
    (Grammar.LABEL, "after base * fa|", "KEY FUNCTION", "fa"),
    # guards
    (Grammar.LABEL, "PAY [|", "GUARD KEY FUNCTION", ""),
    (Grammar.LABEL, "PAY [rea|]", "GUARD KEY FUNCTION", "rea"),
    (Grammar.LABEL, "PAY [ready and no|", "GUARD KEY FUNCTION", "no"),
    (Grammar.LABEL, "PAY [not (re|", "GUARD KEY FUNCTION", "re"),
    (Grammar.LABEL, "PAY [count > li|", "KEY FUNCTION", "li"),
    (Grammar.LABEL, "PAY [len(it|", "KEY FUNCTION", "it"),
    (Grammar.LABEL, "PAY [items[i|", "KEY FUNCTION", "i"),
    (Grammar.LABEL, "PAY [ready an|", "", "an"),
    (Grammar.LABEL, "PAY [ready |", None, ""),
    (Grammar.LABEL, "PAY [in(che|", "STATE", "che"),
    (Grammar.LABEL, "PAY [in('checkout.pa|", "STATE", "checkout.pa"),
    (Grammar.LABEL, "PAY [matches('che|", "STATE", "che"),
    (Grammar.LABEL, "PAY [name == 'che|", None, ""),
    (Grammar.LABEL, "PAY [user.na|", "PART user", "na"),
    (Grammar.LABEL, "PAY [event.data.|", "PART event.data", ""),
    (Grammar.LABEL, "PAY [1.|", None, ""),
    (Grammar.LABEL, "PAY [f(x).|", None, ""),
    (Grammar.LABEL, "PAY ['a]' == na|", "KEY FUNCTION", "na"),
    # actions
    (Grammar.LABEL, "PAY / |", "ACTION KEY", ""),
    (Grammar.LABEL, "PAY [a] / log|", "ACTION KEY", "log"),
    (Grammar.LABEL, "[a[0] > 1] / sh|", "ACTION KEY", "sh"),
    (Grammar.LABEL, "PAY [a] |", None, ""),
    (Grammar.ACTIONS, "one; tw|", "ACTION KEY", "tw"),
    (Grammar.ACTIONS, "one\ntw|", "ACTION KEY", "tw"),
    (Grammar.ACTIONS, "count = co|", "KEY FUNCTION", "co"),
    (Grammar.ACTIONS, "a = f(';', b); c|", "ACTION KEY", "c"),
    (Grammar.ACTIONS, "a = 1, b|", "KEY", "b"),
    (Grammar.ACTIONS, "a = 1, b = c|", "KEY FUNCTION", "c"),
    (Grammar.ACTIONS, "a = b == c|", "KEY FUNCTION", "c"),
    (Grammar.ACTIONS, "raise PA|", "EVENT", "PA"),
    (Grammar.ACTIONS, "send PA|", "EVENT", "PA"),
    (Grammar.ACTIONS, "send PAY a|", "", "a"),
    (Grammar.ACTIONS, "send PAY after TI|", "DELAY", "TI"),
    (Grammar.ACTIONS, "send PAY after TIME t|", "", "t"),
    (Grammar.ACTIONS, "send PAY to #_|", "RECEIVER", "#_"),
    (Grammar.ACTIONS, "send PAY after 2s to p|", "RECEIVER", "p"),
    (Grammar.ACTIONS, "cancel re|", "SEND", "re"),
    (Grammar.ACTIONS, "log us|", "KEY FUNCTION", "us"),
    # the other fields
    (Grammar.EVENT, "PA|", "EVENT", "PA"),
    (Grammar.EVENT, "PAY {amount: a|", None, ""),
    (Grammar.DELAY, "TI|", "DELAY", "TI"),
    (Grammar.DELAY, "5|", None, ""),
    (Grammar.GUARD, "{and: [re|", "GUARD", "re"),
    (Grammar.GUARD, "{in: che|", "STATE", "che"),
    (Grammar.TARGETS, "paid, .ca|", "TARGET", ".ca"),
    (Grammar.SERVICE, "pay|", "SERVICE", "pay"),
    (Grammar.INVOCATION, "pa|", "SERVICE", "pa"),
    (Grammar.INVOCATION, "pay |", "", ""),
    (Grammar.INVOCATION, "pay wi|", "", "wi"),
    (Grammar.INVOCATION, "pay by ca|", "SERVICE", "pay by ca"),
    (Grammar.INVOCATION, "pay as|", None, ""),
    (Grammar.INVOCATION, "pay as till|", None, ""),
    (Grammar.INVOCATION, "pay as till w|", "", "w"),
    (Grammar.INVOCATION, "pay with|", None, ""),
    (Grammar.INVOCATION, "pay with |", "KEY FUNCTION", ""),
    (Grammar.INVOCATION, "pay as till with {sum: co|", "KEY FUNCTION", "co"),
    (Grammar.INVOCATION, '"pay a|', None, ""),
    (Grammar.DATA, "total: su|", "KEY FUNCTION", "su"),
    (Grammar.DATA, "su|", "KEY FUNCTION", "su"),
    (Grammar.GUARDS, "isRe|", "UNMEANT", "isRe"),
    (Grammar.GUARDS, "isReady: co|", "GUARD KEY FUNCTION", "co"),
    (Grammar.ACTION_TABLE, "a: one\nb|", "UNMEANT", "b"),
    (Grammar.ACTION_TABLE, "reset: {assign: {co|", "KEY", "co"),
    (Grammar.ACTION_TABLE, "reset: {assign: {count: co|", "KEY FUNCTION", "co"),
    (Grammar.ACTION_TABLE, "reset: {ra|", "", "ra"),
    (Grammar.ACTION_TABLE, "reset: {raise: PA|", "EVENT", "PA"),
    (Grammar.DELAYS, "TIMEOUT: ba|", "KEY FUNCTION", "ba"),
]


def wanted(slot: Slot | None) -> str | None:
    if slot is None:
        return None
    return " ".join([*(want.name for want in slot.wants), *([slot.owner] if slot.owner else [])])


@pytest.mark.parametrize(("grammar", "text", "wants", "typed"), PLACES)
def test_what_stands_before_the_cursor_tells_what_may_follow(
    grammar: Grammar, text: str, wants: str | None, typed: str
) -> None:
    cursor = text.index("|")
    slot = slot_at(text.replace("|", ""), cursor, grammar)
    assert wanted(slot) == wants
    if slot is not None:
        assert slot.typed == typed
        assert text[slot.start : cursor] == typed


def test_a_word_that_the_cursor_is_in_is_replaced_as_a_whole() -> None:
    slot = slot_at("PAY [ready and more]", 8, Grammar.LABEL)
    assert slot is not None
    assert ("PAY [ready and more]"[slot.start : slot.end], slot.typed) == ("ready", "rea")


def test_behind_an_operand_stand_the_words_that_join() -> None:
    slot = slot_at("PAY [ready a", 12, Grammar.LABEL)
    assert slot is not None
    assert {"and", "or"} <= set(slot.words)


def test_new_names_may_be_meant_where_names_are_given_but_not_where_they_are_read() -> None:
    def is_open(text: str) -> bool:
        slot = slot_at(text, len(text), Grammar.LABEL)
        return slot is not None and slot.is_open

    assert [is_open(text) for text in ("PA", "PAY [re", "PAY / sh", "PAY / raise X")] == [True] * 4
    assert [is_open(text) for text in ("PAY [n > co", "PAY / n = co", "PAY [in(ch")] == [False] * 3


PIECES = st.sampled_from(
    ["a", "PAY", " ", "[", "]", "/", ";", "'", '"', "(", ")", "{", "}", ":", ",", ".", "after ", "in(", "raise ",
     "send ", " to ", "=", "==", "matches('", "event.data.", "\n", "é", "- ", "assign: ", "1", "\\"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join), st.integers(0, 40), st.sampled_from(list(Grammar)))
def test_in_every_text_a_slot_is_a_stretch_of_it_around_the_cursor(
    text: str, place: int, grammar: Grammar
) -> None:
    cursor = min(place, len(text))
    slot = slot_at(text, cursor, grammar)
    if slot is not None:
        assert 0 <= slot.start <= cursor <= slot.end <= len(text)
        assert text[slot.start : cursor] == slot.typed
