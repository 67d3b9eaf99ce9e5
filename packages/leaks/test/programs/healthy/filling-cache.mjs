// A cache of all pages there are: every round finds fewer that it does not know yet.
const pages = new Map();
let size = 600;

export function round(n) {
  for (let i = 0; i < size; i++) pages.set(`page ${n}-${i}`, { n, i });
  size = Math.floor(size / 3);
}
