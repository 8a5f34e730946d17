"""The keys of the native format, in the order they are written in; the JSON schema holds the same."""

from __future__ import annotations

STATE_KEYS = (
    "type", "history", "id", "description", "tags", "initial", "invoke", "entry", "exit", "on", "after", "always",
    "onDone", "states", "regions", "target", "output", "data", "meta",
)  # fmt: skip
MACHINE_KEYS = ("language", "context", "guards", "actions", "delays", "services")
TABLES = ("guards", "actions", "delays", "services")
ROOT_ORDER = (
    "id", "description", "type", "tags", "initial", "language", "context", "invoke", "entry", "exit", "on", "after",
    "always", "onDone", "states", "regions", "output", "meta", *TABLES,
)  # fmt: skip
TRANSITION_KEYS = (
    "target", "guard", "cond", "actions", "internal", "reenter", "description", "meta",
)  # fmt: skip
INVOKE_KEYS = ("id", "src", "input", "data", "onDone", "onError", "autoForward")
BRANCH_KEYS = ("guard", "cond", "actions")
GUARD_KEYS = ("and", "or", "not", "in", "expr", "type", "params")
ACTION_KEYS: dict[str, tuple[str, ...]] = {
    "assign": (), "raise": ("data",), "send": ("to", "delay", "id", "data"), "cancel": (), "log": (), "choose": (),
    "type": ("params",),
}  # fmt: skip
TYPES = ("atomic", "compound", "parallel", "final", "history")
SYNONYMS = {"guard": "cond", "input": "data", "output": "data", "states": "regions"}
"""The word of the format, and the older word that is read as the same."""
