"""The bill of materials as CycloneDX 1.6 in JSON (ECMA-424), the same bytes for the same components and time."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module, metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from editor import components
from editor.components import Component
from packager.errors import PackagingError, ToolMissingError

_SPDX = frozenset(
    (
        "MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Python-2.0", "Unicode-3.0", "Zlib", "MPL-2.0",
        "LGPL-2.1-only", "LGPL-3.0-only", "LGPL-3.0-or-later", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only",
        "GPL-3.0-or-later", "LGPL-2.1-or-later", "EPL-2.0", "LLVM-exception",
    )
)  # fmt: skip
"""Names of SPDX that may stand in an expression here; a licence said in other words is given as a name."""
_WORD = re.compile(r"[()]|[^\s()]+")
_SPACE = uuid.UUID("6b1f6c6e-6d1c-5f57-9a53-0d4b6f0c9a11")


def document(parts: Sequence[Component], time: int) -> dict[str, Any]:
    """The bill for a program, the first of `parts`, and the others in it; `time` in seconds since 1970."""
    program, *others = [_row(each) for each in parts]
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**program, "type": "application"},
        },
        "components": others,
        "dependencies": _dependencies(parts),
    }
    made["serialNumber"] = f"urn:uuid:{uuid.uuid5(_SPACE, json.dumps(made, sort_keys=True))}"
    return made


def write(parts: Sequence[Component], time: int, path: Path) -> None:
    """Write the bill, after it was held against the schema.

    Raises:
        ToolMissingError: the library that knows the schema is not installed.
        PackagingError: it is not as the schema says.
    """
    text = json.dumps(document(parts, time), indent=1, ensure_ascii=False) + "\n"
    validate(text)
    path.write_text(text, encoding="utf-8")


def validate(text: str) -> None:
    """Hold a bill against the schema of CycloneDX.

    Raises:
        ToolMissingError: the library that knows the schema is not installed.
        PackagingError: it is not as the schema says.
    """
    if find_spec("cyclonedx") is None:
        raise ToolMissingError(
            "cyclonedx-python-lib is missing. Run: python -m pip install -e '.[packaging]'"
        )
    schema, validation = import_module("cyclonedx.schema"), import_module("cyclonedx.validation.json")
    flaw = validation.JsonStrictValidator(schema.SchemaVersion.V1_6).validate_str(text)
    if flaw is not None:
        raise PackagingError(f"The bill of materials is not as CycloneDX wants it: {str(flaw)[:500]}")


def _row(part: Component) -> dict[str, Any]:
    url = purl(part)
    row: dict[str, Any] = {
        "type": "library", "bom-ref": url, "name": part.name, "version": part.version, "purl": url,
        "licenses": [_licence(part.licence)],
    }  # fmt: skip
    if part.home:
        row["externalReferences"] = [{"type": "website", "url": part.home}]
    return row


def purl(part: Component) -> str:
    """The address of a component among packages (purl-spec)."""
    name = components.normal(part.name) if part.kind == "pypi" else quote(part.name.lower().replace(" ", "-"))
    kind = {"deb": "deb/debian"}.get(part.kind, part.kind)
    return f"pkg:{kind}/{name}@{quote(part.version, safe='')}"


def _licence(text: str) -> dict[str, Any]:
    words = [word for word in _WORD.findall(text) if word not in ("(", ")", "AND", "OR", "WITH")]
    if not all(word in _SPDX for word in words):
        return {"license": {"name": text}}
    return {"license": {"id": text}} if len(words) == 1 else {"expression": text}


def _dependencies(parts: Sequence[Component]) -> list[dict[str, Any]]:
    """Who requires whom; what no distribution asks for is there for the program itself."""
    refs = {components.normal(each.name): purl(each) for each in parts}
    asked: dict[str, list[str]] = {}
    for part in parts:
        try:
            names = components.requirements(metadata.distribution(part.name)) if part.kind == "pypi" else []
        except metadata.PackageNotFoundError:
            names = []
        asked[purl(part)] = sorted({refs[key] for name in names if (key := components.normal(name)) in refs})
    program = purl(parts[0])
    wanted = {ref for refs_of in asked.values() for ref in refs_of}
    asked[program] = sorted(
        {*asked[program], *(ref for ref in asked if ref != program and ref not in wanted)}
    )
    return [{"ref": ref, "dependsOn": needs} for ref, needs in sorted(asked.items())]
