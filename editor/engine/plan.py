"""What a microstep does, as a list made beforehand: what runs in which configuration (SCXML: microstep).

It follows from the configuration, the transitions and what is remembered for histories. Neither the context nor the
clock has a say in it, so it is made once and kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import methodcaller
from typing import TYPE_CHECKING, Any, TypeAlias

from editor.engine.entry import Entry, domain
from editor.engine.known import Known, as_known, known
from editor.engine.perform import ActionCode
from editor.engine.snapshot import Microstep
from editor.engine.sums import Sums, total

if TYPE_CHECKING:
    from editor.engine.machine import Machine, Rule

_NO_SUMS = Sums()

Act: TypeAlias = tuple[int, tuple[ActionCode, ...], str, str]
"""A list of actions: the configuration that they see, their closures, the element and the field where they stand."""

Past: TypeAlias = tuple[tuple[int, int], ...]
"""For each parent of a history what was active below it when it was last left, and before the last change inside."""

PlanKey: TypeAlias = "tuple[int, tuple[Rule, ...], Past]"
"""All that a plan follows from: a configuration, the transitions, and the past where one of them asks for it."""


class Plan:
    """What is done one after the other, and the configuration `after` it.

    `is_short`: all that is done is known, nothing is remembered, and no eventless transition can follow. Then `sums` is
    what it comes to in the context, `timing` what it does to delays, and `names` are the actions that it calls.
    """

    __slots__ = (
        "_event", "_told", "acts", "after", "entering", "is_short", "leaving", "names", "rules", "sums", "timing",
    )  # fmt: skip

    def __init__(
        self, rules: tuple[Rule, ...], leaving: int, entering: int, acts: Sequence[Act], after: int,
        *, is_last: bool,
    ) -> None:  # fmt: skip
        self.rules = rules
        self.leaving = leaving
        self.entering = entering
        self.acts = tuple(acts)
        self.after = after
        self.is_short = is_last
        self.sums = _NO_SUMS
        self.timing: tuple[ActionCode, ...] = ()
        self.names: tuple[str, ...] = ()
        self._event: str | None = None
        self._told: tuple[Microstep, ...] = ()
        if acts and is_last:
            self._look([code for _, codes, _, _ in acts for code in codes])

    def _look(self, codes: Sequence[ActionCode]) -> None:
        """Find out what is known of the closures."""
        done = [what for code in codes if (what := known(code)) is not None]
        sums = total([each for what in done for each in what.sums])
        self.is_short = sums is not None and len(done) == len(codes)
        if self.is_short:
            self.sums = sums or _NO_SUMS
            self.timing = tuple([code for code, what in zip(codes, done, strict=True) if what.is_timing])
            self.names = tuple([what.name for what in done if what.name])

    def told(self, machine: Machine, event: str) -> tuple[Microstep, ...]:
        """The plan as the trace tells it: one microstep."""
        if self._event != event:
            taken = tuple([rule.id for rule in self.rules])
            exited, entered = machine.ids(self.leaving)[::-1], machine.ids(self.entering)
            self._event, self._told = event, (Microstep(exited, taken, entered, event),)
        return self._told


def past(machine: Machine, history: Mapping[int, int], previous: Mapping[int, int]) -> Past:
    """What is remembered, as a part of a plan's key."""
    return tuple([(history.get(parent, 0), previous.get(parent, 0)) for parent in machine.history_parents])


def make_plan(machine: Machine, key: PlanKey) -> Plan:
    """The plan of a microstep; without transitions that of entering the machine."""
    active, rules, remembered = key
    return Planner(machine, active, remembered).plan(rules)


def changed_inside(machine: Machine, before: int, now: int, left: int) -> dict[int, int]:
    """For each parent of a history in which a macrostep changed something: what was active below it before.

    Those that were `left` on the way are none of them.
    """
    found = {}
    stayed = before & now & machine.history_mask & ~left
    for parent in machine.bits(stayed):
        mask = machine.below[parent]
        if (before ^ now) & mask:
            found[parent] = before & mask
    return found


