"""What a file said and what a chart now means, brought together: words, order and forms that were not edited stay.

Walks the states of the new chart with their old ones beside them. Pieces that still read to the same records are
taken as they are, the same objects, so that the patch of the text passes over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from editor.formats.native_keys import INVOKE_KEYS, MACHINE_KEYS, ROOT_ORDER, STATE_KEYS, SYNONYMS
from editor.formats.native_names import Names, declared_ids
from editor.formats.native_parts import as_text, read_delay, write_delay
from editor.formats.native_pieces import (
    Pieces,
    kept_keys,
    names_states,
    placed,
    rebuilt,
    with_extra,
    without,
)
from editor.formats.native_read import read_kind, read_table_guard, read_tags
from editor.formats.native_report import SILENT
from editor.formats.native_taken import renamed
from editor.formats.native_transitions import read_invoke, target_texts, write_targets
from editor.formats.registry import Loaded
from editor.formats.yaml_tree import Path
from editor.model.chart import Chart
from editor.model.elements import Data, Invoke, State, StateKind, Transition, TriggerKind
from editor.model.queries import document_order
from editor.model.sameness import same
from editor.model.walk import names_state

Plain = dict[str, Data]
_ROOT_KEYS = (*STATE_KEYS, *MACHINE_KEYS)
_WORDS = ("states", "regions")
Record = TypeVar("Record", State, Transition)


def merge_machine(loaded: Loaded, chart: Chart) -> tuple[Plain, dict[Path, Path]]:
    """The new plain data, and where what moved or was renamed stood before."""
    known = renamed(loaded, chart)
    merge = _Merge(known.loaded, chart)
    value = merge.run()
    return value, known.traced(merge.moved, value)


def _changed(old: Mapping[str, Record], new: Mapping[str, Record]) -> set[str]:
    """The ids of the records that came, went, or are not what they were."""
    return {id for id, record in new.items() if old.get(id) is not record} | (old.keys() - new.keys())


def _home(path: Path) -> Path:
    """Where the transitions of one trigger stand, from the path of one of them."""
    return path[:-1] if isinstance(path[-1], int) else path


def _names_below(chart: Chart, id: str) -> set[str | None]:
    """The keys and ids of a state and of all below it; none of one that is not there."""
    found: set[str | None] = set()
    stack = [id] if id in chart.states else []
    while stack:
        state = chart.states[stack.pop()]
        found |= {state.key, state.declared_id}
        stack += [child.id for child in chart.children(state.id)]
    return found


class _Merge:
    """One merge."""

    def __init__(self, loaded: Loaded, chart: Chart) -> None:
        self.loaded = loaded
        self.before = loaded.chart
        self.after = chart
        self.names = Names(chart)
        self.pieces = Pieces(self.names, declared_ids(self.before))
        self.paths = loaded.places.paths
        self.old_states = self.before.states
        self.moved: dict[Path, Path] = {}
        self.changed = _changed(self.before.states, self.after.states)
        self.renamed = self._renamed()
        self.touched = self._touched()

    def _renamed(self) -> frozenset[str]:
        """The names that may mean something else now: of states renamed, moved, added or removed, and inside those."""
        old, new = self.before.states, self.after.states
        found: set[str | None] = set()
        for id in self.changed:
            was, now = old.get(id), new.get(id)
            if was is None or now is None or was.parent != now.parent:
                found |= _names_below(self.before, id) | _names_below(self.after, id)
            elif (was.key, was.declared_id) != (now.key, now.declared_id):
                found |= {was.key, was.declared_id, now.key, now.declared_id}
        return frozenset(name for name in found if name is not None)

    def _touched(self) -> set[str]:
        """The states that say of themselves something that was edited, or that reads otherwise now than it did."""
        old, new = self.before.transitions, self.after.transitions
        found = set(self.changed)
        for id in _changed(old, new):
            found.update(table[id].source for table in (old, new) if id in table)
        if self.renamed:
            found.update(each.source for each in new.values() if not self._leads_as_before(each))
            found.update(
                state.id
                for state in self.after.states.values()
                if (state.entry and names_states(state.entry)) or (state.exit and names_states(state.exit))
            )
        return found

    @cached_property
    def clear(self) -> set[str]:
        """The states that no name leads to which means something else now."""
        found: set[str] = set()
        renamed = self.renamed
        for state in document_order(self.after):
            is_clear = state.parent is None or state.parent in found
            if is_clear and state.key not in renamed and state.declared_id not in renamed:
                found.add(state.id)
        return found

    def run(self) -> Plain:
        """The whole machine."""
        body = self.loaded.places.value_at(())
        assert isinstance(body, dict)
        merged = self.children(self.after.root, self.own(self.after.root, body, (), ()), (), ())
        return self.tables(merged) if self._tables_change() else merged

    # states

    def state(self, state: State, path: Path, origin: Path | None) -> Data:
        """One state and all below it; what the file has at `origin` where nothing of it changed."""
        if origin is None:
            return self.children(state, self.own(state, {}, path, None), path, None)
        if origin != path:
            self.moved[path] = origin
        actual = self.loaded.places.value_at(origin)
        body: Plain = actual if isinstance(actual, dict) else {}
        merged = self.children(state, self.own(state, body, path, origin), path, origin)
        return actual if merged is body else merged

    def own(self, state: State, body: Plain, path: Path, origin: Path | None) -> Plain:
        """What a state says of itself."""
        if origin is not None and state.id not in self.touched:
            return body
        transitions = self.after.outgoing(state.id)
        is_root = state.parent is None
        order = ROOT_ORDER if is_root else STATE_KEYS
        body = self._with_texts(self._with_kind(body, state, order), state, order)
        body = self._with_pseudo(body, state, transitions, order)
        body = self._with_invokes(body, state, transitions, path, order)
        for key, actions in (("entry", state.entry), ("exit", state.exit)):
            value = self.pieces.actions(body.get(key), actions) if actions or body.get(key) else None
            body = self._set(body, key, None if not actions and value == [] else value, order)
        body = self._with_tables(body, transitions, path, order)
        body = self._with_data(body, "output", state.output, order)
        body = self._with_data(body, "meta", state.meta, order)
        known: tuple[str, ...] = _ROOT_KEYS if is_root else STATE_KEYS
        if not state.kind.is_history:
            known = tuple(key for key in known if key != "target")
        return with_extra(body, known, kept_keys(state))

    def _leads_as_before(self, transition: Transition) -> bool:
        """Whether what the file says of a transition that was not edited still means it."""
        path = self.paths.get(transition.id)
        if path is None or names_state(transition.guard) or names_states(transition.actions):
            return False
        if self.clear.issuperset(transition.targets):
            return True
        return self.pieces.holds(self.loaded.places.value_at(path), transition)

    @staticmethod
    def _set(body: Plain, key: str, value: Data, order: tuple[str, ...]) -> Plain:
        """A mapping with a key set; without it for None, unless it says nothing there anyway."""
        if value is None:
            return without(body, key) if body.get(key) not in (None, [], {}) else body
        if key in body and (body[key] is value or same(body[key], value)):
            return body
        return placed(body, key, value, order)

    def _with_data(self, body: Plain, key: str, value: Data, order: tuple[str, ...]) -> Plain:
        """Data under its word or the older one."""
        word = SYNONYMS.get(key, key)
        return self._set(
            body, word if body.get(key) is None and body.get(word) is not None else key, value, order
        )

    @staticmethod
    def _with_kind(body: Plain, state: State, order: tuple[str, ...]) -> Plain:
        if read_kind(body, SILENT) is state.kind:
            return body
        if state.kind is StateKind.NORMAL:
            return without(body, "type", "history")
        if not state.kind.is_history:
            return placed(without(body, "history"), "type", state.kind.value, order)
        body = placed(body, "type", "history", order)
        return (
            placed(body, "history", "deep", order)
            if state.kind is StateKind.DEEP_HISTORY
            else without(body, "history")
        )

    def _with_texts(self, body: Plain, state: State, order: tuple[str, ...]) -> Plain:
        for key, text in (("id", state.declared_id), ("description", state.description)):
            if as_text(body.get(key)) != text:
                body = self._set(body, key, text, order)
        if read_tags(body.get("tags"), SILENT) != state.tags:
            tags: list[Data] = list(state.tags)
            is_single = isinstance(body.get("tags"), str) and len(tags) == 1
            body = self._set(body, "tags", tags[0] if is_single else tags or None, order)
        return body

    def _with_pseudo(
        self, body: Plain, state: State, transitions: list[Transition], order: tuple[str, ...]
    ) -> Plain:
        for key, kind in (("initial", TriggerKind.INITIAL), ("target", TriggerKind.DEFAULT)):
            if key == "target" and not state.kind.is_history:
                continue
            given = body.get(key)
            texts = target_texts(given, SILENT)
            find = self.names.initial if key == "initial" else self.names.target
            new = next((each for each in transitions if each.trigger.kind is kind), None)
            if new is None:
                body = without(body, key) if texts else body
            elif tuple(find(state.id, text) for text in texts) != new.targets:
                value = write_targets(self.pieces.speller, new, texts)
                is_same = texts == (value if isinstance(value, list) else [value])
                body = body if is_same else placed(body, key, value, order)
        return body

    # transitions

    def _with_tables(
        self, body: Plain, transitions: list[Transition], path: Path, order: tuple[str, ...]
    ) -> Plain:
        for key, kind in (("on", TriggerKind.EVENT), ("after", TriggerKind.AFTER)):
            table: dict[str, list[Transition]] = {}
            for each in transitions:
                if each.trigger.kind is kind:
                    table.setdefault(each.trigger.text, []).append(each)
            given = body.get(key)
            if table or isinstance(given, dict):
                value = self._table(given if isinstance(given, dict) else {}, table, (*path, key))
                body = self._set(body, key, value or None, order)
        for key, kind in (("always", TriggerKind.ALWAYS), ("onDone", TriggerKind.DONE)):
            own = [each for each in transitions if each.trigger.kind is kind]
            body = self._with_entry(body, key, own, (*path, key), order)
        return body

    def _table(self, actual: Plain, table: dict[str, list[Transition]], path: Path) -> Plain:
        """Transitions by event or delay."""
        new: Plain = {text: self.entry(actual.get(text), own, (*path, text)) for text, own in table.items()}
        empty = [text for text, value in actual.items() if value == [] and text not in new]
        for text in empty:
            new = placed(new, text, actual[text], tuple(actual))
        is_same = list(new) == list(actual) and all(new[text] is value for text, value in actual.items())
        return actual if is_same else new

    def _with_entry(
        self, body: Plain, key: str, own: list[Transition], path: Path, order: tuple[str, ...]
    ) -> Plain:
        if own:
            return self._set(body, key, self.entry(body.get(key), own, path), order)
        return without(body, key) if body.get(key) not in (None, []) else body

    def entry(self, actual: Data, own: list[Transition], path: Path) -> Data:
        """The transitions of one trigger: one, or a list that stays a list."""
        origins = [self._origin(each) for each in own]
        old = self._continued(own, origins, path)
        if old is not None and old != path:
            self.moved[path] = old
            actual = self.loaded.places.value_at(old)
        items = [
            self.pieces.transition(self.loaded.places.value_at(origin) if origin is not None else None, each)
            for each, origin in zip(own, origins, strict=True)
        ]
        if not isinstance(actual, list):
            return items[0] if len(items) == 1 else items
        for number, origin in enumerate(origins):
            if origin is not None and old is not None and _home(origin) == old and origin[-1] != number:
                self.moved[(*path, number)] = origin
        return rebuilt(actual, items)

    def _origin(self, transition: Transition) -> Path | None:
        return self.paths.get(transition.id) if transition.id in self.before.transitions else None

    def _continued(self, own: list[Transition], origins: list[Path | None], path: Path) -> Path | None:
        """The path in the file of the entry that this one continues: that of its transitions, if all of them came."""
        homes = {
            _home(origin): each.id for each, origin in zip(own, origins, strict=True) if origin is not None
        }
        if len(homes) != 1:
            return path if path in homes else None
        home, one = homes.popitem()
        if home == path:
            return home
        ids = {each.id for each in own}
        # what stood at the same place has the same source
        for each in self.before.outgoing(self.before.transitions[one].source):
            origin = self.paths.get(each.id)
            is_left = each.id in self.after.transitions and each.id not in ids
            if is_left and origin is not None and _home(origin) == home:
                return None
        return home

    # invocations

    def _with_invokes(
        self, body: Plain, state: State, transitions: list[Transition], path: Path, order: tuple[str, ...]
    ) -> Plain:
        actual = body.get("invoke")
        if not state.invokes and actual is None:
            return body
        given = actual if isinstance(actual, list) else [] if actual is None else [actual]
        readable = [place for place, each in enumerate(given) if isinstance(each, str | dict)]
        old = self.before.states.get(state.id)
        uids = [invoke.uid for invoke in old.invokes] if old is not None else []
        places = dict(zip(uids, readable, strict=False))
        items: list[Data] = []
        for number, invoke in enumerate(state.invokes):
            place = places.get(invoke.uid)
            here: Path = (*path, "invoke", number) if isinstance(actual, list) else (*path, "invoke")
            if isinstance(actual, list) and place is not None and place != number:
                self.moved[here] = (*path, "invoke", place)
            own = [each for each in transitions if each.trigger.invoke == invoke.uid]
            items.append(self.invoke(given[place] if place is not None else None, invoke, own, here))
        for place, each in enumerate(given):
            if place not in readable:
                items.insert(place, each)
        if isinstance(actual, list):
            return self._set(body, "invoke", rebuilt(actual, items) or None, order)
        return self._set(body, "invoke", None if not items else items[0] if len(items) == 1 else items, order)

    def invoke(self, actual: Data, invoke: Invoke, own: list[Transition], path: Path) -> Data:
        """One invocation with its transitions."""
        reading = read_invoke(actual, invoke.uid, SILENT)
        if isinstance(actual, str) and not own and same(reading, invoke):
            return actual
        body: Plain = actual if isinstance(actual, dict) else {}
        for key, text in (("id", invoke.id), ("src", invoke.src)):
            if as_text(body.get(key)) != text and (key != "src" or text or not body):
                body = self._set(body, key, text, INVOKE_KEYS)
        body = self._with_data(body, "input", invoke.input, INVOKE_KEYS)
        for key, kind in (("onDone", TriggerKind.INVOKE_DONE), ("onError", TriggerKind.INVOKE_ERROR)):
            mine = [each for each in own if each.trigger.kind is kind]
            body = self._with_entry(body, key, mine, (*path, key), INVOKE_KEYS)
        if (body.get("autoForward") is True) is not invoke.auto_forward:
            body = (
                placed(body, "autoForward", True, INVOKE_KEYS)
                if invoke.auto_forward
                else without(body, "autoForward")
            )
        return with_extra(body, INVOKE_KEYS, invoke.extra)

    # what is inside

    def children(self, state: State, body: Plain, path: Path, origin: Path | None) -> Plain:
        """The states below, each under the word (`states` or `regions`) that the file used for it."""
        if not self.after.has_children(state.id) and body.keys().isdisjoint(_WORDS):
            return body
        words: dict[str, Plain] = {"states": {}, "regions": {}}
        usual = "regions" if body.get("regions") and not body.get("states") else "states"
        for child in self.after.children(state.id):
            before = self.paths.get(child.id) if child.id in self.old_states else None
            # a child keeps the word that it stands under in the file, if it stood in the same parent
            stays = before is not None and before[:-2] == origin
            word = str(before[-2]) if before is not None and stays else usual
            if child.key in words[word]:
                word = "states" if word == "regions" else "regions"
            words[word][child.key] = self.state(child, (*path, word, child.key), before)
        order = ROOT_ORDER if state.parent is None else STATE_KEYS
        for word, new in words.items():
            given = body.get(word)
            if isinstance(given, dict):
                is_same = list(given) == list(new) and all(new[key] is old for key, old in given.items())
                if not is_same:
                    is_last = state.parent is None and word == usual
                    body = placed(body, word, new, order) if new or is_last else without(body, word)
            elif new:
                body = placed(body, word, new, order)
        return body

    # the machine

    def _tables_change(self) -> bool:
        old, new = self.before.info, self.after.info
        return old is not new or bool(self.renamed)

    def tables(self, body: Plain) -> Plain:
        """Context, language and what names mean."""
        info = self.after.info
        given = body.get("context")
        if info.context is not None or isinstance(given, dict):
            body = self._set(body, "context", info.context, ROOT_ORDER)
        if as_text(body.get("language")) != info.language:
            body = self._set(body, "language", info.language, ROOT_ORDER)
        pieces = self.pieces
        before = self._table_of(body, "guards")
        guards: Plain = {}
        for name, guard in info.guards:
            given = before.get(name)
            is_kept = given is not None and same(read_table_guard(given, SILENT, self.names), guard)
            guards[name] = given if is_kept else pieces.guard(given, guard, in_table=True)
        before = self._table_of(body, "actions")
        actions: Plain = {name: pieces.actions(before.get(name), each) for name, each in info.actions}
        before = self._table_of(body, "delays")
        delays: Plain = {}
        for name, delay in info.delays:
            given = before.get(name)
            is_kept = given is not None and same(read_delay(given, SILENT), delay)
            delays[name] = given if is_kept else write_delay(delay)
        tables = (
            ("guards", guards),
            ("actions", actions),
            ("delays", delays),
            ("services", dict(info.services)),
        )
        for key, table in tables:
            body = self._with_table(body, key, table)
        return body

    @staticmethod
    def _table_of(body: Plain, key: str) -> Plain:
        given = body.get(key)
        return given if isinstance(given, dict) else {}

    def _with_table(self, body: Plain, key: str, new: Plain) -> Plain:
        given = self._table_of(body, key)
        if not new and key in body and not isinstance(body[key], dict):
            return body
        if key == "delays":
            for name, value in given.items():
                if read_delay(value, SILENT) is None and name not in new:
                    new = placed(new, name, value, tuple(given))
        for name in new:
            self._note_rename(given, new, name, key)
        return self._set(body, key, new or None, ROOT_ORDER)

    def _note_rename(self, given: Plain, new: Plain, name: str, key: str) -> None:
        """A name that is new beside one that is gone, with the same meaning, continues its text."""
        if name in given:
            return
        for old, value in given.items():
            if old not in new and (key, old) not in self.moved.values() and same(value, new[name]):
                self.moved[(key, name)] = (key, old)
                return
