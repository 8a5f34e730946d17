"""The short form of `python -m tests.journeys.random_user`: whatever a user does, nothing breaks and undo is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor import resources
from editor.window.app import Program
from tests.journeys import random_user
from tests.journeys.random_user import Plan

SHORT = 40


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_user_breaks_no_promise(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))  # given back when the walk is over
    broken, done, _ = random_user.walk(Plan(seed, tuple(range(SHORT))), program)
    assert broken is None, f"seed {seed}: {broken}\nlast steps: {', '.join(done[-8:])}"


def test_a_random_user_breaks_no_promise_in_a_run_of_an_example(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATECHART_EDITOR_HOME", str(tmp_path / "home"))
    machine = next(each for each in resources.examples() if each.stem == "order")
    plan = Plan(3, tuple(range(SHORT)), machine, has_all_docks=True)
    broken, done, _ = random_user.walk(plan, program)
    assert broken is None, f"seed 3: {broken}\nlast steps: {', '.join(done[-8:])}"


def test_a_walk_that_breaks_is_cut_to_the_steps_that_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(plan: Plan, program: object) -> tuple[random_user.Broken | None, list[str], str]:
        done = [str(step) for step in plan.steps]
        is_broken = {3, 17} <= set(plan.steps) and plan.steps.index(3) < plan.steps.index(17)
        until = plan.steps.index(17) + 1 if is_broken else len(done)
        return random_user.Broken("undo: lost") if is_broken else None, done[:until], ""

    monkeypatch.setattr(random_user, "walk", walk)
    broken, done, _ = walk(Plan(1, tuple(range(40))), None)
    assert broken is not None
    short = random_user.shortened(Plan(1, tuple(range(40))), broken, len(done), None, 10.0)  # type: ignore[arg-type]
    assert short.steps == (3, 17)
