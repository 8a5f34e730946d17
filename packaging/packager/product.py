"""Facts about the product, from the files that state them: nothing here is said twice."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from packager.errors import PackagingError

ROOT = Path(__file__).resolve().parents[2]
"""The top of the repository."""
PACKAGING = ROOT / "packaging"
NAME = "statechart-editor"
TITLE = "Statechart Editor"
SUMMARY = "Draw statecharts by hand and run them live"
DESCRIPTION = (
    "Statecharts are drawn by hand, run live on the same canvas and saved as YAML that a runtime executes.",
    "Events are raised with a click, clocks are yours, and a run can be stepped back. Saving changes only what was "
    "edited; comments and order stay. Machines in W3C SCXML are read and run too.",
)
TEAM = "The Statechart Editor team"
ID = "dev.statechart_editor.StatechartEditor"
"""The name in software centres and on macOS, a domain turned round as both want it; changing it later makes it another
program to them."""
MAINTAINER = f"{TEAM} <team@statechart-editor.invalid>"
"""Debian wants an address. There is none yet, and `.invalid` is the domain that says so (RFC 2606)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One section of the changelog. `date` is empty for what is not released; `changes` are whole sentences."""

    version: str
    date: str
    changes: tuple[str, ...]


def version(root: Path = ROOT) -> str:
    """The version that the package states.

    Raises:
        PackagingError: it states none.
    """
    text = (root / "editor" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise PackagingError("editor/__init__.py states no __version__.")
    return found.group(1)


def epoch() -> int:
    """The time that files in packages carry, in seconds: SOURCE_DATE_EPOCH, else that of the last commit.

    Raises:
        PackagingError: neither is to be had; without it no two builds are alike.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not given:
        command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
        try:
            given = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            given = ""
    if not given.isdecimal():
        raise PackagingError(
            "The time of the build is not known. Set SOURCE_DATE_EPOCH to seconds since 1970."
        )
    return int(given)


def releases(text: str) -> tuple[Release, ...]:
    """The sections of a changelog in the manner of Keep a Changelog, the newest first."""
    made = []
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        head, _, body = section.partition("\n")
        found = re.match(r"\[?([^\]\s]+)\]?(?:\s+-\s+(\d{4}-\d\d-\d\d))?", head)
        if found is not None:
            points = re.split(r"^[-*] ", body, flags=re.MULTILINE)[1:]
            changes = tuple(" ".join(re.split(r"^#", each, flags=re.MULTILINE)[0].split()) for each in points)
            made.append(Release(version=found.group(1), date=found.group(2) or "", changes=changes))
    return tuple(made)


def this_release() -> Release:
    """The section of the version that is being packaged, else what is not released yet."""
    own = version()
    sections = releases((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    exact = [each for each in sections if each.version == own]
    open_ = [each for each in sections if each.version.lower() == "unreleased"]
    return next(iter(exact + open_), Release(version=own, date="", changes=("Packaged.",)))
