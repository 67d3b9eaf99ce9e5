// Results remembered by their arguments, which are different every time.
class Formatter {
  static #known = new Map();
  constructor(pattern) {
    this.pattern = pattern;
  }
  format(value) {
    const key = JSON.stringify([this.pattern, value]);
    let text = Formatter.#known.get(key);
    if (text === undefined) {
      text = { key, parts: this.pattern.split('-').map((part) => `${part}${value}`) };
      Formatter.#known.set(key, text);
    }
    return text.parts.length;
  }
}

const formatter = new Formatter('a-b-c');

export function round(n) {
  let sum = 0;
  for (let i = 0; i < 120; i++) sum += formatter.format(n * 1_000 + i);
  return sum;
}
