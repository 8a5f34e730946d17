"""SCXML (W3C Recommendation, 1 September 2015) to a chart and back, and what a machine names beside its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from urllib.parse import unquote

from editor.errors import FileError, Flaw, FormatError
from editor.formats.registry import Loaded, Notice
from editor.formats.scxml_actions import SPACES
from editor.formats.scxml_losses import losses
from editor.formats.scxml_merge import Merge
from editor.formats.scxml_own import SPACE
from editor.formats.scxml_read import Reader
from editor.formats.scxml_write import machine
from editor.formats.xml_same import same
from editor.formats.xml_tree import parse
from editor.formats.xml_write import Element, Style
from editor.formats.xml_write import write as write_element
from editor.formats.yaml_tree import MOST_BYTES
from editor.model.chart import Chart
from editor.model.problems import Severity
from editor.refusals import why_unread

MOST_VERIFIED = 100_000
"""Characters up to which what was patched is read again and compared with the chart."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def read(data: str | bytes, *, name: str = "") -> Loaded:
    """A text to a chart, with everything that is wrong with it.

    Raises:
        FormatError: it is no well-formed XML, has a document type, or its root is not <scxml>.
    """
    root, source = parse(data, name=name)
    if root.tag != "scxml" or root.space not in SPACES:
        message = f"A machine in SCXML begins with <scxml>, but <{root.tag}> stands here."
        raise FormatError([Flaw(message, root.line, 1)], file=name)
    folder = Path(name).parent if name else None
    return replace(Reader(root, name).read(), xml=source, neighbours=Neighbours(folder))


def write(chart: Chart) -> tuple[str, tuple[Notice, ...]]:
    """A chart as a fresh text, and what other programs take otherwise.

    Raises:
        FileError: a text in it has a character that XML cannot hold.
    """
    element = machine(chart)
    return _fresh(element), losses(chart, element)


def patch(loaded: Loaded, chart: Chart) -> tuple[str, tuple[Notice, ...]]:
    """The text that was read, changed only where the chart was: all else stays as it is written.

    Raises:
        FileError: a text in the chart has a character that XML cannot hold.
    """
    if loaded.xml is None:
        return write(chart)
    text, before = loaded.xml.text, loaded.chart
    known = {id: name for id, name in loaded.ids.items() if _is_called_the_same(before, chart, id)}
    old, new = machine(before, loaded.ids), machine(chart, known)
    told = losses(chart, new)
    if old == new:
        return text, told
    patched = Merge(text, old, new).text()
    if len(text) <= MOST_VERIFIED and not _means(patched, machine(chart, known), loaded.name):
        ways = _plainer(text, lambda: (machine(before, loaded.ids), machine(chart, known)))
        patched = next((way for way in ways if _means(way, machine(chart, known), loaded.name)), patched)
    return patched, told


def _is_called_the_same(before: Chart, after: Chart, id: str) -> bool:
    old, new = before.states.get(id), after.states.get(id)
    return old is not None and new is not None and (old.key, old.declared_id) == (new.key, new.declared_id)


def _plainer(text: str, both: Callable[[], tuple[Element, Element]]) -> Iterator[str]:
    """Ways to write what the patched text does not say, with less and less of what was there."""
    yield Merge(text, *both(), moves=False).text()
    yield Merge(text, *both()).anew()


def encode(text: str, loaded: Loaded | None) -> bytes:
    """A text as bytes, in the encoding of what was read."""
    if loaded is None or loaded.xml is None:
        return text.encode("utf-8")
    return loaded.xml.encoded(text)


def _fresh(element: Element) -> str:
    style = Style()
    spaces = f' xmlns="{SPACES[1]}"'
    if element.has_own:
        spaces += f' xmlns:{style.own}="{SPACE}"'
    return f"{_HEAD}{write_element(element, style, more=spaces)}\n"


def _means(text: str, element: Element, name: str) -> bool:
    """Whether a text reads as the chart that an element was made of."""
    try:
        found = read(text, name=name)
    except FormatError:
        return False
    return same(machine(found.chart, found.ids), element)


@dataclass(frozen=True)
class Neighbours:
    """Reads what a machine names: files in its own folder, and machines written inside of it. Nothing else."""

    folder: Path | None

    def text(self, src: str) -> str:
        """The text of a file.

        Raises:
            FileError: it is not beside the machine, or cannot be read.
        """
        return self._bytes(src).decode("utf-8", errors="replace").lstrip("\ufeff")

    def machine(self, src: str) -> Chart:
        """The machine in a file.

        Raises:
            EditorError: it is not beside the machine, or is none.
        """
        return _sound(read(self._bytes(src), name=src))

    def machine_of(self, markup: str) -> Chart:
        """The machine that a text is.

        Raises:
            EditorError: it is none.
        """
        return _sound(read(markup, name="content"))

    def _bytes(self, src: str) -> bytes:
        path = PurePath(unquote(src.removeprefix("file:")))
        if self.folder is None or "://" in src or path.is_absolute() or ".." in path.parts:
            raise FileError(f"“{src}” is not read: only files in the folder of the machine are.")
        found = self.folder / path
        try:
            if found.exists() and not found.is_file():
                raise FileError(f"“{src}” is no file that can be read.")
            if found.stat().st_size > MOST_BYTES:
                raise FileError(f"{found} has more than {MOST_BYTES >> 20} MB.")
            return found.read_bytes()
        except (OSError, ValueError) as error:
            raise FileError(f"“{src}” cannot be read: {why_unread(error)}.") from None


def _sound(loaded: Loaded) -> Chart:
    errors = [problem.message for problem in loaded.problems if problem.severity is Severity.ERROR]
    if errors:
        raise FileError(f"{loaded.name}: {errors[0]}")
    return loaded.chart
