"""Reading YAML: what values mean, where they stand, and what is refused at which place."""

from __future__ import annotations

import math
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.errors import Flaw, FormatError
from editor.formats import yaml_read
from editor.formats.yaml_tree import MOST_BYTES, Mark, parse
from editor.model.sameness import same

TEXT = """\
# head
id: door
states:
  open:
    on: {CLOSE: closed, KICK: [broken, {target: closed}]}
    entry:
      - first
      - assign: {n: 1}
  "closed": null
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"), ("off", "off"), ("yes", "yes"), ("No", "No"), ("y", "y"), ("1:30", "1:30"),
        ("2001-12-14", "2001-12-14"), ("0b11", "0b11"), ("1_000", "1_000"), ("=", "="),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("FALSE", False), ("tRUE", "tRUE"),
        ("null", None), ("Null", None), ("NULL", None), ("~", None), ("", None), ("nULL", "nULL"),
        ("7", 7), ("-7", -7), ("+7", 7), ("0o17", 15), ("0x1F", 31), ("017", 17), ("08", 8),
        ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0), ("-1.5E-3", -0.0015),
        (".inf", math.inf), ("-.INF", -math.inf), ("1e", "1e"), (".", "."), ("1.2.3", "1.2.3"), ("--1", "--1"),
        ("'1'", "1"), ('"true"', "true"), ("!!str 5", "5"), ("!!int '5'", 5), ("!!float 1", 1), ("! 5", "5"),
    ],
)  # fmt: skip
def test_a_scalar_means_what_the_core_schema_says(text: str, value: Any) -> None:
    assert same(parse(f"k: {text}\n").value, {"k": value})


def test_not_a_number_is_read() -> None:
    value: Any = parse("k: .nan\n").value
    assert math.isnan(value["k"])


@pytest.mark.parametrize("key", ["5000", "true", "null", "~", "1.5", "on", "2001-12-14", "0x1F"])
def test_a_key_is_always_its_text(key: str) -> None:
    assert parse(f"{key}: 1\n").value == {key: 1}
    assert parse(f"{{{key}: 1}}\n").value == {key: 1}


@pytest.mark.parametrize("text", ["", "\n", "# only\n# comments\n", "\ufeff", "\ufeff# x"])
def test_a_text_without_content_has_no_value(text: str) -> None:
    tree = parse(text)
    assert tree.value is None
    assert tree.is_empty
    assert tree.mark(("a",)) == Mark(1, 1)


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (2, 1), (2, 1)),
        (("id",), (2, 5), (2, 1)),
        (("states",), (4, 3), (3, 1)),
        (("states", "open", "on"), (5, 9), (5, 5)),
        (("states", "open", "on", "KICK"), (5, 31), (5, 25)),
        (("states", "open", "on", "KICK", 1, "target"), (5, 49), (5, 41)),
        (("states", "open", "entry", 0), (7, 9), (7, 9)),
        (("states", "open", "entry", 1, "assign"), (8, 17), (8, 9)),
        (("states", "closed"), (9, 13), (9, 3)),
    ],
)  # fmt: skip
def test_marks_say_where_values_and_keys_begin(path: Any, value: Any, key: Any) -> None:
    tree = parse(TEXT)
    assert tuple(tree.mark(path)) == value
    assert tuple(tree.key_mark(path)) == key


@pytest.mark.parametrize(
    ("path", "mark"),
    [
        (("nothing",), (2, 1)),
        (("id", "deeper"), (2, 5)),
        (("states", "open", "entry", 9, "x"), (7, 7)),
        (("states", "closed", "on"), (9, 13)),
        (("states", 3), (4, 3)),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_marked_at_the_nearest_that_does(path: Any, mark: Any) -> None:
    assert tuple(parse(TEXT).mark(path)) == mark


def test_marks_count_characters_behind_a_byte_order_mark_and_all_line_ends() -> None:
    tree = parse("\ufeffé: 1\r\nb: '😀'\r\nc: [x, y]\r\n".encode())
    assert tuple(tree.mark(("é",))) == (1, 4)
    assert tuple(tree.key_mark(("é",))) == (1, 1)
    assert tuple(tree.mark(("c", 1))) == (3, 8)


ALIASES = """\
base: &base {cond: ok, target: a}
more: &more
  <<: *base
  target: b
