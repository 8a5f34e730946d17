"""Python code of sismic's statecharts in our own guards and actions, as far as that means exactly the same.

Nothing is run. What only Python can do stays as its text: a guard that is asked about, an action that is logged.
"""

from __future__ import annotations

import ast
import copy
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from editor.errors import ExpressionError
from editor.model import expressions
from editor.model.durations import parse_duration, to_yaml
from editor.model.elements import (
    Action,
    And,
    Assign,
    Branch,
    Call,
    Choose,
    Data,
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

MOST_CODE = 20_000
"""Characters of one piece of code that are looked at; a longer one stays as it is."""
MOST_DEPTH = 120
"""Levels of code that is looked at."""

_OURS = frozenset((*expressions.RESERVED, *expressions.CONSTANTS, "matches"))
"""Names that mean something to us, and something else or nothing to Python."""
_FORMAT = re.compile(r"%([sd%])")


@dataclass(frozen=True)
class Condition:
    """A guard, the milliseconds after which it is looked at, and the code in it that only Python can decide."""

    guard: Guard | None = None
    delay: float | None = None
    opaque: tuple[str, ...] = ()


@dataclass
class Code:
    """Translates the code of one statechart; `known` are the variables whose values are always known here.

    `state` finds a state by its name; `left` gathers the code that only Python can run.
    """

    known: frozenset[str]
    state: Callable[[str], str | None]
    left: list[str] = field(default_factory=list)

    # guards

    def condition(self, text: str, *, may_wait: bool) -> Condition:
        """A guard; `may_wait`: a part of it may be the time since the state was entered."""
        self.left = []
        tree = _expression(text)
        if tree is None:
            return Condition(self._ask(text.strip()), opaque=(text.strip(),))
        parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
        waits = [delay for part in parts if (delay := waiting(part, "after")) is not None]
        if not may_wait or not waits:
            return Condition(self._guard(tree), opaque=tuple(self.left))
        rest = [self._guard(part) for part in parts if waiting(part, "after") is None]
        guard = And(parts=tuple(rest)) if len(rest) > 1 else rest[0] if rest else None
        return Condition(guard, max(waits), tuple(self.left))

    def _guard(self, part: ast.expr) -> Guard:
        text = self.expression(part)
        if text is not None:
            return Expr(text=text)
        if isinstance(part, ast.BoolOp):
            parts = tuple(self._guard(each) for each in part.values)
            return And(parts=parts) if isinstance(part.op, ast.And) else Or(parts=parts)
        if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
            return Not(part=self._guard(part.operand))
        found = self.state(name) if (name := _text_of(part, "active")) is not None else None
        return In(state=found) if found is not None else self._ask(ast.unparse(part))

    def _ask(self, text: str) -> Guard:
        self.left.append(text)
        return Named(name=text)

    # actions

    def actions(self, text: str) -> tuple[Action, ...]:
        """Statements, each for itself; what only Python can run is gathered in `left`."""
        self.left = []
        body = statements(text)
        return self._opaque(text.strip()) if body is None else self._all(body)

    def _all(self, body: Iterable[ast.stmt]) -> tuple[Action, ...]:
        return tuple(action for each in body for action in self._statement(each))

    def _statement(self, each: ast.stmt) -> tuple[Action, ...]:
        value: tuple[Action, ...] | None = None
        if isinstance(each, ast.Pass):
            return ()
        if isinstance(each, ast.If):
            value = self._choice(each)
        elif (pair := _assigned(each)) is not None:
            text = self.expression(pair[1])
            value = (
                (Assign(values=((pair[0], text),)),) if text is not None and pair[0] in self.known else None
            )
        elif isinstance(each, ast.Expr):
            value = () if isinstance(each.value, ast.Constant) else self._deed(each.value)
        return self._opaque(ast.unparse(each)) if value is None else value

    def _choice(self, each: ast.If) -> tuple[Action, ...] | None:
        test = self.expression(each.test)
        if test is None:
            return None
        branches = [Branch(guard=Expr(text=test), actions=self._all(each.body))]
        if each.orelse:
            branches.append(Branch(guard=None, actions=self._all(each.orelse)))
        return (Choose(branches=tuple(branches)),)

    def _deed(self, call: ast.expr) -> tuple[Action, ...] | None:
        """What a call does that stands alone: an event sent, a text printed."""
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            return None
        if call.func.id == "print" and len(call.args) == 1 and not call.keywords:
            text = self.expression(call.args[0])
            return (Log(value=text),) if text is not None else None
        if call.func.id != "send" or len(call.args) != 1:
            return None
        event = _constant(call.args[0])
        values = {each.arg: self.expression(each.value) for each in call.keywords}
        if not isinstance(event, str) or None in values or None in values.values():
            return None
        data: dict[str, Data] = {str(name): text for name, text in values.items() if name != "delay"}
        if "delay" not in values:
            return (Raise(event=event, data=data or None),)
        seconds = next(_seconds(each.value) for each in call.keywords if each.arg == "delay")
        if seconds is None:
            return None
        return (Send(event=event, delay=to_yaml(_milliseconds(seconds)), data=data or None),)

    def _opaque(self, text: str) -> tuple[Action, ...]:
        self.left.append(text)
        return (Call(name=text),) if text else ()

    # expressions

    def expression(self, part: ast.expr) -> str | None:
        """An expression in our own language; None where that has none that always gives the same."""
        spoken = _Spoken()
        tree = spoken.visit(copy.deepcopy(part))
        if not spoken.is_sayable:
            return None
        text = ast.unparse(tree)
        try:
            found = expressions.parse(text)
        except ExpressionError:
            return None
        return text if found.names - {"event"} <= self.known else None


def known_variables(
    preamble: str, pieces: Iterable[str]
) -> tuple[dict[str, Data], frozenset[str], list[str]]:
    """What a preamble gives variables, those whose values are always known, and what of it only Python can run.

    Known is what the preamble or an action gives a value in our own words, each time that it gets one.
    """
    body = statements(preamble)
    start = body if body is not None else []
    blocks = [found for text in pieces if (found := statements(text)) is not None]
    values: dict[str, Data] = {}
    left = [] if body is not None else [preamble.strip()]
    changes = [each for block in blocks for each in block]
    lost = set(_OURS)
    for each in start:
        name = _name_given(each)
        try:
            if name is None or not isinstance(each, ast.Assign):
                raise ValueError
            values[name] = _plain(ast.literal_eval(each.value))
        except (ValueError, TypeError, MemoryError, RecursionError):
            changes.append(each)
            lost |= {name} if name is not None else set()
            left += [] if _is_text(each) else [ast.unparse(each)]
    given = {name for each in _inside(changes) if (name := _name_given(each)) is not None}
    known = frozenset(name for name in {*values, *given} - lost if not name.startswith("__"))
    while True:
        code = Code(known, lambda name: name)
        spoilt = {name for each in changes for name in _spoilt(code, each)}
        if not spoilt & known:
            return {name: values.get(name) for name in (*values, *sorted(known - set(values)))}, known, left
        known -= spoilt


def statements(text: str) -> list[ast.stmt] | None:
    """The statements of a piece of code; None where it is no Python."""
    tree = _parsed(text, "exec")
    return tree.body if isinstance(tree, ast.Module) else None


def waiting(part: ast.expr, word: str) -> float | None:
    """The milliseconds of `after(3)` or, with that word, `idle(3)`."""
    if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == word:
        seconds = _seconds(part.args[0]) if len(part.args) == 1 and not part.keywords else None
        return parse_duration(_milliseconds(seconds)) if seconds is not None else None
    return None


def with_after(text: str) -> str:
    """A guard in which the time of being idle is the time since the state was entered."""
    tree = _expression(text)
    if tree is None:
        return text
    for each in ast.walk(tree):
        if isinstance(each, ast.expr) and waiting(each, "idle") is not None:
            assert isinstance(each, ast.Call)
            each.func = ast.Name("after", ast.Load())
    return ast.unparse(tree)


def has_call(text: str, word: str) -> bool:
    """Whether a guard calls a function of this name."""
    tree = _expression(text)
    return tree is not None and any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == word
        for each in ast.walk(tree)
    )


