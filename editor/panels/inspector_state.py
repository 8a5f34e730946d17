"""The fields of one state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from editor.document import edits, texts, tinting
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model import tints
from editor.model.elements import State, StateKind
from editor.model.slots import Grammar
from editor.panels.fields import MEASURE
from editor.panels.form import Form
from editor.panels.inspector_beginning import Beginning
from editor.panels.inspector_outgoing import Outgoing
from editor.panels.inspector_services import Services

ACTIONS_HINT = "One a line: a name, x = x + 1, raise E, send E after 2s, log x"
KINDS = [
    ("normal", "State"), ("parallel", "Parallel"), ("final", "Final"), ("shallow", "History"),
    ("deep", "Deep history"),
]  # fmt: skip


def tags_of(text: str) -> tuple[str, ...]:
    """Tags divided by commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


class StateForm(Form):
    """What can be said of a state, by its kind."""

    def fill(self) -> None:
        """The rows for its kind."""
        self._add_head()
        kind = self._state.kind
        if not kind.is_history:
            self._add_actions()
            if kind is not StateKind.FINAL:
                Services(self, self.id)
                Outgoing(self, self.id)
            else:
                self.text(
                    "output",
                    "Output",
                    self._data("output"),
                    self._write_output,
                    "YAML; texts are expressions",
                    Grammar.DATA,
                )
        self._add_more()

    @property
    def _state(self) -> State:
        return self.chart.states[self.id]

    def is_there(self) -> bool:
        """Whether the state is."""
        return self.id in self.chart.states

    def _edit(self, label: str, **values: object) -> Edit:
        new = replace(self._state, **values)  # type: ignore[arg-type]
        return edits.set_state(self.chart, self.session.document.diagram, new, measure=MEASURE, label=label)

    def _add_head(self) -> None:
        self.line(
            "key", "Name", lambda: self._state.key, lambda text: edits.rename(self.chart, self.id, text)
        )
        self.choice("kind", "Kind", KINDS, lambda: self._state.kind.value, self._write_kind)
        parent = self._state.parent
        holds = parent is not None and self.chart.states[parent].kind is StateKind.NORMAL
        if holds and not self._state.kind.is_history:
            self.check("initial", "Initial state of its parent", self._read_initial, self._write_initial)
        Beginning(self, self.id)
        self.prose(
            "description", "Description", lambda: self._state.description or "", self._write_description
        )

    def _write_kind(self, value: str) -> Edit:
        document = self.session.document
        return edits.set_kind(self.chart, document.diagram, self.id, StateKind(value), measure=MEASURE)

    def _read_initial(self) -> str:
        incoming = self.chart.incoming(self.id)
        is_initial = any(each.is_pseudo and each.source == self._state.parent for each in incoming)
        return "yes" if is_initial else ""

    def _write_initial(self, value: str) -> Edit:
        if not value:
            raise ChartError("Make another state initial instead: a parent begins in one of its states.")
        return edits.set_initial(self.chart, self.session.document.diagram, self.id)

    def _write_description(self, text: str) -> Edit:
        return self._edit("Change description", description=text.strip() or None)

    def _add_actions(self) -> None:
        self.heading("Actions")
        for field, title in (("entry", "On entry"), ("exit", "On exit")):
            self.text(
                field, title, self._actions(field), self._write_actions(field), ACTIONS_HINT, Grammar.ACTIONS
            )  # fmt: skip

    def _actions(self, field: str) -> Callable[[], str]:
        return lambda: texts.actions_text(self.chart, getattr(self._state, field))

    def _write_actions(self, field: str) -> Callable[[str], Edit]:
        def write(text: str) -> Edit:
            old = getattr(self._state, field)
            return self._edit(f"Change {field} actions", **{field: texts.read_actions(self.chart, text, old)})

        return write

    def _data(self, field: str) -> Callable[[], str]:
        return lambda: texts.data_text(getattr(self._state, field))

    def _write_data(self, field: str) -> Callable[[str], Edit]:
        return lambda text: self._edit(f"Change {field}", **{field: texts.read_data(text)})

    def _write_output(self, text: str) -> Edit:
        value = texts.read_data(text)
        texts.check_data(self.chart, value)
        return self._edit("Change output", output=value)

    def _add_more(self) -> None:
        self.heading("More")
        self.line(
            "id", "Id", lambda: self._state.declared_id or "", self._write_id, "For targets such as #id"
        )
        shades = [(str(tint or ""), tints.title(tint)) for tint in (None, *tints.NUMBERS)]
        self.choice("tint", "Colour", shades, self._read_tint, self._write_tint)
        self.line("tags", "Tags", lambda: ", ".join(self._state.tags), self._write_tags, "Divided by commas")
        self.text("meta", "Meta", self._data("meta"), self._write_data("meta"), "YAML")

    def _read_tint(self) -> str:
        return str(tinting.tint_of(self.session.document.diagram, self.id) or "")

    def _write_tint(self, value: str) -> Edit:
        return tinting.set_tint(self.session.document.diagram, [self.id], int(value) if value else None)

    def _write_id(self, text: str) -> Edit:
        text = text.strip()
        twin = next(
            (each for each in self.chart.states.values() if each.declared_id == text and each.id != self.id),
            None,
        )
        if text and twin is not None:
            raise ChartError(f"“{twin.key}” has this id already. Choose another one.")
        return self._edit("Change id", declared_id=text or None)

    def _write_tags(self, text: str) -> Edit:
        return self._edit("Change tags", tags=tags_of(text))
