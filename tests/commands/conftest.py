from __future__ import annotations

from pathlib import Path

import pytest

from editor.session import Session
from tests.commands.desk import FakeDesktop, session_on


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path)


@pytest.fixture
def desktop() -> FakeDesktop:
    return FakeDesktop()