class _Spoken(ast.NodeTransformer):
    """Python's words for the parts of an event, and texts put together, as our expressions have them."""

    is_sayable = True

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """`event.floor` is among the data of the event, `event.name` its type."""
        if isinstance(node.value, ast.Name) and node.value.id == "event":
            if node.attr == "name":
                return ast.Attribute(node.value, "type", ast.Load())
            data = ast.Attribute(node.value, "data", ast.Load())
            return data if node.attr == "data" else ast.Attribute(data, node.attr, ast.Load())
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """An event alone is an object, which ours is not."""
        self.is_sayable = self.is_sayable and node.id not in _OURS
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """`f"{a} of {b}"` is a sum of texts."""
        parts: list[ast.expr] = []
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                if each.conversion not in (-1, ord("s")) or each.format_spec is not None:
                    self.is_sayable = False
                parts.append(_call("str", self.visit(each.value)))
            else:
                parts.append(each)
        return _sum(parts)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """`"%d of %d" % (a, b)` is a sum of texts too."""
        form = _constant(node.left) if isinstance(node.op, ast.Mod) else None
        self.generic_visit(node)
        if not isinstance(form, str):
            return node
        given = list(node.right.elts) if isinstance(node.right, ast.Tuple) else [node.right]
        parts: list[ast.expr] = []
        for place, text in enumerate(_FORMAT.split(form)):
            if place % 2 == 0 or text == "%":
                self.is_sayable = self.is_sayable and (place % 2 == 1 or "%" not in text)
                parts.append(ast.Constant(text))
            elif given:
                value = given.pop(0)
                parts.append(_call("str", _call("int", value) if text == "d" else value))
            else:
                self.is_sayable = False
        self.is_sayable = self.is_sayable and not given
        return _sum([each for each in parts if _constant(each) != ""])


