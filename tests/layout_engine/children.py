"""Processes that stand for the engine's and go wrong in their own ways, each a program of a few lines."""

from __future__ import annotations

import sys
from threading import Event

from editor.layout_engine.process import EngineError, EngineProcess

_READY = """
import json, os, sys
def say(told):
    print(told if isinstance(told, str) else json.dumps(told), flush=True)
say({"id": 0, "done": "ready"})
for line in sys.stdin:
    id = json.loads(line)["id"]
    """
SILENT = _READY + "pass"
CRASHING = _READY + "os._exit(3)"
STAMMERING = _READY + "say('gibberish {')"
SENSELESS = _READY + "say({'id': id, 'done': {'rects': {}, 'routes': {}, 'labels': {}}})"
SHAPELESS = _READY + "say({'id': id, 'done': 7})"
ANSWERLESS = _READY + "say({'id': id})"
FAILING = _READY + "say({'id': id, 'error': 'too hard'})"
ECHOING = _READY + "say({'id': id, 'done': json.loads(line)['kind']})"
DEAF = "import sys, json; print(json.dumps({'id': 0, 'done': 'ready'}), flush=True); sys.stdin.close()"
UNLOADED = "import json; print(json.dumps({'id': 0, 'error': 'no such file'}), flush=True)"
ENDING = "pass"
SLEEPING = "import sys; sys.stdin.read()"


def child(program: str) -> EngineProcess:
    return EngineProcess([sys.executable, "-c", program])


def impatient(event: Event, seconds: float) -> bool:
    """Waits for what must come, which the tests give no less than a second; for shorter times not at all."""
    return event.wait(60) if seconds >= 1 else event.is_set()


def nobody() -> EngineProcess:
    """Stands for starting one where none may be asked for."""
    raise EngineError("nobody may ask for it")
