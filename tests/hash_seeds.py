"""Asks what comes out in processes in which Python goes through sets in other orders."""

from __future__ import annotations

import os
import subprocess
import sys


def answers(code: str) -> list[str]:
    """What some code prints in each of two processes that differ in nothing but that; it has to end well."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(["", *sys.path])},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    found = [each.communicate()[0] for each in running]
    assert [each.returncode for each in running] == [0, 0]
    return found
