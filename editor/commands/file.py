"""New, open, save, export, close; what would be lost is asked about first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from editor import resources
from editor.commands.registry import Choice, Command, Desktop, nothing
from editor.document import files, reverting, settings, versions
from editor.document.document import Document
from editor.document.files import ChangedOnDiskError, DiskState
from editor.errors import FileError
from editor.formats import registry
from editor.formats.registry import SUFFIXES
from editor.session import Session

PICTURES = (".svg", ".png", ".pdf")
SAVE, DISCARD, CANCEL = "Save", "Discard", "Cancel"
SAVE_AS = "Save as…"
MOST_TOLD = 15
"""Losses that a question lists."""
RELOAD, KEEP, OVERWRITE = "Reload", "Keep mine", "Overwrite"


def new(session: Session, desktop: Desktop) -> None:
    """A new machine: in this window when nothing is in it, else in another."""
    desktop.open_window(None)


def open_(session: Session, desktop: Desktop) -> None:
    """A file that the person chooses."""
    path = desktop.ask_open_path("Open a machine")
    if path is not None:
        desktop.open_window(path)


def open_path(path: Path, session: Session, desktop: Desktop, *, as_copy: bool = False) -> None:
    """One certain file."""
    desktop.open_window(path, as_copy=as_copy)


def recent(session: Session) -> list[Choice]:
    """The files that are pinned, then those opened last, the newest first."""
    paths = [Path(text) for text in session.settings.listed]
    return [Choice(title=path.name, tip=str(path), run=partial(open_path, path)) for path in paths]


def examples(session: Session) -> list[Choice]:
    """The machines that come with the program; opened as copies."""
    found = resources.examples()
    return [
        Choice(title=example_title(path), tip=path.name, run=partial(open_path, path, as_copy=True))
        for path in found
    ]


def example_title(path: Path) -> str:
    """The name of an example for people."""
    return path.stem.replace("-", " ").capitalize()


def save(session: Session, desktop: Desktop) -> bool:
    """Save under the present name, or ask for one; whether it is on disk now."""
    document = session.document
    if document.path is None or document.is_import:
        return save_as(session, desktop)
    try:
        _write(session)
    except ChangedOnDiskError as error:
        # Return loses nothing here
        text = f"{error}\n\nOverwrite loses what stands there now, Reload what you have changed here."
        choices = (OVERWRITE, RELOAD, CANCEL)
        answer = desktop.confirm("The file was changed elsewhere", text, choices, usual=CANCEL)
        if answer == RELOAD:
            reload(session)
        return answer == OVERWRITE and _overwrite(session, desktop)
    except FileError as error:
        return _save_elsewhere(session, desktop, error)
    return True


def save_by_itself(session: Session) -> bool:
    """Save what has a file and was changed, asking nothing; whether it was done.

    A file that is not as it was read or written last is left alone, and one that is gone is not made anew; that is
    told, as is a disk that takes nothing.
    """
    document = session.document
    path = document.path
    if path is None or document.is_import or not document.is_modified or document.is_in_gesture:
        return False
    told = (
        f"{document.title} was changed by another program, so it is not saved by itself. Save it to choose."
    )
    if files.disk_state(document, files.on_disk(path)) is DiskState.SAME:
        try:
            _write(session)
        except FileError as error:
            told = f"Not saved by itself: {error}"
        else:
            return True
    if session.status != told:
        session.say(told, lasts=True)
    return False


def _write(session: Session, path: Path | None = None, *, force: bool = False) -> None:
    """Save, with what the file held before kept as a previous version.

    Raises:
        FileError: it cannot be written.
    """
    document = session.document
    target = path or document.path
    if target is not None:
        versions.keep(target)
    files.save(document, path, force=force)
    _saved(session)


def _overwrite(session: Session, desktop: Desktop) -> bool:
    try:
        _write(session, force=True)
    except FileError as error:
        return _save_elsewhere(session, desktop, error)
    return True


def _save_elsewhere(session: Session, desktop: Desktop, error: FileError) -> bool:
    """Tell why a file was not written, what becomes of the work, and offer another place until one takes it."""
    kept = (
        "Your work is still here, and kept for recovery should the program end."
        if session.document.is_kept
        else "Your work is still here. Leave the program open until it is saved."
    )
    text = f"{error}\n\n{kept}"
    if desktop.confirm("The file was not saved", text, (SAVE_AS, CANCEL)) != SAVE_AS:
        session.say("Not saved. Your work is still here.", lasts=True)
        return False
    return save_as(session, desktop)


def save_as(session: Session, desktop: Desktop) -> bool:
    """Ask for a name and save under it; whether that was done."""
    document = session.document
    suggested = document.path or suggested_path(document)
    if suggested.suffix.lower() not in SUFFIXES:
        suggested = suggested.with_suffix(SUFFIXES[0])
    elif document.is_import:
        suggested = suggested.with_stem(f"{suggested.stem}-machine")
    path = desktop.ask_save_path("Save as", str(suggested), suffixes(suggested))
    if path is None or not may_lose(session, desktop, path):
        return False
    registry.check_suffix(path)
    try:
        _write(session, path, force=True)
    except FileError as error:
        if document.is_import and path == document.path:
            raise
        return _save_elsewhere(session, desktop, error)
    return True


def suggested_path(document: Document) -> Path:
    """A name for a machine that has no file."""
    return Path(f"{document.chart.root.declared_id or document.chart.root.key}.yaml")


def suffixes(path: Path) -> Sequence[str]:
    """What a machine's file may end in; what it ends in now comes first."""
    return sorted(SUFFIXES, key=lambda each: each != path.suffix.lower())


