"""Random charts and inputs for the engine's property tests."""

from __future__ import annotations

import random
from dataclasses import replace

from editor.formats import yaml_write
from editor.model.changes import InfoChange
from editor.model.chart import Chart
from editor.model.elements import Conventions, Data
from tests.charts import chart

EVENTS = ("A", "B", "C", "a.b")
DESCRIPTORS = ("A", "B", "C", "a.b", "a.*", "*")


def random_chart(seed: int) -> Chart:
    """A chart with all kinds of states and transitions, in one of the meanings; the same for the same seed."""
    rng = random.Random(seed)
    made = chart(yaml_write.dump(_Maker(rng).machine()))
    keeps = [rng.random() < 0.3 for _ in range(3)]
    conventions = Conventions(keeps_last=keeps[0], keeps_source=keeps[1], keeps_parallel=keeps[2])
    made.apply([InfoChange("info", made.info, replace(made.info, conventions=conventions))])
    return made


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.share = rng.choice([0.05, 0.05, 1])  # of what is more than states and transitions
        self.count = 0
        self.states: list[tuple[str, dict[str, Data], bool]] = []

    def machine(self) -> dict[str, Data]:
        root = self.state(0)
        root.pop("id")
        while "states" not in root or root.get("type") == "history":
            self.count, self.states = 0, []
            root = self.state(0)
            root.pop("id", None)
        root["context"] = {"n": self.rng.randint(0, 1)}
        root["guards"] = {"odd": "n % 2 == 1", "fails": "nothing > 0", "heard": "event.type == 'A'"}
        root["actions"] = {
            "count": {"assign": {"n": "n + 1"}},
            "breaks": {"assign": {"n": "1 / 0"}},
            "takes": {"assign": {"n": "event.data.value"}},
            "chooses": {"choose": [{"guard": "n > 3", "actions": [{"assign": {"n": 0}}, {"raise": "A"}]}]},
        }
        for _, state, is_plain in [*self.states, ("", root, True)]:
            if is_plain:
                self.wire(state)
        return root

    def state(self, depth: int) -> dict[str, Data]:
        rng = self.rng
        self.count += 1
        made: dict[str, Data] = {"id": f"s{self.count}"}
        if depth < 4 and (depth == 0 or rng.random() < 0.55) and self.count < 25:
            children: dict[str, Data] = {}
            is_parallel = rng.random() < 0.35
            for _ in range(rng.randint(1, 3)):
                child = self.state(depth + 1)
                children[str(child["id"])] = child
            if rng.random() < 0.4:
                self.count += 1
                id = f"s{self.count}"
                past: dict[str, Data] = {"type": "history", "id": id}
                past["history"] = rng.choice(["shallow", "deep"])
                if rng.random() < 0.5:
                    past["target"] = rng.choice(list(children))
                self.states.append((id, past, False))
                children[id] = past
            if is_parallel:
                made["type"] = "parallel"
            else:
                made["initial"] = rng.choice(list(children))
            made["states"] = children
        elif depth > 0 and rng.random() < 0.15 * self.share:
            made["type"] = "final"
            made["output"] = {"value": rng.choice(["n + 1", "nothing"])}
        if depth > 0:
            self.states.append((str(made["id"]), made, made.get("type") != "final"))
        return made

    def wire(self, state: dict[str, Data]) -> None:
        rng = self.rng
        on: dict[str, Data] = {}
        for _ in range(rng.randint(0, 3)):
            on[rng.choice(DESCRIPTORS)] = self.transition()
        state["on"] = on
        if rng.random() < 0.2 * self.share:
            state["after"] = {str(rng.choice([0, 10, 50])): self.transition()}
        if rng.random() < 0.08 + 0.04 * self.share:
            state["always"] = {**self.transition(), "guard": rng.choice(["odd", "odd", "heard"])}
        if rng.random() < 0.08 * self.share:
            state["invoke"] = {"src": "service", "onDone": self.transition(), "autoForward": True}
        if rng.random() < 0.2 and "states" in state:
            state["onDone"] = self.transition()
        for key in ("entry", "exit"):
            if rng.random() < 0.3 * self.share:
                state[key] = self.actions()

    def actions(self) -> list[Data]:
        choices: list[Data] = [
            "count", "breaks", "unknown", "takes", "chooses", {"raise": "B"}, {"send": "C", "delay": 5},
            {"send": "A", "to": "#_internal", "delay": 5}, {"raise": "C", "data": {"value": "n"}},
        ]  # fmt: skip
        return [self.rng.choice(choices) for _ in range(self.rng.randint(1, 2))]

    def transition(self) -> dict[str, Data]:
        rng = self.rng
        made: dict[str, Data] = {}
        if rng.random() < 0.85:
            ids: list[Data] = [f"#{rng.choice(self.states)[0]}" for _ in range(rng.choice([1, 1, 1, 2]))]
            made["target"] = ids
        if rng.random() < 0.3 * self.share:
            made["guard"] = rng.choice(
                ["odd", "fails", "unknown", "heard", {"not": "odd"}, "n < 2 and not n < 0"]
            )
        if rng.random() < 0.3:
            made["internal"] = True
        if rng.random() < 0.4 * self.share:
            made["actions"] = self.actions()
        return made
