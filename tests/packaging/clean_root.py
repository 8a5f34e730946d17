"""A root in which nothing is installed but the package and what it requires: where one finds out what it forgot."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOME = "/root"


class NoRootError(Exception):
    """A clean root cannot be made; says why."""


@dataclass(frozen=True)
class Root:
    """An installed package. `is_whole`: it is a system of its own; else its files lie beside those of this system."""

    folder: Path
    is_whole: bool

    @property
    def home(self) -> Path:
        """The home of who uses the program."""
        return self.folder / HOME.lstrip("/")

    def inside(self, path: Path) -> str:
        """How the program calls a path below the root."""
        return f"/{path.relative_to(self.folder)}" if self.is_whole else str(path)

    def command(self, line: str, display: str) -> list[str]:
        """A command for a line of a desktop entry, with an environment of its own."""
        bins = "/usr/bin:/bin" if self.is_whole else f"{self.folder}/usr/bin:/usr/bin:/bin"
        home = self.inside(self.home)
        own = ["env", "-i", f"HOME={home}", f"PATH={bins}", f"DISPLAY={display}", "LANG=C.UTF-8"]
        words = [*own, "sh", "-c", f"cd {home} && exec {line}"]
        return ["chroot", str(self.folder), *words] if self.is_whole else words


@contextmanager
def installed(package: Path, work: Path, *, is_whole: bool) -> Iterator[Root]:
    """The package in a root below `work`: a fresh Debian by debootstrap, else only its own files unpacked."""
    folder = work / "root"
    shutil.rmtree(folder, ignore_errors=True)
    if not is_whole:
        subprocess.run(["dpkg", "-x", str(package), str(folder)], check=True)
        (folder / HOME.lstrip("/")).mkdir(parents=True, exist_ok=True)
        yield Root(folder, is_whole=False)
        return
    codename, mirror = _release(), _mirror()
    subprocess.run(["debootstrap", "--variant=minbase", codename, str(folder), mirror], check=True)
    subprocess.run(["mount", "-t", "proc", "proc", str(folder / "proc")], check=True)
    try:
        shutil.copy(package, folder / "tmp" / package.name)
        _inside(folder, ["apt-get", "install", "-y", "--no-install-recommends", f"/tmp/{package.name}"])
        yield Root(folder, is_whole=True)
    finally:
        subprocess.run(["umount", "--lazy", str(folder / "proc")], check=False)


def may_be_whole() -> bool:
    """Whether a fresh Debian can be made here."""
    return os.geteuid() == 0 and shutil.which("debootstrap") is not None


def remove(root: Root, package: str) -> None:
    """Remove the package again, as its user would."""
    _inside(root.folder, ["apt-get", "purge", "-y", package])


def _inside(folder: Path, command: Sequence[str]) -> None:
    environment = {
        "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
        "DEBIAN_FRONTEND": "noninteractive",
        "LANG": "C.UTF-8",
    }
    subprocess.run(["chroot", str(folder), *command], env=environment, check=True, stdout=subprocess.DEVNULL)


def _release() -> str:
    """The code name of the Debian that this is: the package is made for it and for newer ones."""
    try:
        return platform.freedesktop_os_release()["VERSION_CODENAME"]
    except (OSError, KeyError):
        raise NoRootError("This system does not say which release of Debian it is.") from None


def _mirror() -> str:
    """Where this machine gets its packages from."""
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(CODENAME)"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    for row in told:
        site, _, codename = row.partition(" ")
        if codename == _release():
            return site
    raise NoRootError("apt knows no mirror of this release. Run apt-get update.")
