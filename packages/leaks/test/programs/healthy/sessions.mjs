// Sessions that begin and expire, each with a timer and listeners of its own, which go with it.
import { EventEmitter } from 'node:events';

const clock = new EventEmitter();
clock.setMaxListeners(0);
const sessions = new Map();

class Session {
  constructor(id) {
    this.id = id;
    this.pages = [];
    this.onTick = () => this.pages.push(id);
    this.timer = setInterval(this.onTick, 3_600_000).unref();
    clock.on('tick', this.onTick);
  }
  close() {
    clearInterval(this.timer);
    clock.off('tick', this.onTick);
    sessions.delete(this.id);
  }
}

export function round(n) {
  for (let i = 0; i < 80; i++) {
    const id = `${n}-${i}`;
    sessions.set(id, new Session(id));
    if (sessions.size > 60) sessions.values().next().value.close();
  }
  clock.emit('tick');
}
