from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import pytest

from editor import folders, resources, unpacking, v8
from editor.v8 import V8Error

ROOT = Path(__file__).resolve().parent.parent
SUFFIXES = (".so", ".dll", ".dylib", ".dat")
installed = pytest.mark.skipif(
    find_spec("py_mini_racer") is None, reason="the extra javascript is not installed"
)


@pytest.fixture
def packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the program has V8 packed; here it is empty. The cache is one of this test."""
    monkeypatch.setattr(resources, "root", lambda: tmp_path / "resources")
    monkeypatch.setenv(folders.HOME, str(tmp_path / "home"))
    folder = tmp_path / "resources" / v8.NAME
    folder.mkdir(parents=True)
    return folder


def test_without_the_package_it_is_not_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, v8.PACKAGE, None)
    assert not v8.is_here()
    with pytest.raises(V8Error, match="V8 is not installed"):
        v8.load()


def test_what_stands_against_unpacking_is_a_sentence(packed: Path) -> None:
    path = packed / unpacking.LIST
    expected = f"V8 cannot be unpacked: {path} is missing or damaged. Install the program again."
    assert v8.refusal() == expected
    with pytest.raises(V8Error) as caught:
        v8.load()
    assert str(caught.value) == expected


@installed
def test_it_runs_as_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(f"{v8.PACKAGE}.init_mini_racer", lambda **how: told.append(how["flags"]))
    v8.load()
    v8.load(v8.BESIDE)
    assert told == [v8.ALONE, v8.BESIDE]


def run(home: Path, code: str, tmp_path: Path) -> str:
    """What a process of its own prints that has its resources below a folder: V8 is loaded once in each."""
    start = (
        "import sys; from pathlib import Path; from editor import resources, v8\n"
        f"resources.root = lambda: Path({str(tmp_path / 'resources')!r})\n"
    )
    environment = {**os.environ, folders.HOME: str(home)}
    done = subprocess.run(
        [sys.executable, "-c", start + code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
    )
    assert done.stderr == ""
    return done.stdout.strip()


@installed
def test_a_library_that_is_none_is_told_in_a_sentence(packed: Path, tmp_path: Path) -> None:
    sources = [tmp_path / path.name for path in library()]
    for path in sources:
        path.write_bytes(b"nothing that can be loaded")
    unpacking.pack("1", sources, packed)
    said = run(tmp_path / "home", "print(v8.refusal())", tmp_path)
    assert said.startswith("V8 cannot be loaded: ")
    assert len(said.splitlines()) == 1


def library() -> list[Path]:
    """The files of V8 that are installed."""
    spec = find_spec(v8.PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return [path for path in sorted(Path(spec.origin).parent.iterdir()) if path.suffix in SUFFIXES]


@installed
@pytest.mark.skipif(os.name == "nt", reason="links are not everybody's there")
def test_it_is_loaded_from_where_it_was_unpacked(packed: Path, tmp_path: Path) -> None:
    """The list is of the library that is installed, and links to that stand where it would have been unpacked."""
    real = library()
    files = tuple(
        unpacking.Packed(
            name=path.name, size=path.stat().st_size, sha256=hashlib.sha256(path.read_bytes()).hexdigest()
        )
        for path in real
    )
    listed = unpacking.Listed(version="1", files=files)
    (packed / unpacking.LIST).write_text(json.dumps(asdict(listed)), encoding="utf-8")
    folder = tmp_path / "home" / "cache" / v8.NAME / listed.name / v8.PACKAGE
    folder.mkdir(parents=True)
    for path in real:
        (folder / path.name).symlink_to(path)
    code = (
        "import ctypes\n"
        "opened = []\n"
        "load = ctypes.CDLL\n"
        "ctypes.CDLL = lambda path: opened.append(path) or load(path)\n"
        "v8.load()\n"
        "from py_mini_racer import MiniRacer\n"
        "print(MiniRacer().eval('6 * 7'), hasattr(sys, '_MEIPASS'), Path(opened[0]).parent)"
    )
    assert run(tmp_path / "home", code, tmp_path) == f"42 False {folder}"
