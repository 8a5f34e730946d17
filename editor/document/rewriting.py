"""Rewriting what stands inside records: references to states and expressions, wherever they are.

Used when a state goes, is renamed or is moved; records in which nothing changes stay the same objects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from weakref import WeakKeyDictionary

from editor.model import expressions, queries, walk
from editor.model.changes import AnyChange, Changes, InfoChange, StateChange, TransitionChange, net
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    And,
    Assign,
    Block,
    Branch,
    Call,
    Cancel,
    Choose,
    Data,
    Datum,
    Delay,
    Expr,
    Foreach,
    Guard,
    In,
    Info,
    Invoke,
    Log,
    Named,
    Not,
    Or,
    Param,
    Payload,
    Raise,
    Send,
    State,
    Transition,
    Trigger,
    TriggerKind,
)

Meaning = TypeVar("Meaning")


def _same(text: str) -> str:
    return text


def _given(rewritten: Callable[[str], str], text: str | None) -> str | None:
    return None if text is None else rewritten(text)


@dataclass(frozen=True, slots=True)
class Rewriter:
    """What becomes of the reference of an `in` guard, of an expression, and of a key that is assigned.

    And of the descriptor of an event, of the names of guards, actions, delays and services, where they are used and
    where they are given a meaning, of the receiver of an event, and of the id of a send that is cancelled. Each is kept
    where nothing is said.
    """

    reference: Callable[[str], str] = _same
    expression: Callable[[str], str] = _same
    key: Callable[[str], str] = _same
    event: Callable[[str], str] = _same
    guard_name: Callable[[str], str] = _same
    action_name: Callable[[str], str] = _same
    delay_name: Callable[[str], str] = _same
    service_name: Callable[[str], str] = _same
    receiver: Callable[[str], str] = _same
    cancelled: Callable[[str], str] = _same

    def guard(self, guard: Guard) -> Guard:
        """A guard with all its parts."""
        if isinstance(guard, In):
            new = self.reference(guard.state)
            return guard if new == guard.state else In(state=new)
        if isinstance(guard, Expr):
            return self._expr(guard)
        if isinstance(guard, Named):
            name, params = self.guard_name(guard.name), self.data(guard.params)
            is_same = name == guard.name and params == guard.params
            return guard if is_same else Named(name=name, params=params)
        if isinstance(guard, Not):
            return Not(part=self.guard(guard.part))
        parts = tuple(self.guard(part) for part in guard.parts)
        return guard if parts == guard.parts else (And if isinstance(guard, And) else Or)(parts=parts)

    def _expr(self, expr: Expr) -> Expr:
        new = self.expression(expr.text)
        return expr if new == expr.text else Expr(text=new)

    def data(self, data: Data) -> Data:
        """Plain data whose strings are expressions."""
        if isinstance(data, str):
            return self.expression(data)
        if isinstance(data, list):
            return [self.data(each) for each in data]
        if isinstance(data, dict):
            return {key: self.data(each) for key, each in data.items()}
        return data

    def delay(self, delay: Delay | None) -> Delay | None:
        """A delay, which may be an expression."""
        if isinstance(delay, Expr):
            return self._expr(delay)
        return self._delay_text(delay) if isinstance(delay, str) else delay

    def _delay_text(self, text: str) -> str:
        """A delay as written; a bare name is that of a delay, and no expression."""
        return self.delay_name(text) if expressions.is_plain_name(text) else self.expression(text)

    def _meaning(self, delay: Delay) -> Delay:
        """What the name of a delay means: a bare name is a key of the context there, not that of another delay."""
        return (
            self.expression(delay)
            if isinstance(delay, str)
            else self._expr(delay)
            if isinstance(delay, Expr)
            else delay
        )

    def actions(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        """Actions and those inside their choices."""
        new = tuple(self._action(action) for action in actions)
        return actions if new == actions else new

    def _action(self, action: Action) -> Action:
        if isinstance(action, Assign):
            values = ((self.key(key), self.data(value)) for key, value in action.values)
            return replace(action, values=tuple(values))
        if isinstance(action, Send):
            return replace(
                action,
                event=self.event(action.event),
                to=self.receiver(action.to) if action.to is not None else None,
                data=self.data(action.data),
                delay=self.delay(action.delay),
                event_expr=_given(self.expression, action.event_expr),
                to_expr=_given(self.expression, action.to_expr),
                type_expr=_given(self.expression, action.type_expr),
                id_location=_given(self.key, action.id_location),
                payload=self._payload(action.payload),
            )
        if isinstance(action, Raise):
            return replace(action, event=self.event(action.event), data=self.data(action.data))
        if isinstance(action, Call):
            return replace(action, name=self.action_name(action.name), params=self.data(action.params))
        if isinstance(action, Cancel):
            return replace(
                action, id=self.cancelled(action.id), id_expr=_given(self.expression, action.id_expr)
            )
        if isinstance(action, Log):
            return replace(action, value=self.data(action.value))
        if isinstance(action, Choose):
            return Choose(branches=tuple(self._branch(branch) for branch in action.branches))
        if isinstance(action, Foreach):
            return replace(
                action, array=self.expression(action.array), item=self.key(action.item),
                index=_given(self.key, action.index), actions=self.actions(action.actions),
            )  # fmt: skip
        if isinstance(action, Block):
            return replace(action, actions=self.actions(action.actions))
        return replace(action, text=self.expression(action.text))

    def _branch(self, branch: Branch) -> Branch:
        guard = self.guard(branch.guard) if branch.guard is not None else None
        return Branch(guard=guard, actions=self.actions(branch.actions))

    def state(self, state: State) -> State:
        """A state's own actions, services and output."""
        if not (state.entry or state.exit or state.invokes or state.output is not None) and not (
            state.data or state.done_data
        ):
            return state
        new = replace(
            state,
            entry=self.actions(state.entry),
            exit=self.actions(state.exit),
            invokes=tuple(self._invoke(invoke) for invoke in state.invokes),
            output=self.data(state.output),
            data=tuple(self._datum(datum) for datum in state.data),
            done_data=self._payload(state.done_data),
        )
        return state if new == state else new

    def _invoke(self, invoke: Invoke) -> Invoke:
        new = replace(
            invoke, src=self.service_name(invoke.src), input=self.data(invoke.input),
            src_expr=_given(self.expression, invoke.src_expr), type_expr=_given(self.expression, invoke.type_expr),
            id_location=_given(self.key, invoke.id_location), payload=self._payload(invoke.payload),
        )  # fmt: skip
        return replace(new, finalize=self.actions(new.finalize)) if new.finalize else new

    def _datum(self, datum: Datum) -> Datum:
        return replace(datum, id=self.key(datum.id), expr=_given(self.expression, datum.expr))

    def _payload(self, payload: Payload | None) -> Payload | None:
        """What is passed on, under the names that it had: who gets it knows it by these."""
        if payload is None:
            return None
        names = tuple(name for name in payload.names if self.key(name) == name)
        given = (Param(name=name, location=self.key(name)) for name in payload.names if name not in names)
        params = (
            replace(each, expr=_given(self.expression, each.expr), location=_given(self.key, each.location))
            for each in payload.params
        )
        content = payload.content
        if content is not None:
            content = replace(content, expr=_given(self.expression, content.expr))
        return Payload(names=names, params=(*given, *params), content=content)

    def transition(self, transition: Transition) -> Transition:
        """A transition's delay, guard and actions."""
        trigger = self._trigger(transition.trigger)
        if trigger is transition.trigger and transition.guard is None and not transition.actions:
            return transition
        new = replace(
            transition,
            trigger=trigger,
            guard=self.guard(transition.guard) if transition.guard is not None else None,
            actions=self.actions(transition.actions),
        )
        return transition if new == transition else new

    def _trigger(self, trigger: Trigger) -> Trigger:
        """An event's descriptor or a delay; the same object where it stays."""
        text = trigger.text
        if trigger.kind is TriggerKind.AFTER:
            text = self._delay_text(text)
        elif trigger.kind is TriggerKind.EVENT and self.event is not _same:
            text = self.event(text)
        return trigger if text == trigger.text else replace(trigger, text=text)

    def info(self, info: Info) -> Info:
        """The meanings of names."""
        new = replace(
            info,
            guards=_table(info.guards, self.guard_name, self.guard),
            actions=_table(info.actions, self.action_name, self.actions),
            delays=_table(info.delays, self.delay_name, self._meaning),
            services=_table(info.services, self.service_name, _kept),
            setup=self.actions(info.setup),
        )
        return info if new == info else new


