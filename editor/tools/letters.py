"""Short words of letters to choose one of many things by: the nearest have one letter, and no word begins another."""

from __future__ import annotations

from collections.abc import Mapping

LETTERS = "fjdkslahgrueiwotnvmcpybqxz"
"""Those that fingers reach best come first; none of them needs more than one key on a keyboard with Latin letters."""
MOST = len(LETTERS) ** 2
"""How many things two letters are enough for."""


def words(count: int) -> list[str]:
    """As many words, shortest first; at most `MOST`. As few as need be have two letters."""
    size = len(LETTERS)
    count = min(count, MOST)
    first = next(each for each in range(size + 1) if size - each + each * size >= count)
    short = [*LETTERS[: size - first]]
    long = [start + end for start in LETTERS[size - first :] for end in LETTERS]
    return (short + long)[:count]


def chosen(words: Mapping[str, str], typed: str) -> tuple[str, str]:
    """What was typed so far, as far as some word (a key of `words`) begins with it, and what it chooses; or nothing."""
    if typed in words:
        return "", words[typed]
    return (typed if any(word.startswith(typed) for word in words) else ""), ""
