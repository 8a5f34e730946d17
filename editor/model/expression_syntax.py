"""Reads the text of an expression into Python's syntax tree: bounded, with positions and advice on typical slips.

Nothing is judged here but size and syntax; which constructs are allowed stands in `expressions.py`.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from editor.errors import ExpressionError

MOST_CHARACTERS = 10_000
MOST_BRACKETS = 60
MOST_PREFIXES = 40

TOO_DEEP = "it is nested too deeply"

_STRING = re.compile(r"'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"", re.DOTALL)
_BRACKET = re.compile(r"[()\[\]{}]")
_PREFIXES = re.compile(rf"(?:[-+~]\s*|\bnot\s+){{{MOST_PREFIXES}}}")
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOREIGN = (
    (re.compile(r"[“”„‘’`]"), "texts stand in straight quotes, as 'open'"),
    (re.compile(r"===|!=="), "compare with “==” or “!=”"),
    (re.compile(r"<>"), "compare with “!=”"),
    (re.compile(r"&&"), "write “and”"),
    (re.compile(r"\|\|"), "write “or”"),
    (re.compile(r"\b(?:AND|OR|NOT)\b"), "write “and”, “or” and “not” in small letters"),
    (re.compile(r"\+\+|--(?=\s*$)"), "write “x + 1”: an expression changes nothing"),
    (re.compile(r"=>|->"), "functions cannot be made here"),
    (re.compile(r"!(?!=)"), "write “not”"),
    (re.compile(r"\?"), "write “a if condition else b”"),
    (re.compile(r":=|[-+*/%]="), "an expression changes nothing; changes stand in an “assign”"),
    (re.compile(r"(?<![=!<>])=(?!=)(?<!\breverse=)(?<!\bdefault=)"), "compare with “==”"),
    (re.compile(r";"), "there is one expression only"),
    (re.compile(r"\$"), "names hold letters, digits and “_”; reach others as context['na$me']"),
)
_PARSER_WORDS = (
    (re.compile(r"'(.)' was never closed"), "“{}” is never closed"),
    (re.compile(r"unmatched '(.)'"), "“{}” closes nothing"),
    (re.compile(r"closing parenthesis '(.)' does not match"), "“{}” closes another kind of bracket"),
    (re.compile(r"unterminated (?:triple-quoted )?string"), "the text that begins here is never closed"),
    (re.compile(r"invalid decimal literal"), "a name cannot begin with a digit"),
    (re.compile(r"leading zeros"), "a whole number cannot begin with 0"),
    (re.compile(r"Exceeds the limit"), "the number is too large"),
    (re.compile(r"f-string"), "an f-string is not allowed"),
    (
        re.compile(r"bytes can only|cannot mix bytes"),
        "only numbers, texts, true, false and null can be written",
    ),
    (re.compile(r"unicode ?error"), "an escape in the text is not understood; write two backslashes for one"),
    (re.compile(r"comma"), "it is not an expression; an operator or a comma is missing"),
    (
        re.compile(r"non-printable character"),
        "an invisible character is not understood; type the space again",
    ),
)


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the parts of a tree stand in the text: places count from 0, columns from 1, over all lines."""

    lines: tuple[str, ...]
    starts: tuple[int, ...]

    def place(self, line: int, offset: int) -> int:
        """The place of a line (from 1) and an offset in bytes of UTF-8, as the tree has them."""
        if not 1 <= line <= len(self.lines):
            return max(0, self.starts[0])
        head = self.lines[line - 1].encode("utf-8", "surrogatepass")[:offset]
        return max(0, self.starts[line - 1] + len(head.decode("utf-8", "surrogatepass")))

    def start(self, tree: ast.AST) -> int:
        """Where a part begins."""
        return self.place(getattr(tree, "lineno", 1), getattr(tree, "col_offset", 0))

    def end(self, tree: ast.AST) -> int:
        """Where a part ends: the place behind its last character."""
        return self.place(getattr(tree, "end_lineno", 1), getattr(tree, "end_col_offset", 0))

    def column(self, tree: ast.AST) -> int:
        """The column where a part begins, as errors have it."""
        return self.start(tree) + 1


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree and where its parts stand."""

    tree: ast.expr
    positions: Positions


def read(text: str) -> Parsed:
    """Parse a text as one expression; it may go over several lines.

    Raises:
        ExpressionError: it is empty, too large, nested too deeply or no expression; with the column.
    """
    bare = _STRING.sub(lambda found: "'" * len(found[0]), text)
    _check_size(text, bare)
    inner = text.strip()
    opening = "(" if _LINE_END.search(inner) else ""
    positions = _positions(opening + inner, len(text) - len(text.lstrip()) - len(opening))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(f"({inner}\n)" if opening else inner, mode="eval").body
    except SyntaxError as error:
        raise _explained(text, bare, error, positions) from None
    except (ValueError, RecursionError, MemoryError) as error:
        message = "it holds a character that cannot be read" if isinstance(error, ValueError) else TOO_DEEP
        raise ExpressionError(message, text=text) from None
    return Parsed(tree, positions)


def _positions(source: str, shift: int) -> Positions:
    lines, starts, place = [], [], 0
    for found in _LINE_END.finditer(source):
        lines.append(source[place : found.start()])
        starts.append(place + shift)
        place = found.end()
    return Positions((*lines, source[place:]), (*starts, place + shift))


def _check_size(text: str, bare: str) -> None:
    if not text.strip():
        raise ExpressionError("it is empty", text=text, column=1)
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(f"it is longer than {MOST_CHARACTERS:,} characters", text=text)
    if "\0" in text:
        raise ExpressionError("it holds a null character", text=text, column=text.index("\0") + 1)
    depth = 0
    for found in _BRACKET.finditer(bare):
        depth += 1 if found[0] in "([{" else -1
        if depth > MOST_BRACKETS:
            raise ExpressionError(TOO_DEEP, text=text, column=found.start() + 1)
        if depth < 0:
            raise ExpressionError(f"“{found[0]}” closes nothing", text=text, column=found.start() + 1)
    prefixes = _PREFIXES.search(bare)
    if prefixes:
        raise ExpressionError(TOO_DEEP, text=text, column=prefixes.start() + 1)


def _explained(text: str, bare: str, error: SyntaxError, positions: Positions) -> ExpressionError:
    """What Python's parser found, in words for people; slips that come from other languages first."""
    for pattern, advice in _FOREIGN:
        found = pattern.search(bare)
        if found:
            message = f"“{found[0]}” is not understood: {advice}"
            return ExpressionError(message, text=text, column=found.start() + 1)
    line = error.lineno or 1
    start = positions.starts[min(line, len(positions.starts)) - 1]
    # Python points nowhere when the text ends too early.
    column = start + error.offset if error.offset else len(text.rstrip()) + 1
    column = min(max(column, 1), len(text) + 1)
    message = "it is not a complete expression"
    for pattern, words in _PARSER_WORDS:
        found = pattern.search(error.msg)
        if found:
            message = words.format(*found.groups())
            break
    return ExpressionError(message, text=text, column=column)