def _table(
    table: tuple[tuple[str, Meaning], ...],
    renamed: Callable[[str], str],
    meaning: Callable[[Meaning], Meaning],
) -> tuple[tuple[str, Meaning], ...]:
    """A table of meanings; one keeps its name where there is a meaning under the new one."""
    known = {name for name, _ in table}
    pairs = ((name, renamed(name), meaning(each)) for name, each in table)
    return tuple((name if new in known else new, each) for name, new, each in pairs)


def _kept(data: Data) -> Data:
    return data


def rewritten(chart: Chart, changes: Iterable[AnyChange], rewriter: Rewriter) -> Changes:
    """Changes, and what they leave of the chart rewritten; one change a record."""
    made = tuple(changes)
    states = {each.id: each.new for each in made if isinstance(each, StateChange)}
    transitions = {each.id: each.new for each in made if isinstance(each, TransitionChange)}
    more: list[AnyChange] = []
    for id, state in chart.states.items():
        now = states.get(id, state)
        new_state = rewriter.state(now) if now is not None else None
        if new_state is not now:
            more.append(StateChange(id, now, new_state))
    for id, transition in chart.transitions.items():
        then = transitions.get(id, transition)
        new_transition = rewriter.transition(then) if then is not None else None
        if new_transition is not then:
            more.append(TransitionChange(id, then, new_transition))
    info = rewriter.info(chart.info)
    if info is not chart.info:
        more.append(InfoChange(info.id, chart.info, info))
    return net((*made, *more))


