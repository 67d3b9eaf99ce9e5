// Functions that are compiled, optimised and deoptimised while the program runs.
const operations = Array.from(
  { length: 60 },
  (_, i) => new Function('a', 'b', `return a * ${i} + b.length;`),
);

function work(n) {
  let sum = 0;
  for (let i = 0; i < 20_000; i++) {
    const operation = operations[(i + n * 15) % operations.length];
    sum += operation(i, n % 2 === 0 ? [i] : `${i}`).valueOf() % 7;
  }
  return sum;
}

export function round(n) {
  return work(n);
}
