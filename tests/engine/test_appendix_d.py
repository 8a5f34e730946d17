"""The engine beside the algorithm as the Recommendation writes it down, on random documents."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from editor.engine.machine import Machine
from editor.engine.simulator import Simulator
from editor.formats import scxml
from tests.engine import appendix_d

pytestmark = pytest.mark.usefixtures("short_limits")

EVENTS = ("a", "b", "c.d", "error")


class Writer:
    """A random document in SCXML without data: states of every kind, transitions of every kind between them."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.count = 0
        self.below: dict[str, list[str]] = {}
        self.tags: dict[str, str] = {}
        self.children: dict[str, list[str]] = {}
        self.plan("root", "scxml", 0)

    def plan(self, id: str, tag: str, depth: int) -> list[str]:
        """Decide which states there are below one; gives the ids of all of them."""
        rng = self.rng
        self.tags[id], self.children[id], found = tag, [], []
        if tag in ("scxml", "parallel") or (tag == "state" and depth < 4 and rng.random() < 0.5):
            for place in range(rng.randint(1 if depth else 2, 3)):
                self.count += 1
                child = f"s{self.count}"
                kinds = ["state", "state", "state", "parallel", "history"] + ["final"] * (tag != "parallel")
                kind = "state" if place == 0 or depth > 3 else rng.choice(kinds)
                if kind == "history" and tag == "scxml":
                    kind = "state"
                self.children[id].append(child)
                found += [child, *self.plan(child, kind, depth + 1)]
        self.below[id] = found
        return found

    def write(self, id: str = "root") -> str:
        """One state with all inside it."""
        tag, inside = self.tags[id], self.below[id]
        head = (
            'xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="null"' if id == "root" else ""
        )
        parts = []
        if tag == "history":
            target = self.rng.choice(self.entered(self.parent(id), deep=self.is_deep(id)))
            content = self.content(f"default {id}")
            head = 'type="deep"' if self.is_deep(id) else ""
            return f'<history id="{id}" {head}><transition target="{target}">{content}</transition></history>'
        if tag in ("scxml", "state") and inside:
            targets = self.entered(id, deep=True)
            if tag == "state" and self.rng.random() < 0.5:
                content = self.content(f"initial {id}")
                parts.append(
                    f'<initial><transition target="{self.rng.choice(targets)}">{content}</transition></initial>'
                )
            elif self.rng.random() < 0.7:
                head += f' initial="{self.rng.choice(targets)}"'
        if tag != "scxml":
            head = f'id="{id}" {head}'
            parts += [
                f"<onentry>{self.content(f'in {id}')}</onentry>",
                f"<onexit>{self.content(f'out {id}')}</onexit>",
            ]
        if tag in ("state", "parallel"):
            parts += [self.transition(id, number) for number in range(self.rng.choice([0, 1, 1, 2, 3]))]
        parts += [self.write(child) for child in self.children[id]]
        return f"<{tag} {head}>{''.join(parts)}</{tag}>"

    def parent(self, id: str) -> str:
        return next(each for each, children in self.children.items() if id in children)

    def is_deep(self, id: str) -> bool:
        return int(id[1:]) % 2 == 0

    def entered(self, id: str, *, deep: bool) -> list[str]:
        """What lies below a state and can be entered, histories aside."""
        found = self.below[id] if deep else self.children[id]
        return [each for each in found if self.tags[each] != "history"]

    def content(self, what: str) -> str:
        """Executable content that tells where it stands."""
        raised = f'<raise event="{self.rng.choice(EVENTS)}"/>' if self.rng.random() < 0.06 else ""
        return f'<log label="{what}"/>{raised}'

    def transition(self, id: str, number: int) -> str:
        rng, all_states = self.rng, self.below["root"]
        words = [*EVENTS, "a b", "c", "c.*", "*", f"done.state.{rng.choice(all_states)}", "done.state"]
        head = f'event="{rng.choice(words)}"' if rng.random() < 0.9 else ""
        if not head or rng.random() < 0.2:
            head += f" cond=\"In('{rng.choice(all_states)}')\""
        if rng.random() < 0.85:
            head += f' target="{" ".join(self.targets(id))}"'
        if rng.random() < 0.3:
            head += ' type="internal"'
        return f"<transition {head}>{self.content(f'{id}.{number}')}</transition>"

    def targets(self, source: str) -> list[str]:
        """A state, or one in each of two regions.

        From inside, no history: there the algorithm enters again what it has not left, because it takes the states that
        a history stands for when it looks for what is left, and the parent of the history when it enters.
        """
        rng = self.rng
        known = [each for each in self.below["root"] if not self.is_around(each, source)]
        parallels = [
            each
            for each, tag in self.tags.items()
            if tag == "parallel" and len(self.entered(each, deep=False)) > 1
        ]
        if parallels and rng.random() < 0.2:
            regions = self.entered(rng.choice(parallels), deep=False)
            pair = [[each, *self.below[each]] for each in rng.sample(regions, 2)]
            return [rng.choice([each for each in below if each in known]) for below in pair]
        return [rng.choice(known)]

    def is_around(self, past: str, source: str) -> bool:
        """Whether a history has its parent around a state."""
        return self.tags[past] == "history" and source in self.below[self.parent(past)]


def started(text: str) -> Simulator:
    loaded = scxml.read(text, name="random.scxml")
    assert not [each.message for each in loaded.problems]
    simulator = Simulator(Machine.from_chart(loaded.chart))
    simulator.start()
    return simulator


def active(simulator: Simulator) -> list[str]:
    machine = simulator.machine
    return [machine.states[place].key for place in machine.bits(simulator.snapshot.active) if place]


def logs(simulator: Simulator) -> list[str]:
    return [text for entry in simulator.trace for text in entry.outcome.logs]


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 1_000_000), st.lists(st.sampled_from(EVENTS), max_size=8))
def test_the_engine_does_what_the_recommendation_says(seed: int, events: list[str]) -> None:
    text = Writer(seed).write()
    oracle = appendix_d.Interpreter(text)
    try:
        oracle.start()
    except appendix_d.EndlessError:
        assume(False)
    simulator = started(text)
    assert active(simulator) == oracle.active()
    for event in events:
        try:
            oracle.send(event)
        except appendix_d.EndlessError:
            break
        simulator.send(event)
        assert active(simulator) == oracle.active()
        assert logs(simulator) == oracle.log
        assert simulator.snapshot.is_done is not oracle.running
