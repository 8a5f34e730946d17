"""Three charts by hand for the benchmark of proposals: a cash machine, a wrist watch in Harel's manner, and a drone."""

from __future__ import annotations

from typing import TypeAlias

from tests.benchmarks.layout_charts import PSEUDO, Chart, State, Transition, finish, generate

Tree: TypeAlias = tuple[str, str, tuple[str, ...], list["Tree"]]


def _build(name: str, tree: Tree, lines: str) -> Chart:
    """Boxes with their names as ids; lines as “source -> target: label” between semicolons."""

    def make(node: Tree) -> State:
        kind, title, texts, children = node
        label = "" if kind in PSEUDO else title.split("/")[-1]
        id = title.replace(" ", "_") or "root"
        return State(id, label, kind, [make(child) for child in children], list(texts))

    made = []
    for number, line in enumerate(lines.replace("\n", " ").split(";"), 1):
        ends, _, label = line.partition(":")
        source, target = (each.strip().replace(" ", "_") for each in ends.split("->"))
        made.append(Transition(f"t{number}", source, target, label.strip()))
    return finish(Chart(name, make(tree), made))


def _simple(name: str, *lines: str) -> Tree:
    return ("simple", name, lines, [])


def _composite(name: str, *children: Tree) -> Tree:
    return ("composite", name, (), list(children))


def _parallel(name: str, *children: Tree) -> Tree:
    return ("parallel", name, (), list(children))


def _region(name: str, *children: Tree) -> Tree:
    return ("region", name, (), list(children))


def _initial(name: str) -> Tree:
    return ("initial", name + "/i", (), [])


def _final(name: str) -> Tree:
    return ("final", name + "/f", (), [])


def _history(name: str) -> Tree:
    return ("history", name + "/h", (), [])


def _choice(name: str) -> Tree:
    return ("choice", name, (), [])


_CASH_MACHINE = """
top/i -> Off; Off -> Self Test: turnOn; st/i -> Check Cash; Check Cash -> Check Printer: ok;
Check Printer -> Check Network: ok; Check Network -> Idle: pass; Self Test -> Out Of Service: fail;
Idle -> Serving: cardInserted; sv/i -> Reading Card; Reading Card -> Authenticating: cardOk;
Reading Card -> Eject Card: unreadable; au/i -> Ask Pin; Ask Pin -> Verify Pin: enter;
Verify Pin -> pin ok: reply; pin ok -> Ask Pin: [tries < 3]; pin ok -> Eject Card: [tries >= 3] / keepCard();
pin ok -> Choosing: [valid]; ch/i -> Menu; Menu -> Ask Amount: cash; Menu -> Balance Query: balance;
Ask Amount -> Withdrawal: amount [<= limit]; Ask Amount -> Ask Amount: amount [> limit];
Menu -> Deposit: deposit; Menu -> Transfer: transfer; tr/i -> Balance Query; Balance Query -> Settled: done;
Withdrawal -> Settled: approved; Deposit -> Settled: counted; Transfer -> Settled: booked;
Withdrawal -> ch/h: refused; Settled -> Dispensing: [withdrawal]; Settled -> Printing: [else];
Dispensing -> Printing: cashTaken; Printing -> Choosing: more; Printing -> Eject Card: finish;
Eject Card -> Idle: cardTaken; Serving -> Eject Card: cancel; Serving -> Out Of Service: hardwareFault;
Idle -> Maintenance: keyTurned; Out Of Service -> Maintenance: keyTurned; mt/i -> Door Open;
Door Open -> Refill: cassetteOut; Refill -> Door Open: cassetteIn; Door Open -> Diagnostics: run;
Diagnostics -> Door Open: end; Maintenance -> Self Test: keyBack; Idle -> Off: turnOff;
Idle -> Idle: tick / rotateAd(); Off -> top/f: scrap
"""


