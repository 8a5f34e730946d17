"""The native format to a chart. What is wrong is reported as a problem with its place; reading goes on."""

from __future__ import annotations

import gc
from dataclasses import replace

from editor.errors import Flaw, FormatError
from editor.formats.native_keys import INVOKE_KEYS, MACHINE_KEYS, STATE_KEYS, TRANSITION_KEYS, TYPES
from editor.formats.native_names import Names
from editor.formats.native_parts import Report, read_actions, read_delay, read_guard
from editor.formats.registry import Loaded, Places
from editor.formats.yaml_tree import Path, Tree
from editor.model import expressions
from editor.model.changes import AnyChange, InfoChange, StateChange, TransitionChange
from editor.model.chart import Chart
from editor.model.elements import (
    ROOT,
    Data,
    Expr,
    Info,
    Invoke,
    State,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
)
from editor.model.problems import Problem, Severity

_MULTI = ("on", "after")


def read_tree(tree: Tree, name: str) -> Loaded:
    """A parsed text to a chart.

    Raises:
        FormatError: its root is no mapping.
    """
    value = tree.value
    if not isinstance(value, dict):
        found = "nothing" if value is None else "a list" if isinstance(value, list) else "a single value"
        message = f"A machine is a mapping with “states”, but {found} stands here."
        raise FormatError([Flaw(message, 1, 1)], file=name)
    was_on = gc.isenabled()
    gc.disable()
    try:
        return _Reader(tree, name).read(value)
    finally:
        if was_on:
            gc.enable()


