from __future__ import annotations

from pathlib import Path

import pytest

from editor import folders


def test_one_folder_for_all_of_it_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(folders.HOME, str(tmp_path))
    assert (folders.state_folder(), folders.config_folder()) == (tmp_path, tmp_path)
    assert folders.cache_folder() == tmp_path / "cache"


def test_else_they_are_those_of_the_system_by_the_name_of_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(folders.HOME, raising=False)
    found = {folders.state_folder(), folders.config_folder(), folders.cache_folder()}
    assert all("statechart-editor" in path.parts for path in found)
