// Parts of a program that are loaded when they are needed first; each round needs some that were not.
export async function round(n) {
  let sum = 0;
  for (let i = 0; i < 3; i++) {
    const source = `export const table = ${JSON.stringify([n, i])}; export function size() { return table.length; }`;
    const part = await import(`data:text/javascript,${encodeURIComponent(source)}`);
    sum += part.size();
  }
  return sum;
}
