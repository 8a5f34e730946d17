"""YAML scalars: what a plain text means (YAML 1.2 core schema), and how a value is written."""

from __future__ import annotations

import math
import re

from editor.model.elements import Data

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_SPECIAL = {
    ".inf": math.inf, ".Inf": math.inf, ".INF": math.inf, "+.inf": math.inf, "-.inf": -math.inf,
    "-.Inf": -math.inf, "-.INF": -math.inf, ".nan": math.nan, ".NaN": math.nan, ".NAN": math.nan,
}  # fmt: skip
_OLD_WORDS = {
    word
    for lower in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for word in (lower, lower.title(), lower.upper())
}
_SAFE_START = re.compile(r"[^\W\d]|[$./(\\]")
_DIGITS_FIRST = re.compile(r"[0-9]+[A-Za-z][A-Za-z]*\Z|[0-9]+\.[0-9]+[A-Za-z]+\Z")
_OLD_NUMBER = re.compile(r"[-+0-9.][0-9_,.:eE+-]*\Z|0[xob][0-9a-fA-F_]*\Z")
_BARE_KEY = re.compile(r"[\w$.-][^:#,\[\]{}'\"&!|>%`\\]{0,127}\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD_KEYS = ("-", "---", "...")
MOST_DIGITS = 4_300
"""Characters of the longest whole number, and digits of those that Python writes; longer ones are texts."""
_MOST_OTHER_DIGITS = 3_500
"""The same for hexadecimal ones, which take more digits to the base of ten."""


def resolve(text: str) -> Data:
    """What a plain scalar means."""
    if not text or text[0] in "nNtTfF~":
        if text in _NULL:
            return None
        if text in _TRUE:
            return True
        if text in _FALSE:
            return False
        return text
    if text[0] not in "-+.0123456789":
        return text
    if _INT.match(text):
        return int(text) if len(text) <= MOST_DIGITS else text
    if len(text) > _MOST_OTHER_DIGITS:
        return text
    if _OCTAL.match(text):
        return int(text[2:], 8)
    if _HEX.match(text):
        return int(text[2:], 16)
    if text in _SPECIAL:
        return _SPECIAL[text]
    return float(text) if _FLOAT.match(text) else text


def is_plain_safe(text: str, *, flow: bool = False) -> bool:
    """Whether a text can stand without quotes and means itself, for readers of YAML 1.1 and 1.2 alike."""
    if not text or text != text.strip() or len(text) > 400:
        return False
    if text in _OLD_WORDS or (resolve(text) is not text and not isinstance(resolve(text), str)):
        return False
    if not (_SAFE_START.match(text) or _DIGITS_FIRST.match(text)) or _OLD_NUMBER.match(text):
        return False
    if ": " in text or " #" in text or text.endswith(":") or text.startswith("..."):
        return False
    if text[0] == "." and text in _SPECIAL:
        return False
    return not (flow and any(character in text for character in ",[]{}:?")) and text.isprintable()


def write_scalar(value: Data, *, flow: bool = False, quote: str = "") -> str:
    """One line for a scalar; `quote` is the kind of quotes that the place had before."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if quote == "'" and _can_single(text):
        return "'" + text.replace("'", "''") + "'"
    if quote == '"':
        return _double(text)
    if is_plain_safe(text, flow=flow):
        return text
    if not _can_single(text) or ("'" in text and '"' not in text and "\\" not in text):
        return _double(text)
    return "'" + text.replace("'", "''") + "'"


def write_key(key: str, *, flow: bool = False, quote: str = "") -> str:
    """A mapping's key; keys are texts whatever they look like, so numbers and `on` need no quotes."""
    if quote:
        return write_scalar(key, flow=flow, quote=quote)
    is_bare = _BARE_KEY.match(key) and key not in _ODD_KEYS and not key.startswith("- ")
    if is_bare and key == key.strip() and key.isprintable():
        return key
    return write_scalar(key, flow=flow)


def _can_single(text: str) -> bool:
    return text.isprintable() and "\n" not in text


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _double(text: str) -> str:
    return '"' + "".join(map(_escaped, readable(text))) + '"'


def readable(text: str) -> str:
    """A text without the lone surrogates that no YAML, and no UTF-8, can hold: each becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() and character != "\ufeff":
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    text = repr(value)
    if "e" in text and "." not in text:
        mantissa, exponent = text.split("e")
        return f"{mantissa}.0e{exponent}"
    return text
