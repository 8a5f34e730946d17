"""The places that a renaming changes, field by field, each of which can be left out.

A use is a field of a record that is written otherwise, or an entry of a table. What is left out keeps what it said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple

from editor.model import labels, naming, queries, walk
from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange, net
from editor.model.chart import Chart
from editor.model.elements import In, Info, Transition
from editor.model.naming import Name, NameKind
from editor.model.sameness import same

_TABLES = ("guards", "actions", "delays", "services", "extra")
GROUPS = {
    "key": "Name", "trigger": "Transitions", "guard": "Guards", "actions": "Actions", "entry": "Actions",
    "exit": "Actions", "setup": "Actions", "invokes": "Services", "output": "Data", "done_data": "Data",
    "data": "Data", "context": "Context",
}  # fmt: skip
"""What the uses in a field are called together; those in tables say what names mean."""
_LONG = 48
"""Characters of a label beyond which the text that changes in it is told alone."""
MEANINGS, FOLLOWING = "Meanings", "Following by themselves"


class Place(NamedTuple):
    """Which use it is: the element, and the field of its record, for an entry of a table with its name before."""

    element: str
    field: str


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a name stands: in which element, and its text before and after.

    `group` is what it and others like it are called together. Only what `may_stay` can be left out.
    """

    element: str
    before: str
    after: str
    place: Place
    group: str
    may_stay: bool = True


def uses(before: Chart, changes: Iterable[AnyChange], name: Name) -> list[Use]:
    """What changes of records write otherwise, in document order, and what follows by itself."""
    after = before.copy()
    made = net(changes)
    after.apply(made)
    found = [use for change in made for use in _of_change(before, after, change, name)]
    found += _followers(before, after, name)
    places = _order(before)
    return sorted(found, key=lambda use: places.get(use.element, len(places)))


def without(changes: Iterable[AnyChange], left_out: Collection[Place]) -> list[AnyChange]:
    """Changes of records without those that are left out."""
    return [_kept(change, left_out) for change in net(changes)] if left_out else [*changes]


def _kept(change: AnyChange, left_out: Collection[Place]) -> AnyChange:
    if not isinstance(change, StateChange | TransitionChange | InfoChange):
        return change
    old: Any = change.old
    new: Any = change.new
    for field, number, was, now in _fields(old, new):
        if Place(change.id, _key(field, number, was)) not in left_out:
            continue
        if number is None:
            new = replace(new, **{field: was})
        else:
            table = list(getattr(new, field))
            assert same(table[number], now)
            table[number] = was
            new = replace(new, **{field: tuple(table)})
    return type(change)(change.id, old, new)


def _key(field: str, number: int | None, was: Any) -> str:
    return field if number is None else f"{field}.{was[0]}"


def _fields(old: Any, new: Any) -> Iterator[tuple[str, int | None, Any, Any]]:
    """The fields in which two records differ, entries of tables one by one with their positions."""
    if old is None or new is None:
        return
    for each in fields(new):
        was, now = getattr(old, each.name), getattr(new, each.name)
        if same(was, now):
            continue
        if isinstance(new, Info) and each.name in _TABLES and len(was) == len(now):
            for number, (one, other) in enumerate(zip(was, now, strict=True)):
                if not same(one, other):
                    yield each.name, number, one, other
        else:
            yield each.name, None, was, now


def _of_change(before: Chart, after: Chart, change: AnyChange, name: Name) -> Iterator[Use]:
    if not isinstance(change, StateChange | TransitionChange | InfoChange):
        return
    for field, number, was, now in _fields(change.old, change.new):
        group = MEANINGS if number is not None else GROUPS.get(field, "Data")
        texts = _texts(before, after, change, field, was, now)
        may_stay = field not in ("key", "context") and not _declares(field, was, now)
        yield Use(change.id, *texts, Place(change.id, _key(field, number, was)), group, may_stay)


def _declares(field: str, was: Any, now: Any) -> bool:
    """Whether variables have other names: that is the thing itself."""
    return (
        field == "data" and isinstance(was, tuple) and [each.id for each in was] != [each.id for each in now]
    )


