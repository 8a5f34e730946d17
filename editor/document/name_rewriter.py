"""Names of guards, actions, delays, services and events rewritten wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from editor.document.rewriting import Rewriter
from editor.model.elements import (
    Action,
    Call,
    Cancel,
    Delay,
    Guard,
    Info,
    Named,
    Raise,
    Send,
    State,
    Transition,
    TriggerKind,
)
from editor.model.uses import What


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class NameRewriter(Rewriter):
    """What becomes of names: each function is given one and returns what stands there instead, kept by default.

    `awaited` are descriptors of events, `sent` the events that actions send; `receiver` is whom they are sent to and
    `cancelled` the id of a send that is cancelled.
    """

    guard_name: Callable[[str], str] = _same
    action_name: Callable[[str], str] = _same
    delay_name: Callable[[str], str] = _same
    service: Callable[[str], str] = _same
    awaited: Callable[[str], str] = _same
    sent: Callable[[str], str] = _same
    receiver: Callable[[str], str] = _same
    cancelled: Callable[[str], str] = _same

    def guard(self, guard: Guard) -> Guard:
        """A guard with all its parts."""
        if isinstance(guard, Named):
            new = self.guard_name(guard.name)
            guard = guard if new == guard.name else replace(guard, name=new)
        return Rewriter.guard(self, guard)

    def delay(self, delay: Delay | None) -> Delay | None:
        """A delay, which may be a name or an expression."""
        if isinstance(delay, str):
            return self.delay_name(Rewriter._delay_text(self, delay))
        return Rewriter.delay(self, delay)

    def _action(self, action: Action) -> Action:
        if isinstance(action, Call):
            action = replace(action, name=self.action_name(action.name))
        elif isinstance(action, Raise):
            action = replace(action, event=self.sent(action.event))
        elif isinstance(action, Send):
            to = self.receiver(action.to) if action.to else action.to
            action = replace(action, event=self.sent(action.event), to=to)
        elif isinstance(action, Cancel):
            return replace(action, id=self.cancelled(action.id))
        return Rewriter._action(self, action)

    def state(self, state: State) -> State:
        """A state's own actions, services and output."""
        new = Rewriter.state(self, state)
        if new.invokes:
            new = replace(
                new, invokes=tuple(replace(each, src=self.service(each.src)) for each in new.invokes)
            )
        return state if new == state else new

    def transition(self, transition: Transition) -> Transition:
        """A transition's trigger, guard and actions."""
        new = Rewriter.transition(self, transition)
        trigger = new.trigger
        if trigger.kind is TriggerKind.EVENT:
            new = replace(new, trigger=replace(trigger, text=self.awaited(trigger.text)))
        elif trigger.kind is TriggerKind.AFTER:
            new = replace(new, trigger=replace(trigger, text=self.delay_name(trigger.text)))
        return transition if new == transition else new

    def info(self, info: Info) -> Info:
        """The meanings of names; a delay there is never another one's name (native format, "Action")."""
        new = replace(Rewriter.info(self, info), delays=info.delays)
        return info if new == info else new


def renamer(what: What, old: str, new: str) -> NameRewriter:
    """What rewrites one name: of a guard, action, delay, service or event."""

    def renamed(name: str) -> str:
        return new if name == old else name

    match what:
        case What.GUARD:
            return NameRewriter(guard_name=renamed)
        case What.ACTION:
            return NameRewriter(action_name=renamed)
        case What.DELAY:
            return NameRewriter(delay_name=renamed)
        case What.SERVICE:
            return NameRewriter(service=renamed)
        case _:
            return NameRewriter(awaited=renamed, sent=renamed)
