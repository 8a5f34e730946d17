"""What SCXML's machines do that native ones do not: matching, histories, sessions, machines inside of machines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine import select
from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from editor.errors import RunError
from editor.formats import scxml
from tests.engine.machines import HEAD, failures, logs, machine, run

# events


@pytest.mark.parametrize(
    ("descriptor", "event", "matches"),
    [
        ("a", "a", True),
        ("a", "a.b.c", True),
        ("a", "ab", False),
        ("a.b", "a", False),
        ("a.*", "a", True),
        ("a.", "a.b", True),
        ("x a.b", "a.b.c", True),
        ("*", "whatever", True),
        ("error", "error.execution", True),
        ("error", "errors.my.custom", False),
        ("A", "a", False),
    ],
)
def test_a_descriptor_matches_the_tokens_an_event_begins_with(
    descriptor: str, event: str, matches: bool
) -> None:
    simulator = run(f'<state id="s"><transition event="{descriptor}" target="t"/></state><state id="t"/>')
    simulator.send(event)
    assert (simulator.leaves == ("t",)) is matches


_TOKENS = st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=4)


@given(_TOKENS, _TOKENS)
def test_matching_is_that_of_the_tokens(descriptor: list[str], event: list[str]) -> None:
    is_prefix = event[: len(descriptor)] == descriptor
    for ending in ("", ".", ".*"):
        [text] = select.descriptors(".".join(descriptor) + ending)
        assert (select.token_rank(text, ".".join(event)) == 0) is is_prefix


def test_the_first_transition_that_matches_is_taken_not_the_most_specific_one() -> None:
    simulator = run(
        '<state id="s"><transition event="*" target="any"/><transition event="a.b" target="exact"/></state>'
        '<state id="any"/><state id="exact"/>'
    )
    simulator.send("a.b")
    assert simulator.leaves == ("any",)


def test_what_would_do_something_is_offered_by_its_descriptors() -> None:
    simulator = run('<state id="s"><transition event="a b.* c" target="t"/></state><state id="t"/>')
    assert [each.event for each in simulator.enabled] == ["a", "b", "c"]


# histories


def test_a_history_keeps_what_was_active_when_its_parent_was_left() -> None:
    simulator = run(
        '<state id="w"><history id="h"><transition target="x"/></history>'
        '<state id="x"><transition event="n" target="y"/></state>'
        '<state id="y"><transition event="n" target="z"/></state>'
        '<state id="z"><transition event="again" target="h"/></state>'
        '<transition event="out" target="o"/></state><state id="o"><transition event="back" target="w2"/></state>'
        '<state id="w2"><transition target="z" event="in"/></state>'
    )
    for event in ("n", "n", "again"):
        simulator.send(event)
    # nothing was left before: the default, where the native rule would have said y
    assert simulator.leaves == ("w.x",)


# machines inside of machines


def invoking(child: str, rest: str = "", more: str = 'id="c"', states: str = "") -> str:
    return (
        f'<state id="s"><invoke type="scxml" {more}><content>{HEAD} datamodel="null">{child}</scxml></content>'
        f"{rest}</invoke>{states}</state>"
    )


def test_the_end_of_a_machine_inside_is_told_outside() -> None:
    simulator = run(
        invoking('<final id="f"/>', states='<transition event="done.invoke.c" target="t"/>')
        + '<state id="t"/>'
    )
    assert simulator.leaves == ("t",)
    assert simulator.services == ()


def test_both_send_to_each_other_and_hear_it() -> None:
    child = (
        '<state id="a"><onentry><send event="hello" target="#_parent"/></onentry>'
        '<transition event="answer" target="b"/></state>'
        '<final id="b"/>'
    )
    states = (
        '<transition event="hello"><send event="answer" target="#_c"/></transition>'
        '<transition event="done.invoke.c" target="t"/>'
    )
    simulator = run(invoking(child, states=states) + '<state id="t"/>')
    assert simulator.leaves == ("t",)


def test_delays_of_all_run_on_one_clock() -> None:
    child = (
        '<state id="a"><onentry><send event="late" delay="2s"/></onentry>'
        '<transition event="late" target="f"/></state><final id="f"/>'
    )
    states = (
        '<onentry><send event="early" delay="1s"/></onentry><transition event="early"><log label="early"/></transition>'
        '<transition event="done.invoke" target="t"/>'
    )
    simulator = run(invoking(child, states=states) + '<state id="t"/>')
    simulator.advance(1_999)
    assert (simulator.leaves, logs(simulator)) == (("s",), ["early"])
    simulator.advance_to_next_timer()
    assert (simulator.leaves, simulator.clock) == (("t",), 2_000)


def test_a_machine_inside_dies_with_its_state() -> None:
    child = (
        '<state id="a"><onentry><send event="x" delay="1s"/></onentry><onexit><log label="left"/></onexit>'
        '<transition event="x"><send event="late" target="#_parent"/></transition></state>'
    )
    simulator = run(
        invoking(child, states='<transition event="out" target="t"/>')
        + '<state id="t"><transition event="late" target="s"/></state>'
    )
    simulator.send("out")
    assert logs(simulator) == ["c: left"]
    simulator.advance(5_000)
    assert simulator.leaves == ("t",)
    assert simulator.snapshot.next_due == float("inf")


def test_one_that_is_left_in_the_macrostep_it_was_entered_in_never_begins() -> None:
    simulator = run(
        invoking(
            '<state id="a"><onentry><log label="began"/></onentry></state>', states='<transition target="t"/>'
        )
        + '<state id="t"/>'
    )
    assert logs(simulator) == []


def test_events_are_forwarded_where_that_is_asked_for() -> None:
    child = '<state id="a"><transition event="go"><log label="heard"/></transition></state>'
    simulator = run(invoking(child, more='id="c" autoforward="true"'))
    simulator.send("go")
    assert logs(simulator) == ["c: heard"]


def test_a_file_beside_the_machine_is_invoked(tmp_path: Path) -> None:
    inner = f'{HEAD} datamodel="null"><final id="f"/></scxml>'
    (tmp_path / "inner.scxml").write_text(inner, encoding="utf-8")
    text = (
        '<state id="s"><invoke src="inner.scxml"/><transition event="done.invoke" target="t"/></state>'
        '<state id="t"/>'
    )
    assert run(text, folder=tmp_path).leaves == ("t",)


@pytest.mark.parametrize(
    "invoke",
    [
        'src="nowhere.scxml"',
        'src="http://example.org/x.scxml"',
        'type="http://example.org/other" src="x"',
        "",
    ],
)
def test_what_cannot_be_invoked_is_an_error_in_the_machine(invoke: str, tmp_path: Path) -> None:
    text = f'<state id="s"><invoke {invoke}/><transition event="error.execution" target="t"/></state><state id="t"/>'
    simulator = run(text, folder=tmp_path)
    assert simulator.leaves == ("t",)
    assert failures(simulator)


def test_machines_that_invoke_themselves_come_to_an_end(tmp_path: Path) -> None:
    text = f'{HEAD} datamodel="null"><state id="s"><invoke src="self.scxml"/></state></scxml>'
    (tmp_path / "self.scxml").write_text(text, encoding="utf-8")
    loaded = scxml.read(text, name=str(tmp_path / "self.scxml"))
    simulator = Simulator(Machine.from_chart(loaded.chart, surroundings=loaded.neighbours))
    simulator.start()
    assert "too many machines run inside one another" in " ".join(failures(simulator))


def test_machines_that_are_invoked_without_an_end_are_stopped() -> None:
    simulator = run(invoking('<final id="f"/>', states='<transition event="done.invoke" target="s"/>'))
    assert simulator.snapshot.is_stopped
    assert "without an end" in failures(simulator)[0]


# sends


@pytest.mark.parametrize(
    ("send", "error"),
    [
        ('target="nonsense"', "error.execution"),
        ('type="pigeon"', "error.execution"),
        ('target="#_parent"', "error.communication"),
        ('target="#_scxml_nobody"', "error.communication"),
        ('target="#_nobody"', "error.communication"),
        ('target="#_nobody" delay="1s"', "error.communication"),
    ],
)
def test_a_send_to_nowhere_is_an_error(send: str, error: str) -> None:
    simulator = run(
        f'<state id="s"><onentry><send event="x" {send}/></onentry><transition event="{error}" target="t"/></state>'
        '<state id="t"/>'
    )
    simulator.advance(2_000)
    assert simulator.leaves == ("t",)


def test_an_event_inside_comes_before_one_from_outside() -> None:
    simulator = run(
        '<state id="s"><onentry><send event="out"/><send event="in" target="#_internal"/></onentry>'
        '<transition event="in" target="inside"/><transition event="out" target="outside"/></state>'
        '<state id="inside"/><state id="outside"/>'
    )
    assert simulator.leaves == ("inside",)


# running on


def nested() -> Machine:
    child = (
        '<state id="a"><onentry><send event="t" delay="300ms"/></onentry>'
        '<transition event="t" target="a"><send event="tick" target="#_parent"/></transition>'
        '<transition event="stop" target="f"/></state><final id="f"/>'
    )
    states = (
        '<state id="x"><transition event="tick" target="y"/></state>'
        '<state id="y"><transition event="tick" target="x"/></state>'
        '<transition event="done.invoke" target="t"/>'
    )
    return machine(
        invoking(child, more='id="c" autoforward="true"', states=states)
        + '<state id="t"><transition event="again" target="s"/></state>'
    )


_INPUTS = st.lists(st.sampled_from(["stop", "again", "other"]) | st.integers(0, 900), max_size=8)


def do(simulator: Simulator, inputs: list[str | int]) -> None:
    for each in inputs:
        if isinstance(each, int):
            simulator.advance(each)
        else:
            simulator.send(each)


@settings(deadline=None)
@given(_INPUTS)
def test_the_clock_may_go_in_any_steps(inputs: list[str | int]) -> None:
    first, second = Simulator(nested()), Simulator(nested())
    first.start()
    second.start()
    do(first, inputs)
    for each in inputs:
        do(second, [25] * (each // 25) + [each % 25] if isinstance(each, int) else [each])
    assert (first.paths, first.clock) == (second.paths, second.clock)
    assert first.snapshot.next_due == second.snapshot.next_due


@settings(deadline=None)
@given(_INPUTS, _INPUTS)
def test_one_may_go_back_and_on_again(inputs: list[str | int], others: list[str | int]) -> None:
    straight, turning = Simulator(nested()), Simulator(nested())
    for simulator in (straight, turning):
        simulator.start()
        do(simulator, inputs)
    here = turning.cursor
    do(turning, others)
    turning.go_to(here)
    do(turning, others)
    do(straight, others)
    assert turning.paths == straight.paths
    assert turning.snapshot.next_due == straight.snapshot.next_due


def test_a_runner_does_what_a_simulator_does() -> None:
    runner, simulator = Runner(nested()), Simulator(nested())
    runner.start()
    simulator.start()
    for each in ("other", "stop", "again"):
        runner.run([each])
        simulator.send(each)
        runner.advance(400)
        simulator.advance(400)
        assert runner.leaves == simulator.leaves


def test_an_unknown_data_model_is_refused_by_name() -> None:
    with pytest.raises(RunError, match="lua"):
        machine('<state id="s"/>', model="lua")


def test_a_script_that_is_not_there_makes_a_machine_that_cannot_run() -> None:
    with pytest.raises(RunError, match=r"missing\.js"):
        machine('<script src="missing.js"/><state id="s"/>')


def test_a_delay_of_a_state_and_the_end_of_one_lead_on_as_in_native_machines() -> None:
    simulator = run(
        '<state id="s"><state id="a"><transition e:after="2s" target="f"><log expr="1"/></transition></state>'
        '<final id="f"/><transition e:on="done" target="t"/></state><state id="t"/>'.replace(
            "e:", "xmlns:e='urn:statechart-editor:scxml' e:"
        )
    )
    simulator.advance(1999)
    assert simulator.leaves == ("s.a",)
    simulator.advance(1)
    assert simulator.leaves == ("t",)
    assert simulator.clock == 2000


OURS = "xmlns:e='urn:statechart-editor:scxml'"


def test_data_of_ours_are_carried_and_variables_are_assigned_at_once() -> None:
    simulator = run(
        f'<datamodel><data id="x" expr="1"/><data id="y" expr="2"/></datamodel><state id="s" {OURS}><onentry>'
        '<assign location="x" expr="y"/><assign location="y" expr="x" e:with="before"/>'
        '<send event="a" target="#_internal" e:raise="true" e:data="params"><param name="n" expr="x"/></send>'
        '<send event="b" e:data="content"><content expr="[y, 3]" e:value="[&quot;y&quot;, 3]"/></send></onentry>'
        '<transition event="*"><log expr="_event.name + JSON.stringify(_event.data)"/></transition>'
        "</state>",
        model="ecmascript",
    )
    assert logs(simulator) == ['a{"n":2}', "b[1,3]"]
