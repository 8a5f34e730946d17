from __future__ import annotations

import os

import pytest

from tests.clock import Clock

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _application(qapp: object) -> object:
    """Fonts and images need an application."""
    return qapp


@pytest.fixture
def clock() -> Clock:
    return Clock()
