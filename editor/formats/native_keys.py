"""The keys of the native format, and the order they are written in; the JSON schema holds the same."""

from __future__ import annotations

STATE_KEYS = (
    "type", "id", "description", "tags", "initial", "entry", "exit", "invoke", "on", "after", "always", "onDone",
    "states", "regions", "history", "target", "output", "data", "meta",
)  # fmt: skip
MACHINE_KEYS = ("context", "guards", "actions", "delays", "services", "language")
TRANSITION_KEYS = (
    "target", "guard", "cond", "actions", "internal", "reenter", "description", "meta",
)  # fmt: skip
INVOKE_KEYS = ("id", "src", "input", "data", "onDone", "onError", "autoForward")
TYPES = ("atomic", "compound", "parallel", "final", "history")
