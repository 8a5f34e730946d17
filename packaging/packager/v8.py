"""V8, which runs ELK and ECMAScript: packed into the frozen program, since as it is it would be half of it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from editor import unpacking, v8
from editor.components import Component
from packager import programs
from packager.errors import PackagingError, ToolMissingError
from packager.product import PACKAGING

DISTRIBUTION = "mini-racer"
"""What brings it to Python."""
LIBRARIES = ("libmini_racer.so", "mini_racer.dll", "libmini_racer.dylib")
DATA = "icudtl.dat"
FOLDER = "v8"
"""The folder below that of the work with what is packed."""
LICENCE = "BSD-3-Clause AND Apache-2.0 AND Apache-2.0 WITH LLVM-exception AND MIT"
_NOTICE = """\
V8 as {distribution} {version} has it, with code of others in it: Abseil, fast_float, simdutf, temporal_rs and the
crates that it uses, under the Apache License 2.0; the standard libraries of C++ (LLVM) and Dragonbox, under the same
with the exceptions of LLVM, by which programs that were compiled with them need not tell of it; the standard library
of Rust, under the Apache License 2.0 or the MIT licence; Highway's hash, PartitionAlloc and the protocol of the
inspector, by the authors of Chromium, and what is left of the Strongtalk assembler, by Sun Microsystems, under licences
like that of V8; FDLIBM: “Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and
distribute this software is freely granted, provided that this notice is preserved.” The licence of V8 follows, then the
Apache License.
"""


def sources() -> tuple[Path, Path]:
    """The library and its data, as they are installed.

    Raises:
        ToolMissingError: they are not.
    """
    spec = find_spec(v8.PACKAGE)
    if spec is None or spec.origin is None:
        raise ToolMissingError(f"{DISTRIBUTION} is missing. Run: python -m pip install -e '.[packaging]'")
    folder = Path(spec.origin).parent
    library = next((folder / name for name in LIBRARIES if (folder / name).is_file()), None)
    if library is None or not (folder / DATA).is_file():
        raise ToolMissingError(f"{DISTRIBUTION} has no library for this system.")
    return library, folder / DATA


def pack(resources: Path, work: Path) -> tuple[tuple[str, str], ...]:
    """Pack it among the resources of a frozen program; returns pairs of a file's place there and where it came from.

    Raises:
        ToolMissingError: it is not installed.
        PackagingError: a tool failed.
    """
    library, data = sources()
    folder = work / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ready = [Path(shutil.copy(each, folder)) for each in (library, data)]
    if sys.platform == "linux":
        programs.run([programs.debian("strip", "binutils"), "-s", str(ready[0])])
    if sys.platform == "darwin":
        sign(ready[0])
    target = resources / v8.NAME
    shutil.rmtree(target, ignore_errors=True)
    unpacking.pack(metadata.version(DISTRIBUTION), ready, target)
    inside = f"{resources.name}/{v8.NAME}"
    return tuple((f"{inside}/{each.name}{unpacking.SUFFIX}", str(each)) for each in (library, data))


def sign(library: Path) -> None:
    """Sign the library as the bundle is signed: macOS loads it from the cache folder where both are of one team.

    Raises:
        PackagingError: it cannot be signed.
    """
    identity = os.environ.get("CODESIGN_IDENTITY", "")
    stamp = ["--timestamp"] if identity else []
    programs.run(["codesign", "--force", *stamp, "--sign", identity or "-", str(library)])


def components() -> tuple[Component, ...]:
    """What is compiled into the library, and what its data are of.

    Raises:
        ToolMissingError: it is not installed.
        PackagingError: it does not say which version it is.
    """
    _, data = sources()
    print_version = f"from {v8.PACKAGE} import MiniRacer; print(MiniRacer().v8_version)"
    version = programs.run([sys.executable, "-c", print_version]).strip()
    found = re.search(rb"icudt(\d+)[lb]", data.read_bytes())
    if not re.fullmatch(r"[\d.]+", version) or found is None:
        raise PackagingError(f"{DISTRIBUTION} does not say which versions of V8 and ICU it has.")
    notice = _NOTICE.format(distribution=DISTRIBUTION, version=metadata.version(DISTRIBUTION))
    text = "\n\n".join([notice.strip(), _licence("V8"), _licence("Apache-2.0")])
    return (
        Component(
            name="V8", version=version, licence=LICENCE, text=text, kind="generic", home="https://v8.dev"
        ),
        Component(
            name="ICU", version=found[1].decode(), licence="Unicode-3.0", text=_licence("ICU"), kind="generic",
            home="https://icu.unicode.org",
        ),
    )  # fmt: skip


def _licence(name: str) -> str:
    return (PACKAGING / "licences" / f"{name}.txt").read_text(encoding="utf-8").strip()
