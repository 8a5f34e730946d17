"""Guards, actions and transitions of a file brought to what the chart says now, in the file's own words and forms.

A piece of the file that still reads to the same record is given back as it is, the same object, so that the patch
of the text passes over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from editor.formats.native_keys import ACTION_KEYS, TRANSITION_KEYS
from editor.formats.native_names import Names, Speller
from editor.formats.native_parts import (
    as_text,
    read_action,
    read_actions,
    read_branch,
    read_guard,
    write_action,
    write_actions,
    write_branch,
    write_guard,
)
from editor.formats.native_report import SILENT
from editor.formats.native_transitions import (
    is_internal_by_spelling,
    read_transition,
    target_texts,
    write_targets,
    write_transition,
)
from editor.model.elements import (
    Action,
    And,
    Branch,
    Choose,
    Data,
    Expr,
    Guard,
    In,
    Named,
    Not,
    Or,
    State,
    Transition,
    TriggerKind,
    is_unresolved,
)
from editor.model.sameness import same
from editor.model.walk import names_state

Plain = dict[str, Data]
R = TypeVar("R")


def placed(body: Plain, key: str, value: Data, order: tuple[str, ...]) -> Plain:
    """A mapping with one key set; a new key stands behind those that come before it in `order`."""
    if key in body:
        return {each: value if each == key else old for each, old in body.items()}
    before = order[: order.index(key)] if key in order else order
    place = max((number for number, each in enumerate(body, start=1) if each in before), default=0)
    pairs = list(body.items())
    return dict([*pairs[:place], (key, value), *pairs[place:]])


def without(body: Plain, *keys: str) -> Plain:
    """A mapping without some keys; the same one where it has none of them."""
    if not any(key in body for key in keys):
        return body
    return {each: value for each, value in body.items() if each not in keys}


def with_extra(body: Plain, known: Iterable[str], extra: tuple[tuple[str, Data], ...]) -> Plain:
    """A mapping whose keys that are not known are those of `extra`."""
    wanted = dict(extra)
    body = without(body, *[key for key in body if key not in known and key not in wanted])
    for key, value in wanted.items():
        if key not in body or not same(body[key], value):
            body = {**body, key: value}
    return body


def kept_keys(state: State) -> tuple[tuple[str, Data], ...]:
    """The keys of a state that mean nothing in it; a target means something once it has become a history."""
    return tuple(each for each in state.extra if each[0] != "target" or not state.kind.is_history)


def rebuilt(old: list[Data], items: list[Data]) -> list[Data]:
    """A list; the old one where it holds the same objects."""
    is_same = len(old) == len(items) and all(a is b for a, b in zip(old, items, strict=True))
    return old if is_same else items


def names_states(actions: tuple[Action, ...]) -> bool:
    """Whether a guard inside actions names a state."""
    return bool(actions) and any(
        names_state(branch.guard) or names_states(branch.actions)
        for action in actions
        if isinstance(action, Choose)
        for branch in action.branches
    )


class Pieces:
    """Merges pieces of one chart. `names` are those of the chart as it is now."""

    def __init__(self, names: Names, old_ids: dict[str, str] | None = None) -> None:
        self.names = names
        self.speller = Speller(names, old_ids)

    # lists

    def _items(
        self,
        actual: list[Data],
        new: tuple[R, ...],
        read: Callable[[Data], R | None],
        merge: Callable[[Data, R], Data],
    ) -> list[Data]:
        """The items of a list: those that still read the same are kept, the others are merged with what they were."""
        readings = [read(item) for item in actual]
        free = [place for place, reading in enumerate(readings) if reading is not None]
        origin: dict[int, int] = {}
        for number, each in enumerate(new):
            fits = [place for place in free if same(readings[place], each)]
            if fits:
                origin[number] = number if number in fits else fits[0]
                free.remove(origin[number])
        for number, each in enumerate(new):
            like = [place for place in free if type(readings[place]) is type(each)]
            if number not in origin and like:
                origin[number] = number if number in like else like[0]
                free.remove(origin[number])
        items = [
            merge(actual[origin[number]], each) if number in origin else merge(None, each)
            for number, each in enumerate(new)
        ]
        came = [origin.get(number, -1) for number in range(len(new))]
        for place in reversed([place for place, reading in enumerate(readings) if reading is None]):
            before = [number for number, old in enumerate(came) if 0 <= old < place]
            items.insert(before[-1] + 1 if before else 0, actual[place])
        return rebuilt(actual, items)

    # guards

    def guard(self, actual: Data, new: Guard, *, in_table: bool = False) -> Data:
        """A guard."""
        if actual is not None and same(self._read_guard(actual, in_table), new):
            return actual
        candidate = self._guard(actual, new) if isinstance(actual, dict) else None
        if candidate is not None and same(self._read_guard(candidate, in_table), new):
            return candidate
        return write_guard(new, self.speller.inside, in_table=in_table)

    def _read_guard(self, value: Data, in_table: bool) -> Guard | None:
        return read_guard(value, SILENT, self.names.inside, in_table=in_table)

    def _guard(self, actual: Plain, new: Guard) -> Data:
        """A guard written as a mapping, with the mapping kept where it can be."""
        if isinstance(new, And | Or):
            word = "and" if isinstance(new, And) else "or"
            parts = actual.get(word)
            if not isinstance(parts, list):
                return None
            items = self._items(parts, new.parts, lambda each: self._read_guard(each, False), self.guard)
            return {**actual, word: items}
        if isinstance(new, Not) and "not" in actual:
            return {**actual, "not": self.guard(actual["not"], new.part)}
        if isinstance(new, In) and "in" in actual:
            return {**actual, "in": self.speller.inside(new.state, as_text(actual["in"]) or "")}
        if isinstance(new, Expr) and "expr" in actual:
            return {**actual, "expr": new.text}
        if isinstance(new, Named) and "type" in actual:
            body = {**actual, "type": new.name}
            return {**body, "params": new.params} if new.params is not None else without(body, "params")
        return None

    # actions

    def actions(self, actual: Data, new: tuple[Action, ...]) -> Data:
        """Actions: a list stays a list."""
        if actual is None:
            return write_actions(new, self.speller.inside)
        if same(read_actions(actual, SILENT, self.names.inside), new):
            return actual
        old: list[Data] = actual if isinstance(actual, list) else [actual]
        items = self._items(old, new, self._read_action, self._action)
        return items[0] if not isinstance(actual, list) and len(items) == 1 else items

    def _read_action(self, value: Data) -> Action | None:
        return read_action(value, SILENT, self.names.inside)

    def _action(self, actual: Data, new: Action) -> Data:
        if actual is not None and same(self._read_action(actual), new):
            return actual
        written = write_action(new, self.speller.inside)
        if not isinstance(actual, dict):
            return written
        kind = next((key for key in actual if key in ACTION_KEYS), "")
        body: Plain = written if isinstance(written, dict) else {"type": written}
        if kind not in body:
            return written
        known = (kind, *ACTION_KEYS[kind])
        merged = without(actual, *[key for key in known if key not in body])
        for key, value in body.items():
            if isinstance(new, Choose):
                given = actual["choose"]
                branches: list[Data] = given if isinstance(given, list) else [given]
                value = list(self._items(branches, new.branches, self._read_branch, self._branch))
            if key not in merged or not same(merged[key], value):
                merged = placed(merged, key, value, known)
        return merged if same(self._read_action(merged), new) else written

    def _read_branch(self, value: Data) -> Branch | None:
        return read_branch(value, SILENT, self.names.inside)

    def _branch(self, actual: Data, new: Branch) -> Data:
        if actual is not None and same(self._read_branch(actual), new):
            return actual
        if not isinstance(actual, dict):
            return write_branch(new, self.speller.inside)
        body = self._with_guard(actual, new.guard)
        return placed(body, "actions", self.actions(body.get("actions"), new.actions), ("guard", "cond"))

    def _with_guard(self, body: Plain, guard: Guard | None) -> Plain:
        """A mapping with another guard, under the word it used."""
        word = "cond" if body.get("guard") is None and body.get("cond") is not None else "guard"
        if guard is None:
            return without(body, "guard", "cond")
        return placed(body, word, self.guard(body.get(word), guard), ("target",))

    # transitions

    def holds(self, actual: Data, transition: Transition) -> bool:
        """Whether all paths of a transition that was not edited still lead where they led."""
        if names_state(transition.guard) or names_states(transition.actions):
            return False
        if not transition.targets:
            return True
        texts = target_texts(actual.get("target") if isinstance(actual, dict) else actual, SILENT)
        find = self.names.initial if transition.trigger.kind is TriggerKind.INITIAL else self.names.target
        return tuple(find(transition.source, text) for text in texts) == transition.targets

    def _reads(self, actual: Data, new: Transition) -> bool:
        reading = read_transition(
            actual,
            id=new.id,
            source=new.source,
            trigger=new.trigger,
            order=new.order,
            names=self.names,
            report=SILENT,
        )
        return same(reading, new)

    def transition(self, actual: Data, new: Transition) -> Data:
        """One transition: a target alone, a mapping or null."""
        if self._reads(actual, new):
            return actual
        like = target_texts(actual.get("target") if isinstance(actual, dict) else actual, SILENT)
        if not isinstance(actual, dict):
            return self._fresh(new, like)
        body = self._with_target(actual, new, like)
        if not same(self._guard_of(body), new.guard):
            body = self._with_guard(body, new.guard)
        if new.actions or body.get("actions") is not None:
            body = self._with_actions(body, new)
        body = self._with_internal(body, new)
        for key, value in (("description", new.description), ("meta", new.meta)):
            if value is None and body.get(key) is not None:
                body = without(body, key)
            elif value is not None and not same(body.get(key), value):
                body = placed(body, key, value, TRANSITION_KEYS)
        body = with_extra(body, TRANSITION_KEYS, new.extra)
        return body if self._reads(body, new) or self._is_open(new) else self._fresh(new, like)

    def _fresh(self, new: Transition, like: list[str]) -> Data:
        return write_transition(self.speller, new, self._aligned(new, like))

    def _is_open(self, new: Transition) -> bool:
        """Whether a target names nothing, so that reading may find what the chart has not."""
        return any(map(is_unresolved, new.targets)) or names_state(new.guard)

    def _guard_of(self, body: Plain) -> Guard | None:
        test = body.get("guard") if body.get("guard") is not None else body.get("cond")
        return self._read_guard(test, False) if test is not None else None

    def _aligned(self, new: Transition, like: list[str]) -> list[str]:
        """The text that each target has now, or that whose place it takes."""
        meant = {self.names.target(new.source, text): text for text in reversed(like)}
        return [
            meant.get(target, like[place] if place < len(like) else "")
            for place, target in enumerate(new.targets)
        ]

    def _with_target(self, body: Plain, new: Transition, like: list[str]) -> Plain:
        given = body.get("target")
        if not new.targets:
            return without(body, "target") if like or given == [] else body
        written = write_targets(self.speller, new, self._aligned(new, like))
        if isinstance(given, list) and not isinstance(written, list):
            written = [written]
        was = [as_text(each) for each in (given if isinstance(given, list) else [given])]
        if was == (written if isinstance(written, list) else [written]):
            return body
        return placed(body, "target", written, ())

    def _with_actions(self, body: Plain, new: Transition) -> Plain:
        if not new.actions:
            is_empty = not read_actions(body.get("actions"), SILENT, self.names.inside)
            return body if is_empty else without(body, "actions")
        value = self.actions(body.get("actions"), new.actions)
        return body if value is body.get("actions") else placed(body, "actions", value, TRANSITION_KEYS)

    def _with_internal(self, body: Plain, new: Transition) -> Plain:
        by_default = is_internal_by_spelling(target_texts(body.get("target"), SILENT))
        said = body.get("internal")
        if isinstance(said, bool):
            if said is new.internal:
                return body
            return (
                without(body, "internal")
                if by_default is new.internal and "reenter" not in body
                else placed(body, "internal", new.internal, TRANSITION_KEYS)
            )
        again = body.get("reenter")
        if isinstance(again, bool):
            if again is not new.internal:
                return body
            return (
                without(body, "reenter")
                if by_default is new.internal
                else placed(body, "reenter", not new.internal, TRANSITION_KEYS)
            )
        return body if by_default is new.internal else placed(body, "internal", new.internal, TRANSITION_KEYS)
