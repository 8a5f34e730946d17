"""NAME.scenario.yaml to the records of a scenario, with lines, and back."""

from __future__ import annotations

from editor.errors import Flaw, FormatError
from editor.formats.yaml_tree import Tree, parse
from editor.formats.yaml_write import dump
from editor.model import expressions
from editor.model.durations import parse_duration, to_yaml
from editor.model.elements import Data
from editor.model.scenario import (
    Advance,
    AnswerDelays,
    AnswerGuards,
    Deed,
    Fail,
    Finish,
    Scenario,
    SendEvent,
    Step,
)

SUFFIXES = (".yaml", ".yml")
"""What files of scenarios end in."""
_DEEDS = ("send", "advance", "guard", "delay", "done", "error")
_CHECKS = ("expect", "context", "actions", "finished")
_KEYS = (*_DEEDS, "data", *_CHECKS)


def read(text: str | bytes, *, name: str = "") -> Scenario:
    """A text to a scenario.

    Raises:
        FormatError: every step that is not understood, with line and column.
    """
    tree = parse(text, name=name)
    if not isinstance(tree.value, list):
        raise FormatError([Flaw("A scenario is a list of steps, such as “- send: EVENT”.", 1, 1)], file=name)
    reader = _Reader(tree)
    steps = tuple(reader.step(place, value) for place, value in enumerate(tree.value))
    if reader.flaws:
        raise FormatError(reader.flaws, file=name)
    return Scenario(steps=steps, name=name)


class _Reader:
    """Reads step by step and keeps what is wrong."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.flaws: list[Flaw] = []

    def wrong(self, place: int, key: str, message: str) -> None:
        mark = self.tree.key_mark((place, key) if key else (place,))
        self.flaws.append(Flaw(message, mark.line, mark.column))

    def step(self, place: int, value: Data) -> Step:
        line = self.tree.mark((place,)).line
        if not isinstance(value, dict):
            self.wrong(place, "", "A step is a mapping, such as “send: EVENT” or “expect: state”.")
            return Step(line=line)
        for key in value:
            if key not in _KEYS:
                close = expressions.nearest(key, _KEYS)
                self.wrong(
                    place, key, f"“{key}” is no step." + (f" Did you mean “{close}”?" if close else "")
                )
        deeds = [key for key in value if key in _DEEDS]
        if len(deeds) > 1:
            self.wrong(place, deeds[1], f"A step does one thing: “{deeds[0]}” or “{deeds[1]}”.")
        if "data" in value and deeds != ["send"]:
            self.wrong(place, "data", "“data” belongs to a “send”.")
        return Step(
            do=self.deed(place, deeds[0], value) if deeds else None,
            expect=self.texts(place, value, "expect"),
            context=self.context(place, value),
            actions=self.texts(place, value, "actions"),
            finished=self.finished(place, value),
            line=line,
        )

    def deed(self, place: int, kind: str, value: dict[str, Data]) -> Deed | None:
        given = value[kind]
        if kind == "send":
            if isinstance(given, str | int) and not isinstance(given, bool):
                return SendEvent(event=str(given), data=value.get("data"))
            self.wrong(place, kind, "“send” names an event.")
            return None
        if kind == "advance":
            time = parse_duration(given) if isinstance(given, str | int | float) else None
            if time is None:
                self.wrong(place, kind, "“advance” needs a duration such as 500ms or 2s.")
                return None
            return Advance(milliseconds=time)
        if not isinstance(given, dict) or not given:
            self.wrong(place, kind, f"“{kind}” needs a mapping of a name to a value.")
            return None
        return self.named(place, kind, given)

    def named(self, place: int, kind: str, given: dict[str, Data]) -> Deed | None:
        if kind == "guard":
            if not all(isinstance(answer, bool) for answer in given.values()):
                self.wrong(place, kind, "A guard is answered with true or false.")
                return None
            return AnswerGuards(answers=tuple((name, bool(answer)) for name, answer in given.items()))
        if kind == "delay":
            times = [
                (name, parse_duration(each) if isinstance(each, str | int | float) else None)
                for name, each in given.items()
            ]
            if any(time is None for _, time in times):
                self.wrong(place, kind, "A delay is answered with a duration such as 2s.")
                return None
            return AnswerDelays(answers=tuple((name, time) for name, time in times if time is not None))
        if len(given) != 1:
            self.wrong(place, kind, f"“{kind}” names one service.")
            return None
        service, data = next(iter(given.items()))
        return Finish(service=service, data=data) if kind == "done" else Fail(service=service, data=data)

    def texts(self, place: int, value: dict[str, Data], key: str) -> tuple[str, ...] | None:
        if key not in value:
            return None
        given = value[key]
        found = given if isinstance(given, list) else [given]
        if not all(isinstance(each, str | int) and not isinstance(each, bool) for each in found):
            self.wrong(place, key, f"“{key}” is a text or a list of texts.")
            return None
        return tuple(str(each) for each in found)

    def context(self, place: int, value: dict[str, Data]) -> tuple[tuple[str, Data], ...] | None:
        given = value.get("context")
        if given is None:
            return None
        if not isinstance(given, dict):
            self.wrong(place, "context", "“context” is a mapping of keys to values.")
            return None
        return tuple(given.items())

    def finished(self, place: int, value: dict[str, Data]) -> bool | None:
        given = value.get("finished")
        if given is None or isinstance(given, bool):
            return given
        self.wrong(place, "finished", "“finished” is true or false.")
        return None


def write(scenario: Scenario) -> str:
    """A scenario as text."""
    return dump([_step(step) for step in scenario.steps])


def _step(step: Step) -> dict[str, Data]:
    body: dict[str, Data] = _deed(step.do) if step.do is not None else {}
    if step.expect is not None:
        body["expect"] = step.expect[0] if len(step.expect) == 1 else list(step.expect)
    if step.context is not None:
        body["context"] = dict(step.context)
    if step.actions is not None:
        body["actions"] = list(step.actions)
    if step.finished is not None:
        body["finished"] = step.finished
    return body


def _deed(deed: Deed) -> dict[str, Data]:
    if isinstance(deed, SendEvent):
        sent: dict[str, Data] = {"send": deed.event}
        return sent if deed.data is None else {**sent, "data": deed.data}
    if isinstance(deed, Advance):
        return {"advance": to_yaml(deed.milliseconds)}
    if isinstance(deed, AnswerGuards):
        return {"guard": dict(deed.answers)}
    if isinstance(deed, AnswerDelays):
        return {"delay": {name: to_yaml(time) for name, time in deed.answers}}
    return {"done" if isinstance(deed, Finish) else "error": {deed.service: deed.data}}
