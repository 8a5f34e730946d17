"""The package for Debian and its kin. Libraries that packages of the system bring are required, not brought again."""

from __future__ import annotations

import gzip
import os
import platform
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from packager import bill, desktop, programs, sbom
from packager.bill import Bill
from packager.frozen import Frozen, resources_of
from packager.product import DESCRIPTION, MAINTAINER, NAME, ROOT, SUMMARY, TEAM, epoch, this_release, version

PROGRAM = f"usr/lib/{NAME}"
"""Where the program lies, from the root."""
_OPTIONAL = re.compile(r"/libqgtk3\.so$|wayland|/libQt6Wl\w+\.so", re.IGNORECASE)
"""Files of Qt that are used where the desktop brings their libraries, and are not looked into for what is needed."""
RECOMMENDS = "libwayland-client0, libwayland-cursor0, libwayland-egl1, shared-mime-info, desktop-file-utils"
SUGGESTS = "libgtk-3-0"
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


_LONG = re.compile(r"GENERAL PUBLIC LICENSE\s+Version|Apache License\s+Version 2")
_IN_FULL = f"""\
The text is under Help > Licences, and in /{PROGRAM}/_internal/resources/{bill.FILE}.
The licences it refers to are in /usr/share/common-licenses: Apache-2.0, GPL-2, GPL-3, LGPL-3."""


def architecture() -> str:
    """Debian's name of this machine's kind."""
    return _ARCHITECTURES.get(platform.machine(), platform.machine())


def name() -> str:
    """The name of the package's file."""
    return f"{NAME}_{version()}_{architecture()}.deb"


def make(frozen: Frozen, icons: Path, work: Path, output: Path) -> Path:
    """Make the package in the folder `output`; returns its path.

    Raises:
        ToolMissingError: a tool of Debian is not installed.
        PackagingError: a tool failed.
    """
    build = programs.debian("dpkg-deb", "dpkg")
    programs.debian("dpkg-shlibdeps", "dpkg-dev")
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(frozen.folder, tree / PROGRAM, symlinks=True)
    own = without_system(frozen, tree / PROGRAM)
    bin_ = tree / "usr" / "bin"
    bin_.mkdir(parents=True)
    (bin_ / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    desktop.write(tree / "usr" / "share", icons)
    _write_documents(tree / "usr" / "share", own)
    meta = tree / "DEBIAN"
    meta.mkdir()
    needs = dependencies(tree / PROGRAM, work / "shlibdeps", frozen.packed)
    (meta / "control").write_text(control(needs, _kilobytes(tree)), encoding="utf-8")
    sums = [
        path
        for path in sorted(tree.rglob("*"))
        if path.is_file() and not path.is_symlink() and meta not in path.parents
    ]
    told = programs.run(["md5sum", *[path.relative_to(tree).as_posix() for path in sums]], cwd=tree)
    (meta / "md5sums").write_text(told, encoding="utf-8")
    set_modes(tree)
    made = output / name()
    programs.run(
        [build, "--root-owner-group", "-Zxz", "--build", str(tree), str(made)],
        env={"SOURCE_DATE_EPOCH": str(epoch())},
    )
    return made


def without_system(frozen: Frozen, program: Path) -> Bill:
    """Take the libraries out that packages of the system own, from files and licence page; returns what is left."""
    left = []
    for each in frozen.files:
        owner = frozen.bill.owner_of.get(each.target)
        if owner is not None and owner.kind == "deb" and "/" not in each.target:
            (program / "_internal" / each.target).unlink(missing_ok=True)
        elif not each.is_link:
            left.append(owner)
    kept = [
        part
        for part in frozen.bill.components
        if part.kind != "deb" or any(owner is not None and owner.name == part.name for owner in left)
    ]
    made = Bill(components=tuple(kept), owner_of=frozen.bill.owner_of)
    (resources_of(program) / bill.FILE).write_text(bill.page(made), encoding="utf-8")
    return made


def control(needs: str, kilobytes: int) -> str:
    """The control file (Debian Policy 5.3); sizes in units of 1024 bytes."""
    long = "\n .\n".join(_folded(each) for each in DESCRIPTION)
    fields = {
        "Package": NAME,
        "Version": version(),
        "Section": "devel",
        "Priority": "optional",
        "Architecture": architecture(),
        "Maintainer": MAINTAINER,
        "Installed-Size": str(kilobytes),
        "Depends": needs,
        "Recommends": RECOMMENDS,
        "Suggests": SUGGESTS,
        "Description": f"{SUMMARY[0].lower()}{SUMMARY[1:]}\n{long}",
    }
    return "".join(f"{key}: {value}\n" for key, value in fields.items() if value)


def _folded(text: str, width: int = 78) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] += f" {word}"
    return "\n".join(lines)


