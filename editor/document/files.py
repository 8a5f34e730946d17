"""Opening and saving: written beside, flushed, then renamed; what changed on disk is never overwritten blindly."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from pathlib import Path

from editor import collecting
from editor.document.document import Document
from editor.document.later import Later
from editor.document.stamps import Stamps, stamp
from editor.errors import FileError, FormatError
from editor.formats import layout_file, registry
from editor.formats.layout_file import LayoutText
from editor.formats.registry import Loaded
from editor.formats.yaml_tree import MOST_BYTES, parse
from editor.layout import auto
from editor.layout.sizes import Measure, TableMeasure
from editor.model.chart import Chart
from editor.model.diagram import Diagram, Sheet
from editor.model.elements import ROOT, State
from editor.refusals import why_unread, why_unwritten


class ChangedOnDiskError(FileError):
    """The file or its layout was changed by another program since it was read; nothing was written."""


class DiskState(Enum):
    """How a machine's files are, compared with when they were read or written last."""

    SAME = "same"
    CHANGED = "changed"
    VANISHED = "vanished"


def layout_path(path: Path) -> Path:
    """The layout beside a machine."""
    return path.with_name(path.stem + ".layout.yaml")


def damaged_path(beside: Path) -> Path:
    """Where a layout is kept that could not be read."""
    return beside.with_name(beside.name + ".damaged")


