import fc from 'fast-check';

/** A change of some bytes that most documents do not survive. */
export type Damage =
  | { kind: 'replace'; at: number; byte: number }
  | { kind: 'insert'; at: number; bytes: Uint8Array }
  | { kind: 'delete'; at: number; length: number }
  | { kind: 'repeat'; at: number; length: number };

export function arbitraryDamage(): fc.Arbitrary<Damage> {
  const at = fc.nat();
  const length = fc.integer({ min: 1, max: 40 });
  const telling = fc
    .constantFrom(...'0123456789-+.eE,:[]{}"\\/ \n\0ntu'.split(''))
    .map((c) => c.charCodeAt(0));
  const byte = fc.oneof(telling, telling, fc.nat(255));
  const text = fc
    .constantFrom(
      'null',
      '1e3',
      '1.0',
      '-1',
      '-2',
      '{}',
      '[]',
      '""',
      ',,',
      '\\u',
      '\\ud800',
      '"nodes":[],',
      '99999999999999999999',
      '\ufeff',
      'ÿ',
    )
    .map((each) => new TextEncoder().encode(each));
  return fc.oneof(
    fc.record({ kind: fc.constant('replace' as const), at, byte }),
    fc.record({
      kind: fc.constant('insert' as const),
      at,
      bytes: fc.oneof(text, fc.uint8Array({ minLength: 1, maxLength: 3 })),
    }),
    fc.record({ kind: fc.constant('delete' as const), at, length }),
    fc.record({ kind: fc.constant('repeat' as const), at, length }),
  );
}

export function applyDamage(bytes: Uint8Array, damage: Damage): Uint8Array {
  const at = bytes.length === 0 ? 0 : damage.at % bytes.length;
  const before = bytes.subarray(0, at);
  switch (damage.kind) {
    case 'replace':
      return Buffer.concat([before, Uint8Array.of(damage.byte), bytes.subarray(at + 1)]);
    case 'insert':
      return Buffer.concat([before, damage.bytes, bytes.subarray(at)]);
    case 'delete':
      return Buffer.concat([before, bytes.subarray(at + damage.length)]);
    case 'repeat':
      return Buffer.concat([before, bytes.subarray(at, at + damage.length), bytes.subarray(at)]);
  }
}
