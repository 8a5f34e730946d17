"""SCXML's algorithm for documents without data, as the Recommendation writes it down (Appendix D); slow.

It shares nothing with the engine, not even the reading: an oracle for what runs through both.
"""

from __future__ import annotations

import re
from collections import deque
from xml.etree import ElementTree

Element = ElementTree.Element

_STATES = ("state", "parallel", "final")
_IN = re.compile(r"In\('(\w+)'\)")
MOST_STEPS = 60


class EndlessError(Exception):
    """It does not come to rest."""


class Interpreter:
    """One document. `log` is what its <log> elements wrote, in order."""

    def __init__(self, text: str) -> None:
        self.root = ElementTree.fromstring(text)
        for each in self.root.iter():
            each.tag = each.tag.rpartition("}")[2]
        self.parent = {child: each for each in self.root.iter() for child in each}
        self.order = {each: place for place, each in enumerate(self.root.iter())}
        self.by_id = {each.get("id", ""): each for each in self.root.iter() if each.get("id")}
        self.configuration: set[Element] = set()
        self.history: dict[Element, list[Element]] = {}
        self.internal: deque[str] = deque()
        self.log: list[str] = []
        self.running = False

    # what a run is asked and told

    def start(self) -> None:
        """Enter the document and run until nothing is left to do."""
        self.running = True
        self._enter([self._initial(self.root)])
        self._settle()

    def send(self, event: str) -> None:
        """Take one external event."""
        if self.running:
            self._microstep(self._select(event))
            self._settle()

    def active(self) -> list[str]:
        """The ids of the active states, in document order."""
        return [each.get("id", "") for each in sorted(self.configuration, key=self.order.__getitem__)]

    def _settle(self) -> None:
        for _ in range(MOST_STEPS):
            if not self.running:
                self._finish()
                return
            enabled = self._select("")
            if not enabled:
                if not self.internal:
                    return
                enabled = self._select(self.internal.popleft())
            self._microstep(enabled)
        raise EndlessError

    def _finish(self) -> None:
        for state in sorted(self.configuration, key=self.order.__getitem__, reverse=True):
            self._run_all(state, "onexit")

    def _microstep(self, enabled: list[Element]) -> None:
        if not enabled:
            return
        self._exit(enabled)
        for transition in enabled:
            self._execute(transition)
        self._enter(enabled)

    # selecting

    def _select(self, event: str) -> list[Element]:
        enabled: list[Element] = []
        for atomic in sorted(filter(self._is_atomic, self.configuration), key=self.order.__getitem__):
            found = next(
                (
                    transition
                    for state in [atomic, *self._ancestors(atomic, None)]
                    for transition in state.findall("transition")
                    if self._answers(transition, event)
                ),
                None,
            )
            if found is not None and found not in enabled:
                enabled.append(found)
        return self._without_conflicts(enabled)

    def _answers(self, transition: Element, event: str) -> bool:
        given = transition.get("event", "").split()
        if bool(given) is not bool(event):
            return False
        if event and not any(_matches(each, event) for each in given):
            return False
        found = _IN.fullmatch(transition.get("cond", ""))
        return found is None or self.by_id[found[1]] in self.configuration

    def _without_conflicts(self, enabled: list[Element]) -> list[Element]:
        kept: list[Element] = []
        for first in enabled:
            is_preempted = False
            to_remove: list[Element] = []
            for second in kept:
                if self._exit_set([first]) & self._exit_set([second]):
                    if self._is_below(self.parent[first], self.parent[second]):
                        to_remove.append(second)
                    else:
                        is_preempted = True
                        break
            if not is_preempted:
                kept = [*(each for each in kept if each not in to_remove), first]
        return kept

    # leaving

    def _exit_set(self, transitions: list[Element]) -> set[Element]:
        found: set[Element] = set()
        for transition in transitions:
            if transition.get("target"):
                domain = self._domain(transition)
                found |= {each for each in self.configuration if self._is_below(each, domain)}
        return found

    def _exit(self, transitions: list[Element]) -> None:
        leaving = sorted(self._exit_set(transitions), key=self.order.__getitem__, reverse=True)
        for state in leaving:
            for past in state.findall("history"):
                if past.get("type") == "deep":
                    kept = [
                        each
                        for each in self.configuration
                        if self._is_atomic(each) and self._is_below(each, state)
                    ]
                else:
                    kept = [each for each in self.configuration if self.parent[each] is state]
                self.history[past] = sorted(kept, key=self.order.__getitem__)
        for state in leaving:
            self._run_all(state, "onexit")
            self.configuration.discard(state)

    # entering

    def _enter(self, transitions: list[Element]) -> None:
        self.to_enter: set[Element] = set()
        self.by_default: set[Element] = set()
        self.default_content: dict[Element, Element] = {}
        for transition in transitions:
            for target in self._targets(transition):
                self._add_descendants(target)
            domain = self._domain(transition)
            for target in self._effective_targets(transition):
                self._add_ancestors(target, domain)
        for state in sorted(self.to_enter, key=self.order.__getitem__):
            self.configuration.add(state)
            self._run_all(state, "onentry")
            if state in self.by_default:
                self._execute(self._initial(state))
            if state in self.default_content:
                self._execute(self.default_content[state])
            if state.tag == "final":
                self._end(state)

    def _end(self, state: Element) -> None:
        parent = self.parent[state]
        if parent is self.root:
            self.running = False
            return
        self.internal.append(f"done.state.{parent.get('id')}")
        grandparent = self.parent[parent]
        if grandparent.tag == "parallel" and all(map(self._is_in_final, _children(grandparent))):
            self.internal.append(f"done.state.{grandparent.get('id')}")

    def _add_descendants(self, state: Element) -> None:
        if state.tag == "history":
            parent = self.parent[state]
            kept = self.history.get(state)
            if kept is None:
                (default,) = state.findall("transition")
                self.default_content[parent] = default
                kept = self._targets(default)
            for each in kept:
                self._add_descendants(each)
            for each in kept:
                self._add_ancestors(each, parent)
            return
        self.to_enter.add(state)
        if self._is_compound(state):
            self.by_default.add(state)
            targets = self._targets(self._initial(state))
            for each in targets:
                self._add_descendants(each)
            for each in targets:
                self._add_ancestors(each, state)
        elif state.tag == "parallel":
            self._add_regions(state)

    def _add_ancestors(self, state: Element, ancestor: Element | None) -> None:
        for each in self._ancestors(state, ancestor):
            self.to_enter.add(each)
            if each.tag == "parallel":
                self._add_regions(each)

    def _add_regions(self, parallel: Element) -> None:
        for child in _children(parallel):
            if not any(each is child or self._is_below(each, child) for each in self.to_enter):
                self._add_descendants(child)

    # the document

    def _execute(self, holder: Element) -> None:
        for each in holder:
            if each.tag == "raise":
                self.internal.append(each.get("event", ""))
            elif each.tag == "log":
                self.log.append(each.get("label", ""))

    def _run_all(self, state: Element, tag: str) -> None:
        for each in state.findall(tag):
            self._execute(each)

    def _initial(self, state: Element) -> Element:
        found = state.find("initial/transition")
        if found is not None:
            return found
        made = ElementTree.Element("transition")
        made.set("target", state.get("initial") or _children(state)[0].get("id", ""))
        self.parent[made] = state
        return made

    def _targets(self, transition: Element) -> list[Element]:
        return [self.by_id[each] for each in transition.get("target", "").split()]

    def _effective_targets(self, transition: Element) -> list[Element]:
        found: list[Element] = []
        for target in self._targets(transition):
            if target.tag != "history":
                found.append(target)
            elif target in self.history:
                found += self.history[target]
            else:
                (default,) = target.findall("transition")
                found += self._effective_targets(default)
        return found

    def _domain(self, transition: Element) -> Element | None:
        targets = self._effective_targets(transition)
        source = self.parent[transition]
        if source.tag == "initial":
            source = self.parent[source]
        if not targets:
            return None
        if source is self.root:
            return self.root
        is_internal = transition.get("type") == "internal" and self._is_compound(source)
        if is_internal and all(self._is_below(each, source) for each in targets):
            return source
        for ancestor in self._ancestors(source, None):
            may_be = ancestor is self.root or self._is_compound(ancestor)
            if may_be and all(self._is_below(each, ancestor) for each in targets):
                return ancestor
        raise AssertionError("the root is above all")

    def _ancestors(self, state: Element, end: Element | None) -> list[Element]:
        """Proper ancestors below `end`, innermost first."""
        found = []
        each = self.parent.get(state)
        while each is not None and each is not end:
            found.append(each)
            each = self.parent.get(each)
        return found

    def _is_below(self, state: Element, ancestor: Element | None) -> bool:
        return ancestor is not None and ancestor in self._ancestors(state, None)

    def _is_atomic(self, state: Element) -> bool:
        return not _children(state)

    def _is_compound(self, state: Element) -> bool:
        return state.tag == "state" and bool(_children(state))

    def _is_in_final(self, state: Element) -> bool:
        if self._is_compound(state):
            return any(each.tag == "final" and each in self.configuration for each in _children(state))
        return state.tag == "parallel" and all(map(self._is_in_final, _children(state)))


def _children(state: Element) -> list[Element]:
    return [each for each in state if each.tag in _STATES]


def _matches(descriptor: str, event: str) -> bool:
    prefix = descriptor.removesuffix("*").removesuffix(".")
    return not prefix or event == prefix or event.startswith(f"{prefix}.")