class _Reader:
    """One reading: gathers states first, then transitions, whose targets may stand anywhere."""

    def __init__(self, tree: Tree, name: str) -> None:
        self.tree = tree
        self.name = name
        self.paths: dict[str, Path] = {}
        self.problems: list[Problem] = []
        self.states: list[State] = []
        self.bodies: list[tuple[State, dict[str, Data], Path]] = []
        self.changes: list[AnyChange] = []
        self.count = 0
        self.order = 0

    def read(self, value: dict[str, Data]) -> Loaded:
        stem = self.name.rsplit("/", 1)[-1].split(".", 1)[0] or "machine"
        root = self.state(ROOT, None, str(value.get("id") or stem), 0, value, ())
        chart = Chart(root)
        self.collect(root, value, ())
        chart.apply([StateChange(state.id, None, state) for state in self.states])
        names = Names(chart)
        for state, body, path in self.bodies:
            self.finish(state, body, path, names)
        info = self.info(value, names)
        chart.apply([*self.changes, InfoChange(info.id, chart.info, info)])
        return Loaded(chart, self.tree, Places(self.tree, self.paths), tuple(self.problems), name=self.name)

    # what is wrong

    def wrong(self, element: str, field: str, message: str, *, rule: str = "wrong-type") -> None:
        self.problems.append(
            Problem(rule=rule, severity=Severity.ERROR, message=message, element=element, field=field)
        )

    def unknown(self, element: str, key: str, known: tuple[str, ...]) -> None:
        close = expressions.nearest(key, known)
        self.problems.append(
            Problem(
                rule="unknown-key",
                severity=Severity.WARNING,
                element=element,
                field=key,
                message=f"The key “{key}” is not known here; it is kept.",
                hint=f"Did you mean “{close}”?" if close else "",
            )
        )

    def text(self, value: Data, element: str, field: str) -> str | None:
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, int | float):
            return str(value)
        self.wrong(element, field, f"“{field}” must be a text.")
        return None

    # states

    def state(
        self, id: str, parent: str | None, key: str, order: float, body: dict[str, Data], path: Path
    ) -> State:
        self.paths[id] = path
        known = STATE_KEYS if parent is not None else (*STATE_KEYS, *MACHINE_KEYS)
        extra = tuple((name, value) for name, value in body.items() if name not in known)
        for name, _ in extra:
            self.unknown(id, name, known)
        return State(
            id=id,
            parent=parent,
            key=key,
            order=order,
            kind=self.kind(id, body),
            declared_id=self.text(body.get("id"), id, "id"),
            output=body["output"] if "output" in body else body.get("data"),
            tags=self.tags(id, body.get("tags")),
            meta=body.get("meta"),
            description=self.text(body.get("description"), id, "description"),
            extra=extra,
        )

    def kind(self, id: str, body: dict[str, Data]) -> StateKind:
        given = body.get("type")
        if given == "parallel":
            return StateKind.PARALLEL
        if given == "final":
            return StateKind.FINAL
        if given == "history" or (given is None and "history" in body):
            if body.get("history") not in (None, "shallow", "deep", True, False):
                self.wrong(id, "history", "“history” is “shallow” or “deep”.")
            return StateKind.DEEP_HISTORY if body.get("history") == "deep" else StateKind.SHALLOW_HISTORY
        if given is not None and given not in TYPES:
            close = expressions.nearest(str(given), TYPES)
            hint = f" Did you mean “{close}”?" if close else ""
            self.wrong(id, "type", f"“{given}” is no type of state: {', '.join(TYPES)}.{hint}")
        return StateKind.NORMAL

    def tags(self, id: str, value: Data) -> tuple[str, ...]:
        if value is None:
            return ()
        given = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str | int | float) for each in given):
            self.wrong(id, "tags", "“tags” is a list of texts.")
        return tuple(str(each) for each in given if isinstance(each, str | int | float))

    def collect(self, state: State, body: dict[str, Data], path: Path) -> None:
        """The states below one, and what is to be read of each later."""
        self.bodies.append((state, body, path))
        order = 0
        for word in ("states", "regions"):
            children = body.get(word)
            if children is None:
                continue
            if not isinstance(children, dict):
                self.wrong(state.id, word, f"“{word}” must be a mapping of names to states.")
                continue
            for key, inside in children.items():
                self.count += 1
                id = f"s{self.count}"
                here = (*path, word, key)
                if inside is not None and not isinstance(inside, dict):
                    self.paths[id] = here
                    self.wrong(
                        id, "", f"State “{key}” must be a mapping; write {{}} for one without content."
                    )
                child_body = inside if isinstance(inside, dict) else {}
                child = self.state(id, state.id, key, order, child_body, here)
                order += 1
                self.states.append(child)
                self.collect(child, child_body, here)

    # what refers to states

    def finish(self, state: State, body: dict[str, Data], path: Path, names: Names) -> None:
        """Actions, invocations and transitions of a state."""
        self.order = 0
        entry, exit = (
            read_actions(body.get(field), self.reporter(state.id, field), names.inside)
            for field in ("entry", "exit")
        )
        invokes = self.invokes(state, body.get("invoke"), path, names)
        if entry or exit or invokes:
            fuller = replace(state, entry=entry, exit=exit, invokes=invokes)
            self.changes.append(StateChange(state.id, state, fuller))
        initial = body.get("initial")
        if initial is not None:
            self.pseudo(state, TriggerKind.INITIAL, initial, (*path, "initial"), names)
        if state.kind.is_history and body.get("target") is not None:
            self.pseudo(state, TriggerKind.DEFAULT, body["target"], (*path, "target"), names)
        for field in _MULTI:
            table = body.get(field)
            if table is None:
                continue
            if not isinstance(table, dict):
                self.wrong(state.id, field, f"“{field}” must be a mapping.")
                continue
            kind = TriggerKind.EVENT if field == "on" else TriggerKind.AFTER
            for text, value in table.items():
                self.transitions(state, Trigger(kind=kind, text=text), value, (*path, field, text), names)
        for field, kind in (("always", TriggerKind.ALWAYS), ("onDone", TriggerKind.DONE)):
            if field in body:
                self.transitions(state, Trigger(kind=kind), body[field], (*path, field), names)

    def reporter(self, element: str, field: str) -> Report:
        return lambda message: self.wrong(element, field, message)

    def pseudo(self, state: State, kind: TriggerKind, value: Data, path: Path, names: Names) -> None:
        id = self.fresh(path)
        field = "initial" if kind is TriggerKind.INITIAL else "target"
        texts = [
            each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str | int)
        ]
        if not texts or isinstance(value, dict):
            self.wrong(state.id, field, f"“{field}” must name a state.")
            return
        find = names.initial if kind is TriggerKind.INITIAL else names.target
        targets = tuple(find(state.id, str(each)) for each in texts)
        self.add(Transition(id=id, source=state.id, targets=targets, trigger=Trigger(kind=kind)))

    def fresh(self, path: Path) -> str:
        self.count += 1
        id = f"t{self.count}"
        self.paths[id] = path
        return id

    def add(self, transition: Transition) -> None:
        placed = replace(transition, order=self.order)
        self.order += 1
        self.changes.append(TransitionChange(placed.id, None, placed))

    def transitions(self, state: State, trigger: Trigger, value: Data, path: Path, names: Names) -> None:
        if isinstance(value, list):
            for place, each in enumerate(value):
                self.transition(state, trigger, each, (*path, place), names)
        else:
            self.transition(state, trigger, value, path, names)

    def transition(self, state: State, trigger: Trigger, value: Data, path: Path, names: Names) -> None:
        id = self.fresh(path)
        if value is None:
            self.add(Transition(id=id, source=state.id, trigger=trigger))
            return
        if isinstance(value, str | int) and not isinstance(value, bool):
            value = {"target": value}
        if not isinstance(value, dict):
            self.wrong(id, "", "A transition is a target, a mapping with “target”, or a list of these.")
            self.add(Transition(id=id, source=state.id, trigger=trigger))
            return
        extra = tuple((key, each) for key, each in value.items() if key not in TRANSITION_KEYS)
        for key, _ in extra:
            self.unknown(id, key, TRANSITION_KEYS)
        texts = self.targets(id, value)
        test = value.get("guard", value.get("cond"))
        self.add(
            Transition(
                id=id,
                source=state.id,
                trigger=trigger,
                targets=tuple(names.target(state.id, each) for each in texts),
                guard=read_guard(test, self.reporter(id, "guard"), names.inside)
                if test is not None
                else None,
                actions=read_actions(value.get("actions"), self.reporter(id, "actions"), names.inside),
                internal=self.internal(id, value, texts),
                meta=value.get("meta"),
                description=self.text(value.get("description"), id, "description"),
                extra=extra,
            )
        )

    def targets(self, id: str, value: dict[str, Data]) -> list[str]:
        given = value.get("target")
        if given is None:
            return []
        texts = given if isinstance(given, list) else [given]
        if not all(isinstance(each, str | int) and not isinstance(each, bool) for each in texts):
            self.wrong(id, "target", "“target” names a state, or is a list of names.")
        return [str(each) for each in texts if isinstance(each, str | int) and not isinstance(each, bool)]

    def internal(self, id: str, value: dict[str, Data], texts: list[str]) -> bool:
        for field in ("internal", "reenter"):
            given = value.get(field)
            if given is not None and not isinstance(given, bool):
                self.wrong(id, field, f"“{field}” is true or false.")
            elif given is not None:
                return bool(given) if field == "internal" else not given
        return bool(texts) and all(text.startswith(".") for text in texts)

    def invokes(self, state: State, value: Data, path: Path, names: Names) -> tuple[Invoke, ...]:
        if value is None:
            return ()
        found = []
        for place, each in enumerate(value if isinstance(value, list) else [value]):
            here = (*path, "invoke", place) if isinstance(value, list) else (*path, "invoke")
            body = {"src": each} if isinstance(each, str) else each
            if not isinstance(body, dict) or not isinstance(body.get("src"), str):
                self.wrong(state.id, "invoke", "An invocation needs “src”, the name of a service.")
                if not isinstance(body, dict):
                    continue
            uid = f"i{place}"
            extra = tuple((key, inside) for key, inside in body.items() if key not in INVOKE_KEYS)
            for key, _ in extra:
                self.unknown(state.id, key, INVOKE_KEYS)
            found.append(
                Invoke(
                    uid=uid,
                    src=str(body.get("src") or ""),
                    id=self.text(body.get("id"), state.id, "invoke"),
                    input=body["input"] if "input" in body else body.get("data"),
                    auto_forward=body.get("autoForward") is True,
                    extra=extra,
                )
            )
            for field, kind in (("onDone", TriggerKind.INVOKE_DONE), ("onError", TriggerKind.INVOKE_ERROR)):
                if field in body:
                    self.transitions(
                        state, Trigger(kind=kind, invoke=uid), body[field], (*here, field), names
                    )
        return tuple(found)

    # the machine

    def info(self, value: dict[str, Data], names: Names) -> Info:
        self.paths["info"] = ()
        context = value.get("context")
        if context is not None and not isinstance(context, dict):
            self.wrong("info", "context", "“context” must be a mapping.")
            context = None
        tables = {field: self.table(value, field) for field in ("guards", "actions", "delays", "services")}
        guards = [
            (name, read_guard(each, self.reporter("info", f"guards.{name}"), names.inside, in_table=True))
            for name, each in tables["guards"].items()
        ]
        delays = [
            (name, read_delay(each, self.reporter("info", f"delays.{name}")))
            for name, each in tables["delays"].items()
        ]
        return Info(
            context=context,
            guards=tuple(
                (name, guard if guard is not None else Expr(text="false")) for name, guard in guards
            ),
            actions=tuple(
                (name, read_actions(each, self.reporter("info", f"actions.{name}"), names.inside))
                for name, each in tables["actions"].items()
            ),
            delays=tuple((name, delay) for name, delay in delays if delay is not None),
            services=tuple(tables["services"].items()),
            language=self.text(value.get("language"), "info", "language"),
        )

    def table(self, value: dict[str, Data], field: str) -> dict[str, Data]:
        found = value.get(field)
        if found is None:
            return {}
        if not isinstance(found, dict):
            self.wrong("info", field, f"“{field}” must be a mapping of names to what they mean.")
            return {}
        return found
