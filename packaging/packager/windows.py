"""The installer for Windows, by Inno Setup, and what the program says of itself there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from packager import programs
from packager.frozen import Frozen
from packager.product import NAME, PACKAGING, SUMMARY, TEAM, TITLE, version

TOOL = "ISCC"
HOW = "Install Inno Setup 6 (choco install innosetup, or from https://jrsoftware.org) and put its folder on the PATH."
_USUAL = Path(os.environ.get("PROGRAMFILES(X86)", "C:/Program Files (x86)")) / "Inno Setup 6" / "ISCC.exe"


def make(frozen: Frozen, icons: Path, work: Path, output: Path) -> Path:
    """Make the installer in the folder `output`; returns its path.

    Raises:
        ToolMissingError: Inno Setup is not installed.
        PackagingError: it failed.
    """
    tool = str(_USUAL) if _USUAL.is_file() else programs.find(TOOL, HOW)
    base = f"{NAME}-{version()}-setup"
    programs.run(
        [
            tool, "/Q", f"/DVersion={version()}", f"/DFolder={frozen.folder}", f"/O{output}", f"/F{base}",
            str(PACKAGING / "windows" / f"{NAME}.iss"),
        ]
    )  # fmt: skip
    return output / f"{base}.exe"


def version_resource() -> str:
    """What Windows shows as the properties of the program, in the form that PyInstaller reads."""
    four = tuple([*map(int, re.findall(r"\d+", version())), 0, 0, 0, 0][:4])
    words = {
        "CompanyName": TEAM, "FileDescription": f"{TITLE}: {SUMMARY[0].lower()}{SUMMARY[1:]}",
        "FileVersion": version(), "InternalName": NAME, "OriginalFilename": f"{NAME}.exe",
        "ProductName": TITLE, "ProductVersion": version(), "LegalCopyright": f"{TEAM}. MIT licence.",
    }  # fmt: skip
    rows = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={four}, prodvers={four}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{rows}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )
