import fc from 'fast-check';

/** Cuts bytes: not at all, into equal pieces from one byte up, or anywhere (empty pieces too). */
export function arbitraryChunking(): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array[]> {
  const chunking = (name: string, cutsOf: (length: number) => number[]) =>
    Object.assign((bytes: Uint8Array) => cutAt(bytes, cutsOf(bytes.length)), {
      [fc.toStringMethod]: () => name,
    });
  return fc.oneof(
    fc.constant(chunking('whole', () => [])),
    fc
      .oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 4, max: 300 }))
      .map((size) => chunking(`every ${size} bytes`, (length) => multiples(size, length))),
    fc
      .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 })
      .map((shares) =>
        chunking(`cut at ${shares.join(', ')}`, (length) =>
          shares.map((share) => Math.round(share * length)).sort((a, b) => a - b),
        ),
      ),
  );
}

function multiples(size: number, length: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil(length / size) - 1) }, (_, at) => (at + 1) * size);
}

/**
 * Every piece is a copy of its own, so that a reader that writes into its input does no harm to the others.
 */
function cutAt(bytes: Uint8Array, cuts: number[]): Uint8Array[] {
  return [...cuts, bytes.length].map((end, at) => bytes.slice(at === 0 ? 0 : cuts[at - 1], end));
}
