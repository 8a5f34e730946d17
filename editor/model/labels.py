"""What a transition says as one line, `event [guard] / actions`, and such a line back to its fields."""

from __future__ import annotations

import re
from dataclasses import dataclass

from editor.errors import ExpressionError
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    And,
    Assign,
    Block,
    Call,
    Cancel,
    Data,
    Delay,
    Expr,
    Foreach,
    Guard,
    In,
    Invoke,
    Log,
    Named,
    Not,
    Raise,
    Script,
    Send,
    Transition,
    Trigger,
    TriggerKind,
    is_unresolved,
    unresolved_text,
)
from editor.model.label_reading import (
    HIDDEN,
    NAME,
    Piece,
    Setting,
    open_places,
    read_actions,
    read_delay,
    read_guard,
)
from editor.model.walk import guards_within


@dataclass(frozen=True, slots=True)
class LabelFields:
    """What a label says."""

    trigger: Trigger
    guard: Guard | None
    actions: tuple[Action, ...]


# to text


def trigger_text(chart: Chart, transition: Transition) -> str:
    """The part before the guard; empty for a transition without an event."""
    trigger = transition.trigger
    if trigger.kind is TriggerKind.EVENT:
        return trigger.text
    if trigger.kind is TriggerKind.AFTER:
        return f"after {trigger.text}"
    if trigger.kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
        word = "done" if trigger.kind is TriggerKind.INVOKE_DONE else "error"
        return f"{word}: {service_name(chart, transition)}"
    return "onDone" if trigger.kind is TriggerKind.DONE else ""


def service_name(chart: Chart, transition: Transition) -> str:
    """The service whose end a transition answers: its source, or its id where that alone tells it apart."""
    invokes = chart.states[transition.source].invokes
    own = next((invoke for invoke in invokes if invoke.uid == transition.trigger.invoke), None)
    return "service" if own is None else invocation_text(invokes, own)


def invocation_text(invokes: tuple[Invoke, ...], own: Invoke) -> str:
    """What an invocation is called in labels: its source, or its id where that alone tells it apart."""
    is_alone = sum(invoke.title == own.title for invoke in invokes) == 1
    return own.title if is_alone or own.id is None else own.id


def guard_text(chart: Chart, guard: Guard, *, inner: bool = False) -> str:
    """A guard in one line; `inner`: as a part of another, so that its own parts stay together."""
    if isinstance(guard, Named):
        return guard.name if guard.params is None else f"{guard.name}({HIDDEN})"
    if isinstance(guard, Expr):
        text = " ".join(guard.text.split()) if "\n" in guard.text else guard.text
        return f"({text})" if inner else text
    if isinstance(guard, In):
        is_open = is_unresolved(guard.state)
        path = unresolved_text(guard.state) if is_open else queries.dotted_path(chart, guard.state)
        return f"in({path})"
    if isinstance(guard, Not):
        return f"not {guard_text(chart, guard.part, inner=True)}"
    word = " and " if isinstance(guard, And) else " or "
    text = word.join(guard_text(chart, part, inner=True) for part in guard.parts)
    return f"({text})" if inner else text


