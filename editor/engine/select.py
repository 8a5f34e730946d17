"""Which of the enabled transitions exclude each other (SCXML: removeConflictingTransitions)."""

from __future__ import annotations

from typing import Protocol

from editor.engine.machine import Machine, Rule


class Exits(Protocol):
    """Knows what a transition leaves."""

    machine: Machine

    def exit_set(self, rule: Rule) -> int:
        """The active states that a transition leaves, as a mask."""


def remove_conflicts(exits: Exits, rules: list[Rule]) -> list[Rule]:
    """The transitions that are taken together: of two that leave a common state the one from further inside stays."""
    if len(rules) < 2:
        return rules
    kept: list[Rule] = []
    for rule in rules:
        leaves = exits.exit_set(rule)
        beaten: list[Rule] = []
        for other in kept:
            if leaves & exits.exit_set(other):
                if other.source in exits.machine.ancestors[rule.source]:
                    beaten.append(other)
                else:
                    break
        else:
            kept = [each for each in kept if each not in beaten]
            kept.append(rule)
    return kept
