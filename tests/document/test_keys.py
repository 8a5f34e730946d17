from __future__ import annotations

import pytest

from editor.document import keys
from editor.document.document import Document
from editor.engine.simulator import Simulator
from editor.errors import ChartError
from editor.formats import native
from editor.model.diagram import Diagram
from tests.charts import chart

MACHINE = """\
initial: idle
context: {count: 0, who: {name: Ann}, wait: 5}
guards: {few: count < 3}
actions: {more: {assign: {count: count + 1}}}
delays: {PAUSE: wait * 1000}
states:
  idle:
    entry: [{log: "'count ' + str(count)"}]
    on:
      GO: {guard: few, actions: [more, {assign: {who.name: "who.name + '!'"}}]}
      END: {target: over, guard: "count >= 3 and event.type == 'END'"}
    after:
      PAUSE: {actions: {assign: {count: 0}}}
  over: {}
"""
EVENTS = ("GO", "GO", "END", "GO", "END")


def run(document: Document) -> Simulator:
    simulator = Simulator(document.chart)
    simulator.start()
    for event in EVENTS:
        simulator.send(event)
    return simulator


@pytest.mark.parametrize(
    ("old", "new"), [("count", "total"), ("who", "person"), ("wait", "pause_s"), ("count", "event")]
)
def test_all_that_uses_a_key_follows_and_the_machine_does_what_it_did(old: str, new: str) -> None:
    document = Document(chart(MACHINE), Diagram())
    before, text = run(document), native.write(document.chart)[0]
    document.apply(keys.rename_key(document.chart, old, new))
    after = run(document)
    assert after.leaves == before.leaves == ("over",)
    assert not any(entry.outcome.failures for entry in after.trace)
    named = {new if key == old else key: value for key, value in before.snapshot.context.items()}
    assert after.snapshot.context == named
    assert list(after.snapshot.context) == list(named)
    after.advance(5000)
    assert [timer.length for timer in before.trace[0].outcome.snapshot.timers] == [5000]
    assert [timer.length for timer in after.trace[0].outcome.snapshot.timers] == [5000]
    document.undo()
    assert native.write(document.chart)[0] == text
    assert not document.undo_stack.can_undo


def test_a_delay_that_is_called_like_the_key_keeps_its_name() -> None:
    document = Document(chart("{context: {WAIT: 5}, states: {a: {after: {WAIT: b}}, b: {}}}"), Diagram())
    document.apply(keys.rename_key(document.chart, "WAIT", "seconds"))
    assert "after: {WAIT: b}" in native.write(document.chart)[0]


def test_what_is_not_certain_in_javascript_is_left_alone() -> None:
    text = (
        "{language: javascript, context: {n: 0}, states: {a: {on: "
        "{GO: {guard: n > 0, target: b}, ALL: {guard: 'f(n => n > 1)'}}}, b: {}}}"
    )
    document = Document(chart(text), Diagram())
    document.apply(keys.rename_key(document.chart, "n", "m"))
    written = native.write(document.chart)[0]
    assert "m > 0" in written
    assert "f(n => n > 1)" in written
    assert keys.unclear(chart(text), "n", "m") == ["f(n => n > 1)"]
    assert keys.unclear(chart(text), "n", "two words") == ["n > 0", "f(n => n > 1)"]
    assert document.chart.info.context == {"m": 0}


@pytest.mark.parametrize(
    ("old", "new", "told"), [("count", "", "name"), ("count", "who", "already"), ("gone", "x", "gone")]
)
def test_what_is_no_new_name_is_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(ChartError, match=told):
        keys.rename_key(chart(MACHINE), old, new)
