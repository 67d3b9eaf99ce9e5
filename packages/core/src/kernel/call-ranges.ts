/** Nodes or edges that one call takes: short enough for optimised code to take over soon, long enough to cost nothing. */
export const STRIDE = 1 << 16;

/** Calls a kernel for ranges that make up [first, end), upwards. */
export function upwards(first: number, end: number, call: (from: number, to: number) => void): void {
  for (let from = first; from < end; from += STRIDE) call(from, Math.min(from + STRIDE, end));
}

/** The same downwards. */
export function downwards(first: number, end: number, call: (from: number, to: number) => void): void {
  for (let to = end; to > first; to -= STRIDE) call(Math.max(to - STRIDE, first), to);
}

/** Calls until the answer is that nothing is left; the argument is a budget of edges or entries. */
export function untilDone(call: (budget: number) => number): void {
  while (call(STRIDE) === 0);
}

/** The address of a column in its memory. */
export function addressOf(column: ArrayBufferView): number {
  return column.byteOffset;
}
