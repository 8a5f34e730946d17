"""Reading the guard and the actions of a label; knows their texts and nothing of the line around them.

Columns in errors count from 1 within the whole label. A text that an old part had keeps that part, so that
what a label cannot show is not lost when something beside it is edited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from editor.errors import ExpressionError
from editor.model import expressions
from editor.model.durations import typed_duration
from editor.model.elements import (
    Action,
    And,
    Assign,
    Call,
    Cancel,
    Data,
    Delay,
    Expr,
    Guard,
    In,
    Log,
    Named,
    Not,
    Or,
    Raise,
    Send,
)
from editor.model.walk import guards_within

HIDDEN = "…"
NO_DURATION = "“{}” is no duration: write 200 ms, 1.5 s, 2 min or 1 h"
NAME = re.compile(r"[^\s\[\]/;{}]+\Z")
_CLOSES = {")": "(", "]": "[", "}": "{"}
_IN = re.compile(r"in\s*\(")
_ASSIGN = re.compile(r"([^\W\d]\w*(?:\.\w+)*)\s*=(?!=)\s*(.+)\Z", re.DOTALL)
_SEND = re.compile(r"send\s+(\S+)(?:\s+after\s+(.+?))?(?:\s+to\s+(\S+))?\s*\Z", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(\.\d+)?\Z")
_CONSTANTS: Mapping[str, Data] = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a label and where it begins in it, from 0."""

    text: str
    at: int

    def cut(self, start: int, end: int | None = None) -> Piece:
        """A part of it without the blanks around."""
        text = self.text[start:end]
        return Piece(text.strip(), self.at + start + len(text) - len(text.lstrip()))


@dataclass(frozen=True, slots=True)
class Setting:
    """What a text is read against: the label, where paths lead, what old parts said.

    `names` are guards for certain, `values` are keys of the context; `has_several`: a trigger may name several events.
    """

    label: str
    find: Callable[[str], str | None] = lambda path: None
    guards: Mapping[str, Guard] = field(default_factory=dict)
    actions: Sequence[tuple[str, Action]] = ()
    names: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    is_ours: bool = True
    has_several: bool = False

    def fail(self, message: str, piece: Piece, column: int | None = 1) -> ExpressionError:
        """The error about a piece, `column` counting from 1 within it."""
        return ExpressionError(message, text=self.label, column=piece.at + (column or 1))

    def check(self, piece: Piece) -> None:
        """See that a piece is an expression of our language."""
        if HIDDEN in piece.text:
            column = piece.text.index(HIDDEN) + 1
            raise self.fail(
                "“…” stands for what a label cannot show; edit that in its own field", piece, column
            )
        if not self.is_ours:
            return
        try:
            expressions.parse(piece.text)
        except ExpressionError as error:
            raise self.fail(error.message, piece, error.column) from None


def open_places(text: str) -> list[bool]:
    """For each character whether it stands outside quotes and brackets; what is never closed ends with the text."""
    found: list[bool] = []
    stack: list[str] = []
    quote = ""
    before = ""
    for each in text:
        is_open = not quote and not stack
        if quote:
            quote = "" if each == quote and before != "\\" else quote
        elif each in "'\"" and not (before.isalnum() or before == "_"):
            quote, is_open = each, False
        elif each in "([{":
            stack.append(each)
            is_open = False
        elif each in _CLOSES and stack and stack[-1] == _CLOSES[each]:
            stack.pop()
        found.append(is_open)
        before = "" if before == "\\" and each == "\\" else each
    return found


def _split_words(piece: Piece, word: str) -> list[Piece]:
    """The pieces between a word that stands by itself outside of quotes and brackets."""
    free = open_places(piece.text)
    found: list[Piece] = []
    start = 0
    for match in re.finditer(rf"(?<![\w.]){word}(?!\w)", piece.text):
        if free[match.start()]:
            found.append(piece.cut(start, match.start()))
            start = match.end()
    return [*found, piece.cut(start)]


def read_guard(piece: Piece, setting: Setting) -> Guard:
    """A guard: a name, an expression, or these and `in(path)` combined with `and`, `or`, `not`.

    A combination in which nothing is a guard for certain is one expression.

    Raises:
        ExpressionError: it is not understood.
    """
    text = piece.text
    if text in setting.guards:
        return setting.guards[text]
    if expressions.is_plain_name(text):
        return Named(name=text)
    if setting.is_ours:
        combined = _either(piece, setting)
        if any(_is_certain(part, setting) for part in guards_within(combined)):
            return combined
    setting.check(piece)
    return Expr(text=text)


def _is_certain(guard: Guard, setting: Setting) -> bool:
    """Whether a part of a text can be no expression."""
    if isinstance(guard, Named):
        return guard.name in setting.names or guard in setting.guards.values()
    return isinstance(guard, In)


def _either(piece: Piece, setting: Setting) -> Guard:
    parts = [piece] if len(_split_words(piece, "if")) > 1 else _split_words(piece, "or")
    if len(parts) > 1:
        return Or(parts=tuple(_both(part, setting) for part in parts))
    return _leaf(piece, setting) if len(_split_words(piece, "if")) > 1 else _both(piece, setting)


def _both(piece: Piece, setting: Setting) -> Guard:
    parts = _split_words(piece, "and")
    if len(parts) > 1:
        return And(parts=tuple(_negated(part, setting) for part in parts))
    return _negated(piece, setting)


def _negated(piece: Piece, setting: Setting) -> Guard:
    if re.match(r"not(?!\w)", piece.text):
        return Not(part=_negated(piece.cut(3), setting))
    return _leaf(piece, setting)


