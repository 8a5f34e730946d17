"""Comparing what is open with what is saved, or with another file: marks over the canvas, and a list beside it."""

from __future__ import annotations

from pathlib import Path

from editor.commands.registry import Command, Desktop
from editor.document import compared
from editor.document.differences import summary
from editor.session import Session


def with_saved(session: Session, desktop: Desktop) -> None:
    """Mark what differs from the file of the document.

    Raises:
        EditorError: it cannot be read.
    """
    path = session.document.path
    if path is not None:
        _with(session, path)


def with_file(session: Session, desktop: Desktop) -> None:
    """Mark what differs from a file that the person chooses.

    Raises:
        EditorError: it cannot be read.
    """
    path = desktop.ask_open_path("Compare with file")
    if path is not None:
        _with(session, path)


def _with(session: Session, path: Path) -> None:
    found = compared.compare_with(compared.read_base(path), session.document)
    session.comparison.put(found)
    session.say(f"Compared with {path.name}: {summary(found.told).lower()}. Escape ends it.", lasts=True)


def end(session: Session, desktop: Desktop) -> None:
    """Take the marks away."""
    session.comparison.put(None)
    session.say("")


COMMANDS = (
    Command(
        id="compare.saved", title="Compare with saved", run=with_saved, menu="File", group=2,
        when=lambda session: session.document.path is not None,
        tip="Marks on the canvas what differs from the file",
    ),
    Command(
        id="compare.file", title="Compare with file…", run=with_file, menu="File", group=2,
        tip="Marks on the canvas what differs from another machine",
    ),
    Command(
        id="compare.end", title="End comparison", run=end, menu="File", group=2,
        when=lambda session: session.comparison.value is not None,
    ),
)  # fmt: skip
