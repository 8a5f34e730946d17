from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from editor import __version__
from packager import product
from packager.errors import PackagingError
from packager.product import Release

CHANGELOG = """\
# Changelog

All notable changes.

## [1.1.0] - 2026-02-03

### Added
- One thing, told
  in two lines.
- Another.

### Fixed
- A third.

## 1.0.0 - 2025-01-01
- The first.

## Unreleased
"""


def test_the_version_is_the_package_s(tmp_path: Path) -> None:
    assert product.version() == __version__
    (tmp_path / "editor").mkdir()
    (tmp_path / "editor" / "__init__.py").write_text('"""x"""\n', encoding="utf-8")
    with pytest.raises(PackagingError, match="__version__"):
        product.version(tmp_path)


def test_a_changelog_is_read_section_by_section() -> None:
    changes = ("One thing, told in two lines.", "Another.", "A third.")
    assert product.releases(CHANGELOG) == (
        Release(version="1.1.0", date="2026-02-03", changes=changes),
        Release(version="1.0.0", date="2025-01-01", changes=("The first.",)),
        Release(version="Unreleased", date="", changes=()),
    )


def test_the_time_is_the_one_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12345")
    assert product.epoch() == 12345


def test_else_it_is_that_of_the_last_commit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setattr(product, "ROOT", tmp_path)
    with pytest.raises(PackagingError, match="Set SOURCE_DATE_EPOCH"):
        product.epoch()
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--allow-empty", "-qm", "x"]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(
        [*commit, "--date", "@1"], cwd=tmp_path, check=True, env={"GIT_COMMITTER_DATE": "@777 +0000"}
    )
    assert product.epoch() == 777
