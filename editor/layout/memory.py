"""What was found for the last drawing, so that an edit costs no more than what it touches.

Finding routes is a row of steps; each looks at its inputs and at what is drawn within its reach. A step is taken from
memory when its inputs are what they were and nothing within its reach is drawn otherwise than it was then. So what is
drawn is the same with and without a memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from editor.layout.board import Wall
from editor.layout.index import GridIndex

NOWHERE: Wall = (1e9, 1e9, 1e9, 1e9)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class _Record:
    inputs: Any
    reach: Wall
    result: Any
    areas: tuple[Wall, ...]


class Memory:
    """The steps of the last drawing by stage and owner. One for each chart that is drawn again and again."""

    def __init__(self) -> None:
        self._before: dict[str, dict[Hashable, _Record]] = {}
        self._now: dict[str, dict[Hashable, _Record]] = {}
        self._order_before: dict[str, Mapping[Any, Any]] = {}
        self._order: dict[str, Mapping[Any, Any]] = {}
        self._kept: dict[str, set[Any]] = {}
        """The owners of each stage whose steps before still count."""
        self._dirty = GridIndex()

    def begin(self) -> None:
        """Begin a drawing. One that was begun and did not come to its end leaves nothing behind."""
        self._now, self._order, self._kept = {}, {}, {}
        self._dirty = GridIndex()

    def end(self) -> None:
        """End a drawing: what it found is what the next one remembers."""
        self._before, self._order_before = self._now, self._order
        self.begin()

    def mark(self, areas: Iterable[Wall]) -> None:
        """Note that something is drawn otherwise than before in some areas."""
        for area in areas:
            self._dirty.put(str(len(self._dirty)), area)

    def enter(self, stages: Sequence[str], order: Mapping[Any, Any]) -> None:
        """Begin stages whose steps are taken in an order of their owners, each with what its place depends on.

        Owners that are gone, or have another place in the order, are forgotten: what they drew counts as changed.
        """
        former = self._order_before.get(stages[0], {})
        self._order[stages[0]] = order
        kept = [owner for owner in former if owner in order and former[owner] == order[owner]]
        same = set(kept)
        if kept != [owner for owner in order if owner in same]:
            same = set()
        for stage in stages:
            self._kept[stage] = same
            for owner, record in self._before.get(stage, {}).items():
                if owner not in same:
                    self.mark(record.areas)

    def keep(self, stage: str, drawn: Mapping[Any, tuple[Wall, ...]]) -> None:
        """A stage that is given: what each owner draws; what is not as it was counts as changed."""
        self.enter((stage,), dict.fromkeys(drawn))
        for owner, areas in drawn.items():
            self.step(stage, owner, areas, partial(_given, areas))

    def step(
        self,
        stage: str,
        owner: Hashable,
        inputs: Any,
        find: Callable[[], tuple[_Result, Wall, Iterable[Wall]]],
        holds: Callable[[_Result], bool] = lambda _: True,
    ) -> _Result:
        """The result of a step: as remembered, or found, with its reach and the areas of what it draws.

        `holds` tells whether inputs that only the result names are as they were.
        """
        old = self._before.get(stage, {}).get(owner) if owner in self._kept[stage] else None
        if (
            old is not None
            and old.inputs == inputs
            and not self._dirty.has_any(*old.reach)
            and holds(old.result)
        ):
            self._now.setdefault(stage, {})[owner] = old
            kept: _Result = old.result
            return kept
        result, reach, areas = find()
        record = _Record(inputs, reach, result, tuple(areas))
        self._now.setdefault(stage, {})[owner] = record
        if old is None or old.areas != record.areas:
            self.mark(record.areas)
            if old is not None:
                self.mark(old.areas)
        return result


def _given(areas: tuple[Wall, ...]) -> tuple[tuple[Wall, ...], Wall, tuple[Wall, ...]]:
    """What a step finds that is given: it looks at nothing."""
    return areas, NOWHERE, areas
