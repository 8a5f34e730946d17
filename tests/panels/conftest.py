from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.session import Session
from tests.commands.desk import session_on

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_on(tmp_path)
