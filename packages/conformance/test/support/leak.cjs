// Leaks in one way and writes a heap snapshot before and after: node leak.cjs <way> <before> <after>
const { EventEmitter } = require('node:events');
const { writeHeapSnapshot } = require('node:v8');

const [way, before, after] = process.argv.slice(2);

class Order {
  constructor(id) {
    this.id = id;
    this.text = `order ${id} `.repeat(2) + id;
    this.lines = [{ article: id, amount: 1 }, { article: id + 1, amount: 2, note: null }];
  }
}

const list = [];
const byId = new Map();
const changes = new EventEmitter().setMaxListeners(0);
/** Freed before the second snapshot, so that there are deleted objects too. */
let passing = Array.from({ length: 50 }, (_, i) => ({ passing: i, order: new Order(i) }));

const LEAKS = {
  array: (order) => list.push(order),
  map: (order) => byId.set(order.id, order),
  closure: (order) => list.push(() => order),
  listener: (order) => changes.on('change', () => order.text),
  timer: (order) => setTimeout(() => order.text, 3_600_000).unref(),
  promise: (order) => {
    const pending = new Promise((settle) => {
      order.settle = settle;
    });
    list.push(pending.then(() => order.id));
  },
};

for (let id = 0; id < 20; id++) LEAKS[way](new Order(id));
writeHeapSnapshot(before);
passing = null;
for (let id = 20; id < 320; id++) LEAKS[way](new Order(id));
writeHeapSnapshot(after);
