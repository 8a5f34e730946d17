"""Every example loads, checks clean, runs its scenario, and saves to the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from editor import resources
from editor.document import files
from editor.engine.play import play
from editor.formats import native, scenario
from editor.model import rules
from editor.model.problems import Severity

EXAMPLES = resources.examples()


def test_there_are_the_machines_of_the_specification_and_our_own() -> None:
    assert {each.stem for each in EXAMPLES} >= {
        "order", "checkout", "batch-processor", "order-saga", "composite-parent", "circuit-breaker", "retry",
        "select-tool",
    }  # fmt: skip


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_clean(path: Path) -> None:
    loaded = native.read(path.read_bytes(), name=str(path))
    found = [*loaded.problems, *rules.check(loaded.chart)]
    assert [each.message for each in found if each.severity is not Severity.INFORMATION] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_as_its_scenario_says(path: Path) -> None:
    loaded = native.read(path.read_bytes(), name=str(path))
    steps = scenario.read(path.with_suffix(".scenario.yaml").read_bytes())
    result = play(loaded.chart, steps)
    assert (result.failures, result.errors) == ((), ())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_saves_to_the_same_bytes(path: Path, tmp_path: Path) -> None:
    for each in path.parent.glob(path.stem + ".*"):
        shutil.copy(each, tmp_path)
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    files.save(files.open_document(tmp_path / path.name))
    after = {each.name: each.read_bytes() for each in tmp_path.iterdir() if each.name in before}
    assert after == before
