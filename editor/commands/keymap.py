"""Which keys invoke what: the keys of the table of commands, and those that a person chose instead; knows no Qt.

A key is written as Qt writes it: `Ctrl+Shift+A`, `F5`, `?`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from editor.commands.table import COMMANDS
from editor.errors import Flaw, FormatError
from editor.formats.yaml_scalars import write_key
from editor.formats.yaml_tree import parse
from editor.formats.yaml_write import inline
from editor.model.elements import Data

Keys = Mapping[str, tuple[str, ...]]

_MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
_NAMED = (
    "Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Ins", "Del", "Backspace", "Tab", "Backtab",
    "Return", "Enter", "Esc", "Space", "Pause", "Print", "Menu", *(f"F{number}" for number in range(1, 36)),
)  # fmt: skip
_SPELLINGS = {each.lower(): each for each in _NAMED} | {
    "delete": "Del", "insert": "Ins", "escape": "Esc", "pageup": "PgUp", "pagedown": "PgDown", "plus": "+",
}  # fmt: skip
FIXED: Keys = MappingProxyType(
    {"Hold to pan": ("Space",), "Hold to look closer": ("Z",), "Give up, or select nothing": ("Esc",)}
)
"""What keys do on the canvas that cannot be given to anything else."""
CANVAS = "canvas"
"""The place of keys that texts and lists need for themselves."""
_HEAD = "# Keyboard shortcuts of Statechart Editor that differ from the standard ones.\n"


@dataclass(frozen=True, slots=True)
class Row:
    """Something that keys invoke, in the group that it is listed in, with its standard keys.

    `place`: where alone they mean it, as the canvas or a panel that has the focus; empty for everywhere.
    """

    id: str
    title: str
    group: str
    keys: tuple[str, ...]
    place: str = ""

    def meets(self, other: Row) -> bool:
        """Whether there is a place where the keys of both mean something."""
        return not self.place or not other.place or self.place == other.place


def rows() -> tuple[Row, ...]:
    """All commands, in the order of the menus."""
    return tuple(
        Row(each.id, each.title.rstrip("…"), menu, each.shortcuts, CANVAS if each.on_canvas else "")
        for menu, group in COMMANDS.menus().items()
        for each in group
        if each.choices is None or each.shortcuts
    )


@cache
def canonical(text: str) -> str:
    """A key in the one way it is written; empty where it is none."""
    parts = re.split(r"\+(?=.)", text.strip().replace(" ", ""))
    *held, key = [each for each in parts if each] or [""]
    found = {each.capitalize() for each in held}
    name = _SPELLINGS.get(key.lower()) or (key.upper() if len(key) == 1 and key.isprintable() else "")
    if not name or not found.issubset(_MODIFIERS) or len(found) != len(held):
        return ""
    if name == "Backtab":
        found, name = found | {"Shift"}, "Tab"
    return "+".join([*(each for each in _MODIFIERS if each in found), name])


class Keymap:
    """The keys of all rows: those chosen, else the standard ones. Rows that are unknown are passed over."""

    def __init__(self, rows: Sequence[Row], chosen: Keys = MappingProxyType({})) -> None:
        self.rows = tuple(rows)
        self.by_id = {row.id: row for row in self.rows}
        self.chosen = {id: keys for id, keys in chosen.items() if id in self.by_id}

    def keys(self, id: str) -> tuple[str, ...]:
        """The keys of a row."""
        return self.chosen.get(id, self.by_id[id].keys)

    def shown(self, id: str) -> tuple[str, ...]:
        """The keys of a row for people: one that is written in two ways once."""
        return tuple(dict.fromkeys(canonical(key) or key for key in self.keys(id)))

    def is_standard(self, id: str) -> bool:
        """Whether a row has the keys that it has when nothing is chosen."""
        return id not in self.chosen

    def owners(self, key: str, without: str = "") -> list[Row]:
        """The rows that have a key; not the one `without`, and only those that mean something where that one does."""
        wanted, own = canonical(key), self.by_id.get(without)
        return [
            row
            for row in self.rows
            if row.id != without
            and (own is None or own.meets(row))
            and wanted in {canonical(each) for each in self.keys(row.id)}
        ]

    def conflicts(self, id: str) -> list[Row]:
        """The other rows that have a key of one as well, as a file that was edited by hand may say."""
        found = {row.id: row for key in self.keys(id) for row in self.owners(key, without=id)}
        return list(found.values())

    def fixed(self, key: str) -> str:
        """What a key does that cannot be given to anything else; empty where it can be."""
        wanted = canonical(key)
        return next((what for what, keys in FIXED.items() if wanted in keys), "")

    def assigned(self, id: str, keys: Iterable[str]) -> Keymap:
        """With other keys for a row; they are taken from all others that have them where they would mean both."""
        wanted = tuple(dict.fromkeys(keys))
        taken = {canonical(key) for key in wanted}
        chosen = dict(self.chosen)
        for row in self.rows:
            own = self.keys(row.id)
            is_met = self.by_id[id].meets(row)
            left = own if not is_met else tuple(each for each in own if canonical(each) not in taken)
            left = wanted if row.id == id else left
            if left != own or row.id in chosen:
                chosen[row.id] = left
                if left == row.keys:
                    del chosen[row.id]
        return Keymap(self.rows, chosen)

    def reset(self, id: str) -> Keymap:
        """With the standard keys for a row; they are taken from all others that have them."""
        return self.assigned(id, self.by_id[id].keys)

    def found(self, words: str) -> list[Row]:
        """The rows whose title, group or keys hold all of some words."""
        wanted = words.lower().split()
        return [
            row
            for row in self.rows
            if all(
                word in f"{row.title} {row.group}".lower()
                or any(word in key.lower() for key in self.keys(row.id))
                for word in wanted
            )
        ]


def write(chosen: Keys) -> str:
    """Keys that were chosen as a text in YAML, one line each."""
    return _HEAD + "".join(f"{write_key(id)}: {inline([*keys])}\n" for id, keys in sorted(chosen.items()))


def read(text: str | bytes, keymap: Keymap, *, name: str = "") -> tuple[Keymap, tuple[str, ...]]:
    """The keymap that a text of `write` describes, and what in it could not be used.

    Raises:
        FormatError: it cannot be read, or is no table of keys.
    """
    tree = parse(text, name=name)
    value = {} if tree.value is None else tree.value
    if not isinstance(value, dict):
        raise FormatError([Flaw("Shortcuts are a mapping of commands to keys.", *tree.mark(()))], file=name)
    made = Keymap(keymap.rows)
    told: list[str] = []
    for id, each in value.items():
        line = tree.key_mark((id,)).line
        if id not in made.by_id:
            told.append(f"Line {line}: there is no command “{id}”.")
            continue
        keys = _keys_of(each)
        wrong = [key for key in keys if not canonical(key) or made.fixed(key)]
        told += [f"Line {line}: “{key}” is no key that can be given to a command." for key in wrong]
        made = made.assigned(id, [key for key in keys if key not in wrong])
    return made, tuple(told)


def _keys_of(value: Data) -> list[str]:
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each is not None]


def as_settings(chosen: Keys) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Keys that were chosen, as `Settings.keys` holds them."""
    return tuple(sorted((id, tuple(keys)) for id, keys in chosen.items()))
