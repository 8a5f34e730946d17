"""Which children of an element are the ones it had before, and which of them stand where they stood."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher

from editor.formats.xml_write import Element


def matched(olds: Sequence[Element], news: Sequence[Element]) -> list[Element | None]:
    """For each new element the old one that it was: by key, else one that is equal, else one of the same name."""
    keyed = {each.key: each for each in olds if each.key}
    found: list[Element | None] = [keyed.get(each.key) if each.key else None for each in news]
    taken = {id(each) for each in found}
    rest = [each for each in olds if id(each) not in taken]
    open_ = [number for number, each in enumerate(found) if each is None]
    kinds: list[Element] = []
    a = [_kind(each, kinds) for each in rest]
    b = [_kind(news[number], kinds) for number in open_]
    for word, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if word == "equal":
            for step in range(a2 - a1):
                found[open_[b1 + step]] = rest[a1 + step]
        elif word == "replace":
            free = rest[a1:a2]
            for number in open_[b1:b2]:
                like = next((each for each in free if _is_like(each, news[number])), None)
                if like is not None:
                    found[number] = like
                    del free[: free.index(like) + 1]
    return found


def _kind(element: Element, kinds: list[Element]) -> int:
    """A number that equal elements share."""
    for number, each in enumerate(kinds):
        if each == element:
            return number
    kinds.append(element)
    return len(kinds) - 1


def _is_like(old: Element, new: Element) -> bool:
    return old.tag == new.tag and not (old.key and new.key)


def stationary(places: Sequence[int | None]) -> set[int]:
    """The positions of a longest run that goes up: what need not move when the rest does."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for number, place in enumerate(places):
        if place is None:
            continue
        at = bisect_left(tails, place)
        if at:
            before[number] = ends[at - 1]
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [number]
    found = set()
    here = ends[-1] if ends else None
    while here is not None:
        found.add(here)
        here = before.get(here)
    return found
