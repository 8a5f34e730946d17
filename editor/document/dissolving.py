"""The planner of taking a state away from around those in it, where the machine goes on doing what it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from editor.document import kinds
from editor.document.ordering import ranked
from editor.document.removal import bends_gone, transition_gone
from editor.document.reparenting import reparenting
from editor.document.rewriting import Rewriter, rewritten
from editor.document.steps import Steps
from editor.document.undo import Edit
from editor.errors import ChartError, ExpressionError
from editor.layout.sizes import Measure
from editor.model import expressions, queries, walk
from editor.model.changes import AnyChange, BoxChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Guard, In, Or, State, StateKind, Transition, TriggerKind, is_unresolved


def dissolve(chart: Chart, diagram: Diagram, id: str, *, measure: Measure) -> tuple[Edit, list[str]]:
    """The children of a state in its place, where they are on the canvas; returns them too.

    What leads to the state leads to where it began; what it answers, each of its children answers. What ran when it
    was entered or left goes to its child where it has but one that is entered and left with it.

    Raises:
        ChartError: the machine would do something else then; with the reason.
    """
    children = [child.id for child in chart.children(id)]
    _refuse(chart, chart.states[id])
    state = chart.states[id]
    parent = state.parent or chart.root_id
    row = [child.id for child in chart.children(parent)]
    start = _start(chart, id)
    steps = Steps(chart, diagram)
    steps.make(rewritten(steps.chart, (), _Spread(id=id, parts=_asked(state, children))))
    steps.make(_led_on(steps.chart, id, start))
    steps.make(_handed_down(steps.chart, diagram, id, children))
    steps.make(reparenting(steps.chart, steps.diagram, children, parent, measure).changes)
    gone: list[AnyChange] = [StateChange(id, steps.chart.states[id], None)]
    box = steps.diagram.boxes.get(id)
    steps.make([*gone, BoxChange(id, box, None)] if box is not None else gone)
    place = row.index(id)
    steps.make(ranked(steps.chart, [*row[:place], *children, *row[place + 1 :]], children))
    lost = [
        word
        for word, value in (("description", state.description), ("tags", state.tags), ("meta", state.meta))
        if value
    ]
    removed = f", removing its {' and '.join(lost)}" if lost else ""
    return steps.edit(f"Dissolve “{state.key}”{removed}"), children


def _asked(state: State, children: list[str]) -> tuple[str, ...]:
    """The states of which one is active while this one is."""
    return tuple(children[:1]) if state.kind is StateKind.PARALLEL else tuple(children)


def _start(chart: Chart, id: str) -> tuple[str, ...]:
    """Where a state begins: the targets that stand for it."""
    initial = queries.initial_transition(chart, id)
    known = [each for each in initial.targets if not is_unresolved(each)] if initial is not None else []
    return tuple(known) or (chart.children(id)[0].id,)


@dataclass(frozen=True, slots=True)
class _Spread(Rewriter):
    """What asks for one state asks for any of others instead."""

    id: str = ""
    parts: tuple[str, ...] = ()

    def guard(self, guard: Guard) -> Guard:
        """A guard with all its parts."""
        if isinstance(guard, In) and guard.state == self.id:
            asked = tuple(In(state=each) for each in self.parts)
            return asked[0] if len(asked) == 1 else Or(parts=asked)
        return Rewriter.guard(self, guard)


def _led_on(chart: Chart, id: str, start: tuple[str, ...]) -> Iterator[TransitionChange]:
    """Transitions that led to the state."""
    for old in chart.incoming(id):
        targets = [each for target in old.targets for each in (start if target == id else (target,))]
        yield TransitionChange(old.id, old, replace(old, targets=tuple(dict.fromkeys(targets))))


def _handed_down(chart: Chart, diagram: Diagram, id: str, children: list[str]) -> list[AnyChange]:
    """What the state does and answers, done and answered by its children."""
    found: list[AnyChange] = []
    state = chart.states[id]
    if state.entry or state.exit:
        only = chart.states[children[0]]
        entry, exit = (*state.entry, *only.entry), (*only.exit, *state.exit)
        found.append(StateChange(only.id, only, replace(only, entry=entry, exit=exit)))
    orders = {child: _next_order(chart, child) for child in children}
    for each in chart.outgoing(id):
        is_never = each.trigger.kind is TriggerKind.DONE and state.kind is StateKind.NORMAL
        if each.trigger.kind is TriggerKind.INITIAL or is_never:
            # nothing in it is final, so that it is never done
            found += transition_gone(diagram, each)
            continue
        for number, child in enumerate(children):
            new = replace(each, source=child, order=orders[child], internal=False)
            orders[child] += 1
            if number:
                new = replace(new, id=chart.fresh_id("t"))
            found.append(TransitionChange(new.id, None if number else each, new))
        if len(children) > 1:
            found += bends_gone(diagram, each.id)
    return found


def _next_order(chart: Chart, id: str) -> float:
    own = chart.outgoing(id)
    return own[-1].order + 1 if own else 0.0


# what stands against it


def _refuse(chart: Chart, state: State) -> None:
    for reason in _reasons(chart, state):
        raise ChartError(reason)


def _reasons(chart: Chart, state: State) -> Iterator[str]:
    """Why a state cannot be dissolved, one after the other."""
    name, children = f"“{state.key}”", chart.children(state.id)
    if state.parent is None:
        yield "The machine itself cannot be dissolved. Select a state with states inside."
        return
    if not children:
        yield f"{name} has no states inside. Delete it instead."
    yield from _of_kind(chart, state, children)
    for child in children:
        if child.kind.is_history:
            yield f"“{child.key}” remembers what was active in {name}. Delete it first."
        if child.kind is StateKind.FINAL:
            yield f"“{child.key}” ends {name}, and would end what is around it. Delete it or move it first."
    if state.invokes or state.data:
        what = "runs a service" if state.invokes else "declares data"
        yield f"{name} {what} as long as it is active. Give that to another state first."
    initial = queries.initial_transition(chart, state.id)
    if initial is not None and initial.actions:
        yield f"The initial transition of {name} has actions. Move them first."
    if _is_chosen_by_order(chart, state):
        around = "The machine" if state.parent == chart.root_id else f"“{chart.states[state.parent].key}”"
        yield f"{around} begins in {name} only as that comes first. Choose where it begins first."
    if _is_mentioned(chart, state.id):
        yield f"An expression asks with “matches” whether {name} is active. Change that expression first."
    yield from _of_deeds(chart, state, children)
    yield from _of_answers(chart, state, children)


def _of_kind(chart: Chart, state: State, children: list[State]) -> Iterator[str]:
    around = chart.states[state.parent or ""]
    name = f"“{state.key}”"
    if state.kind is around.kind or (len(children) == 1 and state.kind is StateKind.PARALLEL):
        if state.kind is StateKind.PARALLEL and len(children) > 1 and _is_used(chart, state.id):
            yield f"Transitions lead to {name} or out of it, and no region can take them over. Move them first."
        return
    if state.kind is StateKind.PARALLEL:
        yield (
            f"{name} is a {kinds.WORDS[state.kind]}: its regions are active at once, and in “{around.key}” only one "
            "state is. Make it an ordinary state first, or merge its regions."
        )
    else:
        yield f"{name} is a region: its states would be regions of “{around.key}” themselves. Dissolve what is inside."


def _is_chosen_by_order(chart: Chart, state: State) -> bool:
    """Whether what is around begins in a state as its first one, and not in the first of those in that state.

    That is so where no initial is named, or a history that has nothing to begin with itself.
    """
    holder = state.parent or ""
    if chart.states[holder].kind is not StateKind.NORMAL:
        return False
    begins = queries.initial_transition(chart, holder)
    named = [each for each in (begins.targets if begins is not None else ()) if each in chart.states]
    is_named = any(not chart.states[each].kind.is_history or chart.outgoing(each) for each in named)
    first = next((each.id for each in chart.children(holder) if not each.kind.is_history), "")
    own = queries.initial_transition(chart, state.id)
    inside = next((each.id for each in chart.children(state.id) if not each.kind.is_history), "")
    return not is_named and first == state.id and own is not None and own.targets != (inside,)


def _is_used(chart: Chart, id: str) -> bool:
    return bool(chart.incoming(id) or chart.outgoing(id))


def _is_mentioned(chart: Chart, id: str) -> bool:
    """Whether an expression names the state itself; what names a state in it follows that."""
    for _, text in walk.Inside(chart).expressions:
        if "matches" not in text:
            continue
        try:
            paths = expressions.parse(text).paths
        except ExpressionError:
            continue
        if any(queries.find_named(chart, path) == id for path in paths):
            return True
    return False


def _of_deeds(chart: Chart, state: State, children: list[State]) -> Iterator[str]:
    """What is done when a state is entered, left or has been active for a while."""
    kinds_of = {each.trigger.kind for each in chart.outgoing(state.id)}
    word = "entry actions" if state.entry else "exit actions" if state.exit else ""
    word = word or ("delayed transitions" if TriggerKind.AFTER in kinds_of else "")
    if not word:
        return
    if len(children) > 1:
        yield (
            f"“{state.key}” has {word}, which count from when it is entered or left as a whole, not each of its "
            "states. Move them to states or transitions first."
        )
    elif _is_entered_alone(chart, state.id, children[0].id):
        yield (
            f"“{state.key}” has {word}, and “{children[0].key}” is also entered anew while it stays active. "
            "Move them first."
        )


def _is_entered_alone(chart: Chart, id: str, child: str) -> bool:
    """Whether the only child of a state may be left and entered while the state is not."""
    for inside in queries.document_order(chart, id):
        for each in chart.outgoing(inside.id):
            if each.trigger.kind is TriggerKind.INITIAL:
                continue
            within = [
                target
                for target in each.targets
                if not is_unresolved(target) and queries.is_descendant(chart, target, id)
            ]
            if child in within or (within and inside.id in (id, child)):
                return True
    return False


def _of_answers(chart: Chart, state: State, children: list[State]) -> Iterator[str]:
    """Events that another transition would answer when those of the state stand beside those of a child."""
    if chart.info.conventions.by_token:
        return
    own = [each for each in chart.outgoing(state.id) if each.trigger.kind is TriggerKind.EVENT]
    for child in children:
        for each in chart.outgoing(child.id):
            if each.trigger.kind is TriggerKind.EVENT and any(_wins(each, other) for other in own):
                yield (
                    f"“{child.key}” answers “{each.trigger.text}” before “{state.key}” answers what is more "
                    "certain than that; in one state the more certain comes first. Change one of them first."
                )


def _wins(wide: Transition, narrow: Transition) -> bool:
    """Whether a descriptor with a star stands for what another one names more closely."""
    head, text = wide.trigger.text.removesuffix("*"), narrow.trigger.text
    return head != wide.trigger.text and text != wide.trigger.text and text.startswith(head)
