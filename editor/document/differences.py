"""A comparison in words: what was added, removed, renamed, changed and moved, each with its path and its fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from editor.document.comparison import Comparison
from editor.document.notes import headline
from editor.geometry import Point
from editor.model import labels, queries
from editor.model.changes import (
    AnyChange,
    BendsChange,
    BoxChange,
    InfoChange,
    NoteChange,
    StateChange,
    TransitionChange,
)
from editor.model.chart import Chart
from editor.model.diagram import Bends, Box, Note
from editor.model.elements import (
    And,
    Assign,
    Block,
    Call,
    Cancel,
    Choose,
    Conventions,
    Data,
    Expr,
    Foreach,
    In,
    Info,
    Invoke,
    Log,
    Named,
    Not,
    Or,
    Raise,
    Script,
    Send,
    State,
    StateKind,
    Transition,
    is_unresolved,
    unresolved_text,
)
from editor.model.label_reading import HIDDEN
from editor.model.sameness import same

MACHINE = "the machine"
_STATE_WORDS = {"key": "name", "declared_id": "id", "invokes": "invoke", "done_data": "donedata"}
_TRANSITION_WORDS = {"trigger": "event", "targets": "target"}
_CONVENTION_WORDS = {
    "by_token": "events match by how they begin",
    "keeps_last": "history from inside is of the last leaving",
    "has_sessions": "invocations are machines",
    "binds_late": "data of states begin late",
    "keeps_source": "internal transitions stay in any source",
    "keeps_parallel": "transitions between regions stay inside",
}
_PASSED_OVER = frozenset(("id", "parent", "order", "source"))
_ACTIONS = (Call, Assign, Raise, Send, Cancel, Log, Choose, Script, Foreach, Block)
_GUARDS = (Named, Expr, And, Or, Not, In)


class What(Enum):
    """What became of an element. MOVED is in the drawing alone."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in words, before and after; empty where it was not or is not there."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one element; `was` its path before.

    `kind` is `machine`, `state`, `transition`, `note` or `drawing`.
    """

    what: What
    kind: str
    id: str
    path: str
    was: str = ""
    fields: tuple[FieldChange, ...] = ()


def differences(found: Comparison) -> list[Difference]:
    """All differences, the machine first, then in document order; what was removed stands where it was."""
    semantic = [each for each in found.changes if each.is_semantic]
    told = [each for each in (_told(found, change) for change in semantic) if each is not None]
    new = {change.id for change in semantic if change.old is None or change.new is None}
    told += _drawing(found, new)
    told += _notes(found)
    places = _places(found)
    last = len(places)
    return sorted(told, key=lambda each: (places.get(each.id, last), each.what is What.MOVED))


def _places(found: Comparison) -> dict[str, int]:
    """The rank of every element in both charts."""
    order: dict[str, int] = {found.new.info.id: 0}
    for chart in (found.old, found.new):
        number = 1
        for state in queries.document_order(chart):
            for id in (state.id, *(each.id for each in chart.outgoing(state.id))):
                order[id] = number
                number += 1
    return order


def _told(found: Comparison, change: AnyChange) -> Difference | None:
    if isinstance(change, StateChange):
        return _state(found, change)
    if isinstance(change, TransitionChange):
        return _transition(found, change)
    if isinstance(change, InfoChange) and change.old is not None and change.new is not None:
        listed = tuple(_info_fields(found, change.old, change.new))
        return Difference(What.CHANGED, "machine", change.id, MACHINE, fields=listed)
    return None


def state_path(chart: Chart, id: str) -> str:
    """A state for people: its dotted path; the text of a reference that names none."""
    if is_unresolved(id):
        return unresolved_text(id)
    return queries.dotted_path(chart, id) or MACHINE


def transition_path(chart: Chart, transition: Transition) -> str:
    """A transition for people: where it begins, what takes it, and where it leads."""
    source = state_path(chart, transition.source)
    head = labels.trigger_text(chart, transition) or transition.trigger.kind.value
    targets = ", ".join(state_path(chart, each) for each in transition.targets)
    return f"{source}: {head} → {targets}" if targets else f"{source}: {head}"


def _state(found: Comparison, change: StateChange) -> Difference | None:
    old, new = change.old, change.new
    if new is None:
        return Difference(What.REMOVED, "state", change.id, state_path(found.old, change.id))
    path = state_path(found.new, change.id)
    if old is None:
        return Difference(What.ADDED, "state", change.id, path)
    is_root = new.parent is None
    listed = [
        each
        for each in _record_fields(found, old, new, _STATE_WORDS)
        if not (is_root and each.name == "name")
    ]  # the machine is called by its id
    before = state_path(found.old, change.id)
    if old.parent != new.parent and old.parent is not None and new.parent is not None:
        listed.insert(
            0, FieldChange("inside", state_path(found.old, old.parent), state_path(found.new, new.parent))
        )
    elif old.order != new.order and not is_root:
        listed.append(
            FieldChange(
                "place among its siblings",
                _rank(found.old.children(old.parent or ""), change.id),
                _rank(found.new.children(new.parent or ""), change.id),
            )
        )
    if not listed:
        return None
    what = What.RENAMED if old.key != new.key and not is_root else What.CHANGED
    kind = "machine" if is_root else "state"
    return Difference(what, kind, change.id, path, before if before != path else "", tuple(listed))


def _transition(found: Comparison, change: TransitionChange) -> Difference | None:
    old, new = change.old, change.new
    if new is None:
        path = transition_path(found.old, old) if old is not None else ""
        return Difference(What.REMOVED, "transition", change.id, path)
    path = transition_path(found.new, new)
    if old is None:
        return Difference(What.ADDED, "transition", change.id, path)
    listed = list(_record_fields(found, old, new, _TRANSITION_WORDS))
    if old.source != new.source:
        listed.insert(
            0, FieldChange("source", state_path(found.old, old.source), state_path(found.new, new.source))
        )
    elif old.order != new.order:
        ours, theirs = found.old.outgoing(old.source), found.new.outgoing(new.source)
        listed.append(FieldChange("rank", _rank(ours, change.id), _rank(theirs, change.id)))
    before = transition_path(found.old, old)
    return Difference(
        What.CHANGED, "transition", change.id, path, before if before != path else "", tuple(listed)
    )


def _rank(records: Sequence[State | Transition], id: str) -> str:
    return str(next((number for number, each in enumerate(records, 1) if each.id == id), 0))


def _record_fields(
    found: Comparison, old: State | Transition, new: State | Transition, words: dict[str, str]
) -> Iterator[FieldChange]:
    for each in fields(new):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if each.name in _PASSED_OVER or same(before, after):
            continue
        word = words.get(each.name, each.name)
        if each.name == "meta" and isinstance(before, dict) and isinstance(after, dict):
            yield from _entries(found, word, before, after)
        elif each.name == "extra":
            yield from _entries(found, "", dict(before), dict(after))
        else:
            texts = _side(found.old, old, before), _side(found.new, new, after)
            yield FieldChange(word, *(texts if texts[0] != texts[1] else map(_whole, (before, after))))


def _info_fields(found: Comparison, old: Info, new: Info) -> Iterator[FieldChange]:
    for each in fields(new):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if same(before, after):
            continue
        if each.name == "context" and isinstance(before, dict | None) and isinstance(after, dict | None):
            yield from _entries(found, "context", before or {}, after or {})
        elif each.name in ("guards", "actions", "delays", "services"):
            yield from _entries(found, each.name, dict(before), dict(after))
        elif each.name == "extra":
            yield from _entries(found, "", dict(before), dict(after))
        elif isinstance(before, Conventions) and isinstance(after, Conventions):
            for word in fields(after):
                one, other = getattr(before, word.name), getattr(after, word.name)
                if one != other:
                    yield FieldChange(_CONVENTION_WORDS[word.name], plain(one), plain(other))
        else:
            yield FieldChange(each.name, value_text(found.old, before), value_text(found.new, after))


def _entries(
    found: Comparison, word: str, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[FieldChange]:
    """The entries of a table that differ, each as a field of its own; or the order where only that does."""
    is_told = False
    for key in dict.fromkeys((*before, *after)):
        if key in before and key in after and same(before[key], after[key]):
            continue
        is_told = True
        yield FieldChange(
            f"{word}.{key}" if word else key,
            _entry_text(found.old, before, key),
            _entry_text(found.new, after, key),
        )
    if not is_told:
        yield FieldChange(f"order of {word or 'keys'}", ", ".join(before), ", ".join(after))


def _entry_text(chart: Chart, table: dict[str, Any], key: str) -> str:
    """What an entry says, which is told from one that is not there even if it says nothing."""
    if key not in table:
        return ""
    value = table[key]
    return value_text(chart, value) or ("[]" if value == () else plain(value))


def _side(chart: Chart, record: State | Transition, value: Any) -> str:
    """A field of a record, in the terms of the chart that it stands in."""
    if isinstance(record, Transition):
        if value is record.trigger:
            return labels.trigger_text(chart, record) or record.trigger.kind.value
        if value is record.targets:
            return ", ".join(state_path(chart, each) for each in record.targets)
    return value_text(chart, value)


def value_text(chart: Chart, value: Any) -> str:
    """A value in one line: guards and actions as labels write them, but whole; nothing for none."""
    if value is None or value == ():
        return ""
    if isinstance(value, _GUARDS):
        text = labels.guard_text(chart, value)
        return text if HIDDEN not in text else _whole(value)
    if isinstance(value, tuple):
        return "; ".join(value_text(chart, each) for each in value)
    if isinstance(value, StateKind):
        return value.value
    if isinstance(value, Invoke):
        parts = [f"{word}: {plain(each)}" for word, each in _set_fields(value) if word not in ("uid", "src")]
        return value.title + (f" ({', '.join(parts)})" if parts else "")
    if is_dataclass(value):
        text = labels.action_text(value) if isinstance(value, _ACTIONS) else HIDDEN
        return text if HIDDEN not in text else _whole(value)
    return plain(value)


def _set_fields(record: Any) -> list[tuple[str, Any]]:
    return [
        (each.name, getattr(record, each.name))
        for each in fields(record)
        if getattr(record, each.name) != each.default and getattr(record, each.name) not in (None, ())
    ]


def _whole(value: Any) -> str:
    """A record with all that is set in it, where a label would leave some out."""
    if isinstance(value, tuple | list) and not isinstance(value, Point):
        return f"[{', '.join(_whole(each) for each in value)}]"
    if is_dataclass(value):
        parts = ", ".join(f"{word}: {_whole(each)}" for word, each in _set_fields(value))
        return f"{type(value).__name__.lower()}({parts})"
    return plain(value)


def plain(value: Data) -> str:
    """Plain data in one line; a text without quotes where it cannot be taken for something else."""
    if (
        isinstance(value, str)
        and value
        and value == value.strip()
        and "\n" not in value
        and not _is_json(value)
    ):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_json(text: str) -> bool:
    """Whether a text without quotes would be taken for a number, for true, or for something else that it is not."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _drawing(found: Comparison, new: set[str]) -> Iterator[Difference]:
    """What lies elsewhere or looks otherwise; what was added or removed is told already."""
    for change in found.changes:
        if change.id in new:
            continue
        if isinstance(change, BoxChange):
            listed = tuple(_box_fields(change.old, change.new))
            if listed and change.id in found.new.states:
                path = state_path(found.new, change.id)
                yield Difference(What.MOVED, "drawing", change.id, path, fields=listed)
        elif isinstance(change, BendsChange):
            listed = tuple(_bend_fields(change.old, change.new))
            record = found.new.transitions.get(change.id)
            if listed and record is not None:
                yield Difference(
                    What.MOVED, "drawing", change.id, transition_path(found.new, record), fields=listed
                )


