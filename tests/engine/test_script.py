"""ECMAScript as a data model: what it knows, what it refuses, and that a run may go on from anywhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine import script, script_process
from editor.engine.machine import Machine
from editor.engine.markup import trees
from editor.engine.plain_snapshot import from_plain, to_plain
from editor.engine.runner import Runner
from editor.engine.script import changes_nothing
from editor.engine.simulator import Simulator
from editor.errors import ExpressionError, RunError
from editor.formats import scxml
from tests.engine import machines
from tests.engine.machines import failures, logs

ROOT = Path(__file__).resolve().parents[2]

pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")


def run(inside: str, more: str = "") -> Simulator:
    return machines.run(inside, model="ecmascript", more=more)


def value(text: str, data: str = "") -> Any:
    """What an expression gives, from the context that the run tells."""
    simulator = run(f'<datamodel>{data}<data id="found" expr="{text}"/></datamodel><state id="s"/>')
    assert failures(simulator) == []
    return simulator.snapshot.context["found"]


def fails(text: str) -> str:
    """Why an expression fails."""
    simulator = run(f'<datamodel><data id="found" expr="{text}"/></datamodel><state id="s"/>')
    [why] = failures(simulator)
    return why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 1", 2),
        ("{a: [1, 'x', null, true]}", {"a": [1, "x", None, True]}),
        ("undefined", None),
        ("'ä\\u{1F600}'", "ä\U0001f600"),
        ("_name", "machine"),
        ("typeof _event", "undefined"),
        ("_ioprocessors.scxml.location === '#_scxml_' + _sessionid", True),
        ("In('nowhere')", False),
        ("new Date().getTime() + Date.now()", 0),
        ("Math.random() === Math.random()", False),
        ("[typeof WebAssembly, typeof setTimeout, typeof require]", ["undefined"] * 3),
        ("1;", 1),
        ("'a\\ud800b'", "a\ufffdb"),
        ("'\\\\ud800'", "\\ud800"),
    ],
)
def test_expressions_give_values(text: str, expected: object) -> None:
    assert value(text) == expected


def test_numbers_that_json_does_not_have_come_through() -> None:
    assert value("[1/0, -1/0]") == [float("inf"), float("-inf")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 +", "SyntaxError"),
        ("1); (2", "SyntaxError"),
        ("nowhere", "nowhere is not defined"),
        ("(function f() { return f(); })()", "RangeError"),
        ("(function () { throw 'mine'; })()", "mine"),
        ("_sessionid = 1", "cannot be assigned"),
        ("_event = 1", "cannot be assigned"),
    ],
)
def test_what_cannot_be_evaluated_says_why(text: str, words: str) -> None:
    assert words in fails(text)


@pytest.mark.parametrize(
    "location", ["_sessionid", "_event", "_name", "_ioprocessors", "nowhere", "1", "a b", "In"]
)
def test_what_may_not_be_assigned_is_an_error_and_nothing_happens(location: str) -> None:
    simulator = run(
        f'<state id="s"><onentry><assign location="{location}" expr="1"/></onentry>'
        '<transition event="error.execution" target="t"/></state><state id="t"/>'
    )
    assert simulator.leaves == ("t",)


def test_a_script_that_never_ends_is_stopped_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(script, "MOST_SECONDS", 0.05)
    simulator = run(
        '<datamodel><data id="n" expr="1"/></datamodel>'
        '<state id="s"><onentry><assign location="n" expr="n + 1"/><script>n = 99; for (;;);</script></onentry>'
        '<transition event="error.execution" target="t"/></state>'
        '<state id="t"><onentry><assign location="n" expr="n + 10"/></onentry></state>'
    )
    assert (simulator.leaves, simulator.snapshot.context) == (("t",), {"n": 12})


def test_a_script_that_takes_all_memory_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "MOST_BYTES", 20_000_000)
    simulator = run(
        '<state id="s"><onentry><script>const all = []; for (;;) all.push(new Array(9999).fill(1));</script></onentry>'
        '<transition event="error.execution" target="t"/></state><state id="t"/>'
    )
    assert simulator.leaves == ("t",)


def test_a_script_may_run_again_and_shares_its_variables_with_the_rest() -> None:
    simulator = run(
        "<script>let first = 1; const twice = (x) => 2 * x;</script>"
        '<datamodel><data id="n" expr="0"/></datamodel><state id="s"><onentry>'
        "<script>let step = twice(first); const more = 1; n += step + more; var seen = n;</script></onentry>"
        '<transition event="e" target="s"/></state>'
    )
    simulator.send("e")
    assert failures(simulator) == []
    assert simulator.snapshot.context == {"n": 6, "seen": 6}


def test_scripts_that_never_end_one_after_the_other_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "MOST_SECONDS", 0.02)
    simulator = run(
        '<state id="s"><onentry><script>for (;;);</script></onentry><transition target="s"/></state>'
    )
    assert simulator.snapshot.is_stopped
    assert "take too long" in failures(simulator)[-1]


def test_a_loop_over_very_many_items_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "MOST_CALLS_OF_AN_INPUT", 50)
    simulator = run(
        '<state id="s"><onentry><foreach array="new Array(1e6)" item="x"><foreach array="[1, 2]" item="y"/></foreach>'
        '</onentry><transition event="error.execution" target="t"/></state><state id="t"/>'
    )
    assert simulator.leaves == ("t",)
    assert "too many items" in failures(simulator)[0]


def test_markup_is_an_object_that_can_be_asked() -> None:
    simulator = run(
        '<datamodel><data id="d"><b x="1"><c>words</c><c/></b></data>'
        "<data id=\"found\" expr=\"[d.getElementsByTagName('c').length, d.documentElement.getAttribute('x'),"
        ' d.documentElement.firstChild.textContent]"/></datamodel><state id="s"/>'
    )
    assert simulator.snapshot.context["found"] == [2, "1", "words"]


def test_markup_with_a_document_type_is_refused() -> None:
    with pytest.raises(ExpressionError, match="document type"):
        trees('<!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>')


def test_a_loop_goes_over_what_the_array_was_at_first() -> None:
    simulator = run(
        '<datamodel><data id="xs" expr="[1, 2]"/><data id="sum" expr="0"/></datamodel><state id="s"><onentry>'
        '<foreach array="xs" item="x" index="i"><script>xs.push(9)</script>'
        '<assign location="sum" expr="sum + x * 10 + i"/></foreach></onentry></state>'
    )
    assert simulator.snapshot.context == {"xs": [1, 2, 9, 9], "sum": 31, "x": 2, "i": 1}


def test_variables_get_their_values_late_where_that_is_asked_for() -> None:
    inside = (
        '<state id="a"><onentry><log expr="typeof n"/></onentry><transition event="e" target="b"/></state>'
        '<state id="b"><datamodel><data id="n" expr="1"/></datamodel><onentry><log expr="n"/>'
        '<assign location="n" expr="n + 1"/></onentry><transition event="e" target="b"/></state>'
    )
    early, late = run(inside), run(inside, 'binding="late"')
    for simulator in (early, late):
        simulator.send("e")
        simulator.send("e")
    assert logs(early) == ["number", "1", "2"]
    assert logs(late) == ["undefined", "1", "2"]


def test_an_event_tells_where_it_comes_from() -> None:
    simulator = run(
        '<state id="s"><onentry><send id="i" event="e"><param name="p" expr="1"/></send></onentry>'
        '<transition event="e"><log expr="[_event.name, _event.type, _event.sendid, _event.data.p,'
        " _event.origin === '#_scxml_' + _sessionid, _event.invokeid === undefined]\"/></transition></state>"
    )
    assert json.loads(logs(simulator)[0]) == ["e", "external", "i", 1, True, True]


def test_values_of_a_name_given_twice_are_all_passed_on() -> None:
    simulator = run(
        '<state id="s"><onentry><send event="e"><param name="p" expr="1"/><param name="p" expr="2"/></send></onentry>'
        '<transition event="e"><log expr="_event.data.p"/></transition></state>'
    )
    assert logs(simulator) == ["[1, 2]"]


# memory

COUNTER = (
    "<script>let hidden = 0; function next() { return ++hidden; }</script>"
    '<datamodel><data id="n" expr="0"/><data id="list" expr="[]"/></datamodel>'
    '<state id="s"><transition event="call"><assign location="n" expr="next()"/></transition>'
    '<transition event="push" cond="list.length &lt; 5"><script>list.push(_event.name + Math.random())</script>'
    "</transition>"
    '<transition event="ask" cond="next() % 2"/>'
    '<transition event="go" target="t"/></state>'
    '<state id="t"><transition event="*" cond="In(\'t\')" target="s"><assign location="n" expr="n + 100"/></transition>'
    "</state>"
)
_EVENTS = st.lists(st.sampled_from(["call", "push", "ask", "go"]), max_size=8)


def counter() -> Machine:
    return machines.machine(COUNTER, model="ecmascript")


@settings(deadline=None, max_examples=25)
@given(_EVENTS, _EVENTS, _EVENTS)
def test_going_back_is_as_if_nothing_had_followed(
    before: list[str], tried: list[str], after: list[str]
) -> None:
    straight, turning = Simulator(counter()), Simulator(counter())
    for simulator in (straight, turning):
        simulator.start()
        for event in before:
            simulator.send(event)
    here = turning.cursor
    for event in tried:
        turning.send(event)
        assert turning.enabled is not None  # asking changes nothing
    turning.go_to(here)
    for event in after:
        straight.send(event)
        turning.send(event)
    assert turning.snapshot.context == straight.snapshot.context
    assert turning.leaves == straight.leaves


@settings(deadline=None, max_examples=25)
@given(_EVENTS, _EVENTS)
def test_a_run_goes_on_in_another_process_as_if_it_had_not_been_interrupted(
    before: list[str], after: list[str]
) -> None:
    straight = Simulator(counter())
    straight.start()
    for event in before:
        straight.send(event)
    data = json.loads(json.dumps(to_plain(straight.machine, straight.snapshot)))
    elsewhere = Simulator(counter())
    elsewhere.resume(from_plain(elsewhere.machine, data))
    for event in after:
        straight.send(event)
        elsewhere.send(event)
    assert elsewhere.snapshot.context == straight.snapshot.context
    assert elsewhere.leaves == straight.leaves


def test_machines_inside_are_saved_and_go_on() -> None:
    text = (
        '<state id="s"><invoke id="c"><content><scxml><datamodel><data id="n" expr="0"/></datamodel><state id="a">'
        '<onentry><send event="t" delay="1s"/></onentry><transition event="t" target="a">'
        '<assign location="n" expr="n + 1"/><send event="tick" target="#_parent"><param name="n" expr="n"/></send>'
        "</transition></state></scxml></content></invoke>"
        '<transition event="tick"><log expr="_event.data.n"/></transition></state>'
    )
    straight = run(text)
    straight.advance(1_500)
    elsewhere = Simulator(machines.machine(text, model="ecmascript"))
    data = json.loads(json.dumps(to_plain(straight.machine, straight.snapshot)))
    elsewhere.resume(from_plain(elsewhere.machine, data))
    elsewhere.advance(2_000)
    assert logs(elsewhere) == ["2", "3"]


@pytest.mark.parametrize("memory", [[["code"]], [[1, None, "[]", 0, False]], ["x"]])
def test_a_saved_run_without_a_right_memory_is_refused(memory: Any) -> None:
    simulator = Simulator(counter())
    simulator.start()
    data = {**to_plain(simulator.machine, simulator.snapshot), "memory": memory}
    with pytest.raises(RunError, match="memory"):
        from_plain(simulator.machine, data)


def test_a_long_run_of_plain_data_needs_no_long_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "MOST_CALLS", 20)
    text = (
        '<datamodel><data id="n" expr="0"/><data id="last" expr="{}"/></datamodel><state id="s">'
        '<transition event="e"><assign location="n" expr="n + 1"/><assign location="last.n" expr="n"/></transition>'
        "</state>"
    )
    runner = Runner(machines.machine(text, model="ecmascript"))
    runner.start()
    runner.run(["e"] * 100)
    snapshot = runner.snapshot
    assert snapshot.context == {"n": 100, "last": {"n": 100}}
    assert snapshot.memory.size <= 20
    # what was kept is enough to go on from
    simulator = Simulator(machines.machine(text, model="ecmascript"))
    simulator.resume(from_plain(simulator.machine, to_plain(simulator.machine, snapshot)))
    simulator.send("e")
    assert simulator.snapshot.context == {"n": 101, "last": {"n": 101}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x == 1 && y.z[0] >= 'a = b'", True),
        ("typeof x !== 'undefined'", True),
        ("In('a') || x", True),
        ("f(x)", False),
        ("x = 1", False),
        ("x == 1, y = 2", False),
        ("x++", False),
        ("x += 1", False),
        ("delete x.y", False),
        ("new X", False),
        ("a => b", False),
        ("`${f()}`", False),
        ("(f)(x)", False),
        ("x['f'](1)", False),
    ],
)
def test_only_what_can_be_seen_to_change_nothing_is_taken_for_that(text: str, expected: bool) -> None:
    assert changes_nothing(text) is expected


@pytest.mark.parametrize(
    "text",
    [
        '<datamodel><data id="n"/></datamodel><state id="s"/>',
        '<state id="s"><transition event="e" cond="true"/></state>',
        '<state id="s"><onentry><script/></onentry></state>',
        '<state id="s"><onexit><if cond="In(\'s\')"><log expr="1"/></if></onexit></state>',
    ],
)
def test_without_the_extra_the_message_says_how_to_get_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = scxml.read(f"{machines.HEAD}>{text}</scxml>")
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    with pytest.raises(RunError, match=r"statechart-editor\[javascript\]"):
        Machine.from_chart(loaded.chart)


def test_a_machine_that_evaluates_nothing_needs_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = scxml.read(
        f'{machines.HEAD}><state id="s"><transition event="e" cond="In(\'s\')" target="t"/></state>'
        '<state id="t"><onentry><send event="x" delay="1s"/></onentry></state></scxml>'
    )
    monkeypatch.setitem(sys.modules, "py_mini_racer", None)
    simulator = Simulator(Machine.from_chart(loaded.chart))
    simulator.start()
    simulator.send("e")
    assert simulator.leaves == ("t",)


def test_the_process_that_evaluates_ends_with_the_program() -> None:
    code = (
        "from editor.engine import script_process\n"
        "from tests.engine import machines\n"
        "inside = \"<datamodel><data id='x' expr='1 + 1'/></datamodel><state id='s'/>\"\n"
        "kept = [machines.run(inside, model='ecmascript') for _ in range(3)]\n"
        "[process] = script_process._PROCESSES\n"
        "print(process._process.poll())\n"
        "script_process.close_all()\n"
        "print(process._process.poll() is None)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["None", "False"]


def test_the_process_that_evaluates_ends_when_nobody_asks_any_more() -> None:
    done = subprocess.run(
        [sys.executable, "-P", str(script_process._WORKER)], input=b"", timeout=60, check=True
    )
    assert done.returncode == 0
