"""A chart as a tree of SCXML elements (W3C Recommendation, 1 September 2015), with ours where it has no word.

Conditions, delays and data that only the native format has come as near as SCXML can, for other programs; beside
them stands what they are, for reading them again (`scxml_own`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from itertools import groupby

from editor.formats import scxml_attributes
from editor.formats.native_names import Names, Speller
from editor.formats.native_write import write_info
from editor.formats.scxml_ids import TAGS, state_ids
from editor.formats.scxml_own import NATIVE, as_id, to_json
from editor.formats.scxml_write_actions import ActionWriter, given
from editor.formats.xml_write import Element
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import (
    Conventions,
    Data,
    Extra,
    State,
    StateKind,
    Transition,
    TriggerKind,
    is_unresolved,
    unresolved_text,
)

MODELS = {"javascript": "ecmascript", "null": "null", "python": "python"}
"""The data models that languages stand for; a language that is not here goes by its own name."""
_ADDED = {"editor:added": "true"}
_LOGIC = ("cond", "expr", "location", "delayexpr", "array", "namelist", "srcexpr", "eventexpr", "targetexpr")


def needs_wrapper(chart: Chart) -> bool:
    """Whether the machine itself does what only a state may do in SCXML, so that all its states go into one."""
    root = chart.root
    if chart.info.conventions.by_token:
        return root.kind is StateKind.PARALLEL
    own = chart.outgoing(root.id)
    begins = [each for each in own if each.trigger.kind is TriggerKind.INITIAL]
    return (
        root.kind is not StateKind.NORMAL
        or bool(root.entry or root.exit or root.invokes)
        or len(begins) != len(own)
        or any(each.guard or each.actions or each.description or each.meta or each.extra for each in begins)
        or bool(chart.incoming(root.id))
    )


def machine(chart: Chart, known: Mapping[str, str] | None = None) -> Element:
    """The root element, with all that stands in it; `known` are the ids of states in the file that it is for."""
    return _Writer(chart, known or {}).machine()


class _Writer:
    """One writing."""

    def __init__(self, chart: Chart, known: Mapping[str, str]) -> None:
        self.chart = chart
        self.info = chart.info
        self.is_native = not chart.info.conventions.by_token
        self.ids = state_ids(chart, known)
        self.is_wrapped = needs_wrapper(chart)
        if self.is_wrapped:
            wanted = known.get(chart.root_id) or as_id(chart.root.key)
            self.ids[chart.root_id] = queries.free_name(wanted, set(self.ids.values()))
        self.actions = ActionWriter(chart, self.ids)

    def machine(self) -> Element:
        info, root = self.info, self.chart.root
        # the data model follows from what is written in it
        element = Element("scxml", {"version": "1.0", "datamodel": "", "name": self.name()}, key=root.id)
        attributes = element.attributes
        if self.is_native:
            attributes["editor:conventions"] = " ".join((NATIVE, *_differing(info.conventions)))
            if root.declared_id is not None:
                attributes["editor:id"] = root.declared_id
        attributes |= {} if self.is_wrapped else self.about(root)
        if info.conventions.binds_late:
            attributes["binding"] = "late"
        element.children += self.data(root)
        setup = self.actions.actions(info.setup)
        element.children += setup
        element.children += self.tables()
        if self.is_wrapped:
            element.children += self.wrapped(root)
        else:
            self.fill(element, root)
        return self.with_model(element)

    def name(self) -> str:
        root = self.chart.root
        return as_id(root.declared_id or root.key) if self.is_native else root.key

    def with_model(self, element: Element) -> Element:
        """The data model; a native machine without an expression gets the one that every program knows."""
        language = self.info.language
        model = MODELS.get(language or "python", language or "python")
        if self.is_native and language is None and not _has_logic(element):
            model = "null"
        reads = None if self.is_native and model in ("python", "null") else _language_of(model)
        element.attributes["datamodel"] = model
        if reads != language:
            element.attributes["editor:language"] = language or ""
        return element

    def tables(self) -> list[Element]:
        """What names mean, and data that stand in no data model."""
        info = write_info(Speller(Names(self.chart)), self.info)
        info.pop("language", None)
        if self.is_native and isinstance(info.get("context"), dict):
            info.pop("context")
        if self.info.extra:
            info["extra"] = dict(self.info.extra)
        return [Element("editor:table", {"name": name}, text=to_json(value)) for name, value in info.items()]

    def data(self, state: State) -> list[Element]:
        """The data model of a state."""
        found = [self.actions.datum(each) for each in state.data]
        context = self.info.context
        if state.parent is None and self.is_native and isinstance(context, dict):
            found += [Element("data", {"id": key, "expr": to_json(value)}) for key, value in context.items()]
        return [Element("datamodel", children=found)] if found else []

    def wrapped(self, root: State) -> list[Element]:
        """The machine as one state, which ends with it."""
        name = self.ids[root.id]
        inner = Element(TAGS[root.kind], {"id": name, "editor:machine": "true", **self.about(root)})
        self.fill(inner, root)
        ends = any(each.kind is StateKind.FINAL for each in self.chart.children(root.id))
        if not (ends or root.kind is StateKind.PARALLEL):
            return [inner]
        end = queries.free_name(f"{name}.end", set(self.ids.values()))
        inner.children.append(Element("transition", {"event": f"done.state.{name}", "target": end, **_ADDED}))
        return [inner, Element("final", {"id": end, **_ADDED})]

    # states

    def about(self, state: State) -> dict[str, str]:
        """What is told of a state and means nothing to SCXML."""
        own: dict[str, str | None] = {
            "editor:description": state.description,
            "editor:tags": to_json(list(state.tags)) if state.tags else None,
            "editor:meta": to_json(state.meta) if state.meta is not None else None,
            "editor:extra": _kept(state.extra),
            **scxml_attributes.written(state.extra),
        }
        if state.output is not None and state.kind is not StateKind.FINAL:
            own["editor:output"] = to_json(state.output)
        return {name: value for name, value in own.items() if value is not None}

    def state(self, state: State) -> Element:
        """A state with all below it."""
        name = self.ids.get(state.id)
        element = Element(TAGS[state.kind], given(id=name), key=state.id)
        if state.kind is StateKind.DEEP_HISTORY:
            element.attributes["type"] = "deep"
        if name is not None and name != state.key:
            element.attributes["editor:key"] = state.key
        if state.declared_id is not None and (self.is_native or state.declared_id != name):
            element.attributes["editor:id"] = state.declared_id
        element.attributes |= self.about(state)
        element.children += self.data(state)
        self.fill(element, state)
        return element

    def fill(self, element: Element, state: State) -> None:
        """What a state does, in the order of the Recommendation."""
        outgoing = self.chart.outgoing(state.id)
        begins = [each for each in outgoing if each.trigger.kind is TriggerKind.INITIAL]
        others = [each for each in outgoing if each.trigger.kind is not TriggerKind.INITIAL]
        if begins:
            self.initial(element, state, begins[0])
        delayed = [each for each in others if each.trigger.kind is TriggerKind.AFTER]
        inside = element.children
        inside += self.actions.blocks("onentry", state.entry)
        if delayed:
            inside.append(self.arming(state, delayed))
        inside += self.actions.blocks("onexit", state.exit)
        if delayed:
            inside.append(self.disarming(state, delayed))
        inside += [self.transition(state, each) for each in others]
        inside += [self.actions.invoke(each) for each in state.invokes]
        inside += [self.state(each) for each in self.chart.children(state.id)]
        output = state.output if state.kind is StateKind.FINAL else None
        if state.done_data is not None or output is not None:
            inside.append(self.actions.carrying(Element("donedata"), state.done_data, output))

    def initial(self, element: Element, state: State, transition: Transition) -> None:
        """Where a state begins: an attribute, where that says all."""
        body = self.transition(state, transition)
        if set(body.attributes) == {"target"} and not body.children:
            element.attributes["initial"] = body.attributes["target"]
        else:
            element.children.append(Element("initial", children=[body]))

    # transitions

    def transition(self, state: State, transition: Transition) -> Element:
        attributes = self.trigger(state, transition) | self.actions.guard(transition.guard)
        attributes |= self.targets(transition)
        is_root = state.parent is None and self.is_wrapped
        if transition.internal:
            attributes["type"] = "internal"
        elif is_root and transition.targets and state.kind is StateKind.NORMAL and not transition.is_pseudo:
            # the machine itself is never left
            attributes |= {"type": "internal", "editor:internal": "false"}
        own = {
            "editor:description": transition.description,
            "editor:meta": to_json(transition.meta) if transition.meta is not None else None,
            "editor:extra": _kept(transition.extra),
            **scxml_attributes.written(transition.extra),
        }
        attributes |= {name: value for name, value in own.items() if value is not None}
        return Element("transition", attributes, self.actions.actions(transition.actions), key=transition.id)

    def targets(self, transition: Transition) -> dict[str, str]:
        texts = [
            unresolved_text(each) if is_unresolved(each) else self.ids.get(each, "")
            for each in transition.targets
        ]
        if not texts:
            return {}
        if all(len(text.split()) == 1 and text == text.strip() for text in texts):
            return {"target": " ".join(texts)}
        return {"target": " ".join(as_id(text) for text in texts), "editor:target": to_json(list(texts))}

    def trigger(self, state: State, transition: Transition) -> dict[str, str]:
        """The event that a transition waits for."""
        kind, text = transition.trigger.kind, transition.trigger.text
        name = self.ids.get(state.id) or as_id(state.key)
        if kind is TriggerKind.EVENT:
            plain = " ".join(text.split())
            if plain == text and text and not (self.is_native and " " in text):
                found = {"event": text}
            else:
                found = {"event": "_".join(text.split()) or "*", "editor:event": text}
        elif kind is TriggerKind.AFTER:
            found = {"event": self.timer(state, text), "editor:after": text}
        elif kind is TriggerKind.DONE:
            found = {"event": f"done.state.{name}", "editor:on": "done"}
        elif kind in (TriggerKind.INVOKE_DONE, TriggerKind.INVOKE_ERROR):
            found = self.answer(state, name, transition)
        else:
            found = {}
        is_usual = (kind is TriggerKind.DEFAULT) == state.kind.is_history
        if not is_usual and "editor:on" not in found and kind is not TriggerKind.INITIAL:
            found["editor:on"] = kind.value
        return found

    def answer(self, state: State, name: str, transition: Transition) -> dict[str, str]:
        uids = [each.uid for each in state.invokes]
        uid = transition.trigger.invoke
        place = uids.index(uid) if uid in uids else -1
        id = state.invokes[place].id if place >= 0 else None
        is_done = transition.trigger.kind is TriggerKind.INVOKE_DONE
        event = f"{'done.invoke' if is_done else 'error.platform'}.{id or name}"
        return {"event": event, "editor:on": transition.trigger.kind.value, "editor:invoke": str(place)}

    def timer(self, state: State, text: str) -> str:
        """The event of a delay, which is its id too."""
        texts = [text for text, _ in self.delays(state)]
        return f"after.{self.ids.get(state.id) or as_id(state.key)}.{texts.index(text)}"

    def delays(self, state: State) -> list[tuple[str, Transition]]:
        """The delays of a state, each once."""
        found: dict[str, Transition] = {}
        for each in self.chart.outgoing(state.id):
            if each.trigger.kind is TriggerKind.AFTER:
                found.setdefault(each.trigger.text, each)
        return list(found.items())

    def arming(self, state: State, delayed: list[Transition]) -> Element:
        """What starts delays in programs that have none of their own."""
        texts = [text for text, _ in groupby(dict.fromkeys(each.trigger.text for each in delayed))]
        sends = []
        for text in texts:
            name = self.timer(state, text)
            lengths = {key: value for key, value in self.actions.delay(text).items() if key != "editor:delay"}
            sends.append(Element("send", {"event": name, "id": name, **lengths}))
        return Element("onentry", dict(_ADDED), sends)

    def disarming(self, state: State, delayed: list[Transition]) -> Element:
        """What ends them."""
        names = dict.fromkeys(self.timer(state, each.trigger.text) for each in delayed)
        return Element("onexit", dict(_ADDED), [Element("cancel", {"sendid": name}) for name in names])


def _differing(conventions: Conventions) -> list[str]:
    """What is meant otherwise than in the native format."""
    return [each.name for each in fields(conventions) if getattr(conventions, each.name)]


def _language_of(model: str) -> Data:
    return {"ecmascript": "javascript"}.get(model, model)


def _kept(extra: Extra) -> str | None:
    """The unknown keys of a record that are no attributes; None for none."""
    others = scxml_attributes.others(extra)
    return to_json(dict(others)) if others else None


def _has_logic(element: Element) -> bool:
    """Whether anything is worked out, other than whether a state is active."""
    for name in _LOGIC:
        text = element.attributes.get(name)
        if text is not None and not (name == "cond" and text.startswith("In('") and text.count("'") == 2):
            return True
    return any(_has_logic(child) for child in element.children)
