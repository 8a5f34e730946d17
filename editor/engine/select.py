"""What an event's name matches, and which of the enabled transitions exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from editor.engine.machine import Machine, Rule

_EXACT = 1_000_000


def rank(descriptor: str, name: str) -> int:
    """How specifically a descriptor matches an event's name; -1 for not at all.

    The exact name, then the longest `a.b.*`, then `*`; `a.*` matches `a` and `a.b.c` (native format, "State", `on`).
    """
    if descriptor == name:
        return _EXACT
    if descriptor == "*":
        return 0
    if descriptor.endswith(".*") and (name == descriptor[:-2] or name.startswith(descriptor[:-1])):
        return len(descriptor)
    return -1


def token_rank(descriptor: str, name: str) -> int:
    """Whether a descriptor matches the tokens that an event's name begins with: 0 or -1 (SCXML, 3.12.1)."""
    is_match = descriptor == "*" or name == descriptor or name.startswith(descriptor + ".")
    return 0 if is_match else -1


def descriptors(text: str) -> tuple[str, ...]:
    """The descriptors of a transition, without the stars and dots that change nothing (SCXML, 3.12.1)."""
    found = []
    for each in text.split():
        while each.endswith((".*", ".")):
            each = each[:-2] if each.endswith(".*") else each[:-1]
        found.append(each or "*")
    return tuple(found)


def remove_conflicts(
    machine: Machine, rules: Sequence[Rule], exit_set: Callable[[Rule], int]
) -> Sequence[Rule]:
    """The transitions that are taken together: of two that leave a common state the one from further inside stays.

    Of two from different regions the earlier one stays (SCXML: removeConflictingTransitions).
    """
    if len(rules) < 2:
        return rules
    kept: list[Rule] = []
    for rule in rules:
        leaves = exit_set(rule)
        beaten: list[Rule] = []
        for other in kept:
            if leaves & exit_set(other):
                if not machine.below[other.source] >> rule.source & 1:
                    break
                beaten.append(other)
        else:
            kept = [each for each in kept if each not in beaten]
            kept.append(rule)
    return kept
