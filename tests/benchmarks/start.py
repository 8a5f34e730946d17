"""CPU time from the start of the process until the window with the order example is painted.

    python -m tests.benchmarks.start [--count 7]

Each start is a process of its own, offscreen unless QT_QPA_PLATFORM says otherwise, with its own empty settings. The
copy that is started has its bytecode cached, as an installed program has. A window of Qt alone, and a loop of plain
Python, are printed beside: what no program of this kind can do without, and how fast the machine is just now.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CPU = """
import resource
def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
"""
_QT = """
from PySide6.QtWidgets import QApplication, QGraphicsView
application = QApplication([])
view = QGraphicsView()
view.show()
application.processEvents()
"""
_APP = """
import sys
from pathlib import Path
from editor import collecting
with collecting.lasting():
    from editor.window import app
application = app.make_application()
window = app.Program(application).open(Path(sys.argv[1]))
application.processEvents()
assert window.session.document.chart.states and window.view is window.stack.currentWidget()
"""
_LOOP = """
total = 0
for number in range(3_000_000):
    total += number * number % 7
"""


def measure(name: str, code: str, arguments: list[str], environment: dict[str, str], count: int) -> None:
    """One line of the table."""
    seconds = []
    for _ in range(count):
        # the process ends at once: what closing costs is not part of a start
        whole = f"{code}{_CPU}print(used(), flush=True)\nimport os\nos._exit(0)"
        done = subprocess.run(
            [sys.executable, "-c", whole, *arguments],
            env=environment,
            cwd=environment["HOME"],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        seconds.append(float(done.stdout))
    print(f"{name:40} {statistics.median(seconds):6.3f} s   {min(seconds):.3f} to {max(seconds):.3f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=7)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        for part in ("editor", "resources"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(copy, quiet=1)
        environment = {**os.environ, "HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_STATE_HOME": folder}
        environment["PYTHONPATH"] = str(copy)
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        example = str(copy / "resources" / "examples" / "order.yaml")
        measure("window of Qt alone", _QT, [], environment, count)
        measure("order example painted (goal 0.6 s)", _APP, [example], environment, count)
        measure("plain Python loop", _LOOP, [], environment, count)


if __name__ == "__main__":
    main()
