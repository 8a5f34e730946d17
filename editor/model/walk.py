"""Walks over what stands inside records: guards, actions, expressions, names, each with the place it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import (
    Action,
    And,
    Assign,
    Block,
    Call,
    Cancel,
    Choose,
    Data,
    Delay,
    Expr,
    Foreach,
    Guard,
    In,
    Info,
    Log,
    Named,
    Not,
    Or,
    Payload,
    Raise,
    Script,
    Send,
    State,
    Transition,
    TriggerKind,
)


class Place:
    """An element and where in its record: a field, and from there keys and positions.

    Made for everything that is walked over and read for the few that are wrong, so it is put together when read.
    """

    __slots__ = ("_above", "_part", "element")

    def __init__(self, element: str, part: str | int, above: Place | None = None) -> None:
        self.element = element
        self._part = part
        self._above = above

    @property
    def field(self) -> str:
        """The field and what follows, parted by dots."""
        return str(self._part) if self._above is None else f"{self._above.field}.{self._part}"

    def at(self, part: str | int) -> Place:
        """The place of what stands below."""
        return Place(self.element, part, self)


def guards_within(guard: Guard) -> Iterator[Guard]:
    """A guard and all its parts, outermost first."""
    yield guard
    if isinstance(guard, And | Or):
        for part in guard.parts:
            yield from guards_within(part)
    elif isinstance(guard, Not):
        yield from guards_within(guard.part)


def names_state(guard: Guard | None) -> bool:
    """Whether a guard asks for a state."""
    return guard is not None and any(isinstance(each, In) for each in guards_within(guard))


def guards_at(place: Place, guard: Guard) -> Iterator[tuple[Place, Guard]]:
    """A guard and all its parts, outermost first, each with its place."""
    yield place, guard
    if isinstance(guard, And | Or):
        word = "and" if isinstance(guard, And) else "or"
        for number, part in enumerate(guard.parts):
            yield from guards_at(place.at(word).at(number), part)
    elif isinstance(guard, Not):
        yield from guards_at(place.at("not"), guard.part)


def actions_within(actions: Iterable[Action]) -> Iterator[Action]:
    """All actions and those inside choices, loops and blocks, in order."""
    for action in actions:
        yield action
        if isinstance(action, Choose):
            for branch in action.branches:
                yield from actions_within(branch.actions)
        elif isinstance(action, Foreach | Block):
            yield from actions_within(action.actions)


def actions_at(place: Place, actions: Iterable[Action], first: int = 0) -> Iterator[tuple[Place, Action]]:
    """All actions and those inside others, in order, each with its place; `first` is the position of the first."""
    for number, action in enumerate(actions, first):
        here = Place(place.element, number, place)
        yield here, action
        if isinstance(action, Choose):
            for choice, branch in enumerate(action.branches):
                yield from actions_at(here.at("choose").at(choice).at("actions"), branch.actions)
        elif isinstance(action, Foreach | Block):
            yield from actions_at(here.at("actions"), action.actions)


def strings(data: Data) -> Iterator[str]:
    """Every string inside plain data, keys left out: the expressions of assign, data, input, output and params."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list):
        for each in data:
            yield from strings(each)
    elif isinstance(data, dict):
        for each in data.values():
            yield from strings(each)


