"""Renaming everywhere: every use follows, what cannot be is refused in words, and what stays is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.document import files, renaming, renaming_uses
from editor.document.document import Document
from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.errors import ChartError, StepLimitError
from editor.formats import native, scxml
from editor.formats.native_write import write_machine
from editor.model import naming
from editor.model.chart import Chart
from editor.model.naming import Name, NameKind
from tests.charts import MEASURE, document, drawn, id_of
from tests.engine.build import random_chart

TEXT = """\
initial: a # first
context: {n: 0, who: {name: Ann}}
guards: {few: n < 3, both: {and: [few, ready]}}
actions:
  count: {assign: {n: n + 1}}   # counts
  twice: [count, {choose: [{guard: few, actions: [count, {raise: GO}]}]}]
delays: {PAUSE: n * 1000}
services: {lookup: {description: finds}}
states:
  a:
    entry: [{send: GO, delay: PAUSE}, count]
    invoke: {src: lookup, onDone: b}
    on:
      GO: {target: b, guard: few, actions: [{assign: {who.name: 3}}, twice]}
      OTHER: {guard: "event.type == 'GO' or matches('a') or len([n for n in [1]]) > context.n"}
      'x.*': b
    after: {PAUSE: b}
  b: {on: {GO: a, done.state.a: a, STOP: {guard: {in: a}}}}
