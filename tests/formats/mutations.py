"""Files spoilt the many ways in which files get spoilt: by disks, by other programs and by tired people."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from editor.errors import FormatError
from editor.formats.yaml_tree import parse
from editor.formats.yaml_write import dump

_TOKEN = re.compile(r"[\w.]+|\s+|.", re.DOTALL)
_KEY = re.compile(r"(?<![\w.*$@#-])[\w.*$@#-]++(?=\s*:(?:\s|$))")
_VALUE = re.compile(r"(?<=: )[^\n,{}\[\]#]+")
_MARKS = ["\x00", "\t", "\ufeff", "\u2028", "\x85", "\r", "\x1b", "\U0001f980", "\u202e", "\u00a0"]
_RAW = [
    b"\x00",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xed\xb0\x80",
    b"\xf4\x90\x80\x80",
    b"\xc0\xaf",
    b"\t",
    b"\r",
]
_WORDS = [
    "type", "initial", "states", "regions", "on", "after", "always", "onDone", "invoke", "entry", "exit", "history",
    "target", "output", "tags", "meta", "description", "guard", "cond", "actions", "internal", "reenter", "id", "src",
    "input", "data", "onError", "autoForward", "context", "guards", "delays", "services", "language", "assign", "raise",
    "send", "to", "delay", "cancel", "log", "choose", "params", "expr", "and", "or", "not", "in", "advance", "done",
    "error", "expect", "finished", "box", "auto", "tint", "collapsed", "bends", "label", "view", "<<", "*", "a.*", ".",
    "parallel", "final", "deep", "shallow", "#", "#.", "''", "null",
]  # fmt: skip
VALUES = [
    "{}", "[]", "null", "true", "''", "' '", "0", "-1", "-0.0", "1e400", "-1e400", ".nan", ".inf", "-.inf", "9" * 400,
    "0x" + "f" * 300, "1e-400", "1.5", "[[[[]]]]", "[null]", "[{}]", "{'': ''}", "{a: {b: [c, {d: e}]}}", "[1, [2]]",
    "'*'", "'#'", "'#x'", "'.'", "'..'", "'.a.b'", "'a.b.c'", "'a..b'", "'\\'", "'a b'", "\"\\0\"", "\"\\ud800\"",
    "\"\\uDC00x\"", "\"\\u2028\"", "2s", "-2s", "1e9h", "99999999999999999999s", "'1 +'", "'x' * 9", "9**9**9",
    "'a' if a else b", "[x for x in y]", "context", "__class__", "a.b[0].c", "(" * 120, "\"" + "(" * 300 + "\"",
    "\"" + "not " * 300 + "x\"", "\"" + "-" * 300 + "1\"", "x" * 20_000, "|\n  text", ">-\n\n\n", "{type: final}",
    "{type: parallel, states: {}}", "{type: history}", "{in: '#'}", "{and: []}", "{not: {not: x}}", "{expr: ''}",
    "{expr: 1}", "{type: '', params: []}", "[raise, {raise: ''}]", "{send: X, delay: -1}", "{send: X, delay: nan}",
    "{assign: {'a..b': 1}}", "{assign: {'': ''}}", "{choose: [{guard: g, actions: []}, {}]}", "[-5, 0, 1e300, .nan]",
    "[1, 2, 3, 4]", "[0, 0, -5, -5]", "[1e400, 1, 1, 1]", "{box: [0, 0, 1, 1], tint: 99}", "[0, 0, 9999999, 9999999]",
]  # fmt: skip

Mutation = Callable[[bytes, bytes, random.Random], bytes]
"""From a file, another file and a source of chance to a spoilt file."""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def bytes_flipped(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if spoilt:
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def bytes_inserted(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    piece = chance.choice([chance.choice(_RAW), bytes([chance.randrange(256)]) * chance.choice([1, 1, 300])])
    return data[:place] + piece + data[place:]


def bytes_deleted(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + data[place + chance.choice([1, 1, 2, 8, 64]) :]


def truncated(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def lines_changed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """A line dropped, doubled, swapped, re-indented, or taken from another file."""
    lines = data.splitlines(keepends=True) or [b""]
    place, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    kind = chance.choice(["drop", "double", "swap", "indent", "block", "foreign", "tab"])
    if kind == "drop":
        del lines[place]
    elif kind == "double":
        lines.insert(there, lines[place])
    elif kind == "swap":
        lines[place], lines[there] = lines[there], lines[place]
    elif kind == "foreign":
        lines.insert(place, chance.choice(other.splitlines(keepends=True) or [b""]))
    else:
        end = place + (chance.randint(1, 9) if kind == "block" else 1)
        by = b"\t" if kind == "tab" else b" " * chance.randint(1, 4)
        inward = chance.random() < 0.5
        for each in range(place, min(end, len(lines))):
            lines[each] = by + lines[each] if inward else lines[each].removeprefix(by)
    return b"".join(lines)


def tokens_swapped(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Tokens exchanged within the file, or for those of another one."""
    tokens, theirs = _TOKEN.findall(_text(data)) or [""], _TOKEN.findall(_text(other)) or [""]
    for _ in range(chance.randint(1, 5)):
        here, there = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        if chance.random() < 0.5:
            tokens[here] = chance.choice(theirs)
        else:
            tokens[here], tokens[there] = tokens[there], tokens[here]
    return _bytes("".join(tokens))


