"""Charts of other formats in the words of the native one: what it cannot say is left out, and told of.

Expressions stay in the language they are in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from editor.formats import scxml_attributes
from editor.formats.registry import Notice
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    Assign,
    Block,
    Branch,
    Cancel,
    Choose,
    Conventions,
    Data,
    Datum,
    Extra,
    Foreach,
    Invoke,
    Log,
    Payload,
    Script,
    Send,
    State,
    StateKind,
    Transition,
    TriggerKind,
    is_unresolved,
)

_GROUPS = ("error", "done", "done.state", "done.invoke")
"""Beginnings of events that the engine raises, by which machines wait for any of them."""


def in_own_words(chart: Chart) -> tuple[Chart, tuple[Notice, ...]]:
    """A chart that the native format can hold, with the same ids, and what it does not say any more."""
    if chart.info.conventions == Conventions():
        return chart, ()
    return _Plainer(chart).chart()


class _Plainer:
    """Goes through one chart; `place` is the state or transition whose parts are looked at."""

    def __init__(self, chart: Chart) -> None:
        self.old = chart
        self.place = ""
        self.lost: dict[str, None] = {}

    def lose(self, what: str) -> None:
        self.lost[f"{what} of “{self.place or 'the machine'}” cannot be kept."] = None

    def chart(self) -> tuple[Chart, tuple[Notice, ...]]:
        old = self.old
        states = [self.state(state) for state in queries.document_order(old)]
        transitions = [new for each in old.transitions.values() for new in self.transition(self.kept(each))]
        self.place = ""
        if old.info.setup:
            self.lose("The script at the start")
        context = {datum.id: self.start_value(datum) for datum in old.root.data}
        language = None if old.info.language == "null" else old.info.language
        info = replace(
            old.info,
            context=context or old.info.context,
            setup=(),
            conventions=Conventions(),
            language=language,
        )
        told = [Notice(text) for text in (*self.lost, *_other_meanings(old))]
        return Chart.of(states, transitions, info), tuple(told)

    def start_value(self, datum: Datum) -> Data:
        text = (
            datum.expr
            if datum.expr is not None
            else datum.content.text
            if datum.content is not None
            else "null"
        )
        try:
            value: Data = json.loads(text)
        except ValueError:
            self.place = ""
            self.lose(f"The value that “{datum.id}” begins with")
            return None
        return value

    def state(self, state: State) -> State:
        self.place = queries.dotted_path(self.old, state.id)
        if state.data and state.parent is not None:
            self.lose("The data")
        return replace(
            state,
            entry=self.actions(state.entry),
            exit=self.actions(state.exit),
            invokes=tuple(self.invoke(each) for each in state.invokes),
            output=self.payload(state.done_data) if state.done_data is not None else state.output,
            data=(),
            done_data=None,
            extra=self.extra(state.extra),
        )

    def extra(self, extra: Extra) -> Extra:
        """Without the attributes that only a file in XML has."""
        for name in scxml_attributes.written(extra):
            self.lose(f"The attribute “{name}”")
        return scxml_attributes.others(extra)

    def kept(self, transition: Transition) -> Transition:
        """One that keeps its source as the native format lets it: it enters the initial state, or it enters nothing.

        What that cannot say is told.
        """
        old, source, conventions = self.old, transition.source, self.old.info.conventions
        self.place = queries.dotted_path(old, source)
        targets = transition.targets
        if transition.is_pseudo or source == old.root_id or not targets or any(map(is_unresolved, targets)):
            return transition
        is_parallel = old.states[source].kind is StateKind.PARALLEL
        if conventions.keeps_source and transition.internal and (source in targets or is_parallel):
            initial = queries.initial_transition(old, source)
            children = [child for child in old.children(source) if not child.kind.is_history]
            if targets == (source,) and not children:
                return replace(transition, targets=(), internal=False)
            if targets == (source,) and not is_parallel and (initial is None or not initial.actions):
                inside = initial.targets if initial is not None else (children[0].id,)
                return replace(transition, targets=inside)
            self.lost[f"A transition of “{self.place}” now leaves it, and enters it again."] = None
        elif conventions.keeps_parallel and queries.parallel_between(old, transition) not in (
            None,
            old.root_id,
        ):
            self.lost[f"A transition of “{self.place}” now leaves the parallel state around it, too."] = None
        return transition

    def transition(self, transition: Transition) -> Iterable[Transition]:
        """One for each descriptor, where there can be several."""
        self.place = queries.dotted_path(self.old, transition.source)
        new = replace(
            transition, actions=self.actions(transition.actions), extra=self.extra(transition.extra)
        )
        if transition.trigger.kind is not TriggerKind.EVENT or not self.old.info.conventions.by_token:
            return [new]
        texts = [_event(each) for each in transition.trigger.text.split()] or [transition.trigger.text]
        return [
            replace(
                new,
                id=new.id if not number else f"{new.id}.{number}",
                order=new.order + number / (len(texts) + 1),
                trigger=replace(transition.trigger, text=text),
            )
            for number, text in enumerate(dict.fromkeys(texts))
        ]

    def actions(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        return tuple(new for action in actions for new in self.action(action))

    def action(self, action: Action) -> tuple[Action, ...]:
        if isinstance(action, Block):
            return self.actions(action.actions)
        if isinstance(action, Choose):
            branches = [
                Branch(guard=branch.guard, actions=self.actions(branch.actions)) for branch in action.branches
            ]
            return (Choose(branches=tuple(branches)),)
        if isinstance(action, Script | Foreach):
            self.lose("A script" if isinstance(action, Script) else "A loop")
            return ()
        if isinstance(action, Log):
            return (self.log(action),)
        if isinstance(action, Send):
            return self.send(action)
        if isinstance(action, Cancel) and action.id_expr is not None:
            self.lose("A cancel by an expression")
            return ()
        if isinstance(action, Assign) and action.content is not None:
            text = _quoted(action.content.text.strip())
            return (Assign(values=((action.values[0][0], text),)),)
        return (action,)

    def log(self, action: Log) -> Log:
        if action.label is not None and action.value is None:
            return Log(value=_quoted(action.label))
        if action.label is not None:
            self.lose(f"The label “{action.label}”")
        return Log(value=action.value)

    def send(self, action: Send) -> tuple[Action, ...]:
        if action.event_expr is not None or action.to_expr is not None:
            self.lose("A send whose event or target is an expression")
            return ()
        if action.type_expr is not None or action.type is not None:
            self.lose("The type of a send")
        if action.id_location is not None:
            self.lose("The place where the id of a send is put")
        data = self.payload(action.payload) if action.payload is not None else action.data
        return (Send(event=action.event, to=action.to, delay=action.delay, id=action.id, data=data),)

    def invoke(self, invoke: Invoke) -> Invoke:
        payload = invoke.payload
        if payload is not None and payload.content is not None:
            self.lose("The machine that is written inside an invocation")
            payload = replace(payload, content=None)
        for given, what in (
            (invoke.src_expr, "The expression for what is invoked"),
            (invoke.finalize, "What is done about events of an invocation"),
            (invoke.id_location, "The place where the id of an invocation is put"),
        ):
            if given is not None:
                self.lose(what)
        return Invoke(
            uid=invoke.uid,
            src=invoke.src or invoke.id or "machine",
            id=invoke.id,
            input=self.payload(payload) if payload is not None else invoke.input,
            auto_forward=invoke.auto_forward,
            extra=invoke.extra,
        )

    def payload(self, payload: Payload) -> Data:
        content = payload.content
        if content is not None:
            if content.is_markup:
                self.lose("Markup that is passed on")
                return None
            return content.expr if content.expr is not None else _quoted(" ".join(content.text.split()))
        found: dict[str, Data] = {name: name for name in payload.names}
        found |= {each.name: each.expr if each.expr is not None else each.location for each in payload.params}
        return found or None


def _other_meanings(chart: Chart) -> Iterable[str]:
    """What is meant otherwise in the native format, as far as the chart has any of it."""
    conventions = chart.info.conventions
    if conventions.by_token or conventions.has_sessions:
        yield (
            "Events are matched by their whole names now, the most specific first; "
            "invoked machines are services that answer from outside."
        )
    if conventions.keeps_last and not conventions.has_sessions:
        for id in _histories_from_inside(chart):
            path = queries.dotted_path(chart, id)
            yield f"From inside, “{path}” now stands for what was active before the last change, not the last exit."


def _histories_from_inside(chart: Chart) -> Iterable[str]:
    """The history states that a transition leads to without leaving their parents."""
    found: dict[str, None] = {}
    for transition in chart.transitions.values():
        for target in () if transition.is_pseudo else transition.targets:
            state = chart.states.get(target)
            if state is None or not state.kind.is_history or state.parent is None:
                continue
            is_own = transition.source == state.parent and (
                transition.internal or state.parent == chart.root_id
            )
            if is_own or queries.is_descendant(chart, transition.source, state.parent):
                found[target] = None
    return found


def _event(text: str) -> str:
    while text.endswith((".*", ".")):
        text = text[:-2] if text.endswith(".*") else text[:-1]
    is_group = text in _GROUPS or text.startswith("error.")
    return f"{text}.*" if is_group else text or "*"


def _quoted(text: str) -> str:
    """A text as an expression that gives it."""
    return json.dumps(text, ensure_ascii=False)
