import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type TableColumn, tableText } from '../src/text-table.js';
import { createTestIo } from './support/test-io.js';

const COLUMNS: readonly TableColumn[] = [
  { heading: 'Class', align: 'left', cut: 'end' },
  { heading: 'Location', align: 'left', cut: 'start' },
  { heading: 'Count', align: 'right' },
];

async function table(rows: string[][], columns?: number): Promise<string[]> {
  const parts: string[] = [];
  for await (const part of tableText(COLUMNS, rows, createTestIo({ columns }).stdout)) parts.push(part);
  return stripVTControlCharacters(parts.join('')).split('\n').slice(0, -1);
}

describe('tableText', () => {
  it('aligns columns, without borders and without trailing blanks', async () => {
    expect(
      await table([
        ['Session', 'src/server.ts:11:3', '7'],
        ['Ω数', '', '1,234'],
      ]),
    ).toEqual([
      'Class    Location            Count',
      'Session  src/server.ts:11:3      7',
      'Ω数                          1,234',
    ]);
  });

  it('fits the terminal: names lose their end, locations their start, numbers nothing', async () => {
    const lines = await table([['A'.repeat(90), `${'/deep'.repeat(20)}/server.ts:11:3`, '1,234,567']], 60);
    expect(lines[1]).toBe(`${'A'.repeat(22)}…  …eep/deep/server.ts:11:3  1,234,567`);
    expect(lines[1]).toHaveLength(60);
  });

  it('takes a terminal that does not know its width for a usual one', async () => {
    const lines = await table([['A'.repeat(100), '', '1']], 0);
    expect(lines[1]).toHaveLength(80);
  });

  it('cuts nothing of ordinary length where there is no terminal', async () => {
    const name = 'A'.repeat(120);
    expect((await table([[name, '', '1']]))[1]).toContain(name);
  });

  it('bounds names of megabytes', async () => {
    const [, line] = await table([['\x1b'.repeat(5_000_000), '', '1']]);
    expect(line.length).toBeLessThan(500);
  });

  it('keeps the end of a path of megabytes', async () => {
    expect((await table([['', `${'/deep'.repeat(1_000_000)}/server.ts:11:3`, '1']]))[1]).toContain(
      '/server.ts:11:3',
    );
  });

  it('shows control characters instead of sending them', async () => {
    expect((await table([['\x1b]0;owned\x07\nSession', '', '1']]))[1]).toContain(
      '\\x1b]0;owned\\x07\\nSession',
    );
  });

  it('keeps one width over many rows', async () => {
    const lines = await table(Array.from({ length: 250 }, (_, i) => ['x'.repeat(i % 40), '', String(i)]));
    expect(lines).toHaveLength(251);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});
