"""The memory of long runs is made short where that changes nothing, and else is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.engine import script
from editor.engine.plain_snapshot import from_plain, to_plain
from editor.engine.runner import Runner
from editor.engine.simulator import Simulator
from tests.engine import machines

pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")

MEMORABLE = {
    "one object with two names": ("", '<data id="b" expr="a"/>', "1"),
    "a function among the data": ("", '<data id="b" expr="function () {}"/>', "1"),
    "a Map": ("", '<data id="b" expr="new Map()"/>', "1"),
    "a Proxy": ("", '<data id="b" expr="new Proxy({}, {get: () => n})"/>', "1"),
    "a frozen object": ("", '<data id="b" expr="Object.freeze({})"/>', "1"),
    "one that takes no more": ("", '<data id="b" expr="Object.preventExtensions({x: 1})"/>', "1"),
    "a list that does not grow": (
        "", "<data id=\"b\" expr=\"Object.defineProperty([1], 'length', {writable: false})\"/>", "1",
    ),
    "a hidden counter": ("let k = 0; function next() { return ++k; }", "", "next()"),
    "a counter in a function": (
        "var next = (function () { var k = 0; return function () { return ++k; }; })();", "", "next()",
    ),
    "a counter at a function": ("function next() { next.k = (next.k || 0) + 1; return next.k; }", "", "next()"),
    "a counter at what all share": ("", "", "Array.prototype.k = (Array.prototype.k || 0) + 1"),
    "a function made on the way": ("", "", "(later = function () { return n; })()"),
    "a getter of all": (
        "", "<data id=\"b\" expr=\"(Object.defineProperty(globalThis, 'g', {get: () => n}), 1)\"/>", "g",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("setup", "data", "expr"), MEMORABLE.values(), ids=MEMORABLE)
def test_what_is_more_than_plain_data_keeps_its_memory(
    setup: str, data: str, expr: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "MOST_CALLS", 10)
    text = (
        f'<script>var later; {setup}</script><datamodel><data id="a" expr="{{}}"/><data id="n" expr="0"/>{data}'
        f'</datamodel><state id="s"><transition event="e"><assign location="n" expr="{expr}"/></transition></state>'
    )
    runner = Runner(machines.machine(text, model="ecmascript"))
    runner.start()
    runner.run(["e"] * 30)
    assert runner.snapshot.memory.size > 30


FORGETTABLE = {
    "functions of plain globals": "function next(x) { return x + 1; } const STEP = 2;",
    "globals of a script": "var list = [1, {x: 'y'}], gone = 1; function next(x) { list.push(x); return x + 1; }",
    "nothing": "var next = function (x) { return x + 1; };",
}


@pytest.mark.parametrize("setup", FORGETTABLE.values(), ids=FORGETTABLE)
def test_scripts_that_hide_nothing_need_no_long_memory(setup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "MOST_CALLS", 20)
    text = (
        f'<script>{setup}</script><datamodel><data id="n" expr="0"/></datamodel><state id="s">'
        '<transition event="e"><script>n = next(n); delete globalThis.gone; list = [n];</script></transition></state>'
    )
    runner = Runner(machines.machine(text, model="ecmascript"))
    runner.start()
    runner.run(["e"] * 100)
    snapshot = runner.snapshot
    assert (snapshot.context["n"], snapshot.context["list"]) == (100, [100])
    assert snapshot.memory.size <= 30
    simulator = Simulator(machines.machine(text, model="ecmascript"))
    simulator.resume(from_plain(simulator.machine, to_plain(simulator.machine, snapshot)))
    simulator.send("e")
    assert simulator.snapshot.context["n"] == 101


THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("n = n + 1", "n = -0", "n = 1 / n", "n = Math.random()", "n = ' '.trim()", "q = undefined")),
    ("", ("z = n", "delete globalThis.z", "n = typeof z === 'undefined' ? 0 : z + 1")),
    ("", ("Object.defineProperty(globalThis, 'y', {value: n, configurable: true})", "n = typeof y")),
    ("", ("String.prototype.trim = () => 'x'", "n = ' '.trim()")),
    ("", ("n = RegExp.$1 + /(.)/.test(n)",)),
    ("", ("w = new Proxy({}, {get: () => n})", "n = w.p + 1", "n = 5")),
    ("var t = [1];", ("t.push(n)", "u = t", "u.push(1)", "n = t.length", "Object.freeze(t)", "t = []")),
    (
        "var o = {p: {q: 1}};",
        ("o.p.q += 1", "o = {p: o.p, r: o.p}", "n = o.p.q", "o.f = () => n", "n = o.f() + 1"),
    ),
    ("let h = 0;", ("h++", "n = h")),
    ("const C = {c: 0};", ("C.c++", "n = C.c")),
    ("function f(x) { return x + 1; }", ("n = f(n)", "f.x = (f.x || 0) + 1", "n = f.x", "f = (x) => x - n")),
    ("var k = (function () { var v = 0; return function () { return ++v; }; })();", ("n = k()",)),
    ("Array.prototype.twice = function () { return this.concat(this); };", ("n = [n].twice().length",)),
)
"""Scripts that run first, and those that events then run."""


@st.composite
def _runs(draw: st.DrawFn) -> tuple[str, list[str]]:
    themes = draw(st.lists(st.sampled_from(THEMES), min_size=1, max_size=2, unique=True))
    deeds = [deed for _, each in themes for deed in each]
    return " ".join(setup for setup, _ in themes), draw(
        st.lists(st.sampled_from(deeds), min_size=6, max_size=14)
    )


@settings(deadline=None, max_examples=40)
@given(_runs())
def test_a_run_is_the_same_with_a_short_memory_and_with_a_long_one(run: tuple[str, list[str]]) -> None:
    setup, deeds = run
    handlers = "".join(
        f'<transition event="e{number}"><script>{deed}</script></transition>'
        for number, deed in enumerate(deeds)
    )
    text = (
        f'<script>{setup}</script><datamodel><data id="n" expr="0"/></datamodel><state id="s">{handlers}</state>'
    ).replace("=>", "=&gt;")

    def trace(most: int) -> list[object]:
        simulator = Simulator(machines.machine(text, model="ecmascript"))
        language = simulator.machine.language
        assert isinstance(language, script.ScriptLanguage)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(script, "MOST_CALLS", most)
            simulator.start()
            for number in range(len(deeds)):
                if number % 4 == 3:
                    language._alive.clear()  # it goes on from what the memory has
                simulator.send(f"e{number}")
        return [(repr(each.outcome.snapshot.context), each.outcome.failures) for each in simulator.trace]

    assert trace(4) == trace(10_000)
