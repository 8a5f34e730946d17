"""Questions over a chart that several rooms ask; nothing is changed and nothing is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from editor.model.chart import Chart
from editor.model.elements import State, StateKind, Transition, TriggerKind, is_unresolved


def document_order(chart: Chart, id: str | None = None) -> Iterator[State]:
    """A state and all below it, parents before children, siblings in order; the whole chart by default."""
    stack = [chart.states[chart.root_id if id is None else id]]
    while stack:
        state = stack.pop()
        yield state
        if chart.has_children(state.id):
            stack.extend(reversed(chart.children(state.id)))


def descendants(chart: Chart, id: str) -> list[State]:
    """All states below one, in document order."""
    return [state for state in document_order(chart, id) if state.id != id]


def is_descendant(chart: Chart, id: str, ancestor: str) -> bool:
    """Whether `id` lies properly inside `ancestor`."""
    return any(state.id == ancestor for state in chart.ancestors(id))


def attached(chart: Chart, ids: Iterable[str]) -> list[str]:
    """The transitions that lead into one of some states, or out of it; not those that stay inside of one."""
    found: dict[str, None] = {}
    for id in ids:
        inside = {state.id for state in document_order(chart, id)}
        for state in inside:
            for each in (*chart.outgoing(state), *chart.incoming(state)):
                if not inside.issuperset((each.source, *each.targets)):
                    found[each.id] = None
    return sorted(found)


def lineage(chart: Chart, id: str) -> list[str]:
    """The ids from the root down to the state itself."""
    return [*reversed([state.id for state in chart.ancestors(id)]), id]


def keys(chart: Chart, id: str) -> tuple[str, ...]:
    """The keys from below the root down to the state; empty for the root."""
    return tuple(chart.states[each].key for each in lineage(chart, id)[1:])


def dotted_path(chart: Chart, id: str) -> str:
    """The path of keys from the root's children, as `matches` and scenarios write it; empty for the root."""
    return ".".join(keys(chart, id))


def find_path(chart: Chart, text: str, start: str | None = None) -> str | None:
    """The id of the state a dotted path from the root's children names (or from below `start`); None for none.

    A key with a dot in it is matched before it is split: the longest key first, shorter ones where that leads nowhere.
    """
    fitting = [
        child
        for child in chart.children(chart.root_id if start is None else start)
        if child.key == text or (text.startswith(child.key) and text[len(child.key)] == ".")
    ]
    for child in sorted(fitting, key=lambda child: len(child.key), reverse=True):
        found = child.id if child.key == text else find_path(chart, text[len(child.key) + 1 :], child.id)
        if found is not None:
            return found
    return None


def find_named(chart: Chart, text: str) -> str | None:
    """The id of the state that `matches` and `in` name: a dotted path from the top, or `#id` with a path below it.

    `#` may stand before a path from the top too, and a key may itself begin with it. None for none.
    """
    if text.startswith("#"):
        found = _by_declared(chart, text[1:]) or find_path(chart, text[1:])
        if found is not None:
            return found
    return find_path(chart, text)


def _by_declared(chart: Chart, text: str) -> str | None:
    """The state of an id, the longest that fits, and a path below it."""
    fitting = {
        state.declared_id: state.id
        for state in reversed(list(document_order(chart)))
        if state.declared_id and (state.declared_id == text or text.startswith(f"{state.declared_id}."))
    }
    for name in sorted(fitting, key=len, reverse=True):
        id = fitting[name]
        found = id if name == text else find_path(chart, text[len(name) + 1 :], id)
        if found is not None:
            return found
    return None


def child_by_key(chart: Chart, id: str, key: str) -> State | None:
    """The child with this key; None for none."""
    return next((child for child in chart.children(id) if child.key == key), None)


