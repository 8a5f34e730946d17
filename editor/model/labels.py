"""What a transition says as one line, `event [guard] / actions`, and such a line back to its fields."""

from __future__ import annotations

import re
from dataclasses import dataclass

from editor.errors import ExpressionError
from editor.model import expressions
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import (
    Action,
    And,
    Assign,
    Call,
    Cancel,
    Data,
    Expr,
    Guard,
    In,
    Log,
    Named,
    Not,
    Raise,
    Send,
    Transition,
    Trigger,
    TriggerKind,
    is_unresolved,
)
from editor.model.queries import dotted_path

HIDDEN = "…"


@dataclass(frozen=True, slots=True)
class LabelFields:
    """What a label says; `actions` is None where its text stands for what it cannot show."""

    trigger: Trigger | None
    guard: Guard | None
    actions: tuple[Action, ...] | None


def trigger_text(chart: Chart, transition: Transition) -> str:
    """The part before the guard."""
    trigger = transition.trigger
    if trigger.kind is TriggerKind.EVENT:
        return trigger.text
    if trigger.kind is TriggerKind.AFTER:
        return f"after {trigger.text}"
    if trigger.kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
        word = "done" if trigger.kind is TriggerKind.INVOKE_DONE else "error"
        return f"{word}: {service_name(chart, transition)}"
    return {TriggerKind.ALWAYS: "", TriggerKind.DONE: "onDone"}.get(trigger.kind, "")


def service_name(chart: Chart, transition: Transition) -> str:
    """The service whose end a transition answers."""
    invokes = chart.states[transition.source].invokes
    return next((invoke.src for invoke in invokes if invoke.uid == transition.trigger.invoke), "service")


def guard_text(chart: Chart, guard: Guard, *, inner: bool = False) -> str:
    """A guard in one line."""
    if isinstance(guard, Named):
        return guard.name
    if isinstance(guard, Expr):
        return f"({guard.text})" if inner else guard.text
    if isinstance(guard, In):
        path = guard.state[1:] if is_unresolved(guard.state) else dotted_path(chart, guard.state)
        return f"in({path})"
    if isinstance(guard, Not):
        return f"not {guard_text(chart, guard.part, inner=True)}"
    word = " and " if isinstance(guard, And) else " or "
    text = word.join(guard_text(chart, part, inner=True) for part in guard.parts)
    return f"({text})" if inner else text


def _plain(value: Data) -> str:
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def action_text(action: Action) -> str:
    """An action in a few words; what does not fit is shown as an ellipsis."""
    if isinstance(action, Call):
        return action.name if action.params is None else f"{action.name}({HIDDEN})"
    if isinstance(action, Assign):
        return ", ".join(f"{key} = {_plain(value)}" for key, value in action.values)
    if isinstance(action, Raise):
        return f"raise {action.event}"
    if isinstance(action, Send):
        after = (
            f" after {action.delay}"
            if action.delay is not None and not isinstance(action.delay, Expr)
            else ""
        )
        return f"send {action.event}{after}" + (f" to {action.to}" if action.to else "")
    if isinstance(action, Cancel):
        return f"cancel {action.id}"
    if isinstance(action, Log):
        return f"log {_plain(action.value)}"
    return f"choose {HIDDEN}"


def actions_text(actions: tuple[Action, ...]) -> str:
    """Actions in one line."""
    return "; ".join(action_text(action) for action in actions)


def label_text(chart: Chart, transition: Transition) -> str:
    """The whole label."""
    parts = [trigger_text(chart, transition)]
    if transition.guard is not None:
        parts.append(f"[{guard_text(chart, transition.guard)}]")
    if transition.actions:
        parts.append("/ " + actions_text(transition.actions))
    return " ".join(part for part in parts if part)


_AFTER = re.compile(r"after\s+(.+)\Z")
_NAME = re.compile(r"[^\s\[\]/;{}]+\Z")


