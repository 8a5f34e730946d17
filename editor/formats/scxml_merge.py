"""A text brought to what a chart says now: only what differs from what it said is written, in the text's own ways.

What was read and what is wanted are both written as elements; the places of the former in the text are known, so
the difference of the two can be made there, one attribute, one start tag or one child at a time.
"""

from __future__ import annotations

from editor.formats.scxml_own import SPACE
from editor.formats.scxml_pairs import HOLDERS, Pairs, begin_inside, groups
from editor.formats.xml_edits import TextEdit, applied
from editor.formats.xml_match import matched, stationary
from editor.formats.xml_spans import Attribute, Span, everything, indent_of, region, reindented, scan
from editor.formats.xml_write import OWN, Element, Style, content, escaped, write

VALUES = ("content", "data", "assign", "script")
"""Elements in which space is part of a value."""


class Merge:
    """One merging of `new` into a text that said `old`; without `moves` what moved is written anew.

    Both elements are its own from there on: they are brought to the spelling of the text.
    """

    def __init__(self, text: str, old: Element, new: Element, *, moves: bool = True) -> None:
        self.source = text
        self.root = scan(text)
        self.old, self.new = old, new
        self.pairs = Pairs(self.old, self.root)
        _begin_all(self.new, self.pairs.begun)
        self.moves = moves
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.step = self._step()
        self.own, self.is_declared = self._prefix()

    def text(self) -> str:
        """The text as it is wanted.

        Raises:
            FileError: XML cannot hold something in it.
        """
        edits = [] if self.is_declared or not self.new.has_own else [self._declaration()]
        edits += self.element(self.old, self.new, self.root)
        return applied(self.source, edits)

    def anew(self) -> str:
        """The root element written afresh between what stands around it.

        Raises:
            FileError: XML cannot hold something in it.
        """
        spaces = "".join(
            f" {self.source[each.name_start : each.end + 1]}"
            for each in self.root.attributes
            if each.name.partition(":")[0] == "xmlns"
        )
        if not self.is_declared and self.new.has_own:
            spaces += f' xmlns:{self.own}="{SPACE}"'
        written = write(self.new, self._style(self.root, True), more=spaces)
        return f"{self.source[: self.root.start]}{written}{self.source[self.root.end :]}"

    # how the text is written

    def _step(self) -> str:
        for span in everything(self.root):
            outer = indent_of(self.source, span.start)
            for child in span.children:
                inner = indent_of(self.source, child.start)
                if outer is not None and inner is not None and inner.startswith(outer) and inner != outer:
                    return inner[len(outer) :]
        return "  "

    def _prefix(self) -> tuple[str, bool]:
        """The prefix of our namespace, and whether the root says so."""
        known = next(
            (prefix for prefix, space in self.root.spaces.items() if space == SPACE and prefix), None
        )
        if known is not None:
            return known, True
        taken = {prefix for span in everything(self.root) for prefix in span.spaces}
        number, free = 2, "editor"
        while free in taken:
            free, number = f"editor{number}", number + 1
        return free, False

    def _declaration(self) -> TextEdit:
        place = self.root.tag_end
        return TextEdit(place, place, f'{self._before_attribute(self.root)}xmlns:{self.own}="{SPACE}"')

    def _style(self, span: Span, has_lines: bool) -> Style:
        return Style(span.prefix, self.own, self.newline, self.step, is_inline=not has_lines)

    # elements

    def element(self, old: Element, new: Element, span: Span) -> list[TextEdit]:
        """The edits that make an element what it should be."""
        if old == new:
            return []
        edits = self._tag(old, new, span)
        for name in {**old.attributes, **new.attributes}:
            before, after = old.attributes.get(name), new.attributes.get(name)
            if before != after:
                edits += self._attribute(span, name, after)
        if (old.text, old.markup) != (new.text, new.markup):
            if old.children or new.children:
                return [*edits, self._refilled(new, span)]
            inside = content(new, self._style(span, True), bool(span.spaces.get("")))
            return [*edits, self._filled(new, span, inside)]
        return edits + self._children(old, new, span)

    def _tag(self, old: Element, new: Element, span: Span) -> list[TextEdit]:
        if old.tag == new.tag:
            return []
        name = self._name(new, span)
        edits = [TextEdit(span.start + 1, span.start + 1 + len(span.name), name)]
        if not span.is_empty_tag:
            edits.append(TextEdit(span.outside + 2, span.outside + 2 + len(span.name), name))
        return edits

    def _name(self, new: Element, span: Span) -> str:
        """The name of an element as its tags have it."""
        return Style(span.prefix, self.own).name(new.tag)

    def _attribute(self, span: Span, name: str, value: str | None) -> list[TextEdit]:
        space, local = (SPACE, name.removeprefix(OWN)) if name.startswith(OWN) else ("", name)
        found = span.find(space, local)
        if value is None:
            return [TextEdit(found.before, found.end + 1, "")] if found is not None else []
        if found is not None:
            quote = self.source[found.end]
            return [TextEdit(found.start, found.end, escaped(value, quote))]
        written = (
            f'{self._before_attribute(span)}{self._style(span, True).attribute(name)}="{escaped(value)}"'
        )
        return [TextEdit(span.tag_end, span.tag_end, written)]

    def _before_attribute(self, span: Span) -> str:
        """The space that parts attributes: a line each, where the last one has its own."""
        last: Attribute | None = span.attributes[-1] if span.attributes else None
        return self.source[last.before : last.name_start] if last is not None else " "

    # what stands in them

    def _filled(self, new: Element, span: Span, inside: str) -> TextEdit:
        """All that stands in an element replaced."""
        if not span.is_empty_tag:
            return TextEdit(span.inside, span.outside, inside)
        start = span.inside - 2
        while start > span.tag_end and self.source[start - 1].isspace():
            start -= 1
        return TextEdit(start, span.inside, f">{inside}</{self._name(new, span)}>" if inside else "/>")

    def _refilled(self, new: Element, span: Span) -> TextEdit:
        """An element whose children cannot be told apart in the text: they are written anew."""
        outer = indent_of(self.source, span.start)
        style = self._style(span, outer is not None)
        if not new.children:
            return self._filled(new, span, content(new, style))
        inner = (outer or "") + style.step
        lines = "".join(
            f"{style.line(inner)}{write(child, style, inner, render=self._known)}" for child in new.children
        )
        return self._filled(new, span, f"{lines}{style.line(outer or '')}")

    def _children(self, old: Element, new: Element, span: Span) -> list[TextEdit]:
        edits: list[TextEdit] = []
        inserted: list[TextEdit] = []
        before, after = groups(old), groups(new)
        place: int | None = None
        for word in dict.fromkeys((*groups(Element(old.tag, children=[*old.children, *new.children])),)):
            olds, news = before.get(word, []), after.get(word, [])
            places = [self.pairs.span(each) for each in olds]
            spans = [each for each in places if each is not None]
            if len(spans) < len(olds):
                if olds != news:
                    return [self._refilled(new, span)]
                continue
            more, pieces, place = self._in_order(olds, news, span, place)
            edits += more
            inserted += pieces
        return edits + self._opened(new, span, inserted)

    def _in_order(
        self, olds: list[Element], news: list[Element], span: Span, place: int | None
    ) -> tuple[list[TextEdit], list[TextEdit], int | None]:
        """Edits and insertions that bring children of one kind to the order and content they should have.

        `place` is where a first one may come, None for at the beginning; what comes back is the place behind them.
        """
        was = matched(olds, news)
        numbers = {id(each): number for number, each in enumerate(olds)}
        still = stationary([numbers[id(each)] if each is not None else None for each in was])
        kept = {id(was[number]) for number in still}
        edits = [
            TextEdit(*region(self.source, self._span(each)), "") for each in olds if id(each) not in kept
        ]
        first = next((was[number] for number in sorted(still)), olds[0] if olds else None)
        sample = self._span(first) if first is not None else None
        if sample is not None:
            place = region(self.source, sample)[0]
        space, indent = self._gap(span, sample)
        pieces = []
        for number, (each, one) in enumerate(zip(news, was, strict=True)):
            if number in still and one is not None:
                here = self._span(one)
                edits += self.element(one, each, here)
                place = region(self.source, here)[1]
                continue
            at = place if place is not None else self._beginning(span)
            style = self._style(span, indent is not None)
            text = self._moved(one, each, indent) if one is not None else None
            text = text or write(each, style, indent or "", render=self._known)
            pieces.append(TextEdit(at, at, f"{space}{text}"))
        return edits, pieces, place

    def _span(self, old: Element) -> Span:
        span = self.pairs.span(old)
        assert span is not None, "it was looked up before"
        return span

    def _beginning(self, span: Span) -> int:
        return region(self.source, span.children[0])[0] if span.children else span.inside

    def _gap(self, span: Span, sample: Span | None) -> tuple[str, str | None]:
        """What comes in front of a new child, and its indentation; None where all stands on one line."""
        sample = sample or (span.children[0] if span.children else None)
        if sample is not None:
            indent = indent_of(self.source, sample.start)
            return (f"{self.newline}{indent}", indent) if indent is not None else ("", None)
        outer = indent_of(self.source, span.start)
        if outer is None:
            return "", None
        return f"{self.newline}{outer}{self.step}", outer + self.step

    def _opened(self, new: Element, span: Span, inserted: list[TextEdit]) -> list[TextEdit]:
        """Insertions, with an end tag of its own line for an element that had nothing in it."""
        if not inserted or span.children:
            return inserted
        inside = "".join(each.text for each in inserted)
        rest = "" if span.is_empty_tag else self.source[span.inside : span.outside]
        outer = indent_of(self.source, span.start)
        if outer is not None and "\n" not in rest:
            rest += f"{self.newline}{outer}"
        return [self._filled(new, span, inside + rest)]

    def _known(self, element: Element, indent: str, style: Style) -> str | None:
        """The text of an element that stands somewhere already."""
        old = self.pairs.by_key.get(element.key) if element.key else None
        return self._moved(old, element, indent) if old is not None else None

    def _moved(self, old: Element, new: Element, indent: str | None) -> str | None:
        span = self.pairs.span(old)
        if span is None or not self.moves:
            return None
        start, end = region(self.source, span)
        start += len(self.source[start : span.start]) - len(self.source[start : span.start].lstrip())
        text = applied(self.source, self.element(old, new, span), start, end)
        before = indent_of(self.source, span.start)
        return text if before is None or indent is None else reindented(text, before, indent, VALUES)


def _begin_all(element: Element, keys: set[str]) -> None:
    if not keys:
        return
    if element.key in keys:
        begin_inside(element)
    for child in element.children:
        if child.tag in HOLDERS:
            _begin_all(child, keys)
