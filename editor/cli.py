"""The command line: open, check, run, render, convert, layout, diff.

What scripts rely on: exit 0 is fine, 1 means problems were found or an expectation failed, 2 unusable input or usage.
`--json` prints one JSON document on stdout; messages go to stderr.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import NoReturn

from editor import __version__, cli_diff, cli_layout, cli_run, collecting, screen
from editor.cli_report import FINE, FOUND, UNUSABLE, complain, print_json, problem_rows, problems_of, row
from editor.document import files
from editor.errors import EditorError, FormatError, ScreenError
from editor.formats import registry
from editor.model import expressions, judging, queries
from editor.model.problems import Severity
from editor.model.rule_book import RULES
from editor.refusals import why_unwritten

STOPPED = 130
"""What a command gives that Ctrl+C ended, as shells have it."""

COMMANDS = ("check", "run", "render", "convert", "layout", "diff")
_REPEATED = {"run": ("-e", "--event"), "render": ("--active",)}
"""Options that take several words, which argparse would let swallow the file behind them."""
_VALUED = ("-o", "--output", "--theme", "--scale", "--script", "--events")


class _Parser(argparse.ArgumentParser):
    """Usage errors exit with 2 and one line that says what to do."""

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the words given."""
        self.exit(UNUSABLE, f"{self.prog}: {message}\nTry “{self.prog} --help”.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    _forgive_letters()
    if words and words[0] in COMMANDS:
        return _run_command(_commands_parser().parse_args(_each_alone(words)))
    parser = _window_parser()
    if words and not words[0].startswith("-") and not _may_be_file(words[0]):
        close = expressions.nearest(words[0], COMMANDS)
        hint = f" Did you mean “{close}”?" if close else ""
        parser.error(f"“{words[0]}” is neither a command nor a file.{hint}")
    paths = parser.parse_args(words).files
    try:
        return _open(paths)
    except ScreenError as error:
        return complain(error)


def _each_alone(words: list[str]) -> list[str]:
    """`-e A B` as `-e A -e B`, where the file stands before it; else the next word may be the file."""
    names = _REPEATED.get(words[0], ())
    made: list[str] = []
    has_file = False
    count: int | None = None  # of words behind such an option; None where another option or none is
    for before, word in zip(["", *words], words, strict=False):
        if word.startswith("-"):
            count = 0 if word in names else None
        elif count is None:
            has_file = has_file or (bool(made) and before not in _VALUED)
        else:
            if count and has_file:
                made.append(names[0])
            count += 1
        made.append(word)
    return made


def _run_command(options: argparse.Namespace) -> int:
    try:
        code = int(options.run(options))
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except EditorError as error:
        return complain(error)
    except BrokenPipeError:
        _drop_output()
        return FINE
    except KeyboardInterrupt:
        _drop_output()
        return STOPPED
    except OSError as error:  # files tell theirs as FileError: what is left is the output
        _drop_output()
        with suppress(OSError):
            print(f"The output cannot be written: {why_unwritten(error)}.", file=sys.stderr)
        return UNUSABLE


def _may_be_file(word: str) -> bool:
    """Whether a word names a file: a mistyped command has no suffix and is not there."""
    return bool(PurePath(word).suffix) or os.path.lexists(word)


def _drop_output() -> None:
    """Send what is still to be printed nowhere, so that the end of the process does not fail on it again."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _forgive_letters() -> None:
    """Letters that a terminal does not have, or a file's name cannot be, are printed as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _window_parser() -> _Parser:
    parser = _Parser(
        prog="statechart-editor",
        description="Draw statecharts, run them live, save them as YAML or SCXML.",
        epilog="Commands: check, run, render, convert, layout, diff; “statechart-editor COMMAND --help” tells more.",
    )
    parser.add_argument("--version", action="version", version=f"statechart-editor {__version__}")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="machines to open, a window each")
    return parser


def _commands_parser() -> _Parser:
    parser = _Parser(prog="statechart-editor")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="list what is wrong with machines")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    check.add_argument("--json", action="store_true", help="print one JSON document")
    check.add_argument("--explain", metavar="RULE", help="say what a rule is for; “all” for all of them")
    check.add_argument("--strict", action="store_true", help="warnings make the exit code 1 too")
    check.add_argument(
        "--drawing", action="store_true", help="list what is hard to read in the drawing as well"
    )
    check.set_defaults(run=_check)

    cli_run.add_options(commands.add_parser("run", help="run a machine"))

    render = commands.add_parser("render", help="draw a machine into a picture")
    render.add_argument("file", type=Path, metavar="FILE")
    render.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.svg|.png|.pdf")
    render.add_argument("--active", action="append", default=[], metavar="STATE", help="states to light")
    render.add_argument("--theme", choices=("light", "dark"), default="light")
    render.add_argument("--scale", type=_scale, default=1.0, metavar="N", help="pixels per unit of a PNG")
    cli_layout.add_engine(render)
    render.set_defaults(run=_render)

    convert = commands.add_parser("convert", help="write a machine in another format")
    convert.add_argument("file", type=Path, metavar="FILE")
    convert.add_argument("-o", "--output", type=Path, required=True, metavar="OUT")
    convert.set_defaults(run=_convert)

    cli_layout.add_options(commands.add_parser("layout", help="place the states of a machine"))
    cli_diff.add_options(commands.add_parser("diff", help="tell what differs between two machines"))
    return parser


