"""Rules about what refers to something else by its name: states, ids, receivers; with the nearest there is."""

from __future__ import annotations

from collections.abc import Iterator

from editor.model import queries
from editor.model.look import Look
from editor.model.problems import Problem, Severity
from editor.model.uses import Use, What


def references(look: Look) -> Iterator[Problem]:
    """All rules of this file."""
    yield from _missing(look)
    yield from _paths(look)
    yield from _ids(look)
    if not look.chart.info.conventions.has_sessions:
        yield from _receivers(look)
        yield from _cancelled(look)


def _missing(look: Look) -> Iterator[Problem]:
    """Targets and `in` guards that name nothing."""
    closest = look.closest("states")
    missing = look.all(What.MISSING)
    if missing:
        closest.begin(look.uses.names(What.KEY))
    for use in missing:
        element, field, text = use.place.element, use.place.field, use.name
        close = closest(text.lstrip("#.").split(".")[-1])
        meant = look.spelled(element, field, close) if close else ""
        yield Problem(
            rule="unknown-state", severity=Severity.ERROR, element=element, field=field,
            message=f"There is no state “{text}” here." if text else "The target is empty.",
            hint=f"Did you mean “{meant}”?" if meant else "Name a sibling, or a path such as #id or .child.",
            name=text, meant=meant,
        )  # fmt: skip


def _paths(look: Look) -> Iterator[Problem]:
    """Paths given to `matches` that name nothing."""
    unknown = {path for path in look.uses.names(What.PATH) if queries.find_named(look.chart, path) is None}
    if not unknown:
        return
    closest = look.closest("paths")
    closest.begin(look.uses.names(What.KEY))
    for use in look.all(What.PATH):
        if use.name not in unknown:
            continue
        close = closest(use.name.lstrip("#").split(".")[-1])
        meant = look.spelled(use.place.element, "", close) if close else ""
        yield Problem(
            rule="unknown-state", severity=Severity.ERROR, element=use.place.element, field=use.place.field,
            message=f"matches('{use.name}') names no state.",
            hint=_did_you_mean(meant) or "Give the dotted path from the top.", name=use.name, meant=meant,
        )  # fmt: skip


def _ids(look: Look) -> Iterator[Problem]:
    """Ids that are given twice: of states, and of invocations."""
    for what, owners in ((What.STATE_ID, "states"), (What.INVOKE_ID, "invocations")):
        seen: set[str] = set()
        for use in look.all(what):
            if use.name in seen:
                yield Problem(
                    rule="duplicate-id", severity=Severity.ERROR, element=use.place.element, field=use.place.field,
                    message=f"The id “{use.name}” is given to two {owners}.", hint="Change one of them.",
                )  # fmt: skip
            seen.add(use.name)


def _receivers(look: Look) -> Iterator[Problem]:
    """Sends to what is not there: they fail with `error.communication` (native format, "Action")."""
    sent = look.all(What.RECEIVER)
    if not sent:
        return
    known = invocations(look)
    closest = look.closest("receivers")
    closest.begin(known)
    for use in sent:
        bare = use.name.removeprefix("#_")
        if use.name in ("#_internal", "#_parent") or bare in known:
            continue
        close = closest(bare)
        meant = f"#_{close}" if close and use.name.startswith("#_") else close
        yield Problem(
            rule="unknown-receiver", severity=Severity.WARNING, element=use.place.element, field=use.place.field,
            message=f"Nothing is called “{use.name}”, so that sending to it fails.",
            hint=_did_you_mean(meant) or "Give the ID of an invocation, #_parent or #_internal.",
            name=use.name, meant=meant,
        )  # fmt: skip


def invocations(look: Look) -> set[str]:
    """The ids of all invocations, those that they have without being given one among them."""
    found: set[str] = set()
    for unit in {
        unit for name in look.uses.names(What.SERVICE) for unit in look.uses.users(What.SERVICE, name)
    }:
        path = queries.dotted_path(look.chart, unit)
        for number, invoke in enumerate(look.chart.states[unit].invokes):
            found.add(invoke.id or f"{path}:{number}")
    return found


def _cancelled(look: Look) -> Iterator[Problem]:
    """Cancels of sends that nobody makes."""
    known = look.uses.names(What.SEND_ID)
    unknown: list[Use] = [use for use in look.all(What.CANCELLED) if use.name not in known]
    closest = look.closest("sends")
    closest.begin(known)
    for use in unknown:
        meant = closest(use.name)
        yield Problem(
            rule="unknown-send", severity=Severity.INFORMATION, element=use.place.element, field=use.place.field,
            message=f"No send has the id “{use.name}”, so there is nothing to cancel.",
            hint=_did_you_mean(meant) or "Give a send this id.", name=use.name, meant=meant,
        )  # fmt: skip


def _did_you_mean(word: str) -> str:
    return f"Did you mean “{word}”?" if word else ""
