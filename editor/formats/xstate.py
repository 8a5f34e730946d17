"""XState machine configurations in JSON, of versions 4 and 5, to a chart; they are read, and saved as YAML.

What the versions mean otherwise stands in the records: whether a transition is internal, and the `Conventions`
(Stately, "Migrating from XState v4 to v5").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.errors import Flaw, FormatError
from editor.formats.json_tree import JsonTree, parse
from editor.formats.native_keys import MACHINE_KEYS, STATE_KEYS
from editor.formats.native_names import Names
from editor.formats.native_parts import read_actions
from editor.formats.native_read import read_tree
from editor.formats.native_report import SILENT, nearest
from editor.formats.native_transitions import is_internal_by_spelling, target_texts
from editor.formats.registry import Loaded, Places
from editor.formats.xstate_config import Marker, Plain, Translation, can_stay, markers
from editor.formats.yaml_tree import Mark, Path
from editor.model import queries
from editor.model.chart import Chart
from editor.model.elements import Conventions, Data, Transition, TriggerKind
from editor.model.problems import Problem, Severity

CONVENTIONS = {
    4: Conventions(keeps_source=True),
    5: Conventions(keeps_source=True, keeps_parallel=True, keeps_last=True),
}
"""What each version means where ours or SCXML means something else."""

_NEEDED = ("states", "initial", "on", "always", "after", "invoke", "type", "entry", "exit", "context")
"""Keys of which a machine has one."""
_KEPT = frozenset((
    "key", "version", "delimiter", "strict", "predictableActionArguments", "preserveActionOrder", "schema", "schemas",
    "types", "tsTypes", "$schema", "profile", "queryLanguage", "order", "systemId",
))  # fmt: skip
"""Words of XState that say nothing about what a machine does; they are kept without a word."""


def read(data: str | bytes, *, name: str = "") -> Loaded:
    """A text to a chart, with everything that is wrong with it.

    Raises:
        FormatError: it is no JSON, or no machine.
    """
    tree = parse(data, name=name)
    config = tree.value
    if isinstance(config, dict) and not any(key in config for key in _NEEDED):
        first = next(iter(config), "")
        hint = nearest(first, (*STATE_KEYS, *MACHINE_KEYS))
        message = f"A machine has “states”, but the keys here are {_listed(config)}.{hint}"
        raise FormatError([Flaw(message, *tree.mark(()))], file=name)
    if not isinstance(config, dict):
        return read_tree(tree, name)  # which says what is wrong
    found = markers(config)
    version = _version(found)
    translation = Translation(version, config)
    loaded = read_tree(_Translated(tree, translation.machine()), name)
    return _Result(tree, translation, loaded).loaded(found)


def _listed(config: Plain) -> str:
    keys = [f"“{key}”" for key in list(config)[:4]]
    return ", ".join(keys) + (" …" if len(config) > len(keys) else "") if keys else "none"


def _version(found: Iterable[Marker]) -> int:
    """The version that most words speak for; the newer one if none does, or as many."""
    votes = [each.version for each in found]
    return 4 if votes.count(4) > votes.count(5) else 5


class _Translated:
    """A text with what it means in the native format; what moved is looked for where it came from."""

    def __init__(self, tree: JsonTree, value: Plain) -> None:
        self.tree = tree
        self.value: Data = value

    def mark(self, path: Path) -> Mark:
        return self.tree.mark(path)

    def key_mark(self, path: Path) -> Mark:
        return self.tree.key_mark(path)

    def written(self, path: Path) -> str:
        return self.tree.written(path)


class _Result:
    """What was read, brought to what the version means and to where things stand in the file."""

    def __init__(self, tree: JsonTree, translation: Translation, loaded: Loaded) -> None:
        self.tree = tree
        self.translation = translation
        self.version = translation.version
        self.chart = loaded.chart
        self.old = loaded
        self.paths = {id: self.origin(path) for id, path in loaded.places.paths.items()}

    def origin(self, path: Path) -> Path:
        """Where something stands in the file."""
        for length in range(len(path), 0, -1):
            found = self.translation.moved.get(path[:length])
            if found is not None and found != path[:length]:
                return self.origin((*found, *path[length:]))
        return path

    def loaded(self, found: list[Marker]) -> Loaded:
        chart = self.chart
        transitions = [self.transition(each) for each in chart.transitions.values()]
        info = replace(chart.info, conventions=CONVENTIONS[self.version])
        new = Chart.of(list(chart.states.values()), transitions, info)
        problems = [each for each in self.old.problems if not _is_known(each)]
        problems += [self.problem(path, message) for path, message in self.translation.told]
        problems += self.about_version(new, found)
        return replace(
            self.old, chart=new, tree=None, places=Places(self.tree, self.paths), problems=tuple(problems),
            text=self.tree.text,
        )  # fmt: skip

    def transition(self, transition: Transition) -> Transition:
        """One that can leave its source does; what an initial one does is read here."""
        chart, source = self.chart, transition.source
        if transition.trigger.kind is TriggerKind.INITIAL:
            given = self.translation.starts.get(self.old.places.paths[source])
            if given is not None:
                return replace(transition, actions=read_actions(given, SILENT, Names(chart).inside))
        if transition.internal and not can_stay(chart, transition):
            return replace(transition, internal=False)
        return transition

    def problem(self, path: Path, message: str) -> Problem:
        """Something to be told, about the element that a path of the file leads to or into."""
        inside = {place: id for id, place in self.paths.items() if id != "info" or not path}
        here = path
        while here not in inside:
            here = here[:-1]
        field = ".".join(str(each) for each in path[len(here) :])
        return Problem(
            rule="xstate",
            severity=Severity.INFORMATION,
            message=message,
            element=inside[here],
            field=field,
            is_key=True,
        )

    def about_version(self, chart: Chart, found: list[Marker]) -> Iterable[Problem]:
        """How the version was told, where that was not certain and makes a difference."""
        votes = {version: [each for each in found if each.version == version] for version in (4, 5)}
        if votes[4] and votes[5]:
            other = votes[9 - self.version][0]
            message = f"“{other.word}” is of version {other.version} of XState; this is read as version {self.version}."
            yield self.problem((*other.path, other.word), message)
        elif not found:
            for transition in chart.transitions.values():
                stays = self.other_than_before(chart, transition)
                if stays:
                    message = (
                        "Nothing here tells the version of XState. It is read as version 5, in which this transition "
                        f"does not leave {stays}; in version 4 it does."
                    )
                    yield Problem(
                        rule="xstate", severity=Severity.INFORMATION, message=message, element=transition.id
                    )

    def other_than_before(self, chart: Chart, transition: Transition) -> str:
        """What a transition leaves in version 4 and not in version 5, when nothing is said about it."""
        if transition.is_pseudo or transition.source == chart.root_id:
            return ""
        if queries.parallel_between(chart, transition) not in (None, chart.root_id):
            return "the parallel state around its regions"
        value = Places(self.tree, self.paths).value_at(self.paths[transition.id])
        texts = target_texts(value.get("target") if isinstance(value, dict) else value, SILENT)
        return "its source" if transition.internal and not is_internal_by_spelling(texts) else ""


def _is_known(problem: Problem) -> bool:
    return problem.rule == "unknown-key" and problem.field.rpartition(".")[2] in _KEPT
