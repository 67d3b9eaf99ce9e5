import { expect, test } from 'vitest';
import {
  formatCount,
  formatDelta,
  formatDistance,
  formatExactSize,
  formatPlural,
  formatShare,
  formatSize,
} from '../../../page/format/numbers.js';

test('sizes are short in decimal units, and exact where asked', () => {
  expect([0, 999, 1_000, 1_234_567].map(formatSize)).toEqual(['0 B', '999 B', '1 kB', '1.23 MB']);
  expect([1, 1_234_567].map(formatExactSize)).toEqual(['1 byte', '1,234,567 bytes']);
});

test('shares say what is there but small', () => {
  expect([formatShare(1, 0), formatShare(0, 5), formatShare(1, 5_000), formatShare(1, 3)]).toEqual([
    '0 %',
    '0 %',
    '< 0.1 %',
    '33.3 %',
  ]);
});

test('changes have their sign', () => {
  expect([-1_500, 0, 1_500].map((value) => formatDelta(value, formatCount))).toEqual([
    '−1,500',
    '0',
    '+1,500',
  ]);
});

test('distances behind the system’s roots are told apart, and none is a dash', () => {
  expect([null, 0, 12, 100_000_003].map(formatDistance)).toEqual(['–', '0', '12', 'sys+3']);
});

test('nouns follow their number', () => {
  expect([formatPlural(1, 'object'), formatPlural(2_000, 'class', 'classes')]).toEqual([
    '1 object',
    '2,000 classes',
  ]);
});
