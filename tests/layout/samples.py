"""Charts whose drawings are hard: wide composites, many transitions between two states, many loops, wide fields."""

from __future__ import annotations

import random

from editor.formats import native
from editor.model import queries
from editor.model.chart import Chart
from editor.model.diagram import Box, Diagram

Place = tuple[float, float, float, float]
Drawn = tuple[Chart, Diagram]

CASH_MACHINE = """
initial: off
states:
  off: {on: {TURN_ON: test, SCRAP: scrapped}}
  test:
    initial: cash
    on: {FAIL: broken}
    states:
      cash: {on: {OK: printer}}
      printer: {on: {OK: network}}
      network: {on: {PASS: '#idle'}}
  idle:
    id: idle
    entry: showWelcome
    exit: clearScreen
    on: {CARD: serving, KEY: repair, TURN_OFF: off, TICK: {target: idle, actions: rotateAdvert}}
  serving:
    initial: reading
    on: {CANCEL: .eject, FAULT: broken}
    states:
      reading: {entry: readCard, on: {CARD_OK: asking, UNREADABLE: eject}}
      asking:
        initial: pin
        states:
          pin: {entry: countTry, on: {ENTER: verify}}
          verify:
            on:
              REPLY:
                - {target: '#choosing', guard: isValid}
                - {target: pin, guard: tries < 3}
                - {target: '#eject', actions: keepCard}
      choosing:
        id: choosing
        initial: menu
        states:
          menu: {on: {CASH: amount, BALANCE: '#balance', DEPOSIT: '#deposit', TRANSFER: '#transfer'}}
          amount: {on: {AMOUNT: [{target: '#withdrawal', guard: amount <= limit}, amount]}}
          last: {type: history}
      doing:
        initial: balance
        states:
          balance: {id: balance, on: {DONE: settled}}
          withdrawal: {id: withdrawal, on: {APPROVED: settled, REFUSED: '#choosing.last'}}
          deposit: {id: deposit, on: {COUNTED: settled}}
          transfer: {id: transfer, on: {BOOKED: settled}}
          settled: {always: [{target: '#handing', guard: isWithdrawal}, '#printing']}
      handing: {id: handing, entry: openShutter, exit: closeShutter, on: {CASH_TAKEN: printing}}
      printing: {id: printing, on: {MORE: choosing, FINISH: eject}}
      eject: {id: eject, entry: eject, on: {CARD_TAKEN: '#idle'}}
  broken: {entry: alert, on: {KEY: repair}}
  repair:
    initial: open
    on: {KEY_BACK: test}
    states:
      open: {on: {CASSETTE_OUT: refill, RUN: diagnosis}}
      refill: {on: {CASSETTE_IN: open}}
      diagnosis: {on: {END: open}}
  scrapped: {type: final}
"""


def drawn(text: str, places: dict[str, Place]) -> Drawn:
    """A chart with boxes, by the dotted paths of its states, each relative to its parent."""
    made = native.read(text, name="machine.yaml").chart
    diagram = Diagram()
    for path, (x, y, width, height) in places.items():
        id = queries.find_path(made, path)
        assert id is not None, path
        diagram.put_box(id, Box(id=id, x=x, y=y, width=width, height=height))
    return made, diagram


