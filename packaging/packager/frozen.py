"""A frozen program as it lies in its folder: what the packages of all systems are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from packager.bill import Bill

INSIDE = "_internal"
"""PyInstaller's name of the folder beside the program that holds everything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file as PyInstaller gathered it, whose word `kind` is."""

    target: str
    source: str
    kind: str

    @property
    def is_link(self) -> bool:
        """Whether it only points at another file of the folder."""
        return self.kind == "SYMLINK"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A frozen program: where it lies, what went into it, and what it is made of.

    `packed` is a folder beside it with what lies packed in it, as it was before; None where nothing does.
    """

    folder: Path
    files: tuple[File, ...]
    bill: Bill
    packed: Path | None = None

    @property
    def resources(self) -> Path:
        """The folder of the editor's resources."""
        return resources_of(self.folder)


def resources_of(folder: Path) -> Path:
    """The resources in a frozen folder, or in a bundle of macOS."""
    bundled = folder / "Contents" / "Resources" / "resources"
    return bundled if bundled.is_dir() else folder / INSIDE / "resources"


def read_manifest(text: str) -> tuple[File, ...]:
    """What the spec wrote down of the files it gathered."""
    return tuple(File(**row) for row in json.loads(text))
