"""What a report of a problem should have, as text to be looked through and copied. Nothing is sent anywhere."""

from __future__ import annotations

import os
import platform
import re
from pathlib import Path

from editor import __version__, components
from editor.commands.registry import Command, Desktop
from editor.document import settings
from editor.session import Session

SHOWN = ("PySide6_Essentials", "networkx", "lxml", "graphlay")
"""Libraries whose versions matter when something does not work."""
MOST_LINES = 80
"""Lines of the last mistake that are told: those at its end say most."""
_TAIL = 256_000
"""Bytes at the end of the log that are looked through."""
_ENTRY = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ (ERROR|CRITICAL) ", re.MULTILINE)
_NEXT = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ [A-Z]+ ", re.MULTILINE)


def versions() -> str:
    """The libraries that matter, with their versions; empty where they cannot be told."""
    return ", ".join(f"{each.name} {each.version}" for each in components.listed() if each.name in SHOWN)


def text(session: Session) -> str:
    """The program, what it runs on, what is open by its size alone, and the last mistake that was written down.

    The person's folder is called `~` in it.
    """
    chart, document = session.document.chart, session.document
    kind = document.path.suffix if document.path is not None else "no file yet"
    about = (
        "What I did, and what I expected:",
        "",
        "",
        f"Statechart Editor {__version__}",
        f"Python {platform.python_version()} on {platform.platform()}",
        *filter(None, (versions(),)),
        *filter(None, (_screen(),)),
        f"Open: {len(chart.states)} states, {len(chart.transitions)} transitions, {kind}"
        f"{', running' if session.is_running else ''}",
        "",
        last_mistake(settings.log_path()) or "No mistake was written down.",
    )
    return _without_home("\n".join(about))


def _screen() -> str:
    """What kind of session draws the windows, where the system tells it."""
    told = [
        os.environ.get(each, "") for each in ("XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "QT_QPA_PLATFORM")
    ]
    return f"Screen: {', '.join(filter(None, told))}" if any(told) else ""


def last_mistake(log: Path) -> str:
    """The last error that a log holds, with the end of its trace; empty where there is none."""
    try:
        with log.open("rb") as file:
            file.seek(max(log.stat().st_size - _TAIL, 0))
            told = file.read(_TAIL).decode("utf-8", errors="replace")
    except OSError:
        return ""
    found = [*_ENTRY.finditer(told)]
    if not found:
        return ""
    after = _NEXT.search(told, found[-1].end())
    lines = told[found[-1].start() : after.start() if after is not None else None].rstrip().splitlines()
    left_out = len(lines) - MOST_LINES
    if left_out > 0:
        lines[1 : 1 + left_out] = [f"… {left_out} lines left out"]
    return "\n".join(lines)


def _without_home(told: str) -> str:
    """A text without the name of the person, as far as it stands in the path of the person's folder."""
    home = str(Path.home())
    return told.replace(home, "~") if len(home) > 1 else told


def show(session: Session, desktop: Desktop) -> None:
    """Show the report, to be copied."""
    desktop.show_report(text(session))


COMMANDS = (
    Command(
        id="help.report", title="Report a problem…", run=show, menu="Help", group=2,
        tip="Gathers versions and the last mistake as text to copy; nothing is sent",
    ),
)  # fmt: skip
