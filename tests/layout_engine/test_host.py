from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

_KEPT = """
import os
from py_mini_racer import MiniRacer
from editor.layout_engine.host import Host

racer = MiniRacer()
host = Host(racer)
for count in range(3):
    shapes = [[str(n), 200 * n, 40 * n, 100, 60, "TBLR"] for n in range(9)]
    lines = [[f"t{n}", str(n), ["8", "TL"]] for n in range(7)] + [["free", [0, 500], "3"]]
    assert len(host.route({"shapes": shapes, "lines": lines})["routes"]) == 8
    kinds = ("Point", "Rectangle", "ConnEnd", "Router")
    print([racer.eval(f"Object.keys(Avoid.getCache(Avoid.{kind})).length") for kind in kinds], flush=True)
os._exit(0)
"""


@pytest.mark.usefixtures("engine_is_here")
def test_nothing_that_libavoid_was_told_is_kept_for_the_next_request() -> None:
    """In a process of its own: V8 is not loaded into that of the tests."""
    done = subprocess.run([sys.executable, "-c", _KEPT], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    first, second, third = done.stdout.splitlines()
    assert first == second == third
    assert ", 0, 0, 0]" in first
