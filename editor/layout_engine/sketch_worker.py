"""The process of graphlay, which serves drawings by it, with lines as the canvas leads them. It needs no V8.

Asked are `ping`, and `sketch` with a sketch; an answer has the `id` of its request, and `done` or `error`.
"""

from __future__ import annotations

import json
from typing import Any

import graphlay

from editor.layout import auto_fill, auto_graphlay
from editor.layout_engine.serving import Answer, serve
from editor.layout_engine.sketching import Sketch, sketched


def main() -> None:
    """Load graphlay and answer until the input ends; never returns."""
    serve(_load)


def _load() -> Answer:
    # what drawing would load with the first request
    assert graphlay, auto_fill
    assert auto_graphlay
    return answer


def answer(line: str) -> dict[str, Any]:
    """What to say to a request."""
    id: object = None
    try:
        asked = json.loads(line)
        id = asked["id"]
        if asked["kind"] == "ping":
            return {"id": id, "done": "pong"}
        drawing = sketched(Sketch.from_data(asked))
    except Exception as error:  # noqa: BLE001 - it is told, and who asked goes on without
        return {"id": id, "error": f"{type(error).__name__}: {str(error)[:300]}"}
    return {"id": id, "done": drawing.to_data()}


if __name__ == "__main__":
    main()
