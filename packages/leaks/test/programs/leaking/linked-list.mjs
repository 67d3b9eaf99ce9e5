// A history that is added to at its end.
class Entry {
  next = null;
  constructor(text) {
    this.text = text;
  }
}

class History {
  first = new Entry('start');
  last = this.first;
  append(text) {
    this.last.next = new Entry(text);
    this.last = this.last.next;
  }
}

const history = new History();

export function round(n) {
  for (let i = 0; i < 100; i++) history.append(`step ${n}.${i}`);
}
