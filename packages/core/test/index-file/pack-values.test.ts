import { expect, test } from 'vitest';
import { packValues } from '../../src/index-file/pack-values.js';
import { unpackValues } from '../../src/index-file/unpack-values.js';

test('text that UTF-8 cannot hold comes back as it was', () => {
  const values = { whole: 'é🙂', halves: ['\ud800', 'a\udc00b'], count: 2 ** 40 };
  expect(unpackValues(packValues(values))).toEqual(values);
});

test('what is no MessagePack is refused', () => {
  expect(() => unpackValues(Uint8Array.of(0xdb, 0xff, 0xff, 0xff, 0xff))).toThrow();
});
