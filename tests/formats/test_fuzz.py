"""Whatever stands in a file, only FormatError escapes, and what can be read is saved unchanged.

FUZZ_ROUNDS sets how many texts are tried; a few hundred by default.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from editor import resources
from editor.errors import FormatError
from editor.formats import layout_file, native, scenario
from tests.benchmarks.fuzz import fuzz, sources
from tests.formats.machines import SAMPLES

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "300"))
SHARED = Path(os.environ.get("STATECHART_SHARED", Path(__file__).parents[3] / "shared"))
WORDS = [
    "type", "parallel", "history", "states", "regions", "on", "after", "always", "invoke", "target", "guard", "cond",
    "actions", "choose", "assign", "send", "in", "and", "not", "expr", "null", "true", "5", "-1", ".nan", "''", "'#x'",
    ".a", "{}", "[]", "{a: b}", "[a, {b: c}]", "&x", "*x", "<<", "!t", "\t", "\n", "  ", "- ", ": ", "#", "\x00", "é",
]  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    """A text with a few pieces cut, doubled, swapped, or words of the format put in."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.randint(0, 12))
        piece = chance.choice(["", chance.choice(WORDS), text[start:end] * 2, chance.choice(WORDS)])
        text = text[:start] + piece + text[end:]
    return text


def lines_swapped(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "".join(lines)


def machines() -> list[str]:
    corpus = sorted((SHARED / "corpus" / "yaml").rglob("*.y*ml"))
    examples = resources.examples()
    return [*SAMPLES, *(path.read_text(encoding="utf-8") for path in [*examples, *corpus])]


def try_machine(text: str) -> bool:
    """Read and save a text; whether it could be read."""
    try:
        loaded = native.read(text, name="m.yaml")
    except FormatError:
        return False
    assert native.patch(loaded, loaded.chart.copy())[0] == text
    for problem in loaded.problems:
        assert loaded.places.find(problem.element, problem.field) is not None
    native.write(loaded.chart)
    return True


def test_spoilt_files_go_through_the_whole_program() -> None:
    report = fuzz(sources(), range(ROUNDS), seed=20)
    assert [f"{fault.kind}\n{fault.trace}" for fault in report.faults] == []
    ways = {name for name, how in report.counts if how == "fine"}
    assert ways >= {"read", "check", "place", "route", "edit and save", "run", "save layout", "play scenario"}
    assert report.counts["read", "refused"] > 0


def test_only_format_errors_escape_from_machines() -> None:
    chance = random.Random(1)
    texts = machines()
    read = 0
    for _ in range(ROUNDS):
        change = chance.choice([mutated, lines_swapped])
        read += try_machine(change(chance.choice(texts), chance))
    assert 0 < read < ROUNDS


def test_a_machine_of_the_wrong_types_throughout_is_read_and_written() -> None:
    chance = random.Random(2)
    values = [each for each in WORDS if each.isprintable() and each.strip() and each[0] not in "&*<!-:#"]
    for _ in range(ROUNDS):
        keys = chance.sample(
            ["type", "initial", "on", "after", "always", "onDone", "invoke", "entry", "states", "tags", "guards",
             "history", "id", "output", "data", "delays", "context", "actions", "services", "target"], 6,
        )  # fmt: skip
        body = "\n".join(f"    {key}: {chance.choice(values)}" for key in keys)
        assert try_machine(f"states:\n  a:\n{body}\n" + body.replace("    ", "").replace("states:", "x:"))


@pytest.mark.parametrize("kind", ["layout", "scenario"])
def test_only_format_errors_escape_from_what_stands_beside_a_machine(kind: str) -> None:
    chance = random.Random(3)
    for path in resources.examples():
        chart = native.read(path.read_bytes(), name=path.name).chart
        text = path.with_suffix(f".{kind}.yaml").read_text(encoding="utf-8")
        for _ in range(max(1, ROUNDS // 10)):
            broken = mutated(text, chance)
            try:
                if kind == "layout":
                    diagram, before, _ = layout_file.read(broken, chart)
                    layout_file.rewrite(before, chart, diagram, "m.yaml")
                else:
                    scenario.write(scenario.read(broken))
            except FormatError:
                continue
