// What an ECMAScript data model is made of, inside of the engine that evaluates it. Everything that comes and goes is
// text: "v" and JSON for a value, "u" for undefined, "e" and JSON for an error. The clock and chance are given, so that
// the same calls in the same order always give the same.
(function () {
  "use strict";
  const G = globalThis;
  const evaluate = G.eval, parse = JSON.parse, stringify = JSON.stringify, BuiltIn = G.Date, text = String;
  const { isArray } = Array, { freeze, keys, values, hasOwn, entries, defineProperty } = Object;
  const MARK = "\u0000", MOST = 10000000, MOST_TOLD = 1000000, MOST_DEPTH = 100;
  const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;
  for (const name of ["WebAssembly", "SharedArrayBuffer", "Atomics", "setTimeout", "clearTimeout", "gc"]) {
    if (!Reflect.deleteProperty(G, name)) Reflect.set(G, name, undefined);
  }
  for (const name of Object.getOwnPropertyNames(RegExp)) { // what the last match of all was, which nothing tells
    if (!["length", "name", "prototype", "escape"].includes(name)) Reflect.deleteProperty(RegExp, name);
  }
  let isProxied = false; // what looks plain may be none of it
  const Proxied = G.Proxy;
  G.Proxy = new Proxied(Proxied, {
    construct(target, given) { isProxied = true; return new Proxied(...given); },
    get(target, name) { if (name === "revocable") isProxied = true; return target[name]; },
  });
  Object.defineProperty(G, "Proxy", { enumerable: false });
  const first = new Set(Object.getOwnPropertyNames(G));

  // time and chance

  let clock = 0, seed = 1;
  G.Date = class Date extends BuiltIn {
    constructor(...given) { if (given.length) super(...given); else super(clock); }
    static now() { return clock; }
  };
  G.Date = new Proxied(G.Date, { apply: () => new BuiltIn(clock).toString() });
  defineProperty(G, "Date", { enumerable: false });
  Math.random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };

  // markup, to be read

  class Markup {
    constructor(nodeType, nodeName, parentNode) {
      Object.assign(this, { nodeType, nodeName, parentNode, childNodes: [], nodeValue: null });
    }
    get firstChild() { return this.childNodes[0] || null; }
    get lastChild() { return this.childNodes[this.childNodes.length - 1] || null; }
    get children() { return this.childNodes.filter((each) => each.nodeType === 1); }
    get nextSibling() { return this.beside(1); }
    get previousSibling() { return this.beside(-1); }
    get documentElement() { return this.children[0] || null; }
    get tagName() { return this.nodeName; }
    get localName() { return this.nodeName; }
    get textContent() {
      return this.nodeType === 3 ? this.nodeValue : this.childNodes.map((each) => each.textContent).join("");
    }
    beside(step) {
      const row = this.parentNode ? this.parentNode.childNodes : [];
      return row[row.indexOf(this) + step] || null;
    }
    hasChildNodes() { return this.childNodes.length > 0; }
    getAttribute(name) { return hasOwn(this.values || {}, name) ? this.values[name] : null; }
    hasAttribute(name) { return this.getAttribute(name) !== null; }
    getElementsByTagName(name) {
      const found = [];
      for (const each of this.children) {
        if (name === "*" || each.nodeName === name) found.push(each);
        found.push(...each.getElementsByTagName(name));
      }
      return found;
    }
    getElementById(id) { return this.getElementsByTagName("*").find((each) => each.getAttribute("id") === id) || null; }
    toString() { return this.source !== undefined ? this.source : written(this); }
  }
  defineProperty(Markup.prototype, "values", { value: undefined, writable: true, enumerable: false });
  const escaped = (value) =>
    value.replace(/[&<>"]/g, (each) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[each]);
  function written(node) {
    if (node.nodeType === 3) return escaped(node.nodeValue);
    const inside = node.childNodes.map(written).join("");
    if (node.nodeType === 9) return inside;
    const values = entries(node.values).map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
    return `<${node.nodeName}${values}>${inside}</${node.nodeName}>`;
  }
  function grown(tree, parent) {
    if (typeof tree === "string") {
      const made = new Markup(3, "#text", parent);
      made.nodeValue = tree;
      return made;
    }
    const [name, values, inside] = tree;
    const made = new Markup(1, name, parent);
    made.values = values;
    made.childNodes = inside.map((each) => grown(each, made));
    return made;
  }
  function page([source, trees]) {
    const made = new Markup(9, "#document", null);
    made.source = source;
    made.childNodes = trees.map((each) => grown(each, made));
    return made;
  }

  // values in and out

  const special = { __proto__: null, markup: page, number: Number };
  function unmarked(value) {
    if (value === null || typeof value !== "object" || !isArray(value[MARK]) || !(value[MARK][0] in special)) return value;
    try { return special[value[MARK][0]](value[MARK][1]); } catch { return value; } // a script's own, that looks like it
  }
  const received = (json) => (json.includes("\\u0000") ? parse(json, (key, value) => unmarked(value)) : parse(json));
  function outgoing(key, value) {
    if (value instanceof Markup) return { [MARK]: ["markup", text(value)] };
    if (typeof value === "number" && !Number.isFinite(value)) return { [MARK]: ["number", text(value)] };
    return value;
  }
  function isDeep(value, left) {
    if (value === null || typeof value !== "object") return false;
    if (left === 0) return true;
    for (const name of keys(value)) if (isDeep(value[name], left - 1)) return true;
    return false;
  }
  function plainly(value, most) {
    const json = stringify(value, outgoing);
    if (json === undefined) return json;
    if (typeof json !== "string" || json.length > most) throw new RangeError("the value is too large");
    if (json.length > 2 * MOST_DEPTH && isDeep(parse(json), MOST_DEPTH)) {
      throw new RangeError(`the value is nested deeper than ${MOST_DEPTH}`);
    }
    return json;
  }
  function given(value) {
    const json = plainly(value, MOST);
    return json === undefined ? "u" : "v" + json;
  }
  function failed(error) {
    let message;
    try { message = text(error); } catch { message = "an error that cannot be told"; }
    return "e" + stringify(message.slice(0, 1000));
  }
  const guarded = (work) => (...args) => {
    try { return work(...args); } catch (error) { return failed(error); }
  };

  // compiled once

  function kept(make) {
    const known = new Map();
    return (source) => {
      let found = known.get(source);
      if (found === undefined) {
        try { // a function that is called again must not carry anything from one call to the next
          found = { code: freeze(make(source)) };
          if (found.code.prototype) freeze(found.code.prototype);
        } catch (error) { found = { error }; }
        if (known.size > 10000) known.clear();
        known.set(source, found);
      }
      if (found.error) throw found.error;
      return found.code;
    };
  }
  const whole = (source) => evaluate(`(function () { [${source}\n]; })`); // what is one expression stands in brackets
  const expression = kept((written) => {
    const source = written.replace(/;\s*$/, "");
    const code = evaluate(`(function () { return (${source}\n); })`);
    whole(source);
    return code;
  });
  const place = kept((source) => {
    const code = evaluate(`(function (value) { "use strict"; ${source} = value; })`);
    whole(source);
    return code;
  });
  const value = (source) => expression(source).call(undefined);

  // what the machine tells

  let event, active = new Set(), names = {};
  const closed = (name, get) =>
    defineProperty(G, name, {
      get, set() { throw new TypeError(`${name} cannot be assigned`); }, enumerable: false, configurable: false,
    });
  closed("_event", () => event);
  closed("_sessionid", () => names.session);
  closed("_name", () => names.name);
  closed("_ioprocessors", () => names.processors);
  closed("In", () => names.inside);
  const reserved = new Set(["_event", "_sessionid", "_name", "_ioprocessors", "In", "__host"]);
  const inside = freeze((id) => active.has(text(id)));

  function frozen(each) {
    values(each).forEach((value) => typeof value === "object" && frozen(value));
    return freeze(each);
  }
  function declared(name) {
    if (!NAME.test(name) || reserved.has(name)) throw new SyntaxError(`“${name}” is no name for a variable`);
    evaluate(`(function () { var ${name}; })`);
    if (!hasOwn(G, name) || first.has(name)) {
      first.delete(name);
      defineProperty(G, name, { value: undefined, writable: true, enumerable: true, configurable: true });
    }
  }

  let arrays = new Map(), count = 0;
  const host = {
    start(session, name, processors) { names = { session, name, processors: frozen(processors), inside }; return "u"; },
    time(now) { clock = now; return "u"; },
    active(ids) { active = new Set(ids); return "u"; },
    event(fields, data) {
      const now = data === undefined ? undefined : received(data);
      event = freeze({ ...fields, data: now, raw: fields.raw === undefined ? data : fields.raw });
      return "u";
    },
    declare: guarded((name) => { declared(name); return "u"; }),
    value: guarded((source) => given(value(source))),
    holds: guarded((source) => (value(source) ? "t" : "f")),
    compile: guarded((source) => { expression(source); return "u"; }),
    statements: guarded((source) => { evaluate(`(function () {${source}\n})`); return "u"; }),
    run: guarded((source) => { evaluate(source); return "u"; }),
    assign: guarded((source, from) => {
      const code = place(source);
      code(value(from));
      return "u";
    }),
    write: guarded((source, content) => {
      const code = place(source);
      let found;
      try { found = parse(content); } catch {
        try { found = value(content); } catch { found = content.trim().split(/\s+/).join(" "); }
      }
      code(found);
      return "u";
    }),
    put: guarded((source, json) => { place(source)(json === undefined ? undefined : received(json)); return "u"; }),
    array: guarded((source, item, index) => {
      const found = value(source);
      if (!isArray(found)) throw new TypeError("foreach needs an array");
      for (const name of index === null ? [item] : [item, index]) {
        if (!NAME.test(name) || reserved.has(name)) throw new SyntaxError(`“${name}” is no name for a variable`);
        if (!hasOwn(G, name)) declared(name);
      }
      arrays.set(++count, [...found]);
      return given([count, found.length]);
    }),
    item: guarded((handle, at, item, index) => {
      place(item)(arrays.get(handle)[at]);
      if (index !== null) place(index)(at);
      return "u";
    }),
    release(handle) { arrays.delete(handle); return "u"; },
    told: guarded(() => {
      const found = [];
      for (const name of keys(G)) {
        let json;
        try {
          if (first.has(name) || typeof G[name] === "function" || typeof G[name] === "symbol") continue;
          json = plainly(G[name], MOST_TOLD);
        } catch { json = '"(a value that cannot be told)"'; }
        found[found.length] = stringify(name) + ":" + (json === undefined ? "null" : json);
      }
      return "v{" + found.join(",") + "}";
    }),
  };
  // everything there is, where that is plain data of which no part is reached in two ways

  function plain(each, seen) {
    if (each === null || ["boolean", "string"].includes(typeof each)) return true;
    if (typeof each === "number") return Number.isFinite(each) && !Object.is(each, -0);
    if (typeof each !== "object" || seen.has(each) || !Object.isExtensible(each)) return false;
    const kind = Object.getPrototypeOf(each);
    if (kind !== Object.prototype && kind !== Array.prototype) return false;
    seen.add(each);
    const names = Reflect.ownKeys(each).filter((name) => !(isArray(each) && name === "length"));
    if (isArray(each) && (names.length !== each.length || !getOwnPropertyDescriptor(each, "length").writable)) return false;
    return names.every((name) => {
      const own = Object.getOwnPropertyDescriptor(each, name);
      return typeof name === "string" && "value" in own && own.writable && own.enumerable && own.configurable &&
        plain(own.value, seen);
    });
  }
  const theirs = (name) => typeof name === "string" && !first.has(name) && !reserved.has(name);
  host.whole = () => {
    if (arrays.size || isProxied) return "u";
    const seen = new Set(), found = [];
    if (event !== undefined && event.data !== undefined) plain(event.data, seen);
    for (const name of keys(G)) {
      if (first.has(name) || typeof G[name] === "function") continue;
      if (G[name] === undefined) found.push([name]);
      else if (plain(G[name], seen)) found.push([name, G[name]]);
      else return "u";
    }
    return "v" + stringify([found, seed, count]);
  };
  host.restore = (json) => {
    const [found, chance, handles] = parse(json);
    const wanted = new Set(found.map(([name]) => name));
    for (const name of keys(G)) {
      if (theirs(name) && typeof G[name] !== "function" && !wanted.has(name)) Reflect.deleteProperty(G, name);
    }
    for (const [name, value] of found) { if (!hasOwn(G, name)) declared(name); G[name] = value; }
    [seed, count] = [chance, handles];
    return "u";
  };

  // all that there is, in words: on the first line what was there before any script, then each of theirs

  const { ownKeys } = Reflect, { getOwnPropertyDescriptor, getPrototypeOf, isExtensible } = Object;
  const sourceOf = Function.prototype.toString;
  const roots = [
    [][Symbol.iterator](), new Map().entries(), new Set().values(), ""[Symbol.iterator](), "a".matchAll(/a/g),
    (function* () {})(), (async function* () {})(), async function () {},
  ].map(getPrototypeOf);
  function builtIn() {
    const numbers = new Map(), waiting = [], lines = [];
    const known = (each) => {
      if (each === null || (typeof each !== "object" && typeof each !== "function")) {
        return typeof each === "symbol" ? text(each) : typeof each + text(each);
      }
      if (!numbers.has(each)) { numbers.set(each, numbers.size); waiting.push(each); }
      return numbers.get(each);
    };
    const told = (own) => "value" in own ? known(own.value) : `${known(own.get)}/${known(own.set)}`;
    const line = (each, names) => {
      const parts = names.map((name) => {
        const own = getOwnPropertyDescriptor(each, name);
        return `${text(name)}:${own.enumerable + 2 * own.configurable + 4 * (own.writable || 0)}:${told(own)}`;
      });
      lines.push(parts.join());
    };
    line(G, ownKeys(G).filter((name) => typeof name !== "string" || first.has(name)));
    roots.forEach(known);
    for (let at = 0; at < waiting.length; at++) {
      const each = waiting[at];
      if (each === G) continue;
      lines.push(`${known(getPrototypeOf(each))},${isExtensible(each)}`);
      line(each, ownKeys(each));
      if (typeof each === "function") lines.push(sourceOf.call(each));
    }
    return lines.join(";").replace(/[\r\n\u2028\u2029]/g, " ");
  }
  const USUAL = new Set(["length", "name", "prototype", "arguments", "caller"]);
  function functionText(each) {
    const made = each.prototype, source = sourceOf.call(each);
    const isUsual = getPrototypeOf(each) === Function.prototype && isExtensible(each) &&
      !source.includes("[native code]") && ownKeys(each).every((name) => USUAL.has(name)) &&
      (made === undefined || (getPrototypeOf(made) === Object.prototype && isExtensible(made) &&
        ownKeys(made).join() === "constructor" && made.constructor === each));
    return isUsual ? source : undefined;
  }
  host.digest = () => {
    const lines = [builtIn()], seen = new Set();
    for (const name of ownKeys(G).filter(theirs)) {
      const own = getOwnPropertyDescriptor(G, name), { value } = own;
      let written;
      if (!("value" in own)) return "u";
      if (typeof value === "function") written = functionText(value);
      else if (value === undefined) written = "undefined";
      else if (plain(value, seen)) written = stringify(value);
      if (written === undefined) return "u";
      lines.push(stringify([name, own.writable, own.enumerable, own.configurable, typeof value, written]));
    }
    lines.push(stringify([seed, count]));
    return lines.join("\n");
  };
  // expressions of machines that keep their data themselves: each call is a world of its own

  const scoped = kept((source) => {
    const code = evaluate(`(function (scope) { with (scope) { return (${source}\n); } })`);
    whole(source);
    return code;
  });
  let known = new Set();
  host.know = (paths) => { known = new Set(paths); return "u"; };
  host.scoped = guarded((source, holds, json) => {
    const { context, event, params, state, at } = received(json);
    const here = new Set(at);
    const matches = (path) => {
      const wanted = text(path);
      if (!known.has(wanted)) throw new ReferenceError(`matches('${wanted}') names no state`);
      return here.has(wanted);
    };
    // what machines that come from SCXML call by other names
    const theirs = { _event: event && { name: event.type, data: event.data }, In: (id) => here.has(`#${text(id)}`) };
    const scope = Object.assign(Object.create(null), theirs, context, { context, event, params, state, matches });
    for (const name of ["event", "params"]) if (!(name in scope)) scope[name] = undefined;
    seed = clock | 0;
    const found = scoped(source).call(undefined, scope);
    return holds ? (found ? "t" : "f") : given(found);
  });
  // so that nothing can be left behind: what is there before any expression cannot be changed
  host.harden = () => {
    const waiting = [G], seen = new Set();
    while (waiting.length) {
      const each = waiting.pop();
      if (each === null || (typeof each !== "object" && typeof each !== "function") || seen.has(each)) continue;
      seen.add(each);
      waiting.push(Object.getPrototypeOf(each));
      for (const own of values(Object.getOwnPropertyDescriptors(each))) {
        waiting.push(own.value, own.get, own.set);
      }
    }
    for (const each of seen) if (each !== G) freeze(each);
    Object.preventExtensions(G);
    for (const name of Object.getOwnPropertyNames(G)) {
      const own = Object.getOwnPropertyDescriptor(G, name);
      if (own.configurable) defineProperty(G, name, "value" in own ? { writable: false, configurable: false }
        : { configurable: false });
    }
    return "u";
  };
  defineProperty(G, "__host", { value: freeze(host), enumerable: false });
  return "u";
})();
