"""The JSON Schema of the native format names the keys that the reader reads."""

from __future__ import annotations

import json
from typing import Any

from editor import resources
from editor.formats import native_keys as keys

SCHEMA: dict[str, Any] = json.loads(resources.path("schema", "chart.schema.json").read_text(encoding="utf-8"))
PARTS = SCHEMA["$defs"]


def mapping(part: str) -> set[str]:
    """The keys of the one form of a part that is a mapping of known keys."""
    (found,) = [each["properties"] for each in PARTS[part]["anyOf"] if "properties" in each]
    return set(found)


def test_the_schema_has_the_readers_keys() -> None:
    assert set(PARTS["state"]["properties"]) == set(keys.STATE_KEYS)
    assert set(SCHEMA["properties"]) == {*keys.STATE_KEYS, *keys.MACHINE_KEYS}
    assert mapping("transition") == set(keys.TRANSITION_KEYS)
    assert mapping("invoke") == set(keys.INVOKE_KEYS)
    assert set(PARTS["branch"]["properties"]) == set(keys.BRANCH_KEYS)
    assert set(PARTS["state"]["properties"]["type"]["enum"]) == {*keys.TYPES, None}


def test_the_schema_has_the_readers_kinds_of_actions_and_guards() -> None:
    actions = {
        each["required"][0]: set(each["properties"])
        for each in PARTS["action"]["anyOf"]
        if "properties" in each
    }
    assert actions == {kind: {kind, *more} for kind, more in keys.ACTION_KEYS.items()}
    guards = [set(each["properties"]) for each in PARTS["guard"]["anyOf"] if "properties" in each]
    assert set().union(*guards) == set(keys.GUARD_KEYS)


def test_every_key_that_is_written_is_read() -> None:
    assert set(keys.ROOT_ORDER) <= {*keys.STATE_KEYS, *keys.MACHINE_KEYS}
