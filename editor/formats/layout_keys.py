"""What a layout file calls the states and the transitions of a chart."""

from __future__ import annotations

import re
from urllib.parse import unquote

from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Transition, Trigger, TriggerKind

_IN_PATH = re.compile(r"[% .]")
_IN_TRIGGER = re.compile(r"[% ]")
_KINDS = tuple(TriggerKind)
"""In the order in which a definition has them."""


class LayoutKeys:
    """The keys of one chart, made as they are needed; the chart must not change meanwhile.

    `of_states` has those of the states by id, in document order.

    A state is called by its path, each key percent-encoded, the root by a dot; a transition PATH TRIGGER N, where the
    number counts within the transitions of the same trigger.
    """

    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._of_sources: dict[str, dict[str, str]] = {}
        self.of_states = {chart.root_id: "."}
        for state in queries.document_order(chart):
            if state.parent is not None:
                own = _encoded(state.key, _IN_PATH)
                above = self.of_states[state.parent]
                self.of_states[state.id] = own if above == "." else f"{above}.{own}"
        self._ids = {path: id for id, path in self.of_states.items()}

    def from_source(self, id: str) -> dict[str, str]:
        """The ids of all transitions of a state by key, in the order in which a definition has them.

        There they stand together by what makes them fire. In a chart that is edited they may be mixed; the layout is
        then not another one once the definition was read again.
        """
        found = self._of_sources.get(id)
        if found is None:
            found = self._of_sources[id] = self._make(id)
        return found

    def _make(self, id: str) -> dict[str, str]:
        alike: dict[Trigger, list[Transition]] = {}
        for transition in self._chart.outgoing(id):
            alike.setdefault(transition.trigger, []).append(transition)
        services = {each.uid: place for place, each in enumerate(self._chart.states[id].invokes)}
        order = sorted(alike, key=lambda each: (_KINDS.index(each.kind), services.get(each.invoke, 0)))
        return {
            f"{self.of_states[id]} {_trigger(self._chart, transition)} {place}": transition.id
            for trigger in order
            for place, transition in enumerate(alike[trigger])
        }

    def find(self, field: str, key: str) -> tuple[str, str | None]:
        """The key as we write it and the id that it means, None for nothing; `field` is states or transitions."""
        id = self._find(field, key)
        if id is not None:
            return key, id
        usual = _usual(key)
        return usual, self._find(field, usual)

    def _find(self, field: str, key: str) -> str | None:
        if field == "states":
            return self._ids.get(key)
        source = self._ids.get(key.partition(" ")[0])
        return None if source is None else self.from_source(source).get(key)


def _encoded(text: str, special: re.Pattern[str]) -> str:
    if text.isidentifier():
        return text
    text = special.sub(lambda found: f"%{ord(found[0]):02X}", text)
    return "%40" + text[1:] if text.startswith("@") else text


def _usual(key: str) -> str:
    """A key as we encode it, from one that encodes more, or in small letters."""
    path, *rest = key.split(" ")
    if path != ".":
        path = ".".join(_encoded(unquote(part), _IN_PATH) for part in path.split("."))
    parts = (each if each.startswith("@") else _encoded(unquote(each), _IN_TRIGGER) for each in rest)
    return " ".join((path, *parts))


def _trigger(chart: Chart, transition: Transition) -> str:
    trigger = transition.trigger
    if trigger.kind is TriggerKind.EVENT:
        return _encoded(trigger.text, _IN_TRIGGER)
    if trigger.kind is TriggerKind.AFTER:
        return f"@after {_encoded(trigger.text, _IN_TRIGGER)}"
    if trigger.kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
        invokes = [invoke.uid for invoke in chart.states[transition.source].invokes]
        number = invokes.index(trigger.invoke) if trigger.invoke in invokes else 0
        return f"@invoke{number}.{'onDone' if trigger.kind is TriggerKind.INVOKE_DONE else 'onError'}"
    return {
        TriggerKind.ALWAYS: "@always", TriggerKind.DONE: "@onDone", TriggerKind.INITIAL: "@initial",
    }.get(trigger.kind, "@default")  # fmt: skip