"""


def named(made: Document, kind: NameKind, text: str) -> Name:
    return Name(kind, id_of(made.chart, text) if kind is NameKind.STATE else text)


def renamed(made: Document, kind: NameKind, old: str, new: str) -> renaming.Renaming:
    planned = renaming.rename(made.chart, made.diagram, named(made, kind, old), new, measure=MEASURE)
    made.apply(planned.edit)
    return planned


def written(made: Document) -> str:
    return native.write(made.chart)[0]


@pytest.mark.parametrize(
    ("kind", "old", "new", "uses"),
    [
        (
            NameKind.EVENT,
            "GO",
            "START",
            ["send: START", "raise: START", "START: {", "START: a", "== 'START'"],
        ),
        (NameKind.GUARD, "few", "small", ["small: n < 3", "[small, ready]", "guard: small"]),
        (NameKind.GUARD, "ready", "set_up", ["[few, set_up]"]),
        (NameKind.ACTION, "count", "more", ["more: {assign", "[more, {choose", "[more, {raise", ", more]"]),
        (NameKind.DELAY, "PAUSE", "REST", ["REST: n * 1000", "delay: REST", "after: {REST: b}"]),
        (NameKind.SERVICE, "lookup", "find", ["find: {description", "src: find"]),
        (
            NameKind.KEY,
            "n",
            "total",
            ["total: 0", "total < 3", "{total: total + 1}", "> context.total", "n for n in"],
        ),
        (NameKind.KEY, "who", "person", ["person.name: 3"]),
        (
            NameKind.STATE,
            "a",
            "first",
            ["initial: first", "matches('first')", "in: first", "done.state.first"],
        ),
    ],
)
def test_every_use_follows(kind: NameKind, old: str, new: str, uses: list[str], tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(TEXT, encoding="utf-8")
    made = files.open_document(path)
    planned = renamed(made, kind, old, new)
    files.save(made)
    text = path.read_text(encoding="utf-8")
    for use in uses:
        assert use in text, use
    assert "# first" in text
    assert "  # counts" in text
    assert planned.uses
    renamed(made, kind, new, old)
    files.save(made)
    assert path.read_text(encoding="utf-8") == TEXT


def test_each_place_is_told_with_its_text_before_and_after() -> None:
    made = document("initial: a\nstates: {a: {entry: {raise: GO}, on: {GO: b}}, b: {on: {GO: {guard: x}}}}")
    name = Name(NameKind.EVENT, "GO")
    planned = renaming.rename(made.chart, made.diagram, name, "START", measure=MEASURE)
    assert renaming.lines(made.chart, planned) == [
        "a:  GO  →  START", "a · GO:  GO  →  START", "b · GO:  GO [x]  →  START [x]",
    ]  # fmt: skip
    assert planned.remarks == ()


def test_the_targets_that_follow_a_state_are_told() -> None:
    made = document("initial: a\nstates: {a: {on: {GO: b}}, b: {always: {guard: {in: b}}}}")
    planned = renaming.rename(
        made.chart, made.diagram, named(made, NameKind.STATE, "b"), "c", measure=MEASURE
    )
    assert [(use.before, use.after) for use in planned.uses] == [
        ("→ b", "→ c"), ("b", "c"), ("in(b)", "in(c)"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "old", "new", "reason"),
    [
        (NameKind.EVENT, "GO", "", "An event needs a name"),
        (NameKind.EVENT, "GO", "TWO WORDS", "no spaces"),
        (NameKind.EVENT, "GO", "GO.*", "stands for many"),
        (NameKind.EVENT, "GO", "done.state.b", "by the machine itself"),
        (NameKind.EVENT, "GO", "always", "means something else"),
        (NameKind.GUARD, "few", "both", "There is a guard “both” with a meaning"),
        (NameKind.GUARD, "few", "n < 3", "read as an expression"),
        (NameKind.ACTION, "count", "raise GO", "read as something else"),
        (NameKind.DELAY, "PAUSE", "5s", "no duration"),
        (NameKind.KEY, "n", "who", "There is a key “who” already"),
        (NameKind.STATE, "a", "b", "There is a state “b” beside it"),
    ],
)
def test_what_cannot_be_is_refused_in_words(kind: NameKind, old: str, new: str, reason: str) -> None:
    made = document(TEXT)
    with pytest.raises(ChartError, match=reason):
        renaming.rename(made.chart, made.diagram, named(made, kind, old), new, measure=MEASURE)


@pytest.mark.parametrize(
    ("kind", "old", "new", "remark"),
    [
        (NameKind.EVENT, "GO", "STOP", "There is an event “STOP” already: both are one"),
        (NameKind.EVENT, "GO", "stop", "“STOP” as well, which differs only in its case"),
        (NameKind.EVENT, "GO", "x.go", "“x.*” will answer “x.go”"),
        (NameKind.GUARD, "few", "ready", "There is a guard “ready” already: both are one"),
    ],
)
def test_what_is_to_be_known_is_told_before(kind: NameKind, old: str, new: str, remark: str) -> None:
    made = document(TEXT)
    planned = renaming.rename(made.chart, made.diagram, named(made, kind, old), new, measure=MEASURE)
    assert any(remark in each for each in planned.remarks), planned.remarks


def test_a_text_that_may_be_the_event_is_told_and_stays() -> None:
    made = document("context: {last: GO}\ninitial: a\nstates: {a: {on: {GO: {guard: \"last == 'GO'\"}}}}")
    planned = renamed(made, NameKind.EVENT, "GO", "START")
    assert planned.remarks == ("Not changed: the text in a · GO: last == 'GO'",)
    assert "last == 'GO'" in written(made)


def test_in_javascript_only_what_is_certain_follows_and_the_rest_is_told() -> None:
    made = document(
        "language: javascript\ncontext: {n: 0, l: []}\ninitial: a\n"
        "states: {a: {on: {GO: {guard: 'context.n > 0'}, MAP: {guard: 'l.some(n => n)'}}}}"
    )
    planned = renamed(made, NameKind.KEY, "n", "total")
    assert "context.total > 0" in written(made)
    assert "l.some(n => n)" in written(made)
    assert planned.remarks == ("Not changed: l.some(n => n)",)


SCXML = """<?xml version="1.0"?>
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" initial="a">
  <datamodel>
    <data id="n" expr="1"/> <!-- counts -->
    <data id="m" expr="n + 1"/>
    <data id="list" expr="[1, 2]"/>
  </datamodel>
  <script>n = n + m;</script>
  <state id="a">
    <onentry>
      <assign location="n" expr="n + list.n"/>
      <assign location="n.deep[0]" expr="'n'"/>
      <foreach array="list" item="each" index="n"><log expr="each + n"/></foreach>
      <if cond="n != 2"><raise event="n"/></if>
      <send event="e" namelist="n m"><param name="n" expr="n"/><param name="p" location="n"/></send>
      <send eventexpr="n" targetexpr="n" delayexpr="n" idlocation="n"/>
      <cancel sendidexpr="n"/>
      <log label="n" expr="list.some(n => n)"/>
    </onentry>
    <transition event="n" cond="n == 1 &amp;&amp; _event.data.n == 'n'" target="b"/>
    <invoke srcexpr="n" idlocation="n"><finalize><assign location="m" expr="n"/></finalize></invoke>
  </state>
  <final id="b"><donedata><content expr="n"/></donedata></final>
