"""Our engine in the form that the benchmark of all engines asks for: a chart of its own kind in, a runner out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from editor.engine.machine import Machine
from editor.engine.runner import Runner
from editor.formats import native, yaml_write

BUILT = True


class Ours:
    """The `Runner`, as a service drives it. `definition` is a machine, `inst` a runner."""

    SKIP: ClassVar[dict[str, str]] = {}
    package = None

    def version(self) -> str:
        from editor import __version__

        return __version__

    def define(self, w: dict[str, Any]) -> Machine:
        root = _state(w["root"])
        del root["id"]
        root["context"] = w["context"]
        root["guards"] = {
            name: f"{each['var']} {each['op']} {each['ref']}" for name, each in w["guards"].items()
        }
        root["actions"] = {name: [_assign(each) for each in deeds] for name, deeds in w["actions"].items()}
        return Machine.from_chart(native.read(yaml_write.dump(root)).chart)

    def clock(self) -> None:
        return None

    def start(self, definition: Machine, clock: None = None) -> Runner:
        made = Runner(definition)
        made.start()
        return made

    def events(self, inst: Runner, names: list[str]) -> list[str]:
        return names

    def drive(self, inst: Runner, events: Iterable[str]) -> None:
        inst.run(events)

    def tick(self, clock: None, instances: Iterable[Runner], ms: float) -> None:
        for each in instances:
            each.advance(ms)

    def config(self, inst: Runner) -> list[str]:
        return sorted(path.rpartition(".")[2] for path in inst.leaves)

    def context(self, inst: Runner) -> dict[str, Any]:
        return dict(inst.context)


def _state(given: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"id": given["id"]}
    if given["type"] == "parallel":
        made["type"] = "parallel"
    if "initial" in given:
        made["initial"] = given["initial"]
    for key in ("entry", "exit"):
        if given.get(key):
            made[key] = list(given[key])
    rows: dict[str, list[dict[str, Any]]] = {}
    for each in given.get("on", ()):
        rows.setdefault(each["event"], []).append(_transition(each))
    if rows:
        made["on"] = rows
    if given.get("after"):
        made["after"] = {str(each["delay"]): {"target": f"#{each['target']}"} for each in given["after"]}
    if given.get("states"):
        made["states"] = {each["id"]: _state(each) for each in given["states"]}
    return made


def _transition(given: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if given["target"]:
        made["target"] = f"#{given['target']}"
    if given.get("guard"):
        made["cond"] = given["guard"]
    if given.get("actions"):
        made["actions"] = list(given["actions"])
    return made


def _assign(given: dict[str, Any]) -> dict[str, Any]:
    if "inc" in given:
        return {"assign": {given["inc"]: f"{given['inc']} + 1"}}
    return {"assign": {given["set"]: given["to"]}}
