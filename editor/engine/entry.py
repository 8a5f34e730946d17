"""Which states a microstep enters, with what histories stand for (SCXML: computeEntrySet)."""

from __future__ import annotations

from collections.abc import Mapping

from editor.engine.machine import Machine, Rule


class Entry:
    """Which states a microstep enters (SCXML: computeEntrySet)."""

    def __init__(
        self, machine: Machine, active: int, history: Mapping[int, int], previous: Mapping[int, int]
    ) -> None:
        self.machine = machine
        self.active = active
        self.history = history
        self.previous = previous
        self.wanted: set[int] = set()
        self.pseudo: dict[int, list[Rule]] = {}

    def effective(self, target: int) -> list[int]:
        """A target, or what a history stands for."""
        if not self.machine.is_history[target]:
            return [target]
        return self.remembered(target) or self._default_of(target)

    def remembered(self, history: int) -> list[int]:
        """What a history returns to; empty when nothing is remembered."""
        machine = self.machine
        parent = machine.parents[history]
        is_inside = bool(self.active >> parent & 1)
        mask = (self.previous if is_inside else self.history).get(parent, 0)
        if machine.kinds[history].value == "deep":
            return machine.bits(mask & machine.atomic_mask)
        return [child for child in machine.real[parent] if mask >> child & 1]

    def _default_of(self, history: int) -> list[int]:
        rule = self.machine.default[history]
        if rule is not None and rule.targets:
            return [real for target in rule.targets for real in self.effective(target)]
        return self._initial_of(self.machine.parents[history])

    def _initial_of(self, place: int) -> list[int]:
        if self.machine.is_parallel[place]:
            return list(self.machine.real[place])
        rule = self.machine.initial[place]
        return list(rule.targets) if rule is not None and rule.targets else list(self.machine.real[place][:1])

    def descend(self, place: int) -> None:
        """Add a state and what it brings with it below."""
        machine = self.machine
        if machine.is_history[place]:
            for real in self.effective(place):
                self.descend(real)
                self.ascend(real, machine.parents[place])
            return
        if place in self.wanted:
            return
        self.wanted.add(place)
        if machine.is_parallel[place]:
            self._regions(place)
        elif machine.real[place]:
            rule = machine.initial[place]
            if rule is not None and rule.record.actions:
                self.pseudo.setdefault(place, []).append(rule)
            for target in self._initial_of(place):
                self.descend(target)
                self.ascend(target, place)

    def ascend(self, place: int, domain: int) -> None:
        """Add the states between a target and the domain, with the other regions of parallel ones."""
        for ancestor in self.machine.ancestors[place]:
            if ancestor == domain:
                break
            self.wanted.add(ancestor)
            if self.machine.is_parallel[ancestor]:
                self._regions(ancestor)

    def _regions(self, place: int) -> None:
        for region in self.machine.real[place]:
            below = self.machine.below[region]
            is_reached = any(each == region or below >> each & 1 for each in self.wanted)
            if not is_reached and not self.active >> region & 1:
                self.descend(region)
