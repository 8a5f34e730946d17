"""The parts of the engine: where the files of ELK and libavoid lie, and how the processes are called."""

from __future__ import annotations

import os
from pathlib import Path

from editor import components, resources, v8

SWITCH = "--layout-engine"
"""What a frozen program is started with to be the process of the engine."""
SKETCH_SWITCH = "--layout-sketch"
"""What it is started with to be the process of graphlay."""
VARIABLE = "STATECHART_LAYOUT_ENGINE"
"""Names a folder with `elkjs` and `libavoid-js` in it, as npm lays them, to be used instead of ours."""
ELK = "elkjs/lib/elk-worker.min.js"
AVOID = "libavoid-js/dist/index.js"
AVOID_WASM = "libavoid-js/dist/libavoid.wasm"
ALL = (ELK, AVOID, AVOID_WASM)


def folder() -> Path:
    """The folder with both packages, whether they are there or not."""
    given = os.environ.get(VARIABLE, "")
    return Path(given) if given else resources.path(*components.BUNDLED)


def path(part: str) -> Path:
    """One of the files."""
    return folder() / part


def missing() -> str | None:
    """Why the engine cannot run here, as a sentence for users; None when it can."""
    if not v8.is_here():
        return "The extra “javascript” is not installed."
    absent = [part for part in ALL if not path(part).is_file()]
    return f"{path(absent[0])} is missing." if absent else None
