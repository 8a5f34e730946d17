"""What may be typed at a place of a text, read from what stands before it by the grammar of the field."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from editor.model import invocation_text
from editor.model.label_reading import open_places


class Grammar(Enum):
    """What a field holds."""

    LABEL = "event [guard] / actions"
    EVENT = "an event"
    DELAY = "a delay"
    GUARD = "a guard"
    ACTIONS = "actions, parted by semicolons or lines"
    TARGETS = "states, as a transition calls them, parted by commas"
    SERVICE = "a service"
    INVOCATION = "a service, its id and what is passed to it"
    DATA = "YAML, its texts expressions"
    GUARDS = "YAML, guards by name"
    ACTION_TABLE = "YAML, actions by name"
    DELAYS = "YAML, delays by name"


class Want(Enum):
    """What may stand at a place."""

    HEAD = "what begins a label"
    EVENT = "event"
    GUARD = "guard"
    ACTION = "action"
    DELAY = "delay"
    SERVICE = "service"
    STATE = "state, by its path"
    TARGET = "state, as a transition calls it"
    KEY = "context key"
    PART = "what stands in `owner`, behind its dot"
    FUNCTION = "function"
    RECEIVER = "receiver"
    SEND = "id of a send"
    UNMEANT = "name that has no meaning yet"


@dataclass(frozen=True, slots=True)
class Slot:
    """What may stand from `start` to `end` of a text, of which `typed` is there up to the cursor.

    `words` of the grammar may stand there too. `owner`: the path before a dot. `is_open`: new names are as usual there
    as known ones, so that what was typed may be meant as it is.
    """

    wants: tuple[Want, ...]
    start: int
    end: int
    typed: str
    words: tuple[str, ...] = ()
    owner: str = ""
    is_open: bool = False
    table: str = ""


_WORD = re.compile(r"[\w$]*\Z")
_NAME = re.compile(r"[^\s\[\]/;{},:]*\Z")
_PATH = re.compile(r"(?<![\w$.])([^\W\d][\w$]*(?:\.[\w$]+)*)\.([\w$]*)\Z")
_STATE_PATH = re.compile(r"""(?:(?<![\w.])[iI]n\s*\(\s*['"]?|(?<![\w.])matches\s*\(\s*['"])([^()'"]*)\Z""")
_OPERAND_BEFORE = re.compile(r"(?:[\w$'\")\]}])\s+\Z|[)\]}'\"]\Z")
_OPERATOR_WORD = re.compile(r"(?<![\w.])(?:and|or|not|in|if|else|is)\s+\Z")
_GUARD_BEFORE = re.compile(
    r"(?:\A|(?:\A|[^\w$]|(?<![\w.])(?:and|or|not)\s*)\(|(?<![\w.])(?:and|or|not)\s)\s*\Z"
)
_ASSIGNED = re.compile(r"[^\W\d]\w*(?:\.\w+)*\s*=(?!=)")
_SEND_PARTS = re.compile(r"send\s+(?P<event>\S*)(?P<gap>\s+)?(?P<rest>.*)\Z", re.DOTALL)
_LATER = re.compile(r"(?:after\s+(?P<delay>.*?))?(?:(?:\A|\s+)to\s+(?P<to>\S*))?\Z", re.DOTALL)
_PAIR = re.compile(r"([\w.$'\"-]+)\s*:\s+((?!\[)[^{},\n]*)\Z|([\w.$'\"-]+)\s*:()\Z")
_SERVICE = re.compile(r"(?:done|error)\s*:?\s*")
_GUARD_WORDS = ("not", "in(")
_JOINING = ("and", "or", "not", "in", "if", "else")
_ACTION_WORDS = ("raise", "send", "log", "cancel")
_ACTION_KEYS = (
    "assign",
    "raise",
    "send",
    "log",
    "cancel",
    "choose",
    "type",
    "guard",
    "actions",
    "delay",
    "to",
    "data",
)


def slot_at(text: str, cursor: int, grammar: Grammar) -> Slot | None:
    """What may be typed at a place of a text; None where nothing is known, as inside of quotes."""
    before = text[:cursor]
    found = _READERS[grammar](before, 0)
    if found is None:
        return None
    rest = re.match(r"[\w$]*", text[cursor:])
    return replace(found, end=cursor + (rest.end() if rest is not None and found.typed else 0))


def _slot(
    before: str, at: int, typed: str, *wants: Want, words: tuple[str, ...] = (), is_open: bool = False
) -> Slot:
    start = at + len(before) - len(typed)
    return Slot(wants, start, start + len(typed), typed, words, is_open=is_open)


def _is_in_quotes(text: str) -> bool:
    """Whether a text ends inside of quotes."""
    quote = before = ""
    for each in text:
        if quote:
            quote = "" if each == quote and before != "\\" else quote
        elif each in "'\"" and not (before.isalnum() or before == "_"):
            quote = each
        before = "" if before == "\\" and each == "\\" else each
    return bool(quote)


def _label(before: str, at: int) -> Slot | None:
    marks = [place for mark in "[/" if (place := before.find(mark)) >= 0]
    if not marks:
        return _head(before, at)
    first = min(marks)
    if before[first] == "/":
        return _actions(before[first + 1 :], at + first + 1)
    inside = open_places(before[first + 1 :])
    close = next(
        (place for place, free in enumerate(inside, first + 1) if free and before[place] == "]"), None
    )
    if close is None:
        return _guard(before[first + 1 :], at + first + 1)
    rest = before[close + 1 :]
    slash = rest.find("/")
    return _actions(rest[slash + 1 :], at + close + 2 + slash) if slash >= 0 else None


def _head(before: str, at: int) -> Slot | None:
    typed = before.lstrip()
    delay = re.match(r"after\s+", typed)
    if delay is not None:
        start = len(before) - len(typed) + delay.end()
        return _delay(before[start:], at + start)
    last = typed.split(" ")[-1]
    if last != typed and not _SERVICE.match(
        typed
    ):  # an event has one word: the last of several, where they can be
        return _slot(before, at, last, Want.EVENT, is_open=True) if last else None
    return _slot(before, at, typed, Want.HEAD, Want.EVENT, is_open=True)


def _event(before: str, at: int) -> Slot | None:
    typed = before.split(" ")[-1]
    if not _NAME.match(typed) or "{" in before:  # data, as they are sent with an event
        return None
    return _slot(before, at, typed, Want.EVENT, is_open=True)


def _delay(before: str, at: int) -> Slot | None:
    typed = before.lstrip()
    if typed[:1].isdigit():
        return None
    if typed.startswith("("):
        inside = len(before) - len(typed) + 1
        return _expression(before[inside:], at + inside)
    if _WORD.match(typed):
        return _slot(before, at, typed, Want.DELAY, is_open=True)
    return _expression(before, at)


def _guard(before: str, at: int) -> Slot | None:
    if before.lstrip().startswith("{"):
        return _data(before, at, "guards")
    return _expression(before, at, has_guards=True)


def _expression(before: str, at: int, *, has_guards: bool = False) -> Slot | None:
    path = _STATE_PATH.search(before)
    if path is not None:
        return _slot(before, at, path[1], Want.STATE)
    if _is_in_quotes(before):
        return None
    inner = _PATH.search(before)
    if inner is not None:
        return replace(_slot(before, at, inner[2], Want.PART), owner=inner[1])
    if re.search(r"[)\]}\w'\"]\.[\w$]*\Z", before):  # behind a dot of what is no path: a number, a call
        return None
    word = _WORD.search(before)
    typed = word[0] if word is not None else ""
    if typed[:1].isdigit():
        return None
    ahead = before[: len(before) - len(typed)]
    if _OPERAND_BEFORE.search(ahead) and not _OPERATOR_WORD.search(ahead):
        return _slot(before, at, typed, words=_JOINING) if typed else None
    if has_guards and _GUARD_BEFORE.search(ahead):
        is_whole = not ahead.strip()
        return _slot(
            before, at, typed, Want.GUARD, Want.KEY, Want.FUNCTION, words=_GUARD_WORDS, is_open=is_whole
        )
    return _slot(before, at, typed, Want.KEY, Want.FUNCTION, words=("not",) if typed else ())


def _actions(before: str, at: int) -> Slot | None:
    free = open_places(before)
    starts = [place + 1 for place, each in enumerate(before) if each == "\n" or (each == ";" and free[place])]
    start = starts[-1] if starts else 0
    piece = before[start:]
    start += len(piece) - len(piece.lstrip())
    return _action(before[start:], at + start)


def _action(text: str, at: int) -> Slot | None:
    if text.startswith("- "):
        return _action(text[2:], at + 2)
    if text.startswith("{"):
        return _data(text, at, "actions")
    if text.startswith("send ") and (parts := _SEND_PARTS.match(text)) is not None:
        return _send(text, at, parts)
    if text.startswith(("raise ", "cancel ")):
        typed = text.split(" ")[-1]
        is_event = text.startswith("raise ")
        return _slot(text, at, typed, Want.EVENT if is_event else Want.SEND, is_open=is_event)
    if text.startswith("log "):
        return _expression(text[4:], at + 4)
    free = open_places(text)
    commas = [place + 1 for place, each in enumerate(text) if each == "," and free[place]]
    for start in reversed([0, *commas]):
        match = _ASSIGNED.match(text[start:].lstrip())
        if match is not None:
            begin = start + len(text[start:]) - len(text[start:].lstrip()) + match.end()
            after = text[commas[-1] :].lstrip() if commas else ""
            if commas and commas[-1] > start and _WORD.match(after) and after:
                return _slot(text, at, after, Want.KEY)
            return _expression(text[begin:], at + begin)
    if _NAME.match(text):
        return _slot(text, at, text, Want.ACTION, Want.KEY, words=_ACTION_WORDS, is_open=True)
    return None


def _send(text: str, at: int, parts: re.Match[str]) -> Slot | None:
    if parts["gap"] is None:
        return _slot(text, at, parts["event"], Want.EVENT, is_open=True)
    rest = parts["rest"]
    later = _LATER.match(rest)
    if later is not None and later["to"] is not None:
        return _slot(text, at, later["to"], Want.RECEIVER)
    if later is not None and later["delay"] is not None:
        typed = later["delay"]
        if " " in typed.strip() or typed[-1:] == " ":
            last = typed.split(" ")[-1]
            return _slot(text, at, last, words=("to",)) if last else None
        return _delay(typed, at + len(text) - len(typed))
    return _slot(text, at, rest, words=("after", "to")) if _WORD.match(rest) else None


def _targets(before: str, at: int) -> Slot | None:
    typed = before.rsplit(",", 1)[-1].lstrip()
    return _slot(before, at, typed, Want.TARGET)


def _service(before: str, at: int) -> Slot | None:
    return _slot(before, at, before.lstrip(), Want.SERVICE, is_open=True)


def _invocation(before: str, at: int) -> Slot | None:
    parts = invocation_text.split(before)
    if parts.input is not None:
        start = parts.input.at if parts.input.text else len(before)
        return _data(before[start:], at + start) if before[:start][-1:].isspace() else None
    last = parts.id or parts.source
    if last.text.startswith('"'):
        return None
    words = ("with",) if parts.id is not None else ("as", "with")
    name, _, typed = before[last.at :].rpartition(" ")
    if name.strip() and any(word.startswith(typed) for word in words):
        return _slot(before, at, typed, words=words, is_open=True)
    return _service(before, at) if parts.id is None else None


def _data(before: str, at: int, table: str = "") -> Slot | None:
    """YAML: what stands behind a colon is known by the key before it; without one it is a key."""
    line = before.rsplit("\n", 1)[-1]
    start = len(before) - len(line)
    pair = _PAIR.search(line)
    if pair is not None and pair[1] is not None:
        value = pair[2]
        here = at + start + pair.start(2)
        return _value(value, here, pair[1].strip("'\""), table, is_top=pair.start() == 0)
    if _is_in_quotes(line) or pair is not None:
        return None
    word = _WORD.search(line)
    typed = word[0] if word is not None else ""
    ahead = line[: len(line) - len(typed)].rstrip()
    inside = re.search(r"([\w.$]+)\s*:\s*[\[{]?\s*(?:[^{}\[\]]*,\s*)?\Z", ahead)
    if not table:
        return _expression(line, at + start)
    if not ahead:
        return replace(_slot(before, at, typed, Want.UNMEANT), table=table)
    if inside is not None and inside[1] == "assign":
        return _slot(before, at, typed, Want.KEY)
    if inside is not None and inside[1] in ("actions", "entry", "exit"):
        return _slot(before, at, typed, Want.ACTION, is_open=True)
    if inside is not None and inside[1] in ("and", "or", "not"):
        return _slot(before, at, typed, Want.GUARD, is_open=True)
    words = ("and", "or", "not", "in", "expr") if table == "guards" else _ACTION_KEYS
    return _slot(before, at, typed, words=words) if ahead.endswith(("{", ",", "[", "-")) else None


def _value(value: str, at: int, key: str, table: str, *, is_top: bool) -> Slot | None:
    typed = value.lstrip()
    here = at + len(value) - len(typed)
    if key in ("raise", "send"):
        return _slot(typed, here, typed, Want.EVENT, is_open=True)
    if key == "to":
        return _slot(typed, here, typed, Want.RECEIVER)
    if key == "delay":
        return _delay(typed, here)
    if key == "cancel":
        return _slot(typed, here, typed, Want.SEND)
    if key == "in":
        bare = typed.lstrip("'\"")
        return _slot(typed, here, bare, Want.STATE) if bare.rstrip("'\"") == bare else None
    if key in ("guard", "cond", "not") or (is_top and table == "guards"):
        return _expression(typed, here, has_guards=True)
    if key in ("actions", "entry", "exit") or (is_top and table == "actions"):
        return _slot(typed, here, typed, Want.ACTION, is_open=True) if _NAME.match(typed) else None
    return _expression(typed, here)


_READERS: dict[Grammar, Callable[[str, int], Slot | None]] = {
    Grammar.LABEL: _label,
    Grammar.EVENT: _event,
    Grammar.DELAY: _delay,
    Grammar.GUARD: _guard,
    Grammar.ACTIONS: _actions,
    Grammar.TARGETS: _targets,
    Grammar.SERVICE: _service,
    Grammar.INVOCATION: _invocation,
    Grammar.DATA: _data,
    Grammar.GUARDS: lambda before, at: _data(before, at, "guards"),
    Grammar.ACTION_TABLE: lambda before, at: _data(before, at, "actions"),
    Grammar.DELAYS: lambda before, at: _data(before, at, "delays"),
}
