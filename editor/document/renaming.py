"""The planner of renaming everywhere: what names a thing follows, and what would follow is told before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from editor.document import edits, keys
from editor.document.fitting import fitted
from editor.document.rewriting import Rewriter, rewritten
from editor.document.undo import Edit
from editor.errors import ChartError, ExpressionError
from editor.layout.sizes import Measure
from editor.model import expressions, labels, naming, queries, walk
from editor.model.changes import InfoChange, StateChange, TransitionChange, net
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Call, In, TriggerKind
from editor.model.expression_events import holds_text, rename_event
from editor.model.naming import Name, NameKind


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a name stands: in which element, and its text before and after."""

    element: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Renaming:
    """An edit that renames, the places that it changes, and what else there is to know before it is made."""

    edit: Edit
    uses: tuple[Use, ...]
    remarks: tuple[str, ...]


def rename(chart: Chart, diagram: Diagram, name: Name, new: str, *, measure: Measure) -> Renaming:
    """A thing under another name, wherever its name stands: in uses, in the tables of meanings, in expressions.

    Raises:
        ChartError: it cannot have that name, or another thing has it.
    """
    new = new.strip()
    old = naming.shown(chart, name)
    remarks = list(_refused_or_told(chart, name, old, new))
    if name.kind is NameKind.STATE:
        edit = edits.rename(chart, name.text, new)
    elif name.kind is NameKind.KEY:
        edit = keys.rename_key(chart, old, new)
        remarks += [f"Not changed: {text}" for text in keys.unclear(chart, old, new)]
    else:
        edit = Edit(
            f"Rename {name.kind.value} “{old}” to “{new}”", rewritten(chart, (), rewriter(chart, name, new))
        )
    edit = fitted(chart, diagram, edit, measure)
    after = chart.copy()
    after.apply(edit.changes)
    found = [*_changed(chart, after, edit), *(_followers(chart, after, name) if new != old else ())]
    places = _places(chart)
    uses = sorted(found, key=lambda use: places.get(use.element, len(places)))
    return Renaming(edit, tuple(uses), tuple(remarks))


def rewriter(chart: Chart, name: Name, new: str) -> Rewriter:
    """What rewrites the name of an event, guard, action, delay or service."""
    old = name.text

    def renamed(text: str) -> str:
        return new if text == old else text

    def heard(text: str) -> str:
        return " ".join(map(renamed, text.split(" "))) if chart.info.conventions.by_token else renamed(text)

    if name.kind is NameKind.EVENT:
        is_native = chart.info.is_native
        return Rewriter(
            event=heard, expression=lambda text: rename_event(text, old, new) if is_native else text
        )
    if name.kind is NameKind.GUARD:
        return Rewriter(guard_name=renamed)
    if name.kind is NameKind.ACTION:
        return Rewriter(action_name=renamed)
    return Rewriter(delay_name=renamed) if name.kind is NameKind.DELAY else Rewriter(service_name=renamed)


# what stands against it, and what is to be known


def _refused_or_told(chart: Chart, name: Name, old: str, new: str) -> Iterator[str]:
    """What is to be known before; raises for what cannot be."""
    kind = name.kind
    if kind in (NameKind.STATE, NameKind.KEY) or new == old:
        if not new:
            raise ChartError(f"{_one(kind).capitalize()} needs a name.")
        return
    _check_form(chart, kind, new)
    tables = {
        NameKind.GUARD: chart.info.guards, NameKind.ACTION: chart.info.actions,
        NameKind.DELAY: chart.info.delays, NameKind.SERVICE: chart.info.services,
    }  # fmt: skip
    meanings = {each for each, _ in tables.get(kind, ())}
    if old in meanings and new in meanings:
        raise ChartError(
            f"There is {_one(kind)} “{new}” with a meaning of its own already. Choose another name."
        )
    others = {each.text for each in naming.names_of(chart) if each.kind is kind}
    if new in others:
        yield f"There is {_one(kind)} “{new}” already: both are one from now on."
    else:
        twin = next((each for each in sorted(others - {old}) if each.casefold() == new.casefold()), None)
        if twin is not None:
            yield f"There is {_one(kind)} “{twin}” as well, which differs only in its case."
    if kind is NameKind.EVENT:
        yield from _event_remarks(chart, old, new)


def _one(kind: NameKind) -> str:
    return f"{'an' if kind.value[0] in 'aeiou' else 'a'} {kind.value}"


