"""Attributes that SCXML does not know: kept with their element, told of, and taken as they were meant.

In a record they are unknown keys that begin with a mark, by which they are written as attributes again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from editor.errors import ChartError
from editor.model import expressions
from editor.model.changes import AnyChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import Expr, Extra, State, Transition, Trigger, TriggerKind, unresolved
from editor.model.problems import Problem, Severity

if TYPE_CHECKING:
    from editor.formats.xml_tree import Node

MARK = "@"
KNOWN = {
    "transition": ("event", "cond", "target", "type"), "state": ("id", "initial"), "parallel": ("id", "initial"),
    "final": ("id",), "history": ("id", "type"),
}  # fmt: skip
"""The attributes of the elements whose unknown ones are kept (Recommendation, section 3)."""


def unknown(node: Node) -> Extra:
    """The attributes of no namespace that an element cannot have."""
    known = KNOWN.get(node.tag)
    if known is None or node.attributes.keys() <= set(known):
        return ()
    return tuple(
        (f"{MARK}{name}", value)
        for name, value in node.attributes.items()
        if name not in known and not name.startswith("{")
    )


def problems(node: Node, element: str) -> list[Problem]:
    """What is to be told of them."""
    found = []
    for key, _ in unknown(node):
        name = key.removeprefix(MARK)
        meant = expressions.nearest(name, KNOWN[node.tag]) or ""
        found.append(
            Problem(
                rule="unknown-key", severity=Severity.WARNING, element=element, field=key, is_key=True,
                message=f"The attribute “{name}” is not known here; it is kept.",
                hint=f"Did you mean “{meant}”?" if meant else "", meant=meant if _is_free(node, meant) else "",
            )
        )  # fmt: skip
    return found


def _is_free(node: Node, meant: str) -> bool:
    return meant not in node.attributes


def written(extra: Extra) -> dict[str, str]:
    """The attributes among unknown keys, as they are written."""
    return {key.removeprefix(MARK): str(value) for key, value in extra if key.startswith(MARK)}


def others(extra: Extra) -> Extra:
    """The unknown keys that are no attributes."""
    return tuple(each for each in extra if not each[0].startswith(MARK))


def taking(chart: Chart, element: str, key: str, meant: str) -> list[AnyChange]:
    """The changes that take an unknown attribute for another one.

    Raises:
        ChartError: the element says that already, or the value cannot stand there.
    """
    own = chart.transitions.get(element) or chart.states[element]
    value = str(dict(own.extra)[key])
    extra = tuple(each for each in own.extra if each[0] != key)
    if isinstance(own, State):
        return _in_state(chart, own, extra, meant, value)
    new = _in_transition(chart, replace(own, extra=extra), meant, value)
    return [TransitionChange(own.id, own, new)]


def _in_transition(chart: Chart, own: Transition, meant: str, value: str) -> Transition:
    text = " ".join(value.split())
    if meant == "event" and own.trigger.kind is TriggerKind.ALWAYS and text:
        return replace(own, trigger=Trigger(text=text))
    if meant == "cond" and own.guard is None:
        return replace(own, guard=Expr(text=value))
    if meant == "target" and not own.targets and text:
        return replace(own, targets=_named(chart, text))
    if meant == "type" and text in ("internal", "external") and not own.internal:
        return replace(own, internal=text == "internal")
    raise ChartError(f"“{meant}” stands here already, or cannot be “{value}”.")


def _in_state(chart: Chart, own: State, extra: Extra, meant: str, value: str) -> list[AnyChange]:
    begins = any(each.trigger.kind is TriggerKind.INITIAL for each in chart.outgoing(own.id))
    if meant != "initial" or begins or not value.split():
        raise ChartError(f"“{meant}” stands here already, or cannot be “{value}”.")
    arrow = Transition(
        id=chart.fresh_id("t"), source=own.id, targets=_named(chart, value),
        trigger=Trigger(kind=TriggerKind.INITIAL), order=-1,
    )  # fmt: skip
    return [StateChange(own.id, own, replace(own, extra=extra)), TransitionChange(arrow.id, None, arrow)]


def _named(chart: Chart, text: str) -> tuple[str, ...]:
    """The states that names mean."""
    names = {state.key: state.id for state in chart.states.values() if state.parent is not None}
    return tuple(names.get(name) or unresolved(name) for name in text.split())
