const SIZE = /^\s*(\d+(?:[.,]\d+)?)\s*([kmg]?)(?:i?b)?\s*$/i;
const FACTOR_BY_UNIT: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 };

/** Bytes of what somebody typed: `500`, `1.5 MB`, `20k`. `null` where it is no size. */
export function parseSizeText(text: string): number | null {
  const match = SIZE.exec(text);
  if (match === null) return null;
  return Math.round(Number(match[1].replace(',', '.')) * FACTOR_BY_UNIT[match[2].toLowerCase()]);
}
