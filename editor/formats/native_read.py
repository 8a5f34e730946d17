"""The native format to a chart. What is wrong is reported as a problem with its place; reading goes on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import PurePath

from editor import collecting
from editor.errors import Flaw, FormatError
from editor.formats.native_keys import MACHINE_KEYS, STATE_KEYS, TABLES, TYPES
from editor.formats.native_names import Names
from editor.formats.native_parts import as_text, read_actions, read_delay, read_guard
from editor.formats.native_report import Reporter, nearest
from editor.formats.native_transitions import read_invoke, read_text, read_transition, target_texts
from editor.formats.registry import Loaded, Marked, Places
from editor.formats.yaml_tree import Path, Tree
from editor.model.chart import Chart
from editor.model.elements import (
    ROOT,
    Data,
    Delay,
    Expr,
    Guard,
    Info,
    Invoke,
    State,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
)
from editor.model.problems import Problem

Plain = dict[str, Data]
_STATE_KEYS = frozenset(STATE_KEYS)
_DEEDS = frozenset(("entry", "exit", "invoke"))
_BELOW = frozenset(("states", "regions"))
_LATER = _DEEDS | _BELOW | {"initial", "target", "on", "after", "always", "onDone"}
"""What is not read into a state by itself."""
_TABLES_OF_EVENTS = (("on", TriggerKind.EVENT), ("after", TriggerKind.AFTER))
_ENTRIES = (("always", TriggerKind.ALWAYS), ("onDone", TriggerKind.DONE))
_ROOT_KEYS = _STATE_KEYS | frozenset(MACHINE_KEYS)
_NEVER = Expr(text="false")


def read_tree(tree: Marked, name: str) -> Loaded:
    """A parsed text to a chart; it can be patched later if it is YAML.

    Raises:
        FormatError: its root is no mapping.
    """
    value = tree.value
    if not isinstance(value, dict):
        found = "nothing" if value is None else "a list" if isinstance(value, list) else "a single value"
        message = f"A machine is a mapping with “states”, but {found} stands here."
        raise FormatError([Flaw(message, *tree.mark(()))], file=name)
    with collecting.paused():
        return Reader(tree, name).read(value)


def read_kind(body: Plain, report: Reporter) -> StateKind:
    """What `type` and `history` make of a state."""
    given = body.get("type")
    if given is None and "history" not in body:
        return StateKind.NORMAL
    if given == "parallel":
        return StateKind.PARALLEL
    if given == "final":
        return StateKind.FINAL
    if given == "history" or given is None:
        history = body.get("history")
        if history not in (None, "shallow", "deep", True, False):
            report.at("history")("“history” is “shallow” or “deep”.")
        return StateKind.DEEP_HISTORY if history == "deep" else StateKind.SHALLOW_HISTORY
    if not isinstance(given, str) or given not in TYPES:
        what = f"“{given}”" if isinstance(given, str | int | float) else "This"
        report.at("type")(f"{what} is no type of state: {', '.join(TYPES)}.{nearest(str(given), TYPES)}")
    return StateKind.NORMAL


def read_tags(value: Data, report: Reporter) -> tuple[str, ...]:
    """A tag or a list of tags."""
    if value is None:
        return ()
    texts = [as_text(each) for each in (value if isinstance(value, list) else [value])]
    if None in texts:
        report.at("tags")("“tags” is a list of texts.")
    return tuple(text for text in texts if text is not None)


def read_table_guard(value: Data, report: Reporter, names: Names) -> Guard:
    """A guard of the table; one that cannot be read never holds."""
    return read_guard(value, report, names.inside, in_table=True) or _NEVER


def _no_state(field: str, value: Data, known: Collection[str]) -> tuple[str, str]:
    """That something stands where a state is named, and which could be."""
    word = {True: "true", False: "false"}.get(value) if isinstance(value, bool) else None
    found = word or (
        "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "this"
    )
    first = next(iter(known), "")
    hint = f"Write the name of a state, such as “{first}”." if first else "Write the name of a state."
    return f"“{field}” must name a state, but {found} stands here.", (
        f"Put “{word}” in quotes to name the state." if word in known else hint
    )


class Reader:
    """One reading: gathers states first, then transitions, whose targets may stand anywhere.

    `fresh` gives ids to elements, where numbers alone do not do; transitions are ranked from `order` on.
    """

    def __init__(
        self, tree: Marked, name: str, *, fresh: Callable[[str], str] | None = None, order: float = 0.0
    ) -> None:
        self.tree = tree
        self.name = name
        self.paths: dict[str, Path] = {}
        self.problems: list[Problem] = []
        self.bodies: list[tuple[State, Plain, Path]] = []
        self.transitions: list[Transition] = []
        self.triggers: dict[tuple[TriggerKind, str], Trigger] = {}
        self.count = 0
        self.fresh_id = fresh or self.numbered
        self.order = self.first_order = float(order)

    def read(self, value: Plain) -> Loaded:
        """The whole machine."""
        stem = PurePath(self.name).name.split(".", 1)[0] or "machine"
        root = self.state(ROOT, None, as_text(value.get("id")) or stem, 0, value, ())
        self.collect(root, value, ())
        names = Names(Chart.of(state for state, _, _ in self.bodies))
        states = [self.finish(state, body, path, names) for state, body, path in self.bodies]
        info = self.info(value, names)
        chart = Chart.of(states, self.transitions, info)
        tree = self.tree if isinstance(self.tree, Tree) else None
        return Loaded(chart, tree, Places(self.tree, self.paths), tuple(self.problems), name=self.name)

    def numbered(self, prefix: str) -> str:
        """The next id."""
        self.count += 1
        return f"{prefix}{self.count}"

    def reporter(self, element: str, field: str = "") -> Reporter:
        """For what is wrong with an element."""
        return Reporter(self.problems, element, field)

    # states

    def state(self, id: str, parent: str | None, key: str, order: float, body: Plain, path: Path) -> State:
        """A state with what it says of itself alone; what may name others is left for later."""
        self.paths[id] = path
        if body.keys() <= _LATER and "target" not in body:
            return State(id=id, parent=parent, key=key, order=order)
        report = self.reporter(id)
        kind = read_kind(body, report)
        extra = self.extra(body, report, is_root=parent is None)
        if "target" in body and not kind.is_history:
            report.unknown_here("target", "It means something in a history only.")
            extra = (*extra, ("target", body["target"]))
        output = body.get("output")
        if output is None:
            output = body.get("data")
        elif body.get("data") is not None:
            report.doubled("output", "data")
        return State(
            id=id,
            parent=parent,
            key=key,
            order=order,
            kind=kind,
            declared_id=read_text(body.get("id"), report, "id"),
            output=output,
            tags=read_tags(body.get("tags"), report),
            meta=body.get("meta"),
            description=read_text(body.get("description"), report, "description"),
            extra=extra,
        )

    def extra(self, body: Plain, report: Reporter, *, is_root: bool) -> tuple[tuple[str, Data], ...]:
        """The keys that are not known."""
        known = _ROOT_KEYS if is_root else _STATE_KEYS
        if body.keys() <= known:
            return ()
        found = tuple((name, value) for name, value in body.items() if name not in known)
        report.unknown((name for name, _ in found), (*STATE_KEYS, *MACHINE_KEYS) if is_root else STATE_KEYS)
        return found

    def collect(self, state: State, body: Plain, path: Path) -> None:
        """The states below one, and what is to be read of each later."""
        self.bodies.append((state, body, path))
        if body.keys().isdisjoint(_BELOW):
            return
        order = 0.0
        for word in ("states", "regions"):
            children = body.get(word)
            if children is None:
                continue
            if not isinstance(children, dict):
                self.reporter(state.id, word)(f"“{word}” must be a mapping of names to states.")
                continue
            for key, inside in children.items():
                id = self.fresh_id("s")
                here = (*path, word, key)
                if inside is not None and not isinstance(inside, dict):
                    what = f"State “{key}” must be a mapping; write {{}} for one without content."
                    self.reporter(id)(what)
                child_body = inside if isinstance(inside, dict) else {}
                child = self.state(id, state.id, key, order, child_body, here)
                order += 1
                self.collect(child, child_body, here)

    # what refers to states

    def finish(self, state: State, body: Plain, path: Path, names: Names) -> State:
        """The state with its actions and invocations; its transitions are read on the way."""
        if not body:
            return state
        self.order = self.first_order
        if not body.keys().isdisjoint(_DEEDS):
            state = self.with_deeds(state, body, path, names)
        if body.get("initial") is not None:
            self.pseudo(state, TriggerKind.INITIAL, "initial", body["initial"], path, names)
        if body.get("target") is not None and state.kind.is_history:
            self.pseudo(state, TriggerKind.DEFAULT, "target", body["target"], path, names)
        for field, kind in _TABLES_OF_EVENTS:
            if body.get(field) is not None:
                self.table_of(state, kind, body[field], (*path, field), names)
        for field, kind in _ENTRIES:
            if body.get(field) is not None:
                self.read_entry(state, Trigger(kind=kind), body[field], (*path, field), names)
        return state

    def with_deeds(self, state: State, body: Plain, path: Path, names: Names) -> State:
        """The state with what it does by itself."""
        entry, exit = (
            read_actions(body[field], self.reporter(state.id, field), names.inside) if field in body else ()
            for field in ("entry", "exit")
        )
        invokes = self.invokes(state, body["invoke"], path, names) if "invoke" in body else ()
        if entry or exit or invokes:
            return replace(state, entry=entry, exit=exit, invokes=invokes)
        return state

    def pseudo(
        self, state: State, kind: TriggerKind, field: str, value: Data, path: Path, names: Names
    ) -> None:
        """Where a state begins, or what a history leads to by default."""
        if isinstance(value, dict) or value in ([], [None]):
            self.reporter(state.id, field).wrong(*_no_state(field, value, names.children.get(state.id, {})))
            return
        self.misread(value, (*path, field), self.reporter(state.id, field))
        texts = target_texts(value, Reporter(None))
        if not texts or (isinstance(value, list) and len(texts) != len(value)):
            beside = state.id if kind is TriggerKind.INITIAL else state.parent
            known = names.children.get(beside or "", {})
            self.reporter(state.id, field).wrong(*_no_state(field, value, known))
        if texts:
            find = names.initial if kind is TriggerKind.INITIAL else names.target
            targets = tuple(find(state.id, text) for text in texts)
            trigger = Trigger(kind=kind)
            id = self.fresh((*path, field))
            self.transitions.append(
                Transition(id=id, source=state.id, targets=targets, trigger=trigger, order=self.order)
            )
            self.order += 1

    def misread(self, value: Data, path: Path, report: Reporter) -> None:
        """Tell of targets that YAML takes for numbers which are written otherwise: 1.10 would lead to “1.1”."""
        if isinstance(value, list):
            for place, each in enumerate(value):
                self.misread(each, (*path, place), report.at(place))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            written = self.tree.written(path).split()[-1:]  # behind an anchor
            if written and written[0] != str(value):
                report(f"“{written[0]}” is read as the number {value}. Put it in quotes to name a state.")

    def fresh(self, path: Path) -> str:
        """The id of the next transition, which stands at a path."""
        id = self.fresh_id("t")
        self.paths[id] = path
        return id

    def table_of(self, state: State, kind: TriggerKind, value: Data, path: Path, names: Names) -> None:
        """The transitions of a table, by event or delay."""
        if not isinstance(value, dict):
            self.reporter(state.id, str(path[-1]))(f"“{path[-1]}” must be a mapping.")
            return
        for text, each in value.items():
            # events are named again and again; they share one record
            trigger = self.triggers.get((kind, text))
            if trigger is None:
                trigger = self.triggers[kind, text] = Trigger(kind=kind, text=text)
            self.read_entry(state, trigger, each, (*path, text), names)

    def read_entry(self, state: State, trigger: Trigger, value: Data, path: Path, names: Names) -> None:
        """One transition or a list of them."""
        if isinstance(value, list):
            for place, each in enumerate(value):
                self.read_one(state, trigger, each, (*path, place), names)
        else:
            self.read_one(state, trigger, value, path, names)

    def read_one(self, state: State, trigger: Trigger, value: Data, path: Path, names: Names) -> None:
        """One transition."""
        id, order = self.fresh(path), self.order
        self.order += 1
        report = Reporter(self.problems, id)
        target = value.get("target") if isinstance(value, dict) else value
        if not isinstance(target, str | None):
            here = (*path, "target") if isinstance(value, dict) else path
            self.misread(target, here, report.at("target"))
        self.transitions.append(
            read_transition(
                value, id=id, source=state.id, trigger=trigger, order=order, names=names, report=report
            )
        )

    def invokes(self, state: State, value: Data, path: Path, names: Names) -> tuple[Invoke, ...]:
        """The services of a state; their transitions are read on the way."""
        if value is None:
            return ()
        found = []
        for place, each in enumerate(value if isinstance(value, list) else [value]):
            here: Path = (*path, "invoke", place) if isinstance(value, list) else (*path, "invoke")
            report = self.reporter(state.id, ".".join(str(part) for part in here[len(path) :]))
            invoke = read_invoke(each, f"i{place}", report)
            if invoke is None:
                continue
            found.append(invoke)
            for field, kind in (("onDone", TriggerKind.INVOKE_DONE), ("onError", TriggerKind.INVOKE_ERROR)):
                if isinstance(each, dict) and each.get(field) is not None:
                    trigger = Trigger(kind=kind, invoke=invoke.uid)
                    self.read_entry(state, trigger, each[field], (*here, field), names)
        return tuple(found)

    # the machine

    def info(self, value: Plain, names: Names) -> Info:
        """What belongs to the machine as a whole."""
        self.paths["info"] = ()
        context = value.get("context")
        if context is not None and not isinstance(context, dict):
            self.reporter("info", "context")("“context” must be a mapping.")
            context = None
        guards, actions, delays, services = (self.table(value, field) for field in TABLES)
        lengths: list[tuple[str, Delay | None]] = [
            (name, read_delay(each, self.reporter("info", f"delays.{name}"))) for name, each in delays.items()
        ]
        return Info(
            context=context,
            guards=tuple(
                (name, read_table_guard(each, self.reporter("info", f"guards.{name}"), names))
                for name, each in guards.items()
            ),
            actions=tuple(
                (name, read_actions(each, self.reporter("info", f"actions.{name}"), names.inside))
                for name, each in actions.items()
            ),
            delays=tuple((name, delay) for name, delay in lengths if delay is not None),
            services=tuple(services.items()),
            language=read_text(value.get("language"), self.reporter("info"), "language"),
        )

    def table(self, value: Plain, field: str) -> Plain:
        """A table of meanings as it is written."""
        found = value.get(field)
        if found is None:
            return {}
        if not isinstance(found, dict):
            self.reporter("info", field)(f"“{field}” must be a mapping of names to what they mean.")
            return {}
        return found
