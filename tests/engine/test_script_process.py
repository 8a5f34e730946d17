"""The process for scripts before it can evaluate anything: who asks waits, and is told why it never can."""

from __future__ import annotations

import sys

import pytest

from editor.engine import script_process
from editor.engine.script_process import ANSWERS, Process
from editor.errors import RunError

pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")

FULL = "V8 cannot be unpacked: There is no room."


def begun(monkeypatch: pytest.MonkeyPatch, program: str) -> Process:
    """A process that is another program."""
    monkeypatch.setattr(script_process, "command", lambda: [sys.executable, "-c", program])
    return Process()


def saying(kind: bytes, text: str) -> str:
    data = ANSWERS.pack(kind, len(text.encode())) + text.encode()
    return f"import sys; sys.stdout.buffer.write({data!r}); sys.stdout.flush(); sys.stdin.read()"


def test_why_v8_cannot_be_loaded_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    process = begun(monkeypatch, saying(b"f", FULL))
    with pytest.raises(RunError) as caught:
        process.ask(b"m", 1, 1e9, "")
    assert str(caught.value) == f"ECMAScript cannot be evaluated on this computer. {FULL}"
    assert not process.is_alive


@pytest.mark.parametrize("program", ["pass", "print(end='n')", "import os; os._exit(3)"])
def test_a_process_that_ends_before_v8_is_loaded_is_told(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    with pytest.raises(RunError, match=r"ECMAScript cannot be evaluated on this computer\.$"):
        begun(monkeypatch, program).ask(b"m", 1, 1e9, "")


def test_one_that_is_still_loading_is_told_from_one_that_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = begun(monkeypatch, "import sys; sys.stdin.read()")
    assert slow.is_loading
    assert not slow.is_ready_within(0)
    slow.close()
    assert not slow.is_loading
    quick = begun(monkeypatch, saying(b"n", ""))
    assert quick.is_ready_within(60)
    quick.close()


def test_a_frozen_program_is_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert script_process.command() == [sys.executable, "--script-engine"]
