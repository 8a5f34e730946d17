from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import edits
from editor.errors import ChartError, ExpressionError
from editor.model.chart import Chart
from editor.model.naming import NameKind
from editor.model.vocabulary import ANY, DATA, INVOKE_ID, SEND_ID, Vocabulary
from tests.charts import MEASURE, chart, document
from tests.document.test_random_user import do
from tests.model.test_checker import DEEDS, START, change


def all_of(vocabulary: Vocabulary) -> object:
    """Everything that it knows, as plain data."""
    kinds = {kind: dict(vocabulary.names(kind)) for kind in NameKind}
    ids = {kind: dict(vocabulary.ids(kind)) for kind in (SEND_ID, INVOKE_ID, DATA)}
    events = {event: dict(vocabulary.data_of(event)) for event in (ANY, "GO", "X", "DONE")}
    return kinds, ids, events


def test_names_are_told_by_kind_with_the_number_of_their_uses() -> None:
    made = Vocabulary(
        chart(
            "initial: a\n"
            "context: {count: 0}\n"
            "guards: {ready: count > 1}\n"
            "states:\n"
            "  a: {entry: show, invoke: {src: pay, id: p}, on: {GO: {target: b, guard: ready}, STAY: {}}}\n"
            "  b: {entry: [show, {send: GO, id: later, delay: SOON}], exit: {assign: {fresh: 1}}}\n"
        )
    )
    assert dict(made.names(NameKind.EVENT)) == {"GO": 2, "STAY": 1}
    assert dict(made.names(NameKind.ACTION)) == {"show": 2}
    assert dict(made.names(NameKind.GUARD)) == {"ready": 2}
    assert dict(made.names(NameKind.DELAY)) == {"SOON": 1}
    assert dict(made.names(NameKind.SERVICE)) == {"pay": 1}
    assert set(made.names(NameKind.KEY)) == {"count", "fresh"}
    assert (set(made.ids(SEND_ID)), set(made.ids(INVOKE_ID))) == ({"later"}, {"p"})


def test_the_data_of_an_event_are_those_sent_with_it_and_those_read_where_it_is_answered() -> None:
    made = Vocabulary(
        chart(
            "initial: a\n"
            "context: {n: 0}\n"
            "states:\n"
            "  a:\n"
            "    entry: {raise: PAID, data: {amount: n}}\n"
            "    exit: {log: event.data.reason}\n"
            "    on:\n"
            "      PAID: {actions: {assign: {n: event.data.total}}}\n"
            "      LEFT: {guard: \"event.data['who'] == 1\"}\n"
        )
    )
    assert set(made.data_of("PAID")) == {"amount", "total", "reason"}
    assert set(made.data_of("LEFT")) == {"who", "reason"}
    assert set(made.data_of(ANY)) == {"amount", "total", "reason", "who"}


def test_the_version_stays_while_names_stay() -> None:
    made = document("initial: a\nstates: {a: {on: {GO: b}}, b: {on: {GO: a}}}")
    vocabulary = made.vocabulary
    before = vocabulary.version
    first, second = sorted(id for id, each in made.chart.transitions.items() if not each.is_pseudo)
    made.apply(edits.set_label(made.chart, first, "GO / show"))
    named = vocabulary.version
    assert named > before
    made.apply(edits.set_label(made.chart, second, "GO / show"))
    assert vocabulary.version == named
    made.apply(
        edits.set_state(
            made.chart,
            made.diagram,
            replace(made.chart.states[made.chart.transitions[first].source], description="x"),
            measure=MEASURE,
        )
    )
    assert vocabulary.version == named


def fresh(made: Chart) -> object:
    return all_of(Vocabulary(made))


@settings(max_examples=100, deadline=None)
@given(st.lists(DEEDS, max_size=20))
def test_what_is_kept_is_what_a_fresh_look_finds(deeds: list[tuple[str, int, int, str]]) -> None:
    made = document(START)
    vocabulary = made.vocabulary
    for what, one, two, word in deeds:
        try:
            change(made, what, one, two, word)
            do(made, (what, one, two))
        except (ChartError, ExpressionError):
            continue
        if one % 3:  # sometimes several changes come before a look
            assert all_of(vocabulary) == fresh(made.chart)
    assert all_of(vocabulary) == fresh(made.chart)
