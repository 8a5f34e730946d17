"""Whose each frozen file is: of a distribution, of Python, of the system it was frozen on, or our own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from packager import engine
from packager.errors import PackagingError
from packager.product import ROOT

PYTHON = "Python"
MICROSOFT = "Microsoft Visual C++ runtime"
_OF_MICROSOFT = ("vcruntime", "msvcp", "api-ms-win", "ucrtbase", "concrt")


@dataclass(frozen=True, slots=True, order=True)
class Owner:
    """Who a file comes from. `kind`: `ours`, `pypi`, `npm`, `deb` or `generic`."""

    kind: str
    name: str


OURS = Owner("ours", "statechart-editor")
OF_PYTHON = Owner("generic", PYTHON)


def of_files(sources: Iterable[str], work: Path) -> dict[str, Owner]:
    """The owner of each source; what PyInstaller made below `work` is of Python, being its modules packed.

    Raises:
        PackagingError: a file belongs to nothing that is known, so that its licence is not known.
    """
    made: dict[str, Owner] = {}
    listed = _by_distribution()
    for source in sources:
        if source and source not in made:
            made[source] = _owner(source, work, listed)
    return made


def _owner(source: str, work: Path, listed: Mapping[str, str]) -> Owner:
    real = os.path.realpath(source)
    if real in listed:
        return Owner("pypi", listed[real])
    if _is_below(real, os.path.realpath(work)):
        return OF_PYTHON
    package = engine.owner_name(real)
    if package is not None:
        return Owner("npm", package)
    if _is_below(real, str(ROOT / "editor")) or _is_below(real, str(ROOT / "resources")):
        return OURS
    if Path(real).name.lower().startswith(_OF_MICROSOFT):
        return Owner("generic", MICROSOFT)
    if _is_of_python(real):
        return OF_PYTHON
    of_debian = _debian_package(source, real)
    if of_debian:
        return Owner("deb", of_debian)
    raise PackagingError(
        f"{source} would be packaged, but belongs to no distribution, to no package of the system and not to Python: "
        "its licence is not known. Leave it out in packaging/packager/contents.py, or install it from a package."
    )


@cache
def _by_distribution() -> dict[str, str]:
    """Each file that an installed distribution lists, and its distribution."""
    made: dict[str, str] = {}
    for distribution in metadata.distributions():
        name = str(distribution.metadata["Name"])
        for file in distribution.files or ():
            made.setdefault(os.path.realpath(str(file.locate())), name)
    return made


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.realpath(folder) + os.sep)


def _is_of_python(real: str) -> bool:
    """Whether a file is of the interpreter or its standard library; site-packages lie below it, and are not."""
    if "site-packages" in real or "dist-packages" in real:
        return False
    if any(_is_below(real, sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")):
        return True
    # elsewhere the interpreter has a folder of its own; on Linux it may be /usr, with everything else
    is_library = sys.platform != "linux" or Path(real).name.startswith("libpython")
    return is_library and _is_below(real, sys.base_prefix)


def _debian_package(*paths: str) -> str:
    """The package of Debian that a file is of; empty when there is none, or this is no Debian."""
    if shutil.which("dpkg-query") is None:
        return ""
    short = [
        path.removeprefix("/usr") for path in paths if path.startswith("/usr/lib")
    ]  # before /usr was merged
    for path in dict.fromkeys([*paths, *short]):
        done = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.partition(": ")[0].split(",")[0].partition(":")[0]
    return ""
