/** How a command prints numbers. */
export interface NumberFormat {
  size(bytes: number): string;
  count(value: number): string;
}

/** Digits only, for scripts and for comparing to the byte. */
const EXACT: NumberFormat = { size: String, count: String };

/** `12.3 MB` and `1,234`; with `exact`, plain digits for both. Units are decimal, as in Chrome DevTools. */
export async function createNumberFormat(exact: boolean): Promise<NumberFormat> {
  if (exact) return EXACT;
  const { default: prettyBytes } = await import('pretty-bytes');
  const grouped = new Intl.NumberFormat('en-US');
  return { size: (bytes) => prettyBytes(bytes), count: (value) => grouped.format(value) };
}

/** `part` in per cent of `whole`, with one decimal. */
export function formatShare(part: number, whole: number): string {
  return `${(whole > 0 ? (part / whole) * 100 : 0).toFixed(1)}%`;
}

/** A delta as people read it: with its sign. `format` prints the number. */
export function formatDelta(value: number, format: (value: number) => string): string {
  return value > 0 ? `+${format(value)}` : format(value);
}
