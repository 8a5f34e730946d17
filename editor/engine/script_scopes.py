"""Whether a script can keep something that is seen nowhere: a variable of its own, or of a function inside of one.

Told from the text alone, and with caution: what is not understood may keep something.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TOKENS = re.compile(
    r"//[^\n\r\u2028\u2029]*|/\*.*?\*/"
    r"|'(?:[^'\\\n\r]|\\.)*'|\"(?:[^\"\\\n\r]|\\.)*\""
    r"|[\w$]+|=>|\S",
    re.DOTALL,
)
_MAKERS = frozenset((
    "class", "eval", "Function", "constructor", "async", "await", "yield", "import", "export", "with", "get", "set",
    "static", "Proxy", "Reflect", "WeakRef", "WeakMap", "WeakSet", "Map", "Set", "Promise", "Symbol", "RegExp",
    "arguments", "callee", "caller", "bind", "__proto__", "GeneratorFunction", "__host",
))  # fmt: skip
"""Words of what keeps something, or makes functions out of texts."""
_BEFORE_REGEXP = frozenset((
    "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "instanceof",
))  # fmt: skip
_HEADS = frozenset(["if", "for", "while", "switch", "catch", "function"])
_LITERALS = frozenset(("true", "false", "null", "undefined"))
_OPENING, _CLOSING = "([{", ")]}"


@lru_cache(maxsize=1_000)
def keeps_nothing(text: str) -> bool:
    """Whether all that remains of a program are globals, and functions that see nothing but globals."""
    if "<!--" in text or "-->" in text:
        return False
    tokens = [each for each in _TOKENS.findall(text) if not each.startswith(("//", "/*"))]
    if any(each[0] in "`\\#@" or each in _MAKERS for each in tokens):
        return False
    heads: list[tuple[str, str]] = []  # the two tokens before each bracket that is open
    closed = ("", "")  # those before the one that was closed last
    before, last = "", ""
    for place, token in enumerate(tokens):
        if token in ("let", "const") and not heads and not _is_constant(tokens, place):
            return False
        if token in ("function", "=>") and heads:
            return False
        if token == "*" and last == "function":
            return False
        if token == "/" and not (re.fullmatch(r"[\w$]+|\]", last) and last not in _BEFORE_REGEXP):
            return False
        if token == "{" and last == ")" and closed[1] not in _HEADS and closed[0] != "function":
            return False  # a method, which may see variables around it
        if token in _OPENING:
            heads.append((before, last))
        elif token in _CLOSING:
            if not heads:
                return False
            closed = heads.pop()
        before, last = last, token
    return not heads


def _is_constant(tokens: list[str], place: int) -> bool:
    """Whether a declaration is of one name, which stands for a number, a text or the like for ever."""
    match tokens[place : place + 6]:
        case ["const", _, "=", "-", value, *rest] | ["const", _, "=", value, *rest]:
            is_literal = value[0] in "'\"" or value[0].isdigit() or value in _LITERALS
            return is_literal and rest[:1] in ([], [";"])
    return False
