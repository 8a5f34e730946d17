"""Looks whether another program changed the file that a window shows."""

from __future__ import annotations

from collections.abc import Callable

from editor.commands import file
from editor.commands.registry import Desktop
from editor.errors import EditorError
from editor.session import Session


class DiskWatch:
    """Looks when the window asks it to, and asks the desktop that the window has then."""

    def __init__(self, session: Session, desktop: Callable[[], Desktop]) -> None:
        self._session = session
        self._desktop = desktop

    def check(self) -> None:
        """Look now; a file that cannot be read is told about."""
        try:
            file.check_disk(self._session, self._desktop())
        except EditorError as error:
            self._desktop().tell("The file cannot be read", str(error))
