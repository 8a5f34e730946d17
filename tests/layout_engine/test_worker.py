from __future__ import annotations

import json

import pytest

pytest.importorskip("py_mini_racer", reason="the extra “javascript” is not installed")

from editor.layout_engine import checks, practice, worker
from editor.layout_engine.drawing import Drawing
from tests.layout_engine.columns import Columns


def asked(**told: object) -> dict[str, object]:
    made = {
        "id": 5,
        "kind": "layout",
        "plan": practice.chart(4).to_data(),
        "mode": "levels",
        "direction": "down",
    }
    return worker.answer(json.dumps({**made, "aspect": 1.5, **told}), Columns())


def test_a_plan_is_answered_with_a_drawing_and_the_number_of_its_request() -> None:
    told = asked()
    assert told["id"] == 5
    assert checks.flaw(practice.chart(4), Drawing.from_data(told["done"])) is None


def test_a_ping_is_answered() -> None:
    assert asked(kind="ping") == {"id": 5, "done": "pong"}


@pytest.mark.parametrize(
    "wrong", [{"plan": None}, {"plan": {"root": 1}}, {"mode": "askew"}, {"direction": 3}, {"plan": {}}]
)
def test_what_is_no_request_is_told(wrong: dict[str, object]) -> None:
    told = asked(**wrong)
    assert told["id"] == 5
    assert told["error"]


@pytest.mark.parametrize("line", ["", "{", "7", "[]", "null", '{"kind": "ping"}'])
def test_what_is_no_json_object_is_told_too(line: str) -> None:
    assert worker.answer(line, Columns())["error"]
