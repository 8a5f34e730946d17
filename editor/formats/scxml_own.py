"""What the editor adds to SCXML: attributes and elements of one namespace, and values in them as JSON.

Other programs pass over them. They hold what SCXML has no word for, so that reading gives back what was written:

- `conventions="native"` at the root: the machine means what the native format says, its language is ours; other
  words tell what is meant otherwise (`model.elements.Conventions`);
- `key`, `id`: the name and the declared id of a state whose `id` in SCXML had to be another one;
- `on`, `after`, `event`, `invoke`: what a transition waits for, where `event` only comes near to it;
- `value`, `data`, `guard`, `delay`, `target`: the value behind an attribute that comes near to it;
- `added`: an element that other programs need and that is passed over here;
- `machine`: the state around all others, which stands for the machine itself;
- `call`, `table`: a named action, and what names mean.
"""

from __future__ import annotations

import json
import re

from editor.model.elements import Data

SPACE = "urn:statechart-editor:scxml"
NATIVE = "native"
_MARK = f"{{{SPACE}}}"


def own_name(name: str) -> str:
    """The name of one of our attributes as parsers give it."""
    return f"{_MARK}{name}"


def to_json(value: Data) -> str:
    """Plain data as a text."""
    return json.dumps(value, ensure_ascii=False)


def from_json(text: str | None) -> tuple[bool, Data]:
    """Whether a text is plain data, and which."""
    if text is None:
        return False, None
    try:
        value: Data = json.loads(text)
    except (ValueError, RecursionError):
        return False, None
    return True, value


def code(value: Data) -> str:
    """An expression that gives plain data in which strings are expressions; in our language and in ECMAScript."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join(code(each) for each in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{to_json(key)}: {code(each)}' for key, each in value.items())}}}"
    return _number(value) if isinstance(value, float) else to_json(value)


def _number(value: float) -> str:
    if value != value:
        return "1e999 - 1e999"
    return repr(value).replace("inf", "1e999")


_FIRST = "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff"
_NOT_IN_NAME = re.compile(rf"[^{_FIRST}0-9.\-\u00b7\u0300-\u036f]")


def as_id(text: str) -> str:
    """A text as SCXML can have it for an id: a name of XML without a colon (Namespaces in XML, 4)."""
    found = _NOT_IN_NAME.sub("_", text)
    return found if re.match(f"[{_FIRST}]", found) else f"_{found}"