def cash_machine() -> Chart:
    tree = (
        "root",
        "",
        (),
        [
            _initial("top"),
            _simple("Off"),
            _composite(
                "Self Test",
                _initial("st"),
                _simple("Check Cash"),
                _simple("Check Printer"),
                _simple("Check Network"),
            ),
            _simple("Idle", "entry / showWelcome()", "exit / clearScreen()"),
            _composite(
                "Serving",
                _initial("sv"),
                _simple("Reading Card", "entry / readCard()"),
                _composite(
                    "Authenticating",
                    _initial("au"),
                    _simple("Ask Pin", "entry / tries++"),
                    _simple("Verify Pin"),
                    _choice("pin ok"),
                ),
                _composite(
                    "Choosing", _initial("ch"), _simple("Menu"), _simple("Ask Amount"), _history("ch")
                ),
                _composite(
                    "Transaction",
                    _initial("tr"),
                    _simple("Balance Query"),
                    _simple("Withdrawal"),
                    _simple("Deposit"),
                    _simple("Transfer"),
                    _simple("Settled"),
                ),
                _simple("Dispensing", "entry / openShutter()", "exit / closeShutter()"),
                _simple("Printing", "do / print()"),
                _simple("Eject Card", "entry / eject()"),
            ),
            _simple("Out Of Service", "entry / alert()"),
            _composite(
                "Maintenance", _initial("mt"), _simple("Door Open"), _simple("Refill"), _simple("Diagnostics")
            ),
            _final("top"),
        ],
    )
    return _build("cash_machine", tree, _CASH_MACHINE)


_WRIST_WATCH = """
top/i -> Dead; Dead -> Alive: insertBattery; Alive -> Dead: removeBattery; Weak Battery -> Dead: dies;
mn/i -> Displays; Displays -> Beep Test: b + d down; Beep Test -> Displays: b or d up; dp/i -> Regular;
rg/i -> Time; Time -> Date: d; Date -> Time: d or 2 min; Time -> Update: c held 2 s; up/i -> Sec;
Sec -> Min1: c; Min1 -> Min10: c; Min10 -> Hour: c; Hour -> Month: c; Month -> Day: c; Day -> Time: c;
Update -> Time: b or 2 min; Sec -> Sec: d; Hour -> Hour: d; Time -> Alarm1 View: a;
Alarm1 View -> Alarm2 View: a; Alarm2 View -> Chime View: a; Chime View -> Stopwatch: a;
Stopwatch -> Time: a; a1v/i -> A1 Off View; A1 Off View -> A1 On View: d; A1 On View -> A1 Off View: d;
A1 Off View -> A1 Set: c; A1 On View -> A1 Set: c; a1s/i -> A1 Hour; A1 Hour -> A1 Min: c;
A1 Min -> A1 On View: c; A1 Set -> A1 On View: b; a2v/i -> A2 Off View; A2 Off View -> A2 On View: d;
A2 On View -> A2 Off View: d; A2 Off View -> A2 Set: c; A2 On View -> A2 Set: c; a2s/i -> A2 Hour;
A2 Hour -> A2 Min: c; A2 Min -> A2 On View: c; A2 Set -> A2 On View: b; cv/i -> C Off View;
C Off View -> C On View: d; C On View -> C Off View: d; sw/i -> Zero; Zero -> Running: b; di/i -> Reg;
ru/i -> On; Reg -> Lap: d [On]; Lap -> Reg: d; On -> Stopped: b; Stopped -> On: b; Reg -> Zero: d [Stopped];
al1/i -> A1 Disabled; A1 Disabled -> A1 Enabled: d [A1 Off View]; A1 Enabled -> A1 Disabled: d [A1 On View];
al2/i -> A2 Disabled; A2 Disabled -> A2 Enabled: d [A2 Off View]; A2 Enabled -> A2 Disabled: d [A2 On View];
chm/i -> Ch Disabled; Ch Disabled -> Ch Enabled: d [C Off View]; Ch Enabled -> Ch Disabled: d [C On View];
che/i -> Quiet; Quiet -> Ch Beep: wholeHour; Ch Beep -> Quiet: 2 s; li/i -> Dark; Dark -> Lit: b down;
Lit -> Dark: b up; pw/i -> Charged; Charged -> Weak Battery: voltageLow
"""


