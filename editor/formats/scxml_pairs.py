"""Which element of a text each element stands for that was written of what was read from there."""

from __future__ import annotations

from collections.abc import Iterable

from editor.formats.scxml_actions import SPACES
from editor.formats.scxml_own import SPACE
from editor.formats.xml_spans import Span
from editor.formats.xml_write import OWN, Element

STATES = ("state", "parallel", "final", "history")
HOLDERS = (*STATES, "scxml")
_ACTIONS = (
    "raise", "if", "elseif", "else", "foreach", "log", "assign", "script", "send", "cancel", "editor:call",
    "editor:assign",
)  # fmt: skip
_LISTS = ("onentry", "onexit", "transition", "if", "foreach", "finalize")
ORDER = (
    "datamodel", "script", "editor:table", "initial", "onentry", "onentry added", "onexit", "onexit added",
    "transition", "transition added", "invoke", "states", "states added", "donedata",
)  # fmt: skip


def group(parent: str, tag: str, is_added: bool) -> str:
    """What an element is in order with, among those that stand in the same one."""
    if parent in _LISTS:
        return "actions"
    word = "states" if tag in STATES else tag
    return f"{word} added" if is_added else word


def groups(element: Element) -> dict[str, list[Element]]:
    """The children of an element, by what they are in order with."""
    found: dict[str, list[Element]] = {}
    for child in element.children:
        found.setdefault(group(element.tag, child.tag, "editor:added" in child.attributes), []).append(child)
    return dict(sorted(found.items(), key=lambda each: ORDER.index(each[0]) if each[0] in ORDER else 0))


class Pairs:
    """The elements of a text by those that were written of them, and these by their keys.

    `begun` are the keys of states whose beginning is an element in the text though an attribute would do.
    """

    def __init__(self, old: Element, root: Span) -> None:
        self.spans: dict[int, Span] = {}
        self.by_key: dict[str, Element] = {}
        self.begun: set[str] = set()
        self._pair(old, root)

    def span(self, old: Element) -> Span | None:
        """The place of an element; None where it was read from several, or from none."""
        return self.spans.get(id(old))

    def _pair(self, old: Element, span: Span) -> None:
        self.spans[id(old)] = span
        if old.key:
            self.by_key[old.key] = old
        if (
            "initial" in old.attributes
            and old.key
            and any(_name(each) == "initial" for each in span.children)
        ):
            attribute = span.find("", "initial")
            if attribute is None or attribute.start == attribute.end:
                self.begun.add(old.key)
                begin_inside(old)
        for word, olds in groups(old).items():
            spans = [each for each in span.children if self._group(old, each) == word]
            if len(spans) > len(olds):
                spans = [each for each in spans if _says_something(each)][: len(olds)]
            if len(spans) == len(olds) and (word != "actions" or _same_tags(olds, spans)):
                for child, each in zip(olds, spans, strict=True):
                    self._pair(child, each)

    def _group(self, old: Element, span: Span) -> str:
        if span.space not in (*SPACES, SPACE) or (old.tag in _LISTS and _name(span) not in _ACTIONS):
            return ""
        return group(old.tag, _name(span), span.find(SPACE, "added") is not None)


def begin_inside(element: Element) -> None:
    """Write where a state begins as an element."""
    target = element.attributes.pop("initial", None)
    if target is not None:
        inside = Element("initial", children=[Element("transition", {"target": target})])
        element.children.insert(0, inside)


def _name(span: Span) -> str:
    return f"{OWN}{span.tag}" if span.space == SPACE else span.tag


def _same_tags(olds: Iterable[Element], spans: Iterable[Span]) -> bool:
    return [each.tag for each in olds] == [_name(each) for each in spans]


def _says_something(span: Span) -> bool:
    """Whether reading made something of an element that may as well be empty."""
    if span.tag in ("onentry", "onexit"):
        return any(_name(each) in _ACTIONS and each.space in (*SPACES, SPACE) for each in span.children)
    return bool(span.children or span.attributes)