def _spoilt(code: Code, each: ast.stmt) -> Iterator[str]:
    """The variables of which a statement makes what is not known here."""
    if isinstance(each, ast.If) and code.expression(each.test) is not None:
        for inner in (*each.body, *each.orelse):
            yield from _spoilt(code, inner)
        return
    pair = _assigned(each)
    if pair is not None:
        if code.expression(pair[1]) is None:
            yield pair[0]
        return
    is_harmless = isinstance(each, ast.Expr) and (
        isinstance(each.value, ast.Constant) or _is_call_of(each.value, ("print", "send"))
    )
    if is_harmless or isinstance(each, ast.FunctionDef):
        yield from (
            name
            for inner in ast.walk(each)
            if isinstance(inner, ast.Global | ast.Nonlocal)
            for name in inner.names
        )
        return
    yield from (inner.id for inner in ast.walk(each) if isinstance(inner, ast.Name))


def _inside(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for each in body:
        yield each
        if isinstance(each, ast.If):
            yield from _inside((*each.body, *each.orelse))


def _name_given(each: ast.stmt) -> str | None:
    """The variable that gets a value that does not have to follow from its own."""
    pair = _assigned(each) if isinstance(each, ast.Assign) else None
    return pair[0] if pair is not None else None


def _assigned(each: ast.stmt) -> tuple[str, ast.expr] | None:
    """The one variable that a statement gives a value, and the value; also of `x += 1` and `x.append(1)`."""
    if isinstance(each, ast.Assign) and len(each.targets) == 1 and isinstance(each.targets[0], ast.Name):
        return each.targets[0].id, each.value
    if isinstance(each, ast.AugAssign) and isinstance(each.target, ast.Name):
        name = ast.Name(each.target.id, ast.Load())
        return each.target.id, ast.BinOp(name, each.op, each.value)
    call = each.value if isinstance(each, ast.Expr) else None
    if (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "append"
        and isinstance(call.func.value, ast.Name) and len(call.args) == 1 and not call.keywords
    ):  # fmt: skip
        name = ast.Name(call.func.value.id, ast.Load())
        return name.id, ast.BinOp(name, ast.Add(), ast.List([call.args[0]], ast.Load()))
    return None


def _plain(value: object) -> Data:
    """A literal as plain data.

    Raises:
        ValueError: plain data have no such value.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {str(key): _plain(each) for key, each in value.items()}
    raise ValueError


def _is_text(each: ast.stmt) -> bool:
    return isinstance(each, ast.Pass) or (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))


def _is_call_of(part: ast.expr, words: tuple[str, ...]) -> bool:
    return isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in words


def _text_of(part: ast.expr, word: str) -> str | None:
    """The text that is given to a function alone."""
    if (
        not isinstance(part, ast.Call)
        or not _is_call_of(part, (word,))
        or len(part.args) != 1
        or part.keywords
    ):
        return None
    found = _constant(part.args[0])
    return found if isinstance(found, str) else None


def _seconds(part: ast.expr) -> float | None:
    found = _constant(part)
    return found if isinstance(found, int | float) and not isinstance(found, bool) else None


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 6)


def _constant(part: ast.expr) -> object:
    return part.value if isinstance(part, ast.Constant) else None


def _call(name: str, value: ast.expr) -> ast.expr:
    return ast.Call(ast.Name(name, ast.Load()), [value], [])


def _sum(parts: list[ast.expr]) -> ast.expr:
    found: ast.expr = parts[0] if parts else ast.Constant("")
    for each in parts[1:]:
        found = ast.BinOp(found, ast.Add(), each)
    return found


def _expression(text: str) -> ast.expr | None:
    tree = _parsed(text.strip(), "eval")
    return tree.body if isinstance(tree, ast.Expression) else None


def _parsed(text: str, mode: str) -> ast.AST | None:
    if len(text) > MOST_CODE:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return tree if _is_shallow(tree) else None


def _is_shallow(tree: ast.AST) -> bool:
    """Whether what walks a tree reaches its leaves; a long sum is as deep as it has parts."""
    level: list[ast.AST] = [tree]
    for _ in range(MOST_DEPTH):
        level = [child for each in level for child in ast.iter_child_nodes(each)]
        if not level:
            return True
    return False
