"""What a file said and what a chart now means, brought together: words, order and forms that were not edited stay.

Where the canonical form of a piece is the same before and after, the piece of the file is taken as it is, the
same object, so that the patch of the text passes over it.
"""

from __future__ import annotations

from editor.formats.native_write import write_machine, write_own
from editor.formats.registry import Loaded
from editor.formats.yaml_tree import Path
from editor.model.chart import Chart
from editor.model.elements import Data, State

Plain = dict[str, Data]
_MACHINE_TABLES = ("context", "guards", "actions", "delays", "services", "language")
_SYNONYMS = {"guard": "cond", "input": "data", "output": "data"}


def merge_machine(loaded: Loaded, chart: Chart) -> tuple[Plain, dict[Path, Path]]:
    """The new plain data, and where what moved or was renamed stood before."""
    return _Merge(loaded, chart).run()


class _Merge:
    """One merge: walks the states of the new chart with their old ones beside them."""

    def __init__(self, loaded: Loaded, chart: Chart) -> None:
        self.loaded = loaded
        self.before = loaded.chart
        self.after = chart
        self.moved: dict[Path, Path] = {}
        self.same_names = self._same_names()

    def _same_names(self) -> bool:
        """Whether no state was renamed, moved, added or removed, so that every path means what it meant."""
        old, new = self.before.states, self.after.states
        return old.keys() == new.keys() and all(
            (old[id].key, old[id].parent, old[id].declared_id) == (state.key, state.parent, state.declared_id)
            for id, state in new.items()
        )

    def run(self) -> tuple[Plain, dict[Path, Path]]:
        root = self.after.root
        value = self.loaded.tree.value if self.loaded.tree is not None else {}
        actual = value if isinstance(value, dict) else {}
        merged = self.state(root, actual, ())
        if self.before.info is not self.after.info and self.before.info != self.after.info:
            was, now = write_machine(self.before), write_machine(self.after)
            for key in _MACHINE_TABLES:
                merged = merged_key(merged, key, was.get(key), now.get(key))
        return merged, self.moved

    def state(self, state: State, actual: Plain, path: Path) -> Plain:
        """The plain data of one state and all below it."""
        merged = self.own(state, actual)
        return self.children(state, merged, path)

    def own(self, state: State, actual: Plain) -> Plain:
        """What a state says of itself; the same object where nothing of it changed."""
        old = self.before.states.get(state.id)
        if old is None:
            return write_own(self.after, state)
        if self.same_names and old is state and self._same_transitions(state.id):
            return actual
        was, now = write_own(self.before, old), write_own(self.after, state)
        if was == now and list(was) == list(now):
            return actual
        merged: Plain = actual
        for key in [*was, *(key for key in now if key not in was)]:
            merged = merged_key(merged, key, was.get(key), now.get(key))
        return merged

    def _same_transitions(self, id: str) -> bool:
        old, new = self.before.outgoing(id), self.after.outgoing(id)
        return len(old) == len(new) and all(a is b for a, b in zip(old, new, strict=True))

    def children(self, state: State, merged: Plain, path: Path) -> Plain:
        """The states below, in the word (`states` or `regions`) that the file used."""
        word = "regions" if "regions" in merged and "states" not in merged else "states"
        children = self.after.children(state.id)
        present = merged.get(word)
        if not children:
            return (
                merged
                if present in ({}, None)
                else {k: v for k, v in merged.items() if k not in (word, "regions")}
            )
        result: Plain = {}
        for child in children:
            here = (*path, word, child.key)
            origin = self.loaded.places.paths.get(child.id)
            if child.id in self.before.states and origin is not None and origin != here:
                self.moved[here] = origin
            result[child.key] = self.state(child, self._actual(origin), here)
        is_same = (
            isinstance(present, dict)
            and list(present) == list(result)
            and all(present[key] is value for key, value in result.items())
        )
        if is_same:
            return merged
        if word in merged:
            return {key: result if key == word else value for key, value in merged.items()}
        return {**merged, word: result}

    def _actual(self, origin: Path | None) -> Plain:
        value: Data = self.loaded.tree.value if self.loaded.tree is not None and origin is not None else None
        for part in origin or ():
            value = value.get(str(part)) if isinstance(value, dict) else None
        return value if isinstance(value, dict) else {}


def merged_key(actual: Plain, key: str, was: Data, now: Data) -> Plain:
    """`actual` with one key brought from what it meant to what it means now, in the file's own words."""
    if was == now and type(was) is type(now) and _same_order(was, now):
        return actual
    name = key
    if key not in actual and _SYNONYMS.get(key) in actual:
        name = _SYNONYMS[key]
    if now is None and key != "context":
        return {each: value for each, value in actual.items() if each != name}
    value = merged_value(actual.get(name), was, now)
    if name in actual:
        return {each: value if each == name else old for each, old in actual.items()}
    return _inserted(actual, name, value)


def _same_order(was: Data, now: Data) -> bool:
    return not (isinstance(was, dict) and isinstance(now, dict)) or list(was) == list(now)


_LATE = ("states", "regions", "guards", "actions", "delays", "services")


def _inserted(actual: Plain, key: str, value: Data) -> Plain:
    """A new key before the states and tables that close a mapping, else last."""
    if key in _LATE or "states" not in actual:
        return {**actual, key: value}
    result: Plain = {}
    for each, old in actual.items():
        if each in _LATE and key not in result:
            result[key] = value
        result[each] = old
    return result


def merged_value(actual: Data, was: Data, now: Data) -> Data:
    """A piece of the file from one canonical form to another, keeping its own form where it can."""
    if was == now and _same_order(was, now):
        return actual
    if isinstance(actual, dict) and isinstance(was, str) and isinstance(now, str) and "target" in actual:
        return {**actual, "target": now}
    if isinstance(actual, dict) and isinstance(was, str) and isinstance(now, dict) and "target" in actual:
        was = {"target": was}
    if isinstance(actual, dict) and isinstance(was, dict) and isinstance(now, dict):
        merged: Plain = actual
        for key in [*was, *(key for key in now if key not in was)]:
            merged = merged_key(merged, key, was.get(key), now.get(key))
        order = [key for key in now if key in merged]
        if set(order) == set(merged) == set(actual) and list(was) != list(now) and set(was) == set(now):
            merged = {key: merged[key] for key in order}
        return merged
    if (
        isinstance(actual, list)
        and not isinstance(now, list)
        and len(actual) == 1
        and not isinstance(was, list)
    ):
        return [merged_value(actual[0], was, now)]
    if isinstance(actual, list) and isinstance(was, list) and isinstance(now, list):
        return _merged_list(actual, was, now)
    return now


def _merged_list(actual: list[Data], was: list[Data], now: list[Data]) -> Data:
    if len(actual) != len(was):
        return now
    result: list[Data] = []
    free = list(range(len(was)))
    for place, each in enumerate(now):
        match = next((number for number in free if was[number] == each), None)
        if match is None and len(was) == len(now) and place in free and was[place] not in now:
            free.remove(place)
            result.append(merged_value(actual[place], was[place], each))
        elif match is not None:
            free.remove(match)
            result.append(actual[match])
        else:
            result.append(each)
    return result
