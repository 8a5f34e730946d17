"""Paths of the native format to states and back: targets, initial states, `in` guards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from editor.model.chart import Chart
from editor.model.elements import Transition, TriggerKind, is_unresolved, unresolved, unresolved_text
from editor.model.queries import document_order


class Names:
    """Looks states up by key and id; made once for a chart whose states do not change meanwhile."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.ids = declared_ids(chart)
        self.children: dict[str, dict[str, str]] = {}
        for state in chart.states.values():
            if state.parent is not None:
                self.children.setdefault(state.parent, {}).setdefault(state.key, state.id)

    def below(self, start: str, text: str) -> str | None:
        """The state a path of keys leads to; a key with a dot is matched before it is split."""
        here = self.children.get(start)
        if here is None:
            return None
        found = here.get(text)
        if found is not None or "." not in text:
            return found
        return self._split(text, here.get)

    def _split(self, text: str, first: Callable[[str], str | None]) -> str | None:
        """A head that `first` knows, the longest before shorter ones, and a path below it."""
        dot = text.rfind(".")
        while dot > 0:
            head = first(text[:dot])
            found = self.below(head, text[dot + 1 :]) if head is not None else None
            if found is not None:
                return found
            dot = text.rfind(".", 0, dot)
        return None

    def by_id(self, text: str) -> str | None:
        """The state that `id`, `id.a.b` or a path of keys from the root names."""
        return self.ids.get(text) or self._split(text, self.ids.get) or self.below(self.chart.root_id, text)

    def target(self, source: str, text: str) -> str:
        """The reference of a transition's target as written at its source; a key may begin with `#` or a dot too."""
        found = None
        if text.startswith("#"):
            found = self.by_id(text[1:])
        elif text.startswith("."):
            found = self.below(source, text[1:])
        if found is None:
            parent = self.chart.states[source].parent
            found = self.below(parent if parent is not None else source, text)
        return unresolved(text) if found is None else found

    def initial(self, source: str, text: str) -> str:
        """The reference of an initial state as written in its parent."""
        found = self.by_id(text[1:]) if text.startswith("#") else None
        found = found or self.below(source, text) or self.below(source, text.removeprefix("."))
        return unresolved(text) if found is None else found

    def inside(self, text: str) -> str:
        """The reference of an `in` path."""
        found = self.by_id(text[1:]) if text.startswith("#") else None
        found = found or self.below(self.chart.root_id, text)
        return unresolved(text) if found is None else found


def declared_ids(chart: Chart) -> dict[str, str]:
    """The states that have an `id` in the file, by it; where it stands twice, the first one in document order."""
    given = [
        (state.declared_id, state.id) for state in chart.states.values() if state.declared_id is not None
    ]
    found = dict(given)
    if len(found) < len(given):
        line = [(each.declared_id, each.id) for each in document_order(chart) if each.declared_id is not None]
        found = dict(reversed(line))
    return found


class Speller:
    """Writes references as paths that lead back to them.

    `like` is how the reference, or the one it replaces, was written: its style is kept where that names the same.
    `old_ids` are the states by the ids they had when that was written.
    """

    def __init__(self, names: Names, old_ids: dict[str, str] | None = None) -> None:
        self.names = names
        self.old_ids = names.ids if old_ids is None else old_ids
        self.chart = names.chart
        self._paths: dict[str, tuple[str, ...]] = {}

    def keys(self, id: str) -> tuple[str, ...]:
        """The keys from below the root down to a state."""
        found = self._paths.get(id)
        if found is None:
            state = self.chart.states[id]
            found = () if state.parent is None else (*self.keys(state.parent), state.key)
            self._paths[id] = found
        return found

    def target(self, transition: Transition, reference: str, like: str = "") -> str:
        """A target, from the transition's source; also the target of an initial or default transition."""
        source = transition.source
        if transition.trigger.kind is TriggerKind.INITIAL:
            return self.initial(source, reference, like)
        if is_unresolved(reference):
            return unresolved_text(reference)
        ways = (*self._alike(source, reference, like), *self._usual(transition, reference))
        return _first(ways, lambda text: self.names.target(source, text) == reference)

    def initial(self, source: str, reference: str, like: str = "") -> str:
        """An initial state, from its parent."""
        if is_unresolved(reference):
            return unresolved_text(reference)
        short = self._below(source, reference)
        ways = [like] if like else []
        if like.startswith("#"):
            ways += self._by_ids(reference, like)
        if short is not None:
            ways += ["." + short] if like.startswith(".") else []
            ways.append(short)
        ways += self._by_ids(reference, like)
        return _first(ways, lambda text: self.names.initial(source, text) == reference)

    def inside(self, reference: str, like: str = "") -> str:
        """The path of an `in` guard."""
        if is_unresolved(reference):
            return unresolved_text(reference)
        ways = [like] if like else []
        if like.startswith("#"):
            ways += self._by_ids(reference, like)
        ways += [".".join(self.keys(reference)), *self._by_ids(reference, like)]
        return _first(ways, lambda text: self.names.inside(text) == reference)

    def _alike(self, source: str, reference: str, like: str) -> Iterator[str]:
        """Ways to write a target in the style of `like`."""
        if not like:
            return
        yield like
        if like.startswith("#"):
            yield from self._by_ids(reference, like)
        elif like.startswith("."):
            short = self._below(source, reference)
            if short is not None:
                yield "." + short
        else:
            beside = self._beside(source, reference)
            if beside is not None:
                yield beside

    def _usual(self, transition: Transition, reference: str) -> Iterator[str]:
        """Ways to write a target, the best first; a dot leads where that makes it internal as it should be."""
        source = transition.source
        short = self._below(source, reference)
        beside = self._beside(source, reference)
        if short is not None and transition.internal:
            yield "." + short
        if beside is not None and (short is None or transition.source == self.chart.root_id):
            yield beside
        yield from self._by_ids(reference, "")
        if beside is not None:
            yield beside

    def _below(self, start: str, reference: str) -> str | None:
        above, keys = self.keys(start), self.keys(reference)
        return ".".join(keys[len(above) :]) if keys[: len(above)] == above and keys != above else None

    def _beside(self, source: str, reference: str) -> str | None:
        parent = self.chart.states[source].parent
        return self._below(parent if parent is not None else source, reference)

    def _by_ids(self, reference: str, like: str) -> list[str]:
        """`#id` of the state, its path from the root, `#id` of a state around it; those that begin as `like` first."""
        keys = self.keys(reference)
        own = self.chart.states[reference].declared_id
        ways: list[tuple[str | None, str]] = [(reference, f"#{own}")] if own is not None else []
        ways.append((None, "#" + ".".join(keys)))
        for depth, state in enumerate(self.chart.ancestors(reference), start=1):
            if state.declared_id is not None:
                ways.append((state.id, f"#{state.declared_id}." + ".".join(keys[len(keys) - depth :])))
        if like.startswith("#"):
            base = self.old_ids.get(like[1:]) or self.old_ids.get(like[1:].partition(".")[0])
            ways.sort(key=lambda way: way[0] != base)
        return [text for _, text in ways]


def _first(ways: Iterable[str], fits: Callable[[str], bool]) -> str:
    """The first text that means what it should; the last one where none does."""
    text = ""
    for text in ways:
        if fits(text):
            break
    return text


def spell_in(chart: Chart, reference: str) -> str:
    """The path of an `in` guard."""
    return Speller(Names(chart)).inside(reference)


def spell_target(chart: Chart, transition: Transition, reference: str) -> str:
    """The shortest path of a target that keeps the transition as internal or external as it is."""
    return Speller(Names(chart)).target(transition, reference)
