"""JSON with the places of its parts: the same values as any reader gives, and words for what is wrong."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import FormatError
from editor.formats.json_tree import JsonTree, parse
from editor.formats.yaml_tree import Path

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


def paths(value: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(path, value), *(found for key, each in pairs for found in paths(each, (*path, key)))]


@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_what_is_written_is_read(value: Any, indent: int | str | None, ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii)
    tree = parse(f"\n\t{text}\r\n".encode())
    assert tree.value == value
    assert repr(tree.value) == repr(value)  # 1, 1.0 and true are not the same


@given(VALUES, st.sampled_from([None, 1]))
def test_each_value_stands_where_it_is_said_to(value: Any, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    tree = parse(text)
    lines = text.split("\n")
    for path, each in paths(value):
        mark = tree.mark(path)
        begin = json.dumps(each, indent=indent).split("\n")[0]
        assert lines[mark.line - 1][mark.column - 1 :].startswith(begin)
        if path and isinstance(path[-1], str):
            key = tree.key_mark(path)
            assert lines[key.line - 1][key.column - 1 :].startswith(json.dumps(path[-1]))


def test_what_is_not_there_is_where_it_would_be() -> None:
    tree = parse('{"a": {"b": 1.50}}')
    assert tree.mark(("a", "b", "c", 3)) == tree.mark(("a", "b")) == (1, 13)
    assert tree.key_mark(()) == (1, 1)
    assert (tree.written(("a", "b")), tree.written(("a",)), tree.written(("x",))) == ("1.50", "", "")


def test_a_byte_order_mark_takes_no_column() -> None:
    assert isinstance(parse("\ufeff{}"), JsonTree)
    with pytest.raises(FormatError) as caught:
        parse("\ufeff{a}")
    assert caught.value.flaws[0].column == 2


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("", 1, 1, "A machine in JSON begins with “{”, but the file ends here."),
        ("states: {}", 1, 1, "A machine in JSON begins with “{”, but “states” stands here."),
        ("{\n  states: 1}", 2, 3, "A key in double quotes is expected, but “states” stands here."),
        ("{'a': 1}", 1, 2, "A key in double quotes is expected, but “'a'” stands here."),
        ('{"a" 1}', 1, 6, "A colon is expected between a key and its value, but “1” stands here."),
        ('{"a": }', 1, 7, "A value is expected behind the colon, but “}” stands here."),
        ('{"a": yes}', 1, 7, "A value is expected behind the colon, but “yes” stands here."),
        ('{"a": 1\n "b": 2}', 2, 2, "A comma or “}” is expected behind a value, but a text stands here."),
        ('{"a": 1,\n}', 2, 1, "A key in double quotes is expected, but “}” stands here."),
        ('{"a": [1, ]}', 1, 11, "A value is expected in a list, but “]” stands here."),
        ('{"a": [1 2]}', 1, 10, "A comma or “]” is expected behind a value, but “2” stands here."),
        ('{"a": [1', 1, 9, "A comma or “]” is expected behind a value, but the file ends here."),
        ('{"a": "b}', 1, 7, "A text begins here that has no closing quote."),
        ('{"a": "b\n"}', 1, 9, "This character cannot stand in a text."),
        ('{"a": "\\x"}', 1, 8, "This is no escape."),
        ('{"a": "\\ud800x"}', 1, 7, "A text has an escape that is half a character."),
        ('{"a": 01}', 1, 7, "A number, a text, true, false or null is expected, but “01” stands here."),
        ('{"a": -}', 1, 7, "A value is expected behind the colon, but “-” stands here."),
        ('{"a": ' + "1" * 500 + "}", 1, 7, "A number has at most 400 digits."),
        ('{"a": NaN}', 1, 7, "A value is expected behind the colon, but “NaN” stands here."),
        ("{} {}", 1, 4, "Nothing may follow the end of the machine, but “{” stands here."),
        ("{} // end", 1, 4, "Nothing may follow the end of the machine, but “//” stands here."),
        (
            '{"a": 1,\n "a": 2}', 2, 2,
            "The key “a” stands twice: first in line 1, column 2, and again here. Rename or remove one.",
        ),
        ('{"a": ' * 5_000, 1, 607, "Lists and objects go more than 100 levels deep."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(text: str, line: int, column: int, message: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse(text, name="m.json")
    [flaw] = caught.value.flaws
    assert (flaw.line, flaw.column) == (line, column)
    assert flaw.message.startswith(message)
    assert str(caught.value).startswith(f"m.json:{line}:{column}: ")


@given(st.text(st.sampled_from('{}[]",:\\u0d8e-+. \n\ttruefalsnx\ufeff\x00é'), max_size=30))
def test_any_text_is_json_or_no_json(text: str) -> None:
    try:
        expected = json.loads(text.removeprefix("\ufeff"))
    except ValueError:
        with pytest.raises(FormatError):
            parse(text)
        return
    try:
        assert parse(text).value == expected
    except FormatError:  # JSON may have keys twice and halves of characters
        assert re.search(r"\\u|\".*\".*:.*\".*\".*:", text, re.DOTALL)
