// One listener, as it should be; the list that it writes to is what grows.
import { EventEmitter } from 'node:events';

class Shop extends EventEmitter {}

function open(shop) {
  const orders = [];
  shop.on('order', (order) => orders.push(order));
  setInterval(() => orders.at(-1), 3_600_000).unref();
}

const shop = new Shop();
open(shop);

export function round(n) {
  for (let i = 0; i < 70; i++) shop.emit('order', { article: `${n}-${i}`, count: i });
}
