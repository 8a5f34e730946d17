from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from editor import __version__, components, resources
from editor.components import Component


def make(folder: Path, name: str, told: str, files: dict[str, str] | None = None) -> metadata.Distribution:
    """An installed distribution with these lines of metadata and these files beside them."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{told}", "utf-8")
    for inner, text in (files or {}).items():
        (info / inner).parent.mkdir(exist_ok=True)
        (info / inner).write_text(text, encoding="utf-8")
    rows = [f"{path.relative_to(folder).as_posix()},," for path in info.rglob("*") if path.is_file()]
    (info / "RECORD").write_text("\n".join(rows), encoding="utf-8")
    return metadata.PathDistribution(info)


@pytest.mark.parametrize(
    ("told", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0\nLicense: other\n", "MIT OR Apache-2.0"),
        ("License: BSD\n        and the text goes on\n", "BSD"),
        ("Classifier: License :: OSI Approved :: MIT License\n", "MIT License"),
        ("", ""),
    ],
)
def test_a_licence_is_what_the_metadata_say_first(tmp_path: Path, told: str, licence: str) -> None:
    assert components.of_distribution(make(tmp_path, "some", told)).licence == licence


def test_the_text_is_of_all_licence_files_and_no_others(tmp_path: Path) -> None:
    files = {"licenses/LICENSE.txt": "one", "COPYING": "two", "entry_points.txt": "no", "NOTICE": "three"}
    made = components.of_distribution(make(tmp_path, "some", "", files))
    assert sorted(made.text.split("\n\n")) == ["one", "three", "two"]


def test_the_tree_is_walked_without_extras_and_without_what_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "top_most", "Requires-Dist: Middle.One>=2\nRequires-Dist: gone; sys_platform == 'none'\n")
    make(tmp_path, "middle_one", "Requires-Dist: a-leaf\nRequires-Dist: top-most\n")
    make(tmp_path, "a_leaf", 'Requires-Dist: extra-thing; extra == "dev"\n')
    make(tmp_path, "extra_thing", "")
    monkeypatch.syspath_prepend(tmp_path)
    found = [each.name for each in components.installed("top-most")]
    assert found == ["top_most", "a_leaf", "middle_one"]


def test_what_runs_here_is_listed_with_itself_first() -> None:
    found = {components.normal(each.name): each for each in components.listed()}
    needed = {"pyside6-essentials", "shiboken6", "networkx", "pyyaml", "graphlay", "platformdirs", "lxml"}
    assert next(iter(found)) == "statechart-editor"
    assert needed <= set(found)
    assert "pytest" not in found
    assert all(each.version and each.licence for each in found.values())


def test_a_packaged_program_shows_what_it_was_packaged_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = (
        Component(name="a", version="1", licence="MIT", text="„Text“"),
        Component(name="b", version="2", licence="X"),
    )
    (tmp_path / components.FILE).write_text(components.written(kept), encoding="utf-8")
    monkeypatch.setattr(resources, "root", lambda: tmp_path)
    assert components.listed() == kept


def test_the_version_is_the_program_s_own() -> None:
    own = components.listed()[0]
    assert own.version == __version__
    assert "Permission is hereby granted" in own.text
