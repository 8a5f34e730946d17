"""A chart to the plain data of the native format, in its documented order and its shortest forms."""

from __future__ import annotations

from collections.abc import Callable

from editor.formats.native_names import spell_in, spell_target
from editor.formats.native_parts import write_actions, write_delay, write_guard
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Data, State, StateKind, Transition, TriggerKind

Plain = dict[str, Data]


def write_machine(chart: Chart) -> Plain:
    """The whole machine."""
    root = chart.root
    info = chart.info
    body = write_state(chart, root)
    states = body.pop("states", None)
    regions = body.pop("regions", None)
    machine: Plain = {"id": root.declared_id} if root.declared_id is not None else {}
    body.pop("id", None)
    machine |= {key: body.pop(key) for key in ("description", "type", "initial") if key in body}
    if info.language is not None:
        machine["language"] = info.language
    if info.context is not None:
        machine["context"] = info.context
    machine |= body
    if regions is not None:
        machine["regions"] = regions
    machine["states"] = states if states is not None else {}
    if regions is not None:
        del machine["states"]
    spell = speller(chart)
    if info.guards:
        machine["guards"] = {name: write_guard(guard, spell, in_table=True) for name, guard in info.guards}
    if info.actions:
        machine["actions"] = {name: write_actions(actions, spell) for name, actions in info.actions}
    if info.delays:
        machine["delays"] = {name: write_delay(delay) for name, delay in info.delays}
    if info.services:
        machine["services"] = dict(info.services)
    return machine


def speller(chart: Chart) -> Callable[[str], str]:
    """Writes the path of an `in` guard."""
    return lambda reference: spell_in(chart, reference)


def write_state(chart: Chart, state: State) -> Plain:
    """One state with all below it."""
    body = write_own(chart, state)
    children = chart.children(state.id)
    if children:
        body["states"] = {child.key: write_state(chart, child) for child in children}
    if "meta" in body:
        body["meta"] = body.pop("meta")
    return body


def write_own(chart: Chart, state: State) -> Plain:
    """What a state says of itself, its children left out."""
    spell = speller(chart)
    body: Plain = {}
    if state.kind is not StateKind.NORMAL:
        body["type"] = "history" if state.kind.is_history else state.kind.value
    if state.kind is StateKind.DEEP_HISTORY:
        body["history"] = "deep"
    if state.declared_id is not None:
        body["id"] = state.declared_id
    if state.description is not None:
        body["description"] = state.description
    if state.tags:
        body["tags"] = list(state.tags)
    groups = _grouped(chart, state)
    for pseudo, key in ((TriggerKind.INITIAL, "initial"), (TriggerKind.DEFAULT, "target")):
        if groups.get(pseudo):
            body[key] = _targets(chart, groups[pseudo][0])
    if state.entry:
        body["entry"] = write_actions(state.entry, spell)
    if state.exit:
        body["exit"] = write_actions(state.exit, spell)
    if state.invokes:
        body["invoke"] = _invokes(chart, state, groups)
    for kind, key in ((TriggerKind.EVENT, "on"), (TriggerKind.AFTER, "after")):
        table: dict[str, list[Transition]] = {}
        for transition in groups.get(kind, ()):
            table.setdefault(transition.trigger.text, []).append(transition)
        if table:
            body[key] = {text: _list(chart, each) for text, each in table.items()}
    for kind, key in ((TriggerKind.ALWAYS, "always"), (TriggerKind.DONE, "onDone")):
        if groups.get(kind):
            body[key] = _list(chart, groups[kind])
    if state.output is not None:
        body["output"] = state.output
    if state.meta is not None:
        body["meta"] = state.meta
    return body | dict(state.extra)


def _grouped(chart: Chart, state: State) -> dict[TriggerKind, list[Transition]]:
    groups: dict[TriggerKind, list[Transition]] = {}
    for transition in chart.outgoing(state.id):
        groups.setdefault(transition.trigger.kind, []).append(transition)
    return groups


def _invokes(chart: Chart, state: State, groups: dict[TriggerKind, list[Transition]]) -> Data:
    written: list[Data] = []
    for invoke in state.invokes:
        body: Plain = {"id": invoke.id} if invoke.id is not None else {}
        body["src"] = invoke.src
        if invoke.input is not None:
            body["input"] = invoke.input
        for kind, key in ((TriggerKind.INVOKE_DONE, "onDone"), (TriggerKind.INVOKE_ERROR, "onError")):
            own = [each for each in groups.get(kind, ()) if each.trigger.invoke == invoke.uid]
            if own:
                body[key] = _list(chart, own)
        if invoke.auto_forward:
            body["autoForward"] = True
        written.append(body | dict(invoke.extra))
    return written[0] if len(written) == 1 else written


def _list(chart: Chart, transitions: list[Transition]) -> Data:
    written = [write_transition(chart, each) for each in transitions]
    return written[0] if len(written) == 1 else written


def _targets(chart: Chart, transition: Transition) -> Data:
    texts: list[Data] = [spell_target(chart, transition, target) for target in transition.targets]
    return texts[0] if len(texts) == 1 else texts


def write_transition(chart: Chart, transition: Transition) -> Data:
    """A target alone, a mapping for more, null for what only forbids."""
    body: Plain = {}
    if transition.targets:
        body["target"] = _targets(chart, transition)
    if transition.guard is not None:
        body["guard"] = write_guard(transition.guard, speller(chart))
    if transition.actions:
        body["actions"] = write_actions(transition.actions, speller(chart))
    if transition.internal != _is_internal_by_spelling(body.get("target")):
        body["internal"] = transition.internal
    if transition.description is not None:
        body["description"] = transition.description
    if transition.meta is not None:
        body["meta"] = transition.meta
    body |= dict(transition.extra)
    if not body:
        return None
    if list(body) == ["target"]:
        return body["target"] if isinstance(body["target"], str) else body
    return body


def _is_internal_by_spelling(target: Data) -> bool:
    texts = target if isinstance(target, list) else [target]
    return target is not None and all(str(text).startswith(".") for text in texts)


def paths_of(chart: Chart) -> dict[str, tuple[str, ...]]:
    """The path of keys of every state, by id."""
    return {state.id: queries.keys(chart, state.id) for state in chart.states.values()}
