"""The AppImage: one file that runs without being installed. Its tool is in no registry, so it may be missing."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from packager import desktop, programs
from packager.frozen import Frozen
from packager.product import NAME, epoch, version

TOOL = "appimagetool"
HOW = (
    "It is in neither PyPI, npm nor Debian, and nothing is downloaded here. Get it from https://appimage.github.io, "
    "put it on the PATH, and its runtime too where there is no network (APPIMAGE_RUNTIME=FILE)."
)


def make(frozen: Frozen, icons: Path, work: Path, output: Path) -> Path:
    """Make the AppImage in the folder `output`; returns its path.

    Raises:
        ToolMissingError: the tool is not installed; says where to get it.
        PackagingError: it failed.
    """
    tool = programs.find(TOOL, HOW)
    tree = lay_out(frozen.folder, icons, work / "AppDir")
    made = output / f"{NAME}-{version()}-{platform.machine()}.AppImage"
    runtime = os.environ.get("APPIMAGE_RUNTIME", "")
    programs.run(
        [tool, *(["--runtime-file", runtime] if runtime else []), "--no-appstream", str(tree), str(made)],
        env={"ARCH": platform.machine(), "SOURCE_DATE_EPOCH": str(epoch())},
    )
    return made


def lay_out(program: Path, icons: Path, tree: Path) -> Path:
    """The folder that becomes the AppImage: the program, and what a desktop is told of it."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / "usr" / "lib" / NAME, symlinks=True)
    desktop.write(tree / "usr" / "share", icons)
    (tree / "AppRun").symlink_to(f"usr/lib/{NAME}/{NAME}")
    (tree / f"{NAME}.desktop").symlink_to(f"usr/share/applications/{NAME}.desktop")
    shutil.copyfile(icons / "256.png", tree / f"{NAME}.png")
    (tree / ".DirIcon").symlink_to(f"{NAME}.png")
    return tree
