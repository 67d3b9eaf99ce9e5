// A cache that takes out its oldest entries by a key it never used to put them in.
class Lru {
  entries = new Map();
  order = [];
  constructor(limit) {
    this.limit = limit;
  }
  get(key) {
    return this.entries.get(key.toLowerCase());
  }
  set(key, value) {
    this.entries.set(key.toLowerCase(), value);
    this.order.push(key);
    if (this.order.length > this.limit) this.entries.delete(this.order.shift());
  }
}

const pages = new Lru(50);

export function round(n) {
  for (let i = 0; i < 100; i++) {
    const key = `Page-${n}-${i}`;
    if (pages.get(key) === undefined) pages.set(key, { key, words: [key, n, i] });
  }
}
