"""Which elements of two charts are the same: by path, by declared id, else by what they hold and what leads to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from editor.document import insides
from editor.model import labels, queries
from editor.model.chart import Chart
from editor.model.elements import Invoke, State, Transition, TriggerKind

ALIKE = 0.5
"""The share of features that two states have in common, from which on one is taken for the other renamed or moved."""
_COMMON = 16
"""States with the same feature beyond which it says nothing about which is which."""
_ROUNDS = 4
_MANY = 64
"""Transitions of one source, trigger and target beyond which they are paired in their order alone."""


@dataclass(slots=True)
class Match:
    """The ids of the new chart, by those of the old; what is in neither table was removed or added.

    `invokes` has the `uid` of a service in the new chart by the state and the `uid` in the old one.
    """

    states: dict[str, str] = field(default_factory=dict)
    transitions: dict[str, str] = field(default_factory=dict)
    invokes: dict[tuple[str, str], str] = field(default_factory=dict)


def match(old: Chart, new: Chart) -> Match:
    """Pair the elements of two charts, in time that grows with their size."""
    matcher = _Matcher(old, new)
    matcher.descend([(old.root_id, new.root_id)])
    matcher.by_declared_id()
    matcher.by_inside()
    for _ in range(_ROUNDS):
        if not matcher.by_likeness():
            break
    matcher.match_invokes()
    _Transitions(old, new, matcher.found).match()
    return matcher.found


class _Matcher:
    """Pairs of states, growing from the certain to the likely."""

    def __init__(self, old: Chart, new: Chart) -> None:
        self.old = old
        self.new = new
        self.found = Match()
        self.taken: set[str] = set()

    def descend(self, pairs: list[tuple[str, str]]) -> None:
        """Take pairs for the same, and below them all that have the same path."""
        states, taken = self.found.states, self.taken
        while pairs:
            old_id, new_id = pairs.pop()
            if old_id in states or new_id in taken:
                continue
            states[old_id] = new_id
            taken.add(new_id)
            if not self.old.has_children(old_id):
                continue
            keys = {child.key: child.id for child in self.new.children(new_id)}
            pairs += [(child.id, keys[child.key]) for child in self.old.children(old_id) if child.key in keys]

    def _left(self) -> tuple[list[State], list[State]]:
        """The states of both charts that are not paired, in document order."""
        states, taken = self.found.states, self.taken
        if len(states) == len(self.old.states) or len(taken) == len(self.new.states):
            return [], []
        return (
            [state for state in queries.document_order(self.old) if state.id not in states],
            [state for state in queries.document_order(self.new) if state.id not in taken],
        )

    def by_declared_id(self) -> None:
        """Pair the states that declare the same id, where only one in each chart does."""
        old, new = (_unique((each.declared_id, each.id) for each in side) for side in self._left())
        self.descend([(old[name], new[name]) for name in old if name and name in new])

    def by_inside(self) -> None:
        """Pair composites that hold the same: the likest first, where that is clear, and the others in their order."""
        while found := insides.groups(self.old, self.new, self.found.states):
            one, other = ([id for group in found for id in group[side]] for side in (0, 1))
            if any(len(group[0]) > 1 for group in found):
                self._pair_likest([self.old.states[id] for id in one], [self.new.states[id] for id in other])
            for ours, theirs in found:
                left = [id for id in ours if id not in self.found.states]
                self.descend(list(zip(left, (id for id in theirs if id not in self.taken), strict=False)))

    def by_likeness(self) -> bool:
        """Pair states of one kind that are each other's likest beyond doubt; whether there were any."""
        return self._pair_likest(*self._left())

    def _pair_likest(self, left: list[State], right: list[State]) -> bool:
        names = self.found.states
        same = {id: id for id in self.taken}
        ours = [_Look(each, frozenset(_features(self.old, each, names))) for each in left]
        theirs = [_Look(each, frozenset(_features(self.new, each, same))) for each in right]
        likes = _likes(ours, theirs)
        best, back = _best(likes), _best({(there, here): share for (here, there), share in likes.items()})
        pairs = [(here, there) for here, there in best.items() if back.get(there) == here]
        before = len(names)
        self.descend(pairs)
        return len(names) > before

    def match_invokes(self) -> None:
        """Pair the services of paired states: those that are equal, then by what they invoke, then by place."""
        for old_id, new_id in self.found.states.items():
            ours = list(self.old.states[old_id].invokes)
            theirs = list(self.new.states[new_id].invokes)
            for test in (_is_equal, _is_alike, lambda one, other: True):
                for one in list(ours):
                    other = next((each for each in theirs if test(one, each)), None)
                    if other is not None:
                        ours.remove(one)
                        theirs.remove(other)
                        self.found.invokes[old_id, one.uid] = other.uid


def _is_equal(one: Invoke, other: Invoke) -> bool:
    return (one.src, one.id) == (other.src, other.id)


def _is_alike(one: Invoke, other: Invoke) -> bool:
    return one.src == other.src


def _unique(pairs: Iterable[tuple[str | None, str]]) -> dict[str, str]:
    found = [(name, id) for name, id in pairs if name]
    counts = Counter(name for name, _ in found)
    return {name: id for name, id in found if counts[name] == 1}


def _features(chart: Chart, state: State, known: Mapping[str, str]) -> Iterator[Hashable]:
    """What tells a state from others; states that are paired are called by their new id, others by their key."""

    def name(id: str) -> str:
        if id in known:
            return f"#{known[id]}"
        return chart.states[id].key if id in chart.states else id

    if state.parent is not None:
        yield "in", name(state.parent)
    for word, actions in (("entry", state.entry), ("exit", state.exit)):
        if actions:
            yield word, labels.actions_text(actions)
    for invoke in state.invokes:
        yield "invoke", invoke.src
    for tag in state.tags:
        yield "tag", tag
    if state.description:
        yield "description", state.description
    for transition in chart.outgoing(state.id):
        trigger = transition.trigger
        yield "out", trigger.kind, trigger.text, tuple(name(each) for each in transition.targets)
    for transition in chart.incoming(state.id):
        if transition.source != state.id:
            yield "into", transition.trigger.kind, transition.trigger.text, name(transition.source)
    for child in chart.children(state.id):
        yield "child", child.kind, child.key


