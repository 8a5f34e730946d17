"""Expressions: text to a checked tree; knows which names and paths it uses, and evaluates nothing.

The language is a subset of Python's expressions, allow-listed on the parsed tree (native format, "Expressions").
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import islice
from types import MappingProxyType

from editor.errors import ExpressionError
from editor.model.expression_syntax import TOO_DEEP, Positions, read

# What may be called, with the fewest and the most arguments.
FUNCTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "len": (1, 1), "min": (1, 1_000), "max": (1, 1_000), "abs": (1, 1), "round": (1, 2), "sum": (1, 2),
        "any": (1, 1), "all": (1, 1), "sorted": (1, 1), "int": (0, 1), "float": (0, 1), "str": (0, 1),
        "bool": (0, 1), "matches": (1, 1),
    }
)  # fmt: skip
RESERVED = ("context", "event", "params", "state")
CONSTANTS: Mapping[str, bool | None] = MappingProxyType({"true": True, "false": False, "null": None})
MOST_DEPTH = 120
MOST_LOOPS = 8
MOST_BITS = 4_096
_KEYWORDS = {"sorted": "reverse", "min": "default", "max": "default"}
_OVER_ITEMS = ("min", "max", "sum", "any", "all", "sorted")
_PLAIN_NAME = re.compile(r"[^\W\d][\w$]*\Z|\$[\w$]*\Z")
_WORDS = {
    "and", "or", "not", "in", "is", "if", "else", "for", "lambda", "True", "False", "None", "true", "false", "null",
}  # fmt: skip
_ALLOWED: tuple[type[ast.AST], ...] = (
    ast.Constant, ast.Name, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Subscript,
    ast.Attribute, ast.List, ast.Tuple, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp, ast.Call,
    ast.Load, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.UAdd, ast.USub, ast.Not,
    ast.And, ast.Or, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn, ast.Is, ast.IsNot,
)  # fmt: skip
_REFUSED = {
    "Lambda": "a function", "NamedExpr": "an assignment (:=)", "Await": "“await”", "Yield": "“yield”",
    "YieldFrom": "“yield”", "JoinedStr": "an f-string", "Starred": "“*”", "BitAnd": "“&” (write “and”)",
    "BitOr": "“|” (write “or”)", "BitXor": "“^” (a power is “**”)", "Invert": "“~” (write “not”)",
    "LShift": "“<<”", "RShift": "“>>”", "MatMult": "“@”", "Slice": "a slice in a list of positions",
    "GeneratorExp": "a loop that stands neither in [ ] or { } nor alone in min, max, sum, any, all or sorted",
}  # fmt: skip
_INSTEAD = {
    "includes": "write “b in a”", "has": "write “b in a”", "append": "write “a + [b]”", "push": "write “a + [b]”",
    "keys": "go through the mapping itself", "values": "write “[m[k] for k in m]”", "In": "write matches('path')",
    "items": "write “[m[k] for k in m]”", "get": "write “m[k] if k in m else …”", "count": "write len([…])",
}  # fmt: skip
_Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


class Form(Enum):
    """How an expression reaches a context key."""

    NAME = "name"
    ATTRIBUTE = "context.name"
    TEXT = "context['name']"


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a name is used: characters `start` to `end` (from 0); `bound` are the loops' names there."""

    name: str
    start: int
    end: int
    form: Form
    bound: frozenset[str]


@dataclass(frozen=True, slots=True)
class PathUse:
    """A path given literally to `matches`: characters `start` to `end`, quotes included."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression. `names` are its free names, `calls` the functions, `uses` what reaches context keys."""

    text: str
    tree: ast.expr
    positions: Positions
    calls: frozenset[str]
    uses: tuple[Use, ...]
    path_uses: tuple[PathUse, ...]

    @property
    def names(self) -> frozenset[str]:
        """The free names: context keys and reserved names, no variables of comprehensions."""
        return frozenset(use.name for use in self.uses if use.form is Form.NAME)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths given literally to `matches`, in order."""
        return tuple(use.path for use in self.path_uses)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Parse and check one expression.

    Raises:
        ExpressionError: it is no expression, uses what is not allowed, or is too large; with the column.
    """
    parsed = read(text)
    checker = _Checker(text, parsed.positions)
    checker.visit(parsed.tree, frozenset(), 0)
    uses = tuple(sorted(checker.uses, key=lambda use: use.start))
    paths = tuple(sorted(checker.paths, key=lambda use: use.start))
    return Expression(text, parsed.tree, parsed.positions, frozenset(checker.calls), uses, paths)


