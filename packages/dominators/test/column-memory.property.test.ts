import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ColumnMemory } from '../src/column-memory.js';

const step = fc.record({
  length: fc.integer({ min: 0, max: 5000 }),
  isWide: fc.boolean(),
  released: fc.option(fc.nat()),
});

test('no two columns in use share memory, whatever was released before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.boolean(), (steps, startsWithForeign) => {
      const memory = new ColumnMemory();
      // a column of a graph: its memory ends with it
      if (startsWithForeign) memory.release(new Uint32Array(new SharedArrayBuffer(4 * 3001)));
      const used: { column: Uint32Array | Float64Array; mark: number }[] = [];
      steps.forEach(({ isWide, length, released }, mark) => {
        const column = isWide ? memory.float64(length) : memory.uint32(length);
        expect(column.length).toBe(length);
        used.push({ column: column.fill(mark), mark });
        if (released !== null) memory.release(used.splice(released % used.length, 1)[0].column);
        for (const other of used) expect(other.column.every((value) => value === other.mark)).toBe(true);
      });
    }),
    { numRuns: 500 },
  );
});

test('what was released serves again, also for one entry more', () => {
  const memory = new ColumnMemory();
  const first = memory.uint32(10_000);
  memory.release(first);
  expect(memory.uint32(10_001).buffer).toBe(first.buffer);

  const large = memory.float64(10_000);
  memory.release(large);
  expect(memory.uint32(8000).buffer).toBe(large.buffer);
  expect(memory.uint32(8000).buffer).toBe(large.buffer);
  expect(memory.uint32(8000).buffer).not.toBe(large.buffer);
});
