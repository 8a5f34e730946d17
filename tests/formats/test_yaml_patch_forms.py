"""Patches of the many forms that YAML has, each compared as a whole text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from editor.formats import yaml_patch
from editor.formats.yaml_patch import patch
from editor.formats.yaml_tree import parse
from editor.model.sameness import same
from tests.formats.random_yaml import copied

Edit = Callable[[Any], Any]


def edited(text: str, edit: Edit, moved: dict[Any, Any] | None = None) -> str:
    tree = parse(text)
    value = copied(tree.value)
    made = edit(value)
    value = made if made is not None else value
    result = patch(tree, value, moved)
    assert same(parse(result).value, value)
    return result


def put(*path: Any) -> Edit:
    """Set the last of a path at the path before it."""

    def edit(value: Any) -> None:
        *there, part, new = path
        for each in there:
            value = value[each]
        value[part] = new

    return edit


def drop(*path: Any) -> Edit:
    def edit(value: Any) -> None:
        *there, part = path
        for each in there:
            value = value[each]
        del value[part]

    return edit


SCALARS = [
    ("plain", "a: x  # c\nb: 1\n", put("a", "new text"), "a: new text  # c\nb: 1\n"),
    ("single quotes stay", "a: 'x' # c\n", put("a", "it's"), "a: 'it''s' # c\n"),
    ("double quotes stay", 'a: "x"\n', put("a", "y"), 'a: "y"\n'),
    ("quotes where needed", "a: x\n", put("a", "yes"), "a: 'yes'\n"),
    ("a number needs no quotes", "a: '5'\n", put("a", 5), "a: 5\n"),
    ("a text that was a number", "a: 5\n", put("a", "5"), "a: '5'\n"),
    ("what was empty", "a:  # c\nb:\n", put("a", 1), "a: 1  # c\nb:\n"),
    ("what was empty at the end", "a:", put("a", 1), "a: 1"),
    ("empty item", "- 1\n-\n- 3\n", put(1, "x"), "- 1\n- x\n- 3\n"),
    ("null", "a: x\n", put("a", None), "a: null\n"),
    ("anchor of a scalar", "a: &x 1\nb: 2\n", put("a", 3), "a: &x 3\nb: 2\n"),
    ("literal", "a: |  # c\n  one\n  two\n\nb: 1\n", put("a", "three\n\nfour\n"),
     "a: |  # c\n  three\n\n  four\n\nb: 1\n"),
    ("literal without the last line end", "a: |\n  one\nb: 1\n", put("a", "x\ny"), "a: |-\n  x\n  y\nb: 1\n"),
    ("folded", "a: >\n    one\n    two\nb: 1\n", put("a", "three\nfour\n"), "a: >\n    three\n\n    four\nb: 1\n"),
    ("a text of several lines", "a: x  # c\nb: 1\n", put("a", "one\ntwo\n"), "a: |  # c\n  one\n  two\nb: 1\n"),
    ("quoted over two lines", "a: 'one\n  two'  # c\nb: 1\n", put("a", "x"), "a: 'x'  # c\nb: 1\n"),
    ("plain over two lines", "a: one\n  two  # c\nb: 1\n", put("a", "x"), "a: x  # c\nb: 1\n"),
    ("root", "# h\n--- 5  # c\n...\n", lambda _: "x", "# h\n--- x  # c\n...\n"),
]  # fmt: skip

BLOCKS = [
    ("key in the middle", "a: 1\nc: 3\n", lambda v: {"a": 1, "b": 2, "c": 3}, "a: 1\nb: 2\nc: 3\n"),
    ("key at the end", "a: 1\n# tail\n", put("b", 2), "a: 1\nb: 2\n# tail\n"),
    ("key before all", "# h\na: 1\n", lambda v: {"b": 2, "a": 1}, "# h\nb: 2\na: 1\n"),
    ("no last line end", "a: 1", put("b", 2), "a: 1\nb: 2\n"),
    ("four spaces", "a:\n    b:\n        c: 1\n", put("a", "d", {"e": {"f": {}}}),
     "a:\n    b:\n        c: 1\n    d:\n        e: {f: {}}\n"),
    ("lists under their key", "a:\n- 1\nb:\n  c: 1\n", put("b", "d", [[1], [2, [3]]]),
     "a:\n- 1\nb:\n  c: 1\n  d:\n  - [1]\n  - [2, [3]]\n"),
    ("blank lines between", "a: 1\n\nb: 2\n", put("c", 3), "a: 1\n\nb: 2\n\nc: 3\n"),
    ("own comments go", "a: 1\n\n# alone\n\n# own\n# own too\nb: 2  # behind\n# next\nc: 3\n", drop("b"),
     "a: 1\n\n# alone\n\n# next\nc: 3\n"),
    ("comments within go", "a:\n  b: 1\n  # within\n# next\nc: 3\n", drop("a"), "# next\nc: 3\n"),
    ("the head of the text stays", "# head\na: 1\nb: 2\n", drop("a"), "# head\nb: 2\n"),
    ("first behind a dash", "- a: 1  # x\n  # own\n  b: 2\n- c\n", drop(0, "a"), "- # own\n  b: 2\n- c\n"),
    ("before the first behind a dash", "- a: 1\n  b: 2\n", put(0, {"z": 0, "a": 1, "b": 2}),
     "- z: 0\n  a: 1\n  b: 2\n"),
    ("mapping empties", "a:  # c\n  b: 1  # gone\nd: 2\n", put("a", {}), "a: {}  # c\nd: 2\n"),
    ("list empties", "a:\n- 1\n- 2\nd: 2\n", put("a", []), "a: []\nd: 2\n"),
    ("empty mapping fills", "a: {}  # c\n", put("a", "b", 1), "a:  # c\n  b: 1\n"),
    ("empty list fills", "x:\n  a: []\n", put("x", "a", ["b"]), "x:\n  a:\n    - b\n"),
    ("scalar to mapping", "x:\n  a: 1  # c\n", put("x", "a", {"b": {"c": {"d": 1}}}),
     "x:\n  a:  # c\n    b: {c: {d: 1}}\n"),
    ("mapping to scalar", "a: # c\n  b: 1\n  d: 2\ne: 1\n", put("a", "x"), "a: x  # c\ne: 1\n"),
    ("list to mapping", "a:\n  - b\n  - c\n", put("a", {"b": 1}), "a:\n  b: 1\n"),
    ("order", "# h\na: 1\n\n# own b\nb: 2\nc: 3 # c\n", lambda v: {"c": 3, "a": 1, "b": 2},
     "# h\nc: 3 # c\n\na: 1\n# own b\nb: 2\n"),
    ("items swap", "- a  # a\n# own\n- b\n", lambda v: ["b", "a"], "# own\n- b\n- a  # a\n"),
    ("item in the middle", "l:\n  - a\n  # own\n  - c\n", put("l", ["a", "b", "c"]),
     "l:\n  - a\n  - b\n  # own\n  - c\n"),
    ("item edited in place", "- {a: 1}  # c\n- {b: 2}\n", put(1, "b", 3), "- {a: 1}  # c\n- {b: 3}\n"),
    ("item to a mapping", "- x  # c\n- y\n", put(0, {"a": {"b": 1}}), "- a: {b: 1}\n- y\n"),
    ("list in a list", "- - a\n  - b\n", put(0, ["a", "b", "c"]), "- - a\n  - b\n  - c\n"),
    ("line ends", "a: 1\r\nb:\r\n  c: 1\r\n", put("b", "d", {"e": {"f": {"g": {}}}}),
     "a: 1\r\nb:\r\n  c: 1\r\n  d:\r\n    e: {f: {g: {}}}\r\n"),
    ("byte order mark", "\ufeffa: 1\n", put("a", 2), "\ufeffa: 2\n"),
    ("markers", "%YAML 1.2\n---\na: 1\n...\n", put("b", 2), "%YAML 1.2\n---\na: 1\nb: 2\n...\n"),
    ("tab before a comment", "a: 1\t# c\nb: 2\n", put("a", 3), "a: 3\t# c\nb: 2\n"),
    ("question mark", "? a\n: 1\nb: 2\n", put("b", 3), "a: 1\nb: 3\n"),
    ("root to a list", "# h\na: 1\n# t\n", lambda v: [1, {"b": 2}], "# h\n- 1\n- {b: 2}\n# t\n"),
    ("only comments", "# h\n", lambda v: {"a": 1}, "# h\na: 1\n"),
]  # fmt: skip

FLOWS = [
    ("value", "a: {b: 1, c: two}  # c\n", put("a", "c", "x"), "a: {b: 1, c: x}  # c\n"),
    ("spaces stay", "a: { b: 1 , c: 2 }\n", put("a", "d", 3), "a: { b: 1 , c: 2 , d: 3 }\n"),
    ("key in the middle", "a: {b: 1, d: 3}\n", put("a", {"b": 1, "c": 2, "d": 3}), "a: {b: 1, c: 2, d: 3}\n"),
    ("first goes", "a: {b: 1, c: 2}\n", drop("a", "b"), "a: {c: 2}\n"),
    ("last goes", "a: {b: 1, c: 2}\n", drop("a", "c"), "a: {b: 1}\n"),
    ("all go", "a: {b: 1, c: 2}  # c\n", put("a", {}), "a: {}  # c\n"),
    ("item", "a: [x, {t: y, c: z}]\n", put("a", ["w", "x", {"t": "y", "c": "q"}]), "a: [w, x, {t: y, c: q}]\n"),
    ("empty inside", "a: {b: {}, c: []}\n", put("a", "b", {"x": 1}), "a: {b: {x: 1}, c: []}\n"),
    ("key without value", "a: {b, c: }\n", put("a", {"b": 1, "c": 2}), "a: {b: 1, c: 2}\n"),
    ("behind a key without value", "- a: {b: }\n  c: 1  # c\n", put(0, "a", {"b": None, "d": 2}),
     "- a: {b: , d: 2}\n  c: 1  # c\n"),
    ("behind a quoted key without value", "- a: {\"b\":}\n  c: 1  # c\n", put(0, "a", {"b": None, "d": 2}),
     "- a: {\"b\": , d: 2}\n  c: 1  # c\n"),
    ("a key without value is left", "- a: {b: , d: 2}\n  c: 1  # c\n", put(0, "a", {"b": None}),
     "- a: {b: }\n  c: 1  # c\n"),
    ("text with a comma", "a: [x, y]\n", put("a", 0, "p, q"), "a: ['p, q', y]\n"),
    ("several lines", "a: {\n  b: 1,  # one\n  c: 2  # two\n}\n", put("a", "c", 3),
     "a: {\n  b: 1,  # one\n  c: 3  # two\n}\n"),
    ("put into several lines", "a: [\n  1,\n  2\n]\n", put("a", [1, 2, 3]), "a: [\n  1,\n  2,\n  3\n]\n"),
    ("order", "a: {b: 1, c: 2}\n", put("a", {"c": 2, "b": 1}), "a: {c: 2, b: 1}\n"),
    ("too long for a line", "s:\n  a: {t: b}\n", put("s", "a", {"t": "b", "c": "x" * 50, "d": "y" * 50}),
     f"s:\n  a:\n    t: b\n    c: {'x' * 50}\n    d: {'y' * 50}\n"),
    ("JSON stays JSON", '{"a": {"b": "x"},\n "c": []}\n',
     lambda v: {"a": {"b": "on", "d": "yes"}, "c": [{"e": None}]},
     '{"a": {"b": "on", "d": "yes"},\n "c": [{"e": null}]}\n'),
]  # fmt: skip

ALIASES = [
    ("under an alias", "a: &a {x: 1}\nb: *a  # c\n", put("b", {"x": 2}), "a: &a {x: 1}\nb:  # c\n  x: 2\n"),
    ("in brackets", "a: &a [1]\nb: {c: *a , d: *a }\n", put("b", {"c": [1], "d": [2]}),
     "a: &a [1]\nb: {c: *a , d: [2] }\n"),
    ("the anchored one", "a: &a {x: 1}\nb: *a\n", put("a", "x", 2), "a: &a {x: 2}\nb:\n  x: 1\n"),
    ("both", "a: &a {x: 1}\nb: *a\n", lambda v: {"a": {"x": 2}, "b": {"x": 2}}, "a: &a {x: 2}\nb: *a\n"),
    ("the anchored one goes", "a: &a {x: 1}\nb: *a\nc: *a\n", drop("a"), "b:\n  x: 1\nc:\n  x: 1\n"),
    ("order", "a: &a 1\nb: *a\n", lambda v: {"b": 1, "a": 1}, "b: 1\na: &a 1\n"),
    ("a merged value", "a: &a\n  x: 1\n  y: 2\nb:\n  <<: *a\n  z: 3\n", put("b", "x", 5),
     "a: &a\n  x: 1\n  y: 2\nb:\n  <<: *a\n  x: 5\n  z: 3\n"),
    ("a merged key goes", "a: &a {x: 1, y: 2}\nb:\n  <<: *a  # c\n  z: 3\n", drop("b", "x"),
     "a: &a {x: 1, y: 2}\nb:\n  y: 2\n  z: 3\n"),
    ("a key beside a merge", "a: &a {x: 1}\nb: {<<: *a, z: 3}\n", put("b", "w", 1),
     "a: &a {x: 1}\nb: {<<: *a, z: 3, w: 1}\n"),
    ("the merged one", "a: &a {x: 1}\nb: {<<: *a, z: 3}\n", put("a", "x", 2),
     "a: &a {x: 2}\nb: {<<: *a, x: 1, z: 3}\n"),
    ("elsewhere", "a: &a {x: 1}\nb: {<<: *a}\nc: *a\nd: 1\n", put("d", 2),
     "a: &a {x: 1}\nb: {<<: *a}\nc: *a\nd: 2\n"),
]  # fmt: skip

EXPLICIT = [
    ("comments around", "? a  # key\n# between\n: 1  # value\nb: 2  # b\n", put("b", 3),
     "a:  # key\n# between\n  1  # value\nb: 3  # b\n"),
    ("its own value", "? a  # key\n: 1  # value\nb: 2\n", put("a", 3), "a:  # key\n  3  # value\nb: 2\n"),
    ("a list, and no value", "# above\n? a\n: - x  # x\n  - y\n# d\n? d\nb: 2\n", put("a", 0, "z"),
     "# above\na:\n  - z  # x\n  - y\n# d\nd:\nb: 2\n"),
    ("a mapping", "? a\n: b: 1  # b\n  c: 2\nd: 1\n", drop("d"), "a:\n  b: 1  # b\n  c: 2\n"),
    ("a block text", "x:\n  ? a\n  : |\n    text\n  # d\n  d: 1\n", put("x", "d", 3),
     "x:\n  a: |\n    text\n  # d\n  d: 3\n"),
    ("elsewhere it stays", "x:\n  ? a\n  : 1\ny: 2\n", put("y", 3), "x:\n  ? a\n  : 1\ny: 3\n"),
    ("a key of two lines", "? |\n  long\n: 1  # c\nb: 2\n", put("b", 3), '"long\\n": 1  # c\nb: 3\n'),
    ("behind a byte order mark", "\ufeff? a\n: 1  # c\nb: 2\n", put("b", 3), "\ufeffa: 1  # c\nb: 3\n"),
    ("in braces it stays", "{? a : 1, b: 2}  # c\n", put("b", 3), "{? a : 1, b: 3}  # c\n"),
]  # fmt: skip

OPEN = [
    ("blank lines kept", "a: |+  # h\n  x\n\n# b\nb: 1  # c\n", put("b", 2), "a: |+  # h\n  x\n\n# b\nb: 2  # c\n"),
    ("put behind blank lines kept", "a: 1  # a\n\nb: |+  # b\n  x\n\n# c\n", put("new", 1),
     'a: 1  # a\n\nb: "x\\n\\n"  # b\n\nnew: 1\n\n# c\n'),
    ("cut", "# a\na: 1  # c\nb: |\n  x", put("a", 2), "# a\na: 2  # c\nb: |\n  x"),
    ("put behind a cut one", "a: 1  # c\nb: |  # h\n  x", put("new", 1), 'a: 1  # c\nb: "x"  # h\nnew: 1\n'),
    ("a cut one moved", "# a\na: 1  # c\nb: >\n  x", lambda v: {"b": v["b"], "a": 1}, '# a\nb: "x"\na: 1  # c\n'),
]  # fmt: skip

ALL = [*SCALARS, *BLOCKS, *FLOWS, *ALIASES, *EXPLICIT, *OPEN]


@pytest.mark.parametrize(
    ("text", "edit", "result"), [each[1:] for each in ALL], ids=[each[0] for each in ALL]
)
def test_the_smallest_change(text: str, edit: Edit, result: str) -> None:
    assert edited(text, edit) == result


MOVES = [
    ("renamed", "a: 1\n# own\nb:  # c\n  - x\nc: 2\n", lambda v: {"a": 1, "z": ["x"], "c": 2}, {("z",): ("b",)},
     "a: 1\n# own\nz:  # c\n  - x\nc: 2\n"),
    ("renamed and edited within", "b: {x: 1}  # c\n", lambda v: {"z": {"x": 2}}, {("z",): ("b",)},
     "z: {x: 2}  # c\n"),
    ("two names swapped", "a: {x: 1}  # a\nb: {y: 2}  # b\n", lambda v: {"b": {"x": 1}, "a": {"y": 2}},
     {("b",): ("a",), ("a",): ("b",)}, "b: {x: 1}  # a\na: {y: 2}  # b\n"),
    ("moved in", "s:\n  # own a\n  a:\n    # in a\n    k: 1  # k\n  b:\n    on: {}\n",
     lambda v: {"s": {"b": {"on": {}, "s": {"a": {"k": 1}}}}}, {("s", "b", "s", "a"): ("s", "a")},
     "s:\n  b:\n    on: {}\n    s:\n      # own a\n      a:\n        # in a\n        k: 1  # k\n"),
    ("moved out", "s:\n  b:\n    s:\n      # own\n      a:\n        k: |\n          one\n          two\n      c: {}\n",
     lambda v: {"s": {"b": {"s": {"c": {}}}, "a": {"k": "one\ntwo\n"}}}, {("s", "a"): ("s", "b", "s", "a")},
     "s:\n  b:\n    s:\n      c: {}\n  # own\n  a:\n    k: |\n      one\n      two\n"),
    ("moved and children with it", "a:\n  x: 1  # x\n  y: 2\nb: {}\n", lambda v: {"b": {"c": {"x": 1, "y": 3}}},
     {("b", "c"): ("a",), ("b", "c", "x"): ("a", "x")}, "b:\n  c:\n    x: 1  # x\n    y: 3\n"),
    ("out of brackets", "a: {x: {k: 'q', l: 2}, y: 1}\n", lambda v: {"a": {"y": 1}, "x": {"k": "q", "l": 2}},
     {("x",): ("a", "x")}, "a: {y: 1}\nx: {k: 'q', l: 2}\n"),
    ("item", "- {a: 1}  # a\n- {b: 2}  # b\n", lambda v: [{"b": 3}, {"a": 1}], {(0,): (1,), (1,): (0,)},
     "- {b: 3}  # b\n- {a: 1}  # a\n"),
    ("item to another list", "a:\n  # own\n  - x: 1  # x\n    y: 2\n  - z\nb:\n  - w\n",
     lambda v: {"a": ["z"], "b": ["w", {"x": 1, "y": 2}]}, {("b", 1): ("a", 0)},
     "a:\n  - z\nb:\n  - w\n  # own\n  - x: 1  # x\n    y: 2\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "edit", "moved", "result"), [each[1:] for each in MOVES], ids=[each[0] for each in MOVES]
)
def test_what_moved_takes_its_text_along(text: str, edit: Edit, moved: Any, result: str) -> None:
    assert edited(text, edit, moved) == result


def test_a_large_text_is_not_read_again_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "states:\n" + "".join(f"  s{number}: {{on: {{NEXT: s{number + 1}}}}}\n" for number in range(9000))
    tree = parse(text)
    value: Any = {"states": {**copied(tree.value)["states"], "s5": {"type": "final"}}}
    monkeypatch.setattr(yaml_patch, "parse", None)
    assert patch(tree, value) == text.replace("  s5: {on: {NEXT: s6}}", "  s5: {type: final}")
