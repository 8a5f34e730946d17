// Lets libavoid run in a bare engine, behind one function from text to text.
// Asked: {shapes: [[id, x, y, width, height, pins]], lines: [[id, end, end]]}; an end is the id of a shape, a point, or
// the id of a shape with those of its sides that will do.
// Every shape has a pin at the middle of each of its sides that `pins` names (T, B, L, R); nudging then spreads the ends.
var window = globalThis;
var location = { href: 'file:///' };
var Avoid = null;

function avoidStart(factory, base64) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const values = new Map([...letters].map((letter, value) => [letter, value]));
  const text = base64.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0, bits = 0, count = 0;
  for (const letter of text) {
    held = ((held << 6) | values.get(letter)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[count++] = (held >> bits) & 255;
    }
  }
  return factory({ wasmBinary: bytes }).then((made) => { Avoid = made; return 1; });
}

function avoidRoute(text) {
  const asked = JSON.parse(text), A = Avoid;
  const copied = []; // what the router takes a copy of; its own objects end with it
  const once = (thing) => { copied.push(thing); return thing; };
  const point = (x, y) => once(new A.Point(x, y));
  const router = new A.Router(A.OrthogonalRouting);
  router.setRoutingParameter(A.segmentPenalty, 50);
  router.setRoutingParameter(A.crossingPenalty, 0);
  router.setRoutingParameter(A.shapeBufferDistance, 8);
  router.setRoutingParameter(A.idealNudgingDistance, 10);
  router.setRoutingOption(A.nudgeOrthogonalSegmentsConnectedToShapes, true);
  router.setRoutingOption(A.nudgeSharedPathsWithCommonEndPoint, true);
  router.setRoutingOption(A.performUnifyingNudgingPreprocessingStep, true);
  const sides = {
    T: [0.5, 0, A.ConnDirUp], B: [0.5, 1, A.ConnDirDown], L: [0, 0.5, A.ConnDirLeft], R: [1, 0.5, A.ConnDirRight],
  };
  const shapes = new Map();
  for (const [id, x, y, width, height, pins] of asked.shapes) {
    const shape = new A.ShapeRef(router, once(new A.Rectangle(point(x, y), point(x + width, y + height))));
    shapes.set(id, shape);
    for (const side of pins) {
      const [across, down, way] = sides[side];
      new A.ShapeConnectionPin(shape, 1, across, down, true, 0, way).setExclusive(false);
    }
  }
  let kind = 1;
  const end = (each) => {
    if (typeof each === 'string') return once(new A.ConnEnd(shapes.get(each), 1));
    if (typeof each[0] === 'number') return once(new A.ConnEnd(point(...each)));
    const shape = shapes.get(each[0]);
    kind += 1;
    for (const side of each[1]) {
      const [across, down, way] = sides[side];
      new A.ShapeConnectionPin(shape, kind, across, down, true, 0, way).setExclusive(false);
    }
    return once(new A.ConnEnd(shape, kind));
  };
  const lines = asked.lines.map(([id, a, b]) => [id, new A.ConnRef(router, end(a), end(b))]);
  router.processTransaction();
  const routes = {};
  for (const [id, line] of lines) {
    const route = line.displayRoute(), points = [];
    for (let number = 0; number < route.size(); number++) {
      const at = route.get_ps(number);
      points.push([at.x, at.y]);
    }
    routes[id] = points;
  }
  A.destroy(router);
  copied.forEach((thing) => A.destroy(thing));
  return JSON.stringify({ routes });
}
