"""The fields of one transition."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from editor.document import edits, texts
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.formats.native_names import Names, spell_target
from editor.model import labels, queries
from editor.model.elements import Transition, Trigger, TriggerKind, is_unresolved, unresolved_text
from editor.model.slots import Grammar
from editor.panels.form import Form
from editor.panels.inspector_state import ACTIONS_HINT
from editor.panels.making import made

PLAIN_KINDS = [("event", "Event"), ("after", "After a delay"), ("always", "Always"), ("done", "When done")]


class TransitionForm(Form):
    """What can be said of a transition, by its trigger."""

    def fill(self) -> None:
        """The rows for its trigger."""
        own = self._transition
        name = queries.dotted_path(self.chart, own.source) or "machine"
        if own.is_pseudo:
            what = "Initial" if own.trigger.kind is TriggerKind.INITIAL else "Default"
            self.hint("from", f"{what} transition of {name}")
        else:
            self.hint("from", f"From {name}")
            self.line(
                "label", "Label", self._label, self._write_label, "event [guard] / actions", Grammar.LABEL
            )
            self._add_trigger()
            self.text(
                "guard", "Guard", self._guard, self._write_guard, "A name or an expression", Grammar.GUARD
            )
        if self._carries:
            self.text("actions", "Actions", self._actions, self._write_actions, ACTIONS_HINT, Grammar.ACTIONS)
        self.line(
            "targets", "Target", self._targets, self._write_targets, "None: it changes no state",
            Grammar.TARGETS,
        )  # fmt: skip
        if not own.is_pseudo:
            self.check("internal", "Internal: the source is not left", self._internal, self._write_internal)
            self._add_order()
        if self._carries:
            self._add_more()

    @property
    def _carries(self) -> bool:
        """Whether it has more than targets: an initial or default transition is written as these alone."""
        own = self._transition
        return not own.is_pseudo or bool(own.actions or own.description or own.meta)

    def _add_more(self) -> None:
        self.prose("description", "Description", lambda: self._transition.description or "", self._describe)
        self.text(
            "meta", "Meta", lambda: texts.data_text(self._transition.meta),
            lambda text: self._edit(meta=texts.read_data(text)), "YAML",
        )  # fmt: skip

    @property
    def _transition(self) -> Transition:
        return self.chart.transitions[self.id]

    def is_there(self) -> bool:
        """Whether the transition is."""
        return self.id in self.chart.transitions

    def _edit(self, **values: object) -> Edit:
        new = replace(self._transition, **values)  # type: ignore[arg-type]
        return edits.set_transition(self.chart, new, label=f"Change {next(iter(values))}")

    def _label(self) -> str:
        return labels.label_text(self.chart, self._transition)

    def _write_label(self, text: str) -> Edit:
        return edits.set_label(self.chart, self.id, text)

    # trigger

    def _add_trigger(self) -> None:
        options = list(PLAIN_KINDS)
        for invoke in self.chart.states[self._transition.source].invokes:
            options += [
                (f"invoke_done {invoke.uid}", f"{invoke.title} done"),
                (f"invoke_error {invoke.uid}", f"{invoke.title} failed"),
            ]
        self.choice("kind", "Trigger", options, self._kind, self._write_kind)
        kind = self._transition.trigger.kind
        if kind is TriggerKind.EVENT:
            self.line(
                "event", "Event", lambda: self._transition.trigger.text, self._write_event, "NAME, a.* or *",
                Grammar.EVENT,
            )  # fmt: skip
        elif kind is TriggerKind.AFTER:
            self.line(
                "delay",
                "Delay",
                lambda: self._transition.trigger.text,
                self._write_delay,
                "200 ms, 5 s, 1 min or a name",
                Grammar.DELAY,
            )

    def _kind(self) -> str:
        trigger = self._transition.trigger
        return f"{trigger.kind.value} {trigger.invoke}".strip()

    def _write_kind(self, value: str) -> Edit:
        word, _, invoke = value.partition(" ")
        kind = TriggerKind(word)
        text = {TriggerKind.EVENT: "EVENT", TriggerKind.AFTER: "1s"}.get(kind, "")
        return self._edit(trigger=Trigger(kind=kind, text=text, invoke=invoke))

    def _write_event(self, text: str) -> Edit:
        text = text.strip()
        if not text:
            raise ChartError("An event needs a name. For a transition without one, choose “Always”.")
        if "*" in text.removesuffix("*") or (text.endswith("*") and text != "*" and not text.endswith(".*")):
            raise ChartError("A star stands alone or last, as in * or a.*")
        return self._edit(trigger=Trigger(text=text))

    def _write_delay(self, text: str) -> Edit:
        text = text.strip()
        if not text:
            raise ChartError("A delay is milliseconds, a duration such as 1.5 s, a name or an expression.")
        delay = texts.read_delay(self.chart, text)
        return self._edit(trigger=Trigger(kind=TriggerKind.AFTER, text=delay))

    # what it does

    def _guard(self) -> str:
        return texts.guard_text(self.chart, self._transition.guard)

    def _write_guard(self, text: str) -> Edit:
        return self._edit(guard=texts.read_guard(self.chart, text))

    def _actions(self) -> str:
        return texts.actions_text(self.chart, self._transition.actions)

    def _write_actions(self, text: str) -> Edit:
        return self._edit(actions=texts.read_actions(self.chart, text, self._transition.actions))

    def _targets(self) -> str:
        own = self._transition
        return ", ".join(spell_target(self.chart, own, target) for target in own.targets)

    def _write_targets(self, text: str) -> Edit:
        names = Names(self.chart)
        own = self._transition
        is_initial = own.trigger.kind is TriggerKind.INITIAL
        find = names.initial if is_initial else names.target
        parts = [part.strip() for part in text.split(",") if part.strip()]
        targets = tuple(find(own.source, part) for part in parts)
        for target in targets:
            if is_unresolved(target):
                advice = "Name a sibling, .child, or #id and a path below."
                raise ChartError(f"There is no state “{unresolved_text(target)}” here. {advice}")
        if is_initial and not targets:
            raise ChartError("An initial transition needs a target.")
        return self._edit(targets=targets)

    def _internal(self) -> str:
        return "yes" if self._transition.internal else ""

    def _write_internal(self, text: str) -> Edit:
        return self._edit(internal=bool(text))

    def _describe(self, text: str) -> Edit:
        return self._edit(description=text.strip() or None)

    def _add_order(self) -> None:
        alternatives = queries.trigger_list(self.chart, self._transition)
        if len(alternatives) < 2:
            return
        self.hint("order", f"One of {len(alternatives)} alternatives; the first whose guard holds is taken.")
        deeds = [
            ("earlier", "Earlier", partial(self._reorder, -1)),
            ("later", "Later", partial(self._reorder, 1)),
        ]
        self.deeds("order", deeds, kind="order", is_flat=False)

    def _reorder(self, by: int) -> None:
        made(self.session, lambda: edits.reorder(self.chart, self.id, by))