use: *more
mixed: {<<: [*more, {extra: 1}], own: 2}
list: [*base, x]
"""


def test_aliases_and_merge_keys_are_read() -> None:
    value: Any = parse(ALIASES).value
    assert value["more"] == {"cond": "ok", "target": "b"}
    assert value["use"] is value["more"]
    assert value["mixed"] == {"cond": "ok", "target": "b", "extra": 1, "own": 2}
    assert list(value["mixed"]) == ["cond", "target", "extra", "own"]


@pytest.mark.parametrize(
    ("path", "aliased", "mark"),
    [
        (("base", "cond"), False, (1, 20)),
        (("more",), False, (2, 7)),
        (("more", "cond"), True, (1, 20)),
        (("more", "target"), False, (4, 11)),
        (("use",), True, (5, 6)),
        (("use", "target"), True, (4, 11)),
        (("mixed", "extra"), True, (6, 29)),
        (("mixed", "own"), False, (6, 39)),
        (("mixed", "cond"), True, (1, 20)),
        (("list", 0), True, (7, 8)),
        (("list", 1), False, (7, 15)),
    ],
)  # fmt: skip
def test_the_tree_knows_what_came_by_an_alias_or_a_merge(path: Any, aliased: bool, mark: Any) -> None:
    tree = parse(ALIASES)
    assert tree.aliased(path) is aliased
    assert tuple(tree.mark(path)) == mark


def test_a_quoted_merge_key_is_a_key() -> None:
    assert parse("'<<': 1\n").value == {"<<": 1}


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 9)
)
DEEP = "a0: &a0 [" + "[" * 60 + "]" * 60 + "]\na1: [" + "[" * 60 + "*a0" + "]" * 60 + "]\n"

REFUSED: list[tuple[str, str | bytes, tuple[int, int], str]] = [
    ("not UTF-8", b"a: 1\nb: caf\xe9\n", (2, 7), "0xe9"),
    ("UTF-16", "a: 1\n".encode("utf-16"), (1, 1), "UTF-8"),
    ("cut in a character", "a: é".encode()[:-1], (1, 4), "UTF-8"),
    ("control character", "a: 1\nb: x\x07y\n", (2, 5), "U+0007"),
    ("NUL", "a: \x00\n", (1, 4), "U+0000"),
    ("NUL in bytes", b"a: \x00\n", (1, 4), "U+0000"),
    ("lone surrogate", "a: 1\nb: \ud800\n", (2, 4), "U+D800"),
    ("duplicate key", "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", (5, 3), "line 3, column 3, again in line 5, column 3"),
    ("duplicate in flow", "x: {a: 1, b: [2], a: 3}\n", (1, 19), "line 1, column 5"),
    ("same key, other quotes", "a: 1\n'a': 2\n", (2, 1), "“a”"),
    ("two merge keys", "a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n", (4, 3), "“<<”"),
    ("custom tag", "a: 1\nb: !foo 2\n", (2, 4), "“!foo”"),
    ("python tag", "b: !!python/object:os.system {}\n", (1, 4), "!!python"),
    ("tag that does not fit", "b: !!int x\n", (1, 4), "!!int"),
    ("tag of a collection", "b: !!set {a, b}\n", (1, 4), "!!set"),
    ("second document", "a: 1\n---\nb: 2\n", (2, 1), "second document"),
    ("too deep", "a: " + "[" * 100 + "]" * 100, (1, 103), "100 levels"),
    ("too deep in blocks", "".join(" " * level + "a:\n" for level in range(102)), (101, 101), "100 levels"),
    ("alias bomb", BOMB, (6, 45), "million"),
    ("too deep by an alias", DEEP, (2, 66), "100 levels"),
    ("alias in itself", "a: &a\n  b: [1, *a]\n", (2, 10), "contain itself"),
    ("unknown alias", "a: 1\nb: *nothing\n", (2, 4), "*nothing"),
    ("merge of a text", "a: 1\nb:\n  c: 2\n  <<: x\n", (4, 3), "merge key"),
    ("list as a key", "? [a, b]\n: 1\n", (1, 3), "cannot be a key"),
    ("mapping as a key", "{{a: 1}: 2}\n", (1, 2), "cannot be a key"),
    ("alias of a list as a key", "a: &a [1]\n*a : 2\n", (2, 1), "cannot be a key"),
    ("tab indents", "a:\n\tb: 1\n", (2, 1), "tab"),
    ("open quote", "a: 'x\nb: 1\n", (1, 4), "closed"),
    ("open bracket", "a: [1, 2\nb: 1\n", (2, 2), "begins in line 1, column 4"),
    ("two colons", "a: b: c\n", (1, 5), "“:”"),
    ("bad indentation", "a:\n  b: 1\n c: 2\n", (3, 2), "indentation"),
    ("at sign", "a: @x\n", (1, 4), "quote"),
    ("escaped surrogate", 'a: "x\\ud800"\n', (1, 8), "Write the character itself"),
    ("merge conflict", "s:\n<<<<<<< ours\n  a: 1\n=======\n  b: 1\n>>>>>>> theirs\n", (2, 1), "in conflict"),
    ("end of a merge conflict", "s:\n  a: 1\n>>>>>>> theirs\n", (3, 1), "in conflict"),
    ("bad escape", 'a: "\\q"\n', (1, 5), "escape"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "words"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_what_cannot_be_read_is_refused_with_its_place(
    text: str | bytes, place: tuple[int, int], words: str
) -> None:
    with pytest.raises(FormatError) as caught:
        parse(text, name="door.yaml")
    flaw = caught.value.flaws[0]
    assert words in flaw.message
    assert (flaw.line, flaw.column) == place
    assert str(caught.value).startswith("door.yaml:")


def test_a_text_that_is_too_large_is_refused() -> None:
    with pytest.raises(FormatError, match="64 MB"):
        parse(b"#" * (MOST_BYTES + 1))


def test_all_flaws_are_reported_at_once_in_order() -> None:
    with pytest.raises(FormatError) as caught:
        parse("a: 1\na: 2\nb: !x 1\nc: *no\n? [1]\n: 2\nb: 3\nd: {e: 1, e: 2, e: 3}\n")
    places = [(flaw.line, flaw.column) for flaw in caught.value.flaws]
    assert places == [(2, 1), (3, 4), (4, 4), (5, 3), (7, 1), (8, 11), (8, 17)]


def test_flaws_before_a_syntax_error_are_reported_with_it() -> None:
    with pytest.raises(FormatError) as caught:
        parse("a: 1\na: 2\nb: [\n")
    assert [flaw.line for flaw in caught.value.flaws] == [2, 4]


def test_depth_up_to_the_bound_is_read() -> None:
    assert parse("[" * 100 + "]" * 100).value is not None


SAMPLES = sorted((Path(__file__).parents[2] / "resources" / "examples").glob("*.yaml"))


def test_without_the_fast_parser_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [TEXT, ALIASES, "\ufeffa: |\n  x\r\nb: 'é'\n", *(path.read_text("utf-8") for path in SAMPLES[:4])]
    fast = [parse(text) for text in texts]
    monkeypatch.setattr(yaml_read, "_Parser", yaml.SafeLoader)
    for tree in fast:
        slow = parse(tree.text)
        assert same(slow.value, tree.value)
        assert list(slow.entries.starts) == list(tree.entries.starts)


CHARACTERS = [
    *"abc:-?[]{}#&*!|>'\"%@`,\n \t~<=.0",
    "- ",
    ": ",
    "\n  ",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "---\n",
    "\x07",
    "é",
]


def flaws_of(text: str | bytes) -> tuple[Flaw, ...]:
    """What is wrong with a text; nothing else than a FormatError may be raised."""
    try:
        tree = parse(text)
    except FormatError as error:
        return error.flaws or (Flaw("none"),)
    assert tree.mark(("states", "open", "on")) >= (1, 1)
    assert tree.aliased(("a", 0)) in (True, False)
    return ()


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(CHARACTERS), max_size=40).map("".join))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    assert all(flaw.line and flaw.column for flaw in flaws_of(text))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_a_damaged_text_is_read_or_refused_with_a_place(seed: int) -> None:
    chance = random.Random(seed)
    text = list(chance.choice([TEXT, ALIASES]))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text))
        text[place : place + chance.choice([0, 1, 5])] = [chance.choice(CHARACTERS)]
    assert all(flaw.line and flaw.column for flaw in flaws_of("".join(text).encode()))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    assert all(flaw.line and flaw.column for flaw in flaws_of(data))
