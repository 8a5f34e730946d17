from __future__ import annotations

from pathlib import Path

import pytest

from editor.commands import simulate
from editor.commands.table import COMMANDS
from editor.document import edits
from editor.engine.simulator import Simulator
from editor.errors import RunError
from editor.model import rules
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