def wrist_watch() -> Chart:
    """In the manner of the digital watch of Harel's 1987 paper; names are ours."""
    tree = (
        "root",
        "",
        (),
        [
            _initial("top"),
            _simple("Dead"),
            _parallel(
                "Alive",
                _region(
                    "Main",
                    _initial("mn"),
                    _composite(
                        "Displays",
                        _initial("dp"),
                        _composite(
                            "Regular",
                            _initial("rg"),
                            _simple("Time"),
                            _simple("Date"),
                            _composite(
                                "Update",
                                _initial("up"),
                                _simple("Sec"),
                                _simple("Min10"),
                                _simple("Min1"),
                                _simple("Hour"),
                                _simple("Month"),
                                _simple("Day"),
                            ),
                        ),
                        _composite(
                            "Alarm1 View",
                            _initial("a1v"),
                            _simple("A1 Off View"),
                            _simple("A1 On View"),
                            _composite("A1 Set", _initial("a1s"), _simple("A1 Hour"), _simple("A1 Min")),
                        ),
                        _composite(
                            "Alarm2 View",
                            _initial("a2v"),
                            _simple("A2 Off View"),
                            _simple("A2 On View"),
                            _composite("A2 Set", _initial("a2s"), _simple("A2 Hour"), _simple("A2 Min")),
                        ),
                        _composite("Chime View", _initial("cv"), _simple("C Off View"), _simple("C On View")),
                        _composite(
                            "Stopwatch",
                            _initial("sw"),
                            _simple("Zero"),
                            _parallel(
                                "Running",
                                _region("Disp", _initial("di"), _simple("Reg"), _simple("Lap")),
                                _region("Run", _initial("ru"), _simple("On"), _simple("Stopped")),
                            ),
                        ),
                    ),
                    _simple("Beep Test", "do / beep()"),
                ),
                _region("Alarm1", _initial("al1"), _simple("A1 Disabled"), _simple("A1 Enabled")),
                _region("Alarm2", _initial("al2"), _simple("A2 Disabled"), _simple("A2 Enabled")),
                _region(
                    "Chime",
                    _initial("chm"),
                    _simple("Ch Disabled"),
                    _composite(
                        "Ch Enabled", _initial("che"), _simple("Quiet"), _simple("Ch Beep", "entry / beep(2)")
                    ),
                ),
                _region(
                    "Light",
                    _initial("li"),
                    _simple("Dark"),
                    _simple("Lit", "entry / lampOn()", "exit / lampOff()"),
                ),
                _region("Power", _initial("pw"), _simple("Charged"), _simple("Weak Battery")),
            ),
        ],
    )
    return _build("wrist_watch", tree, _WRIST_WATCH)


_DRONE = """
top/i -> Boot; Boot -> Operational: selfTestOk; Boot -> Fault: selfTestBad;
Operational -> Fault: criticalError; Fault -> Boot: reset; Fault -> Shut Down: powerKey;
Disarmed -> Shut Down: powerKey; Shut Down -> top/f: after 2 s; fl/i -> Ground; gr/i -> Disarmed;
Disarmed -> Preflight: armRequest; Preflight -> Armed: checksPass; Preflight -> Disarmed: checksFail;
Armed -> Disarmed: disarm or 60 s; Armed -> Airborne: throttleUp; ai/i -> Take Off;
Take Off -> Mission: altitude > 3 m; mi/i -> Hover; Hover -> Waypoint: startMission;
Hover -> Hover: nudge / trim(); wp/i -> Plan Leg; Plan Leg -> Turn: legReady; Turn -> Cruise: heading ok;
cr/i -> Speed Up; Speed Up -> Steady: v = vmax; Steady -> Slow Down: near; Slow Down -> last leg: arrived;
Steady -> Evade: obstacle; ev/i -> Brake; Brake -> Climb Over: [low]; Brake -> Side Step: [high];
Climb Over -> Steady: clear; Side Step -> Steady: clear; Brake -> Hover: stuck > 10 s;
last leg -> Plan Leg: [more]; last leg -> Return Home: [done]; Waypoint -> Hover: pause;
Mission -> Return Home: home; rh/i -> Climb Safe; Climb Safe -> Fly Back: safeAlt;
Fly Back -> Loiter: overHome; Loiter -> Landing: after 5 s; Return Home -> mi/h: resume;
Mission -> Landing: land; la/i -> Descend; Descend -> Flare: h < 2 m; Flare -> Touch Down: contact;
Touch Down -> Disarmed: rest 2 s; Descend -> Hover: abort; Take Off -> Landing: abort; lk/i -> Connected;
Connected -> Weak Signal: rssi < -80; Weak Signal -> Connected: rssi > -70;
Weak Signal -> Link Lost: timeout; Link Lost -> Connected: packet; cm/i -> Cam Off; Cam Off -> Cam On: camOn;
Cam On -> Cam Off: camOff; co/i -> Standby; Standby -> Recording: rec; Recording -> Standby: stop;
Standby -> Photo: shoot; Photo -> Standby: saved; Recording -> Recording: fileFull / next();
bt/i -> Bat Normal; Bat Normal -> Bat Low: soc < 30; Bat Low -> Bat Critical: soc < 10;
Bat Low -> Bat Normal: charged; Bat Critical -> Shut Down: soc < 3; Disarmed -> Firmware Update: updateReady;
fw/i -> Download; Download -> Verify: received; Verify -> Download: badHash; Verify -> Flash: goodHash;
Flash -> fw/f: done; Firmware Update -> Boot: done / restart(); Firmware Update -> Fault: flashError
"""


