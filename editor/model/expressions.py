"""Expressions: text to a checked tree; knows which names and paths it uses, and evaluates nothing.

The language is a subset of Python's expressions, allow-listed on the parsed tree (native format, "Expressions").
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from editor.errors import ExpressionError

FUNCTIONS = (
    "len", "min", "max", "abs", "round", "sum", "any", "all", "sorted", "int", "float", "str", "bool", "matches",
)  # fmt: skip
RESERVED = ("context", "event", "params", "state")
CONSTANTS = {"true": True, "false": False, "null": None}
MOST_CHARACTERS = 10_000
MOST_DEPTH = 60
_KEYWORDS = {"sorted": {"reverse"}, "min": {"default"}, "max": {"default"}, "round": {"ndigits"}}
_PLAIN_NAME = re.compile(r"[^\W\d][\w$]*\Z|\$[\w$]*\Z")
_WORDS = {
    "and", "or", "not", "in", "is", "if", "else", "for", "lambda", "True", "False", "None", "true", "false", "null",
}  # fmt: skip
_ALLOWED: tuple[type[ast.AST], ...] = (
    ast.Expression, ast.Constant, ast.Name, ast.Load, ast.Store, ast.BinOp, ast.Add, ast.Sub, ast.Mult, ast.Div,
    ast.FloorDiv, ast.Mod, ast.Pow, ast.UnaryOp, ast.UAdd, ast.USub, ast.Not, ast.BoolOp, ast.And, ast.Or,
    ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot,
    ast.IfExp, ast.Subscript, ast.Slice, ast.Attribute, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp,
    ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension, ast.Call, ast.keyword,
)  # fmt: skip
_NAMES_OF_NODES = {
    "Lambda": "a function", "NamedExpr": "an assignment (:=)", "Await": "await", "Yield": "yield",
    "JoinedStr": "an f-string", "Starred": "a star", "BitAnd": "“&” (write “and”)", "BitOr": "“|” (write “or”)",
    "BitXor": "“^” (a power is “**”)", "Invert": "“~” (write “not”)", "LShift": "“<<”", "RShift": "“>>”",
    "MatMult": "“@”",
}  # fmt: skip
_FOREIGN = (
    (re.compile(r"===|!=="), "compare with “==” or “!=”"),
    (re.compile(r"&&"), "write “and” for “&&”"),
    (re.compile(r"\|\|"), "write “or” for “||”"),
    (re.compile(r"\+\+|--(?=\s*$)"), "write “x + 1”: an expression changes nothing"),
    (re.compile(r"=>"), "functions are not available"),
    (re.compile(r"!(?!=)"), "write “not” for “!”"),
    (re.compile(r"\?"), "write “a if condition else b”"),
    (re.compile(r"(?<![=!<>])=(?!=)"), "compare with “==”"),
)
_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression. `names` are free, `calls` functions, `paths` the texts given literally to `matches`."""

    text: str
    tree: ast.expr
    names: frozenset[str]
    calls: frozenset[str]
    paths: tuple[str, ...]


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Parse and check one expression.

    Raises:
        ExpressionError: it is no expression, uses what is not allowed, or is too large; with the column.
    """
    _check_size(text)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError) as error:
        raise _syntax_error(text, error) from None
    except (RecursionError, MemoryError):
        raise ExpressionError("it is nested too deeply", text=text) from None
    checker = _Checker(text)
    checker.visit(tree.body, frozenset(), 0)
    return Expression(
        text, tree.body, frozenset(checker.names), frozenset(checker.calls), tuple(checker.paths)
    )


def _check_size(text: str) -> None:
    if not text.strip():
        raise ExpressionError("it is empty", text=text, column=1)
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(f"it is longer than {MOST_CHARACTERS:,} characters", text=text)
    if "\0" in text:
        raise ExpressionError("it holds a null character", text=text, column=text.index("\0") + 1)
    depth = 0
    for place, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if depth > MOST_DEPTH:
            raise ExpressionError("it is nested too deeply", text=text, column=place + 1)
    prefixes = re.search(r"(?:[-+~]\s*|\bnot\s+){40}", text)
    if prefixes:
        raise ExpressionError("it is nested too deeply", text=text, column=prefixes.start() + 1)


def _syntax_error(text: str, error: SyntaxError | ValueError) -> ExpressionError:
    bare = _STRING.sub(lambda found: "'" * len(found[0]), text)
    for pattern, advice in _FOREIGN:
        found = pattern.search(bare)
        if found:
            return ExpressionError(
                f"“{found[0]}” is not understood: {advice}", text=text, column=found.start() + 1
            )
    column = error.offset if isinstance(error, SyntaxError) else None
    lead = len(text) - len(text.lstrip())
    return ExpressionError("it is not a complete expression", text=text, column=(column or 1) + lead)


class _Checker:
    """Walks a parsed tree once: refuses what is not on the list, gathers names."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: set[str] = set()
        self.calls: set[str] = set()
        self.paths: list[str] = []

    def refuse(self, node: ast.AST, message: str) -> ExpressionError:
        column = getattr(node, "col_offset", 0) + 1 + len(self.text) - len(self.text.lstrip())
        return ExpressionError(message, text=self.text, column=column)

    def visit(self, node: ast.AST, bound: frozenset[str], depth: int) -> None:
        if depth > MOST_DEPTH * 2:
            raise self.refuse(node, "it is nested too deeply")
        if not isinstance(node, _ALLOWED):
            name = type(node).__name__
            raise self.refuse(node, f"{_NAMES_OF_NODES.get(name, name)} is not allowed")
        if isinstance(node, ast.Constant):
            self._constant(node)
        elif isinstance(node, ast.Name):
            self._name(node, bound)
        elif isinstance(node, ast.Attribute):
            self._no_dunder(node, node.attr)
            self.visit(node.value, bound, depth + 1)
        elif isinstance(node, ast.Call):
            self._call(node, bound, depth)
        elif isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            self._comprehension(node, bound, depth)
        elif isinstance(node, ast.Dict) and None in node.keys:
            raise self.refuse(node, "“**” is not allowed in a mapping")
        else:
            for child in ast.iter_child_nodes(node):
                self.visit(child, bound, depth + 1)

    def _constant(self, node: ast.Constant) -> None:
        if not isinstance(node.value, bool | int | float | str | None):
            raise self.refuse(node, "only numbers, texts, true, false and null can be written")

    def _name(self, node: ast.Name, bound: frozenset[str]) -> None:
        self._no_dunder(node, node.id)
        if node.id not in bound and node.id not in CONSTANTS:
            self.names.add(node.id)

    def _no_dunder(self, node: ast.AST, name: str) -> None:
        if name.startswith("__"):
            raise self.refuse(node, f"“{name}” is not allowed: names cannot begin with two underscores")

    def _call(self, node: ast.Call, bound: frozenset[str], depth: int) -> None:
        if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS:
            called = ast.unparse(node.func)[:40]
            raise self.refuse(node, f"“{called}” cannot be called; functions are {', '.join(FUNCTIONS)}")
        name = node.func.id
        self.calls.add(name)
        for keyword in node.keywords:
            if keyword.arg not in _KEYWORDS.get(name, ()):
                raise self.refuse(keyword, f"{name} takes no “{keyword.arg}”")
            self.visit(keyword.value, bound, depth + 1)
        for argument in node.args:
            if isinstance(argument, ast.GeneratorExp):
                self._comprehension(argument, bound, depth + 1)
            else:
                self.visit(argument, bound, depth + 1)
        if name == "matches":
            if len(node.args) != 1 or node.keywords:
                raise self.refuse(node, "matches takes one path")
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                self.paths.append(argument.value)

    def _comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
        bound: frozenset[str],
        depth: int,
    ) -> None:
        for clause in node.generators:
            if clause.is_async:
                raise self.refuse(node, "async is not allowed")
            self.visit(clause.iter, bound, depth + 1)
            bound = bound | self._targets(clause.target)
            for condition in clause.ifs:
                self.visit(condition, bound, depth + 1)
        parts = (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)
        for part in parts:
            self.visit(part, bound, depth + 1)

    def _targets(self, node: ast.expr) -> frozenset[str]:
        if isinstance(node, ast.Name):
            self._no_dunder(node, node.id)
            return frozenset((node.id,))
        if isinstance(node, ast.Tuple) and all(isinstance(each, ast.Name) for each in node.elts):
            return frozenset().union(*(self._targets(each) for each in node.elts))
        raise self.refuse(node, "only names can stand between “for” and “in”")


def is_plain_name(text: str) -> bool:
    """Whether a text is one plain name, which is looked up in a table, and no expression."""
    return text not in _WORDS and _PLAIN_NAME.match(text) is not None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a mistyped one is closest to; None where none is close."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None
