import fc from 'fast-check';

export const TWO_TO_32 = 2 ** 32;

/** Non-negative safe integers, with a liking for the places where 31, 32 and 53 bits end. */
export function arbitraryWideInteger(max = Number.MAX_SAFE_INTEGER): fc.Arbitrary<number> {
  const near = (value: number) => fc.integer({ min: -3, max: 3 }).map((offset) => value + offset);
  return fc
    .oneof(
      { weight: 6, arbitrary: fc.nat(10_000) },
      { weight: 1, arbitrary: near(2 ** 31) },
      { weight: 1, arbitrary: near(TWO_TO_32) },
      { weight: 1, arbitrary: fc.maxSafeNat() },
      { weight: 1, arbitrary: fc.constant(Number.MAX_SAFE_INTEGER) },
    )
    .map((value) => Math.min(value, max));
}

/** Any JavaScript string: lone surrogates, astral and control characters, quotes, long ones. */
export function arbitraryText(): fc.Arbitrary<string> {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  return fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit }),
    fc.constantFrom('', '"', '\\', '\\"', '\\u0041', '\0', '\u007f\u0080', '\u2028\u2029', '\ufeff', '/'),
    fc.constantFrom('\ud800', '\udc00', '\udc00\ud800', '😀', '\ud83d😀\ude00', '],"nodes":[', '🇩🇪é'),
    fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 300 })).map(repeatText),
  );
}

function repeatText([text, times]: [string, number]): string {
  return text.repeat(times);
}