def drone() -> Chart:
    tree = (
        "root",
        "",
        (),
        [
            _initial("top"),
            _simple("Boot", "entry / loadConfig()"),
            _simple("Fault", "entry / log(err)", "do / blinkRed()"),
            _parallel(
                "Operational",
                _region(
                    "Flight",
                    _initial("fl"),
                    _composite(
                        "Ground",
                        _initial("gr"),
                        _simple("Disarmed", "entry / motorsOff()"),
                        _simple("Preflight", "do / checks()"),
                        _simple("Armed", "entry / spinIdle()"),
                    ),
                    _composite(
                        "Airborne",
                        _initial("ai"),
                        _simple("Take Off", "do / climb()"),
                        _composite(
                            "Mission",
                            _initial("mi"),
                            _simple("Hover", "do / holdPosition()"),
                            _composite(
                                "Waypoint",
                                _initial("wp"),
                                _simple("Plan Leg"),
                                _simple("Turn"),
                                _composite(
                                    "Cruise",
                                    _initial("cr"),
                                    _simple("Speed Up"),
                                    _simple("Steady"),
                                    _simple("Slow Down"),
                                    _composite(
                                        "Evade",
                                        _initial("ev"),
                                        _simple("Brake"),
                                        _simple("Climb Over"),
                                        _simple("Side Step"),
                                    ),
                                ),
                                _choice("last leg"),
                            ),
                            _history("mi"),
                        ),
                        _composite(
                            "Return Home",
                            _initial("rh"),
                            _simple("Climb Safe"),
                            _simple("Fly Back"),
                            _simple("Loiter"),
                        ),
                        _composite(
                            "Landing",
                            _initial("la"),
                            _simple("Descend"),
                            _simple("Flare"),
                            _simple("Touch Down", "entry / cutThrottle()"),
                        ),
                    ),
                ),
                _region(
                    "Link",
                    _initial("lk"),
                    _simple("Connected"),
                    _simple("Weak Signal"),
                    _simple("Link Lost", "entry / startTimer(30)"),
                ),
                _region(
                    "Camera",
                    _initial("cm"),
                    _simple("Cam Off"),
                    _composite(
                        "Cam On",
                        _initial("co"),
                        _simple("Standby"),
                        _simple("Recording", "entry / openFile()", "exit / closeFile()"),
                        _simple("Photo"),
                    ),
                ),
                _region(
                    "Battery",
                    _initial("bt"),
                    _simple("Bat Normal"),
                    _simple("Bat Low", "entry / warn()"),
                    _simple("Bat Critical"),
                ),
            ),
            _composite(
                "Firmware Update",
                _initial("fw"),
                _simple("Download"),
                _simple("Verify"),
                _simple("Flash", "entry / lockMotors()"),
                _final("fw"),
            ),
            _simple("Shut Down"),
            _final("top"),
        ],
    )
    return _build("drone", tree, _DRONE)


def by_name(name: str) -> Chart:
    """One of the three, or `genN` or `genN-SEED` for a made one of N states."""
    if name.startswith("gen"):
        count, _, seed = name[3:].partition("-")
        return generate(int(count), int(seed or 1))
    return {"cash_machine": cash_machine, "wrist_watch": wrist_watch, "drone": drone}[name]()
