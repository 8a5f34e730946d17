from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from editor import components
from packager import engine, owners, sbom
from packager.errors import PackagingError, ToolMissingError
from packager.owners import Owner


def npm(words: Sequence[str], folder: Path) -> None:
    """Lays what npm would, and more."""
    assert words[0] == "ci"
    assert "sha512-" in (folder / "package-lock.json").read_text(encoding="utf-8")
    for package, files in engine.FILES.items():
        told = {"name": package, "version": engine.pinned()[package], "license": "EPL-2.0"}
        for file in (*files, "lib/other.js"):
            path = folder / "node_modules" / package / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                json.dumps(told) if file == "package.json" else f"the text of {file}", encoding="utf-8"
            )


def test_what_runs_and_its_licence_are_kept_as_they_are(tmp_path: Path) -> None:
    assert not engine.is_there(tmp_path)
    assert engine.fetch(tmp_path, npm)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {f"{package}/{file}" for package, files in engine.FILES.items() for file in files}
    assert (tmp_path / "elkjs/lib/elk-worker.min.js").read_text() == "the text of lib/elk-worker.min.js"


def test_what_is_there_is_not_fetched_again_but_another_version_is(tmp_path: Path) -> None:
    engine.fetch(tmp_path, npm)
    assert not engine.fetch(tmp_path, npm)
    (tmp_path / "elkjs/package.json").write_text('{"version": "0.1"}', encoding="utf-8")
    assert engine.fetch(tmp_path, npm)
    assert engine.version_in(tmp_path, "elkjs") == engine.pinned()["elkjs"]


def test_another_version_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    def other(words: Sequence[str], folder: Path) -> None:
        npm(words, folder)
        (folder / "node_modules/elkjs/package.json").write_text('{"version": "9"}', encoding="utf-8")

    with pytest.raises(PackagingError, match="no elkjs"):
        engine.fetch(tmp_path, other)


def test_without_npm_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissingError, match="npm is missing"):
        engine.fetch(tmp_path / "engine")


def test_every_package_is_pinned_with_its_sum() -> None:
    lock = json.loads((engine.LOCK / "package-lock.json").read_text(encoding="utf-8"))
    for package, version in engine.pinned().items():
        row = lock["packages"][f"node_modules/{package}"]
        assert row["version"] == version
        assert row["integrity"].startswith("sha512-")
        assert "resolved" not in row


def test_its_files_are_on_the_licence_page_and_the_bill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.fetch(tmp_path, npm)
    monkeypatch.setattr(engine, "FOLDER", tmp_path)
    source = str(tmp_path / "elkjs/lib/elk-worker.min.js")
    assert owners.of_files([source], tmp_path / "work") == {source: Owner("npm", "elkjs")}
    made = engine.component("elkjs")
    assert (made.kind, made.licence, made.version) == ("npm", "EPL-2.0", engine.pinned()["elkjs"])
    assert "the text of LICENSE.md" in made.text
    assert "https://github.com/kieler/elkjs" in made.text
    assert sbom.purl(made) == f"pkg:npm/elkjs@{made.version}"


def test_a_program_without_them_lists_none(tmp_path: Path) -> None:
    assert components.bundled(tmp_path) == ()
