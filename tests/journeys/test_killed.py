"""The short form of `python -m tests.journeys.killed`: what was done is there again after a kill at any moment."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.journeys import killed


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_what_was_done_is_there_again_after_three_kills(tmp_path: Path) -> None:
    outcomes = killed.run(3, 7, tmp_path, most=30, linger=0.5, says=False)
    assert [each.faults for each in outcomes] == [[], [], []]
    assert sum(each.states for each in outcomes) > sum(each.lost_states for each in outcomes)
