"""Machine: an immutable index of a chart, made once for a run; states are numbers in document order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.errors import RunError
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Info, State, StateKind, Transition, TriggerKind, is_unresolved

MOST_KEPT = 100_000
"""Answers that are kept of each kind, so that a long run stays bounded."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A transition with its ends as indices; `descriptor` is what of an event it matches, `key` a private event."""

    record: Transition
    source: int
    targets: tuple[int, ...]
    descriptor: str
    key: str


class Machine:
    """States by index in document order: parents come before children, so an ancestor is always smaller."""

    def __init__(self, chart: Chart) -> None:
        order = list(queries.document_order(chart))
        index = {state.id: place for place, state in enumerate(order)}
        self.info: Info = chart.info
        self.guards = dict(chart.info.guards)
        self.actions = dict(chart.info.actions)
        self.delays = dict(chart.info.delays)
        self._leaf_names: dict[int, tuple[str, ...]] = {}
        self.states: tuple[State, ...] = tuple(order)
        self.index = index
        self.names = [queries.dotted_path(chart, state.id) for state in order]
        self.parents = [index[state.parent] if state.parent is not None else -1 for state in order]
        self.children: list[tuple[int, ...]] = [
            tuple(index[child.id] for child in chart.children(state.id)) for state in order
        ]
        self.real: list[tuple[int, ...]] = [
            tuple(child for child in children if not order[child].kind.is_history)
            for children in self.children
        ]
        self.ancestors: list[tuple[int, ...]] = []
        self.below: list[int] = [0] * len(order)
        for parent in self.parents:
            self.ancestors.append((parent, *self.ancestors[parent]) if parent >= 0 else ())
        for place in range(len(order) - 1, 0, -1):
            self.below[self.parents[place]] |= self.below[place] | 1 << place
        self.kinds = [state.kind for state in order]
        self.is_parallel = [kind is StateKind.PARALLEL for kind in self.kinds]
        self.is_history = [kind.is_history for kind in self.kinds]
        self.is_final = [kind is StateKind.FINAL for kind in self.kinds]
        self.is_atomic = [not real and not self.is_history[place] for place, real in enumerate(self.real)]
        self.atomic_mask = sum(1 << place for place, atomic in enumerate(self.is_atomic) if atomic)
        self.done_ids = [state.declared_id or self.names[place] for place, state in enumerate(order)]
        self.rules: list[tuple[Rule, ...]] = []
        self.initial: list[Rule | None] = []
        self.default: list[Rule | None] = []
        self.always: list[tuple[Rule, ...]] = []
        self.after: list[tuple[Rule, ...]] = []
        self.by_id: dict[str, Rule] = {}
        for place, state in enumerate(order):
            self._add_rules(chart, place, state)
        self.has_always = any(self.always)
        self.history_parents = sorted(
            {self.parents[place] for place, is_one in enumerate(self.is_history) if is_one}
        )
        self._candidates: dict[tuple[int, str], tuple[Rule, ...]] = {}

    @staticmethod
    def from_chart(chart: Chart) -> Machine:
        """Compile a chart.

        Raises:
            RunError: a target names nothing, or there are no states.
        """
        for transition in chart.transitions.values():
            for target in transition.targets:
                if is_unresolved(target):
                    raise RunError(
                        f"The target “{target[1:]}” names no state. Correct it before running the machine."
                    )
        if not any(not child.kind.is_history for child in chart.children(chart.root_id)):
            raise RunError("The machine has no states to run. Add one.")
        return Machine(chart)

    def _add_rules(self, chart: Chart, place: int, state: State) -> None:
        rules = [self._rule(place, transition) for transition in chart.outgoing(state.id)]
        self.by_id.update((rule.record.id, rule) for rule in rules)
        of = {kind: tuple(rule for rule in rules if rule.record.trigger.kind is kind) for kind in TriggerKind}
        self.rules.append(tuple(rule for rule in rules if rule.descriptor or rule.key))
        self.always.append(of[TriggerKind.ALWAYS])
        self.after.append(of[TriggerKind.AFTER])
        self.initial.append(next(iter(of[TriggerKind.INITIAL]), None))
        self.default.append(next(iter(of[TriggerKind.DEFAULT]), None))

    def _rule(self, place: int, transition: Transition) -> Rule:
        kind = transition.trigger.kind
        descriptor = key = ""
        if kind is TriggerKind.EVENT:
            descriptor = transition.trigger.text
        elif kind is TriggerKind.AFTER:
            key = f"after:{self.states[place].id}:{transition.trigger.text}"
        elif kind is TriggerKind.DONE:
            descriptor = f"done.state.{self.done_ids[place]}"
        elif kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
            service = self.service_id(place, transition.trigger.invoke)
            descriptor = ("done.invoke." if kind is TriggerKind.INVOKE_DONE else "error.platform.") + service
        targets = tuple(self.index[target] for target in transition.targets)
        return Rule(transition, place, targets, descriptor, key)

    def service_id(self, place: int, uid: str) -> str:
        """The id of an invocation: its own, else the path of its state, a colon and its position."""
        for number, invoke in enumerate(self.states[place].invokes):
            if invoke.uid == uid:
                return invoke.id or f"{self.names[place]}:{number}"
        return f"{self.names[place]}:0"

    def candidates(self, place: int, name: str) -> tuple[Rule, ...]:
        """The transitions of a state that an event's name matches, the most specific descriptor first."""
        found = self._candidates.get((place, name))
        if found is None:
            ranked = [(match(rule.descriptor, name), rule) for rule in self.rules[place] if rule.descriptor]
            fitting = [(rank, rule) for rank, rule in ranked if rank >= 0]
            found = tuple(rule for _, rule in sorted(fitting, key=lambda pair: -pair[0]))
            if len(self._candidates) < MOST_KEPT:
                self._candidates[place, name] = found
        return found

    def keyed(self, place: int, key: str) -> tuple[Rule, ...]:
        """The transitions of a state that wait for one private event."""
        return tuple(rule for rule in self.rules[place] if rule.key == key)

    def bits(self, mask: int) -> list[int]:
        """The indices in a mask, in document order."""
        found = []
        while mask:
            low = mask & -mask
            found.append(low.bit_length() - 1)
            mask ^= low
        return found

    def find(self, path: str) -> int:
        """The index a dotted path or `#id` names; -1 for none."""
        if path.startswith("#"):
            head = path[1:]
            for place, state in enumerate(self.states):
                if state.declared_id == head:
                    return place
            for place, state in enumerate(self.states):
                if state.declared_id and head.startswith(state.declared_id + "."):
                    full = f"{self.names[place]}.{head[len(state.declared_id) + 1 :]}".lstrip(".")
                    return self.find(full)
            path = head
        return next((place for place, name in enumerate(self.names) if name == path and place), -1)

    def leaf_names(self, active: int) -> tuple[str, ...]:
        """The dotted paths of the active leaves."""
        found = self._leaf_names.get(active)
        if found is None:
            found = tuple(self.names[place] for place in self.bits(active & self.atomic_mask))
            if len(self._leaf_names) < MOST_KEPT:
                self._leaf_names[active] = found
        return found

    def ids(self, places: Sequence[int]) -> tuple[str, ...]:
        """The chart's ids of states by index."""
        return tuple(self.states[place].id for place in places)


def match(descriptor: str, name: str) -> int:
    """How specifically a descriptor matches an event's name; -1 for not at all."""
    if descriptor == name:
        return 1_000_000
    if descriptor == "*":
        return 0
    if descriptor.endswith(".*") and name.startswith(descriptor[:-1]):
        return len(descriptor)
    return -1
