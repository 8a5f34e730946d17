"""Random edits of random documents: the new text means the new value, and what was not edited stays."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from editor.formats import yaml_patch
from editor.formats.yaml_nodes import Node
from editor.formats.yaml_patch import patch
from editor.formats.yaml_tree import Tree, parse
from editor.model.sameness import same
from tests.formats.random_yaml import Path, Writer, copied, edit_once, places, refill, some_value

seeds = st.integers(0, 2**32)
DASH = re.compile(r"[\s-]*(#.*)?\Z")
COMMENT = re.compile(r"# c\d+")


def check_edits(seed: int, *, aliases: bool) -> None:
    """Edit a random document a few times at once."""
    tree = parse(Writer(seed, aliases=aliases).document())
    chance = random.Random(seed)
    value = copied(tree.value)
    moved: dict[Path, Path] = {}
    for number in range(chance.choice([1, 1, 1, 2, 4])):
        edit_once(value, chance, moved, moves=number == 0)
    assert patch(tree, copied(tree.value)) == tree.text
    assert same(parse(patch(tree, value, moved)).value, value)


@settings(max_examples=500, deadline=None)
@given(seeds)
def test_an_edited_text_means_the_new_value(seed: int) -> None:
    check_edits(seed, aliases=False)


@settings(max_examples=500, deadline=None)
@given(seeds)
def test_an_edited_text_with_aliases_means_the_new_value(seed: int) -> None:
    check_edits(seed, aliases=True)


@settings(max_examples=500, deadline=None)
@given(seeds, st.booleans())
def test_what_changed_is_enough_to_read_again_in_large_texts(seed: int, aliases: bool) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(yaml_patch, "MOST_VERIFIED", -1)
        check_edits(seed, aliases=aliases)


@settings(max_examples=200, deadline=None)
@given(seeds, seeds)
def test_any_value_can_follow_any_other(seed: int, other: int) -> None:
    tree = parse(Writer(seed, aliases=True).document())
    new = copied(parse(Writer(other, aliases=False).document()).value)
    assert same(parse(patch(tree, new)).value, new)


def lines_around(tree: Tree, path: Path) -> tuple[int, int]:
    """The first line of a pair or item with the comments above it, and the line of what follows it."""
    lines = tree.text.splitlines()
    first = tree.key_mark(path).line
    after = [
        tree.key_mark((*there, part)).line
        for there, holder in places(tree.value)
        for part in (holder if isinstance(holder, dict) else range(len(holder)))
        if (*there, part)[: len(path)] != path
    ]
    lead = first
    above = DASH if isinstance(path[-1], int) else re.compile(r"\s*#")
    while lead > 1 and above.match(lines[lead - 2]):
        lead -= 1
    return lead, min((line for line in after if line > first), default=len(lines) + 1)


def has_twin(holder: Any, part: Any) -> bool:
    """Whether an item is the same as one beside it, so that nobody can tell which of them was taken out."""
    if isinstance(holder, dict):
        return False
    beside = [place for place in (part - 1, part + 1) if 0 <= place < len(holder)]
    return any(same(holder[place], holder[part]) for place in beside)


def one_edit(value: Any, chance: random.Random) -> Path:
    """Set, take out or put in one thing; the path of what may lose its comments."""
    path, holder = chance.choice(list(places(value)))
    part = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    kind = chance.choice(["set", "delete", "add"])
    if kind == "add" and isinstance(holder, dict):
        holder["fresh"] = some_value(chance)
        return ()
    if kind == "delete" and len(holder) > 1 and not has_twin(holder, part):
        del holder[part]
    else:
        holder[part] = some_value(chance)
    return (*path, part)


def block_maps(node: Node, path: Path = ()) -> Iterator[Path]:
    """The paths of mappings that are written as blocks."""
    if node.kind == "map" and not node.style:
        yield path
    for place, (key, value) in enumerate(node.pairs):
        yield from block_maps(value, (*path, str(key.value) if key is not None else place))


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_all_comments_stay_when_pairs_change_places(seed: int) -> None:
    text, chance = Writer(seed, aliases=False).document(), random.Random(seed)
    tree = parse(text)
    assert tree.root is not None
    paths = list(block_maps(tree.root))
    if not paths:
        return
    value = holder = copied(tree.value)
    for part in chance.choice(paths):
        holder = holder[part]
    pairs = list(holder.items())
    chance.shuffle(pairs)
    refill(holder, [*pairs, ("fresh", some_value(chance))][: len(pairs) + chance.randint(0, 1)])
    result = patch(tree, value)
    assert same(parse(result).value, value)
    assert sorted(COMMENT.findall(result)) == sorted(COMMENT.findall(text))


@settings(max_examples=500, deadline=None)
@example(14704)
@given(seeds)
def test_comments_of_what_was_not_edited_stay_in_order(seed: int) -> None:
    text = Writer(seed, aliases=False).document()
    tree = parse(text)
    value = copied(tree.value)
    path = one_edit(value, random.Random(seed))
    lines = text.splitlines()
    lead, after = lines_around(tree, path) if path else (len(lines) + 1, 0)
    kept = [
        comment
        for number, line in enumerate(lines, 1)
        for comment in COMMENT.findall(line)
        if number < lead or number >= after
    ]
    result = COMMENT.findall(patch(tree, value))
    assert [comment for comment in result if comment in set(kept)] == kept