def common_ancestor(chart: Chart, ids: Sequence[str]) -> str:
    """The innermost state that is each of these or an ancestor of it."""
    lines = [lineage(chart, id) for id in ids]
    common = chart.root_id
    for level in zip(*lines, strict=False):
        if len(set(level)) > 1:
            break
        common = level[0]
    return common


def container(chart: Chart, transition: Transition) -> str:
    """The state inside whose box a transition is drawn, and which its bends are relative to.

    The innermost state around source and targets; the source itself for what leads into it or stays in it
    from its border; its parent for a loop outside of it. The root's own transitions live in the root.
    """
    source = transition.source
    if transition.trigger.kind is TriggerKind.INITIAL:
        return source
    targets = [each for each in transition.targets if not is_unresolved(each)]
    around = common_ancestor(chart, [source, *targets])
    if around == source and all(target == source for target in targets):
        parent = chart.states[source].parent
        return source if parent is None else parent
    return around


def parallel_between(chart: Chart, transition: Transition) -> str | None:
    """The parallel state that is the innermost one around source and targets, and neither: between its regions.

    All of its regions are left and entered then, that of the source and those beside it. None where a transition
    stays within one region.
    """
    targets = [each for each in transition.targets if not is_unresolved(each)]
    if transition.is_pseudo or not targets:
        return None
    if stays(chart, transition):
        return None
    for around in chart.ancestors(transition.source):
        if all(is_descendant(chart, each, around.id) for each in targets):
            return around.id if around.kind is StateKind.PARALLEL else None
    return None


def stays(chart: Chart, transition: Transition) -> bool:
    """Whether a transition with targets does not leave its source (native format, "Transition", `internal`)."""
    source, targets = transition.source, transition.targets
    if not targets or not transition.internal:
        return False
    keeps = chart.info.conventions.keeps_source
    if chart.states[source].kind is StateKind.PARALLEL and not keeps:
        return False
    return all(
        not is_unresolved(each) and ((keeps and each == source) or is_descendant(chart, each, source))
        for each in targets
    )


def initial_transition(chart: Chart, id: str) -> Transition | None:
    """The initial transition of a compound state; None where it is missing."""
    for transition in chart.outgoing(id):
        if transition.trigger.kind is TriggerKind.INITIAL:
            return transition
    return None


def default_transition(chart: Chart, id: str) -> Transition | None:
    """The default transition of a history state; None where it is missing."""
    for transition in chart.outgoing(id):
        if transition.trigger.kind is TriggerKind.DEFAULT:
            return transition
    return None


def is_compound(chart: Chart, id: str) -> bool:
    """Whether one of its children is active while it is: a normal state with children that are not all history."""
    return chart.states[id].kind is StateKind.NORMAL and any(
        not child.kind.is_history for child in chart.children(id)
    )


def is_region(chart: Chart, id: str) -> bool:
    """Whether the state is a region: a direct child of a parallel state, history aside."""
    state = chart.states[id]
    return (
        state.parent is not None
        and not state.kind.is_history
        and chart.states[state.parent].kind is StateKind.PARALLEL
    )


def fresh_key(chart: Chart, parent: str, wanted: str) -> str:
    """`wanted`, or with the smallest number behind it that no sibling has."""
    return free_name(wanted, {child.key for child in chart.children(parent)})


def free_name(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with the smallest number from 2 behind it that is not taken."""
    number, free = 2, wanted
    while free in taken:
        free, number = f"{wanted}{number}", number + 1
    return free


def trigger_list(chart: Chart, transition: Transition) -> list[Transition]:
    """The transitions of the same source and trigger, in evaluation order: guarded alternatives."""
    return [each for each in chart.outgoing(transition.source) if each.trigger == transition.trigger]


def events(chart: Chart) -> list[str]:
    """The event descriptors that transitions wait for, in document order, each once."""
    found: dict[str, None] = {}
    for state in document_order(chart):
        for transition in chart.outgoing(state.id):
            if transition.trigger.kind is TriggerKind.EVENT:
                found[transition.trigger.text] = None
    return list(found)
