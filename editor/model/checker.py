"""Checker: the problems of a chart, kept up to date while it changes by looking at what a change touches.

What one state and its transitions tell is kept by state (a unit) and told anew where the unit or its surroundings
changed. What only the whole chart tells is worked out from kept tables, and not before somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from editor import collecting
from editor.model import queries
from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.closest import Closest
from editor.model.elements import Info, State, Transition
from editor.model.look import Look
from editor.model.problems import Problem, Severity
from editor.model.rules_events import events
from editor.model.rules_names import names
from editor.model.rules_reach import is_stuck, reach
from editor.model.rules_references import references
from editor.model.rules_states import of_state
from editor.model.rules_text import hidden_keys, texts
from editor.model.rules_transitions import of_transitions
from editor.model.uses import Uses, gather
from editor.model.walk import Inside

WORST = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


class Checker:
    """The problems of one chart. Invariant: whoever changes the chart tells it by `note`, after the change."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self._closest: dict[str, Closest] = {}
        self._forget()

    def _forget(self) -> None:
        self._uses = Uses()
        self._of_units: dict[str, tuple[Problem, ...]] = {}
        self._reach: tuple[Problem, ...] | None = None
        self._stuck: dict[str, None] = {}
        self._ranks: dict[str, int] | None = None
        self._touched: dict[str, None] | None = None  # None: everything
        self._found: tuple[Problem, ...] | None = None

    def note(self, changes: Iterable[AnyChange]) -> None:
        """Something changed; nothing is looked at yet."""
        for change in changes:
            if isinstance(change, StateChange):
                self._note_state(change.id, change.old, change.new)
            elif isinstance(change, TransitionChange):
                self._note_transition(change.old, change.new)
            elif isinstance(change, InfoChange):
                self._note_info(change.old, change.new)
            else:
                continue
            self._found = None

    def problems(self) -> tuple[Problem, ...]:
        """All problems of the chart as it is now, in document order, the worst first within an element."""
        if self._found is None:
            with collecting.paused():
                self._look_again()
                self._found = tuple(self._sorted([*self._local(), *self._global()]))
        return self._found

    # what a change touches

    def _touch(self, units: Iterable[str]) -> None:
        if self._touched is not None:
            self._touched.update(dict.fromkeys(units))

    def _note_state(self, id: str, old: State | None, new: State | None) -> None:
        self._touch([id])
        if old is not None and new is not None and _place(old) == _place(new):
            if old.invokes != new.invokes or old.declared_id != new.declared_id:
                self._reach = None
            return
        if old is not None and new is not None and _place(replace(old, key=new.key)) == _place(new):
            if any(each.element == id for each in self._reach or ()):
                self._reach = None  # its name stands in a message
        else:
            self._reach = None
            self._ranks = None
        if self._touched is None:
            return
        for record in (old, new):
            if record is None or record.parent is None or record.parent not in self.chart.states:
                continue
            self._touch([record.parent, *(each.id for each in self.chart.ancestors(record.parent))])
            self._touch(each.id for each in self.chart.children(record.parent))
        if id in self.chart.states:
            for state in queries.document_order(self.chart, id):
                self._touch([state.id, *(each.source for each in self.chart.incoming(state.id))])

    def _note_transition(self, old: Transition | None, new: Transition | None) -> None:
        if old is None or new is None or _way(old) != _way(new):
            self._reach = None
        for record in (old, new):
            if record is None:
                continue
            self._touch([record.source])
            is_same = (
                old is not None
                and new is not None
                and old.source == new.source
                and old.trigger == new.trigger
            )
            if not is_same and record.source in self.chart.states and self._touched is not None:
                self._touch(state.id for state in queries.document_order(self.chart, record.source))

    def _note_info(self, old: Info | None, new: Info | None) -> None:
        if old is None or new is None or (old.language, old.conventions) != (new.language, new.conventions):
            self._forget()
        else:
            self._touch([new.id])

    # looking

    def _look_again(self) -> None:
        chart = self.chart
        if self._touched is None:
            inside = Inside(chart)
            units = [*(state.id for state, _ in inside.elements), chart.info.id]
        else:
            units = list(self._touched)
            inside = Inside(chart, self._touched)
        if not units:
            return
        used = gather(inside)
        found: dict[str, list[Problem]] = {}
        transitions = chart.transitions
        for problem in texts(inside):
            transition = transitions.get(problem.element)
            unit = problem.element if transition is None else transition.source
            found.setdefault(unit, []).append(problem)
        for unit in units:
            own = found.get(unit, [])
            state = chart.states.get(unit)
            self._stuck.pop(unit, None)
            if state is not None:
                outgoing = chart.outgoing(unit)
                if is_stuck(chart, state, outgoing):
                    self._stuck[unit] = None
                own += of_state(chart, state, outgoing)
                if outgoing:
                    own += of_transitions(chart, state, outgoing)
            elif unit == chart.info.id:
                own += hidden_keys(chart)
            if own:
                self._of_units[unit] = tuple(own)
            else:
                self._of_units.pop(unit, None)
            self._uses.put(unit, used.get(unit, []))
        self._touched = {}

    def _local(self) -> Iterator[Problem]:
        for problems in self._of_units.values():
            yield from problems

    def _global(self) -> Iterator[Problem]:
        if self._reach is None:
            self._reach = tuple(reach(self.chart, self._stuck))
        yield from self._reach
        look = Look(self.chart, self._uses, self._rank_table(), self._closest)
        yield from references(look)
        yield from names(look)
        yield from events(look)

    def _rank_table(self) -> dict[str, int]:
        if self._ranks is None:
            order = queries.document_order(self.chart)
            self._ranks = {state.id: place for place, state in enumerate(order)}
        return self._ranks

    def _sorted(self, found: list[Problem]) -> list[Problem]:
        """By the place of the state, then of the transition in it, then the worst first; the rest makes it certain."""
        ranks, transitions = self._rank_table(), self.chart.transitions
        last = len(ranks)

        def key(problem: Problem) -> tuple[object, ...]:
            transition = transitions.get(problem.element)
            if transition is None:
                place: tuple[object, ...] = (ranks.get(problem.element, last), -1, 0.0, "")
            else:
                place = (ranks[transition.source], 0, transition.order, transition.id)
            return (*place, WORST[problem.severity], problem.rule, problem.field, problem.message)

        return sorted(found, key=key)


def _place(state: State) -> tuple[object, ...]:
    """What the rules of other units see of a state."""
    return (state.parent, state.key, state.order, state.kind)


def _way(transition: Transition) -> tuple[object, ...]:
    """What of a transition decides where a run can get to."""
    kind, has_guard = transition.trigger.kind, transition.guard is not None
    return (transition.source, transition.targets, transition.order, kind, has_guard)
