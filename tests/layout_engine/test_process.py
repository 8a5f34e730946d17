from __future__ import annotations

import sys

import pytest

from editor.layout_engine import parts, process
from editor.layout_engine.process import EngineError, EngineProcess
from tests.layout_engine import children
from tests.layout_engine.children import child


def test_answers_come_to_who_asked() -> None:
    made = child(children.ECHOING)
    replies = [made.ask(kind) for kind in ("ping", "layout", "route")]
    assert all(reply.came.wait(60) for reply in replies)
    assert [reply.told and reply.told["done"] for reply in replies] == ["ping", "layout", "route"]
    made.kill()


@pytest.mark.parametrize("program", [children.CRASHING, children.STAMMERING, children.ENDING])
def test_a_process_that_ends_or_talks_nonsense_gives_no_answer_and_is_not_alive(program: str) -> None:
    made = child(program)
    reply = made.ask("ping")
    assert reply.came.wait(60)
    assert reply.told is None
    assert not made.is_alive


def test_a_killed_process_leaves_nobody_waiting() -> None:
    made = child(children.SILENT)
    assert made.ready.came.wait(60)
    reply = made.ask("layout")
    made.kill()
    assert reply.came.is_set()
    assert reply.told is None
    late = made.ask("ping")
    assert late.came.is_set()
    assert late.told is None


def test_what_a_process_does_not_read_holds_up_nobody() -> None:
    made = child(children.SLEEPING.replace("sys.stdin.read()", "import threading; threading.Event().wait()"))
    made.ask("layout", {"plan": "x" * 1_000_000})
    made.kill()
    assert not made.is_alive


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(EngineError, match="cannot be started"):
        EngineProcess(["/nowhere/at/all"])


def test_a_frozen_program_starts_itself_with_a_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    assert process.command()[0] == sys.executable
    assert parts.SWITCH not in process.command()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process.command() == [sys.executable, parts.SWITCH]