def dependencies(program: Path, work: Path, packed: Path | None = None) -> str:
    """The packages whose libraries the program's files need, with those that lie packed in it."""
    shutil.rmtree(work, ignore_errors=True)
    (work / "debian").mkdir(parents=True)
    (work / "debian" / "control").write_text(
        f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n", "utf-8"
    )
    files = [
        path
        for folder in (program, packed)
        for path in sorted(folder.rglob("*") if folder is not None else ())
        if path.is_file() and not path.is_symlink() and _is_elf(path)
    ]
    places = [f"-l{folder}" for folder in sorted({str(path.parent) for path in files})]
    needed = [f"-e{path}" for path in files if not _OPTIONAL.search(path.as_posix())]
    quiet = ["--ignore-missing-info", "--warnings=0"]
    told = programs.run(["dpkg-shlibdeps", "-O", *quiet, *places, *needed], cwd=work)
    return told.strip().removeprefix("shlibs:Depends=")


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _write_documents(share: Path, own: Bill) -> None:
    """Copyright, changelog and the bill of materials."""
    folder = share / "doc" / NAME
    folder.mkdir(parents=True)
    (folder / "copyright").write_text(copyright_of(own), encoding="utf-8")
    (folder / "changelog.gz").write_bytes(gzip.compress(changelog().encode(), 9, mtime=0))
    sbom.write(own.components, epoch(), folder / f"{NAME}.cdx.json")
    overrides = share / "lintian" / "overrides" / NAME
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "packaging" / "linux" / "lintian-overrides", overrides)


def copyright_of(own: Bill) -> str:
    """The copyright file (Debian Policy 12.5): our licence, then those of the components; long ones are referred to."""
    year = datetime.fromtimestamp(epoch(), UTC).year
    head = f"{NAME} is made by {TEAM}, {year}.\nIt contains the components below, each with its licence.\n"
    pages = [
        f"{'=' * 78}\n{each.name} {each.version}\nLicence: {each.licence}\n{each.home}\n\n{_short(each.text)}"
        for each in own.components
    ]
    return "\n".join([head, *pages]) + "\n"


def _short(text: str) -> str:
    """A licence, or where it stands if it is one of those that every Debian has."""
    return _IN_FULL if _LONG.search(text) else text


def changelog() -> str:
    """The changelog as Debian writes it (Debian Policy 4.4)."""
    when = datetime.fromtimestamp(epoch(), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    points = "\n".join(_folded(f"* {each}", 76).replace("\n", "\n   ") for each in this_release().changes)
    points = points.replace(" * ", "  * ")
    return f"{NAME} ({version()}) stable; urgency=medium\n\n{points}\n\n -- {MAINTAINER}  {when}\n"


def _kilobytes(tree: Path) -> int:
    sizes = [path.lstat().st_size for path in tree.rglob("*") if not path.is_dir()]
    return sum((size + 1023) // 1024 for size in sizes)


def set_modes(tree: Path) -> None:
    """Folders and programs 755, everything else 644; libraries are no programs."""
    tree.chmod(0o755)
    for path in tree.rglob("*"):
        if path.is_symlink():
            continue
        is_program = path.is_dir() or (os.access(path, os.X_OK) and ".so" not in path.name)
        path.chmod(0o755 if is_program else 0o644)
