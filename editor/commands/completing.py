"""What can be typed next in a field: names of the chart and words of the grammar, the best first; knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from editor.commands import finding
from editor.commands.matching import Matcher, Text, text
from editor.document.document import Document
from editor.formats.native_names import Names, Speller
from editor.model import expressions, labels, queries
from editor.model.datatypes import kind_of
from editor.model.durations import format_duration, parse_duration
from editor.model.elements import Data, Delay, Expr, Transition, TriggerKind, is_unresolved
from editor.model.naming import NameKind
from editor.model.slots import Grammar, Slot, Want, slot_at
from editor.model.vocabulary import ANY, INVOKE_ID, SEND_ID, Vocabulary
from editor.session import Session

MOST_DETAIL = 40
_WORDS = {
    "after": "a delay, then", "always": "without an event", "raise": "an event at once", "send": "an event",
    "log": "an expression", "cancel": "an event that was sent", "to": "a receiver", "in(": "while a state is active",
    "as": "an id of its own", "with": "what is passed to it",
}  # fmt: skip
_GOES_ON = (
    "after",
    "raise",
    "send",
    "log",
    "cancel",
    "to",
    "and",
    "or",
    "not",
    "if",
    "else",
    "in",
    "as",
    "with",
)
"""Words that a space follows."""
_OF_NAMES = {
    Want.EVENT: NameKind.EVENT, Want.GUARD: NameKind.GUARD, Want.ACTION: NameKind.ACTION,
    Want.DELAY: NameKind.DELAY, Want.SERVICE: NameKind.SERVICE, Want.KEY: NameKind.KEY,
}  # fmt: skip
_TABLES = {"guards": NameKind.GUARD, "actions": NameKind.ACTION, "delays": NameKind.DELAY}
_ROOTS = (("event", "what happened"), ("context", "all data"))
_BARE = Text("", "")


class Offer(NamedTuple):
    """One thing to be typed: what is shown, what it is, and what is put for it where that differs.

    For a `state` it is put as it is called where one types.
    """

    title: str
    detail: str
    put: str = ""
    state: str = ""


class Completion(NamedTuple):
    """What is offered for a slot. `is_sure`: nothing else makes sense there, so that the first is chosen already."""

    slot: Slot
    offers: list[Offer]
    is_sure: bool


class Completer:
    """Offers for fields, from the vocabulary of the document that is open; lists are kept until names come or go."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: tuple[Vocabulary, int] | None = None
        self._made: dict[object, tuple[list[Offer], Matcher]] = {}
        self._speller: Speller | None = None

    @property
    def _document(self) -> Document:
        return self._session.document

    @property
    def _vocabulary(self) -> Vocabulary:
        return self._document.vocabulary

    def prepare(self, grammar: Grammar, at: str) -> None:
        """Make the long lists that a field may need, so that no key has to wait for them."""
        self._refresh()
        if grammar is Grammar.TARGETS:
            self._matcher(Slot((Want.TARGET,), 0, 0, ""), at)
        elif grammar in (Grammar.LABEL, Grammar.GUARD):
            self._matcher(Slot((Want.STATE,), 0, 0, ""), at)
        if grammar in (Grammar.TARGETS, Grammar.LABEL, Grammar.GUARD):
            self._spelling()

    def complete(self, typed: str, cursor: int, grammar: Grammar, at: str) -> Completion | None:
        """What may stand where the cursor is, in a field of the element `at`; None where there is nothing to offer.

        What is there already, letter by letter, needs no offer, and neither does a path that leads to a state.
        """
        slot = slot_at(typed, cursor, grammar)
        if slot is None:
            return None
        self._refresh()
        rows, matcher = self._matcher(slot, at)
        found = [rows[number] for number in matcher.find(slot.typed.lstrip("#."))]
        if not found or self._is_there(slot, at, found):
            return None
        is_twice = (
            len(re.findall(rf"(?<!\w){re.escape(slot.typed)}(?!\w)", typed)) > 1
        )  # as a loop's variable
        return Completion(slot, found, is_sure=bool(slot.typed) and not slot.is_open and not is_twice)

    def text_of(self, offer: Offer, slot: Slot, at: str) -> str:
        """What is put in place of the slot."""
        if not offer.state:
            return offer.put or offer.title
        chart = self._document.chart
        if Want.TARGET not in slot.wants:
            # where names of states are unique they are called by these alone
            by_name = chart.info.conventions.by_token
            return chart.states[offer.state].key if by_name else queries.dotted_path(chart, offer.state)
        transition = chart.transitions.get(at)
        if transition is None:
            return f"#{queries.dotted_path(chart, offer.state)}"
        return self._spelling().target(transition, offer.state)

    def _is_there(self, slot: Slot, at: str, found: list[Offer]) -> bool:
        """Whether what was typed is a name that is offered, or leads to a state."""
        chart, typed = self._document.chart, slot.typed
        if Want.STATE in slot.wants:
            return bool(typed) and not is_unresolved(self._spelling().names.inside(typed))
        if Want.TARGET in slot.wants and at in chart.transitions:
            names, own = self._spelling().names, chart.transitions[at]
            find = names.initial if own.trigger.kind is TriggerKind.INITIAL else names.target
            return bool(typed) and not is_unresolved(find(own.source, typed))
        return any(typed == each.title for each in found)

    def _spelling(self) -> Speller:
        self._refresh()
        if self._speller is None:
            self._speller = Speller(Names(self._document.chart))
        return self._speller

    def _refresh(self) -> None:
        asked = (self._vocabulary, self._vocabulary.version)
        if self._asked != asked:
            self._asked = asked
            self._made.clear()
            self._speller = None

    def _matcher(self, slot: Slot, at: str) -> tuple[list[Offer], Matcher]:
        is_local = any(want in (Want.HEAD, Want.TARGET, Want.PART) for want in slot.wants)
        key = (slot.wants, slot.words, slot.owner, slot.table, at if is_local else "")
        if key not in self._made:
            self._made[key] = self._make(slot, at)
        return self._made[key]

    def _make(self, slot: Slot, at: str) -> tuple[list[Offer], Matcher]:
        chart = self._document.chart
        rows: list[tuple[Offer, Text, Text]] = []
        for want in slot.wants:
            if want in (Want.STATE, Want.TARGET):
                rows += self._states(want, at)
            else:
                rows += [(offer, text(offer.title), _BARE) for offer in self._offers(want, slot, at)]
        for word in slot.words if chart.info.is_native or not set(slot.words) & {"and", "not"} else ():
            put = f"{word} " if word in _GOES_ON else word
            rows.append((Offer(word, _WORDS.get(word, ""), put), text(word), _BARE))
        first = {row[0].title: row for row in reversed(rows) if not row[0].state}
        kept = [row for row in rows if row[0].state or first[row[0].title] is row]
        return [row[0] for row in kept], Matcher((title, place) for _, title, place in kept)

    def _offers(self, want: Want, slot: Slot, at: str) -> Iterator[Offer]:
        if want is Want.HEAD:
            yield from self._heads(at)
        elif want is Want.PART:
            yield from self._parts(slot.owner, at)
        elif want is Want.FUNCTION and self._document.chart.info.is_native:
            yield from (Offer(name, "function", f"{name}(") for name in expressions.FUNCTIONS)
            yield from (Offer(name, detail) for name, detail in _ROOTS)
        elif want is Want.RECEIVER:
            yield from (Offer(id, "invocation") for id in sorted(self._vocabulary.ids(INVOKE_ID)))
            yield Offer("#_parent", "who invoked this machine")
            yield Offer("#_internal", "this machine, at once")
        elif want is Want.SEND:
            yield from (Offer(id, "event that was sent") for id in sorted(self._vocabulary.ids(SEND_ID)))
        elif want is Want.UNMEANT:
            yield from self._unmeant(slot.table)
        elif want is Want.KEY:
            yield from self._keys()
        elif want in _OF_NAMES:
            kind = _OF_NAMES[want]
            yield from (Offer(name, self._detail(kind, name)) for name in self._names(kind))

    def _names(self, kind: NameKind) -> list[str]:
        """The names of a kind, those that are used most first."""
        counts = self._vocabulary.names(kind)
        return sorted(counts, key=lambda name: (-counts[name], name))

    def _detail(self, kind: NameKind, name: str) -> str:
        """The kind of a name, and what it means where that is short."""
        chart = self._document.chart
        meaning = ""
        if kind is NameKind.GUARD:
            guard = dict(chart.info.guards).get(name)
            meaning = labels.guard_text(chart, guard) if guard is not None else ""
        elif kind is NameKind.ACTION:
            meaning = labels.actions_text(dict(chart.info.actions).get(name, ()))
        elif kind is NameKind.DELAY:
            meaning = _delay_text(dict(chart.info.delays).get(name))
        is_short = meaning and len(meaning) <= MOST_DETAIL
        return f"{kind.value}: {meaning}" if is_short else kind.value

    def _keys(self) -> Iterator[Offer]:
        """Keys of the context in their order, with what they start as; then those that are only assigned."""
        context = self._document.chart.info.context
        known = context if isinstance(context, dict) else {}
        yield from _of_mapping(known)
        yield from (Offer(name, "context key") for name in self._names(NameKind.KEY) if name not in known)

    def _parts(self, owner: str, at: str) -> Iterator[Offer]:
        if owner == "event":
            yield Offer("type", "text: its name")
            yield Offer("data", "what came with it")
        elif owner == "event.data":
            names = self._vocabulary.data_of(self._event(at))
            yield from (Offer(name, "event data") for name in sorted(names))
        else:
            yield from _of_mapping(self._value(owner))

    def _event(self, at: str) -> str:
        """The event that something of an element follows; `ANY` where it follows several."""
        transition = self._document.chart.transitions.get(at)
        is_event = transition is not None and transition.trigger.kind is TriggerKind.EVENT
        return transition.trigger.text if transition is not None and is_event else ANY

    def _value(self, owner: str) -> Data:
        value: Data = self._document.chart.info.context
        for part in owner.removeprefix("context").lstrip(".").split("."):
            if part:
                value = value.get(part) if isinstance(value, dict) else None
        return value

    def _heads(self, at: str) -> Iterator[Offer]:
        chart = self._document.chart
        transition = chart.transitions.get(at)
        source = chart.states.get(transition.source) if transition is not None else None
        for invoke in source.invokes if source is not None else ():
            name = labels.invocation_text(source.invokes, invoke) if source is not None else ""
            yield Offer(f"done: {name}", "service is done")
            yield Offer(f"error: {name}", "service has failed")
        yield Offer("after", _WORDS["after"], "after ")
        yield Offer("always", _WORDS["always"])
        if source is not None and chart.has_children(source.id):
            yield Offer("onDone", "all inside is done")

    def _unmeant(self, table: str) -> Iterator[Offer]:
        info = self._document.chart.info
        meanings = {"guards": info.guards, "actions": info.actions, "delays": info.delays}
        known = {name for name, _ in meanings[table]}
        for name in self._names(_TABLES[table]):
            if name not in known:
                yield Offer(name, f"{_TABLES[table].value} without a meaning", f"{name}: ")

    def _states(self, want: Want, at: str) -> Iterable[tuple[Offer, Text, Text]]:
        """States with the path to what they are in; as targets, those beside and inside the source first."""
        chart = self._document.chart
        rows = [
            (
                Offer(each.title, f"state in {each.detail}" if each.detail else "state", "", each.id),
                title,
                place,
            )
            for each, title, place in finding.states_of(chart)
        ]
        transition: Transition | None = chart.transitions.get(at)
        if want is not Want.TARGET or transition is None:
            return rows
        source = transition.source
        if transition.trigger.kind is TriggerKind.INITIAL:
            inside = {each.id for each in queries.descendants(chart, source) if not each.kind.is_history}
            return [row for row in rows if row[0].state in inside]
        near = {each.id for each in chart.children(chart.states[source].parent or source)}
        near |= {each.id for each in chart.children(source)}
        return sorted(rows, key=lambda row: row[0].state not in near)


def _of_mapping(value: Data) -> Iterator[Offer]:
    for key, each in value.items() if isinstance(value, dict) else ():
        yield Offer(key, f"{kind_of(each)}{_shown(each)}")


def _shown(value: Data) -> str:
    """A plain value, where it is short."""
    if value is None or isinstance(value, list | dict):
        return ""
    shown = f", {str(value).lower() if isinstance(value, bool) else value}"
    return shown if len(shown) <= MOST_DETAIL else ""


def _delay_text(delay: Delay | None) -> str:
    if delay is None or isinstance(delay, Expr):
        return "" if delay is None else delay.text
    time = parse_duration(delay)
    return str(delay) if time is None else format_duration(time)
