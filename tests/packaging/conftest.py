from __future__ import annotations

from pathlib import Path

import pytest

from packager import icons

TIME = 1_700_000_000


@pytest.fixture(autouse=True)
def _time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build at a certain time, whatever the machine's clock and history say."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(TIME))


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Path:
    """The folder of drawn icons."""
    return icons.draw_all(tmp_path_factory.mktemp("icons"))
