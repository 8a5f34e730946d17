"""SCXML (W3C Recommendation, 1 September 2015) to a chart, and what one names beside its file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from urllib.parse import unquote

from editor.errors import FileError, Flaw, FormatError
from editor.formats.registry import Loaded, Notice, Places
from editor.formats.scxml_actions import SPACES, ActionReader
from editor.formats.xml_tree import Node, parse
from editor.formats.yaml_tree import MOST_BYTES, Mark
from editor.model import walk
from editor.model.chart import Chart
from editor.model.elements import (
    ROOT,
    Conventions,
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


def read(data: str | bytes, *, name: str = "") -> Loaded:
    """A text to a chart, with everything that is wrong with it.

    Raises:
        FormatError: it is no well-formed XML, has a document type, or its root is not <scxml>.
    """
    root, text = parse(data, name=name)
    if root.tag != "scxml" or root.space not in SPACES:
        message = f"A machine in SCXML begins with <scxml>, but <{root.tag}> stands here."
        raise FormatError([Flaw(message, root.line, 1)], file=name)
    return replace(_Reader(root, name).read(), text=text)


@dataclass(frozen=True)
class Neighbours:
    """Reads what a machine names: files in its own folder, and machines written inside of it. Nothing else."""

    folder: Path | None

    def text(self, src: str) -> str:
        """The text of a file.

        Raises:
            FileError: it is not beside the machine, or cannot be read.
        """
        return self._bytes(src).decode("utf-8", errors="replace").lstrip("\ufeff")

    def machine(self, src: str) -> Chart:
        """The machine in a file.

        Raises:
            EditorError: it is not beside the machine, or is none.
        """
        return _sound(read(self._bytes(src), name=src))

    def machine_of(self, markup: str) -> Chart:
        """The machine that a text is.

        Raises:
            EditorError: it is none.
        """
        return _sound(read(markup, name="content"))

    def _bytes(self, src: str) -> bytes:
        path = PurePath(unquote(src.removeprefix("file:")))
        if self.folder is None or "://" in src or path.is_absolute() or ".." in path.parts:
            raise FileError(f"“{src}” is not read: only files in the folder of the machine are.")
        found = self.folder / path
        try:
            if found.exists() and not found.is_file():
                raise FileError(f"“{src}” is no file that can be read.")
            if found.stat().st_size > MOST_BYTES:
                raise FileError(f"{found} has more than {MOST_BYTES >> 20} MB.")
            return found.read_bytes()
        except (OSError, ValueError) as error:
            raise FileError(f"“{src}” cannot be read: {getattr(error, 'strerror', None) or error}.") from None


def _sound(loaded: Loaded) -> Chart:
    errors = [problem.message for problem in loaded.problems if problem.severity is Severity.ERROR]
    if errors:
        raise FileError(f"{loaded.name}: {errors[0]}")
    return loaded.chart


class _Reader:
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
        self.actions = ActionReader(self.by_name.get, self.report)

    def read(self) -> Loaded:
        stem = PurePath(self.name).name.split(".", 1)[0] or "machine"
        root = State(id=ROOT, parent=None, key=self.root.get("name") or stem)
        self.marks[ROOT, ""] = Mark(self.root.line, 1)
        self.nodes.append((root, self.root))
        self.taken = {id for node in _all(self.root) if (id := node.get("id")) and node.tag in _STATES}
        self.element = ROOT
        if not self.root.space:
            self.report(
                self.root, f"The namespace {SPACES[1]} is missing; it is taken for granted.", is_remark=True
            )
        self.collect(root, self.root)
        states = [self.finish(state, node) for state, node in self.nodes]
        self.element = ROOT
        chart = Chart.of(states, self.transitions, self.info())
        self.mark_actions(chart)
        folder = Path(self.name).parent if self.name else None
        return Loaded(
            chart, None, Places(marks=self.marks), tuple(self.problems), tuple(self.notices), name=self.name,
            neighbours=Neighbours(folder),
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

    # states

    def collect(self, parent: State, node: Node) -> None:
        """The states below one."""
        own = [child for child in node.children if child.space in SPACES and child.tag in _STATES]
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
            state = State(
                id=id, parent=parent.id, key=name or self.fresh_key(child.tag), order=order, kind=_kind(child),
                declared_id=name or None,
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

    def finish(self, state: State, node: Node) -> State:
        """The state with all that stands in it; its transitions are read on the way."""
        self.element, self.order = state.id, 0
        parts: dict[str, list[Node]] = {}
        for child in node.children:
            if child.space not in SPACES:
                self.notices.append(
                    Notice(f"<{child.tag}> is not SCXML’s and means nothing here.", child.line)
                )
                continue
            parts.setdefault(child.tag, []).append(child)
        known = _OF_MACHINE if state.parent is None else _PARTS
        for tag, nodes in parts.items():
            if tag not in known and tag not in _STATES:
                self.report(nodes[0], f"<{tag}> has no place in <{node.tag}>.")
        if state.parent is None and "transition" in parts:
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
            data=tuple(
                read.datum(each)
                for model in parts.get("datamodel", ())
                for each in read.own(model)
                if each.tag == "data"
            ),
            done_data=read.payload(donedata[0]) if donedata else None,
        )

    def initial(self, state: State, node: Node, parts: dict[str, list[Node]]) -> None:
        """Where a state begins, in either spelling."""
        text, elements = node.get("initial"), parts.get("initial", [])
        if text is not None and text.strip():
            self.add(state, Trigger(kind=TriggerKind.INITIAL), node, self.targets(text))
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
        event = " ".join((node.get("event") or "").split())
        if state.kind.is_history:
            kind = TriggerKind.DEFAULT
        elif kind is None:
            kind = TriggerKind.EVENT if event else TriggerKind.ALWAYS
        trigger = Trigger(kind=kind, text=event if kind is TriggerKind.EVENT else "")
        self.add(state, trigger, node, self.targets(node.get("target") or ""))

    def add(self, state: State, trigger: Trigger, node: Node, targets: tuple[str, ...]) -> None:
        self.count += 1
        id = self.element = f"t{self.count}"
        self.marks[id, ""] = Mark(node.line, 1)
        is_element = node.tag == "transition"
        self.transitions.append(
            Transition(
                id=id,
                source=state.id,
                targets=targets,
                order=self.order,
                trigger=trigger,
                guard=self.actions.guard(node.get("cond")) if is_element else None,
                actions=self.actions.actions(node) if is_element else (),
                internal=is_element and node.get("type") == "internal",
            )
        )
        self.order += 1
        self.element = state.id

    def targets(self, text: str) -> tuple[str, ...]:
        """The states that ids name."""
        return tuple(self.by_name.get(each) or unresolved(each) for each in text.split())

    # the machine

    def info(self) -> Info:
        model = (self.root.get("datamodel") or "ecmascript").strip()
        scripts = [each for each in self.actions.own(self.root) if each.tag == "script"]
        return Info(
            language=LANGUAGES.get(model, model),
            setup=self.actions.each(scripts),
            conventions=Conventions(
                by_token=True,
                keeps_last=True,
                has_sessions=True,
                binds_late=self.root.get("binding") == "late",
            ),
        )


def _kind(node: Node) -> StateKind:
    if node.tag == "history":
        return StateKind.DEEP_HISTORY if node.get("type") == "deep" else StateKind.SHALLOW_HISTORY
    return {"parallel": StateKind.PARALLEL, "final": StateKind.FINAL}.get(node.tag, StateKind.NORMAL)


def _all(node: Node) -> Iterable[Node]:
    yield node
    for child in node.children:
        yield from _all(child)
