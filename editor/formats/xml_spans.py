"""Where the elements of a well-formed XML text stand in it: tags, attributes and what is between, by position."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

TOKENS = re.compile(
    r"""<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|</[^>]*>|<[^\s<>/!?](?:"[^"]*"|'[^']*'|[^<>"'])*>""",
    re.DOTALL,
)
"""All that begins with an angle bracket in a text without a document type."""
_NAME = re.compile(r"</?([^\s/>!?]+)")
_ATTRIBUTE = re.compile(r"""(\s+)([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_NONE: Mapping[str, str] = {"xml": "http://www.w3.org/XML/1998/namespace"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: `before` is where the space in front of it begins, `start` and `end` enclose its value."""

    name: str
    before: int
    name_start: int
    start: int
    end: int


@dataclass(slots=True, eq=False)
class Span:
    """One element: its start tag is `start` to `inside`, its end tag `outside` to `end`.

    An element that is empty by its start tag ends with it. `comments` of its content are the places of comments.
    """

    name: str
    spaces: Mapping[str, str]
    start: int
    inside: int
    parent: Span | None = None
    outside: int = 0
    end: int = 0
    attributes: list[Attribute] = field(default_factory=list)
    children: list[Span] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_empty_tag(self) -> bool:
        """Whether it has no end tag."""
        return self.inside == self.end

    @property
    def prefix(self) -> str:
        """The prefix of its name; empty for none."""
        return self.name.rpartition(":")[0]

    @property
    def tag(self) -> str:
        """Its name without the prefix."""
        return self.name.rpartition(":")[2]

    @property
    def space(self) -> str:
        """The namespace of its name."""
        return self.spaces.get(self.prefix, "")

    @property
    def tag_end(self) -> int:
        """Behind the last attribute of its start tag, or behind its name."""
        return self.attributes[-1].end + 1 if self.attributes else self.start + 1 + len(self.name)

    def find(self, space: str, name: str) -> Attribute | None:
        """An attribute of a namespace; that of none is empty."""
        for each in self.attributes:
            prefix, _, local = each.name.rpartition(":")
            if local == name and (self.spaces.get(prefix) if prefix else "") == space:
                return each
        return None


def scan(text: str) -> Span:
    """The root element of a text that is known to be well-formed and to have no document type."""
    root: Span | None = None
    here: Span | None = None
    for token in TOKENS.finditer(text):
        tag = token[0]
        if tag.startswith(("<!", "<?")):
            if here is not None and tag.startswith("<!--"):
                here.comments.append(token.span())
        elif tag.startswith("</"):
            assert here is not None, "end tags have start tags"
            here.outside, here.end = token.span()
            here = here.parent
        else:
            span = _opened(tag, token.start(), here)
            if here is not None:
                here.children.append(span)
            root = root or span
            if not tag.endswith("/>"):
                here = span
    assert root is not None, "a text has a root"
    return root


def _opened(tag: str, start: int, parent: Span | None) -> Span:
    found = _NAME.match(tag)
    assert found is not None, "a tag has a name"
    inside = start + len(tag)
    attributes = [
        Attribute(
            each[2],
            start + each.start(),
            start + each.start(2),
            start + each.start(3) + 1,
            start + each.end(3) - 1,
        )
        for each in _ATTRIBUTE.finditer(tag, found.end())
    ]
    spaces = parent.spaces if parent is not None else _NONE
    declared = {
        each.name.removeprefix("xmlns").removeprefix(":"): tag[each.start - start : each.end - start]
        for each in attributes
        if each.name == "xmlns" or each.name.startswith("xmlns:")
    }
    return Span(
        found[1], {**spaces, **declared} if declared else spaces, start, inside, parent, outside=inside, end=inside,
        attributes=attributes,
    )  # fmt: skip


def everything(span: Span) -> Iterator[Span]:
    """An element and all inside it, in document order."""
    yield span
    for child in span.children:
        yield from everything(child)


def region(text: str, span: Span) -> tuple[int, int]:
    """What goes with an element: the space in front of it, comments right above it, one behind it on its line."""
    parent = span.parent
    assert parent is not None, "the root stands alone"
    place = parent.children.index(span)
    first = parent.children[place - 1].end if place else parent.inside
    last = parent.children[place + 1].start if place + 1 < len(parent.children) else parent.outside
    return _begin(text, span, parent, first), _finish(text, span, parent, last)


def _begin(text: str, span: Span, parent: Span, first: int) -> int:
    start = span.start
    above = [each for each in parent.comments if first <= each[0] and each[1] <= span.start]
    for opens, closes in reversed(above):
        gap = text[closes:start]
        is_alone = "\n" in _space_before(text, opens, first)
        if gap.strip() or gap.count("\n") != 1 or not is_alone:
            break
        start = opens
    return start - len(_space_before(text, start, first))


def _finish(text: str, span: Span, parent: Span, last: int) -> int:
    for opens, closes in parent.comments:
        if span.end <= opens < last:
            gap = text[span.end : opens]
            behind = text[closes:last]
            is_end = (not behind.strip() and (last == parent.outside or "\n" in behind)) or re.match(
                r"[ \t]*\r?\n", behind
            )
            if not gap.strip() and "\n" not in gap and is_end:
                return closes
            break
    return span.end


def _space_before(text: str, place: int, first: int) -> str:
    around = text[first:place]
    return around[len(around.rstrip()) :]


def indent_of(text: str, place: int) -> str | None:
    """The space in front of what begins a line; None where something else stands before it."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line if not line.strip() else None


def reindented(text: str, before: str, after: str, values: Collection[str]) -> str:
    """A piece of a text at another indentation: only space between tags changes.

    Inside elements with the names of `values` every space is part of a value.
    """
    if before == after:
        return text
    parts, last, depth = [], 0, 0
    for token in TOKENS.finditer(text):
        gap, tag = text[last : token.start()], token[0]
        if gap and not gap.strip() and not depth:
            gap = gap.replace(f"\n{before}", f"\n{after}")
        parts += [gap, tag]
        last = token.end()
        found = _NAME.match(tag)
        if found is not None and found[1].rpartition(":")[2] in values and not tag.endswith("/>"):
            depth += -1 if tag.startswith("</") else 1
    return "".join((*parts, text[last:]))
