"""In SCXML a state goes by one name everywhere, and all that names it follows when it is renamed."""

from __future__ import annotations

import pytest

from editor.document import edits
from editor.document.document import Document
from editor.errors import ChartError
from editor.formats import scxml
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Expr, Log, State

TEXT = """\
<scxml>
  <state id="a">
    <state id="b"><transition cond="In('a') &amp;&amp; x" event="done.state.a.x done.state.ab"/></state>
  </state>
  <state id="ab">
    <onentry><log expr="In(&quot;a&quot;) || In('ab')"/></onentry>
    <transition event="done.state.a x" cond="In('a')" target="a"/>
  </state>
</scxml>
"""


def document() -> Document:
    return Document(scxml.read(TEXT, name="m.scxml").chart, Diagram())


def state(chart: Chart, name: str) -> State:
    return next(each for each in chart.states.values() if each.key == name)


def test_conditions_and_ends_name_the_state_as_it_is_called_now() -> None:
    made = document()
    chart = made.chart
    old = state(chart, "a")
    made.apply(edits.rename(chart, old.id, "n"))
    assert chart.states[old.id].declared_id == "n"
    [inner] = chart.outgoing(state(chart, "b").id)
    [outer] = chart.outgoing(state(chart, "ab").id)
    assert inner.guard == Expr(text="In('n') && x")
    assert inner.trigger.text == "done.state.a.x done.state.ab"
    assert outer.trigger.text == "done.state.n x"
    assert outer.targets == (old.id,)
    assert state(chart, "ab").entry == (Log(value="In(\"n\") || In('ab')"),)
    made.undo()
    assert chart.states[old.id] == old


def test_a_name_is_given_once_in_the_machine() -> None:
    made = document()
    with pytest.raises(ChartError, match="“b”"):
        edits.rename(made.chart, state(made.chart, "ab").id, "b")
