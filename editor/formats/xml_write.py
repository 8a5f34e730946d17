"""XML elements to text: indented, escaped, and refused where XML has no way to hold a character."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from editor.errors import FileError

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ATTRIBUTE = str.maketrans({"&": "&amp;", "<": "&lt;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_UNNAMED = re.compile(r"<(?![!?/])[^\s<>/:]+(?=[\s/>])")
_DEFAULT_SPACE = re.compile(r"\sxmlns\s*=")
OWN = "editor:"
"""What names of our own namespace begin with, whatever their prefix is in a text."""


@dataclass(eq=True)
class Element:
    """An element to be written; `key` tells what it stands for, so that it is found again where it was moved.

    It holds children, or a text, or a markup that is written as it is. Names in our own namespace begin with `OWN`.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""
    markup: str = ""
    key: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        self.attributes = {name: value for name, value in self.attributes.items() if value is not None}

    @property
    def has_own(self) -> bool:
        """Whether a name in it is of our own namespace."""
        names = (self.tag, *self.attributes)
        return any(name.startswith(OWN) for name in names) or any(each.has_own for each in self.children)

    @property
    def has_content(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.children or self.text or self.markup)


@dataclass(frozen=True)
class Style:
    """How elements look in a text: the prefix of theirs and of ours, line ends, and one step of indentation.

    `is_inline`: all elements stand on one line; line ends inside of values are none of that.
    """

    prefix: str = ""
    own: str = "editor"
    newline: str = "\n"
    step: str = "  "
    is_inline: bool = False

    def line(self, indent: str) -> str:
        """What begins a line."""
        return "" if self.is_inline else f"{self.newline}{indent}"

    def name(self, tag: str) -> str:
        """The name of an element as it is written."""
        if tag.startswith(OWN):
            return f"{self.own}:{tag.removeprefix(OWN)}"
        return f"{self.prefix}:{tag}" if self.prefix else tag

    def attribute(self, name: str) -> str:
        """The name of an attribute as it is written; those of SCXML have no prefix."""
        return f"{self.own}:{name.removeprefix(OWN)}" if name.startswith(OWN) else name


Render = Callable[[Element, str, Style], str | None]
"""The text of an element that stands somewhere already, at an indentation; None for one that is new."""


def check(text: str) -> str:
    """A text that XML can hold.

    Raises:
        FileError: it has a character that no XML may have.
    """
    found = _ILLEGAL.search(text)
    if found is not None:
        shown = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text if len(text) < 60 else f"{text[:60]}…")
        raise FileError(
            f"“{shown}” has the character U+{ord(found[0]):04X}, which XML cannot hold. Remove it, then save again."
        )
    return text


def escaped(value: str, quote: str = '"') -> str:
    """The value of an attribute, for between quotes.

    Raises:
        FileError: XML cannot hold it.
    """
    return check(value).translate(_ATTRIBUTE).replace(quote, "&quot;" if quote == '"' else "&apos;")


def content(element: Element, style: Style, within: bool = True) -> str:
    """A text or markup as the content of an element.

    `within`: the text around names a default namespace, which markup without one must not come into.

    Raises:
        FileError: XML cannot hold it.
    """
    if element.markup:
        return _apart(element.markup) if within and not style.prefix else element.markup
    text = check(element.text)
    if element.tag == "script" and re.search("[<&]", text) and not re.search("]]>|\r", text):
        text = f"<![CDATA[{text}]]>"
    else:
        text = text.translate(_TEXT)
    return text.replace("\n", style.newline)


def _apart(markup: str) -> str:
    """Markup of which the outermost elements say that they are in no namespace where they name none."""
    parts, depth, last = [], 0, 0
    for tag in re.finditer(
        r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>", markup, re.S
    ):
        text = tag[0]
        if text.startswith(("<!", "<?")):
            continue
        if text.startswith("</"):
            depth -= 1
            continue
        name = _UNNAMED.match(text)
        if depth == 0 and name is not None and not _DEFAULT_SPACE.search(text):
            parts += [markup[last : tag.start()], name[0], ' xmlns=""']
            last = tag.start() + len(name[0])
        depth += not text.endswith("/>")
    return "".join((*parts, markup[last:]))


def start_tag(element: Element, style: Style, more: str = "") -> str:
    """The start tag without its end.

    Raises:
        FileError: XML cannot hold an attribute.
    """
    words = [f' {style.attribute(name)}="{escaped(value)}"' for name, value in element.attributes.items()]
    return f"<{style.name(element.tag)}{more}{''.join(words)}"


def write(
    element: Element, style: Style, indent: str = "", *, render: Render | None = None, more: str = ""
) -> str:
    """An element with all that stands in it; `more` goes into its start tag, its first line is not indented.

    Raises:
        FileError: XML cannot hold something.
    """
    known = render(element, indent, style) if render is not None else None
    if known is not None:
        return known
    start = start_tag(element, style, more)
    if not element.has_content:
        return f"{start}/>"
    end = f"</{style.name(element.tag)}>"
    if not element.children:
        return f"{start}>{content(element, style)}{end}"
    inner = indent + style.step
    lines = [write(child, style, inner, render=render) for child in element.children]
    inside = "".join(f"{style.line(inner)}{line}" for line in lines)
    return f"{start}>{inside}{style.line(indent)}{end}"
