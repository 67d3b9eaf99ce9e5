// Objects of ever new shapes, which one function after the other learns to read.
const readers = Array.from(
  { length: 40 },
  (_, i) => new Function('o', `return (o.a${i} ?? 0) + (o.b ?? 0);`),
);

function make(n, i) {
  const object = { b: i };
  for (let k = 0; k < 6; k++) object[`a${(n * 7 + i * 3 + k * 5) % 400}`] = k;
  return object;
}

export function round(n) {
  let sum = 0;
  for (let i = 0; i < 4_000; i++) sum += readers[(n * 10 + i) % readers.length](make(n, i));
  return sum;
}
