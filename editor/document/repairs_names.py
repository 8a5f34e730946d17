"""Repairs of problems about names: taken as they were meant, given a meaning, or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from editor.document import edits
from editor.document.renaming import rewriter
from editor.document.repair import Fix, Spot
from editor.document.repairs_transitions import rewritten_record
from editor.document.rewriting import Rewriter, rewritten
from editor.document.undo import Edit
from editor.model import expressions
from editor.model.elements import Data, Expr, Info
from editor.model.naming import Name, NameKind
from editor.model.uses import What, gather, owner
from editor.model.walk import Inside

_NAMED = {
    What.GUARD: NameKind.GUARD, What.ACTION: NameKind.ACTION, What.DELAY: NameKind.DELAY,
    What.SERVICE: NameKind.SERVICE,
}  # fmt: skip
"""What the names of uses name, where that is no event."""


def _take(spot: Spot, made: Callable[[str, str], Rewriter]) -> Iterator[Fix]:
    """The name that was meant, in the record that has the wrong one."""
    meant = spot.problem.meant
    if meant:
        title = f"Take “{meant}”"
        yield Fix("take", title, lambda: rewritten_record(spot, made(spot.problem.name, meant), title))


def _one(old: str, new: str) -> Callable[[str], str]:
    return lambda name: new if name == old else name


def _receiver(spot: Spot) -> Iterator[Fix]:
    yield from _take(spot, lambda old, new: Rewriter(receiver=_one(old, new)))


def _cancelled(spot: Spot) -> Iterator[Fix]:
    yield from _take(spot, lambda old, new: Rewriter(cancelled=_one(old, new)))


def _sent(spot: Spot) -> Iterator[Fix]:
    yield from _take(spot, lambda old, new: Rewriter(event=_one(old, new)))


def _key(spot: Spot) -> Iterator[Fix]:
    yield from _take(
        spot, lambda old, new: Rewriter(expression=lambda text: expressions.rename_name(text, old, new))
    )
    yield from _add_key(spot)


def _new_key(spot: Spot) -> Iterator[Fix]:
    """The key of the context that was meant by an assignment, where one is near; or the new one from the start."""

    def made(old: str, new: str) -> Rewriter:
        def key(text: str) -> str:
            return f"{new}{text[len(old) :]}" if text == old or text.startswith(f"{old}.") else text

        return Rewriter(key=key)

    yield from _take(spot, made)
    yield from _add_key(spot)


def _add_key(spot: Spot) -> Iterator[Fix]:
    info = spot.chart.info
    name = spot.problem.name
    context: dict[str, Data] = dict(info.context) if isinstance(info.context, dict) else {}
    if name not in context:
        new = replace(info, context={**context, name: None})
        yield _info(spot, "add", f"Add “{name}” to the context", new)


def _remove_key(spot: Spot) -> Iterator[Fix]:
    info = spot.chart.info
    name = spot.problem.field.partition(".")[2]
    if isinstance(info.context, dict) and name in info.context:
        left: dict[str, Data] = {key: value for key, value in info.context.items() if key != name}
        yield _info(spot, "remove", f"Remove “{name}” from the context", replace(info, context=left))


def _info(spot: Spot, kind: str, title: str, new: Info) -> Fix:
    return Fix(kind, title, lambda: edits.set_info(spot.chart, new, label=title))


def _unused(spot: Spot) -> Iterator[Fix]:
    """Without the meaning that nothing uses."""
    table, _, name = spot.problem.field.partition(".")
    info = spot.chart.info
    title = f"Remove “{name}”"
    match table:
        case "guards":
            new = replace(info, guards=tuple(each for each in info.guards if each[0] != name))
        case "actions":
            new = replace(info, actions=tuple(each for each in info.actions if each[0] != name))
        case "delays":
            new = replace(info, delays=tuple(each for each in info.delays if each[0] != name))
        case _:
            new = replace(info, services=tuple(each for each in info.services if each[0] != name))
    yield _info(spot, "remove", title, new)


def _mean_key(spot: Spot) -> Iterator[Fix]:
    """The name as one that means the value of the context."""
    name, info = spot.problem.name, spot.chart.info
    title = f"Let “{name}” mean the value in the context"
    if spot.problem.rule == "guard-is-context-key":
        yield _info(spot, "mean", title, replace(info, guards=(*info.guards, (name, Expr(text=name)))))
    else:
        yield _info(spot, "mean", title, replace(info, delays=(*info.delays, (name, name))))


def _alike(spot: Spot) -> Iterator[Fix]:
    """The one name of the two, everywhere."""
    problem = spot.problem
    title = f"Call it “{problem.meant}” everywhere"

    def plan() -> Edit:
        here = gather(Inside(spot.chart, [owner(spot.chart, problem.element)]))
        kinds = [
            use.what
            for uses in here.values()
            for use in uses
            if (use.name, use.place.element, use.place.field)
            == (problem.name, problem.element, problem.field)
        ]
        if not kinds:
            return Edit(title, ())
        name = Name(_NAMED.get(kinds[0], NameKind.EVENT), problem.name)
        return Edit(title, rewritten(spot.chart, (), rewriter(spot.chart, name, problem.meant)))

    yield Fix("rename", title, plan)


FIXES: Mapping[str, Callable[[Spot], Iterator[Fix]]] = {
    "unknown-receiver": _receiver,
    "unknown-send": _cancelled,
    "event-never-handled": _sent,
    "unknown-context-key": _key,
    "new-context-key": _new_key,
    "unused-context-key": _remove_key,
    "unused-guard": _unused,
    "unused-action": _unused,
    "unused-delay": _unused,
    "unused-service": _unused,
    "guard-is-context-key": _mean_key,
    "delay-is-context-key": _mean_key,
    "similar-names": _alike,
}
"""The repairs of each rule about names."""
