"""Guards, actions and payloads as elements of SCXML; what it has no word for goes into attributes of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from editor.formats.native_names import Names, Speller
from editor.formats.native_parts import write_delay, write_guard
from editor.formats.scxml_own import code, to_json
from editor.formats.xml_write import Element
from editor.model import expressions
from editor.model.chart import Chart
from editor.model.durations import parse_duration
from editor.model.elements import (
    Action,
    And,
    Assign,
    Block,
    Call,
    Cancel,
    Choose,
    Content,
    Data,
    Datum,
    Delay,
    Expr,
    Guard,
    In,
    Invoke,
    Log,
    Named,
    Not,
    Payload,
    Raise,
    Script,
    Send,
)

_SIMPLE_DELAY = re.compile(r"\s*(\d+(\.\d+)?|\.\d+)(ms|s)\s*\Z")
_SIMPLE_ID = re.compile(r"[^'\"\\]+\Z")
_IN = re.compile(r"\s*In\(\s*(['\"])([^'\"\\]*)\1\s*\)\s*\Z")
MOST_DEPTH = 20
"""Names inside the meaning of names that are written out."""


@dataclass(frozen=True)
class _Words:
    """How a language writes what it has in common with the other."""

    both: str
    either: str
    without: str


_SCRIPT = _Words(" && ", " || ", "!")
_OURS = _Words(" and ", " or ", "not ")


def given(**attributes: str | None) -> dict[str, str]:
    """Attributes, without those that are None."""
    return {name: value for name, value in attributes.items() if value is not None}


class ActionWriter:
    """Writes what stands inside the states of one chart; `ids` are those that SCXML knows states by."""

    def __init__(self, chart: Chart, ids: Mapping[str, str]) -> None:
        self.chart = chart
        self.ids = ids
        self.spell = Speller(Names(chart)).inside
        self.by_id = {name: id for id, name in ids.items()}
        self.words = _SCRIPT if chart.info.language == "javascript" else _OURS
        self.guards = dict(chart.info.guards)
        self.named = dict(chart.info.actions)
        self.lengths = dict(chart.info.delays)

    # guards

    def guard(self, guard: Guard | None) -> dict[str, str]:
        """The attributes of a condition."""
        if guard is None:
            return {}
        text = self.condition(guard)
        if isinstance(guard, Expr):
            found = _IN.match(text)
            is_plain = found is None or found[2] not in self.by_id
        else:
            is_plain = isinstance(guard, In) and _SIMPLE_ID.match(self.ids.get(guard.state, "")) is not None
        own = {} if is_plain else {"editor:guard": to_json(write_guard(guard, self.spell))}
        return {"cond": text, **own}

    def condition(self, guard: Guard, depth: int = 0) -> str:
        """A guard as an expression, as near as it comes; a name without a meaning stays a name."""
        words = self.words
        if isinstance(guard, Expr):
            return guard.text
        if isinstance(guard, In):
            name = self.ids.get(guard.state) or self.spell(guard.state)
            return f"In({to_json(name)})" if "'" in name or "\\" in name else f"In('{name}')"
        if isinstance(guard, Named):
            meaning = self.guards.get(guard.name)
            if meaning is None or guard.params is not None or depth > MOST_DEPTH:
                return guard.name
            return self.condition(meaning, depth + 1)
        if isinstance(guard, Not):
            return f"{words.without}({self.condition(guard.part, depth + 1)})"
        is_and = isinstance(guard, And)
        parts = [f"({self.condition(part, depth + 1)})" for part in guard.parts]
        return (words.both if is_and else words.either).join(parts) or ("true" if is_and else "false")

    # actions

    def blocks(self, tag: str, actions: tuple[Action, ...]) -> list[Element]:
        """What is done on entry or exit: an element for each block."""
        groups: list[list[Action]] = []
        is_open = False
        for action in actions:
            if isinstance(action, Block):
                groups.append(list(action.actions))
            elif is_open:
                groups[-1].append(action)
            else:
                groups.append([action])
            is_open = not isinstance(action, Block)
        return [Element(tag, children=self.actions(group)) for group in groups if group]

    def actions(self, actions: Iterable[Action], depth: int = 0) -> list[Element]:
        """Elements for actions."""
        return [element for action in actions for element in self.action(action, depth)]

    def action(self, action: Action, depth: int = 0) -> list[Element]:
        """The elements for one action."""
        if isinstance(action, Block):
            return self.actions(action.actions, depth)
        if isinstance(action, Assign):
            return self._assign(action)
        if isinstance(action, Choose):
            return [self._choose(action, depth)]
        if isinstance(action, Call):
            return [self._call(action, depth)]
        if isinstance(action, Raise):
            return [self._raise(action)]
        if isinstance(action, Send):
            return [self._send(action)]
        if isinstance(action, Cancel):
            attributes = given(sendid=action.id or (None if action.id_expr is not None else ""))
            return [Element("cancel", attributes | given(sendidexpr=action.id_expr))]
        if isinstance(action, Log):
            shown = self.value("expr", action.value) if action.value is not None else {}
            return [Element("log", given(label=action.label) | shown)]
        if isinstance(action, Script):
            return [Element("script", given(src=action.src), text=action.text)]
        attributes = {"array": action.array, "item": action.item}
        inside = self.actions(action.actions, depth)
        return [Element("foreach", attributes | given(index=action.index), inside)]

    def value(self, name: str, value: Data) -> dict[str, str]:
        """An attribute with an expression for plain data."""
        own = {} if isinstance(value, str) else {"editor:value": to_json(value)}
        return {name: code(value), **own}

    def _assign(self, action: Assign) -> list[Element]:
        if action.content is not None:
            return [self.holding(Element("assign", {"location": action.values[0][0]}), action.content)]
        if not action.values:
            return [Element("editor:assign")]
        return [
            Element(
                "assign",
                {"location": key, **self.value("expr", value)}
                | ({"editor:with": "before"} if number else {}),
            )
            for number, (key, value) in enumerate(action.values)
        ]

    def _choose(self, action: Choose, depth: int) -> Element:
        if not action.branches:
            return Element("if", {"cond": "false", "editor:branches": "0"})
        first, *others = action.branches
        # a choice begins with a condition
        test = self.guard(first.guard) or {"cond": "true", "editor:guard": "null"}
        inside = self.actions(first.actions, depth)
        for branch in others:
            test_of = self.guard(branch.guard)
            inside.append(Element("elseif" if test_of else "else", test_of))
            inside += self.actions(branch.actions, depth)
        return Element("if", test, inside)

    def _call(self, action: Call, depth: int) -> Element:
        meaning = self.named.get(action.name)
        params = {"params": to_json(action.params)} if action.params is not None else {}
        if not meaning or params or depth > 2:
            return Element("editor:call", {"name": action.name, **params})
        inside = self.actions(meaning, depth + 1)
        return Element("if", {"cond": "true", "editor:call": action.name}, inside)

    def _raise(self, action: Raise) -> Element:
        if action.data is None:
            return Element("raise", {"event": action.event})
        element = Element("send", {"event": action.event, "target": "#_internal", "editor:raise": "true"})
        return self.carrying(element, None, action.data)

    def _send(self, action: Send) -> Element:
        attributes = given(
            event=action.event or None,
            eventexpr=action.event_expr,
            target=action.to,
            targetexpr=action.to_expr,
            type=action.type,
            typeexpr=action.type_expr,
            id=action.id,
            idlocation=action.id_location,
        )
        delay = self.delay(action.delay) if action.delay is not None else {}
        return self.carrying(Element("send", attributes | delay), action.payload, action.data)

    def delay(self, delay: Delay) -> dict[str, str]:
        """The attributes of a delay; units that SCXML has not are brought to those it has."""
        if isinstance(delay, Expr):
            return {"delayexpr": delay.text}
        if isinstance(delay, str) and _SIMPLE_DELAY.match(delay):
            return {"delay": delay}
        own = {"editor:delay": to_json(write_delay(delay))}
        length = parse_duration(delay)
        if length is not None:
            # in the way of CSS, which knows no exponents
            whole = f"{length:f}".rstrip("0").rstrip(".") if isinstance(length, float) else str(length)
            return {"delay": f"{whole}ms", **own}
        meaning = self.lengths.get(str(delay))
        if meaning is None or not expressions.is_plain_name(str(delay)) or meaning == delay:
            return {"delayexpr": str(delay), **own}
        return {name: text for name, text in self.delay(meaning).items() if name != "editor:delay"} | own

    # what is passed on

    def carrying(self, element: Element, payload: Payload | None, data: Data) -> Element:
        """An element with what it passes on: what SCXML says of it, else plain data."""
        if payload is not None:
            if payload.names:
                element.attributes["namelist"] = " ".join(payload.names)
            element.children += [
                Element("param", given(name=each.name, expr=each.expr, location=each.location))
                for each in payload.params
            ]
            if payload.content is not None:
                element.children.append(self.content(payload.content))
            if data is not None:
                element.attributes["editor:data"] = to_json({"data": data})
        elif isinstance(data, dict) and data:
            element.attributes["editor:data"] = "params"
            element.children += [
                Element("param", {"name": key, **self.value("expr", each)}) for key, each in data.items()
            ]
        elif data is not None:
            element.attributes["editor:data"] = "content"
            element.children.append(Element("content", self.value("expr", data)))
        return element

    def content(self, content: Content) -> Element:
        """A value that is written out."""
        return self.holding(Element("content", given(expr=content.expr)), content)

    def holding(self, element: Element, content: Content) -> Element:
        """An element with a value inside of it."""
        if content.is_markup:
            element.markup = content.text
        else:
            element.text = content.text
        return element

    def datum(self, datum: Datum) -> Element:
        """A variable of the data model."""
        element = Element("data", given(id=datum.id, src=datum.src, expr=datum.expr))
        return self.holding(element, datum.content) if datum.content is not None else element

    def invoke(self, invoke: Invoke) -> Element:
        """An invocation."""
        payload = invoke.payload
        has_inside = invoke.src_expr is not None or (payload is not None and payload.content is not None)
        attributes = given(
            type=invoke.type,
            typeexpr=invoke.type_expr,
            src=invoke.src or (None if has_inside else ""),
            srcexpr=invoke.src_expr,
            id=invoke.id,
            idlocation=invoke.id_location,
            autoforward="true" if invoke.auto_forward else None,
        )
        if attributes.get("src") == "" and self.chart.info.conventions.has_sessions:
            del attributes["src"]
        if invoke.extra:
            attributes["editor:extra"] = to_json(dict(invoke.extra))
        element = self.carrying(Element("invoke", attributes), payload, invoke.input)
        if invoke.finalize is not None:
            element.children.append(Element("finalize", children=self.actions(invoke.finalize)))
        return element
