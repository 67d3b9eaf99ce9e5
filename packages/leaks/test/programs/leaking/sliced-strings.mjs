// Short pieces of long texts: each keeps the whole text.
class Tokens {
  seen = [];
  read(document) {
    this.seen.push(document.slice(10, 40));
  }
}

const tokens = new Tokens();

export function round(n) {
  for (let i = 0; i < 30; i++) tokens.read(`${n} ${i} `.padEnd(20_000, 'lorem ipsum dolor '));
}