</scxml>
"""
FOLLOWED = (
    ('id="n" expr="1"', 'id="total" expr="1"'), ('"n + 1"', '"total + 1"'), ("n = n + m;", "total = total + m;"),
    ('"n" expr="n + list.n"', '"total" expr="total + list.n"'), ('"n.deep[0]"', '"total.deep[0]"'),
    ('index="n"', 'index="total"'), ("each + n", "each + total"), ('cond="n != 2"', 'cond="total != 2"'),
    ('name="n" expr="n"', 'name="n" expr="total"'), ('name="p" location="n"', 'name="p" location="total"'),
    ('eventexpr="n" targetexpr="n" delayexpr="n" idlocation="n"',
     'eventexpr="total" targetexpr="total" delayexpr="total" idlocation="total"'),
    ('sendidexpr="n"', 'sendidexpr="total"'), ('cond="n == 1', 'cond="total == 1'),
    ('srcexpr="n" idlocation="n"', 'srcexpr="total" idlocation="total"'),
    ('location="m" expr="n"', 'location="m" expr="total"'),
    ('<content expr="n"', '<content expr="total"'),
)  # fmt: skip


def test_in_scxml_a_variable_is_renamed_wherever_it_is_certain(tmp_path: Path) -> None:
    path = tmp_path / "m.scxml"
    path.write_text(SCXML, encoding="utf-8")
    made = files.open_document(path)
    planned = renamed(made, NameKind.KEY, "n", "total")
    assert planned.remarks == ("Not changed: list.some(n => n)",)
    files.save(made)
    wanted = SCXML
    for old, new in FOLLOWED:
        assert old in wanted, old
        wanted = wanted.replace(old, new)
    text = path.read_text(encoding="utf-8")
    sent = '<send event="e" namelist="m">'
    assert sent in text
    assert '<param name="n" location="total"/>' in text
    lines = [line for line in wanted.splitlines() if "namelist" not in line]
    assert [line for line in lines if line not in text.splitlines()] == []
    made.undo()
    files.save(made)
    assert path.read_text(encoding="utf-8") == SCXML


def test_in_scxml_a_variable_needs_a_name_that_is_one_and_that_is_free() -> None:
    made = drawn(scxml.read(SCXML).chart)
    for new, reason in (
        ("m", "There is a key “m” already"),
        ("two words", "cannot be the name of a variable"),
    ):
        with pytest.raises(ChartError, match=reason):
            renamed(made, NameKind.KEY, "n", new)


def test_the_meaning_of_a_delay_is_no_name_of_a_delay() -> None:
    made = document("context: {wait: 5}\ndelays: {wait: wait}\ninitial: a\nstates: {a: {after: {wait: a}}}")
    renamed(made, NameKind.DELAY, "wait", "PAUSE")
    assert made.chart.info.delays == (("PAUSE", "wait"),)
    renamed(made, NameKind.KEY, "wait", "seconds")
    assert made.chart.info.delays == (("PAUSE", "seconds"),)


def planned_without(made: Document, name: Name, new: str, left_out: list[str]) -> renaming.Renaming:
    """A renaming without the places whose text begins with one of these."""
    whole = renaming.rename(made.chart, made.diagram, name, new, measure=MEASURE)
    texts = zip(whole.uses, renaming.lines(made.chart, whole), strict=True)
    places = [use.place for use, text in texts if any(map(text.startswith, left_out))]
    assert len(places) >= len(left_out)
    planned = renaming.rename(made.chart, made.diagram, name, new, measure=MEASURE, left_out=places)
    assert planned.uses == whole.uses
    return planned


@pytest.mark.parametrize(
    ("kind", "old", "new", "left_out", "stays", "remark"),
    [
        (NameKind.EVENT, "GO", "START", ["a:  GO"], "send: GO",
         "“GO” stays in one place: “GO” and “START” are two events from then on."),
        (NameKind.GUARD, "few", "small", ["a · GO"], "guard: few",
         "“few” stays in one place and has no meaning there any more."),
        (NameKind.GUARD, "few", "small", ["machine:  few  →"], "few: n < 3",
         "“small” has no meaning: that of “few” keeps its name."),
        (NameKind.ACTION, "count", "more", ["a:  count"], "count]",
         "“count” stays in one place and has no meaning there any more."),
        (NameKind.DELAY, "PAUSE", "REST", ["a · after PAUSE"], "after: {PAUSE: b}",
         "“PAUSE” stays in one place and has no meaning there any more."),
        (NameKind.KEY, "n", "total", ["machine:  n < 3"], "few: n < 3",
         "“n” stays in one place, where the context has no such key any more."),
        (NameKind.STATE, "a", "first", ["a · OTHER"], "matches('a')",
         "“a” stays in one place and names no state there."),
    ],
)  # fmt: skip
def test_a_place_that_is_left_out_stays_and_what_comes_of_it_is_told(
    kind: NameKind, old: str, new: str, left_out: list[str], stays: str, remark: str
) -> None:
    made = document(TEXT)
    before = written(made)
    planned = planned_without(made, named(made, kind, old), new, left_out)
    assert any(each.startswith(remark) for each in planned.remarks), planned.remarks
    made.apply(planned.edit)
    assert stays in written(made)
    assert new in written(made)
    made.undo()
    assert written(made) == before


def test_what_follows_by_itself_and_the_name_itself_cannot_be_left_out() -> None:
    made = document("initial: a\nstates: {a: {on: {GO: b}}, b: {always: {guard: {in: b}}}}")
    name = named(made, NameKind.STATE, "b")
    planned = renaming.rename(made.chart, made.diagram, name, "c", measure=MEASURE)
    assert not any(use.may_stay for use in planned.uses)
    places = [use.place for use in planned.uses]
    same = renaming.rename(made.chart, made.diagram, name, "c", measure=MEASURE, left_out=places)
    assert same.edit == planned.edit
    assert same.remarks == ()


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 100), st.sets(st.integers(0, 30)))
def test_left_out_places_read_as_before_and_all_others_as_if_none_were(
    seed: int, number: int, picks: set[int]
) -> None:
    made = drawn(random_chart(seed))
    found = naming.names_of(made.chart)
    name = found[number % len(found)]
    try:
        whole = renaming.rename(made.chart, made.diagram, name, "renamed", measure=MEASURE)
    except ChartError:
        return
    places = [use.place for at, use in enumerate(whole.uses) if at in picks and use.may_stay]
    part = renaming.rename(made.chart, made.diagram, name, "renamed", measure=MEASURE, left_out=places)
    before = made.chart.copy()
    made.apply(part.edit)
    left = renaming_uses.uses(before, part.edit.changes, name)
    assert [use.place for use in left] == [use.place for use in whole.uses if use.place not in places]
    kept = {use.place: use.after for use in whole.uses if use.place not in places}
    assert {use.place: use.after for use in left} == kept


def _ran(chart: Chart, events: list[str]) -> list[object]:
    simulator = Simulator(Machine.from_chart(chart))
    try:
        simulator.start()
        for event in events:
            simulator.send(event)
    except StepLimitError:
        return []
    machine = simulator.machine
    return [
        (machine.ids(entry.outcome.snapshot.active), list(entry.outcome.snapshot.context.values()))
        for entry in simulator.trace
    ]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 100_000), st.integers(0, 100), st.lists(st.sampled_from(["A", "B", "C"]), max_size=6))
def test_a_machine_runs_as_before_and_back_is_the_same_text(
    seed: int, number: int, events: list[str]
) -> None:
    made = drawn(random_chart(seed))
    found = [each for each in naming.names_of(made.chart) if each.text not in ("a.b", *EVENTS_OF_GROUPS)]
    name = found[number % len(found)]
    text, before = write_machine(made.chart), _ran(made.chart, events)
    old = naming.shown(made.chart, name)
    new = "renamed"
    made.apply(renaming.rename(made.chart, made.diagram, name, new, measure=MEASURE).edit)
    is_event = name.kind is NameKind.EVENT
    assert _ran(made.chart, [new if is_event and event == old else event for event in events]) == before
    assert write_machine(made.chart) != text
    back = name if name.kind is NameKind.STATE else Name(name.kind, new)
    made.apply(renaming.rename(made.chart, made.diagram, back, old, measure=MEASURE).edit)
    assert write_machine(made.chart) == text


EVENTS_OF_GROUPS = ("a",)
"""Events that a descriptor with a star may answer."""
