import { describe, expect, it } from 'vitest';
import { afterRows, selectRows } from '../src/list-options.js';
import { createNumberFormat } from '../src/number-format.js';

const rows = Array.from({ length: 40 }, (_, i) => `Row${i}`);
const itself = (row: string) => row;

describe('selectRows', () => {
  it('shows thirty rows as text, and says how many it left out', () => {
    const selection = selectRows(rows, {}, itself);
    expect(selection.rows).toEqual(rows.slice(0, 30));
    expect(selection.leftOut).toBe(10);
  });

  it('has all rows as JSON', () => {
    expect(selectRows(rows, { json: true }, itself)).toEqual({ rows, leftOut: 0 });
  });

  it('takes the first rows that match, in any case', () => {
    expect(selectRows(rows, { filter: 'rOW3', top: 2 }, itself)).toEqual({
      rows: ['Row3', 'Row30'],
      leftOut: 9,
    });
  });

  it('can show none', () => {
    expect(selectRows(rows, { top: 0 }, itself)).toEqual({ rows: [], leftOut: 40 });
  });
});

describe('afterRows', () => {
  it.each([
    [{ rows: ['a'], leftOut: 1200 }, {}, '… and 1,200 more (--top)\n'],
    [{ rows: ['a'], leftOut: 0 }, { filter: 'a' }, ''],
    [{ rows: [], leftOut: 0 }, {}, ''],
    [{ rows: [], leftOut: 0 }, { filter: '\x1b[2J' }, "nothing matches '\\x1b[2J'\n"],
  ])('%j %j', async (selection, options, text) => {
    expect(afterRows(selection, options, await createNumberFormat(false))).toBe(text);
  });
});
