"""Kills the editor again and again in the midst of work, and looks whether the next start has all of it.

    python -m tests.journeys.killed [--times 50] [--seed N]

Each time a process edits with real events (`killed_session`) and is ended by SIGKILL at a random moment. The next one
has to come up with a state of the document that the one before was in, not older than a second before the kill, with
the whole tree of steps, and with every one of the last steps as it was. Windows are on the screen of DISPLAY where
QT_QPA_PLATFORM says so, else nowhere.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent.parent
MACHINE = "# a comment\ninitial: a\nstates:\n  a: {on: {GO: b}} # kept\n  b: {on: {BACK: a}}\n  c: {}\n"
SECOND = 1.0
PATIENCE = 120.0
"""Seconds after which a process that tells nothing is taken for hung."""

Line = dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """One kill: how many states there were, and how much of the time before it was lost."""

    states: int
    lost_states: int
    lost_seconds: float
    faults: list[str] = field(default_factory=list)


class Editor:
    """A process that edits, and what it told."""

    def __init__(self, machine: Path, home: Path, seed: int) -> None:
        environment = {
            **os.environ,
            "STATECHART_EDITOR_HOME": str(home),
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "PYTHONPATH": str(ROOT),
        }
        self.lines: list[Line] = []
        self._rest = b""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.killed_session", str(machine), str(seed)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    @property
    def _output(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def follow(self, count: int, more: float) -> None:
        """Listen until it has told of so many states, and as many seconds more."""
        while len(self.lines) < count:
            if not self._listen(PATIENCE):
                raise RuntimeError(f"The editor ended, or does nothing any more.\n{self._complaint()}")
        end = time.monotonic() + more
        while (left := end - time.monotonic()) > 0:
            self._listen(left)

    def _listen(self, patience: float) -> bool:
        """Take in what it tells; whether it told anything."""
        if not select.select([self._output], [], [], patience)[0]:
            return False
        data = os.read(self._output.fileno(), 1 << 16)
        whole, _, self._rest = (self._rest + data).rpartition(b"\n")
        self.lines += [json.loads(line) for line in whole.splitlines()]
        return bool(data)

    def _complaint(self) -> str:
        self._process.kill()
        return self._process.communicate()[1].decode(errors="replace")

    def kill(self) -> float:
        """End it as `kill -9` does; the time at which that was done."""
        self._process.send_signal(signal.SIGKILL)
        at = time.monotonic()
        self._process.wait()
        while self._listen(0):
            pass
        self._output.close()
        assert self._process.stderr is not None
        self._process.stderr.close()
        return at


class Memory:
    """What the document was, line by line, since it was opened; and what each step of it held."""

    def __init__(self) -> None:
        self.lines: list[Line] = []

    def steps(self, end: int) -> dict[str, str]:
        """What each step held up to a line."""
        return {str(line["present"]): line["content"] for line in self.lines[: end + 1]}

    def find(self, again: Line) -> int | None:
        """The last line that is what a process came up with; None for none."""
        names = ("content", "tree") if again["what"] == "recovered" else ("meaning",)
        for number in reversed(range(len(self.lines))):
            line = self.lines[number]
            is_same = all(line[name] == again[name] for name in names)
            if is_same and (again["what"] == "recovered" or line["saved"]):
                return number
        return None

    def judge(self, again: Line, killed: float) -> Outcome:
        """What was lost, and what is wrong with what came up; what is not there any more is forgotten."""
        found = self.find(again)
        count = len(self.lines)
        if found is None:
            return Outcome(count, count, float("inf"), [f"{again['what']} what the document never was"])
        lost = self.lines[found + 1 :]
        real = [line for line in lost if line["content"] != self.lines[found]["content"]]
        seconds = killed - real[0]["at"] if real else 0.0
        outcome = Outcome(count, len(real), seconds)
        known = self.steps(found)
        wrong = [n for n, held in again["steps"].items() if n in known and known[n] != held]
        if again["what"] == "recovered" and wrong:
            outcome.faults.append(f"steps {', '.join(wrong)} are not as they were")
        if again["what"] == "recovered":
            for word in ("undo", "redo"):
                if again[word] != self.lines[found][word]:
                    outcome.faults.append(f"{word} is not as it was")
            del self.lines[found + 1 :]
        else:
            self.lines.clear()
        return outcome


def run(
    times: int, seed: int, folder: Path, *, most: int = 40, linger: float = 1.5, says: bool = True
) -> list[Outcome]:
    """Kill so many times; what came of each. A process is killed when it told of 2 to `most` states, and up to `linger`
    seconds later.
    """
    chance = random.Random(seed)
    machine = folder / "machine.yaml"
    machine.write_text(MACHINE, encoding="utf-8")
    memory = Memory()
    outcomes: list[Outcome] = []
    killed = 0.0
    for number in range(times + 1):
        own = chance.randrange(1 << 30)
        editor = Editor(machine, folder / "home", own)
        try:
            editor.follow(1, 0.0)
            if number:
                outcomes.append(memory.judge(editor.lines[0], killed))
                if says:
                    tell(number, own, editor.lines[0]["what"], outcomes[-1])
            if number < times:
                editor.follow(chance.randint(2, most), chance.random() * linger)
        finally:
            killed = editor.kill()
        memory.lines += editor.lines
    return outcomes


def tell(number: int, seed: int, what: str, outcome: Outcome) -> None:
    """One line for people."""
    faults = "; ".join(outcome.faults) or "all well"
    print(
        f"{number:3}  seed {seed:10}  {what:9}  of {outcome.states:4} states {outcome.lost_states:2} lost, "
        f"{outcome.lost_seconds:5.2f} s   {faults}",
        flush=True,
    )


def main() -> int:
    """The command: 0 when nothing older than a second was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.killed")
    parser.add_argument("--times", type=int, default=50, help="how often")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30), help="to do the same again")
    options = parser.parse_args()
    print(f"{options.times} kills, seed {options.seed}")
    with tempfile.TemporaryDirectory() as name:
        outcomes = run(options.times, options.seed, Path(name))
    seconds = sorted(each.lost_seconds for each in outcomes)
    late = [each for each in outcomes if each.lost_seconds > SECOND]
    faults = [fault for each in outcomes for fault in each.faults]
    print(
        f"{len(outcomes)} kills: lost at most {seconds[-1]:.2f} s, in the middle {seconds[len(seconds) // 2]:.2f} s; "
        f"{sum(each.lost_states == 0 for each in outcomes)} times nothing at all; "
        f"{len(late)} times more than {SECOND:g} s; {len(faults)} faults"
    )
    return 1 if late or faults else 0


if __name__ == "__main__":
    sys.exit(main())