def may_lose(session: Session, desktop: Desktop, path: Path) -> bool:
    """Tell what the file will not hold, before it is written; whether it may be."""
    told = files.losses(session.document, path)
    if not told:
        return True
    text = "\n".join(
        (*told[:MOST_TOLD], *([f"And {len(told) - MOST_TOLD} more."] if told[MOST_TOLD:] else ()))
    )
    return desktop.confirm(f"Not all can be kept in {path.name}", text, (SAVE, CANCEL)) == SAVE


def _saved(session: Session) -> None:
    path = session.document.path
    if path is not None:
        remember(session, path)
        session.say(f"Saved {path.name}")


def remember(session: Session, path: Path) -> None:
    """Put a file at the head of the recent ones, for all windows to come."""
    stored = settings.load().with_recent(path)
    settings.store(stored)
    session.set_settings(stored)


def reload(session: Session) -> None:
    """Read the file again, as an edit: undo brings back what was here.

    Raises:
        EditorError: the file cannot be read; the document stays.
    """
    path = session.document.path
    if path is not None:
        reverting.take_over(session.document, files.open_document(path), "Read the file again")
        session.say(f"Read {path.name} again")


def check_disk(session: Session, desktop: Desktop) -> None:
    """Ask what to do when another program changed the file or its layout; once for each change."""
    document = session.document
    if document.path is None:
        return
    now = files.on_disk(document.path)
    state = files.disk_state(document, now)
    if state is DiskState.SAME:
        document.told = None
        return
    if document.told == now:
        return
    document.told = now
    if state is DiskState.VANISHED:
        session.say(f"{document.title} is no longer on disk. Save to write it again.", lasts=True)
        return
    if not document.is_modified:
        reload(session)
        return
    what = document.title if now.machine != document.stamps.machine else f"The layout of {document.title}"
    text = f"{what} was changed by another program, and you have changes that are not saved."
    if desktop.confirm("The file was changed elsewhere", text, (KEEP, RELOAD)) == RELOAD:
        reload(session)


def may_close(session: Session, desktop: Desktop) -> bool:
    """Ask about changes that are not saved; whether the document may go."""
    document = session.document
    if not document.is_modified:
        return True
    text = f"{document.title} has changes that are not saved. They are lost if you discard them."
    answer = desktop.confirm("Save the changes?", text, (SAVE, DISCARD, CANCEL))
    if answer == SAVE:
        return save(session, desktop)
    return answer == DISCARD


def export_picture(kind: str, session: Session, desktop: Desktop) -> None:
    """The whole chart as SVG, PNG or PDF, of which one is offered first."""
    document = session.document
    stem = document.path.with_suffix("") if document.path is not None else Path("machine")
    kinds = (kind, *(each for each in PICTURES if each != kind))
    path = desktop.ask_save_path("Export picture", f"{stem}{kind}", kinds)
    if path is not None:
        desktop.export_picture(path)
        session.say(f"Exported {path.name}")


def has_states(session: Session) -> bool:
    """Whether there is anything to draw."""
    return len(session.document.chart.states) > 1


def _save(session: Session, desktop: Desktop) -> None:
    save(session, desktop)


def _save_as(session: Session, desktop: Desktop) -> None:
    save_as(session, desktop)


def _close(session: Session, desktop: Desktop) -> None:
    desktop.close_window()


def _quit(session: Session, desktop: Desktop) -> None:
    desktop.quit()


COMMANDS = (
    Command(id="file.new", title="New", run=new, menu="File", shortcuts=("Ctrl+N",), icon="new"),
    Command(id="file.open", title="Open…", run=open_, menu="File", shortcuts=("Ctrl+O",), icon="open"),
    Command(
        id="file.recent", title="Open recent", run=nothing, menu="File", choices=recent,
        when=lambda session: bool(session.settings.listed),
    ),
    Command(id="file.example", title="Open example", run=nothing, menu="File", choices=examples),
    Command(
        # always there: what is being typed is kept first, and nobody knows of it before
        id="file.save", title="Save", run=_save, menu="File", group=1, shortcuts=("Ctrl+S",), icon="save",
    ),
    Command(
        id="file.save_as", title="Save as…", run=_save_as, menu="File", group=1, shortcuts=("Ctrl+Shift+S",)
    ),
    Command(
        id="file.export", title="Export picture…", run=partial(export_picture, ".svg"), menu="File", group=2,
        when=has_states, shortcuts=("Ctrl+E",), tip="The whole chart as SVG, PNG or PDF",
    ),
    Command(
        id="file.exportPng", title="Export as PNG…", run=partial(export_picture, ".png"), menu="File", group=2,
        when=has_states, shortcuts=("Ctrl+Shift+E",), tip="The whole chart as a picture that every program shows",
    ),
    Command(id="file.close", title="Close", run=_close, menu="File", group=3, shortcuts=("Ctrl+W",)),
    Command(id="file.quit", title="Quit", run=_quit, menu="File", group=3, shortcuts=("Ctrl+Q",)),
)  # fmt: skip
