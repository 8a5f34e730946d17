"""A text written a little plainer, meaning the same, so that it can be patched without losing comments.

Two forms stand in the way: explicit keys (`? key`), whose pairs have no line of their own, and block texts that are
open at their end: they keep the blank lines that follow, or end with the text, so that what is put behind them changes
what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.errors import FormatError
from editor.formats.yaml_nodes import Node
from editor.formats.yaml_scalars import write_scalar
from editor.formats.yaml_tree import Tree, parse
from editor.formats.yaml_units import Edit, Source
from editor.model.elements import Data
from editor.model.sameness import same

_MARKED = re.compile("^\ufeff?[ \\t?:-]*\\?(?=\\s)", re.MULTILINE)
_OPEN_HEADER = re.compile(r"[|>][0-9]*\+")
_HEADER = re.compile(r"[|>][-+0-9]*")


def without_explicit_keys(tree: Tree, new: Data) -> Tree:
    """The tree with plain keys in every mapping that gets another value; as it is where they are not plain enough."""
    if tree.root is None or "?" not in tree.text or not _MARKED.search(tree.text):
        return tree
    source = Source(tree.text)
    edits = [edit for pair in _changed_pairs(tree.root, new) for edit in _key_edits(source, *pair)]
    return _edited(tree, source, edits)


def with_closed_texts(tree: Tree) -> Tree:
    """The tree with quotes around the block texts that are open at their end."""
    if tree.root is None:
        return tree
    source = Source(tree.text)
    return _edited(tree, source, [_closed(source, node) for node in _open_texts(tree, tree.root)])


def _edited(tree: Tree, source: Source, edits: list[Edit]) -> Tree:
    """The tree of an edited text; the old one where nothing was edited, or it does not mean the same."""
    if not edits:
        return tree
    try:
        plainer = parse(source.applied(0, len(tree.text), edits))
    except FormatError:
        return tree
    return plainer if same(plainer.value, tree.value) else tree


def _changed_pairs(node: Node, new: Data) -> Iterator[tuple[Node, Node]]:
    """The pairs of block mappings whose values are to change."""
    if node.style or same(node.value, new):
        return
    for place, (key, value) in enumerate(node.pairs):
        if key is not None:
            yield key, value
            inner = new.get(str(key.value)) if isinstance(new, dict) else None
        else:
            inner = new[place] if isinstance(new, list) and place < len(new) else None
        yield from _changed_pairs(value, inner)


def _key_edits(source: Source, key: Node, value: Node) -> Iterator[Edit]:
    """`? key` and `: value` as `key: value`; what cannot stand behind the key stays where it is."""
    text, end = source.text, source.true_end(key)
    mark = len(text[: key.start].rstrip(" "))
    if text[mark - 1 : mark] != "?":
        return
    plain = text[key.start : end]
    if "\n" in plain:
        plain = text[key.start : source.content(key)] + write_scalar(key.value, quote='"')
    colon = source.significant(end)
    has_value = text[colon : colon + 1] == ":"
    is_block = value.kind in ("map", "list") and not value.style
    if has_value and not text[end:colon].strip():
        if not is_block and "\n" not in text[colon : value.start]:
            yield Edit(mark - 1, value.start, plain + (": " if value.end > value.start else ":"))
            return
        behind = text[colon + 1 : source.line_end(colon)].strip()
        if is_block and (not behind or behind.startswith("#")):  # a comment there is none of the first pair
            yield Edit(mark - 1, colon + 1, plain + ":")
            return
    yield Edit(mark - 1, end, plain + ":")
    if has_value:
        yield Edit(colon, colon + 1, " ")


def _open_texts(tree: Tree, node: Node) -> Iterator[Node]:
    if node.kind == "scalar" and node.style in ("|", ">"):
        header = tree.text[Source(tree.text).content(node) :][:3]
        is_cut = node.end == len(tree.text) and not tree.text.endswith("\n")
        if is_cut or _OPEN_HEADER.match(header):
            yield node
        return
    for key, value in node.pairs:
        if key is not None:
            yield from _open_texts(tree, key)
        yield from _open_texts(tree, value)


def _closed(source: Source, node: Node) -> Edit:
    """A block text in quotes, with the comment of its first line behind them and the blank lines below."""
    text, start, end = source.text, source.content(node), source.true_end(node)
    header = _HEADER.match(text, start)
    comment = text[header.end() if header else start : source.line_end(start)].rstrip("\r\n")
    body = text[start:end]
    blank = body[len(body.rstrip()) :]
    return Edit(start, end, write_scalar(node.value, quote='"') + comment + blank)
