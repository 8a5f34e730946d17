"""Keeps a journal of the document that a window shows, and offers after a crash what the journals hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Timer

from PySide6.QtCore import QObject, Qt, Signal

from editor.commands.registry import Desktop
from editor.document import recovery
from editor.document.drafts import LABEL
from editor.document.journal import DELAY, Journal, discard
from editor.document.recovery import Orphan, Recovered
from editor.errors import EditorError
from editor.requests import EditPart
from editor.session import Session

RETRY = 10.0
"""Seconds after which a disk that took nothing is tried again."""
RECOVER, DISCARD, LATER = "Recover", "Discard", "Not now"


class Keeper(QObject):
    """Writes down what is done to the present document of a session, less than a second after it was done.

    It does so in a thread, so that it is done in time while the window is busy, and a slow disk is not felt.
    Invariant: one journal at a time, of the document that the session shows.
    """

    _written = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._resume: Path | None = None
        self._unsubscribe: list[Callable[[], None]] = []
        self._timers: list[Timer] = []
        self._is_waiting = False
        self._has_trouble = False
        self._written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)
        self.journal = self._begin()
        session.document_replaced.subscribe(self._on_document)

    def show(self, found: Recovered) -> tuple[str, ...]:
        """Show a document that was recovered, and go on in its journal; what there is to say of it."""
        self._resume = found.journal
        self._session.replace_document(found.document)
        return self._give_back()

    def _give_back(self) -> tuple[str, ...]:
        """Open the field that was typed into last, with its text; the others have theirs when they are opened."""
        document, session = self._session.document, self._session
        there = {*document.chart.states, *document.chart.transitions}
        left = [field for field in document.drafts.texts if field.element in there]
        if not left:
            return ()
        element, name = left[-1]
        where, _, part = name.partition(" ")
        session.selection.replace([element] if element != document.chart.root_id else [])
        session.reveal(element)
        if where == LABEL:
            session.ask(EditPart(part))
        return ("What was being typed is in its field again.",)

    def flush(self) -> None:
        """Write down now what waits; a disk that takes nothing is told about once, and tried again."""
        self._stop()
        self.journal.flush()
        self._on_written()

    def _write(self) -> None:
        """What the thread does; the rest is for the window's.

        What is added from now on is not sure to be written with the rest, so it is to be waited for anew.
        """
        self._is_waiting = False
        self.journal.flush()
        self._written.emit()

    def _on_written(self) -> None:
        had_trouble, self._has_trouble = self._has_trouble, bool(self.journal.trouble)
        if self._has_trouble:
            self._begin_waiting(RETRY)
        if self._has_trouble and not had_trouble:
            self._session.say(self.journal.trouble, lasts=True)
        elif had_trouble and not self._has_trouble:
            self._session.say("Unsaved work is kept for recovery again.")

    def _begin_waiting(self, seconds: float) -> None:
        """Write after so many seconds, unless that is to be done already."""
        if not self._is_waiting:
            self._is_waiting = True
            timer = Timer(seconds, self._write)
            timer.daemon = True
            self._timers = [*(each for each in self._timers if each.is_alive()), timer]
            timer.start()

    def _stop(self) -> None:
        """No writing by itself any more; what is being written just now is waited for."""
        for timer in self._timers:
            timer.cancel()
            timer.join()
        self._timers.clear()
        self._is_waiting = False

    def close(self) -> None:
        """The document is closed in good order: nothing is kept of it."""
        self._end()

    def _on_document(self) -> None:
        self._end()
        self.journal = self._begin()

    def _begin(self) -> Journal:
        document = self._session.document
        resume, self._resume = self._resume, None
        journal = Journal(document, resume=resume)
        self._unsubscribe = [
            document.undo_stack.recorded.subscribe(self._on_recorded),
            document.drafts.changed.subscribe(self._on_recorded),
        ]
        return journal

    def _end(self) -> None:
        self._stop()
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._unsubscribe.clear()
        self.journal.close()

    def _on_recorded(self, *_: object) -> None:
        self._begin_waiting(DELAY)


def offer(found: list[Orphan], desktop: Desktop, show: Callable[[Recovered], None]) -> None:
    """Ask what becomes of work that a crash left, and do it; what cannot be recovered is told and kept."""
    if not found:
        return
    lines = "\n".join(_line(orphan) for orphan in found)
    text = f"The editor ended without closing. This work was not saved:\n\n{lines}"
    answer = desktop.confirm("Recover unsaved work?", text, (RECOVER, DISCARD, LATER))
    if answer == DISCARD:
        for orphan in found:
            discard(orphan.journal)
    if answer != RECOVER:
        return
    for orphan in found:
        try:
            show(recovery.recover(orphan.journal))
        except EditorError as error:
            desktop.tell("The work was not recovered", f"{error}\n\nIt is kept in {orphan.journal}.")


def _line(orphan: Orphan) -> str:
    name = str(orphan.machine) if orphan.machine is not None else "A machine that was never saved"
    return f"{name} ({datetime.fromtimestamp(orphan.modified):%d %B, %H:%M})"