def with_paths(before: Chart, changes: Iterable[AnyChange], ids: Sequence[str]) -> Changes:
    """Changes that rename or move states, with all that names these or what is below by their paths rewritten.

    That are `matches('…')`, and the events that tell of the end of a state or of its services.
    """
    made = net(changes)
    if not ids or not before.info.is_native or not _mentions_paths(before):
        return made
    after = before.copy()
    after.apply(made)
    pairs = [pair for id in ids for pair in _spellings(before, after, id)]
    declared = {state.declared_id for state in before.states.values()}

    def renamed(text: str) -> str:
        if "matches" in text:
            for old, new in pairs:
                text = expressions.rename_path(text, old, new)
        return text

    def heard(text: str) -> str:
        head = next((head for head in _ENDS if text.startswith(head)), "")
        path = text[len(head) :]
        if not head or path in declared:
            return text
        for old, new in pairs:
            if path == old or path.startswith((f"{old}.", f"{old}:")):
                return f"{head}{new}{path[len(old) :]}"
        return text

    return rewritten(before, made, Rewriter(expression=renamed, event=heard)) if pairs else made


_ENDS = ("done.state.", "done.invoke.", "error.platform.")
"""What the events begin with that tell of an end; what has no id of its own is called by its path in them."""


_MENTIONS: WeakKeyDictionary[Chart, tuple[int, bool]] = WeakKeyDictionary()


def _mentions_paths(chart: Chart) -> bool:
    """Whether an expression or an event may name a state; asked at every key when a name is typed, so kept."""
    version, found = _MENTIONS.get(chart, (-1, False))
    if version != chart.version:
        found = any("matches" in text for text in texts(chart)) or any(
            each.trigger.text.startswith(_ENDS) for each in chart.transitions.values()
        )
        _MENTIONS[chart] = (chart.version, found)
    return found


def texts(chart: Chart) -> Iterator[str]:
    """Every text that may be an expression."""
    inside = walk.Inside(chart)
    yield from (text for _, text in inside.expressions)
    for delay in (*(each for _, each in inside.delays), *(each for _, each in chart.info.delays)):
        yield delay.text if isinstance(delay, Expr) else str(delay)


def _spellings(before: Chart, after: Chart, id: str) -> list[tuple[str, str]]:
    """How a state's path may have been written, and how it is written now."""
    old, new = queries.dotted_path(before, id), queries.dotted_path(after, id)
    found = [(old, new), (f"#{old}", f"#{new}")]
    still = {state.id for state in after.ancestors(id)}
    for ancestor in before.ancestors(id):
        name = ancestor.declared_id
        if name is not None:
            own = f"#{name}.{_below(before, ancestor.id, id)}"
            now = f"#{name}.{_below(after, ancestor.id, id)}" if ancestor.id in still else f"#{new}"
            found.append((own, now))
    return [(was, now) for was, now in found if was != now]


def _below(chart: Chart, ancestor: str, id: str) -> str:
    return ".".join(queries.keys(chart, id)[len(queries.keys(chart, ancestor)) :])
