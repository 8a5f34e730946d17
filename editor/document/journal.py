"""The journal: what was done since a document was opened, kept so that a crash loses a second of work at most.

One file a document in the platform's state folder, never beside the machine: a first line with what the document
was when it was opened, then one JSON line for each edit, undo, redo, change to another step (by its number) and
saving, and for the text of a field that is being typed into. A clean close removes the file.
"""

from __future__ import annotations

import json
import os
import uuid
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import Any
from zlib import crc32

from editor.document.claims import claim
from editor.document.document import Document
from editor.document.drafts import Field
from editor.document.plain_records import to_plain
from editor.document.stamps import Stamps
from editor.document.undo import Deed, Edit
from editor.folders import state_folder
from editor.model.changes import apply_to_diagram, inverse
from editor.model.diagram import Diagram
from editor.refusals import why_unwritten

VERSION = 2
DRAFT = "draft"
"""What the line of a text that is being typed is called."""
DELAY = 0.75
"""Seconds that a deed may wait before it is written: less than one, so that with the writing it is a second at most."""


def journal_folder() -> Path:
    """Where journals are kept."""
    return state_folder() / "journals"


@dataclass(frozen=True, slots=True)
class _Start:
    """What a document was before its first deed."""

    path: Path | None
    machine: str | None
    diagram: Diagram
    layout: str | None


class Journal:
    """Writes down what is done to one document. Begin it when the document was just opened, made or recovered.

    Deeds wait in memory until `flush`, which is to be called `DELAY` after the first of them. A disk that
    takes nothing never disturbs the work: `trouble` says what is wrong, and it is tried again at the next `flush`.
    """

    def __init__(
        self,
        document: Document,
        *,
        folder: Path | None = None,
        resume: Path | None = None,
    ) -> None:
        self.path = resume or (folder or journal_folder()) / f"{uuid.uuid4().hex}.journal"
        self.trouble = ""
        self._document = document
        self._machine = _machine_text(document)
        self._opened_as = document.path
        self._layout = document.stamps.layout
        self._start: _Start | None = None
        self._has_start = resume is not None
        self._waiting: list[tuple[Deed, Edit | None, Path | None, Stamps, int]] = []
        self._typed: dict[Field, str | None] = {}
        self._adding, self._writing = Lock(), Lock()
        self._file: FileIO | None = None
        self._unsubscribe = (
            document.undo_stack.recorded.subscribe(self._on_recorded),
            document.drafts.changed.subscribe(self._on_typed),
        )
        document.is_kept = True
        if resume is not None:
            self._hold()

    def _on_recorded(self, deed: Deed, edit: Edit | None) -> None:
        if not self._has_start and self._start is None:
            if edit is None:
                return
            self._begin(edit)
        number = self._document.undo_stack.present.number
        with self._adding:
            self._waiting.append((deed, edit, self._document.path, self._document.stamps, number))

    def _on_typed(self, field: Field, text: str | None) -> None:
        if not self._has_start and self._start is None:
            self._begin(None)
        with self._adding:
            self._typed[field] = text

    def _begin(self, first: Edit | None) -> None:
        """Keep what the document was before the first edit."""
        before = self._document.diagram.copy()
        if first is not None:
            apply_to_diagram(before, inverse(first.changes))
        self._start = _Start(self._opened_as, self._machine, before, self._layout)

    def flush(self) -> None:
        """Write all that waits, down to the disk; what it does not take waits on, and is tried again next time.

        Any thread may call this.
        """
        with self._writing:
            with self._adding:
                batch, self._waiting = self._waiting, []
                typed, self._typed = self._typed, {}
            lines = [self._start_line(self._start)] if self._start is not None and not self._has_start else []
            lines += [_line(*each) for each in batch]
            lines += [
                sealed({"do": DRAFT, "field": list(field), "text": text}) for field, text in typed.items()
            ]
            if not lines:
                return
            try:
                self._write("".join(f"{line}\n" for line in lines).encode("utf-8"))
            except OSError as error:
                with self._adding:
                    self._waiting[:0] = batch
                    self._typed = typed | self._typed
                self.trouble = f"{_unkept(error)} Save it, or make room."
                self._document.is_kept = False
                return
            self._has_start = True
            self.trouble = ""
            self._document.is_kept = True

    def _write(self, data: bytes) -> None:
        """Add whole lines, or nothing: half a line would end the next recovery there."""
        file = self._open()
        length = os.fstat(file.fileno()).st_size
        try:
            _write_all(file, data)
            os.fsync(file.fileno())
        except OSError:
            with suppress(OSError):
                os.ftruncate(file.fileno(), length)
            raise

    def _hold(self) -> None:
        """A journal that is gone on with is this program's from the start, before anything is added to it."""
        try:
            self._open()
        except OSError:
            return  # told when there is something to write

    def _open(self) -> FileIO:
        """The file; made again, with all that it held, where somebody removed it or its folder."""
        before = self._file
        if before is not None and self.path.exists():
            return before
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        made = os.fdopen(handle, "ab+", buffering=0)
        claim(made)
        if before is not None:
            before.seek(0)
            _write_all(made, before.readall())
            before.close()
        self._file = made
        return made

    def _start_line(self, start: _Start) -> str:
        diagram = start.diagram
        return sealed(
            {
                "version": VERSION,
                "path": str(start.path.resolve()) if start.path is not None else None,
                "machine": start.machine,
                "boxes": [to_plain(box) for box in diagram.boxes.values()],
                "bends": [to_plain(bends) for bends in diagram.bends.values()],
                "notes": [to_plain(note) for note in diagram.notes.values()],
                "sheet": to_plain(diagram.sheet),
                "layout": start.layout,
            }
        )

    def _end(self) -> None:
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        self._document.is_kept = False
        file, self._file = self._file, None
        if file is not None:
            try:
                file.close()
            except OSError as error:
                self.trouble = self.trouble or _unkept(error)

    def leave(self) -> None:
        """Write all that waits and let go of the file, which stays to be recovered; the journal ends."""
        self.flush()
        with self._writing:
            self._end()

    def close(self) -> None:
        """The document was closed in good order: nothing is left to recover."""
        with self._writing:
            self._waiting.clear()
            self._typed.clear()
            self._end()
        discard(self.path)


