"""For all tests: no screen is needed, no time is measured, a skip for want of the shared folder is told or fails."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import hypothesis
import pytest

# how long an example takes says something about the machine only
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.windows", "tests.engines"]


def _is_bare() -> bool:
    """Whether Qt runs without widgets: what began so cannot be replaced while the process lives."""
    core = sys.modules.get("PySide6.QtCore")
    made = core.QCoreApplication.instance() if core is not None else None
    return made is not None and not made.inherits("QApplication")


@pytest.fixture(autouse=True)
def _one_application() -> Iterator[None]:
    """All tests share one application, whichever of them come first; a test that begins another is told."""
    was_bare = _is_bare()
    yield
    if _is_bare() and not was_bare:
        pytest.fail("This test began Qt without widgets: have it use the fixture qapp.")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    report = yield
    if report.skipped and os.environ.get("STATECHART_REQUIRE_SHARED") and "shared" in str(report.longrepr):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but the shared folder must be there: {report.longrepr}"
    return report


def pytest_sessionfinish() -> None:
    """Give the clipboard back: without a screen Qt frees what is on it when Python is gone already, and crashes."""
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
