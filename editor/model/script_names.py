"""Names inside expressions of JavaScript, renamed where what they mean is certain from the characters alone."""

from __future__ import annotations

import re

_PART = re.compile(
    r"""
    (?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    | (?P<name>[^\W\d][\w$]*|\$[\w$]*)
    | (?P<number>\d[\w.]*)
    | (?P<blank>\s+)
    | (?P<mark>=>|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_OPENING = {"function", "let", "const", "var", "class", "catch", "for", "import", "with", "eval", "async"}
_WORDS = {
    "in", "of", "new", "typeof", "instanceof", "void", "delete", "true", "false", "null", "undefined", "this",
    "if", "else", "return", "throw", "try", "while", "do", "switch", "case", "break", "continue", "default",
    "super", "yield", "await", "enum", "export", "extends", "finally", "debugger", "arguments", *_OPENING,
}  # fmt: skip


def is_identifier(name: str) -> bool:
    """Whether a name can be written as one in JavaScript."""
    return re.fullmatch(r"[^\W\d][\w$]*|\$[\w$]*", name) is not None and name not in _WORDS


def rename_name(text: str, old: str, new: str, *, has_context: bool = True) -> str | None:
    """An expression after a variable was renamed; None where one cannot be certain of what the name means.

    That is so where names of its own may be declared (functions, blocks), where texts are put together (backquotes),
    where a slash may begin a pattern or a comment, and where the name may be a key of an object. What stands in
    texts, and properties of anything but `context`, is something else of the same name and stays; without `has_context`
    that is a variable as others are.
    """
    if not re.search(rf"(?<![\w$]){re.escape(old)}(?![\w$])", text):
        return text
    parts = [(match.lastgroup or "", match[0]) for match in _PART.finditer(text)]
    if any(_is_unclear(kind, part) for kind, part in parts):
        return None
    places = [place for place, (kind, part) in enumerate(parts) if kind == "name" and part == old]
    for place in places:
        before, after = _beside(parts, place, -1), _beside(parts, place, 1)
        owner = _beside(parts, place, -1, 2)
        if after == ":" and "?" not in (part for _, part in parts[:place]):
            return None
        if before == ".":
            is_own = has_context and owner == "context" and _beside(parts, place, -1, 3) != "."
            if not is_own:
                continue
        if old == "context" and has_context:
            return None
        parts[place] = ("name", new)
    return "".join(part for _, part in parts)


def _is_unclear(kind: str, part: str) -> bool:
    if kind == "name":
        return part in _OPENING
    return kind == "mark" and part in ("=>", "{", "}", "`", "/", "'", '"', "\\", "#", "@")


def _beside(parts: list[tuple[str, str]], place: int, step: int, count: int = 1) -> str:
    """The part so many parts before or after another, blanks left out; nothing where there is none."""
    while 0 <= place + step < len(parts):
        place += step
        if parts[place][0] != "blank":
            count -= 1
            if not count:
                return parts[place][1]
    return ""