def _plain(value: Data) -> str:
    """Plain data as the expression that means it: the strings in it are expressions."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_plain(each) for each in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {_plain(each)}" for key, each in value.items()) + "}"
    return "null" if value is None else str(value)


def action_text(action: Action) -> str:
    """An action in a few words; what does not fit is shown as an ellipsis."""
    if isinstance(action, Call):
        return action.name if action.params is None else f"{action.name}({HIDDEN})"
    if isinstance(action, Assign):
        if action.content is not None:
            return f"{action.values[0][0]} = {HIDDEN}"
        return ", ".join(f"{key} = {_plain(value)}" for key, value in action.values)
    if isinstance(action, Raise):
        return f"raise {action.event}" + (f" {HIDDEN}" if action.data is not None else "")
    if isinstance(action, Send):
        return _send_text(action)
    if isinstance(action, Cancel):
        return f"cancel {action.id if action.id_expr is None else f'({action.id_expr})'}"
    if isinstance(action, Log):
        return f"log {_plain(action.value)}" if action.label is None else f"log {action.label} {HIDDEN}"
    if isinstance(action, Script):
        return f"script {HIDDEN}"
    if isinstance(action, Foreach):
        return f"foreach {action.item} in {action.array} {HIDDEN}"
    if isinstance(action, Block):
        return "; ".join(action_text(each) for each in action.actions)
    return f"choose {HIDDEN}"


def _send_text(action: Send) -> str:
    event = action.event if action.event_expr is None else f"({action.event_expr})"
    to = action.to if action.to_expr is None else f"({action.to_expr})"
    after = f" after {_delay_text(action.delay)}" if action.delay is not None else ""
    is_more = (action.data, action.id, action.type, action.type_expr, action.id_location, action.payload)
    rest = f" {HIDDEN}" if any(each is not None for each in is_more) else ""
    return f"send {event}{after}" + (f" to {to}" if to else "") + rest


def _delay_text(delay: Delay) -> str:
    return f"({delay.text})" if isinstance(delay, Expr) else str(delay)


def actions_text(actions: tuple[Action, ...]) -> str:
    """Actions in one line."""
    return "; ".join(action_text(action) for action in actions)


def label_text(chart: Chart, transition: Transition) -> str:
    """The whole label; `always` where nothing else says that no event is waited for."""
    head = trigger_text(chart, transition)
    if not head and transition.guard is None and not transition.is_pseudo:
        head = "always"
    parts = [head]
    if transition.guard is not None:
        parts.append(f"[{guard_text(chart, transition.guard)}]")
    if transition.actions:
        parts.append("/ " + actions_text(transition.actions))
    return " ".join(part for part in parts if part)


def with_part(chart: Chart, transition: Transition, part: str) -> tuple[str, int, int]:
    """The label with the stretch of it that is one part: `trigger`, `delay`, `guard` or `actions`.

    Where it has no guard or no actions yet, there is a place for them; left empty that says nothing.
    """
    head = trigger_text(chart, transition)
    guard = f"[{guard_text(chart, transition.guard)}]" if transition.guard is not None else ""
    actions = "/ " + actions_text(transition.actions) if transition.actions else ""
    if not head and not guard and not transition.is_pseudo:
        head = "always"
    guard = guard or ("[]" if part == "guard" else "")
    actions = actions or ("/ " if part == "actions" else "")
    whole = " ".join(each for each in (head, guard, actions) if each)
    if part == "actions":
        return whole, len(whole) - len(actions) + 2, len(whole)
    if part == "guard":
        start = len(head) + 2 if head else 1
        return whole, start, start + len(guard) - 2
    is_delay = part == "delay" and transition.trigger.kind is TriggerKind.AFTER
    return whole, len("after ") if is_delay else 0, len(head)


# from text


def parse_label(
    text: str, *, chart: Chart | None = None, transition: Transition | None = None
) -> LabelFields:
    """A label back to its fields. Parts that say what they said in `transition` keep what they were.

    Raises:
        ExpressionError: it is not understood, with the column within the whole text.
    """
    if chart is None or transition is None:
        head, guard, actions = _split(text, "")
        setting = Setting(label=text, is_ours=chart is None or chart.info.is_native)
        return LabelFields(
            _trigger(head, setting, ()),
            read_guard(guard, setting) if guard is not None else None,
            read_actions(actions, setting),
        )
    shown = trigger_text(chart, transition).strip()
    own_head = shown or ("" if transition.is_pseudo else "always")
    head, guard, actions = _split(text, own_head)
    setting = _setting(text, chart, transition)
    is_same = head.text in (shown, own_head)
    if transition.is_pseudo and (head.text or guard is not None):
        raise setting.fail("only actions can follow here: write “/ actions”", head)
    return LabelFields(
        transition.trigger
        if is_same or transition.is_pseudo
        else _trigger(head, setting, chart.states[transition.source].invokes),
        read_guard(guard, setting) if guard is not None else None,
        _actions(actions, setting, transition),
    )


def _setting(text: str, chart: Chart, transition: Transition) -> Setting:
    old = guards_within(transition.guard) if transition.guard is not None else ()
    guards: dict[str, Guard] = {}
    for part in old:
        guards.setdefault(guard_text(chart, part), part)
    context = chart.info.context
    names = frozenset(name for name, _ in chart.info.guards)
    values = frozenset(context if isinstance(context, dict) else ())
    return Setting(
        label=text,
        find=lambda path: queries.find_named(chart, path),
        guards=guards,
        actions=[(action_text(action), action) for action in transition.actions],
        names=names,
        values=values - names,
        is_ours=chart.info.is_native,
        has_several=chart.info.conventions.by_token,
    )


def _actions(piece: Piece, setting: Setting, transition: Transition) -> tuple[Action, ...]:
    if piece.text == actions_text(transition.actions).strip():
        return transition.actions
    return read_actions(piece, setting)


def _split(text: str, own_head: str) -> tuple[Piece, Piece | None, Piece]:
    """Trigger, guard and actions. A head that is there already may hold any character."""
    whole = Piece(text, 0)
    start = len(text) - len(text.lstrip())
    kept = start + len(own_head) if own_head and text[start:].startswith(own_head) else 0
    if text[kept : kept + 1].strip() not in ("", "[", "/"):
        kept = 0
    marks = [place for mark in "[/" if (place := text.find(mark, kept)) >= 0]
    first = min(marks, default=len(text))
    head = whole.cut(0, first)
    if text[first : first + 1] != "[":
        return head, None, whole.cut(min(first + 1, len(text)))
    close = _closing(text, first)
    rest = whole.cut(close + 1)
    if rest.text and not rest.text.startswith("/"):
        raise ExpressionError("after the guard only “/ actions” can follow", text=text, column=rest.at + 1)
    guard = whole.cut(first + 1, close)
    return head, guard if guard.text else None, rest.cut(1)


def _closing(text: str, start: int) -> int:
    """Where the bracket at `start` is closed."""
    inside = open_places(text[start + 1 :])
    for place, is_free in enumerate(inside, start + 1):
        if is_free and text[place] == "]":
            return place
    raise ExpressionError("the guard is not closed: “]” is missing", text=text, column=start + 1)


_AFTER = re.compile(r"after(?=\s|\Z)")
_SERVICE = re.compile(r"(done|error)\s*:\s*")


def _trigger(head: Piece, setting: Setting, invokes: tuple[Invoke, ...]) -> Trigger:
    text = head.text
    if text in ("", "always"):
        return Trigger(kind=TriggerKind.ALWAYS)
    if text in ("onDone", "done"):
        return Trigger(kind=TriggerKind.DONE)
    if _AFTER.match(text):
        delay = head.cut(len("after"))
        if not delay.text:
            raise setting.fail("a delay is missing: write “after 5s”", head, len(text))
        found = read_delay(delay, setting)
        return Trigger(kind=TriggerKind.AFTER, text=found if isinstance(found, str) else delay.text)
    service = _SERVICE.match(text)
    if service:
        kind = TriggerKind.INVOKE_DONE if service[1] == "done" else TriggerKind.INVOKE_ERROR
        return Trigger(kind=kind, invoke=_service(head.cut(service.end()), setting, invokes))
    if setting.has_several and all(NAME.match(each) for each in text.split()):
        return Trigger(text=" ".join(text.split()))
    if not NAME.match(text):
        column = next((place for place, each in enumerate(text, 1) if not NAME.match(each)), 1)
        raise setting.fail("an event’s name has no spaces", head, column)
    return Trigger(text=text)


def _service(piece: Piece, setting: Setting, invokes: tuple[Invoke, ...]) -> str:
    for invoke in invokes:
        if piece.text in (invocation_text(invokes, invoke), invoke.id):
            return invoke.uid
    known = ", ".join(f"“{invocation_text(invokes, invoke)}”" for invoke in invokes)
    hint = f"it has {known}" if known else "it has none"
    raise setting.fail(f"the state invokes no service “{piece.text}”: {hint}", piece)