def _unkept(error: OSError) -> str:
    """What is said of work that is not kept, the reason standing for the file that should have kept it."""
    return f"Unsaved work is not kept for recovery. Its file was not written: {why_unwritten(error)}."


def _write_all(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def discard(path: Path) -> None:
    """Remove a journal; one that cannot be removed is offered again."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def _machine_text(document: Document) -> str | None:
    """The text that the document was read from; None for one that was made anew."""
    loaded = document.loaded
    return loaded.source if loaded is not None else None


def _line(deed: Deed, edit: Edit | None, path: Path | None, stamps: Stamps, number: int) -> str:
    body: dict[str, Any] = {"do": deed.value}
    if deed in (Deed.EDIT, Deed.MERGE) and edit is not None:
        body |= {"label": edit.label, "changes": [to_plain(change) for change in edit.changes]}
    elif deed is Deed.SAVED:
        named = str(path.resolve()) if path is not None else None
        body |= {"path": named, "stamp": stamps.machine, "layout": stamps.layout}
    elif deed is Deed.GO:
        body |= {"number": number}
    return sealed(body)


def sealed(body: dict[str, Any]) -> str:
    """A line of a journal, with a sum by which it is known whether all of it was written, and nothing else."""
    text = json.dumps(body)
    return f"{crc32(text.encode()):08x} {text}"


def unsealed(line: bytes) -> dict[str, Any] | None:
    """What a line was made of; None for one that is not whole."""
    seal, _, text = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or seal != b"%08x" % crc32(text):
        return None
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
