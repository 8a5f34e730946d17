"""Our own expressions as the data model of a machine in SCXML."""

from __future__ import annotations

import json

import pytest

from editor.engine.plain_snapshot import from_plain, to_plain
from editor.engine.simulator import Simulator
from tests.engine import machines
from tests.engine.machines import failures, logs

COUNTER = (
    '<datamodel><data id="n" expr="0"/><data id="d">{"a": {"b": 1}}</data>'
    '<data id="words">two  words</data></datamodel>'
    '<state id="s"><transition event="add" cond="n &lt; 3 and In(\'s\')"><assign location="n" expr="n + 1"/>'
    '<assign location="d.a.b" expr="d.a.b * 10"/></transition>'
    '<transition event="tell"><send event="told"><param name="p" expr="_event.data.x + n"/></send></transition>'
    '<transition event="told"><log expr="_event.data.p"/></transition>'
    '<transition event="go" target="t"/></state><state id="t"/>'
)


def run(inside: str, more: str = "") -> Simulator:
    return machines.run(inside, model="python", more=more)


def test_variables_are_read_and_written() -> None:
    simulator = run(COUNTER)
    for _ in range(5):
        simulator.send("add")
    assert simulator.snapshot.context == {"n": 3, "d": {"a": {"b": 1000}}, "words": "two words"}
    assert failures(simulator) == []


def test_events_carry_data() -> None:
    simulator = run(COUNTER)
    simulator.send("add")
    simulator.send("tell", {"x": 41})
    assert logs(simulator) == ["42"]


def test_a_loop_goes_over_a_list() -> None:
    simulator = run(
        '<datamodel><data id="sum" expr="0"/></datamodel><state id="s"><onentry><foreach array="[1, 2, 3]" item="x"'
        ' index="i"><assign location="sum" expr="sum + x * i"/></foreach></onentry></state>'
    )
    assert simulator.snapshot.context == {"sum": 8, "x": 3, "i": 2}


@pytest.mark.parametrize(
    "action",
    [
        '<assign location="_event" expr="1"/>',
        '<assign location="_sessionid.x" expr="1"/>',
        '<assign location="nowhere" expr="1"/>',
        '<assign location="n" expr="nowhere"/>',
        '<assign location="n" expr="().__class__"/>',
        '<foreach array="n" item="x"/>',
        '<foreach array="[1]" item="_name"/>',
        "<script>n = 1</script>",
    ],
)
def test_what_cannot_be_done_is_an_error_and_does_nothing(action: str) -> None:
    simulator = run(
        f'<datamodel><data id="n" expr="7"/></datamodel><state id="s"><onentry>{action}</onentry>'
        '<transition event="error.execution" target="t"/></state><state id="t"/>'
    )
    assert simulator.leaves == ("t",)
    assert simulator.snapshot.context["n"] == 7


def test_what_scxml_says_of_a_run_is_there() -> None:
    simulator = run(
        '<state id="s"><onentry><log expr="[_name, _event, _ioprocessors[\'scxml\'].location]"/></onentry>'
        '<transition event="e"><log expr="[_event.name, _event.type, _event.data]"/></transition></state>'
    )
    simulator.send("e", [1])
    assert [json.loads(each) for each in logs(simulator)] == [
        ["machine", None, "#_scxml_1"],
        ["e", "external", [1]],
    ]


def test_a_run_goes_on_from_plain_data() -> None:
    simulator = run(COUNTER)
    simulator.send("add")
    data = json.loads(json.dumps(to_plain(simulator.machine, simulator.snapshot)))
    elsewhere = Simulator(machines.machine(COUNTER, model="python"))
    elsewhere.resume(from_plain(elsewhere.machine, data))
    for each in (simulator, elsewhere):
        each.send("add")
    assert elsewhere.snapshot.context == simulator.snapshot.context
