// Every view subscribes to one store, and none ever unsubscribes.
import { EventEmitter } from 'node:events';

class Store extends EventEmitter {}

const store = new Store();
store.setMaxListeners(0);

class View {
  constructor(title) {
    this.title = title;
    this.rows = Array.from({ length: 10 }, (_, i) => ({ i, title }));
    store.on('change', () => this.render());
  }
  render() {
    return this.rows.length;
  }
}

export function round(n) {
  for (let i = 0; i < 60; i++) new View(`view ${n}.${i}`);
  store.emit('change');
}