def read_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        FileError: it is missing, a folder, not readable, or too large.
    """
    try:
        if path.is_dir():
            raise FileError(f"{path} is a folder. Name a file in it.")
        if path.exists() and not path.is_file():
            raise FileError(f"{path} is no ordinary file. Name one that is.")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise FileError(f"{path} has {size / 1e6:.0f} MB; machines have at most {MOST_BYTES >> 20} MB.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise FileError(f"{path} does not exist. Check the name.") from None
    except PermissionError:
        raise FileError(f"{path} may not be read. Check its permissions.") from None
    except OSError as error:
        raise FileError(f"{path} cannot be read: {why_unread(error)}.") from None
    except ValueError:
        raise FileError(f"{str(path)!r} is no file name.") from None


def read_machine(path: Path) -> Loaded:
    """A machine without its layout.

    Raises:
        FileError: the file cannot be read.
        FormatError: it is no machine.
    """
    data = read_bytes(path)
    registry.format_of(path)
    return registry.read(data, path)


def new_document() -> Document:
    """An empty chart."""
    return Document(Chart(State(id=ROOT, parent=None, key="machine")), Diagram())


def open_document(path: Path, measure: Measure | None = None) -> Document:
    """A machine with its layout; one without is laid out.

    Raises:
        FileError: the file cannot be read.
        FormatError: it is no machine.
    """
    data = read_bytes(path)
    registry.format_of(path)
    with collecting.lasting():
        loaded = registry.read(data, path)
        chart = loaded.chart.copy()
        diagram, text, layout, notices = _read_layout(path, chart)
        completed = auto.complete(chart, diagram, measure or TableMeasure())
    document = Document(chart, completed, path=path, loaded=loaded)
    document.layout_text = text
    document.notices = notices
    document.stamps = Stamps(stamp(data), layout)
    return document


def redrawn(document: Document, diagram: Diagram) -> Document:
    """A document that was opened and not touched since, with other places; for one whose places nobody has chosen."""
    made = Document(document.chart, diagram, path=document.path, loaded=document.loaded)
    made.layout_text = document.layout_text
    made.notices = document.notices
    made.stamps = document.stamps
    return made


def _read_layout(path: Path, chart: Chart) -> tuple[Diagram, LayoutText | None, str | None, tuple[str, ...]]:
    """The places, the text they stand in, the stamp of that, and what is to be told."""
    beside = layout_path(path)
    if not beside.exists():
        return Diagram(), None, None, ()
    seen: str | None = None
    try:
        data = read_bytes(beside)
        seen = stamp(data)
        diagram, text, notices = layout_file.read(data, chart, name=str(beside))
    except (FormatError, FileError) as error:
        kept = f" Saving keeps the old one as {damaged_path(beside).name}." if beside.is_file() else ""
        return Diagram(), None, seen, (f"The layout was made anew.{kept} {error}",)
    return diagram, text, seen, tuple(notice.message for notice in notices)


def laid_out(path: Path, chart: Chart) -> Diagram:
    """Where a machine that was read from a file is drawn: as its layout says, and what has no place there by itself."""
    return auto.complete(chart, _read_layout(path, chart)[0], TableMeasure())


def read_sheet(path: Path, chart: Chart) -> Sheet:
    """What the layout beside a machine says about it as a whole; nothing where there is none that can be read."""
    return _read_layout(path, chart)[0].sheet


def read_layout_text(path: Path, chart: Chart, known: str | None) -> LayoutText | None:
    """The text of the layout beside a machine, for saving to patch; None unless it has a known stamp."""
    try:
        data = read_bytes(layout_path(path))
        return layout_file.read(data, chart)[1] if stamp(data) == known else None
    except (FormatError, FileError):
        return None


def on_disk(path: Path) -> Stamps:
    """The files of a machine as they are now."""
    return Stamps(_stamp_of(path), _stamp_of(layout_path(path)))


def _stamp_of(path: Path) -> str | None:
    try:
        return stamp(read_bytes(path))
    except FileError:
        return None


def disk_state(document: Document, now: Stamps | None = None) -> DiskState:
    """Whether another program changed or removed what a document was read from; `now` is what `on_disk` said.

    A layout that vanished is no loss: saving writes it again.
    """
    known = document.stamps
    if document.path is None or known.machine is None:
        return DiskState.SAME
    now = now or on_disk(document.path)
    if now.machine is None:
        return DiskState.VANISHED
    is_same = now.machine == known.machine and now.layout in (known.layout, None)
    return DiskState.SAME if is_same else DiskState.CHANGED


def save(document: Document, path: Path | None = None, *, force: bool = False) -> None:
    """Write the machine, and its layout when that changed.

    Raises:
        ChangedOnDiskError: another program changed the file or its layout, and `force` is not set.
        FileError: it cannot be written; the old file is as it was.
    """
    target = path or document.path
    if target is None:
        raise FileError("The machine has no file yet. Choose one with Save as.")
    registry.check_suffix(target)
    is_same_file = document.path is not None and target == document.path
    if is_same_file and document.is_import:
        raise FileError(f"{target} is in a format that cannot be written. Choose another name with Save as.")
    if is_same_file and not force:
        _refuse_strangers(document, target)
    with collecting.paused():
        data = registry.write(document.chart, target, document.loaded).data
    is_there = is_same_file and document.stamps.machine == stamp(data) and target.exists()
    if force or not is_there:
        write_bytes(target, data)
    # known at once: when the layout fails, what was just written is not another program's
    document.path = target
    document.stamps = Stamps(stamp(data), document.stamps.layout if is_same_file else None)
    _read_back(document, data, target)
    _save_layout(document, target, document.layout_text if is_same_file else None, force=force)
    document.mark_saved()


def save_copy(document: Document, path: Path) -> None:
    """Write a document as it is now to another file, with its layout; the document stays with its own.

    Raises:
        FileError: it cannot be written.
    """
    save(Document(document.chart, document.diagram, loaded=document.loaded), path, force=True)


def losses(document: Document, path: Path) -> tuple[str, ...]:
    """What a document means that a file would not hold, or that others take otherwise there.

    Raises:
        FileError: no format has such a name, or it cannot hold the document at all.
    """
    told = registry.write(document.chart, path, document.loaded).notices
    return tuple(notice.message for notice in told)


def _refuse_strangers(document: Document, target: Path) -> None:
    now = on_disk(target)
    if disk_state(document, now) is DiskState.CHANGED:
        changed = target if now.machine != document.stamps.machine else layout_path(target)
        raise ChangedOnDiskError(f"{changed} was changed by another program since it was opened.")


def _read_back(document: Document, data: bytes, target: Path) -> None:
    """Read what was written, beside the work at hand, with the ids of the document, for the next save to patch."""
    chart = document.chart.copy()

    document.load_later(Later(lambda: registry.with_ids_of(chart, registry.read(data, target))))


def _save_layout(document: Document, target: Path, before: LayoutText | None, *, force: bool) -> None:
    beside = layout_path(target)
    if before is None:
        _set_damaged_aside(beside)
    with collecting.paused():
        after = layout_file.rewrite(before, document.chart, document.diagram, target.name)
    data = after.text.encode("utf-8")
    if force or before is None or after.text != before.text or not beside.exists():
        write_bytes(beside, data)
    document.layout_text = after
    document.stamps = replace(document.stamps, layout=stamp(data))


def save_layout(document: Document, opened: Document) -> None:
    """Write the places of a document alone, into the layout of the machine that was opened; comments in it stay.

    Raises:
        ChangedOnDiskError: another program changed the machine or its layout since.
        FileError: it cannot be written; the old layout is as it was.
    """
    if opened.path is None:
        raise FileError("The machine has no file yet, so there is nothing to put its layout beside.")
    _refuse_strangers(opened, opened.path)
    document.stamps = opened.stamps
    _save_layout(document, opened.path, opened.layout_text, force=False)


def copy_layout(source: Path, target: Path) -> bool:
    """Give one machine's file the layout of another; False where it has one, which is never overwritten.

    Raises:
        FileError: a file cannot be read or written.
    """
    old, new = layout_path(source), layout_path(target)
    if not old.exists() or os.path.realpath(old) == os.path.realpath(new):
        return True
    if new.exists():
        return False
    write_bytes(new, read_bytes(old))
    return True


def _set_damaged_aside(beside: Path) -> None:
    """Rename a layout that cannot be read, since its places may have been the work of days.

    Raises:
        FileError: it cannot be renamed.
    """
    if not beside.is_file():
        return
    with suppress(FormatError, FileError):
        if isinstance(parse(read_bytes(beside)).value, dict | None):
            return
    try:
        os.replace(beside, damaged_path(beside))
    except OSError as error:
        reason = why_unwritten(error)
        raise FileError(
            f"{beside} cannot be read, and not be set aside: {reason}. Move it away, then save again."
        ) from None


def write_text(path: Path, text: str) -> None:
    """Write a text file, all or nothing.

    Raises:
        FileError: it cannot be written; an old file is as it was.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write beside, flush to disk, then rename over the old file, which keeps its permissions.

    Raises:
        FileError: it cannot be written; an old file is as it was.
    """
    target = Path(os.path.realpath(path))
    beside = ""
    try:
        if target.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        mode = target.stat().st_mode & 0o7777 if target.exists() else None
        if target.exists() and not os.access(target, os.W_OK):
            raise _not_written(path, "the file is write-protected")
        handle, beside = tempfile.mkstemp(prefix=".saving-", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        with suppress(PermissionError, NotImplementedError):
            # some file systems know no permissions
            os.chmod(beside, mode if mode is not None else 0o666 & ~umask)
        os.replace(beside, target)
    except (OSError, ValueError) as error:
        if beside:
            with suppress(OSError):
                os.unlink(beside)
        raise _not_written(path, why_unwritten(error)) from None


def _not_written(path: Path, reason: str) -> FileError:
    return FileError(f"{path} was not written: {reason}. Nothing was lost; save to another place.")
