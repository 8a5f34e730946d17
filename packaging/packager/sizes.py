"""How much room the frozen program takes, part by part, and the most that it may take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from packager.errors import PackagingError
from packager.owners import Owner

MOST = 140_000_000
"""Bytes that the installed program may take."""
_PARTS = (
    ("Unicode data (ICU)", ("libicu",)),
    ("Qt", ("libqt6", "qt6", "/plugins/")),
    ("Qt for Python", ("pyside6", "shiboken")),
    ("Python", ("libpython", "python3", "lib-dynload", "base_library")),
    ("lxml", ("lxml/",)),
    ("graphlay", ("graphlay/",)),
    ("PyYAML", ("yaml/",)),
    ("V8, packed", ("resources/v8/",)),
    ("resources", ("resources/",)),
)
"""Names of parts, and what the places of their files contain; the first that fits counts."""
PROGRAM = "the program and its modules"


def by_part(folder: Path, owner_of: Mapping[str, Owner]) -> dict[str, int]:
    """Bytes by part, the largest first; links take no room."""
    made: dict[str, int] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            part = _part(path.relative_to(folder).as_posix(), owner_of)
            made[part] = made.get(part, 0) + path.stat().st_size
    return dict(sorted(made.items(), key=lambda pair: -pair[1]))


def _part(place: str, owner_of: Mapping[str, Owner]) -> str:
    inside = place.partition("/")[2]
    owner = owner_of.get(inside)
    if owner is not None and owner.kind == "deb":
        return "libraries of the system"
    lowered = place.lower()
    return next((name for name, marks in _PARTS if any(mark in lowered for mark in marks)), PROGRAM)


def table(parts: Mapping[str, int]) -> str:
    """The parts as lines, with the sum below."""
    rows = [*parts.items(), ("all", sum(parts.values()))]
    return "\n".join(f"  {size / 1e6:7.1f} MB  {name}" for name, size in rows)


def require_small(parts: Mapping[str, int]) -> None:
    """See that all parts together fit.

    Raises:
        PackagingError: they take more than may be.
    """
    size = sum(parts.values())
    if size > MOST:
        raise PackagingError(
            f"The program takes {size / 1e6:.0f} MB, and may take {MOST / 1e6:.0f}. See what is new in it above, and "
            "leave out what is not used in packaging/packager/contents.py."
        )
