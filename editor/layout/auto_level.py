"""What is to be placed in one container: its children, their sizes, and the ways of the transitions between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from editor.layout import sizes
from editor.layout.sizes import Measure
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import StateKind, Transition, is_unresolved

Size = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A transition as its container sees it: from child to child, with the width of its label in chart units."""

    source: str
    target: str
    label: float = 0.0

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends, the source first."""
        return self.source, self.target

    @property
    def pair(self) -> frozenset[str]:
        """Both ends, whichever comes first; one for a way that leads back."""
        return frozenset((self.source, self.target))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Children of a container in document order.

    `rings`: those drawn as a ring with a name below, which transitions meet at the ring. `first`: the initial one.
    """

    ids: tuple[str, ...]
    extents: Mapping[str, Size]
    ways: tuple[Way, ...] = ()
    rings: frozenset[str] = frozenset()
    first: str | None = None

    def part(self, ids: Collection[str]) -> Level:
        """The level with some of its children only."""
        kept = frozenset(ids)
        return Level(
            ids=tuple(id for id in self.ids if id in kept),
            extents=self.extents,
            ways=tuple(way for way in self.ways if way.source in kept and way.target in kept),
            rings=self.rings & kept,
            first=self.first if self.first in kept else None,
        )

    def middle(self, id: str) -> float:
        """How far below its top the transitions of a child want to end."""
        return sizes.RING / 2 if id in self.rings else self.extents[id][1] / 2


def level_of(
    chart: Chart, id: str, ids: Iterable[str], extents: Mapping[str, Size], ways: list[Way]
) -> Level:
    """The level of a container's children `ids`; `ways` may lead to other children, too."""
    wanted = tuple(ids)
    initial = queries.initial_transition(chart, id)
    targets = initial.targets if initial is not None else ()
    first = next((lifted(chart, target, id) for target in targets if not is_unresolved(target)), None)
    rings = frozenset(each for each in wanted if chart.states[each].kind is StateKind.FINAL)
    whole = Level(ids=wanted, extents=extents, ways=tuple(ways), rings=rings, first=first)
    return whole.part(wanted)


def lifted(chart: Chart, id: str, container: str) -> str | None:
    """The child of a container that is a state or holds it; None when it lies elsewhere."""
    line = [id, *(state.id for state in chart.ancestors(id))]
    return next((below for below, above in pairwise(line) if above == container), None)


def ways_by_container(chart: Chart, containers: Collection[str], measure: Measure) -> dict[str, list[Way]]:
    """The ways between the children of some containers; what leads deep inside a child counts for the child."""
    found: dict[str, list[Way]] = {id: [] for id in containers}
    for transition in chart.transitions.values():
        for target in transition.targets:
            if is_unresolved(target):
                continue
            meeting = _meeting(chart, transition.source, target)
            if meeting is not None and meeting[0] in found:
                container, source, other = meeting
                found[container].append(
                    Way(source=source, target=other, label=_label(chart, transition, measure))
                )
    return found


def _meeting(chart: Chart, source: str, target: str) -> tuple[str, str, str] | None:
    """The innermost container of both ends and its children that hold them; None when one end holds the other."""
    if source == target:
        parent = chart.states[source].parent
        return None if parent is None else (parent, source, source)
    below: dict[str, str] = {}
    for here, above in pairwise([source, *(state.id for state in chart.ancestors(source))]):
        below[above] = here
    line = [target, *(state.id for state in chart.ancestors(target))]
    for here, above in pairwise(line):
        if above in below:
            return None if below[above] == here else (above, below[above], here)
    return None


def _label(chart: Chart, transition: Transition, measure: Measure) -> float:
    return sizes.pill_size(sizes.pill_parts(chart, transition), measure)[0]
