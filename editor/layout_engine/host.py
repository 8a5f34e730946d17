"""V8 with ELK and libavoid in it; only the process of the engine imports this."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from py_mini_racer import JSPromise, MiniRacer

from editor import resources
from editor.layout_engine import parts

_SECONDS = 30.0
_EXPORT = re.compile(r"export\s*\{[^}]*\};?")
_SOURCE_MAP = re.compile(r"//# sourceMappingURL\S*")
_FACTORY = re.compile(r"\b(\w+)=(\w+);var \w+=\w+\(\1\);")


class Host:
    """Both libraries, loaded. They do not know of each other; both are given text and give text."""

    def __init__(self, engine: MiniRacer) -> None:
        """Load both.

        Raises:
            ValueError: a file of theirs is missing, or is not as it was when this was written.
        """
        self._engine = engine
        for name in ("elk_host.js", "avoid_host.js"):
            engine.eval(resources.path("layout", name).read_text(encoding="utf-8"))
        engine.eval(parts.path(parts.ELK).read_text(encoding="utf-8"))
        engine.eval("elkStart()")
        engine.eval(_as_script(parts.path(parts.AVOID).read_text(encoding="utf-8")))
        wasm = base64.b64encode(parts.path(parts.AVOID_WASM).read_bytes()).decode("ascii")
        started = engine.eval(f"avoidStart(avoidFactory, {json.dumps(wasm)})")
        if not isinstance(started, JSPromise):
            raise ValueError("libavoid does not start.")
        started.get(timeout=_SECONDS)

    def place(self, graph: dict[str, Any]) -> dict[str, Any]:
        """What ELK makes of a graph; `error` in it where it fails."""
        return self._call("elkPlace", graph)

    def route(self, request: dict[str, Any]) -> dict[str, Any]:
        """What libavoid makes of lines among boxes."""
        return self._call("avoidRoute", request)

    def _call(self, name: str, data: dict[str, Any]) -> dict[str, Any]:
        said = self._engine.eval(f"{name}({json.dumps(json.dumps(data))})")
        made: dict[str, Any] = json.loads(str(said))
        return made


def _as_script(text: str) -> str:
    """A module as a script that keeps what makes the library, since scripts export nothing.

    Raises:
        ValueError: it is built otherwise than the version that is known.
    """
    found = _FACTORY.search(text)
    if found is None:
        raise ValueError("This libavoid-js is built otherwise than version 0.4.5.")
    script = _SOURCE_MAP.sub("", _EXPORT.sub("", text)).replace("import.meta.url", '"file:///"')
    # in a function, for names at the top of both libraries are the same
    return f"(function () {{{script}\nglobalThis.avoidFactory = {found[2]};}})();"
