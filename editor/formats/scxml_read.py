"""Elements of SCXML to the records of a chart; what is wrong is reported with its line, and reading goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from pathlib import PurePath
from typing import Any

from editor.formats import scxml_attributes
from editor.formats.native_names import Names
from editor.formats.registry import Loaded, Notice, Places
from editor.formats.scxml_actions import SPACES, ActionReader, is_read
from editor.formats.scxml_native import about, read_info
from editor.formats.scxml_own import NATIVE, SPACE, from_json
from editor.formats.xml_tree import Node
from editor.formats.yaml_tree import Mark
from editor.model import walk
from editor.model.chart import Chart
from editor.model.elements import (
    ROOT,
    Conventions,
    Data,
    Info,
    State,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
    unresolved,
)
from editor.model.problems import Problem, Severity

LANGUAGES = {"ecmascript": "javascript", "null": "null"}
"""Data models of SCXML that go by another name here; a document that names none is taken for ECMAScript."""

_STATES = ("state", "parallel", "final", "history")
_PARTS = ("onentry", "onexit", "transition", "initial", "datamodel", "invoke", "donedata")
_OF_MACHINE = ("datamodel", "script", "transition")


class Reader:
    """One reading: gathers states first, then what refers to them."""

    def __init__(self, root: Node, name: str) -> None:
        self.root = root
        self.name = name
        self.problems: list[Problem] = []
        self.notices: list[Notice] = []
        self.marks: dict[tuple[str, str], Mark] = {}
        self.by_name: dict[str, str] = {}
        self.nodes: list[tuple[State, Node]] = []
        self.transitions: list[Transition] = []
        self.element = ROOT
        self.count = self.order = 0
        self.meant = (root.own("conventions") or "").split()
        self.is_native = NATIVE in self.meant
        self.actions = ActionReader(self.by_name.get, self.report, self.resolve)

    def read(self) -> Loaded:
        """The chart, the places of its elements, and what is wrong."""
        stem = PurePath(self.name).name.split(".", 1)[0] or "machine"
        declared = self.root.own("id")
        key = declared if self.is_native else self.root.get("name")
        # where the machine does what only states may, it is written as a state around all others
        wrapper = next((each for each in self.root.children if each.own("machine") is not None), None)
        outer = wrapper if wrapper is not None else self.root
        kind = _kind(outer) if wrapper is not None else StateKind.NORMAL
        root = State(id=ROOT, parent=None, key=key or stem, kind=kind, declared_id=declared)
        self.marks[ROOT, ""] = Mark(self.root.line, 1)
        self.nodes.append((root, outer))
        self.taken = {id for node in _all(self.root) if (id := node.get("id")) and node.tag in _STATES}
        name = wrapper.get("id") if wrapper is not None else None
        if name:
            self.by_name[name] = ROOT
        if not self.root.space:
            self.report(
                self.root, f"The namespace {SPACES[1]} is missing; it is taken for granted.", is_remark=True
            )
        self.collect(root, outer)
        states = [self.finish(state, node) for state, node in self.nodes]
        self.element = ROOT
        chart = Chart.of(states, self.transitions, self.info())
        self.mark_actions(chart)
        return Loaded(
            chart, None, Places(marks=self.marks), tuple(self.problems), tuple(self.notices), name=self.name,
            ids={id: name for name, id in self.by_name.items()},
        )  # fmt: skip

    def mark_actions(self, chart: Chart) -> None:
        """Say where each action stands; what is inside of one is looked for there."""
        for place, action in walk.Inside(chart).actions:
            found = self.actions.lines.get(id(action))
            if found is not None:
                self.marks[place.element, place.field] = Mark(found[1], 1)

    def report(self, node: Node, message: str, *, is_error: bool = False, is_remark: bool = False) -> None:
        """Something is wrong with an element, or worth a remark."""
        field = f"line {node.line}"
        self.marks.setdefault((self.element, field), Mark(node.line, 1))
        severity = Severity.INFORMATION if is_remark else Severity.ERROR if is_error else Severity.WARNING
        problem = Problem(rule="scxml", severity=severity, message=message, element=self.element, field=field)
        self.problems.append(problem)

    @cached_property
    def names(self) -> Names:
        """The states by the paths of the native format, in which some guards are written."""
        return Names(Chart.of(state for state, _ in self.nodes))

    def resolve(self, path: str) -> str:
        """The reference of such a path."""
        return self.names.inside(path)

    # states

    def collect(self, parent: State, node: Node) -> None:
        """The states below one."""
        own = [child for child in self.actions.own(node) if child.tag in _STATES]
        for order, child in enumerate(own):
            self.count += 1
            id = f"s{self.count}"
            name = child.get("id")
            self.element = id
            self.marks[id, ""] = Mark(child.line, 1)
            if name and name in self.by_name:
                self.report(child, f"The id “{name}” is given twice.", is_error=True)
                name = None
            if name:
                self.by_name[name] = id
            declared = child.own("id")
            if declared is None and not self.is_native:
                declared = name or None
            state = State(
                id=id, parent=parent.id, key=child.own("key") or name or self.fresh_key(child.tag), order=order,
                kind=_kind(child), declared_id=declared,
            )  # fmt: skip
            self.nodes.append((state, child))
            self.collect(state, child)

    def fresh_key(self, tag: str) -> str:
        """A name for a state that has none."""
        number = 1
        while f"{tag}{number}" in self.taken:
            number += 1
        self.taken.add(f"{tag}{number}")
        return f"{tag}{number}"

    # what refers to states

    def parts(self, node: Node) -> dict[str, list[Node]]:
        """What stands in an element, by its names; what is not SCXML's is told of."""
        parts: dict[str, list[Node]] = {}
        for child in node.children:
            if child.space not in (*SPACES, SPACE):
                self.notices.append(
                    Notice(f"<{child.tag}> is not SCXML’s and means nothing here.", child.line)
                )
            elif child.space in SPACES and is_read(child):
                parts.setdefault(child.tag, []).append(child)
        return parts

    def finish(self, state: State, node: Node) -> State:
        """The state with all that stands in it; its transitions are read on the way."""
        self.element, self.order = state.id, 0
        parts = self.parts(node)
        known: tuple[str, ...] = _PARTS
        if state.parent is None and node is self.root:
            known = _OF_MACHINE
        elif state.parent is None:
            for tag, nodes in self.parts(self.root).items():
                if tag in ("datamodel", "script"):
                    parts.setdefault(tag, []).extend(nodes)
                elif nodes != [node]:
                    self.report(nodes[0], f"<{tag}> stands beside the state of the machine and is not read.")
        for tag, nodes in parts.items():
            if tag not in known and tag not in _STATES:
                self.report(nodes[0], f"<{tag}> has no place in <{node.tag}>.")
        if node is self.root and "transition" in parts:
            self.report(
                parts["transition"][0],
                "A <transition> is not allowed under <scxml>. It is kept, and taken from every state.",
            )
        self.initial(state, node, parts)
        for each in parts.get("transition", ()):
            self.transition(state, each)
        self.element = state.id
        read = self.actions
        donedata = parts.get("donedata")
        for place, each in enumerate(parts.get("invoke", ())):
            self.marks[state.id, f"invoke.{place}"] = Mark(each.line, 1)
        if donedata:
            self.marks[state.id, "done_data"] = Mark(donedata[0].line, 1)
        is_context = self.is_native and state.parent is None
        data = () if is_context else tuple(self.data(parts))
        for place, each in enumerate(data):
            self.marks[state.id, f"data.{place}"] = Mark(each.line, 1)
        return State(
            id=state.id,
            parent=state.parent,
            key=state.key,
            order=state.order,
            kind=state.kind,
            declared_id=state.declared_id,
            entry=read.blocks(parts.get("onentry", [])),
            exit=read.blocks(parts.get("onexit", [])),
            invokes=tuple(
                read.invoke(each, f"i{place}") for place, each in enumerate(parts.get("invoke", ()))
            ),
            data=tuple(read.datum(each) for each in data),
            done_data=read.payload(donedata[0]) if donedata else None,
            **self.about(node, state.id, read.data(donedata[0]) if donedata else None),
        )

    def about(self, node: Node, id: str, output: Data = None) -> dict[str, Any]:
        """What of an element means nothing to SCXML, and is kept."""
        found = about(node, output)
        strange = scxml_attributes.unknown(node)
        if strange:
            found["extra"] = (*found.get("extra", ()), *strange)
            self.problems += scxml_attributes.problems(node, id)
        return found

    def data(self, parts: dict[str, list[Node]]) -> Iterable[Node]:
        """The variables of a state."""
        for model in parts.get("datamodel", ()):
            yield from (each for each in self.actions.own(model) if each.tag == "data")

    def initial(self, state: State, node: Node, parts: dict[str, list[Node]]) -> None:
        """Where a state begins, in either spelling."""
        text, elements = node.get("initial"), parts.get("initial", [])
        if text is not None and text.strip():
            self.add(state, Trigger(kind=TriggerKind.INITIAL), node, self.targets(node, "initial"))
        elif elements:
            inside = [each for each in self.actions.own(elements[0]) if each.tag == "transition"]
            if inside and (inside[0].get("target") or "").strip():
                self.transition(state, inside[0], TriggerKind.INITIAL)
            else:
                self.report(elements[0], "<initial> needs a <transition> with a target.")
        if text is not None and elements:
            self.report(node, "“initial” is given as an attribute and as an element; one must go.")

    def transition(self, state: State, node: Node, kind: TriggerKind | None = None) -> None:
        """One transition; that of a history is its default."""
        trigger = Trigger(kind=kind) if kind is not None else self.trigger(state, node)
        self.add(state, trigger, node, self.targets(node, "target"))

    def trigger(self, state: State, node: Node) -> Trigger:
        """What a transition waits for."""
        event = " ".join((node.get("event") or "").split())
        after, ours, on = node.own("after"), node.own("event"), node.own("on")
        if after is not None:
            return Trigger(kind=TriggerKind.AFTER, text=after)
        usual = TriggerKind.EVENT if event else TriggerKind.ALWAYS
        kind = next((each for each in TriggerKind if each.value == on), None)
        if kind is None:
            kind = TriggerKind.DEFAULT if state.kind.is_history else usual
        if kind is TriggerKind.EVENT:
            return Trigger(text=event if ours is None else ours)
        if kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
            place = node.own("invoke") or ""
            return Trigger(kind=kind, invoke=f"i{place}" if place.isdecimal() else "")
        return Trigger(kind=kind)

    def add(self, state: State, trigger: Trigger, node: Node, targets: tuple[str, ...]) -> None:
        """A transition; one that is written as an attribute has nothing but targets."""
        self.count += 1
        id = self.element = f"t{self.count}"
        self.marks[id, ""] = Mark(node.line, 1)
        is_element = node.tag == "transition"
        more = self.about(node, id) if is_element else {}
        self.transitions.append(
            Transition(
                id=id,
                source=state.id,
                targets=targets,
                order=self.order,
                trigger=trigger,
                guard=self.actions.guard(node) if is_element else None,
                actions=self.actions.actions(node) if is_element else (),
                internal=is_element and node.get("type") == "internal" and node.own("internal") != "false",
                **{name: more[name] for name in ("meta", "description", "extra") if name in more},
            )
        )
        self.order += 1
        self.element = state.id

    def targets(self, node: Node, name: str) -> tuple[str, ...]:
        """The states that ids name."""
        is_given, ours = from_json(node.own("target"))
        texts = ours if is_given and isinstance(ours, list) else (node.get(name) or "").split()
        return tuple(self.by_name.get(str(each)) or unresolved(str(each)) for each in texts)

    # the machine

    def info(self) -> Info:
        """The record of the machine as a whole."""
        model = (self.root.get("datamodel") or "ecmascript").strip()
        language: str | None = LANGUAGES.get(model, model)
        if self.is_native and model in ("null", "python"):
            language = None
        ours = self.root.own("language")
        if ours is not None:
            language = ours or None
        scripts = [each for each in self.actions.own(self.root) if each.tag == "script"]
        native = Conventions(**{each.name: each.name in self.meant for each in fields(Conventions)})
        foreign = Conventions(
            by_token=True, keeps_last=True, has_sessions=True, binds_late=self.root.get("binding") == "late"
        )
        data = list(self.data(self.parts(self.root))) if self.is_native else []
        return read_info(
            Info(
                language=language,
                setup=self.actions.each(scripts),
                conventions=native if self.is_native else foreign,
            ),
            [each for each in self.root.children if each.space == SPACE and each.tag == "table"],
            data,
            self.names,
            self.report,
        )


def _kind(node: Node) -> StateKind:
    if node.tag == "history":
        return StateKind.DEEP_HISTORY if node.get("type") == "deep" else StateKind.SHALLOW_HISTORY
    return {"parallel": StateKind.PARALLEL, "final": StateKind.FINAL}.get(node.tag, StateKind.NORMAL)


def _all(node: Node) -> Iterable[Node]:
    yield node
    for child in node.children:
        yield from _all(child)
