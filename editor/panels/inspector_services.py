"""The services of a state, or of the machine, in its form: rows for each, and buttons to add, answer and remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from editor.document import edits, invocations, texts
from editor.document.fitting import fitted
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.model.elements import Invoke, State, Trigger, TriggerKind
from editor.model.slots import Grammar
from editor.panels.fields import MEASURE
from editor.panels.form import Form
from editor.panels.making import made

_ANSWERS = ((TriggerKind.INVOKE_DONE, "When done"), (TriggerKind.INVOKE_ERROR, "When failed"))


class Services:
    """Rows of a form for what a state invokes."""

    def __init__(self, form: Form, id: str) -> None:
        self.form = form
        self.id = id
        form.heading("Services")
        for invoke in self._state.invokes:
            self._add_rows(invoke.uid)
        form.button("service.add", "Add service", self._add, sign="add")

    @property
    def _state(self) -> State:
        return self.form.chart.states[self.id]

    def _add_rows(self, uid: str) -> None:
        def of(field: str) -> Callable[[], str]:
            return lambda: str(getattr(self._invoke(uid), field) or "")

        form = self.form
        form.line(
            f"{uid}.src", "Service", of("src"), partial(self._write_src, uid),
            grammar=Grammar.SERVICE, kind="service.src",
        )  # fmt: skip
        form.line(
            f"{uid}.id", "Id", of("id"), partial(self._write_id, uid), "For done.invoke.ID", kind="service.id"
        )
        form.text(
            f"{uid}.input", "Input", lambda: texts.data_text(self._invoke(uid).input),
            partial(self._write_input, uid), "YAML; texts are expressions", Grammar.DATA,
            kind="service.input",
        )  # fmt: skip
        form.check(
            f"{uid}.forward", "Forward events to it",
            lambda: "yes" if self._invoke(uid).auto_forward else "",
            lambda text: self._set(uid, auto_forward=bool(text)), kind="service.forward",
        )  # fmt: skip
        self._add_buttons(uid)

    def _add_buttons(self, uid: str) -> None:
        """What answers the end of a service, and a way to remove it."""
        deeds: list[tuple[str, str, Callable[[], object]]] = [
            (f"{uid}.{kind.value}", title, partial(self._answer, uid, kind)) for kind, title in _ANSWERS
        ]
        deeds.append((f"{uid}.remove", "Remove", partial(self._remove, uid)))
        self.form.deeds(f"{uid}.deeds", deeds, kind="service.deeds", is_flat=True)

    def _invoke(self, uid: str) -> Invoke:
        """The service of a row; one without a name when it is gone, until the row goes too."""
        gone = Invoke(uid=uid, src="")
        return next((invoke for invoke in self._state.invokes if invoke.uid == uid), gone)

    def _edit(self, label: str, invokes: tuple[Invoke, ...]) -> Edit:
        form = self.form
        new = replace(self._state, invokes=invokes)
        return edits.set_state(form.chart, form.session.document.diagram, new, measure=MEASURE, label=label)

    def _set(self, uid: str, **values: object) -> Edit:
        invokes = tuple(
            replace(each, **values) if each.uid == uid else each  # type: ignore[arg-type]
            for each in self._state.invokes
        )
        return self._edit("Change service", invokes)

    def _write_src(self, uid: str, text: str) -> Edit:
        if not text.strip():
            raise ChartError("A service needs a name.")
        return self._set(uid, src=text.strip())

    def _write_id(self, uid: str, text: str) -> Edit:
        text = text.strip()
        message = invocations.taken(self.form.chart, self.id, uid, text) if text else ""
        if message:
            raise ChartError(message)
        return self._set(uid, id=text or None)

    def _write_input(self, uid: str, text: str) -> Edit:
        value = texts.read_data(text)
        texts.check_data(self.form.chart, value)
        return self._set(uid, input=value)

    def _add(self) -> None:
        taken = {invoke.uid for invoke in self._state.invokes}
        uid = next(f"i{number}" for number in range(len(taken) + 1) if f"i{number}" not in taken)
        invokes = (*self._state.invokes, Invoke(uid=uid, src="service"))
        made(self.form.session, lambda: self._edit("Add service", invokes))

    def _remove(self, uid: str) -> None:
        invokes = tuple(invoke for invoke in self._state.invokes if invoke.uid != uid)
        made(self.form.session, lambda: self._edit("Remove service", invokes))

    def _answer(self, uid: str, kind: TriggerKind) -> None:
        """Select the first transition that answers the end of the service; a new one where there is none."""
        form, trigger = self.form, Trigger(kind=kind, invoke=uid)
        own = [each.id for each in form.chart.outgoing(self.id) if each.trigger == trigger]
        if not own:
            edit, id = edits.connect(form.chart, form.session.document.diagram, self.id, (), trigger)
            document = form.session.document
            if made(form.session, lambda: fitted(form.chart, document.diagram, edit, MEASURE)):
                own = [id]
        if own:
            form.session.selection.replace(own[:1])
