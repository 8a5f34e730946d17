"""SCXML's executable content, guards and payloads to records (W3C Recommendation, sections 4 to 6)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from editor.formats.native_parts import Resolve, read_delay, read_guard
from editor.formats.native_report import SILENT
from editor.formats.scxml_own import SPACE, code, from_json, own_name
from editor.formats.xml_tree import Node
from editor.model.durations import parse_duration
from editor.model.elements import (
    Action,
    Assign,
    Block,
    Branch,
    Call,
    Cancel,
    Choose,
    Content,
    Data,
    Datum,
    Delay,
    Expr,
    Foreach,
    Guard,
    In,
    Invoke,
    Log,
    Param,
    Payload,
    Raise,
    Script,
    Send,
)

SPACES = ("", "http://www.w3.org/2005/07/scxml")
"""The namespaces whose elements are SCXML's: its own, and none at all."""

Report = Callable[[Node, str], None]
"""What is wrong with an element."""

_IN = re.compile(r"\s*In\(\s*(['\"])([^'\"\\]*)\1\s*\)\s*\Z")


def is_read(node: Node) -> bool:
    """Whether an element is SCXML's or ours, and not there for other programs only; others are left alone."""
    return node.space in (*SPACES, SPACE) and own_name("added") not in node.attributes


class ActionReader:
    """Reads what stands inside states; `find` gives the state that an id names, or None.

    `resolve` does so for paths of the native format, in guards that SCXML has no words for. `lines` has each action
    that was read, by its id, and its line.
    """

    def __init__(self, find: Callable[[str], str | None], report: Report, resolve: Resolve) -> None:
        self.find = find
        self.report = report
        self.resolve = resolve
        self.lines: dict[int, tuple[Action, int]] = {}

    def own(self, node: Node) -> Iterable[Node]:
        """The children that are SCXML's."""
        return (child for child in node.children if child.space in SPACES and is_read(child))

    # guards

    def guard(self, node: Node) -> Guard | None:
        """A condition; one that only asks for a state becomes a guard that names it."""
        text = node.get("cond")
        is_given, value = from_json(node.own("guard"))
        if is_given:
            return read_guard(value, SILENT, self.resolve) if value is not None else None
        if text is None:
            return None
        found = _IN.match(text)
        state = self.find(found[2]) if found is not None else None
        return In(state=state) if state is not None else Expr(text=text)

    def needed_guard(self, node: Node) -> Guard | None:
        """A condition that must be there."""
        self.needed(node, "cond")
        return self.guard(node) if node.get("cond") is not None else Expr(text="")

    # actions

    def blocks(self, nodes: list[Node]) -> tuple[Action, ...]:
        """The actions of several elements, each of which an error in another does not concern."""
        blocks = [actions for node in nodes if (actions := self.actions(node))]
        if len(blocks) == 1:
            return blocks[0]
        return tuple(Block(actions=actions) for actions in blocks)

    def actions(self, node: Node) -> tuple[Action, ...]:
        """The actions inside an element."""
        return self.each(child for child in node.children if is_read(child))

    def each(self, nodes: Iterable[Node]) -> tuple[Action, ...]:
        """The actions that elements stand for."""
        found: list[Action] = []
        for node in nodes:
            read = (_READERS if node.space in SPACES else _OWN_READERS).get(node.tag)
            last = found[-1] if found else None
            if read is None:
                self.report(node, f"<{node.tag}> is no action.")
                continue
            action = read(self, node)
            is_one = node.own("with") == "before" and isinstance(last, Assign) and last.content is None
            if is_one and isinstance(last, Assign) and isinstance(action, Assign):
                found.pop()
                action = Assign(values=(*last.values, *action.values))
            found.append(action)
            self.lines[id(action)] = (action, node.line)
        return tuple(found)

    def value(self, node: Node, name: str) -> Data:
        """Plain data that an expression stands for; the expression itself, where it was changed since."""
        text = node.get(name)
        is_given, value = from_json(node.own("value"))
        return value if is_given and code(value) == text else text

    def needed(self, node: Node, name: str) -> str:
        """An attribute that must be there."""
        text = node.get(name)
        if text is None:
            self.report(node, f"<{node.tag}> needs “{name}”.")
        return text or ""

    def _either(self, node: Node, *names: str) -> None:
        given = [name for name in names if node.get(name) is not None]
        if len(given) > 1:
            self.report(node, f"<{node.tag}> has both “{given[0]}” and “{given[1]}”; one must go.")

    def _call(self, node: Node) -> Action:
        return Call(name=self.needed(node, "name"), params=from_json(node.get("params"))[1])

    def _nothing(self, node: Node) -> Action:
        return Assign(values=())

    def _raise(self, node: Node) -> Action:
        return Raise(event=self.needed(node, "event"))

    def _if(self, node: Node) -> Action:
        called = node.own("call")
        if called is not None:
            return Call(name=called)
        if node.own("branches") == "0":
            return Choose(branches=())
        branches: list[Branch] = []
        guard = self.needed_guard(node)
        inside: list[Node] = []
        for child in (each for each in node.children if is_read(each)):
            if child.tag not in ("elseif", "else") or child.space not in SPACES:
                inside.append(child)
                continue
            branches.append(Branch(guard=guard, actions=self.each(inside)))
            guard = self.needed_guard(child) if child.tag == "elseif" else None
            inside = []
        branches.append(Branch(guard=guard, actions=self.each(inside)))
        return Choose(branches=tuple(branches))

    def _foreach(self, node: Node) -> Action:
        array, item = self.needed(node, "array"), self.needed(node, "item")
        return Foreach(array=array, item=item, index=node.get("index"), actions=self.actions(node))

    def _log(self, node: Node) -> Action:
        return Log(value=self.value(node, "expr"), label=node.get("label"))

    def _assign(self, node: Node) -> Action:
        location, expr = self.needed(node, "location"), node.get("expr")
        if expr is None:
            return Assign(values=((location, None),), content=content_of(node))
        if node.children or node.text.strip():
            self.report(node, "<assign> has both “expr” and content; one must go.")
        return Assign(values=((location, self.value(node, "expr")),))

    def _script(self, node: Node) -> Action:
        return Script(text=node.content, src=node.get("src"))

    def _send(self, node: Node) -> Action:
        data = self.data(node)
        if node.own("raise") is not None:
            return Raise(event=self.needed(node, "event"), data=data)
        for names in (("event", "eventexpr"), ("target", "targetexpr"), ("type", "typeexpr"),
                      ("id", "idlocation"), ("delay", "delayexpr")):  # fmt: skip
            self._either(node, *names)
        delay: Delay | None = node.get("delay")
        if isinstance(delay, str) and parse_duration(delay) is None:
            self.report(node, f"“{delay}” is no duration: write 200ms or 1.5s.")
            delay = Expr(text=delay)
        computed = node.get("delayexpr")
        is_given, ours = from_json(node.own("delay"))
        if is_given:
            delay, computed = read_delay(ours, SILENT), None
        return Send(
            event=node.get("event") or "",
            event_expr=node.get("eventexpr"),
            to=node.get("target"),
            to_expr=node.get("targetexpr"),
            type=node.get("type"),
            type_expr=node.get("typeexpr"),
            id=node.get("id"),
            id_location=node.get("idlocation"),
            delay=delay if computed is None else Expr(text=computed),
            data=data,
            payload=self.payload(node),
        )

    def _cancel(self, node: Node) -> Action:
        self._either(node, "sendid", "sendidexpr")
        return Cancel(id=node.get("sendid") or "", id_expr=node.get("sendidexpr"))

    # what is passed on

    def data(self, node: Node) -> Data:
        """Plain data that an element passes on in the words of the native format; None for none."""
        how = node.own("data")
        if how == "params":
            return {
                self.needed(each, "name"): self.value(each, "expr")
                for each in self.own(node)
                if each.tag == "param"
            }
        if how == "content":
            return next((self.value(each, "expr") for each in self.own(node) if each.tag == "content"), None)
        _, value = from_json(how)
        return value.get("data") if isinstance(value, dict) else None

    def payload(self, node: Node) -> Payload | None:
        """What an element passes on; None for nothing, and for data of ours."""
        if node.own("data") in ("params", "content"):
            return None
        names = tuple((node.get("namelist") or "").split())
        params, content = [], None
        for child in self.own(node):
            if child.tag == "param":
                self._either(child, "expr", "location")
                name = self.needed(child, "name")
                params.append(Param(name=name, expr=child.get("expr"), location=child.get("location")))
            elif child.tag == "content":
                content = content_of(child)
        if content is not None and (names or params) and node.tag != "invoke":
            self.report(node, f"<{node.tag}> has both <content> and named values; one must go.")
        if not (names or params or content):
            return None
        return Payload(names=names, params=tuple(params), content=content)

    def datum(self, node: Node) -> Datum:
        """A variable of the data model."""
        id, expr, src = self.needed(node, "id"), node.get("expr"), node.get("src")
        has_content = bool(node.children or node.text.strip())
        if sum((expr is not None, src is not None, has_content)) > 1:
            self.report(node, f"The value of “{id}” is given twice.")
        return Datum(id=id, expr=expr, src=src, content=content_of(node) if has_content else None)

    def invoke(self, node: Node, uid: str) -> Invoke:
        """An invocation."""
        for names in (("src", "srcexpr"), ("type", "typeexpr"), ("id", "idlocation")):
            self._either(node, *names)
        extra = from_json(node.own("extra"))[1]
        finalize = [child for child in self.own(node) if child.tag == "finalize"]
        return Invoke(
            uid=uid,
            src=node.get("src") or "",
            id=node.get("id"),
            input=self.data(node),
            extra=tuple(extra.items()) if isinstance(extra, dict) else (),
            auto_forward=node.get("autoforward") == "true",
            src_expr=node.get("srcexpr"),
            type=node.get("type"),
            type_expr=node.get("typeexpr"),
            id_location=node.get("idlocation"),
            payload=self.payload(node),
            finalize=self.actions(finalize[0]) if finalize else None,
        )


def content_of(node: Node) -> Content:
    """The value that is written inside an element: elements as markup, else text."""
    expr = node.get("expr") if node.tag == "content" else None
    if node.children:
        return Content(text="".join(child.written() for child in node.children), expr=expr, is_markup=True)
    return Content(text=node.text, expr=expr)


_READERS: dict[str, Callable[[ActionReader, Node], Action]] = {
    "raise": ActionReader._raise,
    "if": ActionReader._if,
    "foreach": ActionReader._foreach,
    "log": ActionReader._log,
    "assign": ActionReader._assign,
    "script": ActionReader._script,
    "send": ActionReader._send,
    "cancel": ActionReader._cancel,
}
_OWN_READERS: dict[str, Callable[[ActionReader, Node], Action]] = {
    "call": ActionReader._call,
    "assign": ActionReader._nothing,
}
