"""Machine: an immutable index of a chart, made once for a run; states are numbers in document order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from editor.engine import http
from editor.engine.ask import GuardCode, compile_guard
from editor.engine.delays import DelayCode, compile_arming, compile_delay
from editor.engine.entry import Entry, domain
from editor.engine.evaluate import Evaluator
from editor.engine.kept import Kept
from editor.engine.language import Language, evaluator_of, language_of, require
from editor.engine.payloads import compile_datum, compile_payload, read_source
from editor.engine.perform import ActionCode, compile_actions
from editor.engine.plan import Plan, PlanKey, make_plan
from editor.engine.reply import Reply, Rows, responding
from editor.engine.select import descriptors, rank, token_rank
from editor.errors import ExpressionError, RunError
from editor.model import queries, walk
from editor.model.chart import Chart
from editor.model.elements import (
    Data,
    Invoke,
    Script,
    State,
    StateKind,
    Transition,
    TriggerKind,
    is_unresolved,
    unresolved_text,
)
from editor.model.surroundings import Surroundings

if TYPE_CHECKING:
    from editor.engine.snapshot import Snapshot
    from editor.engine.step import Stepper


_MOST_INVOKED = 100


class Rule:
    """A compiled transition; guards, actions and delays are compiled when they are first needed.

    `descriptor` is what of an event it matches, `descriptors` the parts of it; `key` the private event of its delay,
    and `event` what that is called.

    `domain` is the state it does not leave (-1: it changes none), `leaves` what lies below that, `enters` what it
    enters (-1: that depends on a history), `pseudo` the initial transitions with actions on the way.
    `alone` is the set of it and no other.
    `strays`: it leads to a history with a default elsewhere, so that its domain depends on what is remembered.
    """

    def __init__(self, machine: Machine, record: Transition, source: int) -> None:
        self._machine = machine
        self.record = record
        self.id = record.id
        self.source = source
        self.targets = tuple(machine.index[target] for target in record.targets)
        self.descriptor = ""
        self.descriptors: tuple[str, ...] = ()
        self.key = ""
        self.event = ""
        self.domain = -1
        self.leaves = 0
        self.enters = 0
        self.pseudo: dict[int, list[Rule]] = {}
        self.strays = False
        self.alone: tuple[Rule, ...] = (self,)

    @cached_property
    def guard(self) -> GuardCode | None:
        """The compiled guard; None for none."""
        return None if self.record.guard is None else compile_guard(self.record.guard, self._machine)

    @cached_property
    def codes(self) -> tuple[ActionCode, ...]:
        """The compiled actions."""
        return compile_actions(self.record.actions, self._machine)

    @cached_property
    def delay(self) -> DelayCode:
        """The compiled delay of a delayed transition."""
        return compile_delay(self.record.trigger.text, self._machine)


class Machine:
    """States by index in document order: parents come before children, so an ancestor is always smaller.

    A set of states is an integer mask with the bit of each index. Nothing that can be seen ever changes.
    """

    def __init__(
        self,
        chart: Chart,
        evaluator: Evaluator | None = None,
        surroundings: Surroundings | None = None,
        *,
        has_http: bool = False,
        served_at: str = "",
    ) -> None:
        order = list(queries.document_order(chart))
        self.info = chart.info
        conventions = chart.info.conventions
        self.surroundings = surroundings
        self.has_http = has_http or bool(served_at)
        self.served_at = served_at
        self.has_sessions = conventions.has_sessions
        self.keeps_last = conventions.keeps_last
        self.keeps_source = conventions.keeps_source
        self.keeps_parallel = conventions.keeps_parallel
        self.rank = token_rank if conventions.by_token else rank
        self.evaluator: Evaluator = evaluator or evaluator_of(chart.info.language)
        if conventions.has_sessions:
            self.language: Language = language_of(chart.info.language)
            self.evaluator = self.language
        self.guards = dict(chart.info.guards)
        self.actions = dict(chart.info.actions)
        self.delays = dict(chart.info.delays)
        self.states: tuple[State, ...] = tuple(order)
        self.index = {state.id: place for place, state in enumerate(order)}
        self.scripts: dict[str, str] = {}
        self._invoked: dict[tuple[str, str], Machine] = {}
        self._add_tree(chart)
        self._add_kinds()
        self._add_names(chart)
        self._add_rules(chart)
        self._add_actions()
        self._add_kept()

    @staticmethod
    def from_chart(
        chart: Chart,
        evaluator: Evaluator | None = None,
        surroundings: Surroundings | None = None,
        *,
        has_http: bool = False,
        served_at: str = "",
    ) -> Machine:
        """Compile a chart; `surroundings` reads the files that it names, `has_http`: sessions may use Basic HTTP.

        `served_at` is the address below which a server takes events in for them, where there is one.

        Raises:
            RunError: a target names nothing, there are no states, or nothing evaluates its language.
        """
        for transition in chart.transitions.values():
            for target in transition.targets:
                if is_unresolved(target):
                    text = unresolved_text(target)
                    raise RunError(
                        f"The target “{text}” names no state. Correct it before running the machine."
                    )
        if not any(not child.kind.is_history for child in chart.children(chart.root_id)):
            raise RunError("The machine has no states to run. Add one.")
        if evaluator is None:
            require(chart)
        machine = Machine(chart, evaluator, surroundings, has_http=has_http, served_at=served_at)
        if machine.has_sessions:
            machine._add_scripts(chart)
        return machine

    # compiling

    def _add_scripts(self, chart: Chart) -> None:
        """Read the scripts that stand in files; without one of them there is no machine (SCXML, 5.8)."""
        for _, action in walk.Inside(chart).actions:
            if isinstance(action, Script) and action.src is not None:
                try:
                    self.scripts[action.src] = read_source(self, action.src)
                except ExpressionError as error:
                    raise RunError(f"The machine needs a script that is not there: {error}") from None

    def _add_tree(self, chart: Chart) -> None:
        order, index = self.states, self.index
        self.parents = [index[state.parent] if state.parent is not None else -1 for state in order]
        self.real: list[tuple[int, ...]] = [
            tuple(index[child.id] for child in chart.children(state.id) if not child.kind.is_history)
            for state in order
        ]
        self.ancestors: list[tuple[int, ...]] = []
        self.below: list[int] = [0] * len(order)
        for parent in self.parents:
            self.ancestors.append((parent, *self.ancestors[parent]) if parent >= 0 else ())
        for place in range(len(order) - 1, 0, -1):
            self.below[self.parents[place]] |= self.below[place] | 1 << place

    def _add_kinds(self) -> None:
        self.is_parallel = [state.kind is StateKind.PARALLEL for state in self.states]
        self.is_history = [state.kind.is_history for state in self.states]
        self.is_deep = [state.kind is StateKind.DEEP_HISTORY for state in self.states]
        self.is_final = [state.kind is StateKind.FINAL for state in self.states]
        pairs = zip(self.real, self.is_history, strict=True)
        self.atomic_mask = _mask(place for place, (real, past) in enumerate(pairs) if not real and not past)
        self.final_mask = _mask(place for place, final in enumerate(self.is_final) if final)
        parents = {self.parents[place] for place, past in enumerate(self.is_history) if past}
        self.history_parents = sorted(parents)
        self.history_mask = _mask(parents)

    def _add_names(self, chart: Chart) -> None:
        names = [""]
        for place, state in enumerate(self.states[1:], 1):
            above = names[self.parents[place]]
            names.append(f"{above}.{state.key}" if above else state.key)
        self.names = names
        self.own_names = [state.declared_id or state.key for state in self.states]
        self.done_ids = [state.declared_id or names[place] for place, state in enumerate(self.states)]
        self._by_name: dict[str, int] = {}
        for place, name in enumerate(names[1:], 1):
            if name in self._by_name:  # keys with dots: the longest key is matched first
                self._by_name[name] = self.index[queries.find_path(chart, name) or self.states[place].id]
            else:
                self._by_name[name] = place
        self._by_declared = {
            state.declared_id: place
            for place, state in reversed(list(enumerate(self.states)))
            if state.declared_id
        }

    def _add_rules(self, chart: Chart) -> None:
        self.rules: list[tuple[Rule, ...]] = []
        self.always: list[tuple[Rule, ...]] = []
        self.after: list[tuple[Rule, ...]] = []
        self.initial: list[Rule | None] = []
        self.default: list[Rule | None] = []
        self.by_key: dict[str, tuple[Rule, ...]] = {}
        self.key_events: dict[str, str] = {}
        for place, state in enumerate(self.states):
            rules = [self._rule(place, transition) for transition in chart.outgoing(state.id)]
            of: dict[TriggerKind, list[Rule]] = {}
            for rule in rules:
                of.setdefault(rule.record.trigger.kind, []).append(rule)
                if rule.key:
                    self.key_events[rule.key] = rule.event
                    self.by_key[rule.key] = (*self.by_key.get(rule.key, ()), rule)
            self.rules.append(tuple(rule for rule in rules if rule.descriptor))
            self.always.append(tuple(of.get(TriggerKind.ALWAYS, ())))
            self.after.append(tuple(of.get(TriggerKind.AFTER, ())))
            self.initial.append(next(iter(of.get(TriggerKind.INITIAL, ())), None))
            self.default.append(next(iter(of.get(TriggerKind.DEFAULT, ())), None))
        for group in (*self.rules, *self.always, *self.after):
            for rule in group:
                self._add_way(rule)
        by_token = self.info.conventions.by_token
        self.by_descriptor: dict[str, int] = {}
        for place, group in enumerate(self.rules):
            for rule in group:
                rule.descriptors = descriptors(rule.descriptor) if by_token else (rule.descriptor,)
                for each in rule.descriptors:
                    self.by_descriptor[each] = self.by_descriptor.get(each, 0) | 1 << place
        self.by_pattern = {
            text: mask for text, mask in self.by_descriptor.items() if by_token or text.endswith("*")
        }
        self.always_mask = _mask(place for place, group in enumerate(self.always) if group)
        self.after_mask = _mask(place for place, group in enumerate(self.after) if group)

    def _rule(self, place: int, transition: Transition) -> Rule:
        rule = Rule(self, transition, place)
        kind, text = transition.trigger.kind, transition.trigger.text
        if kind is TriggerKind.EVENT:
            rule.descriptor = text
        elif kind is TriggerKind.AFTER:
            rule.key = f"after:{self.states[place].id}:{text}"
            rule.event = f"after.{text}.{self.names[place]}".rstrip(".")
        elif kind is TriggerKind.DONE:
            rule.descriptor = f"done.state.{self.done_ids[place]}"
        elif kind is TriggerKind.INVOKE_DONE:
            rule.descriptor = f"done.invoke.{self.service_id(place, transition.trigger.invoke)}"
        elif kind is TriggerKind.INVOKE_ERROR:
            rule.descriptor = f"error.platform.{self.service_id(place, transition.trigger.invoke)}"
        return rule

    def _add_way(self, rule: Rule) -> None:
        """What a transition leaves and enters, as far as that is the same each time."""
        rule.domain = domain(self, rule, rule.targets)
        if rule.domain < 0:
            return
        rule.leaves = self.below[rule.domain]
        rule.strays = any(self._strays(target) for target in rule.targets)
        entry = Entry(self, 0, {}, {})
        entry.add(rule.targets, rule.domain)
        rule.enters = entry.wanted if entry.is_static else -1
        rule.pseudo = entry.pseudo

    def _strays(self, place: int) -> bool:
        """Whether a target is a history whose default lies outside of its parent."""
        default = self.default[place] if self.is_history[place] else None
        if default is None:
            return False
        below = self.below[self.parents[place]]
        return any(not below >> target & 1 or self.is_history[target] for target in default.targets)

    def _add_actions(self) -> None:
        states = self.states
        self.exit_mask = _mask(place for place, state in enumerate(states) if state.exit)
        entry_mask = _mask(place for place, state in enumerate(states) if state.entry)
        is_late = self.info.conventions.binds_late
        self.late_mask = _mask(
            place for place, state in enumerate(states) if is_late and place and state.data
        )
        self.busy_mask = entry_mask | self.after_mask | self.final_mask | self.late_mask
        self.invoke_mask = _mask(place for place, state in enumerate(states) if state.invokes)

    def _add_kept(self) -> None:
        """What is made when it is first needed."""
        states, names = self.states, self.names
        self.guard_codes: Kept[str, GuardCode] = Kept(lambda name: compile_guard(self.guards[name], self))
        self.action_codes: Kept[str, tuple[ActionCode, ...]] = Kept(
            lambda name: compile_actions(self.actions[name], self)
        )
        self.entries: Kept[int, tuple[ActionCode, ...]] = Kept(
            lambda place: compile_actions(states[place].entry, self)
        )
        self.exits: Kept[int, tuple[ActionCode, ...]] = Kept(
            lambda place: compile_actions(states[place].exit, self)
        )
        self.binding: Kept[int, tuple[ActionCode, ...]] = Kept(
            lambda place: tuple([compile_datum(each, self) for each in states[place].data])
        )
        self.done_data: Kept[int, Callable[[Any], Data]] = Kept(
            lambda place: compile_payload(
                states[place].done_data, self, states[place].output, is_lenient=True
            )
        )
        self._ids: Kept[int, tuple[str, ...]] = Kept(
            lambda mask: tuple([states[place].id for place in self.bits(mask)])
        )
        self._leaf_names: Kept[int, tuple[str, ...]] = Kept(
            lambda active: tuple([names[place] for place in self.bits(active & self.atomic_mask)])
        )
        self.responding: Kept[str, int] = Kept(lambda name: responding(self, name))
        self.plans: Kept[PlanKey, Plan] = Kept(lambda key: make_plan(self, key))
        self.arming: Kept[int, ActionCode] = Kept(lambda place: compile_arming(self.after[place]))
        self.spare: list[Stepper] = []
        self.quiet: list[Stepper] = []
        self.begun: Snapshot | None = None
        self.rows = Rows(self)
        self.nothing = Reply(self, self.rows[0], ())
        self.begin = Reply(self, self.rows[0], ())  # entering the machine answers nothing that was asked
        self.begin.plan = self.plans[0, (), ()]

    # what names mean

    def initial_targets(self, place: int) -> tuple[int, ...]:
        """Where a state begins: all regions, else the targets of its initial transition, else its first child."""
        if self.is_parallel[place]:
            return self.real[place]
        rule = self.initial[place]
        return rule.targets if rule is not None and rule.targets else self.real[place][:1]

    def service_id(self, place: int, uid: str) -> str:
        """The id of an invocation: its own, else the path of its state, a colon and its position."""
        for number, invoke in enumerate(self.states[place].invokes):
            if invoke.uid == uid:
                return invoke.id or f"{self.names[place]}:{number}"
        return f"{self.names[place]}:0"

    def invoke(self, place: int, uid: str) -> Invoke | None:
        """The invocation of a state with this uid."""
        return next((each for each in self.states[place].invokes if each.uid == uid), None)

    def invoked(self, src: str, markup: str) -> Machine:
        """The machine in a file or, without one, in a text.

        Raises:
            EditorError: there is none.
        """
        found = self._invoked.get((src, markup))
        if found is None:
            around = self.surroundings
            if around is None:
                raise RunError(f"“{src or 'The content'}” cannot be read from here.")
            chart = around.machine(src) if src else around.machine_of(markup)
            if len(self._invoked) >= _MOST_INVOKED:
                self._invoked.clear()
            found = self._invoked[src, markup] = Machine.from_chart(
                chart, None, around, has_http=self.has_http, served_at=self.served_at
            )
        return found

    def location(self, session: str) -> str:
        """Where events by HTTP for a session are sent to."""
        return http.location(self.served_at or http.SIMULATED, session)

    # masks and names

    def bits(self, mask: int) -> list[int]:
        """The indices in a mask, in document order."""
        found = []
        while mask:
            low = mask & -mask
            found.append(low.bit_length() - 1)
            mask ^= low
        return found

    def find(self, path: str) -> int:
        """The index a dotted path or `#id` names; -1 for none."""
        if not path.startswith("#"):
            return self._by_name.get(path, -1)
        head = path[1:]
        if head in self._by_declared:
            return self._by_declared[head]
        end = head.rfind(".")
        while end > 0:
            place = self._by_declared.get(head[:end])
            if place is not None:
                above = self.names[place]
                found = self._by_name.get(f"{above}{head[end:]}" if above else head[end + 1 :], -1)
                if found >= 0:
                    return found
            end = head.rfind(".", 0, end)
        return self._by_name.get(head, self._by_name.get(path, -1))

    def leaf_names(self, active: int) -> tuple[str, ...]:
        """The dotted paths of the active leaves."""
        return self._leaf_names[active]

    def ids(self, mask: int) -> tuple[str, ...]:
        """The chart's ids of the states in a mask, in document order."""
        return self._ids[mask]


def _mask(places: Iterable[int]) -> int:
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask
