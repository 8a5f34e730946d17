"""The process of graphlay, which serves drawings by it, with lines as the canvas leads them. It needs no V8.

Asked are `ping`, and `sketch` with a sketch; an answer has the `id` of its request, and `done` or `error`.
"""

from __future__ import annotations

from typing import Any

import graphlay

from editor.layout import auto_fill, auto_graphlay
from editor.layout_engine.serving import Loaded, answered, serve
from editor.layout_engine.sketching import Sketch, sketched


def main() -> None:
    """Load graphlay and answer until the input ends; never returns."""
    serve(_load)


def _load() -> Loaded:
    # what drawing would load with the first request
    assert graphlay, auto_fill
    assert auto_graphlay
    return Loaded(answer)


def answer(line: str) -> dict[str, Any]:
    """What to say to a request."""
    # whatever goes wrong is told, and who asked goes on without
    return answered(line, lambda asked: sketched(Sketch.from_data(asked)), (Exception,))


if __name__ == "__main__":
    main()
