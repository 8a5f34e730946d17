"""What Windows and macOS are told of the program, as far as it can be judged elsewhere."""

from __future__ import annotations

import ast
import plistlib
import re
import sys
from pathlib import Path

import pytest

from editor import __version__
from packager import macos, owners, windows
from packager.bill import Bill
from packager.errors import ToolMissingError
from packager.frozen import Frozen
from packager.product import PACKAGING

ISS = (PACKAGING / "windows" / "statechart-editor.iss").read_text(encoding="utf-8")


def sections() -> dict[str, list[str]]:
    parts = re.split(r"^\[(\w+)\]$", ISS, flags=re.MULTILINE)
    return {name: body.strip().splitlines() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def test_the_installer_offers_us_for_yaml_and_takes_nothing_away() -> None:
    rows = [row for row in sections()["Registry"] if row.startswith("Root")]
    for suffix in (".yaml", ".yml"):
        own = [row for row in rows if f"Classes\\{suffix}" in row]
        assert own
        assert all("OpenWithProgids" in row and "uninsdeletevalue" in row for row in own)
    (scxml,) = (row for row in rows if 'Classes\\.scxml"' in row)
    assert "createvalueifdoesntexist" in scxml


def test_every_name_that_the_installer_uses_is_defined() -> None:
    used = set(re.findall(r"\{#(\w+)\}", ISS))
    assert used <= {"Version", "Folder", *re.findall(r"^#define (\w+)", ISS, re.MULTILINE)}
    for row in [*sections()["Files"], *sections()["Icons"], *sections()["Registry"]]:
        assert row.count('"') % 2 == 0, row


def test_the_program_of_windows_carries_the_version() -> None:
    tree = ast.parse(windows.version_resource().strip(), mode="eval")
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert texts.count(__version__) == 2
    numbers = next(node for node in ast.walk(tree) if isinstance(node, ast.Tuple))
    assert len(numbers.elts) == 4


def test_the_bundle_is_offered_for_yaml_and_opens_scxml() -> None:
    told = plistlib.loads(plistlib.dumps(macos.info()))
    ranks = {each["LSItemContentTypes"][0]: each["LSHandlerRank"] for each in told["CFBundleDocumentTypes"]}
    assert ranks == {"org.w3.scxml": "Default", "public.yaml": "Alternate"}
    assert re.fullmatch(r"[A-Za-z0-9.-]+", macos.IDENTIFIER)


@pytest.mark.parametrize("make", [windows.make, macos.make])
def test_elsewhere_their_tools_are_asked_for(
    make: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    frozen = Frozen(folder=tmp_path, files=(), bill=Bill(components=(), owner_of={}))
    assert callable(make)
    with pytest.raises(ToolMissingError, match="is missing"):
        make(frozen, tmp_path, tmp_path, tmp_path)


def test_the_runtime_of_microsoft_is_told_from_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "win32")
    for name in ("vcruntime140.dll", "python312.dll"):
        (tmp_path / name).write_bytes(b"")
    found = owners.of_files(
        [str(tmp_path / "vcruntime140.dll"), str(tmp_path / "python312.dll")], tmp_path / "work"
    )
    assert [owner.name for owner in found.values()] == [owners.MICROSOFT, owners.PYTHON]