def _leaf(piece: Piece, setting: Setting) -> Guard:
    text = piece.text
    if text in setting.guards:
        return setting.guards[text]
    if not text:
        raise setting.fail("something is missing here", piece)
    is_in = _IN.match(text)
    start = is_in.end() - 1 if is_in else 0
    if text[start] == "(" and text.endswith(")") and not any(open_places(text[start:-1])):
        inner = piece.cut(start + 1, len(text) - 1)
        return _inside(inner, setting) if is_in else _either(inner, setting)
    if expressions.is_plain_name(text) and text not in setting.values:
        return Named(name=text)
    setting.check(piece)
    return Expr(text=text)


def _inside(piece: Piece, setting: Setting) -> Guard:
    path = piece.text
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        path = path[1:-1]
    found = setting.find(path)
    if found is None:
        raise setting.fail(f"there is no state “{path}”; give a path from the top", piece)
    return In(state=found)


def read_actions(piece: Piece, setting: Setting) -> tuple[Action, ...]:
    """Actions, parted by `;`.

    Raises:
        ExpressionError: one is not understood.
    """
    found: list[Action] = []
    rest = piece.cut(0)
    while rest.text:
        kept = _kept(rest.text, setting)
        if kept is not None:
            action, length = kept
            found.append(action)
        else:
            free = open_places(rest.text)
            ends = (place for place, each in enumerate(rest.text) if each == ";" and free[place])
            length = next(ends, len(rest.text))
            own = rest.cut(0, length)
            if own.text:
                found.append(_action(own, setting))
        rest = rest.cut(rest.text.find(";", length) + 1 if length < len(rest.text) else length)
    return tuple(found)


def _kept(text: str, setting: Setting) -> tuple[Action, int] | None:
    """The old action that a text begins with, and the length of its own text; the longest one."""
    fitting = [
        (action, len(old))
        for old, action in setting.actions
        if old and text.startswith(old) and text[len(old) :].lstrip()[:1] in ("", ";")
    ]
    return max(fitting, key=lambda each: each[1], default=None)


def _action(piece: Piece, setting: Setting) -> Action:
    text = piece.text
    if _ASSIGN.match(text):
        return _assign(piece, setting)
    word, _, rest = text.partition(" ")
    rest = rest.strip()
    if word == "send" and rest:
        return _send(piece, setting)
    if word in ("raise", "cancel") and rest and (word == "cancel" or NAME.match(rest)) and HIDDEN not in rest:
        return Raise(event=rest) if word == "raise" else Cancel(id=rest)
    if word == "log" and rest:
        return Log(value=_value(piece.cut(len(word)), setting))
    if HIDDEN in text:
        setting.check(piece)
    if not NAME.match(text):
        parts = [part.strip() for part in text.split(",")]
        message = (
            f"put a semicolon between actions: “{'; '.join(parts)}”"
            if len(parts) > 1 and all(NAME.match(part) for part in parts)
            else f"“{text}” is no action: write a name, “x = expression”, “raise E”, “send E after 2s” or “log x”"
        )
        raise setting.fail(message, piece)
    return Call(name=text)


def _assign(piece: Piece, setting: Setting) -> Assign:
    free = open_places(piece.text)
    commas = [place for place, each in enumerate(piece.text) if each == "," and free[place]]
    starts = [0, *(place + 1 for place in commas if _ASSIGN.match(piece.text[place + 1 :].strip()))]
    ends = [*(start - 1 for start in starts[1:]), len(piece.text)]
    values: list[tuple[str, Data]] = []
    for start, end in zip(starts, ends, strict=True):
        own = piece.cut(start, end)
        match = _ASSIGN.match(own.text)
        if match is None:
            raise setting.fail("write “x = expression”", own)
        values.append((match[1], _value(own.cut(match.start(2)), setting)))
    return Assign(values=tuple(values))


def _value(piece: Piece, setting: Setting) -> Data:
    """A number or a truth value as such; anything else is an expression."""
    number = _NUMBER.match(piece.text)
    if number and len(piece.text) < 16:
        return float(piece.text) if number[1] else int(piece.text)
    if piece.text in _CONSTANTS:
        return _CONSTANTS[piece.text]
    setting.check(piece)
    return piece.text


def _send(piece: Piece, setting: Setting) -> Send:
    match = _SEND.match(piece.text)
    if match is None or not NAME.match(match[1]) or HIDDEN in piece.text:
        column = max(piece.text.find(HIDDEN), 0) + 1
        raise setting.fail("write “send E”, “send E after 2s” or “send E to #_parent”", piece, column)
    delay = read_delay(piece.cut(match.start(2), match.end(2)), setting) if match[2] else None
    return Send(event=match[1], to=match[3], delay=delay)


def read_delay(piece: Piece, setting: Setting) -> Delay:
    """A delay: a number, a duration, a name, an expression; in parentheses certainly an expression.

    Durations may be written as people read them, "1 min 30 s"; they are kept in the form of files.

    Raises:
        ExpressionError: it is none of these.
    """
    text = piece.text
    number = _NUMBER.match(text)
    if number and text.startswith("-"):
        raise setting.fail("a delay cannot be negative", piece)
    if number and len(text) < 16:
        return float(text) if number[1] else int(text)
    duration = typed_duration(text)
    if duration is not None:
        return duration
    if text.startswith("(") and text.endswith(")") and not any(open_places(text[:-1])):
        inner = piece.cut(1, len(text) - 1)
        setting.check(inner)
        return Expr(text=inner.text)
    if not expressions.is_plain_name(text):
        try:
            setting.check(piece)
        except ExpressionError:
            if text[:1].isdigit():
                raise setting.fail(NO_DURATION.format(text), piece) from None
            raise
    return text
