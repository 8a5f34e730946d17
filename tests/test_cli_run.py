"""The command `run`: events from a stream, reports as they come, and runs that other programs reach."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from editor.cli import main

ROOT = Path(__file__).resolve().parent.parent
COUNTER = "initial: a\ncontext: {n: 0}\nstates:\n  a: {on: {E: {actions: {assign: {n: n + event.data}}}}}\n"
SECONDS = 20


def write(tmp_path: Path, text: str = COUNTER) -> str:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_events_are_read_from_a_file_or_from_the_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, events = write(tmp_path), tmp_path / "events"
    events.write_text('{"send": "E", "data": 2}\n{"advance": "1s"}\nX\n', encoding="utf-8")
    assert main(["run", path, "--events", str(events), "--json"]) == 0
    printed = capsys.readouterr().out
    steps = json.loads(printed)["steps"]
    assert [(each["input"], each["context"]["n"], each["clock"]) for each in steps] == [
        ("start", 0, 0), ("E", 2, 0), ("advance 1000 ms", 2, 1000), ("X", 2, 1000),
    ]  # fmt: skip
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(events.read_bytes())))
    assert main(["run", path, "--events", "-", "--json"]) == 0
    assert capsys.readouterr().out == printed


def test_a_document_is_what_python_would_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path)
    for words in ([], ["-e", "E", "E"], ["-e", "X"]):
        main(["run", path, *words, "--json"])
        printed = capsys.readouterr().out
        assert printed == json.dumps(json.loads(printed), ensure_ascii=False, indent=2) + "\n"


def test_a_bad_line_ends_the_run_with_what_was_done_before_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = tmp_path / "events"
    events.write_text("X\n{\n", encoding="utf-8")
    assert main(["run", write(tmp_path), "--events", str(events), "--json"]) == 2
    printed = capsys.readouterr()
    data = json.loads(printed.out)
    assert [each["input"] for each in data["steps"]] == ["start", "X"]
    assert f"{events}:2:1" in data["errors"][0]
    assert f"{events}:2:1" in printed.err


@pytest.mark.parametrize("events", ["missing", "."])
def test_events_that_cannot_be_read_are_told(
    events: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", write(tmp_path), "--events", str(tmp_path / events), "--json"]) == 2
    printed = capsys.readouterr()
    assert "cannot be read" in json.loads(printed.out)["errors"][0]


def test_each_step_is_a_line_of_its_own_with_its_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", write(tmp_path), "-e", "E", "X", "--jsonl"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line.get("input") for line in lines] == ["start", "E", "X", None]
    assert [len(line["errors"]) for line in lines] == [0, 1, 0, 0]
    assert lines[-1] == {"done": False, "errors": []}


def test_many_errors_all_come_last_in_the_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("editor.cli_run._MOST_IN_MEMORY", 100)
    events = tmp_path / "events"
    events.write_text("E\n" * 50, encoding="utf-8")
    assert main(["run", write(tmp_path), "--events", str(events), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["errors"]) == 50


def test_ctrl_c_ends_a_command_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Interrupted()))
    assert main(["run", write(tmp_path), "--events", "-"]) == 130
    assert "Traceback" not in capsys.readouterr().err


# runs that other programs reach

HEARING = "initial: a\nstates:\n  a: {on: {go: b, bad: {actions: {log: nothing}}}}\n  b: {type: final}\n"


class Served:
    """A process that listens, and how it is asked."""

    def __init__(self, path: str, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "editor", "run", path, "--listen", *words],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert self.process.stderr is not None
        found = re.search(r"http://\S+", self.process.stderr.readline())
        assert found is not None
        self.address = found[0]

    def ask(self, body: str) -> int:
        parts = urlsplit(self.address)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
        connection.request("POST", parts.path, body)
        status = connection.getresponse().status
        connection.close()
        return status

    def ended(self) -> tuple[int, str, str]:
        out, error = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, out, error


def test_a_run_that_listens_takes_events_and_ends_with_the_machine(tmp_path: Path) -> None:
    served = Served(write(tmp_path, HEARING), "--json")
    assert served.ask("_scxmleventname=go") == 200
    code, out, error = served.ended()
    data = json.loads(out)
    assert (code, data["done"], error) == (0, True, "")
    assert [each["input"] for each in data["steps"]] == ["start", "go"]


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_listens_is_ended_from_outside_and_still_tells_what_it_did(
    number: signal.Signals, tmp_path: Path
) -> None:
    served = Served(write(tmp_path, HEARING), "--jsonl")
    assert served.ask("_scxmleventname=bad") == 200
    assert served.process.stdout is not None
    first = [served.process.stdout.readline() for _ in range(2)]
    assert "bad" in first[1]
    served.process.send_signal(number)
    code, out, error = served.ended()
    assert (code, json.loads(out)["done"]) == (1, False)
    assert "Traceback" not in error


@pytest.mark.parametrize("words", [["--script", "s.yaml"], ["--events", "-"]])
def test_a_run_that_listens_takes_its_events_from_nowhere_else(words: list[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["run", write(tmp_path), "--listen", *words])
    assert stop.value.code == 2


@pytest.mark.parametrize("port", ["x", "-1", "65536", "9" * 5_000])
def test_what_is_no_port_is_told(port: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["run", write(tmp_path), f"--listen={port}"])
    assert stop.value.code == 2
    assert "is no port" in capsys.readouterr().err


LINES = """\
<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">
  <script>var x = ;</script>
  <state id="s">
    <onentry>
      <log expr="1 +"/>
      <if cond="true">
        <log expr="2 +"/>
      </if>
    </onentry>
    <onentry>
      <foreach array="[1]" item="i">
        <assign location="x" expr="3 +"/>
      </foreach>
    </onentry>
    <onexit>
      <script>4 +</script>
    </onexit>
    <transition event="e" target="t">
      <log expr="5 +"/>
    </transition>
    <invoke srcexpr="6 +"/>
  </state>
  <state id="t"/>
</scxml>
"""


def test_what_is_wrong_in_scxml_is_told_with_the_line_of_the_action(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")
    path = tmp_path / "m.scxml"
    path.write_text(LINES, encoding="utf-8")
    lines = [2, 5, 7, 12, 16, 19, 21]
    assert main(["check", str(path), "--json"]) == 0
    problems = json.loads(capsys.readouterr().out)["files"][0]["problems"]
    assert [each["line"] for each in problems if each["rule"] == "expression"] == lines
    assert main(["run", str(path), "-e", "e"]) == 1
    told = re.findall(r"m\.scxml:(\d+):1: error", capsys.readouterr().err)
    assert sorted({int(line) for line in told}) == [2, 5, 12, 16, 19, 21]
