"""The known word that a mistyped one is closest to, kept from one look at a chart to the next."""

from __future__ import annotations

from collections.abc import Collection

from editor.model import expressions

MOST_WORDS = 2_000
MOST_ASKED = 30


class Closest:
    """The same answers as asking anew, for words that are asked again while a few of the known ones change.

    Of a look at a chart the first 30 questions only are answered, among the first 2,000 words: comparing is slow.
    """

    def __init__(self) -> None:
        self._known: frozenset[str] = frozenset()
        self._answers: dict[str, str | None] = {}
        self._left = MOST_ASKED

    def begin(self, known: Collection[str]) -> None:
        """Answer from these words now."""
        self._left = MOST_ASKED
        now = frozenset(sorted(known)[:MOST_WORDS]) if len(known) > MOST_WORDS else frozenset(known)
        gone, come = self._known - now, now - self._known
        self._known = now
        if gone or come:
            self._answers = {
                word: self._again(word, answer, come)
                for word, answer in self._answers.items()
                if answer not in gone
            }

    def _again(self, word: str, answer: str | None, come: Collection[str]) -> str | None:
        rivals = come if answer is None else (answer, *come)
        return expressions.nearest(word, sorted(rivals)) if come else answer

    def __call__(self, word: str) -> str:
        """The closest word; empty where none is close, or too many were asked for."""
        self._left -= 1
        if self._left < 0:
            return ""
        if word not in self._answers:
            self._answers[word] = expressions.nearest(word, sorted(self._known))
        return self._answers[word] or ""
