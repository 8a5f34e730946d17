"""Keys are data: each invokes one thing, each command has one that every keyboard has, and all can be changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.commands import keymap
from editor.commands.keymap import Keymap, canonical
from editor.errors import FormatError

ROWS = keymap.rows()
IDS = [row.id for row in ROWS]
KEYS = ["Ctrl+C", "Ctrl+X", "F5", "Shift+1", "K", "Ctrl+Shift+Z", "Del"]


def test_no_key_is_given_twice() -> None:
    standard = Keymap(ROWS)
    for row in ROWS:
        for key in row.keys:
            assert canonical(key), (row.id, key)
            assert standard.owners(key, without=row.id) == []
            assert standard.fixed(key) == ""


def test_what_has_keys_has_one_that_every_keyboard_has() -> None:
    for row in ROWS:
        if row.keys:
            names = [canonical(key).rpartition("+")[2] for key in row.keys]
            assert any(len(name) > 1 or (name.isascii() and name.isalpha()) for name in names), row


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ctrl+c", "Ctrl+C"),
        ("Shift+Ctrl+Z", "Ctrl+Shift+Z"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("Backtab", "Shift+Tab"),
        ("Ctrl+Delete", "Ctrl+Del"),
        ("?", "?"),
        ("Ctrl+", ""),
        ("Hyper+A", ""),
        ("Ctrl+Ctrl+A", ""),
        ("F99", ""),
        ("", ""),
    ],
)
def test_a_key_is_written_in_one_way(text: str, wanted: str) -> None:
    assert canonical(text) == wanted


def test_a_key_that_is_given_away_is_taken_from_its_owner() -> None:
    made = Keymap(ROWS).assigned("edit.copy", ["Ctrl+X"])
    assert made.keys("edit.copy") == ("Ctrl+X",)
    assert made.keys("edit.cut") == ()
    assert not made.is_standard("edit.cut")
    again = made.reset("edit.copy").reset("edit.cut")
    assert again.chosen == {}


def test_rows_are_found_by_title_group_and_key() -> None:
    made = Keymap(ROWS)
    assert [row.id for row in made.found("ctrl+v")] == ["edit.paste"]
    assert "edit.copy_picture" in [row.id for row in made.found("picture copy")]
    assert "view.fit" in [row.id for row in made.found("view all")]
    assert made.found("no such thing") == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(IDS), st.lists(st.sampled_from(KEYS), max_size=3)), max_size=8))
def test_whatever_is_chosen_no_key_is_given_twice_and_a_file_keeps_it(
    deeds: list[tuple[str, list[str]]],
) -> None:
    made = Keymap(ROWS)
    for id, keys in deeds:
        made = made.assigned(id, keys)
        for row in ROWS:
            assert all(not made.owners(key, without=row.id) for key in made.keys(row.id))
    read, told = keymap.read(keymap.write(made.chosen), Keymap(ROWS))
    assert told == ()
    assert read.chosen == made.chosen
    assert Keymap(ROWS, dict(keymap.as_settings(made.chosen))).chosen == made.chosen


def test_what_a_file_says_that_cannot_be_used_is_told() -> None:
    text = "edit.copy: [Ctrl+K, Space, Nonsense]\nno.such: [F9]\nedit.cut: F8\n"
    made, told = keymap.read(text, Keymap(ROWS))
    assert made.keys("edit.copy") == ("Ctrl+K",)
    assert made.keys("edit.cut") == ("F8",)
    assert told == (
        "Line 1: “Space” is no key that can be given to a command.",
        "Line 1: “Nonsense” is no key that can be given to a command.",
        "Line 2: there is no command “no.such”.",
    )
    with pytest.raises(FormatError, match="1:1"):
        keymap.read("- a", made)


@settings(deadline=None)
@given(st.text())
def test_no_file_is_too_strange(text: str) -> None:
    try:
        made, _ = keymap.read(text, Keymap(ROWS))
    except FormatError:
        return
    assert set(made.chosen) <= set(IDS)


PLACES = (
    keymap.Row("all", "Everywhere", "A", ("Ctrl+1",)),
    keymap.Row("here", "On the canvas", "A", ("Alt+Up",), "canvas"),
    keymap.Row("there", "In the outline", "A", ("Alt+Up",), "outline"),
)


def test_a_key_may_mean_one_thing_here_and_another_there() -> None:
    made = Keymap(PLACES)
    assert [made.conflicts(row.id) for row in PLACES] == [[], [], []]
    given = made.assigned("here", ["Alt+Down"]).assigned("there", ["Alt+Down"])
    assert (given.keys("here"), given.keys("there")) == (("Alt+Down",), ("Alt+Down",))


def test_a_key_that_counts_everywhere_is_taken_from_every_place() -> None:
    made = Keymap(PLACES).assigned("all", ["Alt+Up"])
    assert (made.keys("all"), made.keys("here"), made.keys("there")) == (("Alt+Up",), (), ())
    back = made.reset("there")
    assert (back.keys("all"), back.keys("here"), back.keys("there")) == ((), (), ("Alt+Up",))


def test_keys_that_were_written_twice_by_hand_are_told() -> None:
    made = Keymap(PLACES, {"here": ("Ctrl+1",)})
    assert [row.id for row in made.conflicts("here")] == ["all"]
    assert [row.id for row in made.conflicts("all")] == ["here"]
    assert made.conflicts("there") == []
