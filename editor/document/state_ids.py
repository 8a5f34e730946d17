"""Renaming in machines whose states go by one name everywhere: in targets, In('name') and done.state.name (SCXML)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from editor.document.rewriting import Rewriter, rewritten
from editor.errors import ChartError
from editor.model.changes import AnyChange, Changes, StateChange, TransitionChange, net
from editor.model.chart import Chart
from editor.model.elements import State, TriggerKind

_DONE = "done.state."


def renamed(chart: Chart, state: State, key: str) -> Changes:
    """Changes that give a state another name, as its id too where it was that, and all that names it.

    Raises:
        ChartError: another state has that id.
    """
    if state.declared_id not in (None, state.key):
        return (StateChange(state.id, state, replace(state, key=key)),)
    twin = next(
        (each for each in chart.states.values() if each.declared_id == key and each.id != state.id), None
    )
    if twin is not None:
        raise ChartError(f"There is a state with the id “{key}” already. Choose another name.")
    declared = key if state.declared_id is not None else None
    new = replace(state, key=key, declared_id=declared)
    asked = re.compile(rf"""(\bIn\(\s*(['"])){re.escape(state.key)}(?=\2\s*\))""")

    def expression(text: str) -> str:
        return asked.sub(lambda found: f"{found[1]}{key}", text)

    changes = rewritten(chart, (StateChange(state.id, state, new),), Rewriter(expression=expression))
    return _with_ends(chart, changes, state.key, key)


def _with_ends(chart: Chart, changes: Iterable[AnyChange], old: str, new: str) -> Changes:
    """The changes, and the events that tell of the end of the state."""
    made = tuple(changes)
    given = {each.id: each.new for each in made if isinstance(each, TransitionChange)}
    more: list[AnyChange] = []
    for id, transition in chart.transitions.items():
        now = given.get(id, transition)
        if now is None or now.trigger.kind is not TriggerKind.EVENT or _DONE not in now.trigger.text:
            continue
        texts = [f"{_DONE}{new}" if each == f"{_DONE}{old}" else each for each in now.trigger.text.split()]
        text = " ".join(texts)
        if text != now.trigger.text:
            more.append(TransitionChange(id, now, replace(now, trigger=replace(now.trigger, text=text))))
    return net((*made, *more))
