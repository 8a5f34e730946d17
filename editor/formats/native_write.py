"""A chart to the plain data of the native format, in its documented order and its shortest forms."""

from __future__ import annotations

from editor.formats.native_keys import ROOT_ORDER
from editor.formats.native_names import Names, Speller
from editor.formats.native_parts import write_actions, write_delay, write_guard
from editor.formats.native_pieces import kept_keys
from editor.formats.native_transitions import write_targets, write_transition
from editor.formats.registry import Notice
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Data, Info, State, StateKind, Transition, TriggerKind

Plain = dict[str, Data]


def write_machine(chart: Chart) -> Plain:
    """The whole machine."""
    speller = Speller(Names(chart))
    found = write_state(speller, chart.root) | write_info(speller, chart.info)
    found.setdefault("states", {})
    ordered: Plain = {key: found[key] for key in ROOT_ORDER if key in found}
    return ordered | {key: value for key, value in found.items() if key not in ordered}


def write_info(speller: Speller, info: Info) -> Plain:
    """The context, the language and the tables."""
    body: Plain = {}
    if info.language is not None:
        body["language"] = info.language
    if info.context is not None:
        body["context"] = info.context
    spell = speller.inside
    if info.guards:
        body["guards"] = {name: write_guard(guard, spell, in_table=True) for name, guard in info.guards}
    if info.actions:
        body["actions"] = {name: write_actions(actions, spell) for name, actions in info.actions}
    if info.delays:
        body["delays"] = {name: write_delay(delay) for name, delay in info.delays}
    if info.services:
        body["services"] = dict(info.services)
    return body


def write_state(speller: Speller, state: State) -> Plain:
    """One state with all below it."""
    chart = speller.chart
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
    if TriggerKind.INITIAL in groups:
        body["initial"] = write_targets(speller, groups[TriggerKind.INITIAL][0])
    if state.invokes:
        body["invoke"] = _invokes(speller, state, groups)
    if state.entry:
        body["entry"] = write_actions(state.entry, speller.inside)
    if state.exit:
        body["exit"] = write_actions(state.exit, speller.inside)
    for kind, key in ((TriggerKind.EVENT, "on"), (TriggerKind.AFTER, "after")):
        if kind in groups:
            body[key] = _table(speller, groups[kind])
    for kind, key in ((TriggerKind.ALWAYS, "always"), (TriggerKind.DONE, "onDone")):
        if kind in groups:
            body[key] = _list(speller, groups[kind])
    children = chart.children(state.id)
    if children:
        body |= _children(speller, children)
    if TriggerKind.DEFAULT in groups:
        body["target"] = write_targets(speller, groups[TriggerKind.DEFAULT][0])
    if state.output is not None:
        body["output"] = state.output
    if state.meta is not None:
        body["meta"] = state.meta
    return body | dict(kept_keys(state))


def _children(speller: Speller, children: list[State]) -> Plain:
    """The states below; a second one of the same name, which is a problem, goes where it is not lost."""
    first: Plain = {}
    second: Plain = {}
    for child in children:
        (second if child.key in first else first)[child.key] = write_state(speller, child)
    return {"states": first, "regions": second} if second else {"states": first}


def _grouped(chart: Chart, state: State) -> dict[TriggerKind, list[Transition]]:
    groups: dict[TriggerKind, list[Transition]] = {}
    for transition in chart.outgoing(state.id):
        groups.setdefault(transition.trigger.kind, []).append(transition)
    return groups


def _table(speller: Speller, transitions: list[Transition]) -> Plain:
    table: dict[str, list[Transition]] = {}
    for transition in transitions:
        table.setdefault(transition.trigger.text, []).append(transition)
    return {text: _list(speller, each) for text, each in table.items()}


def _invokes(speller: Speller, state: State, groups: dict[TriggerKind, list[Transition]]) -> Data:
    written: list[Data] = []
    for invoke in state.invokes:
        body: Plain = {"id": invoke.id} if invoke.id is not None else {}
        body["src"] = invoke.src
        if invoke.input is not None:
            body["input"] = invoke.input
        for kind, key in ((TriggerKind.INVOKE_DONE, "onDone"), (TriggerKind.INVOKE_ERROR, "onError")):
            own = [each for each in groups.get(kind, ()) if each.trigger.invoke == invoke.uid]
            if own:
                body[key] = _list(speller, own)
        if invoke.auto_forward:
            body["autoForward"] = True
        written.append(body | dict(invoke.extra))
    return written[0] if len(written) == 1 else written


def _list(speller: Speller, transitions: list[Transition]) -> Data:
    written = [write_transition(speller, each) for each in transitions]
    return written[0] if len(written) == 1 else written


def losses(chart: Chart) -> tuple[Notice, ...]:
    """What the format has no place for, told before it is lost."""
    return tuple(
        Notice(
            f"{what} of “{queries.dotted_path(chart, transition.source) or 'the machine'}” cannot be kept."
        )
        for transition in chart.transitions.values()
        for what in _lost(chart, transition)
    )


def _lost(chart: Chart, transition: Transition) -> list[str]:
    kind = transition.trigger.kind
    found = []
    if transition.is_pseudo:
        what = "initial" if kind is TriggerKind.INITIAL else "default"
        if transition.guard or transition.actions or transition.description or transition.meta:
            found.append(f"What the {what} transition carries")
        first = next(each for each in chart.outgoing(transition.source) if each.trigger.kind is kind)
        if first is not transition:
            found.append(f"A second {what} transition")
    elif kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
        uids = [invoke.uid for invoke in chart.states[transition.source].invokes]
        if transition.trigger.invoke not in uids:
            found.append("A transition that answers no invocation")
    return found
