"""Paths of the native format to states and back: targets, initial states, `in` guards."""

from __future__ import annotations

from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import State, Transition, TriggerKind, is_unresolved, unresolved


class Names:
    """Looks states up by key and id; made once for a chart whose states do not change meanwhile."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.ids: dict[str, str] = {}
        self.children: dict[str, dict[str, str]] = {}
        for state in chart.states.values():
            if state.declared_id is not None:
                self.ids.setdefault(state.declared_id, state.id)
            if state.parent is not None:
                self.children.setdefault(state.parent, {}).setdefault(state.key, state.id)

    def below(self, start: str, text: str) -> str | None:
        """The state a path of keys leads to; a key with a dot is matched before it is split."""
        here = self.children.get(start, {})
        if text in here:
            return here[text]
        for place in range(len(text) - 1, 0, -1):
            if text[place] == "." and text[:place] in here:
                found = self.below(here[text[:place]], text[place + 1 :])
                if found is not None:
                    return found
        return None

    def by_id(self, text: str) -> str | None:
        """The state that `id`, `id.a.b` or a path of keys from the root names."""
        if text in self.ids:
            return self.ids[text]
        for place in range(len(text) - 1, 0, -1):
            if text[place] == "." and text[:place] in self.ids:
                found = self.below(self.ids[text[:place]], text[place + 1 :])
                if found is not None:
                    return found
        return self.below(self.chart.root_id, text)

    def target(self, source: str, text: str) -> str:
        """The reference of a transition's target as written at its source."""
        if text.startswith("#"):
            found = self.by_id(text[1:])
        elif text.startswith("."):
            found = self.below(source, text[1:])
        else:
            parent = self.chart.states[source].parent
            found = self.below(parent if parent is not None else source, text)
        return unresolved(text) if found is None else found

    def initial(self, source: str, text: str) -> str:
        """The reference of an initial state as written in its parent."""
        found = self.by_id(text[1:]) if text.startswith("#") else self.below(source, text.lstrip("."))
        return unresolved(text) if found is None else found

    def inside(self, text: str) -> str:
        """The reference of an `in` path."""
        found = self.by_id(text[1:]) if text.startswith("#") else self.below(self.chart.root_id, text)
        return unresolved(text) if found is None else found


def spell_in(chart: Chart, reference: str) -> str:
    """The path of an `in` guard."""
    return reference[1:] if is_unresolved(reference) else queries.dotted_path(chart, reference)


def spell_initial(chart: Chart, source: str, reference: str) -> str:
    """The path of an initial state, from its parent."""
    if is_unresolved(reference):
        return reference[1:]
    if not queries.is_descendant(chart, reference, source):
        return "#" + queries.dotted_path(chart, reference)
    return ".".join(queries.keys(chart, reference)[len(queries.keys(chart, source)) :])


def spell_target(chart: Chart, transition: Transition, reference: str) -> str:
    """The shortest path of a target that keeps the transition as internal or external as it is."""
    if is_unresolved(reference):
        return reference[1:]
    source: State = chart.states[transition.source]
    if transition.trigger.kind is TriggerKind.INITIAL:
        return spell_initial(chart, source.id, reference)
    to, start = queries.keys(chart, reference), queries.keys(chart, source.id)
    if queries.is_descendant(chart, reference, source.id):
        if transition.internal:
            return "." + ".".join(to[len(start) :])
        return ".".join(to) if source.parent is None else _by_id(chart, reference)
    parent = start[:-1]
    if to[: len(parent)] == parent and len(to) > len(parent):
        return ".".join(to[len(parent) :])
    return _by_id(chart, reference)


def _by_id(chart: Chart, reference: str) -> str:
    declared = chart.states[reference].declared_id
    return f"#{declared}" if declared is not None else "#" + queries.dotted_path(chart, reference)
