"""How the elements of a chart are called out loud: what each is, where it lies and where it leads, in a few words."""

from __future__ import annotations

from collections.abc import Sequence

from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.elements import State, StateKind, Transition, TriggerKind, is_unresolved, unresolved_text

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_KINDS = {
    StateKind.PARALLEL: "parallel state",
    StateKind.FINAL: "final state",
    StateKind.NORMAL: "state",
}


def count(number: int, word: str, words: str = "") -> str:
    """So many of something, small numbers as words; `words`: what several are called, by default with an s."""
    said = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{said} {word if number == 1 else words or word + 's'}"


def name_of(chart: Chart, id: str) -> str:
    """What a state is called where others speak of it: a history by what it is the history of."""
    if is_unresolved(id):
        return f"“{unresolved_text(id)}”, which is missing"
    state = chart.states[id]
    if state.kind.is_history and state.parent is not None:
        depth = "deep history" if state.kind is StateKind.DEEP_HISTORY else "history"
        return f"the {depth} of {chart.states[state.parent].key}"
    return state.key


def element(chart: Chart, id: str) -> str:
    """The words for a state or a transition; none for what is neither."""
    if id in chart.states:
        return state(chart, chart.states[id])
    return transition(chart, chart.transitions[id]) if id in chart.transitions else ""


def machine(chart: Chart) -> str:
    """The words for the machine as a whole: its name and how large it is."""
    states = len(chart.states) - 1
    arrows = sum(not each.is_pseudo for each in chart.transitions.values())
    return f"Chart {chart.root.key}, {count(states, 'state')}, {count(arrows, 'transition')}"


def state(chart: Chart, state: State) -> str:
    """The words for a state: its name, what it is, where it lies, what is inside, and how many ways lead out of it.

    A history is told by whose it is; regions by what they are regions of.
    """
    parent = chart.states[state.parent] if state.parent is not None else state
    if state.kind.is_history:
        return _sentence([name_of(chart, state.id), _begins(chart, state)])
    parts = []
    if queries.is_region(chart, state.id):
        parts.append(f"Region {state.key} of {parent.key}")
        parts += ["parallel"] if state.kind is StateKind.PARALLEL else []
    else:
        inside = f" in {parent.key}" if parent.parent is not None else ""
        parts += [state.key, _KINDS[state.kind] + inside]
    parts += [_inside(chart, state), _begins(chart, state)]
    out = sum(not each.is_pseudo for each in chart.outgoing(state.id))
    parts.append(count(out, "outgoing", "outgoing") if out else "")
    return ", ".join(part for part in parts if part)


def _inside(chart: Chart, state: State) -> str:
    children = [each for each in chart.children(state.id) if not each.kind.is_history]
    if not children:
        return ""
    return count(len(children), "region") if state.kind is StateKind.PARALLEL else f"{len(children)} inside"


def _begins(chart: Chart, state: State) -> str:
    first = next((each for each in chart.outgoing(state.id) if each.is_pseudo and each.targets), None)
    return f"begins in {_names(chart, first.targets)}" if first is not None else ""


def transition(chart: Chart, transition: Transition) -> str:
    """The words for a transition: what makes it fire, on what condition, from where to where, and what it does."""
    kind = transition.trigger.kind
    if transition.is_pseudo:
        where = name_of(chart, transition.source)
        what = f"beginning of {where}" if kind is TriggerKind.INITIAL else f"beginning in {where}"
        parts = [what, f"to {_names(chart, transition.targets)}" if transition.targets else "leads nowhere"]
    else:
        parts = [_when(chart, transition), _way(chart, transition)]
    if transition.actions:
        parts.append(f"does {labels.actions_text(transition.actions)}")
    return ", ".join(part for part in parts if part)


def _when(chart: Chart, transition: Transition) -> str:
    kind, text = transition.trigger.kind, transition.trigger.text
    words = {
        TriggerKind.EVENT: "on any event" if text == "*" else f"on {text}",
        TriggerKind.AFTER: f"after {text}",
        TriggerKind.DONE: f"when {name_of(chart, transition.source)} is done",
        TriggerKind.ALWAYS: "always" if transition.guard is None else "",
    }
    if kind in words:
        head = words[kind]
    else:
        end = "is done" if kind is TriggerKind.INVOKE_DONE else "fails"
        head = f"when {labels.service_name(chart, transition)} {end}"
    if transition.guard is None:
        return head
    guard = labels.guard_text(chart, transition.guard)
    if not head:
        return f"when {guard}"
    return f"{head} {'and' if head.startswith('when ') else 'when'} {guard}"


def _way(chart: Chart, transition: Transition) -> str:
    source = name_of(chart, transition.source)
    if transition.is_forbidding:
        return f"nothing happens in {source}"
    if not transition.targets:
        return f"stays in {source}"
    if transition.targets == (transition.source,):
        return f"from {source} to itself"
    return f"from {source} to {_names(chart, transition.targets)}"


def _names(chart: Chart, ids: Sequence[str]) -> str:
    *before, last = [name_of(chart, id) for id in ids]
    return f"{', '.join(before)} and {last}" if before else last


def _sentence(parts: Sequence[str]) -> str:
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]
