"""A desktop that answers with what was prepared, and sessions on machines written as YAML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from editor.commands.registry import PLAIN, Pointed, Review
from editor.document import files
from editor.geometry import Point
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Diagram
from editor.model.slots import Grammar
from editor.session import Session

DOOR = """\
id: door
initial: closed
states:
  closed:
    on: {OPEN: opened}
  opened:
    initial: ajar
    states:
      ajar: {on: {PUSH: wide}}
      wide: {after: {5s: ajar}}
    on: {CLOSE: closed}
"""


class FakeDesktop:
    """Answers with what was prepared, and remembers what it was asked."""

    def __init__(self) -> None:
        self.paths: list[Path | None] = []
        self.folders: list[Path | None] = []
        self.answers: list[str | None] = []
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.usual: list[str] = []
        self.reviews: list[Review] = []
        self.left_out: list[str] = []
        self.places: list[str] = []
        self.told: list[str] = []
        self.titles: list[str] = []
        self.suggested: list[tuple[str, str]] = []
        self.opened: list[tuple[Path | None, bool]] = []
        self.exported: list[Path] = []
        self.copied: dict[str, str] = {}
        self.pictures: list[list[str]] = []
        self.pointer = Pointed(middle=Point(800, 600))
        self.shown: list[str] = []
        self.is_closed = False

    def ask_open_path(self, title: str, folder: Path | None = None) -> Path | None:
        self.titles.append(title)
        self.folders.append(folder)
        return self.paths.pop(0)

    def ask_save_path(self, title: str, suggested: str, suffixes: Sequence[str]) -> Path | None:
        self.titles.append(title)
        self.suggested.append((suggested, suffixes[0]))
        return self.paths.pop(0)

    def confirm(self, title: str, text: str, choices: Sequence[str], usual: str = "") -> str | None:
        assert usual in ("", *choices)
        self.usual.append(usual or choices[0])
        self.asked.append((title, tuple(choices)))
        self.texts.append(text)
        return self.answers.pop(0)

    def ask_text(
        self,
        title: str,
        text: str,
        review: Callable[[str], Review],
        verb: str = "OK",
        grammar: Grammar | None = None,
    ) -> str | None:
        self.asked.append((title, (text,)))
        answer = self.answers.pop(0)
        if answer is not None:
            self.reviews.append(review(answer))
            if self.reviews[-1].problem:
                return None
        return answer

    def ask_places(
        self, title: str, text: str, review: Callable[[str, frozenset[str]], Review], verb: str
    ) -> tuple[str, frozenset[str]] | str | None:
        self.asked.append((title, (text,)))
        answer = self.answers.pop(0)
        if answer is None or answer in self.places:
            return answer
        self.reviews.append(review(answer, frozenset()))
        if self.reviews[-1].problem:
            return None
        left_out = {
            each.id for each in self.reviews[-1].places if any(map(each.text.startswith, self.left_out))
        }
        if left_out:
            self.reviews.append(review(answer, frozenset(left_out)))
        return answer, frozenset(left_out)

    def tell(self, title: str, text: str) -> None:
        self.told.append(text)

    def show_report(self, text: str) -> None:
        self.told.append(text)

    def show_licences(self) -> None:
        self.told.append("licences")

    def clipboard(self, kind: str = PLAIN) -> str:
        return self.copied.get(kind, "")

    def set_clipboard(self, contents: Mapping[str, str]) -> None:
        self.copied = dict(contents)

    def copy_picture(self, chart: Chart, diagram: Diagram) -> None:
        self.pictures.append([state.key for state in chart.states.values()])

    def pointed(self) -> Pointed:
        return self.pointer

    def open_window(self, path: Path | None, *, as_copy: bool = False) -> None:
        self.opened.append((path, as_copy))

    def close_window(self) -> None:
        self.is_closed = True

    def quit(self) -> None:
        self.is_closed = True

    def edit_keys(self) -> None:
        self.shown.append("edit keys")

    def show_keys(self) -> None:
        self.shown.append("keys")

    def export_picture(self, path: Path) -> None:
        self.exported.append(path)


def session_on(folder: Path, text: str = DOOR) -> Session:
    """A session on a file with this text."""
    path = folder / "door.yaml"
    path.write_text(text, encoding="utf-8")
    return Session(files.open_document(path))


def id_of(session: Session, path: str) -> str:
    """The id of the state at a dotted path."""
    found = queries.find_path(session.document.chart, path)
    assert found is not None, path
    return found


def transition_of(session: Session, path: str, number: int = 0) -> str:
    """The id of one of the transitions of a state, initial ones left out."""
    own = [each for each in session.document.chart.outgoing(id_of(session, path)) if not each.is_pseudo]
    return own[number].id
