"""Rules about names: without a meaning, unused, alike; meanings that go in a circle; keys of the context."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from editor.model import walk
from editor.model.chart import Chart
from editor.model.elements import Call, Named
from editor.model.look import Look
from editor.model.problems import Problem, Severity
from editor.model.uses import Use, What

_KINDS = (What.GUARD, What.ACTION, What.DELAY, What.SERVICE)


def names(look: Look) -> Iterator[Problem]:
    """All rules of this file."""
    yield from unknown(look)
    yield from _unused(look)
    yield from _alike(look)
    yield from cycles(look.chart)
    if look.chart.info.is_native:
        yield from _keys(look)


def meanings(chart: Chart, what: What) -> Mapping[str, object]:
    """What the machine's names of a kind mean."""
    info = chart.info
    tables: dict[What, Mapping[str, object]] = {
        What.GUARD: dict(info.guards), What.ACTION: dict(info.actions), What.DELAY: dict(info.delays),
        What.SERVICE: dict(info.services),
    }  # fmt: skip
    return tables[what]


def _context(chart: Chart) -> Mapping[str, object]:
    return chart.info.context if isinstance(chart.info.context, dict) else {}


def unknown(look: Look) -> Iterator[Problem]:
    """Names that the runtime gives a meaning, not this file: told once each, as information.

    One that is a key of the context was meant as an expression, more likely than not.
    """
    context = _context(look.chart) if look.chart.info.is_native else {}
    for use in without_meaning(look):
        what, element, field = use.what.value, use.place.element, use.place.field
        if use.name in context and use.what in (What.GUARD, What.DELAY):
            yield Problem(
                rule=f"{what}-is-context-key", severity=Severity.WARNING, element=element, field=field,
                message=f"The word “{use.name}” is looked up as the name of a {what}, and not in the context.",
                hint="Write it as an expression if the context is meant.", name=use.name,
            )  # fmt: skip
        else:
            yield Problem(
                rule=f"unknown-{what}", severity=Severity.INFORMATION, element=element, field=field,
                message=f"The {what} “{use.name}” has no meaning in this file; the runtime gives it one.",
                name=use.name,
            )  # fmt: skip


def without_meaning(look: Look) -> Iterator[Use]:
    """The first use of each guard, action, delay and service that has no meaning in this machine."""
    for what in _KINDS:
        known = meanings(look.chart, what)
        yield from look.firsts(what, [name for name in look.uses.names(what) if name not in known])


def _unused(look: Look) -> Iterator[Problem]:
    """Meanings of names that nothing uses."""
    info = look.chart.info
    if info.conventions.has_sessions:
        return
    for what in _KINDS:
        used = look.uses.names(what)
        for name in meanings(look.chart, what):
            if name not in used:
                yield Problem(
                    rule=f"unused-{what.value}", severity=Severity.INFORMATION, element=info.id,
                    field=f"{what.value}s.{name}", is_key=True,
                    message=f"Nothing uses the {what.value} “{name}”.", hint="Use it, or remove its meaning.",
                )  # fmt: skip


def _alike(look: Look) -> Iterator[Problem]:
    """Names of a kind that differ in capitals only: one of the two is a slip of the hand."""
    if look.chart.info.conventions.by_token:
        return
    for what in _KINDS:
        known = meanings(look.chart, what)
        names = {name: (name in known, look.uses.count(what, name)) for name in look.uses.names(what)}
        yield from _spelled_alike(look, names, (what,), what.value)
    kinds = (What.AWAITED, What.SENT, What.SENT_AWAY)
    count = look.uses.count
    events = {
        name: (False, sum(count(what, name) for what in kinds))
        for what in kinds
        for name in look.uses.names(what)
    }
    yield from _spelled_alike(look, events, kinds, "event")


