"""Where the files of resources/ lie: beside the package in a checkout, inside it in a wheel or frozen app."""

from __future__ import annotations

import sys
from pathlib import Path


def root() -> Path:
    """The folder that holds icons, themes, examples and schema."""
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(str(frozen)) / "resources"
    inside = package / "_resources"
    return inside if inside.is_dir() else package.parent / "resources"


def path(*parts: str) -> Path:
    """The path of one file below the resources, such as `path("themes", "light.json")`."""
    return root().joinpath(*parts)


def examples() -> list[Path]:
    """The example machines, by name; layouts and scenarios beside them are left out."""
    found = root().joinpath("examples").glob("*.yaml")
    return sorted(each for each in found if each.name.count(".") == 1)