class Planner:
    """Goes through one microstep; `active` is the configuration that it has reached."""

    def __init__(self, machine: Machine, active: int, remembered: Past) -> None:
        self.machine = machine
        self.active = active
        pairs = list(zip(machine.history_parents, remembered, strict=False))
        self.history = {parent: last for parent, (last, _) in pairs}
        self.previous = {parent: inside for parent, (_, inside) in pairs}
        self.acts: list[Act] = []

    def plan(self, rules: tuple[Rule, ...]) -> Plan:
        """Leave, act, enter."""
        machine, before = self.machine, self.active
        leaving = 0
        for rule in rules:
            leaving |= self.exit_set(rule)
        domains = [self._domain(rule) for rule in rules if rule.enters < 0]
        if leaving:
            self._leave(leaving)
        for rule in rules:
            if rule.record.actions:
                self._act(rule.codes, rule.id, "actions")
        entering, pseudo = self._entry_set(rules, domains)
        entering &= ~self.active
        if entering:
            self._enter(entering, pseudo)
        after = self.active
        is_last = not after & machine.always_mask and not changed_inside(machine, before, after, leaving)
        return Plan(rules, leaving, entering, self.acts, after, is_last=is_last)

    def _act(self, codes: tuple[ActionCode, ...], element: str = "", field: str = "") -> None:
        self.acts.append((self.active, codes, element, field))

    # leaving

    def exit_set(self, rule: Rule) -> int:
        """The active states that a transition leaves, as a mask (SCXML: computeExitSet)."""
        if not rule.strays:
            return self.active & rule.leaves
        return self.active & self.machine.below[self._domain(rule)]

    def _domain(self, rule: Rule) -> int:
        if not rule.strays:
            return rule.domain
        entry = Entry(self.machine, self.active, self.history, self.previous)
        return domain(self.machine, rule, [real for each in rule.targets for real in entry.effective(each)])

    def _leave(self, leaving: int) -> None:
        """Remember histories; run exits innermost first; end delays and invocations."""
        machine, before = self.machine, self.active
        gone = leaving & machine.history_mask
        if gone:
            kept = {parent: before & machine.below[parent] for parent in machine.bits(gone)}
            self.history.update(kept)
            self._act((_keeping(gone, kept),))
        for place in reversed(machine.bits(leaving & machine.exit_mask)):
            self.active = before & ~(leaving & (-2 << place))
            self._act(machine.exits[place], machine.states[place].id, "exit")
        self.active = before & ~leaving
        if leaving & machine.after_mask:
            self._act((_ending(leaving),))
        if leaving & machine.invoke_mask:
            self._act((methodcaller("end_services", leaving),))

    # entering

    def _entry_set(
        self, rules: Sequence[Rule], domains: Sequence[int]
    ) -> tuple[int, Mapping[int, Sequence[Rule]]]:
        """What the transitions enter (SCXML: computeEntrySet); `domains` are those of the ones with histories."""
        if len(rules) == 1 and rules[0].enters >= 0:
            return rules[0].enters, rules[0].pseudo
        entry = Entry(self.machine, self.active, self.history, self.previous)
        if not rules:
            entry.add_root()
        places = iter(domains)
        for rule in rules:
            if rule.enters < 0:
                entry.add(rule.targets, next(places))
            else:
                entry.wanted |= rule.enters
                entry.pseudo.update({place: list(found) for place, found in rule.pseudo.items()})
        return entry.wanted, entry.pseudo

    def _enter(self, entering: int, pseudo: Mapping[int, Sequence[Rule]]) -> None:
        """Outermost first: entry actions, then those of initial transitions, delays, done events."""
        machine, before = self.machine, self.active
        busy = entering & machine.busy_mask
        for place in pseudo:
            busy |= entering & 1 << place
        for place in machine.bits(busy):
            self.active = before | entering & ((2 << place) - 1)
            if machine.late_mask >> place & 1:
                self._act((methodcaller("bind", place),), machine.states[place].id, "data")
            if machine.states[place].entry:
                self._act(machine.entries[place], machine.states[place].id, "entry")
            for rule in pseudo.get(place, ()):
                self._act(rule.codes, rule.id, "actions")
            if machine.after[place]:
                self._act((machine.arming[place],))
            if machine.is_final[place]:
                self._act((methodcaller("note_final", place),))
        self.active = before | entering
        if entering & machine.invoke_mask:
            self._act((methodcaller("invoke_later", entering & machine.invoke_mask),))


def _ending(leaving: int) -> ActionCode:
    def end(work: Any) -> None:
        if work.timers:
            work.end_delays(leaving)

    return as_known(end, Known(is_timing=True))


def _keeping(gone: int, kept: Mapping[int, int]) -> ActionCode:
    def keep(work: Any) -> None:
        work.left |= gone
        work.history = {**work.history, **kept}
        if work.previous:
            work.previous = {parent: mask for parent, mask in work.previous.items() if parent not in kept}

    return keep
