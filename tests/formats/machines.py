"""Machines for the tests of the native format, and what a chart says without its ids."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from editor.model.chart import Chart
from editor.model.elements import Transition

EVERYTHING = """\
# A machine with everything in it.
id: shop   # the id
description: A shop
initial: cart
context: {total: 0, items: []}
entry: hello

states:
  # where it begins
  cart:
    on:
      NEXT: pay   # go on
      ADD: {actions: [count, {assign: {total: total + 1}}]}
      "order.*":
        - {target: '#shop.done', cond: isPaid}
        - target: done
          guard: {and: [isPaid, {not: {in: pay.card}}]}
      HELP: null
    after: {1.5s: pay, SLOW: {target: done, actions: {log: total}}}
  pay:
    type: parallel
    regions:
      card:
        initial: ask
        states:
          ask:
            invoke: {src: charge, data: {sum: total}, onDone: ok, onError: [{target: '#shop.cart', cond: no}, '#end']}
          ok: {type: final}
      mail:
        initial: wait
        states: {wait: {on: {SENT: sent}}, sent: {type: final, data: {n: total}}}
      back: {type: history, history: deep}
    onDone: done
    on:
      INNER: .card
      OUTER: {target: .card, internal: false}
      UP: {target: '#shop.pay.card.ok', reenter: true}
    exit:
      - choose:
          - {cond: isPaid, actions: thank}
          - actions: [{send: REMIND, delay: 2m, id: r}, {raise: LATE}]
      - {cancel: r}
      - {type: note, params: {text: "'x'"}}
  done: {id: end, type: final, tags: [last], output: {total: total}, meta: {color: red}}

guards:
  isPaid: total > 0   # paid
  no: {or: [isPaid, {expr: ready}]}
actions: {thank: {log: total}, count: [{assign: {total: total + 1}}]}
delays: {SLOW: 2m}
services: {charge: {description: Charges}}
"""

PLAIN = """\
initial: a
states:
  a:
  b: {on: {GO: a, STAY: {}}}
  "c d":
    initial: x
    states:
      x: {on: {UP: '#b', IN: "#c d.y", BESIDE: y}}
      y:
        always: {target: x, guard: {in: '#c d.x'}}
        entry: [one, two]
    on: {DOWN: .y}
  h: {type: history, target: a}
"""

ODD = """\
{initial: one, states: {one: {on: {E: [two, {target: one, actions: []}]}, tags: single,
 invoke: [charge, {src: mail, onDone: two}]}, two: {entry: do}, three: null}}
"""

SAMPLES = [EVERYTHING, PLAIN, ODD]


def said(chart: Chart) -> dict[str, Any]:
    """What a chart says, in names instead of ids: equal for two charts that mean the same."""
    names = {id: _path(chart, id) for id in chart.states}
    return {
        "info": _without_states(replace(chart.info, id=""), names),
        "states": {names[id]: _state(chart, id, names) for id in chart.states},
    }


def _path(chart: Chart, id: str) -> tuple[str, ...]:
    state = chart.states[id]
    return () if state.parent is None else (*_path(chart, state.parent), state.key)


def _state(chart: Chart, id: str, names: dict[str, tuple[str, ...]]) -> Any:
    state = chart.states[id]
    uids = {invoke.uid: f"i{place}" for place, invoke in enumerate(state.invokes)}
    invokes = tuple(replace(invoke, uid=uids[invoke.uid]) for invoke in state.invokes)
    groups: dict[Any, list[Any]] = {}
    for transition in chart.outgoing(id):
        trigger = transition.trigger
        place = (trigger.kind, trigger.text, uids.get(trigger.invoke, ""))
        groups.setdefault(place, []).append(_transition(transition, names))
    own = replace(state, id="", parent=None, order=0, key="", invokes=invokes)
    children = [child.key for child in chart.children(id)]
    return _without_states(own, names), groups, children


def _transition(transition: Transition, names: dict[str, tuple[str, ...]]) -> Any:
    own = replace(transition, id="", source="", order=0, trigger=type(transition.trigger)())
    return _without_states(own, names)


def _without_states(value: Any, names: dict[str, tuple[str, ...]]) -> Any:
    """Records as nested tuples, with the paths of states for their ids where a record refers to a state."""
    if isinstance(value, tuple):
        return tuple(_without_states(each, names) for each in value)
    if not hasattr(value, "__dataclass_fields__"):
        return repr(value)
    made = []
    for field in fields(value):
        inside = getattr(value, field.name)
        if field.name == "targets":
            inside = tuple(names.get(each, each) for each in inside)
        elif field.name == "state":
            inside = names.get(inside, inside)
        made.append((field.name, _without_states(inside, names)))
    return type(value).__name__, tuple(made)