class _Checker:
    """Walks a parsed tree once: refuses what is not on the list, gathers names."""

    def __init__(self, text: str, positions: Positions) -> None:
        self.text = text
        self.positions = positions
        self.uses: list[Use] = []
        self.calls: set[str] = set()
        self.paths: list[PathUse] = []

    def refuse(self, part: ast.AST, message: str) -> ExpressionError:
        return ExpressionError(message, text=self.text, column=self.positions.column(part))

    def visit(self, part: ast.AST, bound: frozenset[str], depth: int) -> None:
        if depth > MOST_DEPTH:
            raise self.refuse(part, TOO_DEEP)
        match part:
            case ast.Constant():
                self._constant(part)
            case ast.Name():
                self._name(part, bound)
            case ast.Call():
                self._call(part, bound, depth)
            case ast.ListComp() | ast.SetComp() | ast.DictComp():
                self._comprehension(part, bound, depth)
            case _:
                self._other(part, bound, depth)

    def _other(self, part: ast.AST, bound: frozenset[str], depth: int) -> None:
        self._listed(part)
        if isinstance(part, ast.Attribute):
            self._no_dunder(part, part.attr)
            if _is_context(part.value, bound):
                # The tree has the name normalised; in the text it may be longer.
                end = self.positions.end(part)
                found = re.search(r"\w+\Z", self.text[:end])
                start = found.start() if found else end
                self.uses.append(Use(part.attr, start, end, Form.ATTRIBUTE, bound))
        elif isinstance(part, ast.Subscript):
            self._subscript(part, bound, depth)
            return
        elif isinstance(part, ast.Compare):
            self._identity(part, bound)
        elif isinstance(part, ast.Dict) and None in part.keys:
            raise self.refuse(part, "“**” is not allowed in a mapping")
        for child in ast.iter_child_nodes(part):
            if isinstance(child, ast.operator | ast.unaryop | ast.cmpop):
                self._listed(child, part)
            elif isinstance(child, ast.expr):
                self.visit(child, bound, depth + 1)

    def _listed(self, part: ast.AST, at: ast.AST | None = None) -> None:
        if not isinstance(part, _ALLOWED):
            name = type(part).__name__
            raise self.refuse(at or part, f"{_REFUSED.get(name, name)} is not allowed")

    def _constant(self, part: ast.Constant) -> None:
        if not isinstance(part.value, bool | int | float | str | None):
            raise self.refuse(part, "only numbers, texts, true, false and null can be written")
        if isinstance(part.value, int) and part.value.bit_length() > MOST_BITS:
            raise self.refuse(part, "the number is too large")

    def _name(self, part: ast.Name, bound: frozenset[str]) -> None:
        self._no_dunder(part, part.id)
        if part.id not in bound and part.id not in CONSTANTS:
            start, end = self.positions.start(part), self.positions.end(part)
            self.uses.append(Use(part.id, start, end, Form.NAME, bound))

    def _subscript(self, part: ast.Subscript, bound: frozenset[str], depth: int) -> None:
        self.visit(part.value, bound, depth + 1)
        key = part.slice
        if isinstance(key, ast.Slice):
            for bounds in (key.lower, key.upper, key.step):
                if bounds is not None:
                    self.visit(bounds, bound, depth + 1)
            return
        self.visit(key, bound, depth + 1)
        if _is_context(part.value, bound) and isinstance(key, ast.Constant) and isinstance(key.value, str):
            start, end = self.positions.start(key), self.positions.end(key)
            self.uses.append(Use(key.value, start, end, Form.TEXT, bound))

    def _identity(self, part: ast.Compare, bound: frozenset[str]) -> None:
        sides = [part.left, *part.comparators]
        for operation, left, right in zip(part.ops, sides, sides[1:], strict=False):
            if isinstance(operation, ast.Is | ast.IsNot) and not (
                _is_null(left, bound) or _is_null(right, bound)
            ):
                raise self.refuse(part, "“is” is for null only; compare with “==”")

    def _no_dunder(self, part: ast.AST, name: str) -> None:
        if name.startswith("__"):
            raise self.refuse(part, f"“{name}” is not allowed: names cannot begin with two underscores")

    def _call(self, part: ast.Call, bound: frozenset[str], depth: int) -> None:
        if not isinstance(part.func, ast.Name) or part.func.id not in FUNCTIONS:
            raise self.refuse(part, self._no_function(part.func))
        name = part.func.id
        self.calls.add(name)
        self._count(part, name)
        for keyword in part.keywords:
            if keyword.arg is None or keyword.arg != _KEYWORDS.get(name):
                raise self.refuse(keyword, f"{name} takes no “{keyword.arg or '**'}”")
            self.visit(keyword.value, bound, depth + 1)
        for argument in part.args:
            if isinstance(argument, ast.GeneratorExp) and name in _OVER_ITEMS and argument is part.args[0]:
                self._comprehension(argument, bound, depth + 1)
            else:
                self.visit(argument, bound, depth + 1)
        if name == "matches":
            argument = part.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                start, end = self.positions.start(argument), self.positions.end(argument)
                self.paths.append(PathUse(argument.value, start, end))

    def _no_function(self, called: ast.expr) -> str:
        start, end = self.positions.start(called), self.positions.end(called)
        name = " ".join(self.text[start:end].split())[:40]
        last = called.attr if isinstance(called, ast.Attribute) else name
        advice = _INSTEAD.get(last) or f"the functions are {', '.join(FUNCTIONS)}"
        return f"“{name}” cannot be called; {advice}"

    def _count(self, part: ast.Call, name: str) -> None:
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(part.args) <= most:
            wanted = "one" if fewest == most else f"{fewest} to {most}" if most < 9 else "at least one"
            raise self.refuse(part, f"{name} takes {wanted}, not {len(part.args)}")
        if name in ("min", "max") and part.keywords and len(part.args) > 1:
            raise self.refuse(part, f"{name} takes “default” only with one list")

    def _comprehension(self, part: _Comprehension, bound: frozenset[str], depth: int) -> None:
        if len(part.generators) > MOST_LOOPS:
            raise self.refuse(part, f"there are more than {MOST_LOOPS} loops in one another")
        for clause in part.generators:
            if clause.is_async:
                raise self.refuse(part, "“async” is not allowed")
            self.visit(clause.iter, bound, depth + 1)
            bound = bound | self._targets(clause.target)
            for condition in clause.ifs:
                self.visit(condition, bound, depth + 1)
        results = (part.key, part.value) if isinstance(part, ast.DictComp) else (part.elt,)
        for result in results:
            self.visit(result, bound, depth + 1)

    def _targets(self, part: ast.expr) -> frozenset[str]:
        names = part.elts if isinstance(part, ast.Tuple) else [part]
        found = set()
        for each in names:
            if not isinstance(each, ast.Name):
                raise self.refuse(each, "only names can stand between “for” and “in”")
            self._no_dunder(each, each.id)
            if each.id in CONSTANTS:
                raise self.refuse(each, f"“{each.id}” cannot be a name")
            found.add(each.id)
        return frozenset(found)


