"""The libraries that propose drawings: fetched by npm at pinned versions, put among the resources as they are."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from editor import components
from editor.components import Component
from packager.errors import PackagingError, ToolMissingError
from packager.product import PACKAGING, ROOT

FOLDER = ROOT / "resources" / "layout" / "engine"
LOCK = PACKAGING / "layout"
"""Has `package.json` and the lock with a SHA-512 sum of each package, which npm holds what it gets against."""
FILES = {
    "elkjs": ("package.json", "LICENSE.md", "lib/elk-worker.min.js"),
    "libavoid-js": ("package.json", "LICENSE", "dist/index.js", "dist/libavoid.wasm"),
}
"""What is kept of each package: what runs, unmodified, and its licence."""
Run = Callable[[Sequence[str], Path], None]


def fetch(folder: Path = FOLDER, run: Run | None = None) -> bool:
    """Bring the libraries to their folder; False where they are there already.

    Raises:
        ToolMissingError: npm is not installed.
        PackagingError: npm could not get them, or a sum is not as pinned.
    """
    if is_there(folder):
        return False
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for each in ("package.json", "package-lock.json"):
            shutil.copy(LOCK / each, work / each)
        (run or _npm)(("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"), work)
        for package, files in FILES.items():
            if version_in(work / "node_modules", package) != pinned()[package]:
                raise PackagingError(f"npm brought no {package} {pinned()[package]}.")
            shutil.rmtree(folder / package, ignore_errors=True)
            for file in files:
                target = folder / package / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(work / "node_modules" / package / file, target)
    return True


def is_there(folder: Path = FOLDER) -> bool:
    """Whether all files are there, of the pinned versions."""
    return all(
        version_in(folder, package) == version and all((folder / package / file).is_file() for file in files)
        for (package, files), version in zip(FILES.items(), pinned().values(), strict=True)
    )


def pinned() -> dict[str, str]:
    """The version of each package, as the lock has it."""
    lock = json.loads((LOCK / "package-lock.json").read_text(encoding="utf-8"))
    return {package: str(lock["packages"][f"node_modules/{package}"]["version"]) for package in FILES}


def version_in(folder: Path, package: str) -> str | None:
    """The version of a package below a folder; None where it is not there."""
    try:
        told = json.loads((folder / package / "package.json").read_text(encoding="utf-8"))
        return str(told["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _npm(words: Sequence[str], folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise ToolMissingError(
            "npm is missing, which fetches the libraries that propose drawings. Install it from Node.js or from the "
            "packages of the system; without them the program draws with graphlay."
        )
    done = subprocess.run([npm, *words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise PackagingError(
            f"npm could not get the libraries that propose drawings:\n{done.stderr.strip()[-2000:]}"
        )


def owner_name(place: str) -> str | None:
    """The package that a file below the resources is of; None for ours."""
    try:
        package = Path(place).resolve().relative_to(FOLDER.resolve()).parts[0]
    except (ValueError, IndexError):
        return None
    return package if package in FILES else None


def component(package: str) -> Component:
    """A package as the licence page and the bill of materials have it."""
    return next(each for each in components.bundled(FOLDER) if each.name == package)
