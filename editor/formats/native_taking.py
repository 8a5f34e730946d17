"""Keys that are not known, taken for known ones: what the records are then.

A value goes under another key only where nothing of it is lost, and where the element does not say that already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editor.errors import ChartError
from editor.formats.native_keys import MACHINE_KEYS
from editor.formats.native_names import Names
from editor.formats.native_read import Reader
from editor.formats.native_report import Reporter
from editor.formats.native_transitions import read_invoke, read_transition
from editor.formats.registry import Unmarked
from editor.formats.xstate_config import Translation, can_stay
from editor.formats.yaml_tree import Path
from editor.model import queries
from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import Conventions, Data, Extra, Invoke, State, StateKind, Transition, TriggerKind
from editor.model.problems import Problem, Severity
from editor.model.rules_kept import extra_at, invoke_at

Plain = dict[str, Data]
_FIELDS = {
    "type": "kind", "history": "kind", "id": "declared_id", "description": "description", "tags": "tags",
    "entry": "entry", "exit": "exit", "invoke": "invokes", "output": "output", "data": "output", "meta": "meta",
}  # fmt: skip
"""The fields of a state that its keys say."""
_OF_TRANSITION = {
    "target": "targets", "guard": "guard", "cond": "guard", "actions": "actions", "internal": "internal",
    "reenter": "internal", "description": "description", "meta": "meta",
}  # fmt: skip
_OF_INVOKE = {"id": "id", "input": "input", "data": "input", "autoForward": "auto_forward"}
_KINDS = {
    "on": TriggerKind.EVENT, "after": TriggerKind.AFTER, "always": TriggerKind.ALWAYS, "onDone": TriggerKind.DONE,
    "initial": TriggerKind.INITIAL, "target": TriggerKind.DEFAULT,
}  # fmt: skip
_ENDS = {"onDone": TriggerKind.INVOKE_DONE, "onError": TriggerKind.INVOKE_ERROR}


def taking(chart: Chart, element: str, field: str, meant: str) -> list[AnyChange]:
    """The changes that take the unknown key at the end of `field` for another one, with new ids for what is new.

    Raises:
        ChartError: the element says that already, or the value cannot stand under the key.
    """
    parts = field.split(".")
    value = dict(extra_at(chart, element, field) or ()).get(parts[-1])
    if element in chart.transitions:
        return [_in_transition(chart, chart.transitions[element], parts[-1], meant, value)]
    state = chart.states[element]
    if len(parts) > 1:
        return _in_invoke(chart, state, invoke_at(parts) or 0, parts[-1], meant, value)
    return _in_state(chart, state, parts[-1], meant, value)


class _Ours:
    """What is in the words of the native format already (see `xstate_config.Translation`)."""

    def state(self, body: Plain, path: Path, keys: Sequence[str]) -> Plain:
        return body

    def transition(self, value: Data, keys: Sequence[str]) -> Data:
        return value

    invoke = transition


def _words(chart: Chart) -> _Ours | Translation:
    """What brings a value to the words of the native format."""
    conventions = chart.info.conventions
    if conventions == Conventions():
        return _Ours()
    if not conventions.keeps_source or conventions.by_token or conventions.has_sessions:
        raise ChartError("What stands below the key is in the words of another format.")
    name = chart.root.declared_id
    return Translation(5 if conventions.keeps_parallel else 4, {"id": name} if name is not None else {})


def _kept(chart: Chart, transition: Transition) -> Transition:
    """A transition that says it stays in its source, if it can."""
    may_stay = (
        chart.info.conventions == Conventions() or not transition.internal or can_stay(chart, transition)
    )
    return transition if may_stay else replace(transition, internal=False)


def _said(meant: str) -> ChartError:
    return ChartError(f"“{meant}” stands here already.")


def _without(extra: Extra, key: str) -> Extra:
    return tuple(each for each in extra if each[0] != key)


def _in_transition(chart: Chart, old: Transition, key: str, meant: str, value: Data) -> TransitionChange:
    field = _OF_TRANSITION[meant]
    if field != "internal" and getattr(old, field) != getattr(Transition(id="", source=""), field):
        raise _said(meant)
    problems: list[Problem] = []
    body = _words(chart).transition({meant: value}, queries.keys(chart, old.source))
    read = read_transition(
        body, id=old.id, source=old.source, trigger=old.trigger, order=old.order, names=Names(chart),
        report=Reporter(problems, old.id),
    )  # fmt: skip
    _check(problems)
    read = _kept(chart, read)
    new = replace(old, extra=_without(old.extra, key), **{field: getattr(read, field)})
    if field == "targets" and not old.internal:
        new = replace(new, internal=read.internal)
    return TransitionChange(old.id, old, new)


def _in_invoke(chart: Chart, state: State, number: int, key: str, meant: str, value: Data) -> list[AnyChange]:
    own = state.invokes[number]
    new = replace(own, extra=_without(own.extra, key))
    added: list[Transition] = []
    problems: list[Problem] = []
    if meant in _ENDS:
        beside = chart.outgoing(state.id)
        kind = _ENDS[meant]
        if any(each.trigger.kind is kind and each.trigger.invoke == own.uid for each in beside):
            raise _said(meant)
        added, problems = _answers(chart, state, own, meant, value)
    elif meant == "src":
        if own.src:
            raise _said(meant)
        new = _with_invoke(new, "src", "src", value, problems)
    else:
        field = _OF_INVOKE[meant]
        if getattr(own, field) not in (None, False):
            raise _said(meant)
        new = _with_invoke(new, meant, field, value, problems)
    _check(problems)
    invokes = tuple(new if each is own else each for each in state.invokes)
    made = [StateChange(state.id, state, replace(state, invokes=invokes))]
    return [*made, *_added([], added)]


def _with_invoke(invoke: Invoke, key: str, field: str, value: Data, problems: list[Problem]) -> Invoke:
    read = read_invoke({"src": "", key: value}, invoke.uid, Reporter(problems))
    return replace(invoke, **{field: getattr(read, field)})


def _answers(
    chart: Chart, state: State, invoke: Invoke, meant: str, value: Data
) -> tuple[list[Transition], list[Problem]]:
    """The transitions that answer the end of a service."""
    body: Plain = {"src": invoke.src, meant: value}
    reader = _reader(chart, state, body)
    reader.invokes(state, _words(chart).invoke(body, queries.keys(chart, state.id)), (), Names(chart))
    found = [_kept(chart, each) for each in reader.transitions]
    return [
        replace(each, trigger=replace(each.trigger, invoke=invoke.uid)) for each in found
    ], reader.problems


def _reader(chart: Chart, state: State, body: Plain) -> Reader:
    beside = chart.outgoing(state.id)
    return Reader(Unmarked(body), "", fresh=chart.fresh_id, order=beside[-1].order + 1 if beside else 0)


def _in_state(chart: Chart, state: State, key: str, meant: str, value: Data) -> list[AnyChange]:
    if _says(chart, state, meant):
        raise _said(meant)
    body: Plain = {meant: value}
    if meant == "history":
        body["type"] = "history"
    left = dict(state.extra)
    if meant in ("type", "history") and "target" in left:
        body["target"] = left["target"]
    body = _words(chart).state(body, (), queries.keys(chart, state.id))
    reader = _reader(chart, state, body)
    read = reader.state(state.id, state.parent, state.key, state.order, body, ())
    reader.collect(read, body, ())
    inner = [each for each, _, _ in reader.bodies[1:]]
    after = chart
    if inner:
        after = chart.copy()
        after.apply(_added(inner, []))
    names = Names(after)
    finished = [reader.finish(*each, names) for each in reader.bodies]
    own = replace(state, extra=_without(state.extra, key))
    if meant in _FIELDS:
        field = _FIELDS[meant]
        own = replace(own, **{field: getattr(finished[0], field)})
    if own.kind.is_history:
        own = replace(own, extra=_without(own.extra, "target"))
    made: list[AnyChange] = [StateChange(state.id, state, own)]
    if meant in MACHINE_KEYS:
        info = chart.info
        made.append(
            InfoChange(info.id, info, replace(info, **{meant: getattr(reader.info(body, names), meant)}))
        )
    _check(reader.problems)
    if meant in ("initial", "target") and not reader.transitions:
        raise ChartError(f"“{meant}” must name a state.")
    return [*made, *_added(finished[1:], [_kept(after, each) for each in reader.transitions])]


def _says(chart: Chart, state: State, meant: str) -> bool:
    """Whether a state says already what a key says."""
    if meant in MACHINE_KEYS:
        return bool(getattr(chart.info, meant))
    if meant == "history":
        return state.kind is not StateKind.SHALLOW_HISTORY
    if meant == "type":
        return state.kind is not StateKind.NORMAL
    if meant in ("states", "regions"):
        return chart.has_children(state.id)
    if meant == "target" and not state.kind.is_history:
        return True
    if meant in _KINDS:
        return any(each.trigger.kind is _KINDS[meant] for each in chart.outgoing(state.id))
    return getattr(state, _FIELDS[meant]) not in (None, ())


def _check(problems: list[Problem]) -> None:
    """Refuse a value that cannot stand where it is put: it would be lost."""
    for problem in problems:
        if problem.severity is Severity.ERROR:
            raise ChartError(problem.message)


def _added(states: list[State], transitions: list[Transition]) -> list[AnyChange]:
    return [
        *(StateChange(each.id, None, each) for each in states),
        *(TransitionChange(each.id, None, each) for each in transitions),
    ]
