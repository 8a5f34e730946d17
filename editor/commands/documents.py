"""Going back to what was saved, to earlier versions and to what was closed; copies beside a file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from editor.commands import file
from editor.commands.registry import Choice, Command, Desktop, nothing
from editor.document import files, reverting, settings, versions
from editor.document.versions import Version
from editor.session import Session

REVERT = "Revert"


def revert(session: Session, desktop: Desktop) -> None:
    """Be as the file says again, after a question; undo brings back what was taken back.

    Raises:
        EditorError: the file cannot be read; nothing changed.
    """
    document = session.document
    path = document.path
    if path is None:
        return
    text = f"All that was done since {path.name} was saved is taken back. Undo brings it back."
    if desktop.confirm("Revert to what is saved?", text, (REVERT, file.CANCEL)) == REVERT:
        reverting.take_over(document, files.open_document(path), "Revert to saved")
        session.say(f"Reverted to {path.name} as it is on disk. Ctrl+Z brings back what you had.", lasts=True)


def duplicate(session: Session, desktop: Desktop) -> None:
    """Write the machine as it is now under another name, and open that beside this one.

    Raises:
        EditorError: it cannot be written.
    """
    document = session.document
    path = document.path or file.suggested_path(document)
    target = desktop.ask_save_path("Duplicate", str(_beside(path)), file.suffixes(path))
    if target is None or not file.may_lose(session, desktop, target):
        return
    versions.keep(target)
    files.save_copy(document, target)
    desktop.open_window(target)


def _beside(path: Path) -> Path:
    """A name that is free in the same folder."""
    number = 2
    while (found := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return found


def reopen(session: Session, desktop: Desktop) -> None:
    """Open the file that was closed last and is still there."""
    closed = [Path(text) for text in session.settings.closed]
    found = next((path for path in closed if path.is_file()), None)
    rest = closed[closed.index(found) + 1 :] if found is not None else []
    stored = replace(settings.load(), closed=tuple(str(path) for path in rest))
    settings.store(stored)
    session.set_settings(stored)
    if found is None:
        session.say("The files that were closed are no longer there.")
    else:
        desktop.open_window(found)


def previous(session: Session) -> list[Choice]:
    """The versions that were saved over, the newest first; each opens as a copy, so that the file stays."""
    path = session.document.path
    found = [_choice(each) for each in versions.versions(path)] if path is not None else []
    return found or [
        Choice(title="None yet", tip="What the file holds is kept when it is saved over", run=nothing)
    ]


def _choice(version: Version) -> Choice:
    when = version.when.astimezone()
    return Choice(
        title=f"{when:%d %B, %H:%M:%S}",
        tip="Opens as a machine of its own",
        run=partial(file.open_path, version.path, as_copy=True),
    )


def _has_file(session: Session) -> bool:
    return session.document.path is not None


COMMANDS = (
    Command(
        id="file.reopen", title="Reopen closed", run=reopen, menu="File", shortcuts=("Ctrl+Shift+T",),
        when=lambda session: bool(session.settings.closed),
    ),
    Command(
        id="file.duplicate", title="Duplicate…", run=duplicate, menu="File", group=1, when=file.has_states,
        tip="The machine as it is now in a file of its own",
    ),
    Command(
        id="file.revert", title="Revert to saved", run=revert, menu="File", group=1,
        when=lambda session: _has_file(session) and session.document.is_modified,
    ),
    Command(
        id="file.previous", title="Open previous version", run=nothing, menu="File", group=1,
        choices=previous, when=_has_file,
    ),
)  # fmt: skip
