"""Limits that random charts reach soon."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from editor.engine import step


@pytest.fixture(scope="module")
def short_limits() -> Iterator[None]:
    """Random charts often run in circles; a hundred rounds show that as well as thousands."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("MOST_MICROSTEPS", "MOST_EVENTS", "MOST_FIRINGS"):
            patch.setattr(step, name, 100)
        yield
