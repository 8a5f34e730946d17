"""Patching changes what was edited and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.formats.yaml_patch import patch, same
from editor.formats.yaml_tree import parse
from editor.formats.yaml_write import dump

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
)
keys = st.sampled_from(["a", "b", "on", "target", "x y", "5000", "#c", "é", "yes", "-", "k:1", ""])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=15,
)
documents = st.dictionaries(keys, values, min_size=1, max_size=5)

TEXT = """\
# head
id: door   # what it is

initial: 'open'
states:
  # above open
  open:
    on: {CLOSE: closed, KICK: [broken, {target: closed, cond: weak}]}  # flow
    entry:
      - a   # first
      # above b
      - b

  # above closed
  closed:
    description: |
      two
      lines
    on:
      OPEN: open
  broken: {type: final}
# tail
"""


@settings(max_examples=300, deadline=None)
@given(documents)
def test_what_is_dumped_is_read_back(value: dict[str, Any]) -> None:
    assert same(parse(dump(value)).value, value)


@settings(max_examples=400, deadline=None)
@given(documents, documents)
def test_a_patched_text_means_the_new_value(old: dict[str, Any], new: dict[str, Any]) -> None:
    tree = parse(dump(old))
    assert patch(tree, tree.value) == tree.text
    assert same(parse(patch(tree, new)).value, new)


def edited(change: str) -> str:
    tree = parse(TEXT)
    value: Any = copy.deepcopy(tree.value)
    exec(change, {"m": value, "s": value["states"]})
    result = patch(tree, value)
    assert same(parse(result).value, value)
    return result


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        ("m['id'] = 'gate'", "id: door ", "id: gate "),
        ("m['initial'] = 'closed'", "'open'", "'closed'"),
        ("s['open']['on']['CLOSE'] = 'broken'", "CLOSE: closed", "CLOSE: broken"),
        ("s['open']['on']['KICK'][1]['cond'] = 'old'", "cond: weak", "cond: old"),
        ("s['open']['entry'][0] = 'z'", "- a ", "- z "),
        ("s['open']['entry'].append('c')", "      - b\n", "      - b\n      - c\n"),
        ("del s['open']['entry'][1]", "      # above b\n      - b\n", ""),
        (
            "s['closed']['on']['SLAM'] = 'broken'",
            "      OPEN: open\n",
            "      OPEN: open\n      SLAM: broken\n",
        ),
        ("s['broken']['tags'] = ['x']", "{type: final}", "{type: final, tags: [x]}"),
        ("s['closed']['on'] = {}", "    on:\n      OPEN: open\n", "    on: {}\n"),
        ("s['closed']['exit'] = 'q'", "      OPEN: open\n", "      OPEN: open\n    exit: q\n"),
    ],
)
def test_only_the_edited_place_changes(change: str, old: str, new: str) -> None:
    assert edited(change) == TEXT.replace(old, new)


def test_a_removed_state_takes_its_own_comment_along_and_no_other() -> None:
    result = edited("del s['closed']")
    assert "# above closed" not in result
    for comment in ("# head", "# above open", "# flow", "# first", "# above b", "# tail", "# what it is"):
        assert comment in result


def test_a_renamed_state_keeps_its_text() -> None:
    tree = parse(TEXT)
    states = {("shut" if key == "closed" else key): value for key, value in tree.value["states"].items()}
    new = {**tree.value, "states": states}
    result = patch(tree, new, {("states", "shut"): ("states", "closed")})
    assert result == TEXT.replace("  closed:\n", "  shut:\n")


def test_a_state_moved_into_another_takes_its_comments_along() -> None:
    tree = parse(TEXT)
    value: Any = copy.deepcopy(tree.value)
    value["states"]["open"]["states"] = {"closed": value["states"].pop("closed")}
    result = patch(tree, value, {("states", "open", "states", "closed"): ("states", "closed")})
    assert same(parse(result).value, value)
    assert "    # above closed" in result or "      # above closed" in result
    assert "          two\n" in result


def test_reordered_states_take_their_comments_along() -> None:
    tree = parse(TEXT)
    order = ["closed", "broken", "open"]
    new = {**tree.value, "states": {key: tree.value["states"][key] for key in order}}
    result = patch(tree, new)
    assert same(parse(result).value, new)
    assert result.index("# above closed") < result.index("# above open")


@pytest.mark.parametrize("text", ["a: &x {b: 1}\nc: *x\n", "d: &d {k: 1}\ne: {<<: *d, z: 2}\n"])
def test_editing_under_an_alias_writes_it_out_and_leaves_the_anchor(text: str) -> None:
    tree = parse(text)
    value: Any = copy.deepcopy(tree.value)
    last = list(value)[-1]
    value[last] = {**value[last], "new": 7}
    result = patch(tree, value)
    assert same(parse(result).value, value)
    assert result.splitlines()[0] == text.splitlines()[0]


def test_line_ends_stay_those_of_the_text() -> None:
    tree = parse(TEXT.replace("\n", "\r\n"))
    value: Any = copy.deepcopy(tree.value)
    value["states"]["new"] = {"on": {"A": "open"}}
    result = patch(tree, value)
    assert same(parse(result).value, value)
    assert result.count("\n") == result.count("\r\n")
