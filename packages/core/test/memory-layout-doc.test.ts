import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openSnapshot } from '../src/index.js';

/** The page draws one small snapshot and every column it becomes: it must be true. */
const page = readFileSync(new URL('../../../docs/memory-layout.md', import.meta.url), 'utf8');
const { columns, warnings } = await openSnapshot(asStream(codeBlock('json')));
const table = readTables(page);

async function* asStream(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** The text of the page's only code block that is marked ` ```<mark> `. */
function codeBlock(mark: string): string {
  const [, text] = page.split(`\`\`\`${mark}\n`);
  return text.slice(0, text.indexOf('\n```'));
}

/** The cells of every row whose first cell is a name in code: `` | `name` | … | ``. */
function readTables(markdown: string): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (const line of markdown.split('\n')) {
    const [, name, ...cells] = line.split('|').map((cell) => cell.trim());
    if (/^`.+`$/.test(name ?? '')) rows.set(name.slice(1, -1), cells);
  }
  return rows;
}

/** name on the page → value in the graph */
function drawnColumns(): [name: string, value: unknown][] {
  const { locations, ...others } = columns;
  return [
    ...Object.entries(others),
    ...Object.entries(locations).map(([name, value]): [string, unknown] => [`locations.${name}`, value]),
  ];
}

describe('docs/memory-layout.md', () => {
  it('draws a snapshot without faults', () => {
    expect(warnings).toEqual([]);
  });

  it.each(drawnColumns().filter(([name, value]) => isColumn(value) && name !== 'stringBytes'))(
    'shows %s as it is',
    (name, value) => {
      const [array, ...cells] = table.get(name) ?? [];
      const length = (value as Uint32Array | null)?.length ?? 0;
      expect({ array, values: cells.slice(0, length) }).toEqual({
        array: value === null ? 'null' : value?.constructor.name,
        values: Array.from((value as Uint32Array | null) ?? [], String),
      });
      // no value more than there are: what follows is an empty cell or a remark
      expect(cells[length]).not.toMatch(/^\d+$/);
    },
  );

  it('shows the counts', () => {
    const counts = Object.entries(columns).filter(([, value]) => typeof value === 'number');
    expect(counts.map(([name]) => [name, table.get(name)?.[0]])).toEqual(
      counts.map(([name, value]) => [name, String(value)]),
    );
  });

  it.each([
    ['a node', 'ByNode', ['detachednessByNode', 'traceNodeIdByNode']],
    ['an edge', 'ByEdge', []],
    ['a string', 'stringStart', []],
    ['a location', 'ByLocation', ['locations.scriptNodeByLocation']],
  ])('says how many bytes %s takes', (what, ending, optional) => {
    const [bytes] = new RegExp(`^\\| ${what} \\| (\\d+) \\|`, 'm').exec(page)?.slice(1) ?? [];
    const arrays = drawnColumns().filter(([name]) => name.endsWith(ending) && !optional.includes(name));
    const sum = arrays.reduce((total, [, value]) => total + (value as Uint32Array).BYTES_PER_ELEMENT, 0);
    expect(Number(bytes)).toBe(sum);
  });

  it('shows the bytes of the strings', () => {
    expect(columns.moreStringBytes).toEqual([]);
    expect(new TextDecoder().decode(Uint8Array.from(columns.stringBytes))).toBe(
      codeBlock('text stringBytes'),
    );
  });
});

function isColumn(value: unknown): boolean {
  return value === null || ArrayBuffer.isView(value);
}
