from __future__ import annotations

from editor.model import naming
from editor.model.naming import Name, NameKind
from tests.charts import chart, id_of

TEXT = """
initial: a
context: {n: 0, m: 1}
guards: {few: n < 3}
delays: {PAUSE: n * 1000}
states:
  a:
    entry: [{send: PING}, beep]
    invoke: {src: lookup}
    on:
      GO: {target: b, guard: {and: [few, {not: odd}]}, actions: {assign: {n: m + 1}}}
      'x.*': b
    after: {PAUSE: b, 5s: b}
  b: {on: {done.state.a: a}}
"""


def test_the_names_in_elements_and_in_the_machine() -> None:
    made = chart(TEXT)
    a = id_of(made, "a")
    assert [(each.kind, naming.shown(made, each)) for each in naming.names_of(made, [a])] == [
        (NameKind.STATE, "a"), (NameKind.SERVICE, "lookup"), (NameKind.EVENT, "PING"), (NameKind.ACTION, "beep"),
    ]  # fmt: skip
    go = next(each for each in made.outgoing(a) if each.trigger.text == "GO")
    assert {each.text for each in naming.names_of(made, [go.id])} == {"GO", "few", "odd", "n", "m"}
    everything = naming.names_of(made)
    assert len(set(everything)) == len(everything)
    assert {each.text for each in everything if each.kind is NameKind.EVENT} == {"GO", "PING"}
    assert {each.text for each in everything if each.kind is NameKind.DELAY} == {"PAUSE"}


def test_the_places_of_names_are_the_elements_they_stand_in() -> None:
    made = chart(TEXT)
    a, go = (
        id_of(made, "a"),
        next(each for each in made.outgoing(id_of(made, "a")) if each.trigger.text == "GO"),
    )
    places = naming.places_of(made)
    assert set(places) == set(naming.names_of(made))
    assert places[Name(NameKind.ACTION, "beep")] == (a,)
    assert places[Name(NameKind.GUARD, "few")] == (go.id,)
    assert places[Name(NameKind.KEY, "m")] == (go.id,)
