"""The command line is a contract: exit codes, JSON on stdout, messages on stderr."""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from editor import resources
from editor.cli import main

BREAKER = str(resources.path("examples", "circuit-breaker.yaml"))


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_clean_machine_checks_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", BREAKER, "--json", "--strict"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["files"][0]["file"] == BREAKER


def test_an_error_is_told_with_line_and_column_and_exits_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "initial: a\nstates:\n  a: {on: {GO: closd}}\n  closed: {}\n")
    assert main(["check", path, "--json"]) == 1
    found = [
        each
        for each in json.loads(capsys.readouterr().out)["files"][0]["problems"]
        if each["severity"] == "error"
    ]
    assert [(each["rule"], each["line"]) for each in found] == [("unknown-state", 3)]
    assert "closed" in found[0]["message"]


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "late-timer"]) == 0
    said = capsys.readouterr().out
    assert "late-timer (warning)" in said
    assert "Leaving a state cancels its timers." in said
    assert main(["check", "--explain", "all", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rules"]
    assert len(rows) >= 60
    assert {"rule", "group", "severity", "title", "why"} == set(rows[0])


def test_a_rule_that_is_not_there_is_told_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--explain", "late-timr"]) == 2
    assert "There is no rule “late-timr”. Did you mean “late-timer”?" in capsys.readouterr().err
    assert main(["check"]) == 2
    assert "Name the machines to check" in capsys.readouterr().err


def test_what_the_layout_says_about_rules_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "initial: a\nstates: {a: {}, b: {}, c: {}}\n")
    layout = tmp_path / "m.layout.yaml"
    layout.write_text("quiet: {b: [unreachable-state]}\nrules: {dead-end: error}\n", encoding="utf-8")
    assert main(["check", path, "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["files"][0]["problems"]
    assert {(each["rule"], each["path"], each["severity"]) for each in rows} == {
        ("unreachable-state", "c", "warning"),
        *(("dead-end", key, "error") for key in "abc"),
    }
    layout.write_text("rules: {dead-end: off, unreachable-state: off}\n", encoding="utf-8")
    assert main(["check", path, "--strict"]) == 0
    layout.write_text("rules: {", encoding="utf-8")
    assert main(["check", path, "--strict"]) == 1


POINTED_AT = """\
initial: a
context:
  n: 1
  ~state: 2
guards:
  both:
    and:
      - n > 1
      - expr: ~n >
actions:
  act:
    - assign:
        n: ~1 +
    - choose:
        - guard: ~n ==
          actions:
            - log: ~')'
delays:
  SLOW: ~n *
states:
  a:
    entry:
      - one
      - send: E
        delay: ~n /
        data:
          a.b: ~n -
    exit:
      raise: E
      data: ~(
    invoke:
      - src: first
        id: twice
      - src: second
        data:
          k: [n, ~n.]
      - src: third
        id: ~twice
    on:
      E:
        - cond:
            or:
              - both
              - not:
                  in: ~zz
          target: b
        - guard: n == 2
          target:
            - b
            - ~nope
          actions:
            - type: act
              params:
                p: ~p p
        - b
        - ~c
      F: ~bb
      G: {~tarhet: b, target: c, guard: ~matches('zz'), internal: ~maybe}
  b:
    after:
      ~n +: c
    ~onDone: {actions: [one, ~{}, ~5]}
  c:
    type: ~finale
  d:
    id: x
  ~e: {}
on: {D: {target: d, actions: {choose: {guard: ~n n, actions: {log: ~n.}}}}}
"""


def test_every_problem_points_at_the_word_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = []
    for number, line in enumerate(POINTED_AT.splitlines(), 1):
        pieces = line.split("~")
        expected += [(number, len("".join(pieces[:place])) + 1) for place in range(1, len(pieces))]
    main(["check", write(tmp_path, POINTED_AT.replace("~", "")), "--json"])
    problems = json.loads(capsys.readouterr().out)["files"][0]["problems"]
    found = [(each["line"], each["column"]) for each in problems if each["severity"] != "information"]
    assert found == sorted(expected)


def test_an_error_of_a_run_is_told_with_the_place_it_stands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        "initial: a\nstates:\n  a:\n    entry:\n      - log: 1\n      - log: ~nothing\n    on:\n      GO:\n"
        "        target: b\n        guard: ~other > 1\n  b: {}\n"
    )
    path = write(tmp_path, text.replace("~", ""))
    assert main(["run", path, "-e", "GO", "--json"]) == 1
    printed = capsys.readouterr()
    errors = json.loads(printed.out)["errors"]
    assert [each.partition(": error: ")[0] for each in errors] == [f"{path}:6:14", f"{path}:10:16"]
    assert all(each in printed.err for each in errors)


def test_warnings_count_only_when_strict(tmp_path: Path) -> None:
    path = write(tmp_path, "states:\n  a: {}\n")
    assert (main(["check", path]), main(["check", path, "--strict"])) == (0, 1)


@pytest.mark.parametrize("text", ["a: [1\n", "- 1\n", "", "a: 1\na: 2\n", "a: !!python/object:x 1\n"])
def test_what_is_no_machine_exits_with_two(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", write(tmp_path, text)]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_run_reports_its_steps(capsys: pytest.CaptureFixture[str]) -> None:
    events = [word for _ in range(5) for word in ("-e", "FAILURE")]
    assert main(["run", BREAKER, *events, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["steps"]) == 6
    assert data["steps"][0]["configuration"] == ["closed"]
    assert data["steps"][-1]["configuration"] == ["open"]
    assert data["steps"][-1]["actions"] == ["incrementFailures"]
    assert (data["done"], data["errors"]) == (False, [])


@pytest.mark.parametrize(
    "words",
    [
        ["FILE", "-e", "A", "B", "C"], ["FILE", "-e", "A", "-e", "B", "C"], ["FILE", "--event", "A", "B", "-e", "C"],
        ["-e", "A", "-e", "B", "-e", "C", "FILE"], ["FILE", "-eA", "-e", "B", "C"],
    ],
)  # fmt: skip
def test_events_follow_one_another(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "initial: a\nstates: {a: {}}\n")
    assert main(["run", *(path if word == "FILE" else word for word in words), "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert [each["input"] for each in steps] == ["start", "A", "B", "C"]


def test_a_failed_expectation_exits_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "s.scenario.yaml"
    script.write_text("- send: FAILURE\n  expect: open\n", encoding="utf-8")
    assert main(["run", BREAKER, "--script", str(script)]) == 1
    assert "expected open, found closed" in capsys.readouterr().err


def test_a_machine_with_errors_is_not_run(tmp_path: Path) -> None:
    assert main(["run", write(tmp_path, "initial: a\nstates:\n  a: {on: {GO: b}}\n")]) == 2


def test_converting_writes_a_machine_that_means_the_same(tmp_path: Path) -> None:
    out = tmp_path / "out.yaml"
    assert main(["convert", BREAKER, "-o", str(out)]) == 0
    assert main(["check", str(out), "--strict"]) == 0


def test_converting_to_the_same_format_loses_no_comment_and_no_word(tmp_path: Path) -> None:
    text = "# why\r\ninitial: a\r\nstates:\r\n  a: {on: {GO: {target: 'b', cond: ready}}}  # how\r\n  b:\r\n"
    path, out = tmp_path / "m.yaml", tmp_path / "out.yml"
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode()):
        path.write_bytes(data)
        assert main(["convert", str(path), "-o", str(out)]) == 0
        assert out.read_bytes() == data


def test_wrong_usage_exits_with_two() -> None:
    with pytest.raises(SystemExit) as stop:
        main(["render", BREAKER])
    assert stop.value.code == 2


def test_an_output_that_cannot_be_written_is_told_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.StringIO):
        def write(self, _text: str) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    path = write(tmp_path, "initial: a\nstates: {a: {}}\n")
    for words in (["check", path], ["check", path, "--json"], ["run", path], ["run", path, "--json"]):
        monkeypatch.setattr("sys.stdout", Full())
        assert main(words) == 2
        assert capsys.readouterr().err == "The output cannot be written: the disk is full.\n"


@pytest.mark.parametrize("words", [["check"], ["check", "--json"], ["run"], ["run", "--json"]])
def test_a_reader_that_leaves_early_or_was_never_there_is_no_failure(
    tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone(io.StringIO):
        def write(self, _text: str) -> int:
            raise BrokenPipeError

    path = write(tmp_path, "initial: a\nstates: {a: {}}\n")
    for stdout in (Gone(), None):
        monkeypatch.setattr("sys.stdout", stdout)
        assert main([words[0], path, *words[1:]]) == 0


@pytest.mark.parametrize("words", [["--help"], ["check", "--help"], ["chek", "x.yaml"]])
def test_help_is_printed_on_a_terminal_with_few_letters(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("sys.stdout", "sys.stderr"):
        monkeypatch.setattr(name, io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    with pytest.raises(SystemExit) as stop:
        main(words)
    assert stop.value.code in (0, 2)


def test_a_mistyped_command_is_told_instead_of_opened(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["chek", BREAKER])
    assert stop.value.code == 2
    assert "“chek” is neither a command nor a file. Did you mean “check”?" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_is_refused_with_a_way_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([BREAKER]) == 2
    assert "no screen" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["FILE", "-o", "OUT", "--active", "open", "halfOpen"],
        ["FILE", "--active", "open", "--active", "halfOpen", "-o", "OUT"],
        ["--active", "open", "FILE", "-o", "OUT", "--active", "halfOpen"],
        ["-o", "OUT", "--active=open", "--active", "halfOpen", "FILE"],
    ],
)
@pytest.mark.usefixtures("qapp")
def test_states_to_light_are_named_before_or_behind_the_file(words: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out.svg"
    told = {"FILE": BREAKER, "OUT": str(out)}
    assert main(["render", *(told.get(word, word) for word in words)]) == 0
    plain = tmp_path / "plain.svg"
    assert main(["render", BREAKER, "-o", str(plain)]) == 0
    one = tmp_path / "one.svg"
    assert main(["render", BREAKER, "-o", str(one), "--active", "open"]) == 0
    assert len({each.read_text(encoding="utf-8") for each in (out, plain, one)}) == 3


def test_a_converted_machine_keeps_its_places_and_overwrites_no_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, layout = tmp_path / "copy.yaml", tmp_path / "copy.layout.yaml"
    assert main(["convert", BREAKER, "-o", str(out)]) == 0
    assert layout.read_bytes() == Path(BREAKER).with_name("circuit-breaker.layout.yaml").read_bytes()
    layout.write_text("states: {}\n", encoding="utf-8")
    assert main(["convert", BREAKER, "-o", str(out)]) == 0
    assert layout.read_text(encoding="utf-8") == "states: {}\n"
    assert "copy.layout.yaml is there already" in capsys.readouterr().err
    assert main(["convert", str(out), "-o", str(out)]) == 0
    assert capsys.readouterr().err == ""


ONE = "id: m\ninitial: a\nstates:\n  a: {on: {GO: b}}\n  b: {}\n"
OTHER = ONE.replace("b: {}", "b: {entry: x}\n  c: {}")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    for name, text in (("one.yaml", ONE), ("other.yaml", OTHER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path / "one.yaml"), str(tmp_path / "other.yaml")


def test_a_diff_tells_each_difference_and_exits_with_one(
    pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *pair]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"--- {pair[0]}",
        f"+++ {pair[1]}",
        "~ changed state b",
        "      entry: (none) -> x",
        "+ added state c",
        "1 added, 1 changed",
    ]
    assert main(["diff", "--json", *pair]) == 1
    data = json.loads(capsys.readouterr().out)
    assert (data["same"], [each["path"] for each in data["differences"]]) == (False, ["b", "c"])


def test_a_diff_of_the_same_exits_with_zero_and_of_what_is_no_machine_with_two(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", pair[0], pair[0]]) == 0
    assert capsys.readouterr().out == ""
    assert main(["diff", pair[0], str(tmp_path / "missing.yaml")]) == 2
    assert "does not exist" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["diff", pair[0]])
    assert ended.value.code == 2


def test_a_diff_compares_the_drawings_where_both_have_one(
    pair: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.yaml").write_text(ONE, encoding="utf-8")
    layout = "states:\n  a: [0, 0, 96, 40]\n  b: [200, 0, 96, 40]\n"
    (tmp_path / "one.layout.yaml").write_text(layout, encoding="utf-8")
    assert main(["diff", *pair]) == 0
    (tmp_path / "other.layout.yaml").write_text(layout.replace("200", "240"), encoding="utf-8")
    assert main(["diff", *pair]) == 1
    assert "place: 200, 0 -> 240, 0" in capsys.readouterr().out


@pytest.mark.parametrize("nothing", [0, 1])
def test_what_git_has_on_one_side_alone_was_added_or_removed(
    nothing: int, pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    sides = ["/dev/null", pair[0]] if nothing == 0 else [pair[0], "/dev/null"]
    assert main(["diff", *sides]) == 1
    assert ("+ added state a" if nothing == 0 else "- removed state a") in capsys.readouterr().out


def test_git_may_call_diff_by_itself(
    pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not there")
    place = tmp_path / "repository"
    place.mkdir()
    command = f'"{sys.executable}" -m editor diff'
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parent.parent))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)

    def run(*words: str) -> str:
        ended = subprocess.run([git, *words], cwd=place, capture_output=True, timeout=60, check=True)
        return ended.stdout.decode()

    run("init", "-q")
    (place / ".gitattributes").write_text("*.yaml diff=statechart\n", encoding="utf-8")
    (place / "m.yaml").write_text(ONE, encoding="utf-8")
    (place / "list.yaml").write_text("- 1\n", encoding="utf-8")
    (place / "noted.yaml").write_text("# old words\n" + ONE, encoding="utf-8")
    (place / "m.layout.yaml").write_text("states:\n  a: [0, 0, 96, 40]\n", encoding="utf-8")
    run("add", "-A")
    run("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "one")
    (place / "m.yaml").write_text(OTHER, encoding="utf-8")
    (place / "list.yaml").write_text("- 2\n", encoding="utf-8")
    (place / "noted.yaml").write_text("# new words\n" + ONE, encoding="utf-8")
    (place / "m.layout.yaml").write_text("states:\n  a: [8, 0, 96, 40]\n", encoding="utf-8")
    found = run("-c", f"diff.statechart.command={command}", "diff").splitlines()
    assert "--- a/m.yaml" in found
    assert "+ added state c" in found
    assert any(line.startswith("These are no two machines") for line in found)
    for sign, line in (("-", "- 1"), ("+", "- 2"), ("-", "# old words"), ("+", "# new words")):
        assert sign + line in found
    assert "The machine is the same; its text differs." in found
    drawn = found.index("+++ b/m.layout.yaml")
    assert found[drawn + 2 : drawn + 5] == [" states:", "-  a: [0, 0, 96, 40]", "+  a: [8, 0, 96, 40]"]


def test_the_drawing_is_checked_when_one_asks_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, "initial: a\nstates: {a: {on: {GO: b}}, b: {on: {BACK: a}}}\n")
    layout = tmp_path / "m.layout.yaml"
    layout.write_text("states: {a: [40, 40, 120, 40], b: [80, 60, 120, 40]}\n", encoding="utf-8")
    assert main(["check", path, "--strict"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", path, "--drawing"]) == 0
    assert (
        "warning: “b” and “a” cover each other. Let it step aside. [states-overlap]"
        in capsys.readouterr().out
    )
    assert main(["check", path, "--drawing", "--strict"]) == 1
    layout.write_text(layout.read_text(encoding="utf-8") + "quiet: {b: [states-overlap]}\n", encoding="utf-8")
    capsys.readouterr()
    main(["check", path, "--drawing", "--json"])
    rows = json.loads(capsys.readouterr().out)["files"][0]["problems"]
    assert "states-overlap" not in {each["rule"] for each in rows}
    assert main(["check", "--explain", "states-overlap"]) == 0
    assert "States that cover each other" in capsys.readouterr().out
