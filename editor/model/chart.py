"""Chart: what the document means, as tables of records with one door for writing; knows no files and no picture."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from editor.errors import ChartError
from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange, inverse
from editor.model.elements import ROOT, Info, State, Transition, is_unresolved

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_Rank = tuple[float, str]


class Chart:
    """States and transitions by id. Invariant: one root, parents form a tree, both ends of a transition exist.

    Only `apply` writes, and it does all of its changes or none.
    """

    def __init__(self, root: State | None = None) -> None:
        first = root or State(id=ROOT, parent=None, key="machine")
        if first.parent is not None:
            raise ChartError("The root state cannot have a parent.")
        self.root_id = first.id
        self.info = Info()
        self._states: dict[str, State] = {first.id: first}
        self._transitions: dict[str, Transition] = {}
        self._children: dict[str, list[_Rank]] = {}
        self._outgoing: dict[str, list[_Rank]] = {}
        self._incoming: dict[str, dict[str, None]] = {}
        self._next = 1
        self.version = 0

    @classmethod
    def of(
        cls, states: Iterable[State], transitions: Iterable[Transition] = (), info: Info | None = None
    ) -> Chart:
        """A chart of whole tables, the root first and parents before children; all at once, so without changes.

        Raises:
            ChartError: they are not a chart.
        """
        records = iter(states)
        chart = cls(next(records, None))
        chart.info = info or chart.info
        chart._fill_states(records)
        chart._fill_transitions(transitions)
        # as many ids may have been given already, and one that is gone means nothing else later
        chart._next = len(chart._states) + len(chart._transitions)
        return chart

    def _fill_states(self, states: Iterable[State]) -> None:
        table, children = self._states, self._children
        for state in states:
            id, parent = state.id, state.parent
            # a parent that was there before cannot lie inside its child
            if parent is None or parent not in table or id in table:
                raise ChartError(f"State “{state.key}” has no parent before it, or stands twice.")
            table[id] = state
            if parent in children:
                children[parent].append((state.order, id))
            else:
                children[parent] = [(state.order, id)]
        for ranks in children.values():
            ranks.sort()

    def _fill_transitions(self, transitions: Iterable[Transition]) -> None:
        table, outgoing, incoming = self._transitions, self._outgoing, self._incoming
        for transition in transitions:
            id, source = transition.id, transition.source
            self._check_transition(transition)
            if id in table:
                raise ChartError("A transition stands twice.")
            table[id] = transition
            if source in outgoing:
                outgoing[source].append((transition.order, id))
            else:
                outgoing[source] = [(transition.order, id)]
            for target in transition.targets:
                if target in incoming:
                    incoming[target][id] = None
                else:
                    incoming[target] = {id: None}
        for ranks in outgoing.values():
            ranks.sort()

    @property
    def root(self) -> State:
        """The machine itself, as a state."""
        return self._states[self.root_id]

    @property
    def states(self) -> Mapping[str, State]:
        """All states by id, the root among them; in no order (see `queries.document_order`)."""
        return MappingProxyType(self._states)

    @property
    def transitions(self) -> Mapping[str, Transition]:
        """All transitions by id, in no order."""
        return MappingProxyType(self._transitions)

    def children(self, id: str) -> list[State]:
        """The direct children, in document order."""
        states = self._states
        return [states[child] for _, child in self._children.get(id, ())]

    def has_children(self, id: str) -> bool:
        """Whether the state is a composite."""
        return bool(self._children.get(id))

    def outgoing(self, id: str) -> list[Transition]:
        """The transitions that a state is the source of, in document order."""
        transitions = self._transitions
        return [transitions[each] for _, each in self._outgoing.get(id, ())]

    def incoming(self, id: str) -> list[Transition]:
        """The transitions that target a state."""
        return [self._transitions[each] for each in self._incoming.get(id, ())]

    def ancestors(self, id: str) -> Iterator[State]:
        """The proper ancestors, innermost first, the root last."""
        parent = self._states[id].parent
        while parent is not None:
            state = self._states[parent]
            yield state
            parent = state.parent

    def fresh_id(self, prefix: str) -> str:
        """An id that is not taken and was not given before."""
        while True:
            id = f"{prefix}{self._next}"
            self._next += 1
            if id not in self._states and id not in self._transitions:
                return id

    @property
    def graph(self) -> MultiDiGraph[str]:
        """A read-only networkx view: a vertex per state (`state=`), an edge per transition and target (`transition=`).

        networkx takes longer to import than the rest of the editor together, so it is loaded when first asked for.
        """
        from editor.model.graph import read_only_graph  # noqa: PLC0415

        return read_only_graph(self)

    def copy(self) -> Chart:
        """An independent chart of the same records."""
        other = Chart(self.root)
        other.info = self.info
        other._states = dict(self._states)
        other._transitions = dict(self._transitions)
        other._children = {id: list(ranks) for id, ranks in self._children.items()}
        other._outgoing = {id: list(ranks) for id, ranks in self._outgoing.items()}
        other._incoming = {id: dict(each) for id, each in self._incoming.items()}
        other._next = self._next
        return other

    def apply(self, changes: Iterable[AnyChange]) -> None:
        """Make all changes of states, transitions and info, whatever their order, or none of them.

        Raises:
            ChartError: the result would not be a chart; nothing was changed.
        """
        wanted = [each for each in changes if isinstance(each, StateChange | TransitionChange | InfoChange)]
        if not wanted:
            return
        done: list[AnyChange] = []
        try:
            for change in _in_safe_order(wanted):
                self._expect_old(change)
                self._put(change)
                done.append(change)
            self._check(wanted)
        except ChartError:
            for undone in inverse(done):
                self._put(undone)
            raise
        self.version += 1

    def _expect_old(self, change: AnyChange) -> None:
        now: object
        if isinstance(change, StateChange):
            now = self._states.get(change.id)
        elif isinstance(change, TransitionChange):
            now = self._transitions.get(change.id)
        else:
            now = self.info
        if now is not change.old and now != change.old:
            raise ChartError("The edit was made for an older version of this element; nothing was changed.")

    def _put(self, change: AnyChange) -> None:
        if isinstance(change, StateChange):
            self._put_state(change.old, change.new)
        elif isinstance(change, TransitionChange):
            self._put_transition(change.old, change.new)
        elif isinstance(change, InfoChange) and change.new is not None:
            self.info = change.new

    def _put_state(self, old: State | None, new: State | None) -> None:
        if old is not None:
            del self._states[old.id]
            if old.parent is not None:
                self._children[old.parent].remove((old.order, old.id))
        if new is not None:
            self._states[new.id] = new
            if new.parent is not None:
                insort(self._children.setdefault(new.parent, []), (new.order, new.id))

    def _put_transition(self, old: Transition | None, new: Transition | None) -> None:
        if old is not None:
            del self._transitions[old.id]
            self._outgoing[old.source].remove((old.order, old.id))
            for target in old.targets:
                self._incoming.get(target, {}).pop(old.id, None)
        if new is not None:
            self._transitions[new.id] = new
            insort(self._outgoing.setdefault(new.source, []), (new.order, new.id))
            for target in new.targets:
                self._incoming.setdefault(target, {})[new.id] = None

    def _check(self, changes: list[StateChange | TransitionChange | InfoChange]) -> None:
        """Check what changed and nothing else, so that a drag costs what it moves."""
        for change in changes:
            if isinstance(change, StateChange):
                self._check_state(change)
            elif isinstance(change, TransitionChange) and change.new is not None:
                self._check_transition(change.new)

    def _check_state(self, change: StateChange) -> None:
        id = change.id
        if change.new is None:
            if id == self.root_id:
                raise ChartError("The machine itself cannot be deleted.")
            if self._children.get(id) or self._outgoing.get(id) or self._incoming.get(id):
                raise ChartError(f"State “{change.old.key if change.old else id}” is still in use.")
            return
        if (change.new.parent is None) != (id == self.root_id):
            raise ChartError("A chart has exactly one root.")
        seen = {id}
        parent = change.new.parent
        while parent is not None:
            if parent not in self._states:
                raise ChartError(f"State “{change.new.key}” has no parent in this chart.")
            if parent in seen:
                raise ChartError(f"State “{change.new.key}” cannot be moved into itself.")
            seen.add(parent)
            parent = self._states[parent].parent

    def _check_transition(self, transition: Transition) -> None:
        states = self._states
        is_whole = transition.source in states
        for target in transition.targets:
            is_whole = is_whole and (target in states or is_unresolved(target))
        if not is_whole:
            raise ChartError("A transition needs a source and targets that exist.")


def _in_safe_order(
    changes: list[StateChange | TransitionChange | InfoChange],
) -> list[StateChange | TransitionChange | InfoChange]:
    """Removals first and additions last, of each table, so that callers need not care about order."""
    return sorted(changes, key=lambda change: 0 if change.new is None else 1)
