"""Which states a microstep enters, with what histories stand for (SCXML: computeEntrySet), as masks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.engine.machine import Machine, Rule


class Entry:
    """The states to enter, collected. Invariant: `wanted` never holds two children of one compound state.

    What lies below a transition's domain must have been left before. Targets that cannot be active together
    with earlier ones, or lie outside of the domain, are ignored, so that no chart leads to an illegal configuration.
    """

    def __init__(
        self, machine: Machine, active: int, history: Mapping[int, int], previous: Mapping[int, int]
    ) -> None:
        self.machine = machine
        self.active = active
        self.history = history
        self.previous = previous
        self.wanted = 0
        self.pseudo: dict[int, list[Rule]] = {}
        self.is_static = True
        self._open: list[int] = []

    def add_root(self) -> None:
        """Enter the whole machine."""
        self.wanted |= 1
        self._open.append(0)
        self._settle()

    def add(self, targets: Iterable[int], domain: int) -> None:
        """Enter what a transition leads to, and what that brings with it."""
        self._reach(targets, domain)
        self._settle()

    def effective(self, target: int, seen: tuple[int, ...] = ()) -> Sequence[int]:
        """A target, or what a history stands for."""
        machine = self.machine
        if not machine.is_history[target]:
            return (target,)
        self.is_static = False
        parent = machine.parents[target]
        found = self._remembered(target)
        if found:
            return found
        if target in seen:  # defaults in a circle
            return machine.real[parent][:1]
        rule = machine.default[target]
        if rule is not None and rule.record.actions:
            self.pseudo.setdefault(parent, []).append(rule)
        targets = rule.targets if rule is not None and rule.targets else machine.initial_targets(parent)
        return [real for each in targets for real in self.effective(each, (*seen, target))]

    def _remembered(self, history: int) -> Sequence[int]:
        machine = self.machine
        parent = machine.parents[history]
        is_inside = bool(self.active >> parent & 1)
        asks_inside = is_inside and not machine.keeps_last
        mask = (self.previous if asks_inside else self.history).get(parent, 0)
        if machine.is_deep[history]:
            return machine.bits(mask & machine.atomic_mask)
        return [child for child in machine.real[parent] if mask >> child & 1]

    def _reach(self, targets: Iterable[int], domain: int) -> None:
        reals = [real for target in targets for real in self.effective(target)]
        if domain in reals:  # the root, which is never left, or a source that is kept
            self._open.append(domain)
        joined = [real for real in reals if self._join(real, domain)]
        for real in joined:
            self._ascend(real, domain)
        self._open += joined
        if self.machine.is_parallel[domain]:
            self._regions(domain)

    def _join(self, place: int, domain: int) -> bool:
        """Want a state, unless it cannot be active together with what is wanted already."""
        machine = self.machine
        if not machine.below[domain] >> place & 1:
            return False
        child = place
        for ancestor in machine.ancestors[place]:
            if not machine.is_parallel[ancestor]:
                others = self.wanted & machine.below[ancestor] & ~(machine.below[child] | 1 << child)
                if others:
                    return False
            if ancestor == domain:
                break
            child = ancestor
        self.wanted |= 1 << place
        return True

    def _ascend(self, place: int, domain: int) -> None:
        """Want the states between a target and the domain, with the other regions of parallel ones."""
        for ancestor in self.machine.ancestors[place]:
            if ancestor == domain:
                break
            self.wanted |= 1 << ancestor
            if self.machine.is_parallel[ancestor]:
                self._regions(ancestor)

    def _regions(self, place: int) -> None:
        for region in self.machine.real[place]:
            if not self.wanted & (self.machine.below[region] | 1 << region):
                self.wanted |= 1 << region
                self._open.append(region)

    def _settle(self) -> None:
        """Descend from what is wanted to the leaves."""
        machine = self.machine
        while self._open:
            place = self._open.pop()
            if machine.is_parallel[place]:
                self._regions(place)
            elif machine.real[place] and not self.wanted & machine.below[place]:
                self._descend(place)

    def _descend(self, place: int) -> None:
        machine = self.machine
        rule = machine.initial[place]
        if rule is not None and rule.record.actions:
            self.pseudo.setdefault(place, []).insert(0, rule)
        self._reach(machine.initial_targets(place), place)
        if not self.wanted & machine.below[place]:  # an initial that leads out of its state
            child = machine.real[place][0]
            self.wanted |= 1 << child
            self._open.append(child)


def domain(machine: Machine, rule: Rule, targets: Sequence[int]) -> int:
    """The state that a transition does not leave; -1 for none (SCXML: getTransitionDomain)."""
    if not targets:
        return -1
    source = rule.source
    if source == 0 or (rule.record.internal and _may_stay(machine, source, targets)):
        return source
    for place in machine.ancestors[source]:
        below = machine.below[place]
        may_stay = machine.keeps_parallel or not machine.is_parallel[place]
        if may_stay and all(below >> target & 1 for target in targets):
            return place
    return 0


def _may_stay(machine: Machine, source: int, targets: Sequence[int]) -> bool:
    """Whether an internal transition to these targets stays in its source."""
    if machine.is_parallel[source] and not machine.keeps_source:
        return False
    within = machine.below[source] | (1 << source if machine.keeps_source else 0)
    return all(within >> target & 1 for target in targets)
