"""Our engine beside its peers, on the same charts, each answer compared with a plain reference.

    python -m tests.benchmarks.peers                       our engine alone, in a minute
    python -m tests.benchmarks.peers --all [--rounds 7]    every peer too; needs pip, node and npm, and 25 minutes

The benchmark itself lies in the folder that STATECHART_BENCH names (`../shared/bench/engines` by default). It is copied
beside the peers that it installs, to `--home`, and our engine is put into the place kept for it there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
BENCH = Path(os.environ.get("STATECHART_BENCH") or ROOT.parent / "shared" / "bench" / "engines")
GOALS = {
    "toggle": 2.5,
    "hierarchy": 0.8,
    "parallel": 1.5,
    "breaker": 1.0,
    "big": 1.5,
    "timers": 0.5,
    "timers1k": 0.5,
}
"""Millions of events, or of delays that run out, a second; a third of that where a trace is kept."""


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--all", action="store_true", help="measure every peer, not our engine alone")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--home", type=Path, default=Path.home() / ".cache" / "statechart-bench" / "engines")
    options = parser.parse_args()
    if not BENCH.is_dir():
        print(f"{BENCH} is not there. Name the folder of the benchmark in STATECHART_BENCH.", file=sys.stderr)
        return 2
    copy = options.home / "bench"
    shutil.copytree(BENCH, copy, dirs_exist_ok=True)
    shutil.copy(Path(__file__).with_name("ours.py"), copy / "ours.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BENCH_HOME": str(options.home)}
    if options.all:
        python = options.home / "venv" / "bin" / "python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(options.home / "venv")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "PyYAML"], check=True)
        environment["BENCH_ROUNDS"] = str(options.rounds)
        return subprocess.run(["bash", "run.sh"], cwd=copy, env=environment, check=False).returncode
    return alone(copy, environment, options.rounds)


def alone(copy: Path, environment: dict[str, str], rounds: int) -> int:
    """Our engine on every workload; 1 where an answer differs from the reference."""
    charts = copy / "workloads.json"
    run = [sys.executable, "workloads.py", str(charts)]
    subprocess.run(run, cwd=copy, env=environment, check=True, stderr=subprocess.DEVNULL)

    def rows(mode: str) -> Iterator[dict[str, Any]]:
        command = [sys.executable, "run_py.py", "ours", str(charts), mode]
        done = subprocess.run(command, cwd=copy, env=environment, check=True, capture_output=True, text=True)
        for line in done.stdout.splitlines():
            row = json.loads(line)
            if "error" in row:
                raise SystemExit(f"{row['workload']}: {row['error']}")
            yield row

    right = {row["workload"]: row.get("ok", False) for row in rows("verify")}
    rates: dict[str, list[float]] = {name: [] for name in right}
    defining: list[float] = []
    made: list[dict[str, Any]] = []
    for _ in range(rounds):
        for row in rows("time"):
            rates[row["workload"]].append(row["per_s"] / 1e6)
            if row["workload"] == "big":
                defining.append(row["define_s"])
        made += rows("create")
    alone = [sys.executable, "-m", "tests.benchmarks.peers.traced", str(charts), str(rounds)]
    done = subprocess.run(alone, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    more = json.loads(done.stdout)
    print(f"{'':10} {'M/s':>8} {'goal':>6} {'with trace':>12} {'goal':>6} {'simulator':>12}")
    for name, found in rates.items():
        told, app = (
            f"{more[kind][name]:12.3f}" if name in more[kind] else "" for kind in ("recorded", "traced")
        )
        verdict = "" if right[name] else "   DIFFERS FROM THE REFERENCE"
        print(
            f"{name:10} {statistics.median(found):8.3f} {GOALS[name]:6} {told:>12} {GOALS[name] / 3:6.3f} {app:>12}"
            + verdict
        )
    print(f"big: read and compiled in {statistics.median(defining):.3f} s")
    print(f"a chart of 10,001 states: compiled in {more['compiling']:.3f} s (goal 1)")
    micro, size = (
        statistics.median(row[key] for row in made) for key in ("us_per_instance", "bytes_per_instance")
    )
    print(f"an instance made and started: {micro:.1f} µs (goal 8), {size:,.0f} bytes (goal 1,024)")
    print(f"an instance that took events and waits: {more['waiting']:,.0f} bytes")
    return 0 if all(right.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
