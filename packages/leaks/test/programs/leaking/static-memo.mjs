// Results remembered by their arguments, which are different every time.
class Formatter {
  static #known = new Map();
  static format(pattern, value) {
    const key = JSON.stringify([pattern, value]);
    let text = Formatter.#known.get(key);
    if (text === undefined) {
      text = { pattern, parts: pattern.split('-').map((part) => `${part}${value}`) };
      Formatter.#known.set(key, text);
    }
    return text.parts.length;
  }
}

export function round(n) {
  let sum = 0;
  for (let i = 0; i < 120; i++) sum += Formatter.format('a-b-c', n * 1_000 + i);
  return sum;
}
