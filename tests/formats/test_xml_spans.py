"""Where elements stand in a text, what goes with them, and edits by these places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.formats.xml_edits import TextEdit, applied
from editor.formats.xml_match import stationary
from editor.formats.xml_spans import everything, region, reindented, scan

TEXT = """\
<?xml version="1.0"?><!-- <a> -->
<a xmlns="urn:1" xmlns:p="urn:2" x = '>"'>
  <!-- of b -->
  <!-- too -->
  <b y="1"/> <!-- behind b -->

  <!-- free -->

  <p:c><![CDATA[<d>]]><d xmlns=""/></p:c><e/> <!-- behind e -->
</a>
<?end <f>?>
"""


def test_elements_are_found_with_their_namespaces_and_nothing_else_is() -> None:
    root = scan(TEXT)
    found = [(each.space, each.tag, TEXT[each.start : each.inside]) for each in everything(root)]
    assert [each[:2] for each in found] == [
        ("urn:1", "a"),
        ("urn:1", "b"),
        ("urn:2", "c"),
        ("", "d"),
        ("urn:1", "e"),
    ]
    assert found[2][2] == "<p:c>"
    assert TEXT[root.outside : root.end] == "</a>"


def test_attributes_are_found_with_their_values() -> None:
    root = scan(TEXT)
    found = root.find("", "x")
    assert found is not None
    assert TEXT[found.start : found.end] == '>"'
    assert TEXT[found.before : found.end + 1] == " x = '>\"'"
    assert root.find("urn:1", "x") is None


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("b", '\n  <!-- of b -->\n  <!-- too -->\n  <b y="1"/> <!-- behind b -->'),
        ("c", '\n\n  <p:c><![CDATA[<d>]]><d xmlns=""/></p:c>'),
        ("e", "<e/> <!-- behind e -->"),
    ],
)
def test_comments_go_with_what_they_stand_at(tag: str, text: str) -> None:
    span = next(each for each in everything(scan(TEXT)) if each.tag == tag)
    start, end = region(TEXT, span)
    assert TEXT[start:end] == text


def test_only_space_between_tags_is_indented_anew() -> None:
    text = '<a>\n    <b c="\n    "/>\n    <!--\n    x -->\n    <v>\n    <w/>\n    </v>\n  </a>'
    wanted = '<a>\n  <b c="\n    "/>\n  <!--\n    x -->\n  <v>\n    <w/>\n    </v>\n</a>'
    assert reindented(text, "  ", "", ("v",)) == wanted
    assert reindented(text, "  ", "  ", ()) == text


def test_edits_at_one_place_are_made_in_their_order() -> None:
    edits = [TextEdit(1, 2, "-"), TextEdit(1, 1, "x"), TextEdit(1, 1, "y"), TextEdit(3, 3, "z")]
    assert applied("abc", edits) == "axy-cz"


@given(st.lists(st.none() | st.integers(0, 8), max_size=8))
def test_what_stays_is_a_longest_run_that_goes_up(places: list[int | None]) -> None:
    places = [each for number, each in enumerate(places) if each is None or each not in places[:number]]
    kept = [places[number] for number in sorted(stationary(places))]
    assert None not in kept
    assert all(one < other for one, other in pairwise(kept))  # type: ignore[operator]
    runs = [0]
    for number, each in enumerate(places):
        before = [
            runs[at + 1]
            for at, other in enumerate(places[:number])
            if other is not None and each is not None and other < each
        ]
        runs.append(1 + max(before, default=0) if each is not None else 0)
    assert len(kept) == max(runs)
