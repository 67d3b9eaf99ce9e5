// Events that wait for a reader which has stopped reading.
import { EventEmitter, on } from 'node:events';

class Feed extends EventEmitter {}

const feed = new Feed();
const unread = on(feed, 'price');

export function round(n) {
  for (let i = 0; i < 100; i++) feed.emit('price', { symbol: `S${i}`, price: n * 100 + i });
  return typeof unread;
}
