// A cache of a fixed size, full since its warm-up, whose entries all change.
class Recent {
  entries = new Map();
  put(key, value) {
    this.entries.set(key, value);
    if (this.entries.size > 150) this.entries.delete(this.entries.keys().next().value);
  }
}

const recent = new Recent();

export function round(n) {
  for (let i = 0; i < 400; i++) recent.put(`key ${n}-${i}`, { n, i });
}
