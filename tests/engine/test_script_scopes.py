"""What a script can keep unseen, told from its text: with caution, and not for what is usual."""

from __future__ import annotations

import pytest

from editor.engine.script_scopes import keeps_nothing


@pytest.mark.parametrize(
    "text",
    [
        "",
        "var n = 1;",
        "function next(x) { let y = x / 2; for (const z of [1]) y += z; return y; }",
        "function f() { if (a) { return 1; } while (b) { c(); } try { d(); } catch (e) { g(e); } }",
        "const MOST = 5; const NAME = 'x'; const IS = true; const LESS = -1;",
        "var f = x => x + 1; var g = function (y) { return y; };",
        "// let n = `x`\n/* class */ var s = 'let it be \\' function', t = \"=>\";",
        "n = tab[1] / 2 / m;",
    ],
)
def test_plain_scripts_keep_nothing(text: str) -> None:
    assert keeps_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "let n = 0; function next() { return ++n; }",
        "const box = {n: 0};",
        "const a = 1, b = {n: 0};",
        "class Counter {}",
        "(function () { var n = 0; next = function () { return ++n; }; })()",
        "function make() { var n = 0; return () => ++n; }",
        "function make() { var n = 0; return {next() { return ++n; }}; }",
        "function make() { var n = 0; return {get next() { return ++n; }}; }",
        "function make() { var n = 0; return {[k]() { return ++n; }}; }",
        "{ let n = 0; function next() { return ++n; } }",
        "function f(n, g = () => ++n) { return g; }",
        "var f = eval('(function () { var n = 0; return function () { return ++n; }; })()');",
        "var f = new Function('return 1');",
        "var f = (1).constructor.constructor('return 1');",
        "function* g() { yield 1; }",
        "var t = x => `${x}`;",
        "if (x) /'/.test(y); let n = 0; /'/",
        "x = 1 /'/; let n = '/'",
        "var x = return /'/; let n = 0; '",
        "<!-- '\nlet n = 0; //'",
        "// x\u2028let n = 0;",
        "l\\u0065t = 1",
        "var p = new Proxy({}, h);",
        "var m = new Map();",
        "function f( {",
    ],
)
def test_what_may_keep_something_is_found(text: str) -> None:
    assert not keeps_nothing(text)
