"""Previous versions: what a machine's file held before it was saved over, kept for a while in the state folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from editor.document import files
from editor.errors import FileError
from editor.folders import state_folder

MOST_VERSIONS = 20
"""Versions of one machine that are kept."""
MOST_BYTES = 256 << 20
"""Bytes of the versions of all machines together."""
_STAMP = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True, slots=True)
class Version:
    """What a file held until `when` (in UTC), with its layout beside it."""

    path: Path
    when: datetime


def versions_folder(machine: Path) -> Path:
    """Where the versions of a machine are kept."""
    name = hashlib.blake2b(os.fsencode(os.path.realpath(machine)), digest_size=12).hexdigest()
    return state_folder() / "versions" / name


def versions(machine: Path) -> list[Version]:
    """The versions of a machine, the newest first."""
    found = [Version(path, when) for path, when in _dated(versions_folder(machine))]
    return sorted(found, key=lambda each: each.when, reverse=True)


def keep(machine: Path, now: datetime | None = None) -> None:
    """Keep what a file holds, before it is saved over; nothing where there is none, or it is kept already.

    It never stands in the way of saving: where it cannot be kept, it is not.
    """
    try:
        if machine.is_file():
            _keep(machine, now or datetime.now(UTC))
    except (FileError, OSError):
        return


def _keep(machine: Path, now: datetime) -> None:
    data = files.read_bytes(machine)
    beside = files.layout_path(machine)
    layout = files.read_bytes(beside) if beside.is_file() else None
    known = versions(machine)
    if known and _holds(known[0].path, data, layout):
        return
    folder = versions_folder(machine)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{now.astimezone(UTC).strftime(_STAMP)}-{machine.name}"
    if layout is not None:
        files.write_bytes(files.layout_path(target), layout)
    files.write_bytes(target, data)
    for each in versions(machine)[MOST_VERSIONS:]:
        _drop(each.path)
    _keep_within(MOST_BYTES)


def _holds(path: Path, data: bytes, layout: bytes | None) -> bool:
    beside = files.layout_path(path)
    return files.read_bytes(path) == data and layout == (
        files.read_bytes(beside) if beside.is_file() else None
    )


def _keep_within(most: int) -> None:
    """Drop the oldest versions of all machines that are too many bytes, but never the last that was kept."""
    found = [pair for folder in (state_folder() / "versions").iterdir() for pair in _dated(folder)]
    total = 0
    for number, (path, _) in enumerate(sorted(found, key=lambda pair: pair[1], reverse=True)):
        beside = files.layout_path(path)
        total += path.stat().st_size + (beside.stat().st_size if beside.is_file() else 0)
        if total > most and number:
            _drop(path)


def _dated(folder: Path) -> Iterator[tuple[Path, datetime]]:
    """The machines in a folder of versions, with the time in their names."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return
    for path in paths:
        if path.stem.endswith(".layout"):
            continue
        try:
            when = datetime.strptime(path.name.partition("-")[0], _STAMP)
        except ValueError:
            continue
        yield path, when.replace(tzinfo=UTC)


def _drop(path: Path) -> None:
    for each in (path, files.layout_path(path)):
        each.unlink(missing_ok=True)
