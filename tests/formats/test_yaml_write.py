"""Fresh YAML: it means what it should to us and to readers of YAML 1.1, and looks written by hand."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.formats.yaml_patch import patch
from editor.formats.yaml_scalars import write_scalar
from editor.formats.yaml_tree import parse
from editor.formats.yaml_write import dump, inline
from editor.model.sameness import same

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(
        ["a\nb\n", "a\n\n", "\na", " a\nb", "a\n  b", "a\n ", "---", "...", "\u2028", "- x", "k: v", "x #y"]
    )
)
keys = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["on", "<<", "-", "? a", "a: b"]
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=400, deadline=None)
@given(values)
def test_what_is_dumped_is_read_back(value: Any) -> None:
    assert same(parse(dump(value)).value, value)


@settings(max_examples=200, deadline=None)
@given(values)
def test_what_is_on_one_line_is_read_back(value: Any) -> None:
    assert "\n" not in inline(value)
    assert same(parse(inline(value)).value, value)
    assert same(parse(inline(value, quote='"')).value, value)


@settings(max_examples=400, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.from_regex(r"[-+0-9._:exob]{1,8}", fullmatch=True)
)
def test_a_text_is_a_text_to_readers_of_yaml_1_1_too(text: str) -> None:
    for written in (dump({"key": text}), f"key: {write_scalar(text)}\n", f"{{key: {inline(text)}}}\n"):
        assert yaml.safe_load(written) == {"key": text}


def test_a_question_mark_is_quoted_inside_braces_where_old_readers_take_it_for_a_key() -> None:
    assert inline({"key": "A?"}) == "{key: 'A?'}"


@pytest.mark.parametrize(
    "text",
    ["on", "Off", "yes", "NO", "y", "N", "true", "null", "~", "1:30", "0o7", "0x1F", "1_000", "1e3", ".5", "2001-12-14",
     "#id", "*", "@x", "%x", "- a", "a: b", "a #b", "!x", "&x", "", " x", "x ", "<<", "=", "[a", "{a", "`x"],
)  # fmt: skip
def test_texts_that_could_be_taken_for_something_else_are_quoted(text: str) -> None:
    assert write_scalar(text)[0] in "'\""


@pytest.mark.parametrize(
    "text", ["n > 3", "failures + 1", "a.b", ".child", "1.5s", "200ms", "two words", "it's", "é"]
)
def test_texts_that_are_plain_stay_plain(text: str) -> None:
    assert write_scalar(text) == text


def test_a_quoted_text_within_double_quotes() -> None:
    assert write_scalar("'open'") == "\"'open'\""


@pytest.mark.parametrize("key", ["on", "5000", "a.*", "true", "x y", "é"])
def test_keys_need_quotes_seldom(key: str) -> None:
    assert dump({key: 1}) == f"{key}: 1\n"


def test_a_very_long_key_is_written() -> None:
    value = {"k" * 3000: {"deep" * 500: [1, {"x" * 1200: 2}]}}
    assert parse(dump(value)).value == value


HOUSE = """\
id: circuitBreaker
context:
  failures: 0
  ready: true
  motto: |
    Stop calling
    a failing service.
states:
  closed:
    on:
      FAILURE:
        target: closed
        cond: belowThreshold
        actions: [incrementFailures, logTheFailure]
      FAILURE_THRESHOLD: open
  open:
    after: {RESET_TIMEOUT: halfOpen}
  halfOpen:
    on: {SUCCESS: {target: closed, actions: resetFailures}, FAILURE: open}
  done: {type: final}
actions:
  incrementFailures:
    - assign: {failures: failures + 1}
    - choose:
        - {guard: failures >= threshold, actions: {raise: FAILURE_THRESHOLD}}
services: {}
"""


@pytest.mark.parametrize(("start", "digit"), [("", "9"), ("-", "9"), ("0x", "f"), ("0o", "7")])
@pytest.mark.parametrize("count", [3_498, 3_499, 4_299, 4_300, 4_301, 20_000])
def test_a_number_of_any_length_is_written_again(start: str, digit: str, count: int) -> None:
    value = parse(f"a: {start}{digit * count}").value
    assert same(parse(dump(value)).value, value)


@pytest.mark.parametrize("text", ["a\ud800b", "\udc00", "two\nlines \ud83d\n", "\ud83d\ude00"])
def test_lone_surrogates_become_what_can_be_read(text: str) -> None:
    clean = text.replace("\ud800", "\ufffd").replace("\udc00", "\ufffd")
    clean = clean.replace("\ud83d", "\ufffd").replace("\ude00", "\ufffd")
    assert same(parse(dump({"a": text, text: [text]}).encode()).value, {"a": clean, clean: [clean]})
    patched = patch(parse("# kept\na: b  # too\nc: d\n"), {"a": text, "c": "d"})
    assert same(parse(patched.encode()).value, {"a": clean, "c": "d"})
    assert "# kept" in patched
    assert "# too" in patched


def test_fresh_text_looks_written_by_hand() -> None:
    assert dump(parse(HOUSE).value) == HOUSE
