"""Charts with scenarios from `scenarios/*.yaml`: one phenomenon each, and what is expected of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from editor.engine.play import play
from editor.formats import scenario, yaml_write
from editor.formats.yaml_tree import parse
from tests.charts import chart


def _cases() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted((Path(__file__).parent / "scenarios").glob("*.yaml")):
        cases = parse(path.read_text(encoding="utf-8")).value
        assert isinstance(cases, dict)
        found |= {f"{path.stem}: {name}": case for name, case in cases["cases"].items()}
    return found


CASES = _cases()


@pytest.mark.parametrize("name", CASES)
def test_the_machine_does_what_the_scenario_expects(name: str) -> None:
    case = CASES[name]
    steps = scenario.read(yaml_write.dump(case["scenario"]), name="case.yaml")
    result = play(chart(yaml_write.dump(case["chart"])), steps)
    assert [failure.message for failure in result.failures] == []
