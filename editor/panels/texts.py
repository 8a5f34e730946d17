"""Guards, actions, delays and plain data as texts to be typed, and back; what is not understood is refused."""

from __future__ import annotations

from collections.abc import Callable

from editor.errors import ExpressionError, FormatError
from editor.formats import native_parts, yaml_tree, yaml_write
from editor.formats.native_names import Names, spell_in
from editor.model import expressions, labels
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import Action, Assign, Data, Delay, Expr, Guard, In, is_unresolved
from editor.model.walk import guards_within, strings


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
        raise ExpressionError(str(error.flaws[0]), text=text) from None


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
    for part in guards_within(guard):
        if isinstance(part, In) and is_unresolved(part.state):
            raise ExpressionError(f"There is no state “{part.state[1:]}”. Give a path from the top.")
        if isinstance(part, Expr):
            check(chart, part.text)
    return guard


def check(chart: Chart, text: str) -> None:
    """Parse an expression of our language.

    Raises:
        ExpressionError: it does not parse, or uses what is forbidden.
    """
    if chart.info.language in (None, "python"):
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
    if _reads_back(text, action):
        return text
    value = native_parts.write_action(action, lambda reference: spell_in(chart, reference))
    return value if isinstance(value, str) else yaml_write.inline(value)


def _reads_back(text: str, action: Action) -> bool:
    if isinstance(action, Assign) and len(action.values) == 1 and "\n" not in text:
        return isinstance(action.values[0][1], str | int | float)
    try:
        return labels.parse_label(f"/ {text}").actions == (action,)
    except ExpressionError:
        return False


def read_actions(chart: Chart, text: str, old: tuple[Action, ...] = ()) -> tuple[Action, ...]:
    """Actions, one a line: a name, `x = expression`, `raise E`, `send E after 2s`, `log x`, or a mapping.

    Lines that stand in the text of `old` keep the action they stood for.

    Raises:
        ExpressionError: a line is not understood.
    """
    known = {_action_text(chart, action): action for action in old}
    found: list[Action] = []
    for line in text.splitlines():
        line = line.strip().removeprefix("- ").strip()
        if line in known:
            found.append(known[line])
        elif line:
            found.extend(_read_line(chart, line))
    return tuple(found)


def _read_line(chart: Chart, line: str) -> tuple[Action, ...]:
    if line.startswith("{"):
        return actions_of(chart, read_data(line), line)
    return labels.parse_label(f"/ {line}").actions or ()


def actions_of(chart: Chart, value: Data, text: str) -> tuple[Action, ...]:
    """Actions from plain data.

    Raises:
        ExpressionError: they are not understood.
    """
    flaws: list[str] = []
    found = native_parts.read_actions(value, flaws.append, Names(chart).inside)
    if flaws:
        raise ExpressionError(flaws[0], text=text)
    return found


def delay_of(value: Data, text: str) -> Delay:
    """A delay from plain data.

    Raises:
        ExpressionError: it is none.
    """
    flaws: list[str] = []
    delay = native_parts.read_delay(value, flaws.append)
    if delay is None or flaws:
        raise ExpressionError(flaws[0] if flaws else "A delay is missing.", text=text)
    return delay


def check_delay(chart: Chart, text: str) -> None:
    """A delay as typed: a duration, a name, or an expression.

    Raises:
        ExpressionError: it is none of these.
    """
    if parse_duration(text) is None and not expressions.is_plain_name(text):
        check(chart, text)
