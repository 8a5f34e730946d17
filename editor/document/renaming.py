"""The planner of renaming everywhere: what names a thing follows, and what would follow is told before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from editor.document import edits, keys, renaming_uses
from editor.document.fitting import fitted
from editor.document.renaming_uses import Place, Use, title, without
from editor.document.rewriting import Rewriter, rewritten
from editor.document.undo import Edit
from editor.errors import ChartError, ExpressionError
from editor.layout.sizes import Measure
from editor.model import expressions, labels, naming, walk
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.elements import Call, TriggerKind
from editor.model.expression_events import holds_text, rename_event
from editor.model.naming import Name, NameKind


@dataclass(frozen=True, slots=True)
class Renaming:
    """An edit that renames, the places where the name stands, and what else there is to know before it is made.

    Places that are left out are among the uses; the edit does not change them.
    """

    edit: Edit
    uses: tuple[Use, ...]
    remarks: tuple[str, ...]


def rename(
    chart: Chart,
    diagram: Diagram,
    name: Name,
    new: str,
    *,
    measure: Measure,
    left_out: Collection[Place] = (),
) -> Renaming:
    """A thing under another name, wherever its name stands: in uses, in the tables of meanings, in expressions.

    Where it is `left_out` it keeps the old one.

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
    found = renaming_uses.uses(chart, edit.changes, name)
    kept = {use.place for use in found if use.may_stay and use.place in left_out}
    remarks += renaming_uses.broken(chart, name, new, found, kept)
    edit = fitted(chart, diagram, Edit(edit.label, tuple(without(edit.changes, kept))), measure)
    return Renaming(edit, tuple(found), tuple(remarks))


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
            yield f"Not changed: the text in {title(chart, place.element)}: {text}"


def lines(chart: Chart, renaming: Renaming) -> list[str]:
    """The places that a renaming changes, for people: one line each."""
    return [renaming_uses.line(chart, use) for use in renaming.uses]
