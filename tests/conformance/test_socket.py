"""The tests of Basic HTTP pass over a real socket too, where what a machine sends to itself leaves the run."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from editor.engine.trace import TraceEntry
from editor.formats import registry
from tests.conformance.suites import Case, atoms, cases
from tests.live.jumping import live

CASES = [case for case in cases() if case.needs_server]
EARLY = "test201"
"""It sends an event to itself without delay behind the request, and wants the request to be back before it."""


@pytest.mark.skipif(find_spec("py_mini_racer") is None, reason="the extra javascript is not installed")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_passes_over_a_socket(case: Case) -> None:
    steps: list[TraceEntry] = []
    run = live(registry.read(case.file.read_bytes(), case.file), steps.append)
    run.run()
    assert run.simulator.snapshot.is_done
    wanted = "fail" if case.id == EARLY else "pass"
    assert wanted in atoms(run.simulator), [entry.title for entry in steps]
    assert any(entry.outcome.posts for entry in steps)