class Inside:
    """What stands inside the records of a chart, in document order, each kind gathered when it is first asked for.

    The chart must not change meanwhile. With `only`, what stands inside these states, their transitions, and the
    machine's own record if its id is among them; then in the order of `only`.
    """

    def __init__(self, chart: Chart, only: Collection[str] | None = None) -> None:
        self.chart = chart
        self._only = only

    @cached_property
    def elements(self) -> list[tuple[State, list[Transition]]]:
        """Every state with its transitions."""
        outgoing = self.chart.outgoing
        if self._only is not None:
            states = self.chart.states
            return [(states[id], outgoing(id)) for id in self._only if id in states]
        return [(state, outgoing(state.id)) for state in queries.document_order(self.chart)]

    @property
    def _infos(self) -> tuple[Info, ...]:
        info = self.chart.info
        return (info,) if self._only is None or info.id in self._only else ()

    @cached_property
    def action_lists(self) -> list[tuple[Place, tuple[Action, ...]]]:
        """Every list of actions: entries, exits, transitions', invocations', the start's, and those that names mean."""
        return list(self._action_lists())

    def _action_lists(self) -> Iterator[tuple[Place, tuple[Action, ...]]]:
        for state, transitions in self.elements:
            if state.entry:
                yield Place(state.id, "entry"), state.entry
            if state.exit:
                yield Place(state.id, "exit"), state.exit
            for number, invoke in enumerate(state.invokes):
                if invoke.finalize:
                    yield Place(state.id, f"invoke.{number}.finalize"), invoke.finalize
            for transition in transitions:
                if transition.actions:
                    yield Place(transition.id, "actions"), transition.actions
        for info in self._infos:
            for name, actions in info.actions:
                yield Place(info.id, f"actions.{name}"), actions
            if info.setup:
                yield Place(info.id, "setup"), info.setup

    @cached_property
    def actions(self) -> list[tuple[Place, Action]]:
        """Every action of every list, and those inside others."""
        found: list[tuple[Place, Action]] = []
        for place, actions in self.action_lists:
            element = place.element
            for number, action in enumerate(actions):
                found.append((Place(element, number, place), action))
                if isinstance(action, Choose | Foreach | Block):
                    found[-1:] = actions_at(place, (action,), number)
        return found

    @cached_property
    def guards(self) -> list[tuple[Place, Guard]]:
        """Every guard: of transitions, in choices, and those that names mean."""
        return list(self._guards())

    def _guards(self) -> Iterator[tuple[Place, Guard]]:
        for _, transitions in self.elements:
            for transition in transitions:
                if transition.guard is not None:
                    yield Place(transition.id, "guard"), transition.guard
        for info in self._infos:
            for name, guard in info.guards:
                yield Place(info.id, f"guards.{name}"), guard
        for place, action in self.actions:
            if isinstance(action, Choose):
                for choice, branch in enumerate(action.branches):
                    if branch.guard is not None:
                        yield place.at("choose").at(choice).at("guard"), branch.guard

    @cached_property
    def guard_parts(self) -> list[tuple[Place, Guard]]:
        """Every guard and all its parts."""
        found: list[tuple[Place, Guard]] = []
        for place, guard in self.guards:
            if isinstance(guard, And | Or | Not):
                found += guards_at(place, guard)
            else:
                found.append((place, guard))
        return found

    @cached_property
    def delays(self) -> list[tuple[Place, Delay]]:
        """Every delay that is used: of `after` and of sends; not the table's own."""
        return list(self._delays())

    def _delays(self) -> Iterator[tuple[Place, Delay]]:
        after = TriggerKind.AFTER
        for _, transitions in self.elements:
            for transition in transitions:
                if transition.trigger.kind is after:
                    yield Place(transition.id, "trigger"), transition.trigger.text
        for place, action in self.actions:
            if isinstance(action, Send) and action.delay is not None:
                yield place.at("delay"), action.delay

    @cached_property
    def delay_meanings(self) -> list[tuple[Place, Delay]]:
        """What the machine's names of delays mean."""
        return [
            (Place(info.id, f"delays.{name}"), delay) for info in self._infos for name, delay in info.delays
        ]

    @cached_property
    def expressions(self) -> list[tuple[Place, str]]:
        """Every text that is an expression for certain; delays are left to `delays`."""
        return list(self._expressions())

    def _expressions(self) -> Iterator[tuple[Place, str]]:
        for place, guard in self.guard_parts:
            if isinstance(guard, Expr):
                yield place.at("expr"), guard.text
            elif isinstance(guard, Named) and guard.params is not None:
                yield from _strings_at(place.at("params"), guard.params)
        for place, action in self.actions:
            yield from _action_texts(place, action)
        for state, _ in self.elements:
            if state.output is not None:
                yield from _strings_at(Place(state.id, "output"), state.output)
            for number, invoke in enumerate(state.invokes):
                yield from _strings_at(Place(state.id, f"invoke.{number}.input"), invoke.input)
                here = Place(state.id, f"invoke.{number}")
                yield from _given_at(here, invoke.src_expr, invoke.type_expr, *_payload_texts(invoke.payload))
            yield from _given_at(Place(state.id, "done_data"), *_payload_texts(state.done_data))
            for number, datum in enumerate(state.data):
                yield from _given_at(Place(state.id, f"data.{number}"), datum.expr)

    @property
    def variables(self) -> Iterator[tuple[Place, str]]:
        """Texts beside the expressions that hold names of variables in other languages than ours: places, scripts."""
        for place, action in self.actions:
            if isinstance(action, Assign):
                yield from ((place.at("assign"), key) for key, _ in action.values)
            elif isinstance(action, Script):
                yield place, action.text
            elif isinstance(action, Foreach):
                yield from _given_at(place, action.item, action.index)
            elif isinstance(action, Send):
                yield from _given_at(place.at("id"), action.id_location)
        for place, delay in (*self.delays, *self.delay_meanings):
            yield place, delay.text if isinstance(delay, Expr) else str(delay)
        for state, _ in self.elements:
            for number, invoke in enumerate(state.invokes):
                yield from _given_at(Place(state.id, f"invoke.{number}"), invoke.id_location)


def _strings_at(place: Place, data: Data) -> Iterator[tuple[Place, str]]:
    pairs = enumerate(data) if isinstance(data, list) else data.items() if isinstance(data, dict) else ()
    if isinstance(data, str):
        yield place, data
    for part, each in pairs:
        if isinstance(each, str):
            yield Place(place.element, part, place), each
        elif isinstance(each, list | dict):
            yield from _strings_at(place.at(part), each)


def _given_at(place: Place, *texts: str | None) -> Iterator[tuple[Place, str]]:
    return ((place, text) for text in texts if text is not None)


def _payload_texts(payload: Payload | None) -> Iterator[str | None]:
    """The expressions of what is passed on."""
    if payload is not None:
        yield from payload.names
        for param in payload.params:
            yield param.expr if param.expr is not None else param.location
        yield payload.content.expr if payload.content is not None else None


def action_texts(action: Action) -> Iterator[str]:
    """Every text of one action that is an expression for certain; those of a choice's parts are left to a walk."""
    return (text for _, text in _action_texts(Place("", ""), action))


def _action_texts(place: Place, action: Action) -> Iterator[tuple[Place, str]]:
    if isinstance(action, Assign):
        yield from _strings_at(place.at("assign"), dict(action.values))
    elif isinstance(action, Raise | Send):
        if action.data is not None:
            yield from _strings_at(place.at("data"), action.data)
        if isinstance(action, Send):
            if isinstance(action.delay, Expr):
                yield place.at("delay").at("expr"), action.delay.text
            texts = (action.event_expr, action.to_expr, action.type_expr, *_payload_texts(action.payload))
            yield from _given_at(place, *texts)
    elif isinstance(action, Cancel):
        yield from _given_at(place, action.id_expr)
    elif isinstance(action, Foreach):
        yield place, action.array
    elif isinstance(action, Log):
        yield from _strings_at(place.at("log"), action.value)
    elif isinstance(action, Call) and action.params is not None:
        yield from _strings_at(place.at("params"), action.params)
