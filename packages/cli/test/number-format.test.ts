import { describe, expect, it } from 'vitest';
import { createNumberFormat, formatShare } from '../src/number-format.js';

describe('createNumberFormat', () => {
  it('gives decimal units and grouped counts', async () => {
    const format = await createNumberFormat(false);
    expect([0, 999, 1337, 67_200, 1_230_000, 4_500_000_000].map(format.size)).toEqual([
      '0 B',
      '999 B',
      '1.34 kB',
      '67.2 kB',
      '1.23 MB',
      '4.5 GB',
    ]);
    expect(format.count(1_234_567)).toBe('1,234,567');
  });

  it('gives plain digits where exactness is asked for', async () => {
    const format = await createNumberFormat(true);
    expect(format.size(4_294_967_296)).toBe('4294967296');
    expect(format.count(1_234_567)).toBe('1234567');
  });
});

describe('formatShare', () => {
  it('gives per cent with one decimal', () => {
    expect(formatShare(1, 3)).toBe('33.3%');
    expect(formatShare(5, 5)).toBe('100.0%');
  });

  it('is zero for an empty whole', () => {
    expect(formatShare(0, 0)).toBe('0.0%');
  });
});
