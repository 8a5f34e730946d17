"""Where the pairs and items of block collections begin and end in a text, and how they are put together anew.

A unit is a pair or an item with the comments directly above it, up to the end of its last line. What lies between
units, blank lines and comments that stand alone, is a gap and belongs to nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from editor.formats.yaml_nodes import Node

_BOM = "\ufeff"
_SPACE = re.compile(r"(?:[ \t\r\n]+|(?<![^\s])#[^\r\n]*)*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?\r?\n")
_PROPERTY = re.compile(r"[&!][^\s,\[\]{}]*")
_REST = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?\r?(?:\n|\Z)")


class Unfit(Exception):  # noqa: N818 - no error: what is around this place is written anew
    """The text cannot be patched here."""


class Edit(NamedTuple):
    """A stretch of the old text and what stands there now."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """`lead` is where its comments above begin, `start` its key or dash, `end` behind its last line."""

    lead: int
    start: int
    end: int
    has_own_line: bool


class Source:
    """A text, and the geometry of what stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins; behind a byte order mark."""
        begin = self.text.rfind("\n", 0, offset) + 1
        return begin + (begin == 0 and self.text.startswith(_BOM))

    def line_end(self, offset: int) -> int:
        """The offset behind the line break that follows."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1

    def column(self, offset: int) -> int:
        """How far an offset is from the beginning of its line."""
        return offset - self.line_start(offset)

    def significant(self, offset: int) -> int:
        """The next offset that is neither blank nor in a comment."""
        found = _SPACE.match(self.text, offset)
        return found.end() if found else offset

    def content(self, node: Node) -> int:
        """Where a node begins behind its anchor and tag."""
        at = node.start
        while at < len(self.text) and self.text[at] in "&!":
            found = _PROPERTY.match(self.text, at)
            at = self.significant(found.end() if found else at + 1)
        return at

    def true_end(self, node: Node) -> int:
        """Where the text of a node ends, without the comments and blank lines behind it."""
        while node.kind in ("map", "list") and not node.style:
            node = node.pairs[-1][1]
        return self._literal_end(node) if node.style in ("|", ">") and node.kind == "scalar" else node.end

    def _literal_end(self, node: Node) -> int:
        """The end of the last line of a block text; blank lines behind it belong to it only when it keeps them."""
        at = self.content(node)
        header = _HEADER.match(self.text, at)
        body = self.text[header.end() : node.end] if header else ""
        if header is None or not body.strip() or "+" in header[0].partition("#")[0]:
            end = node.end - self.text.endswith("\n", 0, node.end)
            return end - self.text.endswith("\r", 0, end)
        first = next(line for line in body.split("\n") if line.strip())
        indent = len(first) - len(first.lstrip(" "))
        lines = body.rstrip("\r\n").split("\n")
        while not lines[-1].strip() and len(lines[-1].rstrip("\r")) <= indent:
            lines.pop()
        return header.end() + len("\n".join(lines).rstrip("\r"))

    def applied(self, start: int, end: int, edits: Sequence[Edit]) -> str:
        """A stretch of the old text with the edits inside it made."""
        parts: list[str] = []
        at = start
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            if edit.start < at:
                raise Unfit
            parts += (self.text[at : edit.start], edit.text)
            at = edit.end
        parts.append(self.text[at:end])
        return "".join(parts)

    def fresh(self, text: str) -> str:
        """Fresh lines with the line ends of this text."""
        return text.replace("\n", self.newline) if self.newline != "\n" else text

    # units

    def units(self, node: Node, *, is_root: bool = False) -> list[Unit]:
        """The units of a block collection; raises Unfit where the text is not as plain as that."""
        found: list[Unit] = []
        at = self.content(node)
        for key, value in node.pairs:
            start = key.start if key is not None else self._dash(at)
            at = self.true_end(value)
            found.append(self._unit(start, at, found[-1] if found else None, is_root))
        column = self.column(found[0].start)
        if any(self.column(unit.start) != column or not unit.has_own_line for unit in found[1:]):
            raise Unfit
        return found

    def _dash(self, offset: int) -> int:
        at = self.significant(offset)
        if self.text[at : at + 1] != "-":
            raise Unfit
        return at

    def _unit(self, start: int, text_end: int, before: Unit | None, is_root: bool) -> Unit:
        line = self.line_start(start)
        margin = self.text[line:start]
        if margin.strip(" -") or not _REST.match(self.text, text_end) or (before and line < before.end):
            raise Unfit
        if before is None and margin.strip(" "):
            return Unit(start, start, self._tail(text_end, start - line), False)
        lead = (
            line
            if is_root and before is None
            else self._lead(line, start - line, before.end if before else 0)
        )
        return Unit(lead, start, self._tail(text_end, start - line), True)

    def _lead(self, line: int, column: int, floor: int) -> int:
        """Where the comments directly above a line begin that stand in its column."""
        mark = " " * column + "#"
        while line > floor:
            above = self.line_start(line - 1)
            if not floor <= above < line or not self.text.startswith(mark, above):
                break
            line = above
        return line

    def _tail(self, text_end: int, column: int) -> int:
        """The end of the last line; comments further in than the unit are within it."""
        end = at = self.line_end(text_end)
        while at < len(self.text):
            after = self.line_end(at)
            bare = self.text[at:after].lstrip(" ")
            if bare.startswith("#"):
                if after - at - len(bare) <= column:
                    break
                end = after
            elif bare.strip():
                break
            at = after
        return end

    def gaps(self, units: list[Unit]) -> list[str]:
        """What stands between each unit and the one before it; nothing before the first."""
        return ["", *(self.text[one.end : two.lead] for one, two in pairwise(units))]

    def whole(self, unit: Unit, edits: Sequence[Edit] = ()) -> str:
        """The lines of a unit with the edits inside it made, ended by a line break."""
        text = self.applied(unit.lead, unit.end, edits)
        if not unit.has_own_line:
            text = " " * self.column(unit.start) + text
        return text if text.endswith("\n") else text + self.newline


