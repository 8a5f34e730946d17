"""An invocation as one line, `source as id with input`: where its parts stand, and names as they are written there."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from editor.model.label_reading import Piece

_WORD = re.compile(r"(?:\A|\s+)(?:as|with)(?=\s|\Z)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)')


class Parts(NamedTuple):
    """Where the parts of a line stand; None for those that are not there. `rest`: what nothing is expected to be."""

    source: Piece
    id: Piece | None
    input: Piece | None
    rest: Piece


def split(text: str) -> Parts:
    """The parts of a line, however much of it has been typed."""
    source, rest = _name(Piece(text, 0).cut(0))
    id = passed = None
    if _begins(rest, "as"):
        id, rest = _name(rest.cut(len("as")))
    if _begins(rest, "with"):
        passed, rest = rest.cut(len("with")), rest.cut(len(rest.text))
    return Parts(source, id, passed, rest)


def _begins(piece: Piece, word: str) -> bool:
    return re.match(rf"{word}(?=\s|\Z)", piece.text) is not None


def _name(piece: Piece) -> tuple[Piece, Piece]:
    """A name, in quotes or up to one of the words, and what follows it."""
    quoted, word = _QUOTED.match(piece.text), _WORD.search(piece.text)
    end = quoted.end() if quoted else word.start() if word else len(piece.text)
    return piece.cut(0, end), piece.cut(end)


def name(written: str) -> str | None:
    """The name that is written in a part, without its quotes; None where these are wrong."""
    if not written.startswith('"'):
        return written
    try:
        return str(json.loads(written))
    except ValueError:
        return None


def written(name: str, *, has_spaces: bool = True) -> str:
    """A name as it is written in a line: in quotes, as in JSON, where it would be read otherwise without."""
    is_plain = (
        bool(name)
        and name.isprintable()
        and name == " ".join(name.split() if has_spaces else name.split()[:1])
        and not name.startswith('"')
        and not _WORD.search(name)
    )
    return name if is_plain else json.dumps(name, ensure_ascii=not name.isprintable())
