"""Scripts that do not end, take all memory or give what cannot be told: an error in the machine, which goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from editor.engine import script, script_process
from editor.engine.simulator import Simulator
from tests.engine import machines
from tests.engine.machines import failures, logs

pytest.importorskip("py_mini_racer", reason="the extra javascript is not installed")

ROOT = Path(__file__).resolve().parents[2]
ENDLESS = "(function () { while (true) {} })()"
STUCK = "Array.prototype.indexOf.call({length: 2 ** 53 - 1}, 1)"
"""V8 cannot be stopped in it."""
HUGE = "Array.from({length: 1e9})"
"""V8 ends its process over it."""
ENDS = '<transition event="error.execution" target="t"/></state><state id="t">'
REST = f'{ENDS}<transition event="queued"><log expr="n"/></transition></state>'
QUEUED = '<send event="queued"/>'


def run(inside: str) -> Simulator:
    return machines.run(f'<datamodel><data id="n" expr="7"/></datamodel>{inside}', model="ecmascript")


def entry(inside: str) -> str:
    return f'<state id="s"><onentry>{QUEUED}{inside}</onentry>{REST}'


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "MOST_SECONDS", 0.3)


WHERE = {
    "script": entry("<script>while (true) {}</script>"),
    "assign": entry(f'<assign location="n" expr="{ENDLESS}"/>'),
    "log": entry(f'<log expr="{ENDLESS}"/>'),
    "if": entry(f'<if cond="{ENDLESS}"/>'),
    "foreach": entry(f'<foreach array="{ENDLESS}" item="x"/>'),
    "parameter": entry(f'<send event="e"><param name="p" expr="{ENDLESS}"/></send>'),
    "delay": entry(f'<send event="e" delayexpr="{ENDLESS}"/>'),
    "guard": f'<state id="s"><onentry>{QUEUED}</onentry><transition cond="{ENDLESS}" target="s"/>{REST}',
    "datum": f'<datamodel><data id="m" expr="{ENDLESS}"/></datamodel><state id="s">'
    f'<onentry>{QUEUED}</onentry>{REST}',
    "invoke": f'<state id="s"><onentry>{QUEUED}</onentry><invoke srcexpr="{ENDLESS}"/>{REST}',
}  # fmt: skip


@pytest.mark.parametrize("text", WHERE.values(), ids=WHERE)
def test_what_does_not_end_is_an_error_and_the_queue_is_worked_off(text: str, short: None) -> None:
    simulator = run(text)
    assert (simulator.leaves, logs(simulator)) == (("t",), ["7"])
    assert "it takes too long" in failures(simulator)[0]
    simulator.reset()
    assert simulator.leaves == ("t",)


@pytest.mark.parametrize(
    "text",
    [
        STUCK, HUGE, "new Array(1e9).fill(1)", "new Array(4e9).sort()", "[...new Array(1e9)]",
        "'x'.padStart(5e8).split('')", "/^(a+)+$/.test('a'.repeat(40) + 'b')", "'x'.repeat(1e9)",
        "(function f() { return f(); })()", "10n ** 100000000n", "new Uint8Array(4e10)",
    ],
)  # fmt: skip
def test_whatever_v8_makes_of_it_the_machine_goes_on(text: str, short: None) -> None:
    simulator = run(entry(f'<assign location="n" expr="{text}"/>'))
    assert (simulator.leaves, logs(simulator)) == (("t",), ["7"])
    assert simulator.snapshot.context == {"n": 7}


def test_what_others_keep_outlasts_the_end_of_the_process() -> None:
    other = run(
        '<state id="s"><transition event="e"><assign location="n" expr="n + 1"/></transition></state>'
    )
    other.send("e")
    run(entry(f'<assign location="n" expr="{HUGE}"/>'))
    other.send("e")
    assert (other.snapshot.context, failures(other)) == ({"n": 9}, [])


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
def test_a_process_that_is_ended_from_outside_is_made_anew() -> None:
    simulator = run(
        '<state id="s"><transition event="e"><assign location="n" expr="n + 1"/></transition></state>'
    )
    simulator.send("e")
    process = script_process._PROCESSES[-1]
    os.kill(process._process.pid, signal.SIGKILL)
    simulator.send("e")
    simulator.send("e")
    assert simulator.snapshot.context["n"] in (9, 10)  # what was asked of the one that ended may be an error
    assert process is not script_process._PROCESSES[-1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no such copies of a process")
def test_a_copy_of_the_program_evaluates_for_itself() -> None:
    code = (
        "import os, sys\n"
        "from tests.engine import machines\n"
        'step = \'<transition event="e"><assign location="n" expr="n + 1"/></transition>\'\n'
        'inside = f\'<datamodel><data id="n" expr="0"/></datamodel><state id="s">{step}</state>\'\n'
        "run = machines.run(inside, model='ecmascript')\n"
        "child = os.fork()\n"
        "for _ in range(300 if child else 200): run.send('e')\n"
        "if child: os.waitpid(child, 0)\n"
        "print(run.snapshot.context['n'], flush=True)\n"
        "if not child: os._exit(0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.split() == ["200", "300"]


def test_threads_take_turns() -> None:
    counting = '<state id="s"><transition event="e"><assign location="n" expr="n + 1"/></transition></state>'
    runs = [run(counting) for _ in range(4)]
    threads = [Thread(target=lambda each=each: [each.send("e") for _ in range(30)]) for each in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.snapshot.context["n"] for each in runs] == [37] * 4


def test_native_machines_in_javascript_are_stopped_too(short: None) -> None:
    from editor.engine.machine import Machine
    from editor.formats import native

    text = (
        "language: javascript\ninitial: s\ncontext: {n: 7}\nstates:\n  s:\n    on:\n"
        f'      E: {{actions: {{assign: {{n: "{STUCK}"}}}}}}\n      F: {{actions: {{assign: {{n: n + 1}}}}}}\n'
    )
    simulator = Simulator(Machine.from_chart(native.read(text).chart))
    simulator.start()
    for event in "EFEF":
        simulator.send(event)
    assert (simulator.snapshot.context, len(failures(simulator))) == ({"n": 9}, 2)


# what cannot be told


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("var d = {}; d.d = d;", "circular"),
        ("var d = []; for (let i = 0; i &lt; 150; i++) d = [d];", "nested deeper than 100"),
        ("var d = []; for (let i = 0; i &lt; 1e5; i++) d = [d];", "call stack"),
        ("var d = {get x() { throw new Error('no'); }};", "no"),
        (
            "var d = new Proxy({}, {ownKeys() { throw new Error('no'); }, get() { throw new Error('no'); }});",
            "no",
        ),
        ("var d = {toJSON() { throw {toString() { throw 1; }}; }};", "cannot be told"),
        ("var d = 10n;", "BigInt"),
        ("var d = 'x'.repeat(2e7);", "too large"),
    ],
)
def test_what_cannot_be_told_is_an_error_where_it_is_needed(code: str, words: str) -> None:
    simulator = run(entry(f'<script>{code}</script><log expr="d"/>'))
    assert (simulator.leaves, logs(simulator)) == (("t",), ["7"])
    assert words in failures(simulator)[0]
    assert simulator.snapshot.context == {"n": 7, "d": "(a value that cannot be told)"}


@pytest.mark.parametrize(
    "code",
    [
        "var d = {get x() { for (;;); }};",
        "var d = {toJSON() { for (;;); }};",
        "var d = new Proxy({}, {ownKeys() { for (;;); }});",
        "Object.defineProperty(globalThis, 'd', {enumerable: true, get() { for (;;); }});",
        "JSON.stringify = null; Object.keys = null; Map.prototype.get = null; Array.prototype.map = null;",
        "Array.prototype[Symbol.iterator] = null;",
        "Object.prototype.toJSON = () => 5;",
    ],
)
def test_scripts_that_meddle_with_how_values_are_told_stop_nothing(code: str, short: None) -> None:
    simulator = run(
        f'<state id="s"><onentry><script>{code}</script></onentry><transition event="e" target="u"/></state>'
        '<state id="u"><onentry><foreach array="[1, 2]" item="x"/></onentry></state>'
    )
    simulator.send("e")
    assert simulator.leaves == ("u",)
    simulator.reset()
    assert simulator.leaves == ("s",)


@pytest.mark.parametrize("value", ["5", "['number', 'x']", "['toString', 1]", "['markup', 5]", "null"])
def test_data_that_look_like_how_values_are_written_are_data(value: str) -> None:
    simulator = run(
        f'<state id="s"><onentry><assign location="n" expr="{{\'\\0\': {value}}}"/>'
        '<send event="e"><param name="p" expr="n"/></send></onentry><transition event="e"><log expr="_event.data.p"/>'
        "</transition></state>"
    )
    assert failures(simulator) == []
    assert len(logs(simulator)) == 1


def test_promises_and_errors_without_words_harm_nothing() -> None:
    simulator = run(
        '<state id="s"><onentry><script>Promise.reject(new Error())</script>'
        "<script>throw Object.create(null)</script></onentry>"
        '<transition event="error.execution" target="t"/></state><state id="t"/>'
    )
    assert simulator.leaves == ("t",)
    assert failures(simulator)[0].startswith("an error that cannot be told")


# neighbours


@pytest.mark.skipif(os.name == "nt", reason="there are no such files")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "inner.scxml")
    text = '<state id="s"><invoke src="inner.scxml"/><transition event="error" target="t"/></state><state id="t"/>'
    assert machines.run(text, folder=tmp_path).leaves == ("t",)
