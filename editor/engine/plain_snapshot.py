"""A run as plain data, and back: what another process needs to go on as if nothing had been between.

States are told by their dotted paths (a list of keys where two states have the same path), so that a definition may
be read anew; times by what is left of them, in milliseconds. Everything is what JSON and YAML can hold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, TypeGuard

from editor.engine.machine import Machine, Rule
from editor.engine.plain_event import event_from_plain, event_to_plain
from editor.engine.snapshot import Child, Event, Service, Snapshot, Timer
from editor.errors import EditorError, RunError
from editor.model.elements import Data

VERSION = 1
_STATUS = ("ready", "running", "done", "stopped")


def to_plain(machine: Machine, snapshot: Snapshot) -> dict[str, Data]:
    """What a run is now, as plain data. Parts of the context are shared with the run, which never changes them."""
    made: dict[str, Data] = {
        "version": VERSION,
        "status": _status(snapshot),
        "clock": snapshot.clock,
        "serial": snapshot.serial,
        "configuration": _paths(machine, snapshot.active),
        "context": snapshot.context,
    }
    if snapshot.history:
        made["history"] = [_memory(machine, *each) for each in snapshot.history.items()]
    if snapshot.previous:
        made["previous"] = [_memory(machine, *each) for each in snapshot.previous.items()]
    if snapshot.timers:
        made["timers"] = [_timer(machine, each, snapshot.clock) for each in snapshot.timers]
    if snapshot.services:
        made["services"] = [_service(machine, each) for each in snapshot.services]
    if machine.has_sessions:
        made["session"] = snapshot.session
        made["bound"] = _paths(machine, snapshot.bound)
        made["memory"] = machine.language.memory_to_plain(snapshot.memory)
        if snapshot.event is not None:
            made["event"] = event_to_plain(snapshot.event)
    return made


def from_plain(machine: Machine, data: Data) -> Snapshot:
    """The run that `to_plain` told of.

    Raises:
        RunError: it is no such data, or tells of states, delays or services that the machine does not have.
    """
    reader = _Reader(machine, data)
    status = reader.word("status", _STATUS)
    active = reader.states("configuration")
    _check(machine, active, is_running=status in ("running", "done"))
    clock = reader.number("clock")
    timers = [reader.timer(each, clock) for each in reader.rows("timers")]
    return Snapshot(
        active,
        reader.mapping("context"),
        dict(reader.memory(each) for each in reader.rows("history")),
        dict(reader.memory(each) for each in reader.rows("previous")),
        tuple(sorted(timers, key=lambda timer: (timer.due, timer.serial))),
        tuple(reader.service(each) for each in reader.rows("services")),
        clock,
        int(reader.number("serial")),
        status == "done",
        status != "ready",
        status == "stopped",
        machine.language.memory_from_plain(reader.data.get("memory")) if machine.has_sessions else None,
        reader.states("bound") if machine.has_sessions else 0,
        event_from_plain(reader.data.get("event")),
        _text(reader.data, "session"),
    )


def _status(snapshot: Snapshot) -> str:
    if snapshot.is_stopped:
        return "stopped"
    if snapshot.is_done:
        return "done"
    return "running" if snapshot.is_started else "ready"


# telling


def _path(machine: Machine, place: int) -> Data:
    name = machine.names[place]
    if place == 0 or machine.find(name) == place:
        return name
    line = (place, *machine.ancestors[place])
    return [machine.states[each].key for each in reversed(line) if each]


def _paths(machine: Machine, mask: int) -> list[Data]:
    return [_path(machine, place) for place in machine.bits(mask)]


def _memory(machine: Machine, place: int, mask: int) -> Data:
    return {"state": _path(machine, place), "was": _paths(machine, mask)}


def _timer(machine: Machine, timer: Timer, clock: float) -> Data:
    made: dict[str, Data] = {
        "left": timer.due - clock if math.isfinite(timer.due) else None,
        "length": timer.length if math.isfinite(timer.length) else None,
        "ago": clock - timer.started,
        "serial": timer.serial,
    }
    if timer.name:
        made["name"] = timer.name
    if timer.event is None:
        text = machine.by_key[timer.id][0].record.trigger.text
        return made | {"state": _path(machine, timer.state), "after": text}
    made |= {"id": timer.id, "event": timer.event.name}
    for key, value in (
        ("data", timer.event.data),
        ("sent", event_to_plain(timer.event) if machine.has_sessions else None),
        ("to", timer.to),
        ("element", timer.element),
        ("field", timer.field),
    ):
        if value not in ("", None):
            made[key] = value
    return made


def _service(machine: Machine, service: Service) -> Data:
    invokes = machine.states[service.state].invokes
    index = next(number for number, each in enumerate(invokes) if each.uid == service.uid)
    made: dict[str, Data] = {"state": _path(machine, service.state), "index": index, "id": service.id}
    if service.input is not None:
        made["input"] = service.input
    child = service.child
    if child is not None:
        made["src"], made["content"] = service.src, child.text
        made["child"] = to_plain(child.machine, child.snapshot)
    return made


# reading


class _Reader:
    """Takes plain data apart; whatever is not as `to_plain` tells it is refused by name."""

    def __init__(self, machine: Machine, data: Data) -> None:
        self.machine = machine
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise RunError(f"This is no saved run of version {VERSION}. Save it again with this program.")
        self.data = data
        self.by_keys = {
            tuple(
                machine.states[each].key for each in reversed((place, *machine.ancestors[place])) if each
            ): place
            for place in range(len(machine.states))
        }

    def word(self, key: str, known: tuple[str, ...]) -> str:
        value = self.data.get(key)
        if not isinstance(value, str) or value not in known:
            raise _wrong(key, f"one of {', '.join(known)}")
        return value

    def number(self, key: str) -> float:
        value = self.data.get(key)
        if not _is_time(value):
            raise _wrong(key, "a number, zero or more")
        return value

    def mapping(self, key: str) -> dict[str, Data]:
        value = self.data.get(key)
        if not isinstance(value, dict):
            raise _wrong(key, "a mapping")
        return value

    def rows(self, key: str) -> list[dict[str, Data]]:
        rows = self.data.get(key, [])
        if not isinstance(rows, list):
            raise _wrong(key, "a list of mappings")
        found = [row for row in rows if isinstance(row, dict)]
        if len(found) != len(rows):
            raise _wrong(key, "a list of mappings")
        return found

    def states(self, key: str) -> int:
        return self._mask(self.data.get(key), key)

    def memory(self, row: dict[str, Data]) -> tuple[int, int]:
        return self._place(row.get("state")), self._mask(row.get("was"), "was")

    def timer(self, row: dict[str, Data], clock: float) -> Timer:
        left, length = _endless(row.get("left"), "left"), _endless(row.get("length"), "length")
        ago, serial, name = row.get("ago"), row.get("serial"), _text(row, "name")
        if not _is_time(ago) or not isinstance(serial, int):
            raise _wrong("timers", "rows with ago and serial")
        due, started = clock + left, clock - ago
        if "after" in row:
            place, rule = self._delay(row)
            return Timer(rule.key, due, length, started, serial, rule.id, place, None, name)
        event = event_from_plain(row.get("sent")) or Event(_text(row, "event"), row.get("data"))
        to, element, field = _text(row, "to"), _text(row, "element"), _text(row, "field")
        return Timer(_text(row, "id"), due, length, started, serial, "", -1, event, name, to, element, field)

    def service(self, row: dict[str, Data]) -> Service:
        place, index = self._place(row.get("state")), row.get("index")
        invokes = self.machine.states[place].invokes
        if not isinstance(index, int) or not 0 <= index < len(invokes):
            raise RunError(
                f"“{self.machine.names[place]}” has no invocation {index}. The machine was changed."
            )
        invoke = invokes[index]
        src, child = invoke.src, None
        if row.get("child") is not None:
            src, text = _text(row, "src"), _text(row, "content")
            try:
                inner = self.machine.invoked("" if text else src, text)
            except EditorError as error:
                raise RunError(f"The invoked machine cannot be read: {error}") from None
            child = Child(inner, from_plain(inner, row["child"]), text)
        return Service(_text(row, "id"), src, place, invoke.uid, row.get("input"), invoke.auto_forward, child)

    def _delay(self, row: dict[str, Data]) -> tuple[int, Rule]:
        place, text = self._place(row.get("state")), _text(row, "after")
        for rule in self.machine.after[place]:
            if rule.record.trigger.text == text:
                return place, rule
        raise RunError(f"“{self.machine.names[place]}” has no delay “{text}”. The machine was changed.")

    def _mask(self, value: Data, key: str) -> int:
        if not isinstance(value, list):
            raise _wrong(key, "a list of states")
        mask = 0
        for each in value:
            mask |= 1 << self._place(each)
        return mask

    def _place(self, value: Data) -> int:
        if value == "":
            return 0
        if isinstance(value, list):
            place = self.by_keys.get(tuple(str(each) for each in value), -1)
        else:
            place = self.machine.find(value) if isinstance(value, str) else -1
        if place < 0:
            raise RunError(f"The machine has no state “{value}”. It was changed since the run was saved.")
        return place


def _check(machine: Machine, active: int, *, is_running: bool) -> None:
    """Refuse what no run can be in: see W3C SCXML, 3.11, legal state configurations."""
    if not active and not is_running:
        return
    for place in machine.bits(active | 1):
        inside = _count(machine.real[place], active)
        wanted = len(machine.real[place]) if machine.is_parallel[place] else min(1, len(machine.real[place]))
        parent = machine.parents[place]
        if inside != wanted or machine.is_history[place] or (parent >= 0 and not active >> parent & 1):
            name = machine.names[place] or "the machine"
            raise RunError(f"The saved configuration is none that {name} can be in. The machine was changed.")


def _count(places: Iterable[int], mask: int) -> int:
    return sum(mask >> place & 1 for place in places)


def _is_time(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf


def _endless(value: Data, key: str) -> float:
    """A length of time; null is one without an end, of a delay that is not known."""
    if value is None:
        return math.inf
    if not _is_time(value):
        raise _wrong(key, "a number of milliseconds or null")
    return value


def _text(row: dict[str, Data], key: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise _wrong(key, "a text")
    return value


def _wrong(key: str, expected: str) -> RunError:
    return RunError(f"“{key}” of the saved run must be {expected}.")
