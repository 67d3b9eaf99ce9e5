import { describe, expect, it } from 'vitest';
import { parseSize } from '../src/size-argument.js';

describe('parseSize', () => {
  it.each([
    ['0', 0],
    ['100', 100],
    ['100B', 100],
    ['512k', 512_000],
    ['1MB', 1_000_000],
    ['1.5 GB', 1_500_000_000],
    ['64KiB', 65_536],
    ['2mi', 2_097_152],
    ['1tb', 1e12],
  ])('%s is %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each([[''], ['big'], ['-1'], ['1.MB'], ['1 pB'], ['1ib'], ['1e6']])('refuses %j', (text) => {
    expect(() => parseSize(text)).toThrow('Expected a size such as 512k, 1MB or 1.5GB.');
  });
});
