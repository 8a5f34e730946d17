"""What a machine does about an event in a configuration, as far as the two decide it; a table that grows with a run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from editor.engine.ask import GuardCode
from editor.engine.kept import MOST_KEPT
from editor.engine.known import sees_data_only
from editor.engine.perform import ActionCode
from editor.engine.plan import Plan
from editor.engine.select import remove_conflicts
from editor.engine.snapshot import Told
from editor.engine.sums import Additions, Constants

if TYPE_CHECKING:
    from editor.engine.machine import Machine, Rule

Lanes: TypeAlias = "tuple[tuple[Rule, ...], ...]"
"""For each active leaf, in order, the transitions that may answer, inner states before outer ones."""

Heard: TypeAlias = str | tuple[str]
"""What is answered: an event by its name (eventless transitions: by an empty one), or a delay by its key in a tuple."""


class Choice:
    """Transitions that are taken together if a guard holds; their `plan`, once it is made, where it is always the same.

    `element` is the transition of the guard.
    """

    __slots__ = ("element", "guard", "is_static", "plan", "rules")

    def __init__(self, guard: GuardCode | None, element: str, rules: tuple[Rule, ...]) -> None:
        self.guard = guard
        self.element = element
        self.rules = rules
        self.is_static = all(rule.enters >= 0 for rule in rules)
        self.plan: Plan | None = None


class Way(NamedTuple):
    """A choice that does no more than add to the context, start and end delays, and lead to a row."""

    guard: GuardCode | None
    sees_data_only: bool
    additions: Additions
    constants: Constants
    timing: tuple[ActionCode, ...]
    row: Row
    plan: Plan


class Reply:
    """What is done about an event.

    `plan` is carried out where nothing needs to be asked. Else `choices` are tried in order, and the first that holds
    is taken; None where guards in several regions have a say.

    For those who want no trace: `leads_to` is the row of the next configuration where getting there changes nothing
    else in a run, and `ways` are the choices where none of them does more than a `Way`. `told` is what a trace tells of
    the former, once it was told.
    """

    __slots__ = ("choices", "lanes", "leads_to", "plan", "told", "ways")

    def __init__(self, machine: Machine, row: Row, lanes: Lanes) -> None:
        self.lanes = lanes
        self.choices = choices = _choices(machine, row.active, lanes)
        self.plan: Plan | None = None
        self.leads_to: Row | None = None
        self.told: Told | None = None
        self.ways = _ways(machine, row, choices) if choices else None
        if choices and choices[0].guard is None:
            self.plan = choices[0].plan
            first = self.ways[0] if self.ways else None
            if first is not None and not (first.additions or first.constants or first.timing):
                self.leads_to = first.row
        elif choices == () and not row.active & machine.always_mask:
            self.leads_to = row


class Row(dict[Heard, Reply]):
    """The replies in one configuration."""

    __slots__ = ("active", "table")

    def __init__(self, table: Rows, active: int) -> None:
        super().__init__()
        self.table = table
        self.active = active

    def __missing__(self, heard: Heard) -> Reply:
        reply = self.table.make(self, heard)
        self[heard] = reply
        return reply


class Rows(dict[int, Row]):
    """The rows of a machine by configuration. When there is too much in them they are emptied, and made anew."""

    __slots__ = ("_count", "_machine")

    def __init__(self, machine: Machine) -> None:
        super().__init__()
        self._machine = machine
        self._count = 0

    def __missing__(self, active: int) -> Row:
        self._grow()
        row = self[active] = Row(self, active)
        return row

    def make(self, row: Row, heard: Heard) -> Reply:
        """The reply in a row."""
        self._grow()
        if row.active not in self:  # it was forgotten while a run stood in it
            self._grow()
            self[row.active] = row
        machine, active = self._machine, row.active
        if isinstance(heard, tuple):
            return Reply(machine, row, _timed(machine, active, heard[0]))
        return Reply(machine, row, _lanes(machine, active, heard))

    def _grow(self) -> None:
        self._count += 1
        if self._count > MOST_KEPT:
            for row in list(self.values()):  # they lead to one another
                row.clear()
            self.clear()
            self._count = 1


def _ways(machine: Machine, row: Row, choices: tuple[Choice, ...]) -> tuple[Way, ...] | None:
    """The choices as ways; the plans of those that are always the same are made before they are needed."""
    found = []
    for choice in choices:
        if choice.is_static:
            choice.plan = plan = machine.plans[row.active, choice.rules, ()]
            if plan.is_short:
                found.append(
                    Way(
                        choice.guard,
                        sees_data_only(choice.guard),
                        *plan.sums,
                        plan.timing,
                        machine.rows[plan.after],
                        plan,
                    )
                )
    is_last = choices[-1].guard is None or not row.active & machine.always_mask
    return tuple(found) if is_last and len(found) == len(choices) else None


def _choices(machine: Machine, active: int, lanes: Lanes) -> tuple[Choice, ...] | None:
    lanes = tuple(dict.fromkeys(lanes))  # leaves below the same states
    if len(lanes) > 1:
        first = dict.fromkeys(lane[0] for lane in lanes)
        if any(rule.record.guard is not None or rule.strays for rule in first):
            return None
        rules = remove_conflicts(machine, list(first), lambda rule: active & rule.leaves)
        return (Choice(None, "", tuple(rules)),)
    found = []
    for rule in lanes[0] if lanes else ():
        found.append(Choice(rule.guard, rule.id, rule.alone))
        if rule.guard is None:
            break
    return tuple(found)


def _lanes(machine: Machine, active: int, name: str) -> Lanes:
    """The transitions that may answer an event, eventless ones for an empty name. Leaves that cannot are left out."""
    answering = active & (machine.responding[name] if name else machine.always_mask)
    if not answering:
        return ()
    own: dict[int, Iterable[Rule]] = {}
    reach = 0
    for place in machine.bits(answering):
        own[place] = _candidates(machine, place, name) if name else machine.always[place]
        reach |= machine.below[place] | 1 << place
    found = []
    for leaf in machine.bits(active & machine.atomic_mask & reach):
        line = (leaf, *machine.ancestors[leaf])
        found.append(tuple([rule for place in line if place in own for rule in own[place]]))
    return tuple(found)


def _timed(machine: Machine, active: int, key: str) -> Lanes:
    """Those whose private event it is: the delayed transitions of one state."""
    rules = machine.by_key.get(key, ())
    return (rules,) if rules and active >> rules[0].source & 1 else ()


def _candidates(machine: Machine, place: int, name: str) -> list[Rule]:
    """The transitions of a state that an event's name matches, the most specific descriptor first."""
    rank = machine.rank
    ranked = [(max([rank(each, name) for each in rule.descriptors]), rule) for rule in machine.rules[place]]
    fitting = [(each, rule) for each, rule in ranked if each >= 0]
    return [rule for _, rule in sorted(fitting, key=lambda pair: -pair[0])]


def responding(machine: Machine, name: str) -> int:
    """The states with a transition that an event's name matches."""
    mask = machine.by_descriptor.get(name, 0)
    rank = machine.rank
    for descriptor, places in machine.by_pattern.items():
        if rank(descriptor, name) >= 0:
            mask |= places
    return mask
