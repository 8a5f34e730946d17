"""The programs that packaging calls: found, or asked for in words; and run."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from packager.errors import PackagingError, ToolMissingError

MOST_LINES = 15
"""Of the output of a program that failed."""


def find(name: str, how: str) -> str:
    """The path of a program.

    Raises:
        ToolMissingError: it is not installed; `how` says what installs it.
    """
    found = shutil.which(name)
    if found is None:
        raise ToolMissingError(f"{name} is missing. {how}")
    return found


def debian(name: str, package: str) -> str:
    """The path of a program that a package of Debian brings.

    Raises:
        ToolMissingError: it is not installed.
    """
    return find(name, f"On Debian or Ubuntu: apt-get install {package}")


def run(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    """Run a program; returns what it printed.

    Raises:
        PackagingError: it failed; the end of its output is told.
    """
    environment = {**os.environ, **(env or {})}
    try:
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        raise PackagingError(f"{command[0]} cannot be run: {error.strerror or error}.") from None
    if done.returncode != 0:
        lines = [*done.stdout.splitlines(), *done.stderr.splitlines()][-MOST_LINES:]
        raise PackagingError("\n  ".join([f"{Path(command[0]).name} failed ({done.returncode}):", *lines]))
    return done.stdout
