"""The list of recent files: what is pinned stays in it, what is gone can be found again or taken out."""

from __future__ import annotations

from pathlib import Path

from editor.commands import view
from editor.commands.registry import Command, Desktop
from editor.document import settings
from editor.document.settings import MOST_PINNED
from editor.session import Session


def pin(session: Session, path: str, *, is_pinned: bool) -> None:
    """Keep a file in front of the recent ones from now on, or let it come and go with them."""
    stored = settings.load()
    if is_pinned and path not in stored.pinned and len(stored.pinned) >= MOST_PINNED:
        session.say(f"{MOST_PINNED} files are pinned, which is as many as there can be. Unpin one first.")
        return
    chosen = stored.with_pin(path, is_pinned=is_pinned)
    view.choose(session, pinned=chosen.pinned, recent=chosen.recent)
    what = "Pinned" if is_pinned else "Unpinned"
    session.say(f"{what} {Path(path).name}")


def forget(session: Session, path: str) -> None:
    """Take a file out of the list; the file itself stays where it is."""
    chosen = settings.load().without_file(path)
    view.choose(session, pinned=chosen.pinned, recent=chosen.recent)
    session.say(f"{Path(path).name} was taken from the list. The file itself was not touched.")


def locate(session: Session, desktop: Desktop, path: str) -> None:
    """Ask where a file is now, near to where it was, put that in its place in the list, and open it."""
    found = desktop.ask_open_path(f"Locate {Path(path).name}", nearest_folder(Path(path)))
    if found is None:
        return
    chosen = settings.load().with_file_moved(path, found)
    view.choose(session, pinned=chosen.pinned, recent=chosen.recent)
    desktop.open_window(found)


def nearest_folder(path: Path) -> Path | None:
    """The folder that a file lies in, or the nearest one around that is still there; None where none is."""
    return next((folder for folder in path.parents if _is_folder(folder)), None)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # it may not be looked into, or lies where nothing answers any more
        return False


def toggle(session: Session, desktop: Desktop) -> None:
    """Pin the file that is open, or unpin it."""
    pin(session, _own(session), is_pinned=not is_pinned(session))


def is_pinned(session: Session) -> bool:
    """Whether the file that is open is pinned."""
    return _own(session) in session.settings.pinned


def _own(session: Session) -> str:
    """The file that is open, as the list has it; empty for none."""
    path = session.document.path
    return str(path.resolve()) if path is not None else ""


COMMANDS = (
    Command(
        id="file.pin", title="Pin to the start page", run=toggle, menu="File", checked=is_pinned,
        when=lambda session: session.document.path is not None,
        tip="The file that is open stays in front of the recent ones",
    ),
)  # fmt: skip
