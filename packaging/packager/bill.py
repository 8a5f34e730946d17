"""The bill of what is frozen: a component with its licence for everybody whose files went in, and nobody else."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from editor import components
from editor.components import Component
from packager import engine, owners, v8
from packager.errors import PackagingError
from packager.owners import MICROSOFT, OURS, PYTHON, Owner
from packager.product import PACKAGING, ROOT, version

FILE = components.FILE
QT_NOTICE = """\
This contains Qt and Qt for Python, used under the GNU Lesser General Public License, version 3, whose text follows.
Qt lies in files of its own, which may be exchanged for other builds of the same version: on Linux and Windows in
_internal/PySide6, on macOS in Contents/Frameworks of the program. Its source text is that of the version above, at
https://download.qt.io/official_releases/QtForPython/ and https://download.qt.io/official_releases/qt/.
Qt itself contains code of others, among it ICU, HarfBuzz, FreeType, libpng, libjpeg-turbo, PCRE2 and zlib; their
licences are listed at https://doc.qt.io/qt-6/licenses-used-in-qt.html."""
_OF_QT = ("pyside6-essentials", "shiboken6")
_MICROSOFT_NOTICE = """\
Files of the Visual C++ runtime and the Universal C runtime that Microsoft lets programs built with Visual Studio pass
on (“Distributable Code”). Python and its libraries were built with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """The components of a frozen program, itself first, and whose each of its files is, by place in the folder."""

    components: tuple[Component, ...]
    owner_of: dict[str, Owner]


def of_files(files: Sequence[tuple[str, str]], work: Path) -> Bill:
    """The bill for pairs of a file's place in the program and where it came from.

    Raises:
        PackagingError: a file belongs to nobody, or a component has no licence or no text of it.
    """
    found = owners.of_files((source for _, source in files), work)
    others = sorted({owner for owner in found.values() if owner != OURS}, key=lambda each: each.name.lower())
    inside = v8.components() if any(owner.name == v8.DISTRIBUTION for owner in others) else ()
    made = (ours(), *(component_of(owner) for owner in others), *inside)
    require_licences(made)
    return Bill(
        components=made,
        owner_of={target.replace(os.sep, "/"): found[source] for target, source in files if source},
    )


def page(made: Bill) -> str:
    """The licence page as the editor reads it."""
    return components.written(made.components)


def require_licences(made: Iterable[Component]) -> None:
    """See that each component has a licence and its text.

    Raises:
        PackagingError: names all that lack one.
    """
    bad = [
        f"{each.name} {each.version}: no {'text of its licence' if each.licence else 'licence'}"
        for each in made
        if not each.licence.strip() or not each.text.strip()
    ]
    if bad:
        advice = f"Put the text at {PACKAGING.name}/licences/LICENCE.txt, named as SPDX names it."
        raise PackagingError("\n  ".join(["The licence page is not complete.", *bad, advice]))


def ours() -> Component:
    """The editor itself."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    return Component(name=OURS.name, version=version(), licence="MIT", text=text)


def component_of(owner: Owner) -> Component:
    """The component that an owner of files is."""
    if owner.kind == "pypi":
        return _with_text(components.of_distribution(metadata.distribution(owner.name)))
    if owner.kind == "npm":
        return engine.component(owner.name)
    if owner.kind == "deb":
        return _of_debian(owner.name)
    if owner.name == MICROSOFT:
        licence = "LicenseRef-Microsoft-Distributable-Code"
        return Component(
            name=MICROSOFT, version="14", licence=licence, text=_MICROSOFT_NOTICE, kind="generic"
        )
    return Component(
        name=PYTHON, version=platform.python_version(), licence="Python-2.0", text=_python_text(), kind="generic",
        home="https://www.python.org",
    )  # fmt: skip


def _with_text(made: Component) -> Component:
    """A component with the standard text of its licence where its makers ship none."""
    if made.text:
        return made
    offered = re.findall(r"[A-Za-z0-9][A-Za-z0-9.-]+", made.licence)
    texts = [text for each in offered if (text := standard_text(each))]
    if components.normal(made.name) in _OF_QT:
        texts = [QT_NOTICE, standard_text("LGPL-3.0-only"), standard_text("GPL-3.0-only")]
    else:
        texts = texts[:1]  # of those that may be chosen
    return replace(made, text="\n\n".join(texts))


def standard_text(licence: str) -> str:
    """The text of a licence by its SPDX name; empty when it is not among ours."""
    path = PACKAGING / "licences" / f"{licence}.txt"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _python_text() -> str:
    """The licence of the interpreter: where its own installer puts it, or where Debian does."""
    names = (
        Path(os.__file__).parent / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    )
    found = next((path for path in names if path.is_file()), None)
    return found.read_text(encoding="utf-8", errors="replace").strip() if found is not None else ""


def _of_debian(package: str) -> Component:
    """What a package of Debian says of itself; one package may have several licences."""
    path = Path("/usr/share/doc") / package / "copyright"
    text = path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
    named = re.findall(r"^License: *(\S.*)$", text, re.MULTILINE)
    query = ["dpkg-query", "-W", "-f", "${Version}\t${Homepage}\n", package]
    told = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    edition, _, home = told[0].partition("\t") if told else ("", "", "")
    return Component(
        name=package, version=edition, licence=" and ".join(dict.fromkeys(named)) or "see the text", text=text,
        home=home, kind="deb",
    )  # fmt: skip
