"""The data of a machine that states read and assign, for states that go from one machine to another.

They are keys of the context, or variables that states declare where the language keeps the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from editor.model import uses, walk
from editor.model.changes import AnyChange, InfoChange, StateChange
from editor.model.chart import Chart
from editor.model.elements import Data, Datum
from editor.model.sameness import same
from editor.model.uses import What

_WORD = re.compile(r"[\w$]+")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What gives a machine the data that it did not have; the names of these, and of those that begin otherwise here.

    `empty`: the names of those whose first value cannot be said here.
    """

    changes: tuple[AnyChange, ...]
    added: tuple[str, ...]
    different: tuple[str, ...]
    empty: tuple[str, ...]


def used_context(inside: walk.Inside, context: Data) -> Data:
    """The keys of a context that something inside records uses, with their values; None for none."""
    if not isinstance(context, dict) or not context:
        return None
    names = _used(inside, context)
    return {key: value for key, value in context.items() if key in names} or None


def used_data(inside: walk.Inside, source: Chart, declared: Collection[str]) -> tuple[Datum, ...]:
    """The variables of a chart that something inside records uses, and those that these begin with.

    Those are left out which are `declared` by the states that go along.
    """
    known = {datum.id: datum for state in source.states.values() for datum in state.data}
    waiting = list(_used(inside, known)) if known else []
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [word for word in _WORD.findall(known[name].expr or "") if word in known]
    return tuple(datum for name, datum in known.items() if name in found and name not in declared)


def _used(inside: walk.Inside, known: Collection[str]) -> Collection[str]:
    """Those of some names that are read or assigned, for certain or as far as words tell."""
    if not inside.chart.info.is_native:
        texts = (text for _, text in (*inside.expressions, *inside.variables))
        return {word for text in texts for word in _WORD.findall(text) if word in known}
    found: set[str] = set()
    for use in (use for own in uses.gather(inside).values() for use in own):
        if use.what is What.WHOLE:
            return known
        if use.what in (What.READ, What.WRITTEN):
            found |= {use.name, use.name.partition(".")[0]}.intersection(known)
    return found


def arriving(source: Chart, into: Chart) -> Arrived:
    """The data of one machine, for one that has not all of them; what it has is never changed."""
    theirs, ours = _all(source), _all(into)
    missing = {name: value for name, value in theirs.items() if name not in ours}
    different = tuple(
        name for name, value in theirs.items() if name in ours and not same(_value(value), _value(ours[name]))
    )
    if not missing:
        return Arrived((), (), different, ())
    change: AnyChange
    empty: tuple[str, ...] = ()
    if into.info.conventions.has_sessions:
        more = tuple(_datum(name, value) for name, value in missing.items())
        root = into.root
        change = StateChange(root.id, root, replace(root, data=(*root.data, *more)))
    else:
        info = into.info
        own: Mapping[str, Data] = info.context if isinstance(info.context, dict) else {}
        values = {name: _value(value) for name, value in missing.items()}
        empty = tuple(name for name, value in values.items() if isinstance(value, Datum))
        plain: dict[str, Data] = {
            name: None if isinstance(value, Datum) else value for name, value in values.items()
        }
        change = InfoChange(info.id, info, replace(info, context={**own, **plain}))
    return Arrived((change,), tuple(missing), different, empty)


def _all(chart: Chart) -> dict[str, Data | Datum]:
    context = chart.info.context
    found: dict[str, Data | Datum] = dict(context) if isinstance(context, dict) else {}
    return found | {datum.id: datum for state in chart.states.values() for datum in state.data}


def _datum(name: str, value: Data | Datum) -> Datum:
    return value if isinstance(value, Datum) else Datum(id=name, expr=json.dumps(value, ensure_ascii=False))


def _value(value: Data | Datum) -> Data | Datum:
    """The plain value that a variable begins with; itself where it takes its language to tell."""
    if not isinstance(value, Datum) or value.src is not None or value.content is not None:
        return value
    try:
        found: Data = json.loads(value.expr or "null")
    except (ValueError, RecursionError):
        return value
    return found
