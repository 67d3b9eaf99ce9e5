import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../src/json-output.js';
import { createTestIo } from './support/test-io.js';

async function written(value: unknown, rows?: number): Promise<string> {
  const io = createTestIo();
  await writeJson(io.stdout, value, rows);
  return io.out;
}

describe('writeJson', () => {
  it('writes one line that reads back as the value, whatever the strings', async () => {
    const strings = fc.string({
      unit: fc.oneof(fc.constantFrom('\x1b', '\x9b', '\ud800', '\u2028', '"'), fc.string({ unit: 'binary' })),
    });
    const values = fc.record({
      classes: fc.array(fc.record({ name: strings, count: fc.nat(), location: fc.constant(null) })),
    });
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        const text = await written(value);
        expect(JSON.parse(text)).toEqual(value);
        expect(text.slice(0, -1)).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
        expect(text.at(-1)).toBe('\n');
        expect(await written(value, value.classes.length)).toBe(text);
      }),
    );
  });

  it('escapes what a terminal may act on', async () => {
    expect(await written({ name: '\x9b31m\x7f\u202e' })).toBe('{"name":"\\u009b31m\\u007f\\u202e"}\n');
  });
});