@dataclass(frozen=True, slots=True)
class _Look:
    """A state with what tells it from others, its name left out."""

    state: State
    features: frozenset[Hashable]

    def likeness(self, other: _Look) -> float:
        """The share of features that both have, the name one of them where it is the same; 0 for other kinds.

        Another name is no sign that it is something else: it may have been renamed.
        """
        if self.state.kind is not other.state.kind:
            return 0.0
        named = self.state.key == other.state.key
        shared = len(self.features & other.features) + named
        return shared / (len(self.features | other.features) + named) if shared > 1 else 0.0


def _likes(ours: Iterable[_Look], theirs: Iterable[_Look]) -> dict[tuple[str, str], float]:
    """How like two states are, for those that share a name or a feature which is not common."""
    holders: dict[Hashable, list[_Look]] = {}
    for look in theirs:
        for feature in (look.state.key, *look.features):
            holders.setdefault(feature, []).append(look)
    found: dict[tuple[str, str], float] = {}
    for look in ours:
        for feature in (look.state.key, *look.features):
            near = holders.get(feature, ())
            for other in near if len(near) <= _COMMON else ():
                pair = (look.state.id, other.state.id)
                if pair not in found:
                    found[pair] = look.likeness(other)
    return {pair: share for pair, share in found.items() if share >= ALIKE}


def _best(likes: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """For each the other that is more like it than all the rest; none where two are equally so."""
    found: dict[str, tuple[float, str]] = {}
    for (here, there), share in likes.items():
        before = found.get(here, (0.0, ""))
        if share > before[0]:
            found[here] = (share, there)
        elif share == before[0]:
            found[here] = (share, "")
    return {here: there for here, (_, there) in found.items() if there}


class _Transitions:
    """Pairs of transitions, by what they have in common: from all of it down to their source alone."""

    def __init__(self, old: Chart, new: Chart, found: Match) -> None:
        self.found = found
        self.ours = self._gather(old, is_old=True)
        self.theirs = self._gather(new, is_old=False)

    def _gather(self, chart: Chart, *, is_old: bool) -> list[_Known]:
        states, invokes = self.found.states, self.found.invokes
        made: list[_Known] = []
        for state in queries.document_order(chart):
            source: str | None = states.get(state.id) if is_old else state.id
            for each in chart.outgoing(state.id):
                trigger, targets = each.trigger, each.targets
                service = trigger.invoke
                if is_old:
                    service = invokes.get((state.id, service), f"-{service}") if service else ""
                    targets = tuple(
                        [states.get(id, id if id.startswith("?") else f"-{id}") for id in targets]
                    )
                made.append(_Known(each, source, (trigger.kind, trigger.text, service), targets))
        return made

    def match(self) -> None:
        """Fill the table."""
        self._pair(lambda each: (each.source, each.trigger, each.targets), prefer_equal=True)
        self._pair(lambda each: (each.source, each.trigger))
        self._pair(lambda each: (each.source, each.targets, each.is_pseudo) if each.targets else None)
        self._pair_moved()

    def _pair(self, key: Callable[[_Known], Hashable], *, prefer_equal: bool = False) -> None:
        """Pair what has the same key, in document order; what is equal in guard and actions too comes first."""
        waiting: dict[Hashable, list[_Known]] = {}
        for each in self.theirs:
            waiting.setdefault(key(each), []).append(each)
        rest: list[_Known] = []
        later: list[tuple[_Known, list[_Known]]] = []
        for each in self.ours:
            name = key(each) if each.source is not None else None
            there = waiting.get(name) if name is not None else None
            if not there:
                rest.append(each)
            elif len(there) == 1 and not prefer_equal:
                self._take(each, there.pop())
            else:
                later.append((each, there))
        if prefer_equal:
            later = [(each, there) for each, there in later if not self._take_equal(each, there)]
        for each, there in later:
            if there:
                self._take(each, there.pop(0))
            else:
                rest.append(each)
        self.ours = rest
        self.theirs = [each for group in waiting.values() for each in group]

    def _take_equal(self, one: _Known, group: list[_Known]) -> bool:
        if len(group) > _MANY:
            return False
        for place, other in enumerate(group):
            if (one.record.guard, one.record.actions) == (other.record.guard, other.record.actions):
                self._take(one, group.pop(place))
                return True
        return False

    def _pair_moved(self) -> None:
        """Pair what begins in another state now but is the only one with its trigger and targets."""
        ours, theirs = (_alone(side) for side in (self.ours, self.theirs))
        for key, each in ours.items():
            if key in theirs and not each.is_pseudo:
                self._take(each, theirs[key])

    def _take(self, one: _Known, other: _Known) -> None:
        self.found.transitions[one.record.id] = other.record.id


def _alone(side: list[_Known]) -> dict[Hashable, _Known]:
    counts = Counter((each.trigger, each.targets) for each in side)
    return {
        (each.trigger, each.targets): each
        for each in side
        if each.targets and counts[each.trigger, each.targets] == 1
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """A transition in terms of the new chart; without a source where that was removed."""

    record: Transition
    source: str | None
    trigger: tuple[TriggerKind, str, str]
    targets: tuple[str, ...]

    @property
    def is_pseudo(self) -> bool:
        return self.record.is_pseudo
