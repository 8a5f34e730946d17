"""Ten tasks that people do all day: done in a real window, and in no more gestures than elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.window.app import Program
from tests.journeys.ten_tasks import ALSO, TASKS, Task, gestures

pytestmark = pytest.mark.usefixtures("still")

OURS = (3, 7, 3, 2, 3, 3, 2, 2, 3, 2)


@pytest.mark.parametrize(
    ("task", "most"), [*zip(TASKS, OURS, strict=True), (ALSO[0], 2)], ids=lambda each: str(each)[:40]
)
def test_a_task_is_done_in_no_more_gestures(task: Task, most: int, program: Program, tmp_path: Path) -> None:
    own = gestures(task, program, tmp_path)
    assert len(own) == most
    assert len(own) <= min(len(task.stately), len(task.qt_creator))


def test_most_tasks_are_shorter_than_in_both() -> None:
    shorter = [
        task.name
        for task, own in zip(TASKS, OURS, strict=True)
        if own < min(len(task.stately), len(task.qt_creator))
    ]
    assert len(shorter) == 7