def _check_form(chart: Chart, kind: NameKind, new: str) -> None:
    if not new:
        raise ChartError(f"{_one(kind).capitalize()} needs a name.")
    if kind is NameKind.EVENT:
        try:
            trigger = labels.parse_label(new).trigger
        except ExpressionError as error:
            raise ChartError(f"“{new}” cannot be an event: {error.message}.") from None
        if trigger.kind is not TriggerKind.EVENT or trigger.text != new:
            raise ChartError(f"“{new}” means something else in a label. Choose another name.")
        if not naming.is_event(new):
            what = "stands for many events" if "*" in new else "is sent by the machine itself"
            raise ChartError(f"“{new}” {what}. Choose another name.")
    elif kind is NameKind.DELAY and not naming.is_delay(new):
        raise ChartError(f"“{new}” cannot be the name of a delay: it is one word that is no duration.")
    elif kind is NameKind.GUARD and not expressions.is_plain_name(new):
        raise ChartError(f"“{new}” would be read as an expression. Use letters, digits and “_”.")
    elif kind is NameKind.ACTION and not _is_action(new):
        raise ChartError(f"“{new}” would be read as something else than the name of an action.")


def _is_action(text: str) -> bool:
    try:
        return labels.parse_label(f"/ {text}").actions == (Call(name=text),)
    except ExpressionError:
        return False


def _event_remarks(chart: Chart, old: str, new: str) -> Iterator[str]:
    wide = {
        each.trigger.text: None
        for each in chart.transitions.values()
        if each.trigger.kind is TriggerKind.EVENT and each.trigger.text.endswith(".*")
    }
    for text in wide:
        hears, heard = (each == text[:-2] or each.startswith(text[:-1]) for each in (new, old))
        if heard and not hears:
            yield f"“{text}” answers “{old}”, and will not answer “{new}”."
        elif hears and not heard:
            yield f"“{text}” will answer “{new}”, and does not answer “{old}”."
    for place, text in walk.Inside(chart).expressions:
        left = rename_event(text, old, new) if chart.info.is_native else text
        stays = holds_text(left, old) if chart.info.is_native else f"'{old}'" in text or f'"{old}"' in text
        if stays:
            yield f"Not changed: the text in {_title(chart, place.element)}: {text}"


# what changes


def _changed(before: Chart, after: Chart, edit: Edit) -> Iterator[Use]:
    """The texts of records that an edit changes."""
    for change in net(edit.changes):
        if isinstance(change, TransitionChange) and change.old is not None and change.new is not None:
            old, new = labels.label_text(before, change.old), labels.label_text(after, change.new)
            if old != new:
                yield Use(change.id, old, new)
                continue
        if isinstance(change, StateChange | TransitionChange | InfoChange):
            for was, now in _differences(change.old, change.new):
                yield Use(change.id, was, now)


def _places(chart: Chart) -> dict[str, int]:
    """Where each element stands among all, in document order."""
    ids = [id for state, own in walk.Inside(chart).elements for id in (state.id, *(each.id for each in own))]
    return {id: place for place, id in enumerate(ids)}


def _differences(old: object, new: object) -> Iterator[tuple[str, str]]:
    """The texts in which two records of the same form differ."""
    if old == new:
        return
    if is_dataclass(old) and type(old) is type(new):
        for each in fields(old):
            yield from _differences(getattr(old, each.name), getattr(new, each.name))
    elif isinstance(old, dict) and isinstance(new, dict) and len(old) == len(new):
        for (was, one), (now, two) in zip(old.items(), new.items(), strict=True):
            yield from _differences(was, now)
            yield from _differences(one, two)
    elif isinstance(old, tuple | list) and isinstance(new, tuple | list) and len(old) == len(new):
        for one, two in zip(old, new, strict=True):
            yield from _differences(one, two)
    else:
        yield str(old), str(new)


def _followers(before: Chart, after: Chart, name: Name) -> Iterator[Use]:
    """What refers to a state and is written otherwise when it is renamed: targets, and guards that ask for it."""
    if name.kind is not NameKind.STATE:
        return
    for each in before.incoming(name.text):
        if not each.is_pseudo:
            yield Use(each.id, *(f"→ {queries.dotted_path(chart, name.text)}" for chart in (before, after)))
    for place, guard in walk.Inside(before).guard_parts:
        if isinstance(guard, In) and guard.state == name.text:
            yield Use(place.element, labels.guard_text(before, guard), labels.guard_text(after, guard))


def _title(chart: Chart, id: str) -> str:
    """An element for people."""
    if id in chart.transitions:
        transition = chart.transitions[id]
        path = queries.dotted_path(chart, transition.source) or "machine"
        return f"{path} · {labels.trigger_text(chart, transition) or transition.trigger.kind.value}"
    return (queries.dotted_path(chart, id) if id in chart.states else "") or "machine"


def lines(chart: Chart, renaming: Renaming) -> list[str]:
    """The places that a renaming changes, for people: one line each."""
    return [f"{_title(chart, use.element)}:  {use.before}  →  {use.after}" for use in renaming.uses]
