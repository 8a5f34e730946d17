from __future__ import annotations

import os
import tarfile
from pathlib import Path

from packager import archive


def make(folder: Path) -> Path:
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "b.txt").write_text("b", encoding="utf-8")
    (folder / "program").write_text("a", encoding="utf-8")
    (folder / "program").chmod(0o755)
    (folder / "link").symlink_to("inner/b.txt")
    return folder


def test_the_same_files_make_the_same_bytes_whenever_and_by_whomever(tmp_path: Path) -> None:
    first, second = make(tmp_path / "one" / "app"), make(tmp_path / "two" / "app")
    os.utime(first / "program", (1, 1))
    (second / "inner" / "b.txt").chmod(0o600)
    archive.pack(first, tmp_path / "1.tar.gz", 5)
    archive.pack(second, tmp_path / "2.tar.gz", 5)
    assert (tmp_path / "1.tar.gz").read_bytes() == (tmp_path / "2.tar.gz").read_bytes()


def test_everything_lies_below_one_folder_with_links_kept(tmp_path: Path) -> None:
    archive.pack(make(tmp_path / "app"), tmp_path / "x.tar.gz", 5)
    with tarfile.open(tmp_path / "x.tar.gz") as packed:
        rows = {row.name: row for row in packed.getmembers()}
    assert set(rows) == {"app", "app/inner", "app/inner/b.txt", "app/link", "app/program"}
    assert rows["app/link"].linkname == "inner/b.txt"
    assert (rows["app/program"].mode, rows["app/inner/b.txt"].mode) == (0o755, 0o644)
    assert {(row.uid, row.uname, row.mtime) for row in rows.values()} == {(0, "root", 5)}
