"""Vocabulary: the names of a chart by kind, each with how often it is used; kept current while the chart changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from editor.model import walk
from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import Assign, Data, Info, Payload, Raise, Send, State, TriggerKind
from editor.model.naming import Name, NameKind, is_event, keys_of, names_within
from editor.model.uses import owner

ANY = ""
"""Stands for the event where an expression reads the data of one that its place does not tell."""
SEND_ID, INVOKE_ID, DATA = "send id", "invocation id", "data"
_DATA = re.compile(r"(?<![\w.])event\s*\.\s*data\s*(?:\.\s*([^\W\d]\w*)|\[\s*['\"]([^'\"]+)['\"]\s*\])")

_Known = tuple[str, str, str]
"""The kind of a name, the event that it is data of, and the name."""


class Vocabulary:
    """The names of one chart. Invariant: whoever changes the chart tells it by `note`, after the change.

    What changed is looked at when somebody asks, so that edits cost nothing. `version` counts what became different.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self._version = 0
        self._of_units: dict[str, list[_Known]] = {}
        self._counts: dict[str, dict[str, Counter[str]]] = {}
        self._touched: dict[str, None] | None = None  # None: everything
        self._are_states_new = True

    def note(self, changes: Iterable[AnyChange]) -> None:
        """Something changed; nothing is looked at yet."""
        for change in changes:
            if isinstance(change, StateChange):
                self._touch(change.id)
                if change.old is None or change.new is None or _place(change.old) != _place(change.new):
                    self._are_states_new = True
            elif isinstance(change, TransitionChange):
                for record in (change.old, change.new):
                    if record is not None:
                        self._touch(record.source)
            elif isinstance(change, InfoChange):
                old, new = change.old, change.new
                is_same = old is not None and new is not None and _keys(old.context) == _keys(new.context)
                if is_same and old is not None and new is not None and _means(old) == _means(new):
                    self._touch(change.id)
                else:
                    self._touched = None  # what is a key of the context changes what expressions mean
                self._version += 1

    @property
    def version(self) -> int:
        """Grows when a name comes or goes, or states are other ones or elsewhere."""
        self._look()
        return self._version

    def names(self, kind: NameKind) -> Mapping[str, int]:
        """The names of a kind but states, each with how many elements use it."""
        self._look()
        return self._counts.get(kind.value, {}).get(ANY, {})

    def ids(self, kind: str) -> Mapping[str, int]:
        """The ids of sends (`SEND_ID`) or of invocations (`INVOKE_ID`)."""
        self._look()
        return self._counts.get(kind, {}).get(ANY, {})

    def data_of(self, event: str) -> Mapping[str, int]:
        """The names of the data that come with an event, as far as they are sent or read somewhere; `ANY`: with any."""
        self._look()
        known = self._counts.get(DATA, {})
        if event != ANY:
            return known.get(event, Counter()) + known.get(ANY, Counter())
        return sum(known.values(), Counter())

    def _touch(self, unit: str) -> None:
        if self._touched is not None:
            self._touched[unit] = None

    def _look(self) -> None:
        if self._touched is None:
            self._of_units, self._counts = {}, {}
            self._version += 1
            self._put(_gather(walk.Inside(self.chart)))
        elif self._touched:
            units, self._touched = self._touched, {}
            found = _gather(walk.Inside(self.chart, units))
            for unit in units:
                new = found.get(unit, [])
                if new != self._of_units.get(unit, []):
                    self._drop(unit)
                    self._put({unit: new})
        self._touched = {}
        if self._are_states_new:
            self._are_states_new = False
            self._version += 1

    def _put(self, found: dict[str, list[_Known]]) -> None:
        for unit, names in found.items():
            self._of_units[unit] = names
            for kind, event, name in names:
                counts = self._counts.setdefault(kind, {}).setdefault(event, Counter())
                if name not in counts:
                    self._version += 1
                counts[name] += 1

    def _drop(self, unit: str) -> None:
        for kind, event, name in self._of_units.pop(unit, ()):
            counts = self._counts[kind][event]
            counts[name] -= 1
            if counts[name] <= 0:
                del counts[name]
                self._version += 1


def _place(state: State) -> tuple[object, ...]:
    """What tells a state from the others, and where it is."""
    return (state.key, state.parent, state.order, state.declared_id, state.kind)


def _means(info: Info) -> tuple[object, ...]:
    """What decides whether the words of expressions are names."""
    return (info.language, info.conventions)


def _keys(context: Data) -> tuple[str, ...]:
    return tuple(context) if isinstance(context, dict) else ()


def _gather(inside: walk.Inside) -> dict[str, list[_Known]]:
    chart = inside.chart
    found: dict[str, list[_Known]] = {}
    for element, name in names_within(inside):
        if name.kind is not NameKind.STATE:
            found.setdefault(owner(chart, element), []).append(_known(name))
    for element, known in (*_of_data(inside), *_written(inside)):
        found.setdefault(owner(chart, element), []).append(known)
    return found


def _known(name: Name) -> _Known:
    return (name.kind.value, ANY, name.text)


def _written(inside: walk.Inside) -> Iterator[tuple[str, _Known]]:
    """Keys that are assigned but not there from the start, ids of sends and services."""
    keys = keys_of(inside.chart)
    for place, action in inside.actions:
        if isinstance(action, Send) and action.id is not None:
            yield place.element, (SEND_ID, ANY, action.id)
        elif isinstance(action, Assign) and action.content is None:
            for key, _ in action.values:
                head = key.partition(".")[0]
                if head not in keys:
                    yield place.element, (NameKind.KEY.value, ANY, head)
    for state, _ in inside.elements:
        for invoke in state.invokes:
            if invoke.id is not None:
                yield state.id, (INVOKE_ID, ANY, invoke.id)


def _of_data(inside: walk.Inside) -> Iterator[tuple[str, _Known]]:
    """The names of the data that events bring: those sent, and those read by what an event triggers."""
    for place, action in inside.actions:
        if isinstance(action, Raise | Send) and is_event(action.event):
            sent = list(_keys(action.data))
            if isinstance(action, Send):
                sent += _names_of(action.payload)
            for name in sent:
                yield place.element, (DATA, action.event, name)
    transitions = inside.chart.transitions
    for place, text in inside.expressions:
        if "event" not in text:
            continue
        own = transitions.get(place.element)
        is_known = own is not None and own.trigger.kind is TriggerKind.EVENT and is_event(own.trigger.text)
        event = own.trigger.text if own is not None and is_known else ANY
        for match in _DATA.finditer(text):
            yield place.element, (DATA, event, match[1] or match[2])


def _names_of(payload: Payload | None) -> list[str]:
    if payload is None:
        return []
    return [*payload.names, *(param.name for param in payload.params)]
