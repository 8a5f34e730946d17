"""`diff`: what differs between two machines, as text or JSON; also as git calls it for a file of its own."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from editor.cli_report import FINE, FOUND, print_json
from editor.document import files
from editor.document.comparison import compare
from editor.document.differences import Difference, What, differences, summary
from editor.errors import EditorError, FileError
from editor.model.chart import Chart
from editor.model.diagram import Diagram

_SIGNS = {What.ADDED: "+", What.REMOVED: "-", What.RENAMED: "~", What.CHANGED: "~", What.MOVED: "."}
_GIT = (7, 9)
"""Words that git gives: path, old file, its hash and mode, new file, its hash and mode; for a renamed file its new
name and what git says of that."""


_LAYOUT = ".layout.yaml"
"""How the names of layout files end, which are told line by line."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two: what it is called, and where it is read from."""

    name: str
    path: Path

    @property
    def is_nothing(self) -> bool:
        """Whether there is no such file, which git calls by the name of the null device."""
        return str(self.path) in (os.devnull, "/dev/null", "nul", "NUL")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The words of the command."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE",
        help="two machines, before and after; or the seven words that git gives an external diff",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.set_defaults(run=lambda options: _diff(parser, options))


def _diff(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    words: list[str] = options.files
    if len(words) in _GIT:
        return _for_git(words, as_json=options.json)
    if len(words) != 2:
        parser.error("give two machines, before and after")
    sides = [_Side(word, Path(word)) for word in words]
    told = _compared(*sides)
    _show(sides, told, as_json=options.json)
    return FOUND if told else FINE


def _for_git(words: Sequence[str], *, as_json: bool) -> int:
    """What git asks for: always fine, since git ends the whole diff on any other answer."""
    after = words[7] if len(words) > 7 else words[0]
    sides = [_Side(f"a/{words[0]}", Path(words[1])), _Side(f"b/{after}", Path(words[4]))]
    told: list[Difference] = []
    why = ""
    if not after.endswith(_LAYOUT):
        try:
            told = _compared(*sides)
        except EditorError as error:
            why = f"These are no two machines to compare. {error}"
        else:
            why = "The machine is the same; its text differs."
    if told or as_json:
        _show(sides, told, as_json=as_json)
    else:
        _show_texts(sides, why)
    return FINE


def _show_texts(sides: Sequence[_Side], why: str) -> None:
    """What differs between two texts, line by line: git shows nothing else of a file that it has called us for."""
    texts = [_text(side) for side in sides]
    if texts[0] == texts[1]:
        return
    before, after = (text.splitlines() for text in texts)
    print(f"--- {sides[0].name}\n+++ {sides[1].name}")
    if why:
        print(why)
    for row in list(unified_diff(before, after, lineterm="", n=1))[2:]:
        print(row)


def _text(side: _Side) -> str:
    """The text of a side, whatever it is; nothing where there is no such file."""
    try:
        return "" if side.is_nothing else files.read_bytes(side.path).decode("utf-8", "replace")
    except EditorError:
        return ""


def _compared(before: _Side, after: _Side) -> list[Difference]:
    """What differs; in the drawings too where both have one.

    Raises:
        EditorError: one cannot be read.
    """
    if before.is_nothing and after.is_nothing:
        raise FileError("Neither of the two is a machine. Name at least one.")
    read = [_read(each, other) for each, other in ((before, after), (after, before))]
    (old, old_places), (new, new_places) = read
    return differences(compare(old, new, old_places, new_places))


def _read(side: _Side, other: _Side) -> tuple[Chart, Diagram | None]:
    if side.is_nothing:
        return files.new_document().chart, None
    if not files.layout_path(side.path).is_file() or other.is_nothing:
        return files.read_machine(side.path).chart, None
    document = files.open_document(side.path)
    return document.chart, document.diagram


def _show(sides: Sequence[_Side], told: Sequence[Difference], *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "before": sides[0].name,
                "after": sides[1].name,
                "same": not told,
                "differences": [_row(each) for each in told],
            }
        )
        return
    if not told:
        return
    print(f"--- {sides[0].name}\n+++ {sides[1].name}")
    for each in told:
        print(line(each))
        for field in each.fields:
            print(f"      {field.name}: {field.before or '(none)'} -> {field.after or '(none)'}")
    print(summary(told))


def line(each: Difference) -> str:
    """A difference in one line."""
    kind = "" if each.kind == "machine" else f"{each.kind} "
    was = f"  (was {each.was})" if each.was else ""
    return f"{_SIGNS[each.what]} {each.what.value} {kind}{each.path}{was}"


def _row(each: Difference) -> dict[str, object]:
    return {
        "what": each.what.value,
        "kind": each.kind,
        "path": each.path,
        "was": each.was or None,
        "fields": [
            {"name": field.name, "before": field.before, "after": field.after} for field in each.fields
        ],
    }
