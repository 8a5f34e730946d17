from __future__ import annotations

import base64
import json
import pickle

import pytest

from editor.layout_engine import sketch_worker
from editor.layout_engine.drawing import Drawing
from editor.layout_engine.sketching import Sketch
from editor.model.diagram import Diagram
from tests.charts import chart
from tests.layout.charts import MEASURE

MADE = chart("initial: a\nstates: {a: {on: {GO: b}}, b: {}}")


def asked(**told: object) -> dict[str, object]:
    sketch = Sketch(chart=MADE, diagram=Diagram(), lines=tuple(MADE.transitions), measure=MEASURE)
    return sketch_worker.answer(json.dumps({"id": 5, "kind": "sketch", **sketch.to_data(), **told}))


def test_a_sketch_is_answered_with_places_for_all_states() -> None:
    told = asked()
    assert told["id"] == 5
    assert Drawing.from_data(told["done"]).rects.keys() == MADE.states.keys() - {MADE.root_id}


def test_a_ping_is_answered() -> None:
    assert asked(kind="ping") == {"id": 5, "done": "pong"}


@pytest.mark.parametrize(
    "wrong", [None, 7, "", "!", "AAAA", base64.b64encode(pickle.dumps({"chart": None})).decode()]
)
def test_what_is_no_sketch_is_told(wrong: object) -> None:
    told = asked(sketch=wrong)
    assert told["id"] == 5
    assert told["error"]


@pytest.mark.parametrize("line", ["", "{", "7", "[]", "null", '{"kind": "ping"}'])
def test_what_is_no_json_object_is_told_too(line: str) -> None:
    assert sketch_worker.answer(line)["error"]
