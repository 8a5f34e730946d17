"""What is wrong with a drawing of transitions, counted: the tests and the table of readability ask for the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from editor.geometry import Point, Rect
from editor.layout import sizes
from editor.layout.frame import Frame
from editor.layout.routing import Route
from editor.model import queries
from editor.model.elements import Transition, is_unresolved

_NEAR = 3.0
_LYING = 8.0
Stretch = tuple[Point, Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """How often each fault occurs; lengths in chart units. Rows inside states are left out."""

    through: int = 0
    pill_on_state: int = 0
    pill_on_border: int = 0
    pill_on_pill: int = 0
    pill_on_line: int = 0
    crossings: int = 0
    overlaps: int = 0
    bends: int = 0
    length: float = 0.0


def faults(frame: Frame, routes: Mapping[str, Route]) -> Faults:
    """Count all of them in a drawing."""
    drawn = {id: found for id, found in routes.items() if not found.ends_inside}
    lines = {id: list(stretches(found)) for id, found in drawn.items()}
    pills = {id: found.label for id, found in drawn.items() if found.label.width}
    meetings = [_meetings(lines[one], lines[other]) for one, other in combinations(lines, 2)]
    return Faults(
        through=len(passed_states(frame, drawn)),
        pill_on_state=sum(len(covered_states(frame, id, label)) for id, label in pills.items()),
        pill_on_border=sum(len(left_states(frame, id, label)) for id, label in pills.items()),
        pill_on_pill=sum(1 for one, other in combinations(pills.values(), 2) if one.intersects(other)),
        pill_on_line=len(hidden_lines(drawn)),
        crossings=sum(crossed for crossed, _ in meetings),
        overlaps=sum(lying for _, lying in meetings),
        bends=sum(len(path) - 2 for found in drawn.values() for path in found.paths),
        length=sum(abs(a.x - b.x) + abs(a.y - b.y) for each in lines.values() for a, b in each),
    )


def stretches(found: Route) -> Iterator[Stretch]:
    """The straight pieces of all paths of a route."""
    for path in found.paths:
        yield from pairwise(path)


def hidden_lines(routes: Mapping[str, Route]) -> list[tuple[str, str]]:
    """Transitions with others whose lines their label covers."""
    lines = {id: list(stretches(found)) for id, found in routes.items() if not found.ends_inside}
    return [
        (id, other)
        for id in lines
        for other, each in lines.items()
        if id != other
        and routes[id].label.width
        and any(_meets(routes[id].label.grown(-1), *stretch) for stretch in each)
    ]


def passed_states(frame: Frame, routes: Mapping[str, Route]) -> list[tuple[str, str]]:
    """Transitions with states they run through that are neither an end nor around one; with ends they run back into.

    Of nested states only the outermost counts.
    """
    found = []
    for id, each in routes.items():
        if each.ends_inside:
            continue
        transition = frame.chart.transitions[id]
        lines = list(stretches(each))
        found += [
            (id, state)
            for state, rect in _strange(frame, transition)
            if any(_meets(rect, *line) for line in lines)
        ]
        found += [(id, state) for state in _ran_back_into(frame, transition, each)]
    return found


def covered_states(frame: Frame, id: str, label: Rect) -> list[str]:
    """The states a transition's label lies on: strange ones, its own ends without children, and headers."""
    transition = frame.chart.transitions[id]
    found = [state for state, rect in _strange(frame, transition) if rect.intersects(label)]
    for state in _related(frame, transition):
        card = frame.card(state)
        if card is None:
            continue
        if frame.chart.has_children(state):
            height = min(card.height, sizes.header_height(frame.chart, state, frame.measure))
            card = Rect(card.x, card.y, card.width, height)
        if card.grown(-1).intersects(label):
            found.append(state)
    return found


def left_states(frame: Frame, id: str, label: Rect) -> list[str]:
    """The states around both ends of a transition whose border its label lies on or beyond."""
    transition = frame.chart.transitions[id]
    around = queries.lineage(frame.chart, queries.container(frame.chart, transition))
    return [state for state in around if (card := frame.card(state)) is not None and not card.encloses(label)]


def _related(frame: Frame, transition: Transition) -> list[str]:
    """The ends of a transition and all states around them."""
    ends = [transition.source, *(each for each in transition.targets if not is_unresolved(each))]
    return list(
        dict.fromkeys(id for end in ends for id in (end, *(each.id for each in frame.chart.ancestors(end))))
    )


def _strange(frame: Frame, transition: Transition) -> Iterator[tuple[str, Rect]]:
    """The outermost states that have nothing to do with a transition, each a hair smaller than drawn."""
    related = set(_related(frame, transition))
    for id in related:
        for child in frame.chart.children(id):
            card = frame.card(child.id)
            if card is not None and child.id not in related:
                yield child.id, card.grown(-1)


def _ran_back_into(frame: Frame, transition: Transition, found: Route) -> list[str]:
    """The ends that a path crosses though it only has to touch their border."""
    targets = [
        each for each in transition.targets if not is_unresolved(each) and frame.rect(each) is not None
    ]
    lost = []
    for target, path in zip(targets, found.paths, strict=False):
        for end, other in ((transition.source, target), (target, transition.source)):
            rect, across = frame.rect(end), frame.rect(other)
            if (
                rect is None
                or transition.is_pseudo
                or (across is not None and end != other and rect.encloses(across))
            ):
                continue
            # a ring's path ends on its circle, inside the square around it
            inner = rect.grown(-rect.width / 3 if frame.is_round(end) else -1)
            if any(_meets(inner, a, b) for a, b in pairwise(path)):
                lost.append(end)
    return lost


def _meets(rect: Rect, a: Point, b: Point) -> bool:
    return Rect.between(a, b).intersects(rect)


def _meetings(one: list[Stretch], other: list[Stretch]) -> tuple[int, int]:
    """How often two transitions cross, and how often they lie on each other."""
    crossed = lying = 0
    for a, b in one:
        for c, d in other:
            first, second = Rect.between(a, b), Rect.between(c, d)
            width = min(first.right, second.right) - max(first.x, second.x)
            height = min(first.bottom, second.bottom) - max(first.y, second.y)
            if (a.y == b.y) == (c.y == d.y):
                if max(width, height) > _LYING and min(width, height) > -_NEAR:
                    lying += 1
            elif _is_inside(first, second) or _is_inside(second, first):
                crossed += 1
    return crossed, lying


def _is_inside(level: Rect, upright: Rect) -> bool:
    return level.x < upright.x < level.right and upright.y < level.y < upright.bottom
