"""One look at a whole chart: what the rules that ask about all of it share, kept until the chart changes."""

from __future__ import annotations

from collections.abc import Iterable

from editor.model import queries
from editor.model.chart import Chart
from editor.model.closest import Closest
from editor.model.elements import TriggerKind
from editor.model.uses import Use, Uses, What, gather, owner
from editor.model.walk import Inside


class Look:
    """A chart, what it uses and in which order it is read. `closest` outlives the look: it is slow to ask."""

    def __init__(self, chart: Chart, uses: Uses, ranks: dict[str, int], closest: dict[str, Closest]) -> None:
        self.chart = chart
        self.uses = uses
        self._ranks = ranks
        self._closest = closest

    @classmethod
    def of(cls, chart: Chart) -> Look:
        """A look at a chart that nobody follows."""
        uses = Uses()
        for unit, used in gather(Inside(chart)).items():
            uses.put(unit, used)
        ranks = {state.id: place for place, state in enumerate(queries.document_order(chart))}
        return cls(chart, uses, ranks, {})

    def rank(self, unit: str) -> int:
        """The place of a unit in the order of the document; the machine's own record is the last."""
        return self._ranks.get(unit, len(self._ranks))

    def first(self, what: What, name: str) -> Use | None:
        """The first use of a name; None for none."""
        return self.uses.first(what, name, self.rank)

    def firsts(self, what: What, names: Iterable[str]) -> list[Use]:
        """The first uses of some names, in the order of the document."""
        found = [use for name in names if (use := self.first(what, name)) is not None]
        return sorted(found, key=lambda use: (self.rank(owner(self.chart, use.place.element)), use.name))

    def all(self, what: What) -> list[Use]:
        """Every use of a kind, in the order of the document."""
        return self.uses.all(what, self.rank)

    def closest(self, purpose: str) -> Closest:
        """What answers questions of one kind."""
        return self._closest.setdefault(purpose, Closest())

    def spelled(self, element: str, field: str, key: str) -> str:
        """How a state of this key is named at a place: a sibling or a child by its key, another by its path."""
        chart = self.chart
        found = sorted(self.uses.users(What.KEY, key), key=self.rank)
        path = queries.dotted_path(chart, found[0])
        transition = chart.transitions.get(element)
        if transition is None or not field.startswith("targets"):
            return path
        above = {chart.states[each].parent for each in found}
        beside = chart.states[transition.source].parent
        if transition.trigger.kind is TriggerKind.INITIAL or beside is None:
            beside = transition.source
        if beside in above:
            return key
        return f".{key}" if transition.source in above else f"#{path}"
