"""The fields of the machine as a whole: its name, its start context, and what its names mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from editor.commands.completing import Completer
from editor.document import edits, keys, texts
from editor.document.undo import Edit
from editor.errors import ChartError
from editor.formats import native_parts
from editor.formats.native_names import spell_in
from editor.model.elements import Data, State, StateKind
from editor.model.slots import Grammar
from editor.panels.context_editor import ContextEditor
from editor.panels.fields import MEASURE
from editor.panels.form import Form
from editor.panels.inspector_beginning import Beginning
from editor.panels.inspector_names import NameTable
from editor.panels.inspector_outgoing import Outgoing
from editor.panels.inspector_services import Services
from editor.panels.inspector_state import ACTIONS_HINT, tags_of
from editor.session import Session

HINTS = {
    "guards": "Name: meaning, such as isReady: count > 3",
    "actions": "Name: meaning, such as reset: {assign: {count: 0}}",
    "delays": "Name: length, such as TIMEOUT: 5s",
    "services": "Name: anything, such as pay: {cost: 5}",
}
TABLES = {"guards": Grammar.GUARDS, "actions": Grammar.ACTION_TABLE, "delays": Grammar.DELAYS}


class MachineForm(Form):
    """What can be said of the machine."""

    def __init__(self, session: Session, completer: Completer | None = None) -> None:
        self.context = ContextEditor(
            lambda: session.document.chart.info.context, self._set_context, self._rename_key
        )
        self.names = NameTable(session)
        super().__init__(session, completer)

    def fill(self) -> None:
        """The rows for its kind."""
        self.line(
            "id", "Id", lambda: self._root.declared_id or "", self._write_id, "The file’s name stands in"
        )
        self.choice(
            "kind", "Kind", [("normal", "Begins in one state"), ("parallel", "Parallel")],
            lambda: self._root.kind.value, self._write_kind,
        )  # fmt: skip
        Beginning(self, self.chart.root_id)
        self.prose("description", "Description", lambda: self._root.description or "", self._describe)
        self.heading("Context")
        self.hold("context", self.context, self.context.refresh)
        self.heading("What names mean")
        for field, hint in HINTS.items():
            grammar = TABLES.get(field)
            self.text(
                field, field.capitalize(), self._table(field), self._write_table(field), hint, grammar
            )  # fmt: skip
        self.heading("Actions")
        for field, title in (("entry", "On entry"), ("exit", "On exit")):
            self.text(
                field, title, self._actions(field), self._write_actions(field), ACTIONS_HINT, Grammar.ACTIONS
            )  # fmt: skip
        Services(self, self.chart.root_id)
        Outgoing(self, self.chart.root_id)
        self._add_more()
        self.heading("Names")
        self.hold("names", self.names, self.names.refresh)

    def _add_more(self) -> None:
        self.heading("More")
        self.choice("language", "Expressions are", self._languages, self._language, self._write_language)
        self.line(
            "tags", "Tags", lambda: ", ".join(self._root.tags),
            lambda text: self._edit_root("Change tags", tags=tags_of(text)), "Divided by commas",
        )  # fmt: skip
        self.text(
            "meta", "Meta", lambda: texts.data_text(self._root.meta),
            lambda text: self._edit_root("Change meta", meta=texts.read_data(text)), "YAML",
        )  # fmt: skip

    def _languages(self) -> list[tuple[str, str]]:
        known = [("", "Python’s subset"), ("javascript", "JavaScript")]
        now = self._language()
        return known if now in dict(known) else [*known, (now, now)]

    def _language(self) -> str:
        return self.chart.info.language or ""

    def _write_language(self, value: str) -> Edit:
        return self._edit_info("Change language", language=value or None)

    @property
    def _root(self) -> State:
        return self.chart.root

    def _edit_root(self, label: str, **values: object) -> Edit:
        new = replace(self._root, **values)  # type: ignore[arg-type]
        return edits.set_state(self.chart, self.session.document.diagram, new, measure=MEASURE, label=label)

    def _edit_info(self, label: str, **values: object) -> Edit:
        new = replace(self.chart.info, **values)  # type: ignore[arg-type]
        return edits.set_info(self.chart, new, label=label)

    def _write_id(self, text: str) -> Edit:
        text = text.strip()
        return self._edit_root("Change id", declared_id=text or None, key=text or self._root.key)

    def _write_kind(self, value: str) -> Edit:
        diagram = self.session.document.diagram
        return edits.set_kind(self.chart, diagram, self.chart.root_id, StateKind(value), measure=MEASURE)

    def _describe(self, text: str) -> Edit:
        return self._edit_root("Change description", description=text.strip() or None)

    def _actions(self, field: str) -> Callable[[], str]:
        return lambda: texts.actions_text(self.chart, getattr(self._root, field))

    def _write_actions(self, field: str) -> Callable[[str], Edit]:
        def write(text: str) -> Edit:
            old = getattr(self._root, field)
            actions = texts.read_actions(self.chart, text, old)
            return self._edit_root(f"Change {field} actions", **{field: actions})

        return write

    def _set_context(self, value: Data) -> None:
        self.session.document.apply(self._edit_info("Change context", context=value))

    def _rename_key(self, old: str, new: str) -> None:
        edit = keys.rename_key(self.chart, old, new)
        left = keys.unclear(self.chart, old, new)
        if edit.changes:
            self.session.document.apply(edit)
            if left:
                self.session.say(f"Not changed, since it is not certain what they mean: {'; '.join(left)}")

    # tables

    def _table(self, field: str) -> Callable[[], str]:
        return lambda: texts.data_text(self._table_data(field) or None)

    def _table_data(self, field: str) -> dict[str, Data]:
        info = self.chart.info

        def spell(reference: str) -> str:
            return spell_in(self.chart, reference)

        if field == "guards":
            return {name: native_parts.write_guard(each, spell, in_table=True) for name, each in info.guards}
        if field == "actions":
            return {name: native_parts.write_actions(each, spell) for name, each in info.actions}
        if field == "delays":
            return {name: native_parts.write_delay(each) for name, each in info.delays}
        return dict(info.services)

    def _write_table(self, field: str) -> Callable[[str], Edit]:
        def write(text: str) -> Edit:
            table = texts.read_mapping(text)
            pairs = tuple((name, self._meaning(field, name, value)) for name, value in table.items())
            return self._edit_info(f"Change {field}", **{field: pairs})

        return write

    def _meaning(self, field: str, name: str, value: Data) -> object:
        if field == "services":
            return value
        if value is None:
            raise ChartError(f"“{name}” needs a meaning after the colon.")
        if field == "guards":
            return texts.guard_of(self.chart, value, name, in_table=True)
        if field == "actions":
            return texts.actions_of(self.chart, value, name)
        return texts.delay_of(self.chart, value, name)
