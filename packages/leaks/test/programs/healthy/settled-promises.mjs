// Promises, timers and listeners that come and go.
import { EventEmitter, once } from 'node:events';

const bus = new EventEmitter();
bus.setMaxListeners(0);

async function answer(id) {
  const waiting = once(bus, `reply-${id}`);
  setTimeout(() => bus.emit(`reply-${id}`, { id }), 0);
  const [reply] = await waiting;
  return reply.id;
}

export async function round(n) {
  await Promise.all(Array.from({ length: 60 }, (_, i) => answer(`${n}-${i}`)));
}
