"""Finding a few of many texts by some letters of them: beginnings of words first, scattered letters last."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

MOST_FOUND = 400
"""More than there are commands, so that an empty query shows them all."""
MOST_LETTERS = 300
"""Of a text so many are looked at, and of a query half of that."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)")
_GAP = re.compile(r"[\W_]+")


class Text(NamedTuple):
    """A text to be found: `words` in small letters, each after a space; `letters` are those without the spaces."""

    words: str
    letters: str


def text(shown: str) -> Text:
    """A text made ready; capitals and numbers inside it begin words, as do points, dashes and the like."""
    words = _words(_HUMP.sub(" ", shown[:MOST_LETTERS]))
    return Text(words, words.replace(" ", ""))


def _words(shown: str) -> str:
    return _GAP.sub(" ", f" {_NUMBER.sub(' ', shown)}").casefold().rstrip()


class Matcher:
    """Texts in the order of how likely they are wanted, searched as one types.

    Each has a title and a place where it stands, of which letters may be typed too, before those of the title.
    """

    def __init__(self, texts: Iterable[tuple[Text, Text]]) -> None:
        pairs = list(texts)
        self._titles = [title for title, _ in pairs]
        self._wholes = [
            Text(place.words + title.words, place.letters + title.letters) for title, place in pairs
        ]
        self._last = ""
        self._left: Sequence[int] = range(len(pairs))

    def find(self, query: str) -> list[int]:
        """The numbers of the best texts that have all letters of a query in their order, the best first.

        A text that begins like the query comes before one with words that begin like its words, then come first
        letters of words, the query inside of a word, then the same with the place before the title, at last letters
        with others between them. What is equally good stays in the order of the texts.
        """
        asked = _words(query[: MOST_LETTERS // 2]).split()
        letters = "".join(asked)
        if not letters:
            self._last, self._left = "", range(len(self._titles))
            return list(self._left[:MOST_FOUND]) if not query.strip() else []
        left: Sequence[int] = self._with_letters(letters)
        found: list[int] = []
        for good in self._tiers(asked, letters):
            hits = good(left)
            if hits:
                found += hits
                if len(found) >= MOST_FOUND:
                    break
                gone = set(hits)
                left = [number for number in left if number not in gone]
        return found[:MOST_FOUND]

    def _with_letters(self, letters: str) -> Sequence[int]:
        """Those that have these letters in this order; what had not the first of them has not all of them."""
        if not (self._last and letters.startswith(self._last)):
            self._left = range(len(self._titles))
        scattered, wholes = _scattered(letters), self._wholes
        if len(letters) == 1:  # the most texts are looked at for the first letter
            self._left = [number for number in self._left if letters in wholes[number].letters]
        else:
            self._left = [number for number in self._left if scattered(wholes[number].letters)]
        self._last = letters
        return self._left

    def _tiers(self, asked: list[str], letters: str) -> list[Callable[[Sequence[int]], list[int]]]:
        """What picks those of some numbers whose texts are equally good, the best first."""
        titles, wholes = self._titles, self._wholes
        starts = [f" {word}" for word in asked]
        first = starts[0]
        initials = re.compile(" " + "[^ ]* ".join(map(re.escape, letters))).search
        scattered = _scattered(letters)

        def begin(words: str) -> bool:
            return first in words and all(start in words for start in starts)

        return [
            lambda left: [number for number in left if titles[number].letters == letters],
            lambda left: [number for number in left if titles[number].letters.startswith(letters)],
            lambda left: [number for number in left if begin(titles[number].words)],
            lambda left: [number for number in left if initials(titles[number].words)],
            lambda left: [number for number in left if letters in titles[number].letters],
            lambda left: [number for number in left if begin(wholes[number].words)],
            lambda left: [number for number in left if initials(wholes[number].words)],
            lambda left: [number for number in left if letters in wholes[number].letters],
            lambda left: [number for number in left if scattered(titles[number].letters)],
            list,
        ]


def _scattered(letters: str) -> Callable[[str], object]:
    """Whether a text has these letters in this order; each is looked for once, so that no text takes long."""
    return re.compile("".join(f"[^{re.escape(each)}]*{re.escape(each)}" for each in letters), re.DOTALL).match