class Piece(NamedTuple):
    """A unit of the new text: an old one with edits, or fresh lines."""

    old: int | None
    edits: Sequence[Edit]
    lines: str = ""


def arranged(source: Source, units: list[Unit], pieces: Sequence[Piece]) -> list[Edit]:
    """The edits that make of old units the new row of pieces; gaps stay where they are."""
    kept = [piece.old for piece in pieces if piece.old is not None]
    if not all(one < two for one, two in pairwise(kept)):
        return [_rebuilt(source, units, pieces)]
    if units[0].has_own_line or pieces[0].old == 0:
        return _spliced(source, units, pieces)
    return _beheaded(source, units, pieces) if kept else [_rebuilt(source, units, pieces)]


def _beheaded(source: Source, units: list[Unit], pieces: Sequence[Piece]) -> list[Edit]:
    """The first unit, which stands behind a dash, gone or pushed away; another one takes its place there."""
    place = next(number for number, piece in enumerate(pieces) if piece.old is not None)
    first = pieces[place].old or 0
    heir = units[first]
    lead = source.text[heir.lead : source.line_start(heir.start)]
    between = "".join(source.gaps(units)[: first + 1]) + lead
    margin = " " * source.column(heir.start)
    if place:
        text = "".join(piece.lines for piece in pieces[:place]).lstrip(" ") + between + margin
    else:
        text = between.lstrip() + margin if "#" in between else ""
    rest = [piece if piece.old is None else piece._replace(old=piece.old - first) for piece in pieces[place:]]
    return [Edit(units[0].start, heir.start, text), *_spliced(source, units[first:], rest)]


def _is_airy(gaps: Sequence[str]) -> bool:
    return len(gaps) > 1 and all("\n" in gap and not gap.partition("\n")[0].strip() for gap in gaps[1:])


def _spliced(source: Source, units: list[Unit], pieces: Sequence[Piece]) -> list[Edit]:
    """Units taken out and put in, all others where they are."""
    air = source.newline if _is_airy(source.gaps(units)) else ""
    kept = {piece.old for piece in pieces}
    edits = [Edit(unit.lead, unit.end, "") for place, unit in enumerate(units) if place not in kept]
    at = -1
    waiting: list[str] = []
    for piece in pieces:
        if piece.old is None:
            waiting.append(piece.lines)
            continue
        if waiting:
            edits.append(_inserted(source, units, at, waiting, air))
            waiting = []
        edits += piece.edits
        at = units[piece.old].end
    if waiting:
        edits.append(_inserted(source, units, at, waiting, air))
    return edits


def _inserted(source: Source, units: list[Unit], at: int, lines: list[str], air: str) -> Edit:
    """Fresh units behind the one that ends at an offset, or (-1) before all."""
    if at < 0:
        return Edit(units[0].lead, units[0].lead, "".join(each + air for each in lines))
    text = "".join(air + each for each in lines)
    if at == len(source.text) and not source.text.endswith("\n"):
        text = source.newline + text
    return Edit(at, at, text)


def _rebuilt(source: Source, units: list[Unit], pieces: Sequence[Piece]) -> Edit:
    """The whole collection put together in another order, the gaps between its places kept."""
    gaps = source.gaps(units)
    air = source.newline if _is_airy(gaps) else ""
    parts: list[str] = []
    for place, piece in enumerate(pieces):
        if place:
            parts.append(gaps[place] if place < len(gaps) else air)
        parts.append(piece.lines if piece.old is None else source.whole(units[piece.old], piece.edits))
    parts += gaps[len(pieces) :]
    text = "".join(parts)
    if not units[0].has_own_line:
        text = text.lstrip(" ")
    return Edit(units[0].lead, units[-1].end, text)


def shifted(text: str, by: int, column: int) -> str:
    """Lines moved to the right, or to the left; blank ones only when they stand further in than `column`."""
    if by == 0:
        return text
    lines = text.split("\n")
    return "\n".join(_shifted_line(line, by, column) for line in lines)


def _shifted_line(line: str, by: int, column: int) -> str:
    margin = len(line) - len(line.lstrip(" "))
    if not line.strip() and margin <= column:
        return line
    return " " * by + line if by > 0 else line[min(-by, margin) :]
