import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeText } from '../src/safe-text.js';

describe('safeText', () => {
  it.each([
    ['an escape sequence', '\x1b[31mred\x1b[0m', '\\x1b[31mred\\x1b[0m'],
    ['a C1 control', 'a\x9b31m', 'a\\x9b31m'],
    ['line ends and tabs', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['NUL, bell and DEL', '\0\x07\x7f', '\\x00\\x07\\x7f'],
    ['direction overrides', 'abc\u202etxt.exe', 'abc\\u202etxt.exe'],
    ['zero width characters', 'a\u200bb\ufeffc', 'a\\u200bb\\ufeffc'],
    ['line separators', 'a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\\ud800b\\udc00'],
    ['tag characters', 'a\u{e0041}', 'a\\u{e0041}'],
  ])('shows %s as an escape', (_, text, expected) => {
    expect(safeText(text)).toBe(expected);
  });

  it('leaves letters, symbols and emoji alone', () => {
    const text = 'Größe 数据 {a, "b"} \\x1b 🚀 𝒳';
    expect(safeText(text)).toBe(text);
  });

  it('leaves nothing that a terminal acts on, whatever the text', () => {
    const hostile = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\x1b', '\x9d', '\ud800', '\u2066')),
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        expect(safeText(parts.join(''))).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
