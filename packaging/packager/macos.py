"""The bundle for macOS, what it says of itself, and the disk image that it is handed out in."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path
from typing import Any

from packager import programs
from packager.frozen import Frozen
from packager.product import ID, NAME, PACKAGING, TITLE, version

IDENTIFIER = ID.replace("_", "-")
OLDEST = "13.0"
"""The oldest macOS that Qt 6.11 runs on."""


def info() -> dict[str, Any]:
    """The additions to the bundle's Info.plist: which files it opens.

    SCXML is ours by default; YAML is offered under “Open With” and stays with whoever had it.
    """
    return {
        "CFBundleShortVersionString": version(),
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Statechart in SCXML", "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Default", "LSItemContentTypes": ["org.w3.scxml"],
            },
            {
                "CFBundleTypeName": "Statechart", "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Alternate", "LSItemContentTypes": ["public.yaml"],
            },
        ],
        "UTImportedTypeDeclarations": [
            {
                "UTTypeIdentifier": "org.w3.scxml", "UTTypeDescription": "Statechart in SCXML",
                "UTTypeConformsTo": ["public.xml"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": ["scxml"], "public.mime-type": ["application/scxml+xml"],
                },
            }
        ],
    }  # fmt: skip


def sign(bundle: Path) -> None:
    """Sign a bundle as CODESIGN_IDENTITY says, else as nobody, which is the least that macOS starts.

    A hardened program needs leave to make code while it runs, as V8 does and calls from C to Python do.

    Raises:
        PackagingError: it cannot be signed.
    """
    identity = os.environ.get("CODESIGN_IDENTITY", "")
    rights = ["--entitlements", str(PACKAGING / "macos" / "entitlements.plist")]
    hardened = ["--options", "runtime", "--timestamp", *rights] if identity else []
    programs.run(["codesign", "--force", "--deep", *hardened, "--sign", identity or "-", str(bundle)])


def make(frozen: Frozen, icons: Path, work: Path, output: Path) -> Path:
    """Make the disk image in the folder `output`; returns its path.

    Raises:
        ToolMissingError: this is no macOS.
        PackagingError: a tool failed.
    """
    tool = programs.find("hdiutil", "It comes with macOS.")
    image = work / "dmg"
    shutil.rmtree(image, ignore_errors=True)
    shutil.copytree(frozen.folder, image / frozen.folder.name, symlinks=True)
    (image / "Applications").symlink_to("/Applications")
    made = output / f"{NAME}-{version()}-{platform.machine()}.dmg"
    made.unlink(missing_ok=True)
    programs.run([tool, "create", "-volname", TITLE, "-srcfolder", str(image), "-format", "UDZO", str(made)])
    return made
