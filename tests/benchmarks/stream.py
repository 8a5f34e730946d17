"""Long runs on the command line: events a second, and the most memory, for each length; prints a table.

`python -m tests.benchmarks.stream [LENGTH ...]`. Each run is a process of its own that reads its events from its input
and prints a JSON object a step. `own` is the memory of that process, `scripts` of the one that evaluates ECMAScript.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LENGTHS = (10_000, 100_000, 1_000_000)
HEAD = '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">'
MACHINES = {
    "native": (
        "counter.yaml",
        "initial: a\ncontext: {n: 0}\nstates:\n"
        "  a: {on: {E: {target: b, actions: {assign: {n: n + 1}}}}}\n  b: {on: {E: a}}\n",
    ),
    "ECMAScript": (
        "counter.scxml",
        f'{HEAD}<datamodel><data id="n" expr="0"/></datamodel><state id="s">'
        '<transition event="E"><assign location="n" expr="n + 1"/></transition></state></scxml>',
    ),
    "with scripts": (
        "scripted.scxml",
        f'{HEAD}<script>function next(x) {{ return x + 1; }}</script><datamodel><data id="n" expr="0"/></datamodel>'
        '<state id="s"><transition event="E"><script>n = next(n);</script></transition></state></scxml>',
    ),
}
ROUND = 0.2
"""Seconds between two looks at the memory."""


def main(words: list[str]) -> int:
    """Measure each machine at each length."""
    lengths = [int(word.replace("_", "").replace(",", "")) for word in words] or list(LENGTHS)
    print(f"{'machine':<14}{'events':>12}{'seconds':>10}{'events/s':>10}{'own MB':>9}{'scripts MB':>12}")
    with tempfile.TemporaryDirectory() as folder:
        for title, (name, text) in MACHINES.items():
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8")
            for length in lengths:
                seconds, own, scripts = measured(path, length)
                print(
                    f"{title:<14}{length:>12,}{seconds:>10.1f}{length / seconds:>10,.0f}{own:>9.0f}{scripts:>12.0f}",
                    flush=True,
                )
    return 0


def measured(path: Path, length: int) -> tuple[float, float, float]:
    """Seconds of one run, and the most MB of its process and of the one that evaluates scripts."""
    with tempfile.TemporaryFile() as events:
        for _ in range(length // 1_000):
            events.write(b"E\n" * 1_000)
        events.seek(0)
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "editor", "run", str(path), "--events", "-", "--jsonl"],
            cwd=ROOT, stdin=events, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        own = scripts = 0.0
        while process.poll() is None:
            own = max(own, memory(process.pid))
            scripts = max([scripts, *map(memory, children(process.pid))])
            time.sleep(ROUND)
        if process.returncode:
            raise SystemExit(f"the run ended with {process.returncode}")
        return time.monotonic() - began, own, scripts


def children(pid: int) -> list[int]:
    """The processes that a process has started; none where the system does not tell."""
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def memory(pid: int) -> float:
    """The most MB that a process has had in memory; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return max((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), default=0.0)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
