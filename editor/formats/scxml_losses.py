"""What SCXML does not hold of a machine, and what other programs take otherwise than it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.formats.registry import Notice
from editor.formats.scxml_write import needs_wrapper
from editor.formats.xml_write import Element
from editor.model import queries, walk
from editor.model.chart import Chart
from editor.model.elements import Assign, Raise, Send, TriggerKind
from editor.model.look import Look
from editor.model.rules_names import without_meaning

_OUR_WORDS = re.compile(r"\b(event|context|params|state|matches)\b(?!['\"])")


def losses(chart: Chart, element: Element) -> tuple[Notice, ...]:
    """What is told before a machine is saved that was written as an element."""
    found = dict.fromkeys((*_lost(chart), *_otherwise(chart, element.attributes["datamodel"])))
    return tuple(Notice(message) for message in found)


def _lost(chart: Chart) -> Iterator[str]:
    """What is not written at all."""
    for state in queries.document_order(chart):
        begins = [each for each in chart.outgoing(state.id) if each.trigger.kind is TriggerKind.INITIAL]
        if len(begins) > 1:
            yield f"A second initial transition of {_name(chart, state.id)} cannot be kept."


def _otherwise(chart: Chart, model: str) -> Iterator[str]:
    """What this program reads as it was, and others do not."""
    if needs_wrapper(chart):
        yield (
            "In SCXML a machine has no transitions and no actions of its own: its states stand in one state "
            f"around all of them, “{chart.root.declared_id or chart.root.key}”."
        )
    inside = walk.Inside(chart)
    for use in without_meaning(Look.of(chart)):
        what = use.what.value
        yield (
            f"The {what} “{use.name}” has no meaning in this file; programs that read SCXML do not know the {what}."
        )
    for _, action in inside.actions:
        if isinstance(action, Assign) and len(action.values) > 1:
            names = ", ".join(name for name, _ in action.values)
            yield f"Other programs assign {names} one after the other, not at once."
    if not chart.info.conventions.by_token:
        yield from _of_native(chart, inside, model)


def _of_native(chart: Chart, inside: walk.Inside, model: str) -> Iterator[str]:
    if model == "python":
        yield "Expressions are in our own language, as the data model “python”: other programs may not know it."
    elif model == "ecmascript":
        words = {found[0] for _, text in inside.expressions for found in _OUR_WORDS.finditer(text)}
        if words:
            yield f"Other programs do not know what {', '.join(sorted(words))} stands for in expressions."
    conventions = chart.info.conventions
    if conventions.keeps_source:
        yield "In SCXML an internal transition leaves its source if that is parallel, or has no states inside."
    if conventions.keeps_parallel:
        yield "In SCXML a transition from one region to another leaves the parallel state around them too."
    yield from _events(chart, inside)
    if not conventions.keeps_last:
        yield from _histories(chart)


def _events(chart: Chart, inside: walk.Inside) -> Iterator[str]:
    sent = {action.event for _, action in inside.actions if isinstance(action, Raise | Send)}
    waiting = queries.events(chart)
    for text in waiting:
        longer = sorted(
            each for each in {*sent, *waiting} if each.startswith(f"{text}.") and each != f"{text}.*"
        )
        if longer and not text.endswith("*"):
            yield f"In SCXML “{text}” stands for “{longer[0]}” as well, and all that begins with “{text}.”."
    for state in chart.states.values():
        before: list[str] = []
        for transition in chart.outgoing(state.id):
            if transition.trigger.kind is not TriggerKind.EVENT:
                continue
            text = transition.trigger.text
            wide = next((each for each in before if _is_wider(each, text)), None)
            if wide is not None:
                yield (
                    f"In SCXML “{wide}” of {_name(chart, state.id)} comes before “{text}”, which is more specific: "
                    "the order counts there."
                )
            before.append(text)


def _is_wider(text: str, other: str) -> bool:
    """Whether a descriptor with a star matches all that another one does."""
    if text == "*":
        return other != "*"
    return text.endswith(".*") and text != other and f"{other}.".startswith(text[:-1])


def _histories(chart: Chart) -> Iterator[str]:
    for transition in chart.transitions.values():
        for target in transition.targets:
            state = chart.states.get(target)
            if state is None or not state.kind.is_history or state.parent is None or transition.is_pseudo:
                continue
            if queries.is_descendant(chart, transition.source, state.parent):
                yield (
                    f"In SCXML {_name(chart, target)}, reached from inside of {_name(chart, state.parent)}, stands for "
                    "what was active when that was last left."
                )


def _name(chart: Chart, id: str) -> str:
    path = queries.dotted_path(chart, id)
    return f"“{path}”" if path else "the machine"
