from __future__ import annotations

import plistlib
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")

from editor import unpacking
from editor import v8 as program
from packager import bill, contents, programs, sbom, sizes, v8
from packager.errors import ToolMissingError
from packager.owners import Owner
from packager.product import PACKAGING


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two small files in place of the library and its data, which take half a minute to pack; nothing is stripped."""
    made = tmp_path / "libmini_racer.so", tmp_path / "icudtl.dat"
    for path in made:
        path.write_bytes(path.name.encode() * 1000)
    monkeypatch.setattr(v8, "sources", lambda: made)
    monkeypatch.setattr(sys, "platform", "win32")
    return made


def test_what_is_packed_is_what_the_program_unpacks(small: tuple[Path, Path], tmp_path: Path) -> None:
    resources = tmp_path / "program" / "resources"
    rows = v8.pack(resources, tmp_path / "work")
    assert rows == tuple((f"resources/v8/{path.name}.xz", str(path)) for path in small)
    assert all((resources.parent / target).is_file() for target, _ in rows)
    folder = unpacking.unpacked(resources / program.NAME, tmp_path / "cache", program.PACKAGE)
    assert folder.name.startswith(f"{metadata.version(v8.DISTRIBUTION)}-")
    for path in small:
        assert (folder / program.PACKAGE / path.name).read_bytes() == path.read_bytes()


def test_what_was_packed_before_does_not_stay(small: tuple[Path, Path], tmp_path: Path) -> None:
    left = tmp_path / "resources" / program.NAME / "left.xz"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"")
    v8.pack(tmp_path / "resources", tmp_path / "work")
    assert not left.exists()


@pytest.mark.parametrize(("system", "tool"), [("linux", "strip"), ("darwin", "codesign")])
def test_only_a_copy_of_the_library_is_stripped_or_signed(
    small: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, tool: str
) -> None:
    """Signed like the bundle before it is packed, for macOS looks at who signed what is loaded."""
    run: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(programs, "debian", lambda name, package: name)
    monkeypatch.setattr(programs, "run", run.append)
    monkeypatch.setenv("CODESIGN_IDENTITY", "us")
    v8.pack(tmp_path / "resources", tmp_path / "work")
    [words] = run
    assert words[0] == tool
    assert Path(words[-1]) == tmp_path / "work" / v8.FOLDER / small[0].name
    assert system == "linux" or words[words.index("--sign") + 1] == "us"


def test_without_it_the_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(v8, "find_spec", lambda name: None)
    with pytest.raises(ToolMissingError, match=r"mini-racer is missing\. Run: .*\[packaging\]"):
        v8.sources()


def test_the_library_and_its_data_are_found() -> None:
    library, data = v8.sources()
    assert library.name in v8.LIBRARIES
    assert data.name == v8.DATA


def test_what_is_compiled_into_it_is_on_the_licence_page_and_the_bill(tmp_path: Path) -> None:
    library, _ = v8.sources()
    made = bill.of_files([("resources/v8/libmini_racer.so.xz", str(library))], tmp_path)
    assert made.owner_of == {"resources/v8/libmini_racer.so.xz": Owner("pypi", v8.DISTRIBUTION)}
    found = {each.name: each for each in made.components}
    assert found.keys() == {"statechart-editor", v8.DISTRIBUTION, "V8", "ICU"}
    assert "the V8 project authors" in found["V8"].text
    assert "Apache License" in found["V8"].text
    assert "UNICODE LICENSE V3" in found["ICU"].text
    rows = {row["name"]: row for row in sbom.document(made.components, 0)["components"]}
    assert rows["V8"]["licenses"] == [{"expression": v8.LICENCE}]
    assert rows["ICU"]["licenses"] == [{"license": {"id": "Unicode-3.0"}}]
    assert rows["V8"]["version"].count(".") == 3


def test_the_library_as_it_is_stays_out() -> None:
    for name in (*v8.LIBRARIES, v8.DATA):
        assert not contents.is_kept(f"{program.PACKAGE}/{name}")
        assert contents.is_kept(f"resources/v8/{name}.xz")


def test_its_size_is_told(tmp_path: Path) -> None:
    path = tmp_path / "_internal" / "resources" / "v8" / "libmini_racer.so.xz"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * 5)
    assert sizes.by_part(tmp_path, {}) == {"V8, packed": 5}


def test_a_hardened_program_of_macos_may_make_code() -> None:
    told = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert told["com.apple.security.cs.allow-jit"]
    assert "com.apple.security.cs.disable-library-validation" not in told


@pytest.mark.skipif(shutil.which("dpkg-shlibdeps") is None, reason="this is no Debian")
def test_what_the_packed_library_needs_the_package_requires(tmp_path: Path) -> None:
    from packager import deb

    library, _ = v8.sources()
    (tmp_path / "program").mkdir()
    assert "libc6" in deb.dependencies(tmp_path / "program", tmp_path / "work", library.parent)