def _is_context(part: ast.expr, bound: frozenset[str]) -> bool:
    return isinstance(part, ast.Name) and part.id == "context" and "context" not in bound


def _is_null(part: ast.expr, bound: frozenset[str]) -> bool:
    if isinstance(part, ast.Name):
        return part.id == "null" and part.id not in bound
    return isinstance(part, ast.Constant) and part.value is None


def is_plain_name(text: str) -> bool:
    """Whether a text is one plain name, which is looked up in a table, and no expression."""
    return text not in _WORDS and _PLAIN_NAME.match(text) is not None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a mistyped one is closest to; None where none is close.

    Looks at no more than the first 2,000 words and at none over 64 characters: comparing is slow.
    """
    if len(word) > 64:
        return None
    words = [each for each in islice(known, 2_000) if len(each) <= 64]
    found = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return found[0] if found else None


class Nearest:
    """`nearest` for many words among the same ones; it answers the first 30 only, since comparing is slow."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._left = 30

    def __call__(self, word: str) -> str | None:
        """The closest word; None where none is close, or too many were asked for."""
        self._left -= 1
        return nearest(word, self._known) if self._left >= 0 else None


def rename_name(text: str, old: str, new: str) -> str:
    """An expression after a context key was renamed; only the characters of the key change.

    Written as `context['new']` where the bare new name would mean something else. A text that is no
    expression stays as it is.
    """
    try:
        expression = parse(text)
    except ExpressionError:
        return text
    for use in reversed(expression.uses):
        if use.name == old and not (use.form is Form.NAME and old in RESERVED):
            start, written = _renamed(text, use, new)
            text = text[:start] + written + text[use.end :]
    return text


def _renamed(text: str, use: Use, new: str) -> tuple[int, str]:
    """From where to write, and what."""
    if use.form is Form.TEXT:
        return use.start, quoted(new, text[use.start])
    if _can_stand(new) and (use.form is Form.ATTRIBUTE or new not in (*RESERVED, *use.bound)):
        return use.start, new
    if use.form is Form.ATTRIBUTE:
        dot = text.rindex(".", 0, use.start)
        return dot, f"[{quoted(new)}]"
    return use.start, f"context[{quoted(new)}]"


def _can_stand(name: str) -> bool:
    """Whether a name can be written bare: an identifier that means no constant and is no word of the language."""
    if not name.isidentifier() or name.startswith("__"):
        return False
    try:
        tree = read(name).tree
    except ExpressionError:
        return False
    return isinstance(tree, ast.Name) and tree.id == name and name not in CONSTANTS


def quoted(text: str, quote: str = "'") -> str:
    """A text as a literal, in the given quotes where that needs no escapes."""
    if quote in "'\"" and text.isprintable() and quote not in text and "\\" not in text:
        return f"{quote}{text}{quote}"
    return repr(text)


def rename_path(text: str, old: str, new: str) -> str:
    """An expression after a state was renamed or moved: paths in `matches('…')` to it, or to what is below it.

    `old` and `new` are written as the expression writes them, dotted from the top or with `#id`. A text that
    is no expression stays as it is.
    """
    try:
        expression = parse(text)
    except ExpressionError:
        return text
    for use in reversed(expression.path_uses):
        if use.path == old or use.path.startswith(old + "."):
            literal = quoted(new + use.path[len(old) :], text[use.start])
            text = text[: use.start] + literal + text[use.end :]
    return text
