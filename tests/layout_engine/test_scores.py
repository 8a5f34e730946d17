"""What readers see of proposals for charts of all kinds: no faults, and no more crossings than there have been."""

from __future__ import annotations

import pytest

from editor.layout_engine.options import Direction, Mode
from editor.layout_engine.warm import Warm
from tests.benchmarks import layout, layout_samples, layout_scorer

CROSSINGS = {"cash_machine": 4, "wrist_watch": 0, "drone": 7, "gen10": 0, "gen50": 17}


@pytest.mark.parametrize("name", CROSSINGS)
def test_a_proposal_has_no_faults_and_no_more_crossings_than_before(
    name: str, warm: Warm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "_WARM", warm)
    chart = layout_samples.by_name(name)
    score = layout_scorer.score(chart, layout.laid_out(chart, Mode.LEVELS, Direction.DOWN))
    assert layout_scorer.faults(score) == 0
    assert score["crossings"] <= CROSSINGS[name]