def wide() -> Drawn:
    """States above and below three composites as wide as the screen, with transitions that have to pass those."""
    text = """
    initial: a
    states:
      a: {on: {GO: d, NEXT: b, SKIP: wide.x, LAST: f}}
      b: {on: {DOWN: e, FAR: f}}
      wide: {initial: x, states: {x: {on: {STEP: y}}, y: {on: {STEP: z}}, z: {on: {BACK: x}}}}
      second: {initial: p, states: {p: {on: {STEP: q}}, q: {on: {UP: '#b'}}}}
      d: {on: {BACK: a, ON: e}}
      e: {on: {RETURN: b, HOME: a}}
      third: {initial: k, states: {k: {on: {STEP: l}}, l: {}}}
      f: {on: {TOP: a}}
    """
    text = text.replace("b: {on: {DOWN", "b: {id: b, on: {DOWN")
    return drawn(
        text,
        {
            "a": (120, 40, 96, 40), "b": (560, 40, 96, 40),
            "wide": (48, 200, 1200, 160), "wide.x": (120, 80, 96, 40), "wide.y": (520, 80, 96, 40),
            "wide.z": (960, 80, 96, 40),
            "second": (48, 480, 1200, 160), "second.p": (200, 80, 96, 40), "second.q": (640, 80, 96, 40),
            "d": (200, 760, 96, 40), "e": (700, 760, 96, 40),
            "third": (48, 920, 900, 160), "third.k": (120, 80, 96, 40), "third.l": (520, 80, 96, 40),
            "f": (400, 1200, 96, 40),
        },
    )  # fmt: skip


def many_ways(count: int) -> Drawn:
    """Transitions between two states, both ways, side by side and below each other."""
    ways = ", ".join(f"EVENT_{number}: {{target: b, guard: isReady}}" for number in range(count))
    back = ", ".join(f"BACK_{number}: a, DOWN_{number}: c" for number in range(count // 2))
    return drawn(
        f"{{initial: a, states: {{a: {{on: {{{ways}}}}}, b: {{on: {{{back}}}}}, c: {{on: {{UP: a, NEAR: b}}}}}}}}",
        {"a": (80, 80, 160, 240), "b": (640, 80, 160, 240), "c": (640, 640, 200, 80)},
    )


def looped(count: int) -> Drawn:
    """States in a grid, each with loops whose labels are wide, and a transition to the next."""
    lines = []
    for state in range(4):
        loops = ", ".join(
            f"LOOP_{number}: {{target: s{state}, actions: rotateTheAdvertisement}}" for number in range(count)
        )
        lines.append(f"s{state}: {{on: {{NEXT: s{(state + 1) % 4}, {loops}}}}}")
    places = {
        f"s{state}": (240.0 + state % 2 * 560, 200.0 + state // 2 * 400, 140.0, 80.0) for state in range(4)
    }
    return drawn(f"{{initial: s0, states: {{{', '.join(lines)}}}}}", places)


def crossed(count: int) -> Drawn:
    """Two columns of states, each of the left with transitions to all of the right."""
    left = [
        f"a{one}: {{on: {{{', '.join(f'E{one}{other}: b{other}' for other in range(count))}}}}}"
        for one in range(count)
    ]
    right = [f"b{one}: {{on: {{BACK: a{(one + 2) % count}}}}}" for one in range(count)]
    places: dict[str, Place] = {}
    for one in range(count):
        places[f"a{one}"] = (80, 60 + 160 * one, 120, 88)
        places[f"b{one}"] = (800, 60 + 160 * one, 120, 88)
    return drawn(f"{{initial: a0, states: {{{', '.join([*left, *right])}}}}}", places)


def field(columns: int, rows: int, *, seed: int) -> Drawn:
    """States in a grid: each leads to the next, and one in three to another near or far."""
    rng = random.Random(seed)
    count = columns * rows
    lines = []
    for one in range(count):
        ways = [f"NEXT: s{(one + 1) % count}"]
        if rng.random() < 0.35:
            ways.append(f"FAR_{one}: {{target: s{rng.randrange(count)}, guard: isReady}}")
        if rng.random() < 0.2:
            ways.append(f"NEAR_{one}: s{min(count - 1, one + columns)}")
        lines.append(f"s{one}: {{on: {{{', '.join(ways)}}}}}")
    places = {
        f"s{one}": (80.0 + one % columns * 220, 60.0 + one // columns * 130, 120.0, 56.0)
        for one in range(count)
    }
    return drawn(f"{{initial: s0, states: {{{', '.join(lines)}}}}}", places)
