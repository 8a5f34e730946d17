"""What constraints make of a drawing does not hang on the order in which Python goes through sets."""

from __future__ import annotations

import random

from editor.document import constraining
from editor.document.steps import apply_to_diagram
from editor.model.diagram import ConstraintKind
from tests import hash_seeds
from tests.layout.charts import MEASURE, placed, random_chart

TELL = "from tests.document import test_constraining_seed; test_constraining_seed.tell()"
CHARTS = range(8, 14)


def tell() -> None:
    """Print the places of nested charts in which some children of each composite are kept to something."""
    for seed in CHARTS:
        made, rng = random_chart(seed, 26, 10), random.Random(seed)
        diagram = placed(made)
        for id in [each for each in made.states if len(made.children(each)) > 1]:
            inner = [child.id for child in made.children(id)]
            some = rng.sample(inner, rng.randint(2, len(inner)))
            kind = rng.choice(list(ConstraintKind))
            apply_to_diagram(diagram, constraining.add(made, diagram, kind, some).changes)
        kept = constraining.kept(made, diagram, MEASURE, frozenset())
        print(sorted(kept.boxes.items()))


def test_constraints_are_kept_alike_in_every_process() -> None:
    one, other = hash_seeds.answers(TELL)
    assert one.count("\n") == len(CHARTS)
    assert one == other
