"""Files that others wrote: read, kept byte for byte, and edited at random."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from editor.errors import FormatError
from editor.formats.yaml_patch import patch
from editor.formats.yaml_tree import parse
from editor.formats.yaml_write import dump
from editor.model.sameness import same
from tests.formats.random_yaml import copied, edit_once

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("STATECHART_SHARED", ROOT.parent / "shared"))
OWN = sorted((ROOT / "resources" / "examples").glob("*.yaml"))
FOREIGN = [path for suffix in ("yaml", "yml", "json") for path in sorted(SHARED.glob(f"corpus/*/*.{suffix}"))]
UNREADABLE = {
    "aws-lambda-power-tuning__statemachine.asl.json": "a template, no JSON",
    "xstate-statemachine__IRStateMachine.json": "surrogates as escapes, which YAML does not have",
}


def test_there_are_files_of_others() -> None:
    if not FOREIGN:
        pytest.skip(f"0 files: the corpus is not at {SHARED}; set STATECHART_SHARED to its folder")
    assert len(FOREIGN) > 10


@pytest.mark.parametrize("path", [*OWN, *FOREIGN], ids=lambda path: path.name)
def test_a_file_stays_as_it_is_and_can_be_edited(path: Path) -> None:
    data = path.read_bytes()
    if path.name in UNREADABLE:
        with pytest.raises(FormatError):
            parse(data)
        return
    tree = parse(data, name=path.name)
    assert patch(tree, copied(tree.value)).encode() == data
    assert same(parse(dump(tree.value)).value, tree.value)
    for seed in range(3):
        value = copied(tree.value)
        moved: dict[tuple[str | int, ...], tuple[str | int, ...]] = {}
        edit_once(value, random.Random(f"{path.name}{seed}"), moved, moves=True)
        assert same(parse(patch(tree, value, moved)).value, value)
