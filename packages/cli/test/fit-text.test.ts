import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fitText } from '../src/fit-text.js';

describe('fitText', () => {
  it('keeps what fits', () => {
    expect(fitText('Session', 7, 'end')).toBe('Session');
  });

  it('cuts the end', () => {
    expect(fitText('SessionStore', 7, 'end')).toBe('Sessio…');
  });

  it('cuts the start, where the end tells more', () => {
    expect(fitText('/srv/app/src/server.ts:11:3', 15, 'start')).toBe('…server.ts:11:3');
  });

  it('counts wide characters as two columns and does not split them', () => {
    expect(fitText('数据数据', 6, 'end')).toBe('数据…');
    expect(fitText('数据数据', 4, 'start')).toBe('…据');
  });

  it('never exceeds the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom('start' as const, 'end' as const),
        (text, width, cut) => {
          expect(stringWidth(fitText(text, width, cut))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
