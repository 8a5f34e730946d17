"""A scalar in a text given a new value, in the quotes or block form that it had."""

from __future__ import annotations

import re

from editor.formats.yaml_nodes import Node
from editor.formats.yaml_scalars import write_scalar
from editor.formats.yaml_units import Edit, Source, Unfit
from editor.model.elements import Data

_HEADER = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)?[ \t]*\r?\n")
_FOLDED_COLUMNS = 80


def rewritten(source: Source, node: Node, new: Data, *, in_flow: bool, quote: str = "") -> Edit:
    """The edit that gives a scalar a new value; raises Unfit where its form cannot hold it.

    `quote` is for texts that are not in quotes already.
    """
    if node.style in ("|", ">"):
        return _block_text(source, node, new)
    quote = node.style or quote if isinstance(new, str) else ""
    if "\n" in str(new) and quote != '"' and not in_flow:
        raise Unfit
    start = source.content(node)
    if "!" in source.text[node.start : start]:
        raise Unfit
    written = write_scalar(new, flow=in_flow, quote=quote)
    return Edit(start, node.end, " " + written if start == node.end else written)


def _block_text(source: Source, node: Node, new: Data) -> Edit:
    """A literal or folded text with another content under the same kind of header."""
    start = source.content(node)
    header = _HEADER.match(source.text, start)
    body = source.text[header.end() : node.end] if header is not None else ""
    if header is None or not isinstance(new, str) or not body.strip():
        raise Unfit
    inner = new.removesuffix("\n")
    lines = inner.split("\n")
    is_plain = not new.startswith((" ", "\n")) and not inner.endswith("\n") and inner.strip()
    if not is_plain or not all(line.isprintable() for line in lines):
        raise Unfit
    if node.style == ">":
        lines = _folded(lines)
    first = next(line for line in body.split("\n") if line.strip())
    margin = first[: len(first) - len(first.lstrip(" "))]
    head = node.style + ("" if new.endswith("\n") else "-") + (header[1] or "")
    text = source.newline.join([head, *(margin + line if line else "" for line in lines)])
    return Edit(start, source.true_end(node), text)


def _folded(lines: list[str]) -> list[str]:
    """Lines that folding puts together again; raises Unfit for those that begin or end with a blank."""
    found: list[str] = []
    for number, line in enumerate(lines):
        if not line or line.startswith((" ", "\t")) or line.endswith(" "):
            raise Unfit
        if number:
            found.append("")
        found += _wrapped(line)
    return found


def _wrapped(line: str) -> list[str]:
    words = re.split(r"(?<! ) (?! )", line)
    found = [words[0]]
    for word in words[1:]:
        if len(found[-1]) + 1 + len(word) > _FOLDED_COLUMNS:
            found.append(word)
        else:
            found[-1] += " " + word
    return found
