"""XML to plain nodes with their lines; entities, document types and anything outside of the text are refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

from editor.errors import Flaw, FormatError
from editor.formats.scxml_own import own_name
from editor.formats.xml_source import Source

MOST_DEPTH = 200
"""Elements inside one another."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One element: `space` and `tag` make its name, `text` is what stands in it before its first child.

    `tail` is the text behind it; `written` gives the element as it is written, with all that its prefixes mean.
    """

    space: str
    tag: str
    attributes: dict[str, str]
    line: int
    text: str
    tail: str
    children: tuple[Node, ...]
    written: Callable[[], str]

    @property
    def content(self) -> str:
        """All of its own text."""
        return self.text + "".join(child.tail for child in self.children)

    def get(self, name: str) -> str | None:
        """An attribute without a namespace."""
        return self.attributes.get(name)

    def own(self, name: str) -> str | None:
        """An attribute in the namespace of the editor."""
        return self.attributes.get(own_name(name))


class Page(NamedTuple):
    """An XML text and its root element."""

    root: Node
    source: Source


def parse(data: str | bytes, *, name: str = "") -> Page:
    """A text with its root element; bytes are decoded as their mark or their declaration says.

    Raises:
        FormatError: it is no XML, or has what is not read: a document type, elements too deep inside one another.
    """
    etree = import_module("lxml.etree")  # takes its time, and only XML needs it
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, strip_cdata=True,
    )  # fmt: skip
    raw = _without_declaration(data) if isinstance(data, str) else data
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"This is no well-formed XML: {_reason(error)}."
        raise FormatError([Flaw(message, line or 1, max(column, 1))], file=name) from None
    except (ValueError, LookupError) as error:
        raise FormatError([Flaw(f"This XML cannot be decoded: {error}.", 1, 1)], file=name) from None
    source = _source(data, root)
    kept = _TAGS.sub(_keep_lines, source.text)
    if kept != source.text:
        root = etree.fromstring(_without_declaration(kept), parser)
    if root.getroottree().docinfo.internalDTD is not None:
        message = "A document type is not read: it could hide what the machine is. Remove the DOCTYPE."
        raise FormatError([Flaw(message, 1, 1)], file=name)
    return Page(_node(root, etree, name, 0), source)


_TAGS = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^\s<>/!?][^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*>""",
    re.DOTALL,
)
_LINES = re.compile(r"""("[^"]*"|'[^']*')""")
"""Line breaks inside attributes, which XML makes spaces: in a script they have a meaning."""


_DECLARED = re.compile(r"""\ufeff?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_UNITS = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be")}


def _source(data: str | bytes, root: Any) -> Source:
    """A text with its encoding; a mark in front of it stays part of it."""
    if isinstance(data, str):
        found = _DECLARED.match(data)
        encoding = found[1].lower() if found is not None else "utf-8"
        encoding = _UNITS.get(encoding, (encoding,))[0]
        try:
            "".encode(encoding)
        except LookupError:
            encoding = "utf-8"
        return Source(data, encoding)
    encoding = (root.getroottree().docinfo.encoding or "utf-8").lower()
    if encoding in _UNITS:
        # the mark, or else the first angle bracket, tells which byte of a unit comes first
        encoding = _UNITS[encoding][data[:1] in (b"\xfe", b"\0")]
    return Source(data.decode(encoding, errors="replace"), encoding, data)


def _keep_lines(tag: re.Match[str]) -> str:
    text = tag[0]
    if "\n" not in text or text.startswith(("<!", "<?")):
        return text
    return _LINES.sub(lambda value: value[0].replace("\n", "&#10;\n"), text)


def _without_declaration(text: str) -> str:
    """A text that is decoded already, without the declaration of how it was encoded."""
    text = text.lstrip("\ufeff")
    if text.startswith("<?xml"):
        head, end, rest = text.partition("?>")
        return "\n" * head.count("\n") + rest if end else text
    return text


def _reason(error: Any) -> str:
    return str(error.msg).partition(", line ")[0]


def _node(element: Any, etree: Any, name: str, depth: int) -> Node:
    if depth > MOST_DEPTH:
        message = f"More than {MOST_DEPTH} elements stand inside one another."
        raise FormatError([Flaw(message, element.sourceline, 1)], file=name)
    for each in element:
        if not isinstance(each.tag, str):  # an entity that is not replaced
            raise FormatError([Flaw("An entity is not read.", element.sourceline, 1)], file=name)
    full = etree.QName(element)
    return Node(
        full.namespace or "",
        full.localname,
        {str(key): str(value) for key, value in element.attrib.items()},
        element.sourceline or 1,
        element.text or "",
        element.tail or "",
        tuple(_node(child, etree, name, depth + 1) for child in element),
        partial(etree.tostring, element, encoding="unicode", with_tail=False),
    )