def _box_fields(old: Box | None, new: Box | None) -> Iterator[FieldChange]:
    pairs = [("place", _place(old), _place(new)), ("size", _size(old), _size(new))]
    for word in ("tint", "collapsed", "initial"):
        pairs.append((word, _look(getattr(old, word, None)), _look(getattr(new, word, None))))
    yield from (FieldChange(*pair) for pair in pairs if pair[1] != pair[2])


def _look(value: Any) -> str:
    if isinstance(value, Point):
        return f"{value.x:g}, {value.y:g}"
    return "" if value in (None, False) else plain(value)


def _place(box: Box | Note | None) -> str:
    return "" if box is None else f"{box.x:g}, {box.y:g}"


def _size(box: Box | Note | None) -> str:
    return "" if box is None else f"{box.width:g} by {box.height:g}"


def _notes(found: Comparison) -> Iterator[Difference]:
    """What became of notes, which are called by what they say."""
    for change in found.changes:
        if not isinstance(change, NoteChange):
            continue
        old, new = change.old, change.new
        path = headline((new or old or Note(id="", x=0, y=0, width=1, height=1)).text)
        if old is None or new is None:
            yield Difference(What.ADDED if old is None else What.REMOVED, "note", change.id, path)
            continue
        listed = tuple(
            FieldChange(name, one, other)
            for name, one, other in (
                ("text", old.text, new.text), ("place", _place(old), _place(new)),
                ("size", _size(old), _size(new)), ("tint", _look(old.tint), _look(new.tint)),
            )
            if one != other
        )  # fmt: skip
        is_text = old.text != new.text
        if listed:
            yield Difference(What.CHANGED if is_text else What.MOVED, "note", change.id, path, fields=listed)


def _bend_fields(old: Bends | None, new: Bends | None) -> Iterator[FieldChange]:
    before, after = (tuple(bends.points) if bends is not None else () for bends in (old, new))
    if before != after:
        yield FieldChange("bends", *("; ".join(map(_look, points)) for points in (before, after)))
    one, other = (bends.label if bends is not None else None for bends in (old, new))
    if one != other:
        texts = ("" if each is None else f"{each.along:g}, {each.dx:g}, {each.dy:g}" for each in (one, other))
        yield FieldChange("label", *texts)


def summary(told: Sequence[Difference]) -> str:
    """How many there are of each."""
    if not told:
        return "No differences"
    counts = [(what, sum(each.what is what for each in told)) for what in What]
    return ", ".join(f"{count} {what.value}" for what, count in counts if count)
