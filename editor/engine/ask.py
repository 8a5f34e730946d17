"""Guards in three values, and what is asked when a name has no meaning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from editor.errors import EditorError, ExpressionError
from editor.model.elements import Expr, Guard, In, Named, Not, Or

if TYPE_CHECKING:
    from editor.engine.machine import Machine

GuardCode: TypeAlias = Callable[[Any], bool | None]
"""A compiled guard: given the work of a step, true, false, or None where an unknown name decides."""

MOST_DEPTH = 50
MOST_LOOKUPS = 10_000


class UnansweredError(EditorError):
    """A step cannot go on before unknown guards are answered; nothing was done."""

    def __init__(self, names: tuple[str, ...], transition: str) -> None:
        self.names = names
        self.transition = transition
        super().__init__(f"The guard “{names[0]}” has no meaning here: answer whether it holds.")


@dataclass
class Answers:
    """What was answered about unknown names; `asks`: an open question stops the step, else it counts as false."""

    guards: dict[str, bool] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    asks: bool = False

    def copy(self) -> Answers:
        """Independent answers."""
        return Answers(dict(self.guards), dict(self.delays), self.asks)


def compile_guard(guard: Guard, machine: Machine) -> GuardCode:
    """A closure that decides a guard; it raises ExpressionError where an expression in it fails."""
    if isinstance(guard, Expr):
        return _expression(guard.text, machine)
    if isinstance(guard, Named):
        return _named(guard, machine) if guard.name in machine.guards else _unknown(guard.name)
    if isinstance(guard, Not):
        return _negation(compile_guard(guard.part, machine))
    if isinstance(guard, In):
        return _membership(machine.index.get(guard.state, -1))
    codes = tuple(compile_guard(part, machine) for part in guard.parts)
    return _junction(codes, decisive=isinstance(guard, Or))


def _expression(text: str, machine: Machine) -> GuardCode:
    return machine.evaluator.guard_code(text)


def _unknown(name: str) -> GuardCode:
    def unknown(work: Any) -> bool | None:
        answer: bool | None = work.answers.guards.get(name)
        if answer is None:
            if work.is_assuming:
                return False
            work.unknown.append(name)
        return answer

    return unknown


def _named(guard: Named, machine: Machine) -> GuardCode:
    name, params = guard.name, guard.params
    meaning = machine.guards[name]
    given_code = None if params is None else machine.evaluator.data_code(params)
    if isinstance(meaning, Expr) and params is None and "params" not in meaning.text:
        return _expression(meaning.text, machine)

    def named(work: Any) -> bool | None:
        given = None if given_code is None else given_code(work)
        work.lookups += 1
        if work.depth >= MOST_DEPTH or work.lookups > MOST_LOOKUPS:
            raise ExpressionError(f"the guard “{name}” leads back to itself or through too many names")
        before, work.params = work.params, given
        work.depth += 1
        try:
            return machine.guard_codes[name](work)
        finally:
            work.params = before
            work.depth -= 1

    return named


def _negation(code: GuardCode) -> GuardCode:
    def negation(work: Any) -> bool | None:
        value = code(work)
        return None if value is None else not value

    return negation


def _membership(place: int) -> GuardCode:
    if place < 0:
        return lambda work: False
    return lambda work: bool(work.active >> place & 1)


def _junction(codes: tuple[GuardCode, ...], *, decisive: bool) -> GuardCode:
    """`or` where True decides, `and` where False does; what was unknown before the decision is not asked."""

    def junction(work: Any) -> bool | None:
        known = len(work.unknown)
        is_open = False
        for code in codes:
            value = code(work)
            if value is decisive:
                del work.unknown[known:]
                return decisive
            is_open = is_open or value is None
        return None if is_open else not decisive

    return junction
