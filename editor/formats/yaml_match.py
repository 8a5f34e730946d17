"""Which parts of a new value are which of the old: lists laid side by side, and what moved."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping

from editor.formats.yaml_tree import Path
from editor.model.elements import Data
from editor.model.sameness import same


def laid_beside(old: list[Data], new: list[Data]) -> list[int | None]:
    """For each new item the old one that it continues: an equal one, else the one that stood in its place."""
    head = 0
    while head < min(len(old), len(new)) and same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    middle = _matched(old[head : len(old) - tail], new[head : len(new) - tail])
    behind: list[int | None] = list(range(len(old) - tail, len(old)))
    return [*range(head), *(None if each is None else each + head for each in middle), *behind]


def _matched(old: list[Data], new: list[Data]) -> list[int | None]:
    before, after = [repr(each) for each in old], [repr(each) for each in new]
    matches: list[int | None] = [None] * len(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    blocks = matcher.get_opcodes()
    for tag, a, a_end, b, _ in blocks:
        if tag == "equal":
            matches[b : b + a_end - a] = range(a, a_end)
    free = set(range(len(old))) - {match for match in matches if match is not None}
    waiting: dict[str, list[int]] = {}
    for place in sorted(free, reverse=True):
        waiting.setdefault(before[place], []).append(place)
    for place, match in enumerate(matches):
        if match is None and waiting.get(after[place]):
            moved = matches[place] = waiting[after[place]].pop()
            free.discard(moved)
    for tag, a, a_end, b, b_end in blocks:
        if tag == "replace":
            for here, there in zip(range(b, b_end), range(a, a_end), strict=False):
                if matches[here] is None and there in free and _alike(old[there], new[here]):
                    matches[here] = there
    return matches


def _alike(old: Data, new: Data) -> bool:
    """Whether one can be edited into the other: both of the same kind."""
    return isinstance(old, dict) == isinstance(new, dict) and isinstance(old, list) == isinstance(new, list)


class Moves:
    """Where what stands at a new path stood before, when the caller knows; only what follows from nothing else.

    A state that moved takes its children along, so that their entries say nothing new.
    """

    def __init__(self, moved: Mapping[Path, Path]) -> None:
        self.origins: dict[Path, Path] = {}
        for path, origin in moved.items():
            if origin != self._inherited(path, moved):
                self.origins[path] = origin
        self.taken = set(self.origins.values())
        self.around = {path[:cut] for path in self.origins for cut in range(len(path))}

    @staticmethod
    def _inherited(path: Path, moved: Mapping[Path, Path]) -> Path:
        for cut in range(len(path) - 1, 0, -1):
            origin = moved.get(path[:cut])
            if origin is not None:
                return (*origin, *path[cut:])
        return path

    def is_below(self, path: Path) -> bool:
        """Whether something below a new path came from elsewhere."""
        return path in self.around

    def source(self, path: Path, old: Path, has: Callable[[str | int], bool]) -> Path | None:
        """The old path that a new one continues, when its parent continues `old`; None for what is new."""
        origin = self.origins.get(path)
        if origin is not None:
            return origin
        here = (*old, path[-1])
        return here if here not in self.taken and has(path[-1]) else None