def _spelled_alike(
    look: Look, names: Mapping[str, tuple[bool, int]], kinds: Sequence[What], what: str
) -> Iterator[Problem]:
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name.casefold(), []).append(name)
    for group in groups.values():
        if len(group) < 2:
            continue
        best = max(group, key=lambda name: (names[name], name))
        for name in sorted(group):
            uses = [use for kind in kinds if name != best and (use := look.first(kind, name)) is not None]
            for use in uses[:1]:
                yield Problem(
                    rule="similar-names", severity=Severity.WARNING, element=use.place.element, field=use.place.field,
                    message=f"The {what}s “{name}” and “{best}” differ in capitals only, and are not the same.",
                    hint=f"Did you mean “{best}”?", name=name, meant=best,
                )  # fmt: skip


def cycles(chart: Chart) -> Iterator[Problem]:
    """Guards or actions that mean each other in a circle."""
    guards = {
        name: [part.name for part in walk.guards_within(guard) if isinstance(part, Named)]
        for name, guard in chart.info.guards
    }
    actions = {
        name: [each.name for each in walk.actions_within(meaning) if isinstance(each, Call)]
        for name, meaning in chart.info.actions
    }
    for table, uses in (("guards", guards), ("actions", actions)):
        for name in in_cycles(uses):
            yield Problem(
                rule="name-cycle", severity=Severity.ERROR, element=chart.info.id, field=f"{table}.{name}", is_key=True,
                message=f"The meaning of “{name}” leads back to itself.", hint="Break the circle.",
            )  # fmt: skip


def in_cycles(uses: Mapping[str, list[str]]) -> list[str]:
    """The names from which one comes back to the same name."""
    return [name for name in uses if _comes_back(uses, name)]


def _comes_back(uses: Mapping[str, list[str]], start: str) -> bool:
    waiting, seen = list(uses[start]), set[str]()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(uses.get(name, ()))
    return False


def _keys(look: Look) -> Iterator[Problem]:
    """Keys that are read or assigned but not in the context, and those that nothing uses.

    A machine that declares no context gets it from the runtime, and one with unknown names may use it there.
    """
    context = _context(look.chart)
    if not context:
        return
    written = {top_key(name, context) for name in look.uses.names(What.WRITTEN)}
    declared, closest = look.closest("declared"), look.closest("context")
    declared.begin(context)
    closest.begin({*context, *written})
    unknown = [name for name in look.uses.names(What.READ) if name not in context and name not in written]
    for use in look.firsts(What.READ, unknown):
        meant = declared(use.name) or closest(
            use.name
        )  # what is only assigned may itself be the slip of a hand
        yield Problem(
            rule="unknown-context-key", severity=Severity.WARNING, element=use.place.element, field=use.place.field,
            message=f"The context has no key “{use.name}”, and nothing assigns it.",
            hint=f"Did you mean “{meant}”?" if meant else "Add it to the context.",
            name=use.name, meant=meant,
        )  # fmt: skip
    for use in look.firsts(What.WRITTEN, look.uses.names(What.WRITTEN)):
        key = top_key(use.name, context)
        if key not in context:
            meant = declared(key)
            hint = "Add it to the context, so that the machine begins with it."
            yield Problem(
                rule="new-context-key", severity=Severity.INFORMATION, element=use.place.element, field=use.place.field,
                is_key=True, message=f"The context has no key “{key}” until this is done.",
                hint=f"Did you mean “{meant}”?" if meant else hint, name=key, meant=meant,
            )  # fmt: skip
    if any(name not in meanings(look.chart, what) for what in _KINDS for name in look.uses.names(what)):
        return
    if look.uses.names(What.WHOLE):  # an expression takes the context with every key of it
        return
    used = {*look.uses.names(What.READ), *written}
    for key in context:
        if key not in used:
            yield Problem(
                rule="unused-context-key", severity=Severity.INFORMATION, element=look.chart.info.id,
                field=f"context.{key}", is_key=True,
                message=f"Nothing reads or assigns the context key “{key}”.", hint="Use it, or remove it.",
            )  # fmt: skip


def top_key(name: str, context: Mapping[str, object]) -> str:
    """The key of the context that an assignment begins with."""
    return name if name in context else name.partition(".")[0]
