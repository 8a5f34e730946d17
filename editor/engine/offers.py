"""Which events would do something now: what the simulator offers, in three values."""

from __future__ import annotations

from dataclasses import dataclass

from editor.engine.ask import Answers
from editor.engine.machine import Machine, Rule
from editor.engine.snapshot import Snapshot
from editor.engine.work import Work
from editor.errors import ExpressionError
from editor.model import naming
from editor.model.elements import And, Expr, Guard, Named, Not, Or, TriggerKind


@dataclass(frozen=True, slots=True)
class Enabled:
    """An event that would do something now; `verdict` is None where an unknown guard or the event's data decides.

    `needs_name`: the descriptor has a star, so that the event's name is open.
    """

    event: str
    transitions: tuple[str, ...]
    verdict: bool | None
    needs_name: bool = False


def enabled(machine: Machine, snapshot: Snapshot, answers: Answers) -> list[Enabled]:
    """The events that would do something now: of inner states first, in document order, each once.

    Those that the machine sends itself, when something ends or fails, are for nobody else to send.
    """
    reader = _Reader(machine, snapshot, answers)
    found: list[Enabled] = []
    for descriptor in _descriptors(machine, snapshot.active):
        taken = reader.wild(descriptor) if "*" in descriptor else reader.named(descriptor)
        if taken:
            verdict = True if True in taken.values() else None
            found.append(Enabled(descriptor, tuple(rule.id for rule in taken), verdict, "*" in descriptor))
    return found


def _descriptors(machine: Machine, active: int) -> list[str]:
    found: dict[str, None] = {}
    seen: set[int] = set()
    by_token = machine.info.conventions.by_token
    for leaf in machine.bits(active & machine.atomic_mask):
        for place in (leaf, *machine.ancestors[leaf]):
            if place in seen:
                break
            seen.add(place)
            for rule in machine.rules[place]:
                if rule.record.trigger.kind is TriggerKind.EVENT:
                    for each in rule.descriptors:
                        if not naming.is_own(each, by_token=by_token):
                            found[each] = None
    return list(found)


class _Reader:
    """Asks guards without taking a step."""

    def __init__(self, machine: Machine, snapshot: Snapshot, answers: Answers) -> None:
        self.machine = machine
        self.active = snapshot.active
        self.work = Work(machine, snapshot, answers)

    def named(self, event: str) -> dict[Rule, bool | None]:
        """The transitions that an event would take, or might."""
        self.work.event_type = event
        verdicts: dict[Rule, bool | None] = {}
        taken: dict[Rule, bool | None] = {}
        for lane in self.machine.rows[self.active][event].lanes:
            for rule in lane:
                if rule not in verdicts:
                    verdicts[rule] = self._verdict(rule)
                verdict = verdicts[rule]
                if verdict is not False and not rule.record.is_forbidding:
                    taken[rule] = verdict
                if verdict:
                    break
        return taken

    def wild(self, descriptor: str) -> dict[Rule, bool | None]:
        """The transitions with exactly this descriptor that might be taken."""
        self.work.event_type = None
        found: dict[Rule, bool | None] = {}
        for place in reversed(self.machine.bits(self.active)):
            for rule in self.machine.rules[place]:
                if descriptor in rule.descriptors and not rule.record.is_forbidding:
                    verdict = self._verdict(rule)
                    if verdict is not False:
                        found[rule] = verdict
        return found

    def _verdict(self, rule: Rule) -> bool | None:
        if rule.guard is None or rule.record.guard is None:
            return True
        work = self.work
        work.lookups = 0
        try:
            verdict = rule.guard(work)
        except ExpressionError:
            verdict = False
        work.unknown.clear()
        return None if not verdict and self._reads_event(rule.record.guard, set()) else verdict

    def _reads_event(self, guard: Guard, seen: set[str]) -> bool:
        """Whether a guard may look at the data of the event, which is not known yet."""
        if isinstance(guard, Expr):
            return "event" in guard.text
        if isinstance(guard, And | Or):
            return any(self._reads_event(part, seen) for part in guard.parts)
        if isinstance(guard, Not):
            return self._reads_event(guard.part, seen)
        if isinstance(guard, Named) and guard.name not in seen:
            seen.add(guard.name)
            meaning = self.machine.guards.get(guard.name)
            return "event" in str(guard.params) or (meaning is not None and self._reads_event(meaning, seen))
        return False
