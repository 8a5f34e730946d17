"""Rules of the drawing: what is hard to read of one state or one line, as it is drawn.

Each problem of two things is told once. Rows inside states are left out: they stand where they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from editor.geometry import Rect
from editor.layout import sizes
from editor.layout.drawn import Shown, bounds, box, cross, meets, stretches
from editor.layout.routing import Route
from editor.model import labels, queries
from editor.model.elements import Transition, is_unresolved
from editor.model.problems import Problem
from editor.model.rule_book import RULES

MOST_BENDS = 4
"""Bends of a line that the routing itself makes where it has the room."""
FAR = 24.0
"""Chart units from its line at which a label seems to belong to another."""
_HAIR = 1.0
"""Chart units by which things may touch."""
_ROOM = 16.0
"""Chart units that a state may lack to the side of what it should have, as fonts differ; beyond, its text is cut."""
_NAMED = 3
"""Things that a message names, of many."""


def of_state(shown: Shown, id: str) -> Iterator[Problem]:
    """What is wrong with a state: it covers others beside it, reaches out of what is around it, or cuts its text."""
    card, chart = shown.card(id), shown.chart
    state = chart.states.get(id)
    if card is None or state is None:
        return
    covered = [chart.states[each].key for each in _covered(shown, id, card)]
    if covered:
        message = f"“{state.key}” and {_listed(covered)} cover each other."
        yield _problem("states-overlap", id, message, "Let it step aside.")
    around = shown.card(state.parent) if state.parent is not None else None
    if around is not None and not around.encloses(card.grown(-_HAIR)):
        holder = chart.states[state.parent or ""].key
        yield _problem("outside-parent", id, f"“{state.key}” reaches out of “{holder}”.", "Let that hold it.")
    width, height = sizes.state_size(chart, id, shown.measure)
    if card.width < width - _ROOM or card.height < height - _ROOM / 2:
        yield _problem("text-cut", id, f"The text of “{state.key}” has too little room.", "Let it grow.")


def of_line(shown: Shown, id: str) -> Iterator[Problem]:
    """What is wrong with a line: where it runs, how, and where its label is."""
    found, transition = shown.line(id), shown.chart.transitions.get(id)
    if found is None or transition is None:
        return
    passed = [shown.chart.states[each].key for each in passed_states(shown, transition, found)]
    if passed:
        yield _problem(
            "line-through-state", id, f"The line runs through {_listed(passed)}.", "Lead it around."
        )
    crossed = [each for each in crossing(shown, id, found) if each < id]
    if crossed:
        message = f"The line crosses {_lines(shown, crossed)}."
        yield _problem("crossing-lines", id, message, "Place the states so that it need not.")
    most = max((len(path) - 2 for path in found.paths), default=0)
    if most > MOST_BENDS:
        yield _problem("many-bends", id, f"The line has {most} bends.", "Route it anew.")
    yield from _of_label(shown, transition, found)


def _of_label(shown: Shown, transition: Transition, found: Route) -> Iterator[Problem]:
    label, id = found.label, transition.id
    if not label.width:
        return
    beneath = [f"“{shown.chart.states[each].key}”" for each in states_under(shown, transition, label)]
    others = [each for each in labels_under(shown, id, label) if each < id]
    hidden = [each for each in lines_under(shown, id, label) if each not in others]
    parts = [*beneath[:_NAMED]]
    parts += [f"the label {_text(shown, each)}" for each in others[:_NAMED]]
    parts += [f"the line of {_text(shown, each)}" for each in hidden[:_NAMED]]
    if parts:
        yield _problem("label-overlap", id, f"The label covers {_joined(parts)}.", "Move the label.")
    if _distance(found, label) > FAR:
        yield _problem("label-far", id, "The label stands far from its line.", "Put it on the line.")


def passed_states(shown: Shown, transition: Transition, found: Route) -> list[str]:
    """The states that a line runs through and that are neither an end nor around one; of nested ones the outermost."""
    related = _related(shown, transition)
    near = _strange(shown, related, bounds(found))
    lines = list(stretches(found))
    return [id for id, rect in near if any(meets(rect, each) for each in lines)]


def crossing(shown: Shown, id: str, found: Route) -> list[str]:
    """The lines that a line crosses."""
    lines = [box(each) for each in stretches(found)]
    found_ids = []
    for other in sorted(shown.lines_at(bounds(found))):
        route = shown.line(other) if other != id else None
        if route is None:
            continue
        others = [box(each) for each in stretches(route)]
        if any(cross(one, each) for each in others for one in lines):
            found_ids.append(other)
    return found_ids


def states_under(shown: Shown, transition: Transition, label: Rect) -> list[str]:
    """The states that a label lies on: strange ones, cards of its ends, and names of what is around them."""
    related = _related(shown, transition)
    found = [id for id, rect in _strange(shown, related, _area(label)) if rect.intersects(label)]
    for id in sorted(related):
        card = shown.card(id)
        if card is None:
            continue
        if sizes.solid(shown.chart, id, card, shown.measure).grown(-_HAIR).intersects(label):
            found.append(id)
    return found


def labels_under(shown: Shown, id: str, label: Rect) -> list[str]:
    """The lines whose labels a label lies on."""
    return _lines_beneath(
        shown, id, label, lambda route, inner: bool(route.label.width) and route.label.intersects(inner)
    )


def lines_under(shown: Shown, id: str, label: Rect) -> list[str]:
    """The other lines that a label hides."""
    return _lines_beneath(
        shown, id, label, lambda route, inner: any(meets(inner, each) for each in stretches(route))
    )


def _lines_beneath(shown: Shown, id: str, label: Rect, lies: Callable[[Route, Rect], bool]) -> list[str]:
    """The other lines that a label lies on as `lies` tells of each and of the label, by a hair smaller."""
    inner = label.grown(-_HAIR)
    near = ((other, shown.line(other)) for other in sorted(shown.lines_at(_area(label))) if other != id)
    return [other for other, route in near if route is not None and lies(route, inner)]


def _covered(shown: Shown, id: str, card: Rect) -> list[str]:
    """The states beside a state that it covers, each pair told by the one whose id is greater."""
    chart = shown.chart
    parent, is_history = chart.states[id].parent, chart.states[id].kind.is_history
    inner = card.grown(-_HAIR)
    found = []
    for other in sorted(shown.states_at(_area(inner))):
        state = chart.states.get(other)
        if state is None or other >= id or state.parent != parent:
            continue
        # a history lies on the ground of regions
        if is_history != state.kind.is_history and (
            queries.is_region(chart, id) or queries.is_region(chart, other)
        ):
            continue
        found.append(other)
    return found


def _related(shown: Shown, transition: Transition) -> set[str]:
    """The ends of a transition and all states around them."""
    chart = shown.chart
    ends = [transition.source, *(each for each in transition.targets if not is_unresolved(each))]
    return {id for end in ends if end in chart.states for id in queries.lineage(chart, end)}


def _strange(
    shown: Shown, related: set[str], area: tuple[float, float, float, float]
) -> list[tuple[str, Rect]]:
    """The outermost states near an area that have nothing to do with a transition, a hair smaller than drawn."""
    states = shown.chart.states
    return [
        (id, card.grown(-_HAIR))
        for id in sorted(shown.states_at(area))
        if id not in related and states[id].parent in related and (card := shown.card(id)) is not None
    ]


def _distance(found: Route, label: Rect) -> float:
    """How far a label is from its line."""
    best = float("inf")
    for stretch in stretches(found):
        rect = Rect.between(*stretch)
        dx = max(rect.x - label.right, label.x - rect.right, 0.0)
        dy = max(rect.y - label.bottom, label.y - rect.bottom, 0.0)
        best = min(best, float((dx * dx + dy * dy) ** 0.5))
    return best


def _area(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.right, rect.bottom


def _problem(rule: str, element: str, message: str, hint: str) -> Problem:
    return Problem(rule=rule, severity=RULES[rule].severity, element=element, message=message, hint=hint)


def _lines(shown: Shown, ids: list[str]) -> str:
    texts = [_text(shown, each) for each in islice(ids, _NAMED)]
    more = len(ids) - len(texts)
    return "the line of " + _joined([*texts, *([f"{more} more"] if more else [])])


def _text(shown: Shown, id: str) -> str:
    """A transition in a message: its label, else where it leads to."""
    chart = shown.chart
    transition = chart.transitions[id]
    text = labels.label_text(chart, transition)
    if not text and transition.targets and transition.targets[0] in chart.states:
        text = f"to {chart.states[transition.targets[0]].key}"
    return f"“{text}”"


def _listed(keys: Iterable[str]) -> str:
    names = [f"“{key}”" for key in keys]
    more = len(names) - _NAMED
    return _joined(names if more <= 0 else [*names[:_NAMED], f"{more} more"])


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
