"""Recovery after a crash: finding journals that nobody closed, and making their documents again, with undo."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editor.document import files
from editor.document.claims import is_claimed
from editor.document.document import Document
from editor.document.drafts import Field
from editor.document.journal import DRAFT, VERSION, discard, journal_folder, unsealed
from editor.document.plain_records import from_plain
from editor.document.stamps import Stamps, stamp
from editor.document.undo import Deed, Edit
from editor.errors import ChartError, FileError, FormatError
from editor.formats import registry
from editor.formats.registry import Loaded
from editor.model.diagram import Bends, Box, Diagram, Note, Sheet
from editor.refusals import why_unread, why_unwritten

MOST_BYTES = 512 << 20


@dataclass(frozen=True, slots=True)
class Orphan:
    """A journal whose program ended without closing it; `machine` is the file, None for one never saved."""

    journal: Path
    machine: Path | None
    modified: float


@dataclass(frozen=True, slots=True)
class Recovered:
    """A document as it was a second before the crash; go on with `Journal(document, resume=journal)`."""

    document: Document
    journal: Path
    notices: tuple[str, ...]


def orphans(folder: Path | None = None) -> list[Orphan]:
    """The journals with work that was not saved, the newest first. Those with nothing in them are removed."""
    found: list[Orphan] = []
    try:
        paths = sorted((folder or journal_folder()).glob("*.journal"))
    except OSError:
        return []
    for path in paths:
        try:
            start, deeds, _ = _read(path)
            modified = path.stat().st_mtime
        except (FileError, FormatError, OSError):
            continue
        if is_claimed(path):
            continue
        if not _is_anything_left(deeds):
            discard(path)
            continue
        found.append(Orphan(path, _machine_path(start, deeds), modified))
    return sorted(found, key=lambda each: each.modified, reverse=True)


def _is_anything_left(deeds: list[dict[str, Any]]) -> bool:
    """Whether a journal has work that was not saved, or a text that was being typed."""
    last = next((deed for deed in reversed(deeds) if deed.get("do") != DRAFT), None)
    typed = {str(deed.get("field")): deed.get("text") for deed in deeds if deed.get("do") == DRAFT}
    is_saved = last is None or last.get("do") == Deed.SAVED.value
    return not is_saved or any(text is not None for text in typed.values())


def _machine_path(start: dict[str, Any], deeds: list[dict[str, Any]]) -> Path | None:
    texts = [start.get("path"), *(deed.get("path") for deed in deeds if deed.get("do") == Deed.SAVED.value)]
    named = [text for text in texts if isinstance(text, str)]
    return Path(named[-1]) if named else None


def _read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[int]]:
    """The first line, the deeds that were written whole, and at how many bytes each line ends."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileError(f"{path} is too large to be recovered.")
        data = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path} cannot be read: {why_unread(error)}.") from None
    found: list[dict[str, Any]] = []
    lengths: list[int] = []
    for line in data.splitlines(keepends=True):
        value = unsealed(line)
        if value is None:
            break
        found.append(value)
        lengths.append((lengths[-1] if lengths else 0) + len(line))
    if not found or found[0].get("version") != VERSION:
        raise FileError(f"{path} is no journal of this version of the editor.")
    return found[0], found[1:], lengths


def recover(path: Path) -> Recovered:
    """The document of a journal, with everything that can be undone; what is damaged at its end is left out.

    Raises:
        FileError: the journal cannot be read.
        FormatError: its beginning cannot.
    """
    start, deeds, lengths = _read(path)
    document = _begin(start)
    notices: list[str] = []
    length = lengths[-1]
    for count, deed in enumerate(deeds):
        try:
            _do(document, deed, count)
        except (ChartError, FormatError):
            length = lengths[count]
            aside = _set_aside(path)
            kept = f" They are kept in {aside}." if aside is not None else ""
            notices.append(f"{len(deeds) - count} of {len(deeds)} steps could not be done again.{kept}")
            break
    document.undo_stack.seal()
    try:
        # what is added from here on has to follow what was done again
        os.truncate(path, length)
    except OSError as error:
        notices.append(f"{path} cannot be written to: {why_unwritten(error)}.")
    document.notices = tuple(notices)
    return Recovered(document, path, tuple(notices))


def _set_aside(path: Path) -> Path | None:
    """A copy of a journal of which not all can be done again; None where it cannot be made."""
    aside = path.with_suffix(".damaged")
    try:
        shutil.copyfile(path, aside)
    except OSError:
        return None
    return aside


def _begin(start: dict[str, Any]) -> Document:
    machine, path = start.get("machine"), start.get("path")
    diagram = Diagram()
    for box in start.get("boxes", ()):
        made = from_plain(box)
        if isinstance(made, Box):
            diagram.put_box(made.id, made)
    for bends in start.get("bends", ()):
        made = from_plain(bends)
        if isinstance(made, Bends):
            diagram.put_bends(made.id, made)
    for note in start.get("notes", ()):
        made = from_plain(note)
        if isinstance(made, Note):
            diagram.put_note(made.id, made)
    sheet = from_plain(start.get("sheet"))
    if isinstance(sheet, Sheet):
        diagram.sheet = sheet
    if not isinstance(machine, str):
        return Document(files.new_document().chart, diagram)
    loaded = registry.read(machine, Path(path if isinstance(path, str) else "machine.yaml"))
    document = Document(loaded.chart.copy(), diagram, loaded=loaded)
    if isinstance(path, str):
        _remember(document, Path(path), stamp(loaded.data), start.get("layout"))
    return document


def _do(document: Document, deed: dict[str, Any], count: int) -> None:
    """One line again. An edit has a key of its own, so that what was folded into it can be folded again.

    Nothing stays selected in between, since losing a selection ends the folding.
    """
    match deed:
        case {
            "do": Deed.EDIT.value | Deed.MERGE.value as word,
            "label": str(label),
            "changes": list(changes),
        }:
            key = document.undo_stack.open_key if word == Deed.MERGE.value else count
            document.apply(Edit(label, tuple(from_plain(each) for each in changes)), merge_key=key)
        case {"do": Deed.UNDO.value}:
            document.undo()
            document.selection.replace([])
        case {"do": Deed.REDO.value}:
            document.redo()
            document.selection.replace([])
        case {"do": Deed.GO.value, "number": int(number)}:
            step = document.undo_stack.find(number)
            if step is None:
                raise FormatError([])
            document.go_to(step)
            document.selection.replace([])
        case {"do": Deed.SAVED.value, "path": str(path), "stamp": machine}:
            _remember(document, Path(path), machine, deed.get("layout"))
            document.loaded = _on_disk(document, Path(path), machine)
            document.mark_saved()
        case {"do": word, "field": [str(element), str(name)], "text": str() | None as text} if word == DRAFT:
            document.drafts.put(Field(element, name), text)
        case _:
            raise FormatError([])


def _remember(document: Document, path: Path, machine: object, layout: object) -> None:
    """Where the document stands on disk; the next save patches what is still as it was then."""
    document.path = path
    known = layout if isinstance(layout, str) else None
    document.stamps = Stamps(machine if isinstance(machine, str) else None, known)
    document.layout_text = files.read_layout_text(path, document.chart, known)


def _on_disk(document: Document, path: Path, known: object) -> Loaded | None:
    try:
        data = files.read_bytes(path)
        if stamp(data) != known:
            return None
        fresh = registry.read(data, path)
    except (FileError, FormatError):
        return None
    return registry.with_ids_of(document.chart.copy(), fresh)
