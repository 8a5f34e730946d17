"""What the program is made of: its libraries with their licences, as the licence page shows them. Knows nothing of Qt.

A packaged program carries the list that was made when it was packaged, `components.json` among the resources; elsewhere
the list is made of what is installed.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from editor import resources

if TYPE_CHECKING:
    from importlib import metadata

OURS = "statechart-editor"
"""The name of the program's own distribution."""
FILE = "components.json"
BUNDLED = ("layout", "engine")
"""The folder among the resources that holds packages of npm, unmodified, each in a folder of its name."""
_SOURCES = {
    "elkjs": "https://github.com/kieler/elkjs and https://github.com/eclipse-elk/elk",
    "libavoid-js": "https://github.com/Aksem/libavoid-js and https://github.com/mjwybrow/adaptagrams",
}
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|notice)[^/]*(/[^/]+)?$", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One thing the program consists of; `text`, the licence in full, may be empty.

    `licence` is an SPDX expression where its makers give one.
    `kind` says where it comes from: `pypi` for a distribution of Python, `deb` for a package of Debian, `npm` for
    one of JavaScript, else `generic`.
    """

    name: str
    version: str
    licence: str
    text: str = ""
    home: str = ""
    kind: str = "pypi"


def listed() -> tuple[Component, ...]:
    """The components of this program, the program itself first."""
    path = resources.path(FILE)
    return read(path.read_text(encoding="utf-8")) if path.is_file() else installed() + bundled()


def read(text: str) -> tuple[Component, ...]:
    """The components in the text of a file that `written` made."""
    return tuple(Component(**row) for row in json.loads(text))


def written(components: tuple[Component, ...]) -> str:
    """Components as the text of a file."""
    return json.dumps([asdict(each) for each in components], indent=1, ensure_ascii=False) + "\n"


def installed(name: str = OURS) -> tuple[Component, ...]:
    """A distribution and what it requires without extras, as far as installed: itself first, the others by name."""
    from importlib import metadata  # noqa: PLC0415 - it takes long, and a window opens without it

    found: dict[str, metadata.Distribution] = {}
    waiting = [name]
    while waiting:
        key = normal(waiting.pop())
        try:
            if key in found:
                continue
            found[key] = metadata.distribution(key)
        except metadata.PackageNotFoundError:
            continue  # for another platform, or we run from a folder that was never installed
        waiting += requirements(found[key])
    first = found.pop(normal(name), None)
    others = [found[key] for key in sorted(found)]
    return tuple(of_distribution(each) for each in ([first] if first is not None else []) + others)


def bundled(folder: Path | None = None) -> tuple[Component, ...]:
    """The packages of npm that lie among the resources, by name; none where they were not fetched."""
    found = []
    for path in sorted((folder or resources.path(*BUNDLED)).glob("*/package.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        name, version = str(told["name"]), str(told["version"])
        source = _SOURCES.get(name, str(told.get("homepage", "")))
        notice = (
            f"This contains {name} {version} as its makers published it. It lies in files of its own, which may be "
            f"exchanged for others: {'/'.join(BUNDLED)} among the resources of the program, or a folder that the "
            f"variable STATECHART_LAYOUT_ENGINE names. Its source is that of this version at {source}."
        )
        texts = [each.read_text(encoding="utf-8").strip() for each in sorted(path.parent.glob("LICENSE*"))]
        text = "\n\n".join([notice, *texts])
        licence = str(told.get("license", ""))
        found.append(
            Component(
                name=name,
                version=version,
                licence=licence,
                text=text,
                home=source.partition(" ")[0],
                kind="npm",
            )
        )
    return tuple(found)


def normal(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(distribution: metadata.Distribution) -> list[str]:
    """The names that a distribution requires, those of extras left out."""
    rows = [row.partition(";") for row in distribution.requires or ()]
    names = [_NAME.match(head.strip()) for head, _, marker in rows if "extra" not in marker]
    return [name.group() for name in names if name is not None]


def of_distribution(distribution: metadata.Distribution) -> Component:
    """What the metadata of a distribution tell, with all the licence files that it has."""
    told = distribution.metadata
    return Component(
        name=str(told["Name"]),
        version=distribution.version,
        licence=_licence(told),
        text="\n\n".join(_texts(distribution)),
        home=_home(told),
    )


def _licence(told: metadata.PackageMetadata) -> str:
    """The expression if there is one, else the old field's first line, else what the classifiers say."""
    for key in ("License-Expression", "License"):
        words = _field(told, key)
        if words:
            return words.splitlines()[0]
    classed = [row for row in told.get_all("Classifier") or () if row.startswith("License ::")]
    return ", ".join(row.rpartition(" :: ")[2] for row in classed)


def _field(told: metadata.PackageMetadata, key: str) -> str:
    return str(next(iter(told.get_all(key) or ()), "")).strip()


def _home(told: metadata.PackageMetadata) -> str:
    pairs = [str(row).partition(",") for row in told.get_all("Project-URL") or ()]
    links = {label.strip().lower(): link.strip() for label, _, link in pairs}
    return links.get("homepage") or _field(told, "Home-page") or next(iter(links.values()), "")


def _texts(distribution: metadata.Distribution) -> list[str]:
    """The licence files of a distribution, which stand beside its metadata."""
    found = []
    for file in sorted(distribution.files or (), key=str):
        inside = file.as_posix().partition(".dist-info/")[2]
        path = Path(str(file.locate()))
        if inside and _LICENCE_FILE.search(inside) and path.is_file():
            found.append(path.read_text(encoding="utf-8", errors="replace").strip())
    return found
