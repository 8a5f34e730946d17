"""Rules about what is written inside one record: expressions that parse, guards and choices that decide something."""

from __future__ import annotations

from collections.abc import Iterator

from editor.errors import ExpressionError
from editor.model import constants, expressions, walk
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import And, Choose, Expr, Guard, Not, Or
from editor.model.problems import Problem, Severity
from editor.model.uses import delay_expressions


def texts(inside: walk.Inside) -> Iterator[Problem]:
    """All rules of this file; expressions in another language than ours are not judged."""
    if inside.chart.info.is_native:
        yield from broken(inside)
        yield from decided(inside)
        yield from impossible_delays(inside)
    yield from dead_branches(inside)


def broken(inside: walk.Inside) -> Iterator[Problem]:
    """Expressions that do not parse or use what is forbidden: they fail when evaluated."""
    for place, text in (*inside.expressions, *delay_expressions(inside)):
        try:
            expressions.parse(text)
        except ExpressionError as error:
            at = f" (character {error.column})" if error.column is not None else ""
            yield Problem(
                rule="expression", severity=Severity.WARNING, element=place.element, field=place.field,
                message=f"The expression “{shortened(text)}” cannot be evaluated: {error.message}{at}",
            )  # fmt: skip


def shortened(text: str, most: int = 60) -> str:
    """A text that fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def decided(inside: walk.Inside) -> Iterator[Problem]:
    """Guards that always or never hold, by what is written in them; what a name means is left alone."""
    transitions = inside.chart.transitions
    for place, guard in inside.guards:
        if place.element not in transitions or place.field != "guard":
            continue
        holds = truth(guard)
        if holds is not None:
            yield Problem(
                rule="guard-always-holds" if holds else "guard-never-holds",
                severity=Severity.INFORMATION if holds else Severity.WARNING,
                element=place.element, field=place.field,
                message="This guard always holds." if holds
                else "This guard never holds, so the transition is never taken.",
                hint="Remove the guard, or let it ask something.",
            )  # fmt: skip


def truth(guard: Guard) -> bool | None:
    """Whether a guard holds, as far as its literals tell; None where anything else decides."""
    if isinstance(guard, Not):
        part = truth(guard.part)
        return None if part is None else not part
    if isinstance(guard, And | Or):
        parts = {truth(each) for each in guard.parts}
        decisive = isinstance(guard, Or)
        return decisive if decisive in parts else None if None in parts or not parts else not decisive
    if not isinstance(guard, Expr):
        return None
    try:
        return constants.holds(expressions.parse(guard.text).tree)
    except ExpressionError:
        return None


def impossible_delays(inside: walk.Inside) -> Iterator[Problem]:
    """Delays of a value that is written there and is no length of time: below nothing, or no number at all."""
    for place, text in delay_expressions(inside):
        try:
            value = constants.value_of(expressions.parse(text).tree)
        except ExpressionError:
            continue
        is_length = isinstance(value, str | int | float) and parse_duration(value) is not None
        if value is constants.UNKNOWN or is_length:
            continue
        is_negative = isinstance(value, int | float) and not isinstance(value, bool) and value < 0
        meant = str(-value) if is_negative else ""
        yield Problem(
            rule="impossible-delay", severity=Severity.WARNING, element=place.element, field=place.field,
            message=f"The delay “{shortened(text)}” is no length of time, so its timer cannot begin.",
            hint="Write milliseconds, or a duration such as 2s.", name=text, meant=meant,
        )  # fmt: skip


def dead_branches(inside: walk.Inside) -> Iterator[Problem]:
    """Branches of a choice behind one without a guard, which is always taken."""
    for place, action in inside.actions:
        if not isinstance(action, Choose):
            continue
        open_ended = next((number for number, each in enumerate(action.branches) if each.guard is None), None)
        if open_ended is not None and open_ended + 1 < len(action.branches):
            yield Problem(
                rule="shadowed-branch", severity=Severity.WARNING, element=place.element,
                field=place.at("choose").at(open_ended + 1).field,
                message="This branch is never taken: one before it has no guard.",
                hint="Move the one without a guard to the end.",
            )  # fmt: skip


def hidden_keys(chart: Chart) -> Iterator[Problem]:
    """Context keys that a reserved name hides."""
    if isinstance(chart.info.context, dict):
        for key in chart.info.context:
            if key in expressions.RESERVED:
                yield Problem(
                    rule="hidden-key", severity=Severity.WARNING, element=chart.info.id, field=f"context.{key}",
                    is_key=True,
                    message=f"The context key “{key}” is hidden by the reserved name.",
                    hint=f"Write context.{key}, or rename the key.",
                )  # fmt: skip
