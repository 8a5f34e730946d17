"""The portable archive: the frozen folder as `.tar.gz`, the same bytes for the same files."""

from __future__ import annotations

import gzip
import tarfile
from pathlib import Path


def pack(folder: Path, output: Path, time: int) -> None:
    """Pack a folder under its own name; every file gets `time` (seconds since 1970) and belongs to root."""

    def plain(row: tarfile.TarInfo) -> tarfile.TarInfo:
        row.uid = row.gid = 0
        row.uname = row.gname = "root"
        row.mtime = time
        row.mode = 0o755 if row.isdir() or row.mode & 0o100 else 0o644
        return row

    with (
        output.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=time) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as made,
    ):
        made.add(folder, folder.name, recursive=False, filter=plain)
        for path in sorted(folder.rglob("*")):
            made.add(
                path, f"{folder.name}/{path.relative_to(folder).as_posix()}", recursive=False, filter=plain
            )
