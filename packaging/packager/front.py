"""The front door: what is made on this system, in which order, and what is said about it."""

from __future__ import annotations

import argparse
import hashlib
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from packager import appimage, archive, deb, engine, freeze, macos, sbom, sizes, windows
from packager.errors import PackagingError, ToolMissingError
from packager.frozen import Frozen
from packager.product import NAME, ROOT, TITLE, epoch, version

FINE, FAILED = 0, 1
Make = Callable[[Frozen, Path, Path, Path], Path]
KINDS: dict[str, dict[str, Make]] = {
    "linux": {"deb": deb.make, "appimage": appimage.make},
    "win32": {"installer": windows.make},
    "darwin": {"dmg": macos.make},
}
"""What can be made of the frozen program, by system; the archive and the bill of materials come with each."""
MAY_BE_MISSING = ("appimage",)
"""Kinds whose tool cannot be had from a registry: told, but no failure unless asked for by name."""


def main(words: Sequence[str] | None = None) -> int:
    """Make what is asked for; returns the exit code, 1 when something could not be made."""
    kinds = KINDS.get(sys.platform, {})
    parser = argparse.ArgumentParser(
        prog="build.py", description=f"Make the packages of {TITLE} for this system."
    )
    parser.add_argument("--output", type=Path, default=ROOT / "dist", metavar="DIR", help="default: dist")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "packaging", metavar="DIR")
    parser.add_argument(
        "--only", nargs="+", choices=("tar", *kinds), metavar="KIND", help=f"of tar, {', '.join(kinds)}"
    )
    options = parser.parse_args(words)
    try:
        return _make(options.output.resolve(), options.work.resolve(), kinds, options.only)
    except PackagingError as error:
        print(f"Not packaged. {error}", file=sys.stderr)
        return FAILED


def _make(output: Path, work: Path, kinds: dict[str, Make], only: Sequence[str] | None) -> int:
    output.mkdir(parents=True, exist_ok=True)
    try:
        engine.fetch()
    except ToolMissingError as error:
        print(error, file=sys.stderr, flush=True)
    print(f"Freezing {NAME} {version()} with Python {platform.python_version()}", flush=True)
    frozen = freeze.freeze(work)
    parts = sizes.by_part(frozen.folder, frozen.bill.owner_of)
    print(f"{frozen.folder}\n{sizes.table(parts)}", flush=True)
    sizes.require_small(parts)
    made = [output / f"{NAME}-{version()}.cdx.json"]
    sbom.write(frozen.bill.components, epoch(), made[0])
    if only is None or "tar" in only:
        made.append(output / f"{NAME}-{version()}-{sys.platform}-{platform.machine().lower()}.tar.gz")
        archive.pack(frozen.folder, made[-1], epoch())
    missing = []
    for kind, make in kinds.items():
        if only is None or kind in only:
            try:
                made.append(make(frozen, work / "icons", work, output))
            except ToolMissingError as error:
                print(f"No {kind}: {error}", file=sys.stderr, flush=True)
                missing.append(kind)
    for path in made:
        print(f"{_sum(path)}  {path.stat().st_size / 1e6:6.1f} MB  {path.name}")
    is_fine = all(only is None and kind in MAY_BE_MISSING for kind in missing)
    return FINE if is_fine else FAILED


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
