// A cache of a fixed size as a list of links, the least used of which goes: full since its warm-up.
class Link {
  before = null;
  after = null;
  constructor(key, value) {
    this.key = key;
    this.value = value;
  }
}

class LruList {
  links = new Map();
  first = null;
  last = null;
  put(key, value) {
    const link = new Link(key, value);
    this.links.set(key, link);
    link.after = this.first;
    if (this.first) this.first.before = link;
    this.first = link;
    this.last ??= link;
    if (this.links.size > 200) {
      this.links.delete(this.last.key);
      this.last = this.last.before;
      this.last.after = null;
    }
  }
}

const cache = new LruList();

export function round(n) {
  for (let i = 0; i < 500; i++) cache.put(`${n}-${i}`, { n, text: `value ${i}` });
}
