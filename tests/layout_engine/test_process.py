from __future__ import annotations

import sys
from collections.abc import Callable

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


@pytest.mark.parametrize(
    ("command", "switch"),
    [(process.command, parts.SWITCH), (process.sketch_command, parts.SKETCH_SWITCH)],
)
def test_a_frozen_program_starts_itself_with_a_switch(
    command: Callable[[], list[str]], switch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command()[0] == sys.executable
    assert switch not in command()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command() == [sys.executable, switch]


@pytest.mark.parametrize("words", [None, ["-m", "editor", parts.SKETCH_SWITCH]])
def test_the_process_of_graphlay_answers_started_either_way(words: list[str] | None) -> None:
    made = EngineProcess(process.sketch_command() if words is None else [sys.executable, *words])
    reply = made.ask("ping")
    assert reply.came.wait(60)
    assert made.ready.told == {"id": 0, "done": "ready"}
    assert reply.told is not None
    assert reply.told["done"] == "pong"
    made.kill()