def parse_label(text: str, old: LabelFields | None = None, old_text: str = "") -> LabelFields:
    """A label back to its fields; parts whose text is as before keep what they were.

    Raises:
        ExpressionError: it is not understood, with the column within the whole text.
    """
    head, guard, actions = _split(text)
    old_head, old_guard, old_actions = _split(old_text) if old_text else ("", "", "")
    if old is not None and head == old_head:
        trigger = old.trigger
    else:
        trigger = _trigger(head)
    if old is not None and guard == old_guard:
        read = old.guard
    else:
        read = _guard(guard, text) if guard else None
    if old is not None and actions == old_actions:
        return LabelFields(trigger, read, old.actions)
    return LabelFields(trigger, read, tuple(_action(part, text) for part in _parts(actions)))


def _split(text: str) -> tuple[str, str, str]:
    """Trigger, guard and actions; brackets and slashes inside a guard do not end it."""
    head, guard, rest = text, "", ""
    open_at = text.find("[")
    slash = text.find("/")
    if open_at >= 0 and (slash < 0 or open_at < slash):
        depth = 0
        close = -1
        for place in range(open_at, len(text)):
            depth += {"[": 1, "]": -1}.get(text[place], 0)
            if depth == 0:
                close = place
                break
        if close < 0:
            raise ExpressionError("the guard is not closed: “]” is missing", text=text, column=open_at + 1)
        head, guard, rest = text[:open_at], text[open_at + 1 : close], text[close + 1 :]
        slash = rest.find("/")
        if rest.strip() and slash < 0:
            raise ExpressionError("after the guard only “/ actions” can follow", text=text, column=close + 2)
        rest = rest[slash + 1 :] if slash >= 0 else ""
    elif slash >= 0:
        head, rest = text[:slash], text[slash + 1 :]
    return head.strip(), guard.strip(), rest.strip()


def _trigger(head: str) -> Trigger:
    if head in ("", "always"):
        return Trigger(kind=TriggerKind.ALWAYS)
    if head == "onDone":
        return Trigger(kind=TriggerKind.DONE)
    after = _AFTER.match(head)
    if after:
        text = after[1].strip()
        compact = text.replace(" ", "")
        return Trigger(kind=TriggerKind.AFTER, text=compact if parse_duration(compact) is not None else text)
    if not _NAME.match(head):
        raise ExpressionError("an event’s name has no spaces", text=head, column=(head.find(" ") + 1) or 1)
    return Trigger(text=head)


def _guard(text: str, whole: str) -> Guard:
    if expressions.is_plain_name(text):
        return Named(name=text)
    _check(text, whole)
    return Expr(text=text)


def _check(text: str, whole: str) -> None:
    try:
        expressions.parse(text)
    except ExpressionError as error:
        column = whole.find(text) + (error.column or 1)
        raise ExpressionError(error.message, text=whole, column=column) from None


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


_ASSIGN = re.compile(r"([^\W\d][\w.]*)\s*=(?!=)\s*(.+)\Z")


def _action(text: str, whole: str) -> Action:
    assign = _ASSIGN.match(text)
    if assign:
        _check(assign[2], whole)
        return Assign(values=((assign[1], assign[2]),))
    word, _, rest = text.partition(" ")
    rest = rest.strip()
    if rest and word == "raise":
        return Raise(event=rest)
    if rest and word == "cancel":
        return Cancel(id=rest)
    if rest and word == "log":
        _check(rest, whole)
        return Log(value=rest)
    if rest and word == "send":
        event, _, after = rest.partition(" after ")
        return Send(event=event.strip(), delay=after.strip() or None)
    if HIDDEN in text or not _NAME.match(text):
        raise ExpressionError(
            f"“{text}” is no action: write a name, “x = expression”, “raise E”, “send E after 2s” or “log x”",
            text=whole, column=max(whole.find(text), 0) + 1,
        )  # fmt: skip
    return Call(name=text)
