const COUNT = /^\s*(?:(\d{1,3}(?:,\d{3})+|\d{1,15})|(\d{1,9}(?:\.\d+)?)\s*([km]))\s*$/i;

/** How many somebody typed: `500`, `1,000`, `2.5k`. `null` where it is no number of objects. */
export function parseCountText(text: string): number | null {
  const match = COUNT.exec(text);
  if (match === null) return null;
  const [, plain, short, unit] = match;
  if (plain !== undefined) return Number(plain.replaceAll(',', ''));
  return Math.round(Number(short) * (unit.toLowerCase() === 'k' ? 1e3 : 1e6));
}
