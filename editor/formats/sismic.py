"""Statecharts of sismic (YAML with Python code in it) to a chart; they are read, and saved in our own format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath

from editor import collecting
from editor.errors import Flaw, FormatError
from editor.formats.native_parts import as_text
from editor.formats.native_report import Reporter, nearest
from editor.formats.native_transitions import read_text
from editor.formats.registry import Loaded, Places
from editor.formats.sismic_code import Code, Condition, has_call, known_variables, with_after
from editor.formats.yaml_tree import Path, Tree, parse
from editor.model.chart import Chart
from editor.model.durations import format_duration, to_yaml
from editor.model.elements import (
    ROOT,
    Action,
    Conventions,
    Data,
    Info,
    State,
    StateKind,
    Transition,
    Trigger,
    TriggerKind,
    unresolved,
)
from editor.model.problems import Problem, Severity

Plain = dict[str, Data]

CHART_KEYS = ("name", "description", "preamble", "root state")
PARALLEL = ("parallel states", "orthogonal states")
STATE_KEYS = (
    "name", "type", "description", "initial", "memory", "on entry", "on exit", "contract", "transitions", "states",
    *PARALLEL,
)  # fmt: skip
TRANSITION_KEYS = ("target", "event", "guard", "action", "priority", "contract")
KINDS = {
    "final": StateKind.FINAL,
    "shallow history": StateKind.SHALLOW_HISTORY,
    "history": StateKind.SHALLOW_HISTORY,
    "deep history": StateKind.DEEP_HISTORY,
}
PRIORITIES = {"low": -1, "high": 1}
"""Words for priorities (sismic, `Transition.LOW_PRIORITY` and so on); one that is not given is 0."""


def read(data: str | bytes, *, name: str = "") -> Loaded:
    """A text to a chart, with everything that is wrong with it and all that only Python can do.

    Raises:
        FormatError: it is no YAML, or no statechart with a root state.
    """
    tree = parse(data, name=name)
    value = tree.value.get("statechart") if isinstance(tree.value, dict) else None
    top: Path = ("statechart",)
    if not isinstance(value, dict):
        message = "“statechart” must be a mapping with “name” and “root state”."
        raise FormatError([Flaw(message, *tree.mark(top))], file=name)
    root = value.get("root state")
    if not isinstance(root, dict):
        message = "A statechart needs “root state”, a mapping with “name” and “states”."
        found = (*top, "root state") if "root state" in value else top
        raise FormatError([Flaw(message, *tree.mark(found))], file=name)
    with collecting.paused():
        return _Reader(tree, name).read(value, root)


class _Reader:
    """One reading: gathers states first, then what refers to them."""

    def __init__(self, tree: Tree, name: str) -> None:
        self.tree = tree
        self.name = name
        self.problems: list[Problem] = []
        self.paths: dict[str, Path] = {}
        self.bodies: list[tuple[State, Plain, Path]] = []
        self.transitions: list[Transition] = []
        self.by_name: dict[str, str] = {}
        self.count = 0
        self.code = Code(frozenset(), self.by_name.get)

    def read(self, value: Plain, root: Plain) -> Loaded:
        top: Path = ("statechart",)
        self.paths["info"] = top
        report = Reporter(self.problems, "info")
        report.unknown((key for key in value if key not in CHART_KEYS), CHART_KEYS)
        stem = PurePath(self.name).name.split(".", 1)[0] or "machine"
        title = as_text(value.get("name")) or stem
        self.collect(ROOT, None, root, (*top, "root state"), 0)
        preamble = self.text(value, "preamble", report)
        context, known, left = known_variables(preamble, self.pieces())
        self.code.known = known
        if left:
            self.tell(
                "info", "preamble", "Only Python can run this part of the preamble, which is kept", left
            )
        states = [self.finish(state, body) for state, body, _ in self.bodies]
        first = states[0]
        meta: Plain = {"name": title}
        if preamble:
            meta["preamble"] = preamble
        meta |= first.meta if isinstance(first.meta, dict) else {}
        description = read_text(value.get("description"), report, "description") or first.description
        extra = (*first.extra, *((key, each) for key, each in value.items() if key not in CHART_KEYS))
        states[0] = replace(
            first, key=title, declared_id=first.key, meta=meta, description=description, extra=extra
        )
        info = Info(context=context or None, conventions=Conventions(keeps_last=True))
        chart = Chart.of(states, self.transitions, info)
        places = Places(self.tree, self.paths)
        return Loaded(chart, None, places, tuple(self.problems), name=self.name, text=self.tree.text)

    def pieces(self) -> Iterator[str]:
        """All code that does something."""
        for _, body, _ in self.bodies:
            for field in ("on entry", "on exit"):
                yield as_text(body.get(field)) or ""
            for _, each in _listed(body.get("transitions")):
                yield as_text(each.get("action")) or "" if isinstance(each, dict) else ""

    # states

    def collect(self, id: str, parent: str | None, body: Plain, path: Path, order: int) -> None:
        """A state and those below it, and what is to be read of each later."""
        self.paths[id] = path
        report = Reporter(self.problems, id)
        key = as_text(body.get("name"))
        if key is None:
            report("A state needs “name”.")
            key = f"state{self.count}"
        elif key in self.by_name:
            report.at("name")(f"The name “{key}” is given twice; in sismic each state has its own.")
        self.by_name.setdefault(key, id)
        report.unknown((each for each in body if each not in STATE_KEYS), STATE_KEYS)
        state = State(
            id=id, parent=parent, key=key, order=order, kind=self.kind(body, report),
            description=read_text(body.get("description"), report, "description"),
            meta={"contract": body["contract"]} if body.get("contract") is not None else None,
            extra=tuple((each, value) for each, value in body.items() if each not in STATE_KEYS),
        )  # fmt: skip
        self.bodies.append((state, body, path))
        if state.meta is not None:
            self.tell(id, "contract", "Contracts are kept, but not checked here", ())
        place = 0
        for word in ("states", *PARALLEL):
            if body.get(word) is not None and not isinstance(body[word], list):
                report.at(word)(f"“{word}” must be a list of states.")
            for number, each in _listed(body.get(word)):
                if not isinstance(each, dict):
                    report.at(word)("A state is a mapping with “name”.")
                    continue
                self.count += 1
                self.collect(f"s{self.count}", id, each, (*path, word, number), place)
                place += 1

    def kind(self, body: Plain, report: Reporter) -> StateKind:
        """What `type`, or a list of parallel states, makes of a state."""
        given = body.get("type")
        if given is None:
            return StateKind.PARALLEL if any(body.get(word) for word in PARALLEL) else StateKind.NORMAL
        found = KINDS.get(str(given))
        if found is None:
            report.at("type")(
                f"“{given}” is no type of state: {', '.join(KINDS)}.{nearest(str(given), KINDS)}"
            )
        return found or StateKind.NORMAL

    # what refers to states

    def finish(self, state: State, body: Plain) -> State:
        """The state with what it does; its transitions are read on the way."""
        for field, kind in (("initial", TriggerKind.INITIAL), ("memory", TriggerKind.DEFAULT)):
            text = read_text(body.get(field), Reporter(self.problems, state.id), field)
            if text is not None:
                self.add(state, (*self.paths[state.id], field), Trigger(kind=kind), self.target(text))
        given = body.get("transitions")
        if given is not None and not isinstance(given, list):
            Reporter(self.problems, state.id, "transitions")("“transitions” must be a list.")
        sound = [(place, each) for place, each in _listed(given) if isinstance(each, dict)]
        if len(sound) < len(_listed(given)):
            Reporter(self.problems, state.id, "transitions")(
                "A transition is a mapping with “target” or “event”."
            )
        for place, each in sorted(sound, key=lambda pair: -_priority(pair[1])):
            self.transition(state, body, each, (*self.paths[state.id], "transitions", place))
        return replace(
            state,
            entry=self.actions(state.id, body, "on entry"),
            exit=self.actions(state.id, body, "on exit"),
        )

    def transition(self, state: State, body: Plain, value: Plain, path: Path) -> None:
        """One transition; the higher its priority, the earlier it is read."""
        id = f"t{self.count + 1}"
        report = Reporter(self.problems, id)
        event, target, guard = (
            read_text(value.get(word), report, word) for word in ("event", "target", "guard")
        )
        condition = self.condition(body, guard, id, is_eventless=event is None) if guard else Condition()
        if condition.delay is not None:
            trigger = Trigger(kind=TriggerKind.AFTER, text=to_yaml(condition.delay))
        elif event is None:
            trigger = Trigger(kind=TriggerKind.ALWAYS)
        else:
            trigger = Trigger(text=event)
        self.add(state, path, trigger, self.target(target) if target is not None else ())
        report.unknown((each for each in value if each not in TRANSITION_KEYS), TRANSITION_KEYS)
        if value.get("priority") is not None and not _is_priority(value["priority"]):
            report.at("priority")("“priority” is low, high or a whole number.")
        if value.get("contract") is not None:
            self.tell(id, "contract", "Contracts are kept, but not checked here", ())
        meta: Plain = {word: value[word] for word in ("priority", "contract") if value.get(word) is not None}
        self.transitions[-1] = replace(
            self.transitions[-1],
            guard=condition.guard,
            actions=self.actions(id, value, "action"),
            meta=meta or None,
            extra=tuple((word, each) for word, each in value.items() if word not in TRANSITION_KEYS),
        )

    def condition(self, body: Plain, guard: str, id: str, *, is_eventless: bool) -> Condition:
        """A guard; what only Python can decide, and what is looked at less often than in sismic, is told."""
        is_idle = has_call(guard, "idle")
        if is_idle and not any(
            isinstance(each, dict) and each.get("target") is None
            for _, each in _listed(body.get("transitions"))
        ):
            guard = with_after(guard)  # nothing happens in the state that does not leave it
        found = self.code.condition(guard, may_wait=is_eventless)
        if found.opaque:
            self.tell(id, "guard", "Only Python can decide this guard, so a run asks", found.opaque)
        elif found.delay is not None and found.guard is not None:
            delay = format_duration(found.delay)
            self.tell(
                id, "guard", f"This is looked at once, {delay} after the entry; sismic looks later too", ()
            )
        return found

    def actions(self, id: str, body: Plain, field: str) -> tuple[Action, ...]:
        """Code that does something; what only Python can run is told."""
        found = self.code.actions(self.text(body, field, Reporter(self.problems, id)))
        if self.code.left:
            self.tell(id, field, "Only Python can run this, so it is logged as a call", self.code.left)
        return found

    def add(self, state: State, path: Path, trigger: Trigger, targets: tuple[str, ...]) -> None:
        self.count += 1
        id = f"t{self.count}"
        self.paths[id] = path
        self.transitions.append(
            Transition(id=id, source=state.id, targets=targets, order=self.count, trigger=trigger)
        )

    def target(self, text: str) -> tuple[str, ...]:
        return (self.by_name.get(text) or unresolved(text),)

    # telling

    def text(self, body: Plain, field: str, report: Reporter) -> str:
        return read_text(body.get(field), report, field) or ""

    def tell(self, element: str, field: str, message: str, code: Iterable[str]) -> None:
        """Something that is otherwise here than in sismic, with the code it is about."""
        pieces = "; ".join(_first_line(each) for each in code)
        message = f"{message}: {pieces}" if pieces else f"{message}."
        problem = Problem(
            rule="sismic",
            severity=Severity.INFORMATION,
            message=message,
            element=element,
            field=field,
            is_key=True,
        )
        self.problems.append(problem)


def _listed(value: Data) -> list[tuple[int, Data]]:
    return list(enumerate(value)) if isinstance(value, list) else []


def _first_line(text: str) -> str:
    line, more, _ = text.partition("\n")
    return f"{line.rstrip(':')} …" if more else line


def _is_priority(value: Data) -> bool:
    return (isinstance(value, int) and not isinstance(value, bool)) or str(value) in PRIORITIES


def _priority(value: Plain) -> int:
    given = value.get("priority")
    if isinstance(given, int):
        return given
    return PRIORITIES.get(str(given), 0)
