"""Transitions and invocations of the native format, both ways."""

from __future__ import annotations

from editor.formats.native_keys import INVOKE_KEYS, TRANSITION_KEYS
from editor.formats.native_names import Names, Speller
from editor.formats.native_parts import as_text, read_actions, read_guard, write_actions, write_guard
from editor.formats.native_report import Reporter
from editor.model.elements import Data, Extra, Invoke, Transition, Trigger, TriggerKind

Plain = dict[str, Data]
_TRANSITION_KEYS = frozenset(TRANSITION_KEYS)
_INVOKE_KEYS = frozenset(INVOKE_KEYS)
_INTERNAL_KEYS = ("internal", "reenter")
_TARGET_ONLY = ("target",)


def read_transition(
    value: Data, *, id: str, source: str, trigger: Trigger, order: float, names: Names, report: Reporter
) -> Transition:
    """One transition: a target, a mapping, or null; what is wrong in it is left out."""
    if isinstance(value, dict):
        return _read_mapping(value, id, source, trigger, order, names, report)
    text = as_text(value)
    if text is not None:
        targets = (names.target(source, text),)
        is_internal = text.startswith(".")
        return Transition(
            id=id, source=source, trigger=trigger, order=order, targets=targets, internal=is_internal
        )
    if value is not None:
        report.at("target")("A transition is a target, a mapping with “target”, or a list of these.")
    return Transition(id=id, source=source, trigger=trigger, order=order)


def _read_mapping(
    value: Plain, id: str, source: str, trigger: Trigger, order: float, names: Names, report: Reporter
) -> Transition:
    extra: Extra = ()
    if not value.keys() <= _TRANSITION_KEYS:
        extra = tuple((key, each) for key, each in value.items() if key not in _TRANSITION_KEYS)
        report.unknown((key for key, _ in extra), TRANSITION_KEYS)
    texts = target_texts(value.get("target"), report)
    test, word = value.get("guard"), "guard"
    if test is None:
        test, word = value.get("cond"), "cond"
    elif value.get("cond") is not None:
        report.doubled("guard", "cond")
    actions = value.get("actions")
    return Transition(
        id=id,
        source=source,
        trigger=trigger,
        order=order,
        targets=tuple([names.target(source, each) for each in texts]),
        guard=read_guard(test, report.at(word), names.inside) if test is not None else None,
        actions=read_actions(actions, report.at("actions"), names.inside) if actions is not None else (),
        internal=_read_internal(value, texts, report),
        meta=value.get("meta"),
        description=read_text(value.get("description"), report, "description"),
        extra=extra,
    )


def read_text(value: Data, report: Reporter, field: str) -> str | None:
    """A text that may be missing."""
    if value is None or isinstance(value, str):
        return value
    text = as_text(value)
    if text is None:
        report.at(field)(f"“{field}” must be a text.")
    return text


def target_texts(value: Data, report: Reporter) -> list[str]:
    """The targets as they are written."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    texts = [as_text(each) for each in (value if isinstance(value, list) else [value])]
    if None in texts:
        report.at("target")("“target” names a state, or is a list of names.")
    return [text for text in texts if text is not None]


def is_internal_by_spelling(texts: list[str]) -> bool:
    """Whether targets written like this make a transition internal when nothing else is said."""
    return bool(texts) and all(text.startswith(".") for text in texts)


def _read_internal(value: Plain, texts: list[str], report: Reporter) -> bool:
    for field in _INTERNAL_KEYS if not value.keys().isdisjoint(_INTERNAL_KEYS) else ():
        given = value.get(field)
        if isinstance(given, bool):
            return given if field == "internal" else not given
        if given is not None:
            report.at(field)(f"“{field}” is true or false.")
    return is_internal_by_spelling(texts)


def write_targets(speller: Speller, transition: Transition, like: list[str] | None = None) -> Data:
    """The targets: one alone as a text; `like` holds how they are written now."""
    known = like or []
    texts: list[Data] = [
        speller.target(transition, target, known[place] if place < len(known) else "")
        for place, target in enumerate(transition.targets)
    ]
    return texts[0] if len(texts) == 1 else texts


def write_transition(speller: Speller, transition: Transition, like: list[str] | None = None) -> Data:
    """A target alone, a mapping for more, null for what only forbids."""
    body: Plain = {}
    texts: list[str] = []
    if transition.targets:
        target = write_targets(speller, transition, like)
        texts = [str(each) for each in (target if isinstance(target, list) else [target])]
        body["target"] = target
    if transition.guard is not None:
        body["guard"] = write_guard(transition.guard, speller.inside)
    if transition.actions:
        body["actions"] = write_actions(transition.actions, speller.inside)
    if transition.internal != is_internal_by_spelling(texts):
        body["internal"] = transition.internal
    if transition.description is not None:
        body["description"] = transition.description
    if transition.meta is not None:
        body["meta"] = transition.meta
    body |= dict(transition.extra)
    if not body:
        return None if transition.trigger.kind is TriggerKind.EVENT else {}
    return body["target"] if tuple(body) == _TARGET_ONLY and len(texts) == 1 else body


def read_invoke(value: Data, uid: str, report: Reporter) -> Invoke | None:
    """One invocation without its transitions; None for what is neither a name nor a mapping."""
    if isinstance(value, str):
        return Invoke(uid=uid, src=value)
    if not isinstance(value, dict):
        report("An invocation needs “src”, the name of a service.")
        return None
    extra = tuple((key, inside) for key, inside in value.items() if key not in _INVOKE_KEYS)
    report.unknown((key for key, _ in extra), INVOKE_KEYS)
    src = as_text(value.get("src"))
    if src is None:
        report("An invocation needs “src”, the name of a service.")
    forward = value.get("autoForward")
    if forward is not None and not isinstance(forward, bool):
        report.at("autoForward")("“autoForward” is true or false.")
    if value.get("input") is not None and value.get("data") is not None:
        report.doubled("input", "data")
    return Invoke(
        uid=uid,
        src=src or "",
        id=read_text(value.get("id"), report, "id"),
        input=value.get("data") if value.get("input") is None else value["input"],
        auto_forward=forward is True,
        extra=extra,
    )
