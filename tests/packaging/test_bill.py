from __future__ import annotations

import json
import sysconfig
from importlib import metadata
from pathlib import Path

import pytest

from editor import components
from editor.components import Component
from packager import bill, sbom
from packager.errors import PackagingError
from packager.product import ROOT

MIT = Component(name="one", version="1.0", licence="MIT", text="You may.")


def files_of(*names: str) -> list[tuple[str, str]]:
    """A few files of each of these distributions, as if they had been frozen."""
    made = []
    for name in names:
        found = [file for file in metadata.files(name) or () if file.suffix in (".py", ".so")][:3]
        made += [(str(file), str(file.locate())) for file in found]
    return made


@pytest.fixture
def frozen() -> list[tuple[str, str]]:
    own = [
        ("editor/cli.py", str(ROOT / "editor" / "cli.py")),
        ("resources/x", str(ROOT / "resources" / "themes")),
    ]
    python = [("json", str(Path(sysconfig.get_path("stdlib")) / "json" / "__init__.py"))]
    return own + python + files_of("PyYAML", "PySide6_Essentials", "graphlay")


def test_everybody_whose_files_are_frozen_is_listed_and_nobody_else(
    frozen: list[tuple[str, str]], tmp_path: Path
) -> None:
    made = bill.of_files(frozen, tmp_path)
    names = [each.name for each in made.components]
    assert names[0] == "statechart-editor"
    assert sorted(names[1:]) == ["PySide6_Essentials", "PyYAML", "Python", "graphlay"]
    document = sbom.document(made.components, 0)
    assert [row["name"] for row in document["components"]] == names[1:]
    assert document["metadata"]["component"]["name"] == "statechart-editor"


def test_each_has_the_whole_text_of_its_licence(frozen: list[tuple[str, str]], tmp_path: Path) -> None:
    text = {each.name: each.text for each in bill.of_files(frozen, tmp_path).components}
    assert "Permission is hereby granted" in text["statechart-editor"]
    assert "Permission is hereby granted" in text["PyYAML"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text["PySide6_Essentials"]
    assert "GNU GENERAL PUBLIC LICENSE" in text["PySide6_Essentials"]
    assert "may be exchanged" in text["PySide6_Essentials"]
    assert "Apache License" in text["graphlay"]
    assert "PYTHON SOFTWARE FOUNDATION" in text["Python"]


@pytest.mark.parametrize(
    ("part", "what"),
    [
        (Component(name="bare", version="2.0", licence="", text="You may."), "bare 2.0: no licence"),
        (
            Component(name="mute", version="3.0", licence="MIT", text=" \n"),
            "mute 3.0: no text of its licence",
        ),
    ],
)
def test_a_missing_licence_fails_and_is_named(part: Component, what: str) -> None:
    bill.require_licences((MIT,))
    with pytest.raises(PackagingError, match=what):
        bill.require_licences((MIT, part))


def test_a_file_of_nobody_fails_and_is_named(tmp_path: Path) -> None:
    stray = tmp_path / "elsewhere" / "stray.bin"
    stray.parent.mkdir()
    stray.write_bytes(b"")
    with pytest.raises(PackagingError, match=r"stray\.bin would be packaged"):
        bill.of_files([("stray.bin", str(stray))], tmp_path / "work")


def test_the_licence_page_is_what_the_editor_reads(frozen: list[tuple[str, str]], tmp_path: Path) -> None:
    made = bill.of_files(frozen, tmp_path)
    assert components.read(bill.page(made)) == made.components


def test_the_bill_says_who_requires_whom() -> None:
    names = ("statechart-editor", "PySide6_Essentials", "shiboken6", "networkx")
    parts = tuple(components.of_distribution(metadata.distribution(each)) for each in names)
    needs = {row["ref"].split("@")[0]: row["dependsOn"] for row in sbom.document(parts, 0)["dependencies"]}
    short = {ref: [each.split("@")[0] for each in refs] for ref, refs in needs.items()}
    assert short["pkg:pypi/statechart-editor"] == ["pkg:pypi/networkx", "pkg:pypi/pyside6-essentials"]
    assert short["pkg:pypi/pyside6-essentials"] == ["pkg:pypi/shiboken6"]
    assert short["pkg:pypi/networkx"] == []


@pytest.mark.parametrize(
    ("licence", "row"),
    [
        ("MIT", {"license": {"id": "MIT"}}),
        ("MIT OR Apache-2.0", {"expression": "MIT OR Apache-2.0"}),
        ("the usual one", {"license": {"name": "the usual one"}}),
    ],
)
def test_a_licence_is_an_id_an_expression_or_words(licence: str, row: dict[str, object]) -> None:
    part = Component(name="b", version="1", licence=licence, text="x")
    assert sbom.document((MIT, part), 0)["components"][0]["licenses"] == [row]


def test_the_same_parts_and_time_make_the_same_bill() -> None:
    parts = (MIT, Component(name="lib", version="1:2", licence="MIT", text="x", kind="deb"))
    first, second = (json.dumps(sbom.document(parts, 86_400)) for _ in range(2))
    assert first == second
    assert '"timestamp": "1970-01-02T00:00:00Z"' in first
    assert "pkg:deb/debian/lib@1%3A2" in first
    assert json.dumps(sbom.document(parts[:1], 86_400)) != first


def test_the_bill_is_as_cyclonedx_has_it(tmp_path: Path) -> None:
    pytest.importorskip("cyclonedx", reason="the extra packaging is not installed")
    sbom.write(
        (MIT, Component(name="b", version="1", licence="odd", text="x", home="https://b.example")),
        0,
        tmp_path / "b",
    )
    with pytest.raises(PackagingError, match="CycloneDX"):
        sbom.validate('{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": 3}')
