"""The fields of one state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from editor.document import edits
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model.elements import Invoke, State, StateKind
from editor.panels import texts
from editor.panels.form import MEASURE, Form
from editor.panels.icons import icon
from editor.session import Session

ACTIONS_HINT = "One a line: a name, x = x + 1, raise E, send E after 2s, log x"
KINDS = [
    ("normal", "State"), ("parallel", "Parallel"), ("final", "Final"), ("shallow", "History"),
    ("deep", "Deep history"),
]  # fmt: skip


class StateForm(Form):
    """What can be said of a state, by its kind."""

    def __init__(self, session: Session, id: str) -> None:
        super().__init__(session)
        self.id = id
        self._shape = self._present_shape()
        self._add_head()
        state = self._state
        if not state.kind.is_history:
            self._add_actions()
            if state.kind is not StateKind.FINAL:
                self._add_invokes()
            else:
                self.text("output", "Output", self._data("output"), self._write_data("output"))
        self._add_more()
        self.column.addStretch(1)

    @property
    def _state(self) -> State:
        return self.chart.states[self.id]

    def _present_shape(self) -> tuple[object, ...]:
        state = self._state
        return (state.kind, tuple(invoke.uid for invoke in state.invokes))

    def is_current(self) -> bool:
        """Whether the state is there, of the same kind and with the same invocations."""
        return self.id in self.chart.states and self._present_shape() == self._shape

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
            self.text(field, title, self._actions(field), self._write_actions(field), ACTIONS_HINT)

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

    def _add_more(self) -> None:
        self.heading("More")
        self.line(
            "id", "Id", lambda: self._state.declared_id or "", self._write_id, "For targets such as #id"
        )
        self.line("tags", "Tags", lambda: ", ".join(self._state.tags), self._write_tags, "Divided by commas")
        self.text("meta", "Meta", self._data("meta"), self._write_data("meta"), "YAML")

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
        tags = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
        return self._edit("Change tags", tags=tags)

    # services

    def _add_invokes(self) -> None:
        self.heading("Services")
        for invoke in self._state.invokes:
            self._add_invoke(invoke.uid)
        self.add_button = QPushButton(icon("add"), "Add service")
        self.add_button.setObjectName("flat")
        self.add_button.clicked.connect(self._add_service)
        self.column.addWidget(self.add_button)

    def _add_invoke(self, uid: str) -> None:
        def of(field: str) -> Callable[[], str]:
            return lambda: str(getattr(self._invoke(uid), field) or "")

        def write(field: str) -> Callable[[str], Edit]:
            return lambda text: self._set_invoke(uid, **{field: text.strip() or None})

        self.line(f"{uid}.src", "Service", of("src"), lambda text: self._write_src(uid, text))
        self.line(f"{uid}.id", "Id", of("id"), write("id"), "For done.invoke.ID")
        self.text(
            f"{uid}.input", "Input", lambda: texts.data_text(self._invoke(uid).input),
            lambda text: self._set_invoke(uid, input=texts.read_data(text)), "YAML; texts are expressions",
        )  # fmt: skip
        self.check(
            f"{uid}.forward", "Forward events to it",
            lambda: "yes" if self._invoke(uid).auto_forward else "",
            lambda text: self._set_invoke(uid, auto_forward=bool(text)),
        )  # fmt: skip
        remove = QPushButton("Remove service")
        remove.setObjectName("flat")
        remove.clicked.connect(partial(self._remove_service, uid))
        row = QHBoxLayout()
        row.addWidget(remove)
        row.addStretch()
        self.column.addLayout(row)

    def _invoke(self, uid: str) -> Invoke:
        return next(invoke for invoke in self._state.invokes if invoke.uid == uid)

    def _write_src(self, uid: str, text: str) -> Edit:
        if not text.strip():
            raise ChartError("A service needs a name.")
        return self._set_invoke(uid, src=text.strip())

    def _set_invoke(self, uid: str, **values: object) -> Edit:
        invokes = tuple(
            replace(each, **values) if each.uid == uid else each  # type: ignore[arg-type]
            for each in self._state.invokes
        )
        return self._edit("Change service", invokes=invokes)

    def _add_service(self) -> None:
        taken = {invoke.uid for invoke in self._state.invokes}
        uid = next(f"i{number}" for number in range(len(taken) + 1) if f"i{number}" not in taken)
        invokes = (*self._state.invokes, Invoke(uid=uid, src="service"))
        self.session.document.apply(self._edit("Add service", invokes=invokes))

    def _remove_service(self, uid: str, *_: object) -> None:
        invokes = tuple(invoke for invoke in self._state.invokes if invoke.uid != uid)
        self.session.document.apply(self._edit("Remove service", invokes=invokes))