def _scale(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0.05 <= value <= 16:
        raise argparse.ArgumentTypeError(f"{text} is no scale: give a number from 0.05 to 16")
    return value


def _open(paths: list[Path]) -> int:
    screen.require()
    try:
        with collecting.lasting():
            from editor.window import app  # noqa: PLC0415 - no command but this one needs a screen
    except ImportError as error:
        raise _without_qt(error) from None
    return app.run(paths)


def _without_qt(error: ImportError) -> Exception:
    """What to tell when Qt lacks a library of the system; any other import that fails is our mistake."""
    library, colon, _ = str(error).partition(": cannot open shared object file")
    return screen.missing(library) if colon else error


def _check(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _explain(options.explain, as_json=options.json)
    if not options.files:
        print("Name the machines to check, or a rule with --explain.", file=sys.stderr)
        return UNUSABLE
    reports: list[dict[str, object]] = []
    code = FINE
    for path in options.files:
        rows, own = _check_file(path, strict=options.strict, with_drawing=options.drawing)
        code = max(code, own)
        reports.append({"file": str(path), "problems": rows})
        for each in [] if options.json else rows:
            place = f"{path}:{each['line']}:{each['column']}" if each["line"] else str(path)
            print(f"{place}: {each['severity']}: {each['message']} [{each['rule']}]")
    if options.json:
        print_json({"files": reports})
    return code


def _explain(name: str, *, as_json: bool) -> int:
    if name != "all" and name not in RULES:
        close = expressions.nearest(name, RULES)
        meant = f" Did you mean “{close}”?" if close else " “--explain all” tells them all."
        print(f"There is no rule “{name}”.{meant}", file=sys.stderr)
        return UNUSABLE
    chosen = list(RULES.values()) if name == "all" else [RULES[name]]
    if as_json:
        rows: list[dict[str, object]] = [
            {
                "rule": each.id, "group": each.group, "severity": each.severity.value, "title": each.title,
                "why": each.why,
            }
            for each in chosen
        ]  # fmt: skip
        print_json({"rules": rows})
        return FINE
    print("\n\n".join(f"{each.id} ({each.severity.value})\n  {each.title}. {each.why}" for each in chosen))
    return FINE


def _check_file(path: Path, *, strict: bool, with_drawing: bool) -> tuple[list[dict[str, object]], int]:
    try:
        loaded = files.read_machine(path)
    except FormatError as error:
        rows = [row("error", "unreadable", flaw.message, "", flaw.line, flaw.column) for flaw in error.flaws]
        complain(error)
        return rows, UNUSABLE
    except EditorError as error:
        complain(error)
        return [row("error", "unreadable", str(error), "", None, None)], UNUSABLE
    sheet = files.read_sheet(path, loaded.chart)
    found = problems_of(loaded)
    if with_drawing:
        from editor.document import drawing_checks  # noqa: PLC0415 - nothing else that is checked needs lines
        from editor.layout.sizes import TableMeasure  # noqa: PLC0415 - likewise

        drawn = files.laid_out(path, loaded.chart)
        found = (*found, *drawing_checks.check(loaded.chart, drawn, TableMeasure()))
    problems, _ = judging.judged(loaded.chart, found, sheet, {})  # the same for everybody
    rows = problem_rows(loaded, problems)
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return rows, FOUND if any(problem.severity in bad for problem in problems) else FINE


def _render(options: argparse.Namespace) -> int:
    try:
        from editor.canvas import headless, render  # noqa: PLC0415 - the other commands need no Qt
    except ImportError as error:
        raise _without_qt(error) from None
    measure = headless.begin()
    document = files.open_document(options.file, measure)
    chart = document.chart
    active = []
    for text in options.active:
        id = queries.find_named(chart, text)
        if id is None:
            print(
                f"No state “{text}” in {options.file}. Give dotted paths from the top, such as a.b, or #id.",
                file=sys.stderr,
            )
            return UNUSABLE
        active.append(id)
    diagram = cli_layout.drawn(document, options.engine, measure)
    render.render(chart, diagram, options.output, theme=options.theme, scale=options.scale, active=active)
    return FINE


def _convert(options: argparse.Namespace) -> int:
    loaded = files.read_machine(options.file)
    # of the same format: all that was written stays
    written = registry.write(loaded.chart, options.output, loaded)
    for notice in written.notices:
        print(f"notice: {notice.message}", file=sys.stderr)
    files.write_bytes(options.output, written.data)
    if not files.copy_layout(options.file, options.output):
        beside = files.layout_path(options.output)
        print(f"notice: {beside} is there already and stays as it is.", file=sys.stderr)
    return FINE
