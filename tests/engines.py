"""What draws, for tests that need it; without its libraries they are skipped, which fails where these must be."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from editor.layout_engine import parts
from editor.layout_engine.warm import Warm
from tests.layout_engine.children import nobody


@pytest.fixture(scope="session")
def engine_is_here() -> None:
    """For tests that need its files."""
    missing = parts.missing()
    if missing is not None:
        why = f"{missing} Run: python packaging/fetch_layout.py"
        if os.environ.get("STATECHART_REQUIRE_LAYOUT_ENGINE"):
            pytest.fail(f"The layout engine must be there: {why}")
        pytest.skip(why)


@pytest.fixture(scope="session")
def warm(engine_is_here: None) -> Iterator[Warm]:
    made = Warm()
    yield made
    made.kill()


@pytest.fixture(scope="session")
def alone() -> Iterator[Warm]:
    """Without the engine: graphlay, in its process, and what draws in this one."""
    made = Warm(nobody)
    yield made
    made.kill()
