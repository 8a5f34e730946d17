// Lets the worker script of elkjs run in a bare engine: no worker, no promise, no timer. A layout is a function from
// text to text. The worker wants to be a module that is told messages; it is handed both here.
var global = globalThis;
var self = globalThis;
var console = { log() {}, warn() {}, error() {}, info() {} };
var setTimeout = () => 0;
var clearTimeout = () => {};
var module = { exports: {} };
var exports = module.exports;

function elkStart() {
  const worker = new module.exports.Worker();
  let answer = null;
  worker.onmessage = (message) => { answer = message.data; };
  const tell = (data) => {
    answer = null;
    worker.dispatcher.dispatch({ data });
    return answer;
  };
  tell({ id: 0, cmd: 'register', algorithms: ['layered', 'box', 'fixed'] }); // without this every layout fails
  globalThis.elkPlace = (text) => {
    try {
      const told = tell({ id: 1, cmd: 'layout', graph: JSON.parse(text), layoutOptions: {}, options: {} });
      return JSON.stringify(told.error ? { error: String(told.error.message || told.error.text || told.error) } : told.data || told);
    } catch (error) {
      return JSON.stringify({ error: String((error && (error.message || error.text)) || error) });
    }
  };
}
