"""Flow collections in a text: where their entries begin and end, and how entries are taken out and put in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from editor.formats.yaml_nodes import Node
from editor.formats.yaml_units import Edit, Piece, Source, Unfit


class Entry(NamedTuple):
    """An entry of a flow collection, without the comma behind it."""

    start: int
    end: int


def entries(source: Source, node: Node) -> list[Entry]:
    """The entries of a flow collection with brackets; raises Unfit where the text is not as plain as that."""
    text = source.text
    at = source.content(node) + 1
    if text[at - 1] not in "{[":
        raise Unfit
    found: list[Entry] = []
    for key, value in node.pairs:
        start = (key or value).start
        if source.significant(at) != start:
            raise Unfit
        end = entry_end(source, key, value)
        found.append(Entry(start, end))
        comma = source.significant(end)
        at = comma + 1 if text[comma : comma + 1] == "," else comma
    return found


def entry_end(source: Source, key: Node | None, value: Node) -> int:
    """Where an entry ends: behind its value, its colon and a blank when that is empty, or its key."""
    if value.start < value.end or key is None:
        return value.end
    colon = source.significant(key.end)
    if source.text[colon : colon + 1] != ":":
        return key.end
    return colon + (2 if source.text[colon + 1 : colon + 2] == " " else 1)


def arranged(source: Source, node: Node, places: list[Entry], pieces: Sequence[Piece]) -> list[Edit]:
    """The edits that make of old entries the new row of pieces."""
    kept = [piece.old for piece in pieces if piece.old is not None]
    if kept and all(one < two for one, two in pairwise(kept)):
        return _spliced(source, node, places, pieces)
    return _replaced(source, node, places, pieces)


def _separator(source: Source, node: Node, places: list[Entry]) -> str:
    """What stands between a fresh entry and the one before it."""
    between = [source.text[one.end : two.start] for one, two in pairwise(places)]
    if any("\n" in each for each in between) or (not between and _is_broken(source, node, places)):
        return "," + source.newline + " " * source.column(places[0].start)
    return next((each for each in between if "#" not in each), ", ")


def _is_broken(source: Source, node: Node, places: list[Entry]) -> bool:
    return "\n" in source.text[source.content(node) : places[0].start]


def _spliced(source: Source, node: Node, places: list[Entry], pieces: Sequence[Piece]) -> list[Edit]:
    """Entries taken out and put in, all others where they are."""
    separator = _separator(source, node, places)
    kept = [piece.old for piece in pieces if piece.old is not None]
    edits: list[Edit] = []
    for number in range(len(places)):
        if number not in kept:
            edits.append(
                _taken_out(source, places, number, is_behind=number > kept[-1], before=number - 1 in kept)
            )
    last: int | None = None
    waiting: list[str] = []
    for piece in pieces:
        if piece.old is None:
            waiting.append(piece.lines)
            if last is not None:
                end = places[last].end
                # a comma right behind a colon would be read as part of the key
                blank = " " if source.text[end - 1] == ":" else ""
                edits.append(Edit(end, end, blank + separator + waiting.pop()))
            continue
        if waiting:
            start = places[0].start
            edits.append(Edit(start, start, "".join(each + separator for each in waiting)))
            waiting = []
        edits += piece.edits
        last = piece.old
    return edits


def _taken_out(source: Source, places: list[Entry], number: int, *, is_behind: bool, before: bool) -> Edit:
    """An entry with the separator behind it, or before it when none that stays follows; comments stay."""
    place = places[number]
    if not is_behind:
        end = places[number + 1].start
        return Edit(place.start, _no_comment(source, place.end, end), "")
    start = places[number - 1].end
    if "#" in source.text[start : place.start]:
        raise Unfit
    return Edit(start, place.end, "")


def _no_comment(source: Source, start: int, end: int) -> int:
    """The end of a separator; raises Unfit when there is a comment in it that is not on the same line."""
    between = source.text[start:end]
    if "#" in between.partition("\n")[2]:
        raise Unfit
    return end


def _replaced(source: Source, node: Node, places: list[Entry], pieces: Sequence[Piece]) -> list[Edit]:
    """The entries in another order, each in the place of one that was there."""
    texts = [
        piece.lines
        if piece.old is None
        else source.applied(places[piece.old].start, places[piece.old].end, piece.edits)
        for piece in pieces
    ]
    if len(texts) == len(places):
        return [Edit(*place, text) for place, text in zip(places, texts, strict=True)]
    between = source.text[places[0].start : places[-1].end]
    if "#" in between and "\n" in between:
        raise Unfit
    separator = _separator(source, node, places)
    return [Edit(places[0].start, places[-1].end, separator.join(texts))]
