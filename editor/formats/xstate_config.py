"""An XState configuration in the words of the native format: plain data to plain data, and which version it is of.

The vocabulary is nearly the same. What differs is that in XState a text is never an expression: guards are names, and
what is passed on is itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from editor.formats.yaml_tree import Path
from editor.model import queries
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import Data, Transition, is_unresolved
from editor.model.expressions import is_plain_name

Plain = dict[str, Data]

_TABLES = ("on", "after")
_LISTS = ("always", "onDone")
_JUNCTIONS = {"xstate.and": "and", "xstate.or": "or", "xstate.not": "not"}
_DONE = {
    "xstate.done.state.": "done.state.",
    "xstate.done.actor.": "done.invoke.",
    "xstate.error.actor.": "error.platform.",
}
"""How the events that the machine itself raises are called from version 5 on, and before, which is as here."""
_OLD_WORDS = {"onEntry": "entry", "onExit": "exit"}
_OF_TRANSITION = {4: ("cond", "internal", "in"), 5: ("guard", "reenter")}
_OF_STATE = {4: ("activities", "data", "onEntry", "onExit", "strict", "delimiter"), 5: ("output",)}
_OF_INVOKE = {4: ("data", "autoForward"), 5: ("input", "systemId", "onSnapshot")}


@dataclass(frozen=True)
class Marker:
    """A word that only one version has, and where it stands."""

    version: int
    word: str
    path: Path


def markers(config: Plain) -> list[Marker]:
    """The words that tell the version."""
    return [
        Marker(version, word, path)
        for kind, body, path in _parts(config, ())
        for version, words in {"state": _OF_STATE, "invoke": _OF_INVOKE, "transition": _OF_TRANSITION}[
            kind
        ].items()
        for word in words
        if word in body
    ]


def _parts(body: Plain, path: Path) -> Iterator[tuple[str, Plain, Path]]:
    """Every state, invocation and transition that is a mapping, with its path."""
    yield "state", body, path
    for word in _TABLES:
        table = body.get(word)
        if isinstance(table, dict):
            for text, each in table.items():
                yield from _transitions(each, (*path, word, text))
        else:
            yield from _transitions(table, (*path, word))
    for word in _LISTS:
        yield from _transitions(body.get(word), (*path, word))
    for here, invoke in _items(body.get("invoke"), (*path, "invoke")):
        if isinstance(invoke, dict):
            yield "invoke", invoke, here
            for word in ("onDone", "onError"):
                yield from _transitions(invoke.get(word), (*here, word))
    states = body.get("states")
    for key, each in states.items() if isinstance(states, dict) else ():
        if isinstance(each, dict):
            yield from _parts(each, (*path, "states", key))


def _transitions(value: Data, path: Path) -> Iterator[tuple[str, Plain, Path]]:
    for here, each in _items(value, path):
        if isinstance(each, dict):
            yield "transition", each, here


def _items(value: Data, path: Path) -> list[tuple[Path, Data]]:
    """One thing or a list of them, each with its path."""
    if isinstance(value, list):
        return [((*path, place), each) for place, each in enumerate(value)]
    return [(path, value)] if value is not None else []


def can_stay(chart: Chart, transition: Transition) -> bool:
    """Whether a transition may stay in its source: all its targets are the source itself, or inside it."""
    source = transition.source
    return all(
        each == source or is_unresolved(each) or queries.is_descendant(chart, each, source)
        for each in transition.targets
    )


@dataclass
class Translation:
    """One configuration on its way to the native format.

    `moved` are the paths of what stands elsewhere now, with where it stood; `told` is what has to be told, with paths;
    `starts` are the actions of initial transitions, by the path of their state.
    """

    version: int
    config: Plain
    moved: dict[Path, Path] = field(default_factory=dict)
    told: list[tuple[Path, str]] = field(default_factory=list)
    starts: dict[Path, Data] = field(default_factory=dict)

    def machine(self) -> Plain:
        """The whole machine."""
        body = self.state(self.config, (), ())
        context = body.get("context")
        if context is not None and not isinstance(context, dict):
            self.told.append(
                (("context",), "The context is no object: it is kept under “meta”, and empty here.")
            )
            meta = body.get("meta")
            body = {key: value for key, value in body.items() if key != "context"}
            body["meta"] = {**meta, "context": context} if isinstance(meta, dict) else {"context": context}
        return body

    # states

    def state(self, body: Plain, path: Path, keys: tuple[str, ...]) -> Plain:
        """One state with all below it; `keys` lead to it from the root."""
        found: Plain = {}
        for old, value in body.items():
            word = _OLD_WORDS.get(old, old)
            if word != old:
                self.moved[*path, word] = (*path, old)
            found[word] = self.part(word, value, path, keys)
        if isinstance(found.get("activities"), list | dict | str):
            self.activities(found, path)
        if isinstance(found.get("on"), dict):
            self.eventless(found, path)
        return found

    def part(self, word: str, value: Data, path: Path, keys: tuple[str, ...]) -> Data:
        """What stands under one key of a state."""
        here = (*path, word)
        if word == "states" and isinstance(value, dict):
            return {
                key: self.state(each, (*here, key), (*keys, key)) if isinstance(each, dict) else each
                for key, each in value.items()
            }
        if word in _TABLES:
            return self.table(value, here, keys)
        if word in _LISTS:
            return self.transitions(value, keys)
        if word in ("entry", "exit"):
            return self.actions(value)
        if word == "invoke":
            return (
                [self.invoke(each, keys) for each in value]
                if isinstance(value, list)
                else self.invoke(value, keys)
            )
        if word in ("output", "data"):
            return literal(value)
        if word == "initial" and isinstance(value, dict):
            if value.get("actions") is not None:
                self.starts[path] = self.actions(value["actions"])
            return value.get("target")
        return value

    def table(self, value: Data, path: Path, keys: tuple[str, ...]) -> Data:
        """Events or delays with what they do; a list of these, as version 4 lets one write, becomes a table."""
        word = "event" if path[-1] == "on" else "delay"
        if isinstance(value, list):
            found: dict[str, list[Data]] = {}
            for place, each in enumerate(value):
                if not isinstance(each, dict) or not isinstance(each.get(word), str | int | float):
                    self.told.append(
                        ((*path, place), f"A transition in a list needs “{word}”; this one is left out.")
                    )
                    continue
                text = self.descriptor(str(each[word]), path)
                rest = {key: one for key, one in each.items() if key != word}
                self.moved[*path, text, len(found.setdefault(text, []))] = (*path, place)
                found[text].append(self.transition(rest, keys))
            return {text: list(group) for text, group in found.items()}
        if not isinstance(value, dict):
            return value
        table: Plain = {}
        for text, each in value.items():
            new = self.descriptor(text, path)
            if new in value:
                new = text
            elif new != text:
                self.moved[*path, new] = (*path, text)
            table[new] = self.transitions(each, keys)
        return table

    def descriptor(self, text: str, path: Path) -> str:
        """The events that the machine itself raises, as they are called here; a delay by a name that can be one."""
        if path[-1] != "on":
            return self.delay(text, path)
        for new, ours in _DONE.items():
            if text.startswith(new):
                text = ours + text[len(new) :]
        head = f"done.state.{self.config.get('id') or '(machine)'}."
        return "done.state." + text[len(head) :] if text.startswith(head) else text

    def delay(self, text: str, path: Path) -> str:
        """A delay of XState is a number or a name; a name of several words would be an expression here."""
        if parse_duration(text) is not None or is_plain_name(text):
            return text
        name = "_".join(re.findall(r"\w+", text)) or "delay"
        name = name if is_plain_name(name) else f"delay_{name}"
        self.told.append(((*path, text), f"The delay “{text}” is called “{name}” here."))
        return name

    def eventless(self, found: Plain, path: Path) -> None:
        """Transitions on an event without a name are version 4's older way to write `always`."""
        table = found["on"]
        if not isinstance(table, dict) or "" not in table:
            return
        before = [each for _, each in _items(found.get("always"), ())]
        if before and not isinstance(found["always"], list):
            self.moved[*path, "always", 0] = (*path, "always")
        own = _items(table[""], (*path, "on", ""))
        for place, (here, _) in enumerate(own, len(before)):
            self.moved[*path, "always", place] = here
        found["always"] = [*before, *(each for _, each in own)]
        found["on"] = {text: each for text, each in table.items() if text}

    def activities(self, found: Plain, path: Path) -> None:
        """Version 4's activities run as long as their state is active, as invocations do."""
        given = found.pop("activities")
        listed = given if isinstance(given, list) else [given]
        invokes = found.get("invoke")
        before = invokes if isinstance(invokes, list) else [] if invokes is None else [invokes]
        if isinstance(invokes, dict | str):
            self.moved[*path, "invoke", 0] = (*path, "invoke")
        new: list[Data] = []
        for place, each in enumerate(listed):
            here = (*path, "activities", place) if isinstance(given, list) else (*path, "activities")
            self.moved[*path, "invoke", len(before) + place] = here
            name = each.get("type") if isinstance(each, dict) else each
            rest = {key: one for key, one in each.items() if key != "type"} if isinstance(each, dict) else {}
            new.append({"src": name, "input": literal(rest)} if rest else {"src": name})
        found["invoke"] = [*before, *new]
        self.told.append(
            ((*path, "activities"), "Activities are invocations here: both run while the state is active.")
        )

    def invoke(self, value: Data, keys: tuple[str, ...]) -> Data:
        """One invocation; what a source that is an object says more is passed on as input."""
        if not isinstance(value, dict):
            return value
        found = dict(value)
        source = found.get("src")
        if isinstance(source, dict):
            found["src"] = source.get("type")
            rest = {key: each for key, each in source.items() if key != "type"}
            if rest and found.get("input") is None and found.get("data") is None:
                found["input"] = rest
        for word in ("input", "data"):
            if word in found:
                found[word] = literal(found[word])
        for word in ("onDone", "onError"):
            if word in found:
                found[word] = self.transitions(found[word], keys)
        return found

    # transitions

    def transitions(self, value: Data, keys: tuple[str, ...]) -> Data:
        """One transition or a list of them."""
        if isinstance(value, list):
            return [self.transition(each, keys) for each in value]
        return self.transition(value, keys)

    def transition(self, value: Data, keys: tuple[str, ...]) -> Data:
        """One transition. In version 5 it is said of each whether its source is left."""
        if isinstance(value, str):
            value = {"target": value} if self.version == 5 else self.target(value)
        if not isinstance(value, dict):
            return value
        found = {key: each for key, each in value.items() if key not in ("in", "guard", "cond")}
        word = "cond" if "cond" in value and "guard" not in value else "guard"
        guards = [self.guard(value[word])] if value.get(word) is not None else []
        if value.get("in") is not None:
            guards.append(self.inside(value["in"], keys))
        if guards:
            found[word] = guards[0] if len(guards) == 1 else {"and": guards}
        if "target" in found:
            found["target"] = self.target(found["target"])
        if "actions" in found:
            found["actions"] = self.actions(found["actions"])
        if self.version == 5 and found.get("target") is not None:
            is_again = found.pop("reenter", False)
            found["internal"] = is_again is not True
        return found

    def target(self, value: Data) -> Data:
        """A machine without an id is called (machine)."""
        if isinstance(value, list):
            return [self.target(each) for each in value]
        if isinstance(value, str) and value.startswith("#(machine).") and "id" not in self.config:
            return "#" + value.removeprefix("#(machine).")
        return value

    def guard(self, value: Data) -> Data:
        """A guard: a text is a name, whatever it looks like."""
        if isinstance(value, str):
            return {"type": value}
        if not isinstance(value, dict):
            return value
        kind = value.get("type")
        junction = _JUNCTIONS.get(kind) if isinstance(kind, str) else None
        if junction is not None:
            inside = value.get("guards", value.get("params"))
            value = {
                junction: inside[0] if junction == "not" and isinstance(inside, list) and inside else inside
            }
        for word in ("and", "or"):
            parts = value.get(word)
            if isinstance(parts, list):
                return {word: [self.guard(each) for each in parts]}
        if "not" in value:
            return {"not": self.guard(value["not"])}
        return self.named(value) if "type" in value else value

    def inside(self, value: Data, keys: tuple[str, ...]) -> Data:
        """Version 4's `in`: an id, or a path beside the parent of the source."""
        around = keys[:-2]
        if isinstance(value, dict):
            parts: list[Data] = [{"in": ".".join((*around, *path))} for path in _paths(value)]
            return parts[0] if len(parts) == 1 else {"and": parts}
        if isinstance(value, str) and not value.startswith("#"):
            return {"in": ".".join((*around, value))}
        return {"in": value}

    def named(self, value: Plain) -> Plain:
        """A name with what is passed to it; version 4 writes that beside the name."""
        rest = {key: each for key, each in value.items() if key not in ("type", "params")}
        params = value.get("params")
        if rest:
            params = {**params, **rest} if isinstance(params, dict) else rest
        found: Plain = {"type": value.get("type")}
        return {**found, "params": literal(params)} if params else found

    def actions(self, value: Data) -> Data:
        """Actions; those that XState has itself are ours where ours mean the same."""
        if isinstance(value, list):
            return [self.action(each) for each in value]
        return self.action(value)

    def action(self, value: Data) -> Data:
        """One action."""
        if not isinstance(value, dict) or "type" not in value:
            return value
        params = value.get("params")
        given = {**value, **params} if isinstance(params, dict) else value
        event = given.get("event")
        if isinstance(event, dict) and isinstance(event.get("type"), str):
            data = {key: each for key, each in event.items() if key != "type"}
            event = event["type"]
        else:
            data = {}
        if isinstance(event, str) and value["type"] in ("xstate.raise", "xstate.send"):
            found: Plain = {"raise" if value["type"] == "xstate.raise" else "send": event}
            if value["type"] == "xstate.send" or given.get("delay") is not None:
                more = {key: given[key] for key in ("to", "delay", "id") if given.get(key) is not None}
                found = {"send": event, **more}
            return {**found, "data": literal(data)} if data else found
        if value["type"] == "xstate.cancel" and isinstance(given.get("sendId"), str):
            return {"cancel": given["sendId"]}
        return self.named(value)


def literal(value: Data) -> Data:
    """Plain data as the native format has to write it where a text would be an expression."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return [literal(each) for each in value]
    return {key: literal(each) for key, each in value.items()} if isinstance(value, dict) else value


def _paths(value: Plain) -> Iterator[tuple[str, ...]]:
    """The leaves of a state value, as version 4 writes a configuration."""
    for key, each in value.items():
        if isinstance(each, dict) and each:
            for rest in _paths(each):
                yield (key, *rest)
        else:
            yield (key, each) if isinstance(each, str) else (key,)