def _texts(before: Chart, after: Chart, change: AnyChange, field: str, was: Any, now: Any) -> tuple[str, str]:
    """A field before and after, of a transition within its label."""
    if isinstance(change.old, Transition) and isinstance(change.new, Transition):
        other = replace(change.old, **{field: now})
        one, two = labels.label_text(before, change.old), labels.label_text(after, other)
        if one != two and max(len(one), len(two)) <= _LONG:
            return one, two
    pairs = list(dict.fromkeys(_leaves(was, now)))
    return "; ".join(one for one, _ in pairs), "; ".join(two for _, two in pairs)


def _leaves(old: object, new: object) -> Iterator[tuple[str, str]]:
    """The texts in which two values of the same form differ."""
    if same(old, new):
        return
    if is_dataclass(old) and type(old) is type(new):
        for each in fields(old):
            yield from _leaves(getattr(old, each.name), getattr(new, each.name))
    elif isinstance(old, dict) and isinstance(new, dict) and len(old) == len(new):
        for (was, one), (now, two) in zip(old.items(), new.items(), strict=True):
            yield from _leaves(was, now)
            yield from _leaves(one, two)
    elif isinstance(old, tuple | list) and isinstance(new, tuple | list) and len(old) == len(new):
        for one, two in zip(old, new, strict=True):
            yield from _leaves(one, two)
    else:
        yield str(old), str(new)


def _order(chart: Chart) -> dict[str, int]:
    """Where each element stands among all, in document order."""
    ids = [id for state, own in walk.Inside(chart).elements for id in (state.id, *(each.id for each in own))]
    return {id: place for place, id in enumerate(ids)}


def _followers(before: Chart, after: Chart, name: Name) -> Iterator[Use]:
    """What refers to a state and is written otherwise when it is renamed: targets, and guards that ask for it."""
    if name.kind is not NameKind.STATE or naming.shown(before, name) == naming.shown(after, name):
        return
    for each in before.incoming(name.text):
        if not each.is_pseudo:
            was, now = (f"→ {queries.dotted_path(chart, name.text)}" for chart in (before, after))
            yield Use(each.id, was, now, Place(each.id, "targets"), FOLLOWING, may_stay=False)
    for place, guard in walk.Inside(before).guard_parts:
        if isinstance(guard, In) and guard.state == name.text:
            was, now = (labels.guard_text(chart, guard) for chart in (before, after))
            here = Place(place.element, place.field)
            yield Use(place.element, was, now, here, FOLLOWING, may_stay=False)


# what comes of leaving some out


def broken(
    chart: Chart, name: Name, new: str, found: Collection[Use], left_out: Collection[Place]
) -> Iterator[str]:
    """What does not hold any more because some uses were left out."""
    left = [use for use in found if use.may_stay and use.place in left_out]
    taken = [use for use in found if use.place not in left_out]
    if not left:
        return
    old, kind = naming.shown(chart, name), name.kind
    places = "one place" if len(left) == 1 else f"{len(left)} places"
    has_meaning = any(use.group == MEANINGS and use.place.field == f"{kind.value}s.{old}" for use in found)
    is_meaning_left = any(use.place.field == f"{kind.value}s.{old}" for use in left)
    if kind is NameKind.STATE:
        yield f"{_stays(old, places)} and names no state there."
    elif kind is NameKind.KEY:
        yield f"{_stays(old, places)}, where the context has no such key any more."
    elif has_meaning and is_meaning_left and len(taken) > 0:
        yield f"“{new}” has no meaning: that of “{old}” keeps its name."
    elif has_meaning:
        yield f"{_stays(old, places)} and has no meaning there any more."
    elif taken:
        yield f"{_stays(old, places)}: “{old}” and “{new}” are two {kind.value}s from then on."


def _stays(old: str, places: str) -> str:
    return f"“{old}” stays in {places}"


def title(chart: Chart, id: str) -> str:
    """An element for people."""
    if id in chart.transitions:
        transition = chart.transitions[id]
        path = queries.dotted_path(chart, transition.source) or "machine"
        return f"{path} · {labels.trigger_text(chart, transition) or transition.trigger.kind.value}"
    return (queries.dotted_path(chart, id) if id in chart.states else "") or "machine"


def line(chart: Chart, use: Use) -> str:
    """A use in one line for people."""
    return f"{title(chart, use.element)}:  {use.before}  →  {use.after}"
