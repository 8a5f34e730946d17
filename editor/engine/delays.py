"""Delays: what starts them, and how long they are: a number or duration, a name, or an expression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from editor.engine.known import Known, as_known
from editor.engine.snapshot import Timer, made
from editor.errors import ExpressionError
from editor.model import expressions
from editor.model.durations import MOST, parse_duration
from editor.model.elements import Delay, Expr

if TYPE_CHECKING:
    from editor.engine.machine import Machine, Rule

_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class DelayCode:
    """A compiled delay. `length` gives milliseconds, infinite while the unknown `name` has no answer.

    `constant` is the length where it is always the same.
    """

    length: Callable[[Any], float]
    name: str = ""
    constant: float | None = None


def compile_arming(rules: Sequence[Rule]) -> Callable[[Any], None]:
    """An action that starts the delays of a state's transitions, in the order written, each once."""
    first = {rule.key: rule for rule in reversed(rules)}
    delays = [(rule.key, rule.id, rule.source, rule.delay) for rule in rules if first[rule.key] is rule]

    if len(delays) == 1 and delays[0][3].constant is not None:
        return as_known(_arming_one(*delays[0]), Known(is_timing=True))

    def arm(work: Any) -> None:
        for key, id, place, delay in delays:
            try:
                length = delay.length(work)
            except ExpressionError as error:
                work.fail(id, "trigger", error)
                continue
            work.serial = serial = work.serial + 1
            clock = work.clock
            timer = (key, clock + length, length, clock, serial, id, place, None, delay.name, "", "", "")
            work.arm(made(Timer, timer))

    if all(delay.constant is not None for _, _, _, delay in delays):
        return as_known(arm, Known(is_timing=True))
    return arm


def _arming_one(key: str, id: str, place: int, delay: DelayCode) -> Callable[[Any], None]:
    """Most states have one delay, of a length that is written there."""
    length = delay.constant

    def arm(work: Any) -> None:
        work.serial = serial = work.serial + 1
        clock = work.clock
        timer = made(Timer, (key, clock + length, length, clock, serial, id, place, None, "", "", "", ""))
        if work.timers:
            work.arm(timer)
        else:
            work.timers.append(timer)

    return arm


def compile_delay(delay: Delay, machine: Machine) -> DelayCode:
    """Compile a delay as it stands in a chart (native format, "Expressions").

    Its `length` raises ExpressionError when an expression fails or gives no duration.
    """
    if isinstance(delay, Expr):
        return _computed(delay.text, machine)
    plain = parse_duration(delay)
    if plain is not None:
        return _constant(plain)
    text = str(delay)
    if not expressions.is_plain_name(text):
        return _computed(text, machine)
    meaning = machine.delays.get(text)
    if meaning is None:
        return _unknown(text)
    if isinstance(meaning, Expr):
        return _computed(meaning.text, machine)
    plain = parse_duration(meaning)
    return _computed(str(meaning), machine) if plain is None else _constant(plain)


def _constant(milliseconds: float) -> DelayCode:
    return DelayCode(lambda work: milliseconds, constant=milliseconds)


def _computed(text: str, machine: Machine) -> DelayCode:
    evaluate = machine.evaluator.data_code(text)

    def length(work: Any) -> float:
        value = evaluate(work)
        if type(value) is int and 0 <= value <= MOST:
            return value
        found = parse_duration(value) if isinstance(value, str | int | float) else None
        if found is None:
            raise ExpressionError("a delay must be milliseconds or a duration such as 2s", text=text)
        return found

    return DelayCode(length)


def _unknown(name: str) -> DelayCode:
    def length(work: Any) -> float:
        answer: float | None = work.answers.delays.get(name)
        if answer is None:
            work.notices.append(f"The delay “{name}” has no meaning and no answer; it never fires.")
            return _NEVER
        return answer

    return DelayCode(length, name)
