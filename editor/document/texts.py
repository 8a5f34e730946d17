"""Guards, actions, delays and plain data as texts to be typed, and back; what is not understood is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from editor.errors import ExpressionError, FormatError
from editor.formats import native_parts, yaml_tree, yaml_write
from editor.formats.native_names import Names, spell_in
from editor.model import expressions, labels
from editor.model.chart import Chart
from editor.model.durations import parse_duration, typed_duration
from editor.model.elements import (
    Action,
    Assign,
    Choose,
    Data,
    Delay,
    Expr,
    Guard,
    In,
    Send,
    is_unresolved,
    unresolved_text,
)
from editor.model.label_reading import NO_DURATION
from editor.model.walk import action_texts, actions_within, guards_within, strings

_ACTIONS = "/ "
"""What a label begins with that is actions alone."""


def data_text(value: Data) -> str:
    """Plain data as YAML; nothing for none."""
    return "" if value is None else yaml_write.dump(value).rstrip("\n")


def read_data(text: str) -> Data:
    """Plain data from YAML.

    Raises:
        ExpressionError: it is no YAML.
    """
    if not text.strip():
        return None
    try:
        return yaml_tree.parse(text).value
    except FormatError as error:
        flaw = error.flaws[0]
        place = f"Line {flaw.line}: " if "\n" in text and flaw.line is not None else ""
        raise ExpressionError(f"{place}{flaw.message}", text=text, column=flaw.column) from None


def read_mapping(text: str) -> dict[str, Data]:
    """A mapping from YAML.

    Raises:
        ExpressionError: it is no YAML, or no mapping.
    """
    value = read_data(text)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ExpressionError("Write one “name: meaning” a line.", text=text)
    return value


def guard_text(chart: Chart, guard: Guard | None) -> str:
    """A guard as it stands in a file."""
    if guard is None:
        return ""
    value = native_parts.write_guard(guard, lambda reference: spell_in(chart, reference))
    return value if isinstance(value, str) else yaml_write.inline(value)


def read_guard(chart: Chart, text: str) -> Guard | None:
    """A guard: a name, an expression, or a mapping such as {and: [a, b]}.

    Raises:
        ExpressionError: it is not understood, or names a state that is not there.
    """
    text = text.strip()
    if not text:
        return None
    value = read_data(text) if text.startswith("{") else text
    return guard_of(chart, value, text)


def guard_of(chart: Chart, value: Data, text: str, *, in_table: bool = False) -> Guard:
    """A guard from plain data.

    Raises:
        ExpressionError: it is not understood, or names a state that is not there.
    """
    guard = _reported(
        lambda report: native_parts.read_guard(value, report, Names(chart).inside, in_table=in_table), text
    )
    if guard is None:
        raise ExpressionError("A guard is a name, an expression or {and: [a, b]}.", text=text)
    _check_guard(chart, guard)
    return guard


def _check_guard(chart: Chart, guard: Guard) -> None:
    for part in guards_within(guard):
        if isinstance(part, In) and is_unresolved(part.state):
            raise ExpressionError(
                f"There is no state “{unresolved_text(part.state)}”. Give a path from the top."
            )
        if isinstance(part, Expr):
            check(chart, part.text)


def check(chart: Chart, text: str) -> None:
    """Parse an expression of our language.

    Raises:
        ExpressionError: it does not parse, or uses what is forbidden.
    """
    if chart.info.is_native:
        expressions.parse(text)


def check_data(chart: Chart, value: Data) -> None:
    """Parse the texts in data that are expressions: those of input and output.

    Raises:
        ExpressionError: one does not parse, or uses what is forbidden.
    """
    for text in strings(value):
        check(chart, text)


def _reported(read: Callable[[Callable[[str], None]], Guard | None], text: str) -> Guard | None:
    flaws: list[str] = []
    found = read(flaws.append)
    if flaws:
        raise ExpressionError(flaws[0], text=text)
    return found


def actions_text(chart: Chart, actions: tuple[Action, ...]) -> str:
    """Actions, one a line."""
    return "\n".join(_action_text(chart, action) for action in actions)


def _action_text(chart: Chart, action: Action) -> str:
    text = labels.action_text(action)
    if _reads_back(chart, text, action):
        return text
    value = native_parts.write_action(action, lambda reference: spell_in(chart, reference))
    return value if isinstance(value, str) else yaml_write.inline(value)


def _reads_back(chart: Chart, text: str, action: Action) -> bool:
    if isinstance(action, Assign) and len(action.values) == 1 and "\n" not in text:
        return isinstance(action.values[0][1], str | int | float)
    try:
        return labels.parse_label(f"/ {text}", chart=chart).actions == (action,)
    except ExpressionError:
        return False


def read_actions(chart: Chart, text: str, old: tuple[Action, ...] = ()) -> tuple[Action, ...]:
    """Actions, one a line: a name, `x = expression`, `raise E`, `send E after 2s`, `log x`, or a mapping.

    Lines that stand in the text of `old` keep the action they stood for.

    Raises:
        ExpressionError: a line is not understood.
    """
    known: dict[str, list[Action]] = {}
    for action in old:
        known.setdefault(_action_text(chart, action), []).append(action)
    found: list[Action] = []
    for line in text.splitlines():
        line = line.strip().removeprefix("- ").strip()
        if line in known:
            same = known[line]
            found.append(same.pop(0) if len(same) > 1 else same[0])
        elif line:
            found.extend(_read_line(chart, line))
    return tuple(found)


def _read_line(chart: Chart, line: str) -> tuple[Action, ...]:
    if line.startswith("{"):
        return actions_of(chart, read_data(line), line)
    try:
        return labels.parse_label(f"{_ACTIONS}{line}", chart=chart).actions
    except ExpressionError as error:
        column = None if error.column is None else max(error.column - len(_ACTIONS), 1)
        raise ExpressionError(error.message, text=line, column=column) from None


def actions_of(chart: Chart, value: Data, text: str) -> tuple[Action, ...]:
    """Actions from plain data.

    Raises:
        ExpressionError: they are not understood.
    """
    flaws: list[str] = []
    found = native_parts.read_actions(value, flaws.append, Names(chart).inside)
    if flaws:
        raise ExpressionError(flaws[0], text=text)
    found = _with_file_delays(chart, found)
    for action in actions_within(found):
        for each in action_texts(action):
            check(chart, each)
        for branch in action.branches if isinstance(action, Choose) else ():
            if branch.guard is not None:
                _check_guard(chart, branch.guard)
    return found


def _with_file_delays(chart: Chart, actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """The same actions, the durations of their sends in the form of files."""
    made: list[Action] = []
    for action in actions:
        if isinstance(action, Send) and isinstance(action.delay, str):
            action = replace(action, delay=read_delay(chart, action.delay))
        elif isinstance(action, Choose):
            branches = [
                replace(each, actions=_with_file_delays(chart, each.actions)) for each in action.branches
            ]
            action = replace(action, branches=tuple(branches))
        made.append(action)
    return tuple(made)


def delay_of(chart: Chart, value: Data, text: str) -> Delay:
    """A delay from plain data; a duration in the form of files.

    Raises:
        ExpressionError: it is none.
    """
    flaws: list[str] = []
    delay = native_parts.read_delay(value, flaws.append)
    if delay is None or flaws:
        raise ExpressionError(flaws[0] if flaws else "A delay is missing.", text=text)
    if isinstance(delay, Expr):
        check(chart, delay.text)
        return delay
    if not isinstance(delay, str):
        if parse_duration(delay) is None:
            raise ExpressionError("A delay cannot be negative or endless.", text=text)
        return delay
    return read_delay(chart, delay)


def read_delay(chart: Chart, text: str) -> str:
    """A delay as typed: a duration, which is kept in the form of files, a name, or an expression.

    Raises:
        ExpressionError: it is none of these.
    """
    text = text.strip()
    duration = typed_duration(text)
    if duration is not None:
        return duration
    if not expressions.is_plain_name(text):
        try:
            check(chart, text)
            is_number = text[:1] in "-0123456789" and text[1:].replace(".", "").isdigit()
        except ExpressionError:
            if not text[:1].isdigit():
                raise
            is_number = True
        if is_number:
            raise ExpressionError(NO_DURATION.format(text), text=text)
    return text
