"""Files that the program brings packed, since they are large: unpacked once, into a folder of their own in the cache.

A folder of packed files has a list, `packed.json`: a version, and of each file the name, the size and the SHA-256 sum
of what is packed in `NAME.xz`. What is unpacked is held against its sum before it is handed out, each time.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from errno import EDQUOT, ENOSPC
from pathlib import Path

LIST = "packed.json"
SUFFIX = ".xz"
_PART = ".part"
_STALE = 3600.0
"""Seconds after which a file that was never finished belongs to nobody."""
_ROUND = 1 << 20
_LEAST_WINDOW, _MOST_WINDOW = 1 << 12, 1 << 26
_NO_ROOM = (ENOSPC, EDQUOT)


class UnpackingError(Exception):
    """What is packed cannot be had; the text is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A file in a list: its name without the suffix, and of what is in it the bytes and the SHA-256 sum."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list of packed files, of which all belong to one version of something."""

    version: str
    files: tuple[Packed, ...]

    @property
    def name(self) -> str:
        """A name that no other list has: the version, and a sum over those of the files."""
        sums = "\n".join(f"{each.name} {each.sha256}" for each in self.files)
        return f"{self.version}-{hashlib.sha256(sums.encode()).hexdigest()[:16]}"


def pack(version: str, sources: Iterable[Path], folder: Path) -> Listed:
    """Pack files into a folder, with the list; the same bytes for the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for source in sources:
        data = source.read_bytes()
        window = {
            "dict_size": max(_LEAST_WINDOW, min(_MOST_WINDOW, len(data)))
        }  # what unpacking takes of memory
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, **window}]
        (folder / f"{source.name}{SUFFIX}").write_bytes(lzma.compress(data, filters=filters))
        files.append(Packed(name=source.name, size=len(data), sha256=hashlib.sha256(data).hexdigest()))
    listed = Listed(version=version, files=tuple(files))
    (folder / LIST).write_text(json.dumps(asdict(listed), indent=1) + "\n", encoding="utf-8")
    return listed


def unpacked(packed: Path, into: Path, *inside: str) -> Path:
    """The folder below `into` with what is packed in another, in the folders `inside` of it; what others left goes.

    Any number of processes may ask at once.

    Raises:
        UnpackingError: it is damaged, or cannot be written there.
    """
    listed = _read(packed / LIST)
    folder = into / listed.name
    for file in listed.files:
        target = folder.joinpath(*inside, file.name)
        if not _is_whole(target, file):
            _unpack(packed / f"{file.name}{SUFFIX}", target, file)
    _tidy(into, folder)
    return folder


def _read(path: Path) -> Listed:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        files = tuple(Packed(**row) for row in told["files"])
        return Listed(version=str(told["version"]), files=files)
    except (OSError, ValueError, LookupError, TypeError):
        raise _damaged(path) from None


def _damaged(path: Path) -> UnpackingError:
    return UnpackingError(f"{path} is missing or damaged. Install the program again.")


def _is_whole(path: Path, file: Packed) -> bool:
    """Whether a file is there and is what was packed."""
    try:
        with path.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size != file.size:
                return False
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _unpack(source: Path, target: Path, file: Packed) -> None:
    """Unpack beside the place where the file belongs, and put it there when all of it is as it should be."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f"{file.name}.", suffix=_PART, dir=target.parent)
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as output:
            total = hashlib.sha256()
            for data in _contents(source, file):
                total.update(data)
                output.write(data)
        if total.hexdigest() != file.sha256:
            raise _damaged(source)
        os.replace(part, target)
    except OSError as error:
        if not _is_whole(
            target, file
        ):  # another process may have it in use already, where that bars replacing it
            raise _unwritable(target.parent, error) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _contents(source: Path, file: Packed) -> Iterator[bytes]:
    """What is packed in a file, piece by piece, and no more than it should be."""
    left = file.size
    try:
        with lzma.open(source) as stream:
            while left and (data := stream.read(min(left, _ROUND))):
                left -= len(data)
                yield data
    except (OSError, EOFError, lzma.LZMAError):
        raise _damaged(source) from None


def _unwritable(folder: Path, error: OSError) -> UnpackingError:
    if error.errno in _NO_ROOM:
        return UnpackingError(f"There is no room in {folder}. Make some, and try again.")
    return UnpackingError(f"{folder} cannot be written to ({error.strerror or error}).")


def _tidy(into: Path, folder: Path) -> None:
    """Remove other versions, and what was begun and never finished."""
    with suppress(OSError):
        for path in into.iterdir():
            if path != folder:
                shutil.rmtree(path, ignore_errors=True)
        for path in folder.rglob(f"*{_PART}"):
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()