def keys_renamed(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """Keys turned into near words, or other words of the format."""

    def new(key: str) -> str:
        place = chance.randrange(len(key))
        near = [
            key[:place] + key[place + 1 :],
            key[:place] + key[place] + key[place:],
            key.swapcase(),
            key + "s",
        ]
        return chance.choice([*near, chance.choice(_WORDS), chance.choice(_WORDS)])

    return _bytes(_some(_KEY, _text(data), new, chance))


def values_replaced(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return _bytes(_some(_VALUE, _text(data), lambda _: chance.choice(VALUES), chance))


def _some(pattern: re.Pattern[str], text: str, new: Callable[[str], str], chance: random.Random) -> str:
    """One to three of the places where a pattern matches, written anew."""
    found = list(pattern.finditer(text))
    picked = chance.sample(found, min(len(found), chance.randint(1, 3)))
    for each in sorted(picked, key=lambda each: -each.start()):
        text = text[: each.start()] + new(each[0]) + text[each.end() :]
    return text


def anchors_inserted(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """An anchor somewhere, and aliases or merges of it after (or before) it."""
    lines = _text(data).splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if re.search(r":\s*(#.*)?$|: \S", line)]
    if not places:
        return data
    first = chance.choice(places)
    lines[first] = re.sub(r":(?=\s)", ": &x", lines[first], count=1)
    for place in chance.sample(places, min(len(places), chance.randint(1, 3))):
        margin = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        if chance.random() < 0.4:
            lines.insert(place, f"{margin}<<: {chance.choice(['*x', '[*x, *x]'])}\n")
        elif place != first:
            lines[place] = re.sub(r":\s.*", ": *x", lines[place], count=1)
    return _bytes("".join(lines))


def line_ends_changed(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    ends = [b"\r\n", b"\r", "\x85".encode(), "\u2028".encode(), b"\n\n", b" \n", b"\n\r"]
    if chance.random() < 0.5:
        return data.replace(b"\n", chance.choice(ends[:3]))
    return b"".join(
        line.rstrip(b"\n") + (chance.choice(ends) if chance.random() < 0.2 else b"\n")
        for line in data.splitlines()
    )


def marks_inserted(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """A byte order mark, NUL, tab, lone surrogate or another odd character."""
    text = _text(data)
    place = chance.choice([0, 0, len(text), chance.randrange(len(text) + 1)])
    mark = chance.choice(_MARKS).encode() if chance.random() < 0.8 else chance.choice(_RAW)
    return _bytes(text[:place]) + mark + _bytes(text[place:])


def encoded_otherwise(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    return _text(data).encode(chance.choice(["utf-16", "utf-16-le", "utf-32", "utf-8-sig"]), "replace")


def nested(data: bytes, _other: bytes, chance: random.Random) -> bytes:
    """A piece very deep in brackets, in lists or in states."""
    lines = _text(data).splitlines(keepends=True) or [""]
    depth = chance.choice([3, 90, 99, 120, 3000])
    kind = chance.choice(["flow", "list", "states"])
    if kind == "flow":
        opening, closing = chance.choice([("[", "]"), ("{a: ", "}")])
        piece = "deep: " + opening * depth + closing * chance.choice([depth, depth, depth - 1]) + "\n"
    elif kind == "list":
        piece = "deep: \n  " + "- " * depth + "x\n"
    else:
        piece = "".join("  " * each + "states:\n" + "  " * each + " a:\n" for each in range(min(depth, 300)))
    place = chance.choice([0, len(lines), chance.randrange(len(lines) + 1)])
    return _bytes("".join([*lines[:place], piece, *lines[place:]]))


def values_of_other_kinds(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The file written anew with a few values, at any depth, replaced, renamed, wrapped or from another file."""
    try:
        value, theirs = parse(data).value, parse(other).value
    except FormatError:
        return data
    holder: Any = [_copied(value)]
    foreign = [inner for each, part in _places([theirs]) for inner in [each[part]]]
    for _ in range(chance.randint(1, 4)):
        _change(*chance.choice(list(_places(holder))), foreign, chance)
    return _bytes(dump(holder[0]))


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    """Every collection with the key or index of each value in it."""
    for part, inner in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
        yield holder, part
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _change(holder: Any, part: Any, foreign: list[Any], chance: random.Random) -> None:
    kind = chance.choice(["value", "value", "foreign", "listed", "key", "wrap"])
    if kind == "foreign":
        holder[part] = _copied(chance.choice(foreign))
    elif kind == "listed":
        holder[part] = [_copied(holder[part]) for _ in range(chance.randint(0, 3))]
    elif kind == "key" and isinstance(holder, dict):
        holder[chance.choice(_WORDS)] = holder.pop(part)
    elif kind == "wrap":
        holder[part] = {chance.choice(_WORDS): holder[part]}
    else:
        try:
            holder[part] = parse(chance.choice(VALUES)).value
        except FormatError:
            holder[part] = None


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(each) for key, each in value.items()}
    return [_copied(each) for each in value] if isinstance(value, list) else value


MUTATIONS: Sequence[Mutation] = (
    bytes_flipped, bytes_inserted, bytes_deleted, truncated, lines_changed, lines_changed, tokens_swapped,
    tokens_swapped, keys_renamed, keys_renamed, values_replaced, values_replaced, values_replaced, anchors_inserted,
    line_ends_changed, marks_inserted, encoded_otherwise, nested, *[values_of_other_kinds] * 12,
)  # fmt: skip


def mutated(data: bytes, other: bytes, chance: random.Random) -> tuple[bytes, str]:
    """A file spoilt one to three times, and how."""
    names = []
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        mutation = chance.choice(MUTATIONS)
        data = mutation(data, other, chance)
        names.append(mutation.__name__)
    return data, " + ".join(names)
