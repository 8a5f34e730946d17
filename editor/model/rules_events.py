"""Rules about events: waited for and never sent, sent and never answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from editor.model import queries
from editor.model.look import Look
from editor.model.problems import Problem, Severity
from editor.model.rules_references import invocations
from editor.model.uses import What

_OWN = ("done.state.", "done.invoke.", "error.platform.")


def events(look: Look) -> Iterator[Problem]:
    """All rules of this file."""
    yield from never_sent(look)
    yield from never_handled(look)


def never_sent(look: Look) -> Iterator[Problem]:
    """Descriptors of events that only the machine itself could send, and never does: ends of what is not there."""
    names = [name for name in look.uses.names(What.AWAITED) if name.startswith(_OWN) and "*" not in name]
    if not names:
        return
    known = {*_ends(look), *look.uses.names(What.SENT), *look.uses.names(What.SENT_AWAY)}
    for prefix in _OWN:
        look.closest(prefix).begin({each.removeprefix(prefix) for each in known if each.startswith(prefix)})
    for use in look.all(What.AWAITED):
        text = use.name
        if not text.startswith(_OWN) or "*" in text or text in known:
            continue
        prefix = next(each for each in _OWN if text.startswith(each))
        close = look.closest(prefix)(text.removeprefix(prefix))
        what = "state" if prefix == _OWN[0] else "invocation"
        yield Problem(
            rule="event-never-sent", severity=Severity.INFORMATION, element=use.place.element, field=use.place.field,
            message=f"The event “{text}” is never sent: no {what} has this ID.",
            hint=f"Did you mean “{prefix}{close}”?" if close else f"Give the ID of the {what} that ends.",
            meant=f"{prefix}{close}" if close else "",
        )  # fmt: skip


def _ends(look: Look) -> Iterator[str]:
    """The events that tell the end of a state or an invocation."""
    for state in look.chart.states.values():
        yield f"done.state.{state.declared_id or queries.dotted_path(look.chart, state.id)}"
    for id in invocations(look):
        yield from (f"done.invoke.{id}", f"error.platform.{id}")


def never_handled(look: Look) -> Iterator[Problem]:
    """Events that the machine sends itself and no transition waits for: told once each, as information."""
    descriptors, by_token = _descriptors(look), look.chart.info.conventions.by_token
    unheard = [
        name for name in look.uses.names(What.SENT) if not _is_answered(name, descriptors, by_token=by_token)
    ]
    closest = look.closest("events")
    if unheard:
        closest.begin({each for each in descriptors if "*" not in each})
    for use in look.firsts(What.SENT, unheard):
        meant = closest(use.name)
        yield Problem(
            rule="event-never-handled", severity=Severity.INFORMATION, element=use.place.element, field=use.place.field,
            message=f"The event “{use.name}” is sent, but never handled: no transition waits for it.",
            hint=f"Did you mean “{meant}”?" if meant else "", name=use.name, meant=meant,
        )  # fmt: skip


def _descriptors(look: Look) -> Collection[str]:
    """What the transitions wait for; each part where one may hold several."""
    texts: Collection[str] = look.uses.names(What.AWAITED)
    if look.chart.info.conventions.by_token:
        texts = [part for text in texts for part in text.split()]
    return {*texts, *((prefix + "*" for prefix in _OWN) if look.uses.names(What.END) else ())}


def _is_answered(event: str, descriptors: Collection[str], *, by_token: bool) -> bool:
    """Whether a descriptor matches: the event's own name, or the tokens that it begins with and a star."""
    if "*" in descriptors or event in descriptors:
        return True
    heads = [event, *(event[:place] for place, each in enumerate(event) if each == ".")]
    endings = (".*", ".", "") if by_token else (".*",)
    return any(head + ending in descriptors for head in heads for ending in endings)
