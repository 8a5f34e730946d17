from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor import v8
from editor.commands import simulate
from editor.commands.table import COMMANDS
from editor.document import edits
from editor.engine import script_process
from editor.engine.simulator import Simulator
from editor.errors import RunError
from editor.model import rules
from editor.model.elements import Named
from editor.session import Session
from tests.commands.desk import FakeDesktop, id_of, session_on


def running(session: Session) -> Simulator:
    simulate.start(session)
    assert session.simulator is not None
    return session.simulator


def test_run_starts_and_stops(session: Session, desktop: FakeDesktop) -> None:
    COMMANDS["simulate.toggle"].run(session, desktop)
    assert session.simulator is not None
    assert session.simulator.leaves == ("closed",)
    COMMANDS["simulate.toggle"].run(session, desktop)
    assert session.simulator is None


def test_digits_send_the_enabled_events_in_their_order(session: Session, desktop: FakeDesktop) -> None:
    run = running(session)
    COMMANDS["simulate.fire1"].run(session, desktop)
    assert run.leaves == ("opened.ajar",)
    assert [each.event for each in run.enabled] == ["PUSH", "CLOSE"]
    COMMANDS["simulate.fire2"].run(session, desktop)
    assert run.leaves == ("closed",)
    COMMANDS["simulate.fire9"].run(session, desktop)
    assert session.status == "Only 1 event can happen now"


def test_going_back_and_forward_and_to_the_next_delay(session: Session, desktop: FakeDesktop) -> None:
    run = running(session)
    run.send("OPEN")
    run.send("PUSH")
    COMMANDS["simulate.timer"].run(session, desktop)
    assert (run.leaves, run.clock) == (("opened.ajar",), 5000)
    COMMANDS["simulate.back"].run(session, desktop)
    assert run.leaves == ("opened.wide",)
    COMMANDS["simulate.step"].run(session, desktop)
    assert run.leaves == ("opened.ajar",)
    COMMANDS["simulate.reset"].run(session, desktop)
    assert (run.leaves, run.clock) == (("closed",), 0)


def test_a_machine_with_errors_is_not_run(tmp_path: Path) -> None:
    session = session_on(tmp_path, "initial: a\nstates: {a: {on: {GO: nowhere}}}\n")
    session.set_problems(rules.check(session.document.chart))
    with pytest.raises(RunError, match="nowhere"):
        simulate.start(session)
    assert session.simulator is None


def test_restarting_does_again_what_was_done(session: Session, desktop: FakeDesktop) -> None:
    run = running(session)
    run.send("OPEN")
    document = session.document
    document.apply(edits.rename(document.chart, id_of(session, "opened"), "wideOpen"))
    assert session.is_stale
    COMMANDS["simulate.restart"].run(session, desktop)
    assert session.simulator is not None
    assert session.simulator is not run
    assert session.simulator.leaves == ("wideOpen.ajar",)
    assert not session.is_stale


def test_step_sends_the_only_event_there_is(session: Session, desktop: FakeDesktop) -> None:
    run = running(session)
    COMMANDS["simulate.step"].run(session, desktop)
    assert run.leaves == ("opened.ajar",)
    COMMANDS["simulate.step"].run(session, desktop)
    assert "Several things can happen" in session.status


def test_a_run_is_written_down_and_played_again(
    session: Session, desktop: FakeDesktop, tmp_path: Path
) -> None:
    run = running(session)
    for event in ("OPEN", "PUSH"):
        run.send(event)
    run.advance(1500)
    path = tmp_path / "door.scenario.yaml"
    desktop.paths = [path, path]
    COMMANDS["simulate.save"].run(session, desktop)
    assert "send: OPEN" in path.read_text(encoding="utf-8")
    session.set_simulator(None)
    COMMANDS["simulate.play"].run(session, desktop)
    again = session.simulator
    assert again is not None
    assert (again.leaves, again.clock) == (("opened.wide",), 1500)
    assert len(again.trace) == 4


ASKING = """\
id: asking
initial: a
states:
  a: {always: {target: b, guard: ok}, on: {GO: c}}
  b: {}
  c: {on: {GO: {target: a, guard: again}, ON: d}}
  d: {}
"""


def test_a_scenario_that_answers_no_guard_is_played_as_on_the_command_line(
    tmp_path: Path, desktop: FakeDesktop
) -> None:
    session = session_on(tmp_path, ASKING)
    path = tmp_path / "asking.scenario.yaml"
    path.write_text("- send: GO\n- expect: c\n- send: GO\n- send: ON\n- expect: d\n", encoding="utf-8")
    desktop.paths = [path]
    COMMANDS["simulate.play"].run(session, desktop)
    run = session.simulator
    assert run is not None
    assert (run.leaves, run.question) == (("d",), None)
    assert run.answers.asks


def test_a_scenario_that_cannot_go_on_shows_how_far_it_went(tmp_path: Path, desktop: FakeDesktop) -> None:
    session = session_on(tmp_path, ASKING)
    path = tmp_path / "asking.scenario.yaml"
    path.write_text("- send: GO\n- done: {nobody: null}\n- send: ON\n", encoding="utf-8")
    desktop.paths = [path]
    with pytest.raises(RunError, match="nobody"):
        COMMANDS["simulate.play"].run(session, desktop)
    assert session.simulator is not None
    assert session.simulator.leaves == ("c",)


def test_restarting_counts_steps_and_no_answers(tmp_path: Path, desktop: FakeDesktop) -> None:
    session = session_on(tmp_path, ASKING)
    run = running(session)
    run.answer_guard("ok", False)
    run.send("GO")
    run.send("ON")
    assert run.leaves == ("d",)
    COMMANDS["simulate.restart"].run(session, desktop)
    assert session.status == "Running the changed chart; 2 steps were done again"


def test_restarting_says_what_was_left_when_a_new_question_comes_up(
    session: Session, desktop: FakeDesktop
) -> None:
    run = running(session)
    for event in ("OPEN", "PUSH", "CLOSE"):
        run.send(event)
    chart = session.document.chart
    push = next(each for each in chart.transitions.values() if each.trigger.text == "PUSH")
    session.document.apply(edits.set_transition(chart, replace(push, guard=Named(name="allowed"))))
    COMMANDS["simulate.restart"].run(session, desktop)
    fresh = session.simulator
    assert fresh is not None
    assert fresh.question is not None
    assert fresh.leaves == ("opened.ajar",)
    assert session.status == "The new run waits for an answer; 1 of 3 steps were not done again"


def test_a_window_does_not_wait_long_for_javascript_that_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_on(tmp_path)
    document = session.document
    document.apply(edits.set_info(document.chart, replace(document.chart.info, language="javascript")))
    monkeypatch.setattr(v8, "is_packed", lambda: True)
    monkeypatch.setattr(script_process, "is_ready_within", lambda seconds: False)
    with pytest.raises(RunError, match=r"JavaScript is being made ready\. Start the run again in a moment\."):
        simulate.start(session)
    assert session.simulator is None
    monkeypatch.setattr(script_process, "is_ready_within", lambda seconds: True)
    simulate.start(session)
    assert session.simulator is not None
