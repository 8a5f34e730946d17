"""Rules about expressions: that they parse, use nothing forbidden, and name states that exist."""

from __future__ import annotations

from collections.abc import Iterator

from editor.errors import ExpressionError
from editor.model import expressions, queries, walk
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import Expr, In, TriggerKind, is_unresolved, unresolved_text
from editor.model.problems import Problem, Severity


def texts(inside: walk.Inside) -> Iterator[Problem]:
    """All rules of this file; expressions in another language than ours are not judged."""
    yield from unresolved_references(inside)
    if inside.chart.info.is_native:
        yield from broken(inside)
    yield from hidden_keys(inside.chart)


def broken(inside: walk.Inside) -> Iterator[Problem]:
    """Expressions that do not parse or use what is forbidden: they fail when evaluated."""
    for place, text in (*inside.expressions, *_delay_expressions(inside)):
        try:
            parsed = expressions.parse(text)
        except ExpressionError as error:
            at = f" (character {error.column})" if error.column is not None else ""
            yield Problem(
                rule="expression", severity=Severity.WARNING, element=place.element, field=place.field,
                message=f"The expression “{shortened(text)}” cannot be evaluated: {error.message}{at}",
            )  # fmt: skip
            continue
        for path in parsed.paths:
            if queries.find_named(inside.chart, path) is None:
                yield Problem(
                    rule="unknown-state", severity=Severity.ERROR, element=place.element, field=place.field,
                    message=f"matches('{path}') names no state.", hint="Give the dotted path from the top.",
                )  # fmt: skip


def shortened(text: str, most: int = 60) -> str:
    """A text that fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _delay_expressions(inside: walk.Inside) -> Iterator[tuple[walk.Place, str]]:
    for place, delay in inside.delays:
        if isinstance(delay, Expr):
            yield place, delay.text
        elif (
            isinstance(delay, str) and parse_duration(delay) is None and not expressions.is_plain_name(delay)
        ):
            yield place, delay
    info = inside.chart.info
    for name, delay in info.delays:
        text = delay.text if isinstance(delay, Expr) else delay
        if isinstance(text, str) and parse_duration(text) is None:
            yield walk.Place(info.id, f"delays.{name}"), text


def unresolved_references(inside: walk.Inside) -> Iterator[Problem]:
    """Targets and `in` guards that name nothing."""
    chart = inside.chart
    keys = {state.key for state in chart.states.values() if state.id != chart.root_id}
    closest = expressions.Nearest(sorted(keys))
    for transition in chart.transitions.values():
        for number, target in enumerate(transition.targets):
            if is_unresolved(target):
                yield _names_nothing(
                    chart, closest, transition.id, f"targets.{number}", unresolved_text(target)
                )
    for place, guard in inside.guard_parts:
        if isinstance(guard, In) and is_unresolved(guard.state):
            yield _names_nothing(
                chart, closest, place.element, place.at("in").field, unresolved_text(guard.state)
            )


def _names_nothing(
    chart: Chart, closest: expressions.Nearest, element: str, field: str, text: str
) -> Problem:
    close = closest(text.lstrip("#.").split(".")[-1])
    return Problem(
        rule="unknown-state", severity=Severity.ERROR, element=element, field=field,
        message=f"There is no state “{text}” here." if text else "The target is empty.",
        hint=f"Did you mean “{_spelled(chart, element, field, close)}”?" if close
        else "Name a sibling, or a path such as #id or .child.",
    )  # fmt: skip


def _spelled(chart: Chart, element: str, field: str, key: str) -> str:
    """How a state of this key is named at a place: a sibling or a child by its key, another by its path."""
    found = [state for state in chart.states.values() if state.key == key and state.id != chart.root_id]
    path = queries.dotted_path(chart, found[0].id)
    transition = chart.transitions.get(element)
    if transition is None or not field.startswith("targets"):
        return path
    above = {state.parent for state in found}
    beside = chart.states[transition.source].parent
    if transition.trigger.kind is TriggerKind.INITIAL or beside is None:
        beside = transition.source
    if beside in above:
        return key
    return f".{key}" if transition.source in above else f"#{path}"


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
