import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeapstreamError } from '../../src/errors.js';
import type { SnapshotMeta } from '../../src/format/snapshot-meta.js';
import { NO_NODE } from '../../src/graph/graph-columns.js';
import { DEFAULT_LIMITS } from '../../src/limits.js';
import { EdgeRows } from '../../src/parse/edge-rows.js';
import { NodeRows } from '../../src/parse/node-rows.js';
import { NumberArrayParser } from '../../src/parse/number-array-parser.js';
import type { NumberSink } from '../../src/parse/number-sink.js';
import { ParseContext } from '../../src/parse/parse-context.js';
import { scanKernel } from '../../src/parse/scan-kernel.js';

/** What the careful scanner, or the kernel and it together, make of a text cut at `cut`: the sink, or the error. */
function parse<S extends NumberSink>(text: string, cut: number, sink: S, useKernel: boolean): S | string {
  const parser = new NumberArrayParser('edges', sink, new ParseContext('test', DEFAULT_LIMITS), {
    signed: true,
    kernel: useKernel ? scanKernel() : null,
  });
  const bytes = new TextEncoder().encode(text);
  try {
    parser.write(bytes.slice(0, cut), 0, 0);
    parser.write(bytes.slice(cut), 0, cut);
  } catch (error) {
    if (error instanceof HeapstreamError) return error.message;
    throw error;
  }
  return sink;
}

class Collected implements NumberSink {
  readonly numbers: number[] = [];

  push(values: ArrayLike<number>, count: number): void {
    for (let i = 0; i < count; i++) this.numbers.push(values[i]);
  }

  end(): void {}
}

const arbitraryNumberText = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 999_999_999 }).map(String) },
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 99 }).map(String) },
  { weight: 1, arbitrary: fc.maxSafeNat().map(String) },
  { weight: 1, arbitrary: fc.integer({ min: -3, max: -1 }).map(String) },
);
const arbitrarySeparator = fc.oneof(
  { weight: 60, arbitrary: fc.constant(',') },
  { weight: 10, arbitrary: fc.constant('\n,') },
  { weight: 1, arbitrary: fc.constantFrom(',\n', ' , ', '\r\n,', ', ', '\n\n,') },
);
/** Rarely, something that is no number array. */
const arbitraryFlaw = fc.option(fc.constantFrom(',,', '01', 'x', '1.5', '"', '\n', '1e3', '--', ']'), {
  freq: 8,
});

const arbitraryText = fc
  .record({
    rows: fc.array(fc.tuple(arbitraryNumberText, arbitrarySeparator), { minLength: 200, maxLength: 2000 }),
    flaw: arbitraryFlaw,
    where: fc.nat(),
    cut: fc.nat(),
  })
  .map(({ cut, flaw, rows, where }) => {
    const texts = rows.map(([number, separator]) => number + separator);
    if (flaw !== null) texts.splice(where % texts.length, 0, flaw);
    const text = `[${texts.join('')}7]`;
    return { text, cut: cut % text.length };
  });

describe('the kernel and the careful scanner agree', () => {
  it('there is a kernel on this machine', () => {
    expect(scanKernel()).not.toBeNull();
  });

  it('on the numbers, and on what is refused and where', () => {
    fc.assert(
      fc.property(arbitraryText, ({ cut, text }) => {
        const careful = parse(text, cut, new Collected(), false);
        const fast = parse(text, cut, new Collected(), true);
        expect(fast).toEqual(careful);
      }),
      { numRuns: 300 },
    );
  });

  it('on every length of number at every place of a block', () => {
    for (let digits = 1; digits <= 16; digits++) {
      const number = '1876543219876543'.slice(0, digits);
      for (let shift = 0; shift < 64; shift++) {
        const text = `[${'1,'.repeat(150)}${'2'.padEnd((shift % 8) + 1, '3')},${'4,'.repeat(shift)}${`${number},`.repeat(40)}5]`;
        const sink = parse(text, 1, new Collected(), true) as Collected;
        expect(sink.numbers).toEqual(JSON.parse(text));
      }
    }
  });

  it('on what is refused or unusual, at every place of a block', () => {
    const oddities = [
      ',',
      '0',
      '00,',
      '01,',
      '0\n,',
      '\n,',
      '\n\n,',
      ',\n',
      ' ',
      'x',
      '/',
      ':',
      '-',
      '123456789,',
      '0123456789,',
    ];
    for (const oddity of oddities) {
      for (let shift = 0; shift < 130; shift++) {
        // a comma, a digit, or a row's end before it
        for (const before of ['', '7', '7\n,']) {
          const text = `[${'12345678,9,'.repeat(20)}${'3'.repeat((shift % 7) + 1)},${'4,'.repeat(shift >> 1)}${before}${oddity}${'56,'.repeat(40)}8]`;
          const careful = parse(text, 1, new Collected(), false);
          expect(parse(text, 1, new Collected(), true), text).toEqual(careful);
        }
      }
    }
  });

  const meta = (nodeFields: string[], edgeFields: string[]): SnapshotMeta =>
    ({
      nodeFields,
      edgeFields,
      nodeTypes: ['hidden', 'object', 'native'],
      edgeTypes: ['context', 'element', 'property', 'hidden', 'weak'],
    }) as unknown as SnapshotMeta;
  /** All public fields; `maxTarget` matters only while the number of nodes is unknown, and then the kernel is not used. */
  const columnsOf = (rows: object): unknown =>
    Object.fromEntries(
      Object.entries({ ...rows, maxTarget: 0, maxTargetEdge: 0 }).map(([key, value]) => [
        key,
        ArrayBuffer.isView(value) ? [...(value as unknown as Uint32Array)] : value,
      ]),
    );

  it('on which offsets are those of nodes', () => {
    const arbitraryOffset = fc.oneof(
      fc.nat(700),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.constant(2 ** 32 - 1),
    );
    fc.assert(
      fc.property(
        fc.array(arbitraryOffset, { maxLength: 200 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(0, 1, 90, 2 ** 32 - 2),
        (offsets, fieldCount, nodeCount) => {
          const column = new Uint32Array(new SharedArrayBuffer(offsets.length * 4));
          column.set(offsets);
          scanKernel()!.divideOffsets(column, fieldCount, nodeCount);
          const isNode = (offset: number) => offset % fieldCount === 0 && offset / fieldCount < nodeCount;
          expect([...column]).toEqual(offsets.map((it) => (isNode(it) ? it / fieldCount : NO_NODE)));
        },
      ),
    );
  });

  it('on the columns of edges, whatever the order of the fields', () => {
    const fields = ['type', 'name_or_index', 'to_node', 'extra'];
    const arbitraryRow = fc.tuple(
      fc.integer({ min: 0, max: 4 }),
      fc.oneof(fc.nat(5000), fc.nat(5000), fc.nat(5000), fc.constantFrom(2 ** 32 + 5, 123_456_789)),
      fc.nat(99),
      fc.nat(9),
      // rarely a type or an offset that there is not
      fc.oneof(
        { weight: 2000, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.constantFrom(1, 3, 500) },
      ),
    );
    fc.assert(
      fc.property(
        fc.array(arbitraryRow, { minLength: 60, maxLength: 600 }),
        fc.shuffledSubarray(fields, { minLength: 4 }),
        fc.constantFrom(5, 6, 7),
        fc.nat(),
        (rows, order, nodeFieldCount, cut) => {
          const text = `[${rows
            .flatMap(([type, name, to, extra, flaw]) => {
              const row = { type, name_or_index: name, to_node: to * nodeFieldCount + flaw, extra };
              return order.map((field) => row[field as keyof typeof row]);
            })
            .join(',')}]`;
          const shape = meta(
            ['type', 'name', 'id', 'self_size', 'edge_count', 'a', 'b'].slice(0, nodeFieldCount),
            order,
          );
          const read = (useKernel: boolean) =>
            parse(text, cut % text.length, new EdgeRows(shape, 100, 10), useKernel);
          const careful = read(false);
          const fast = read(true);
          expect(typeof fast === 'string' ? fast : columnsOf(fast)).toEqual(
            typeof careful === 'string' ? careful : columnsOf(careful),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('on the columns of nodes, whatever the order of the fields', () => {
    const fields = ['type', 'name', 'id', 'self_size', 'edge_count', 'trace_node_id', 'detachedness'];
    const wide = fc.oneof(fc.nat(5000), fc.nat(5000), fc.nat(999_999_999), fc.constantFrom(2 ** 32, 2 ** 40));
    const arbitraryRow = fc.record({
      type: fc.oneof({ weight: 500, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.constant(3) }),
      name: fc.nat(5000),
      id: wide,
      self_size: wide,
      // rarely so many that five of them are more than there can be
      edge_count: fc.oneof(
        { weight: 50, arbitrary: fc.nat(20) },
        { weight: 1, arbitrary: fc.constant(999_999_999) },
      ),
      trace_node_id: fc.constantFrom(0, 0, 7),
      detachedness: fc.constantFrom(0, 0, 1, 2),
    });
    fc.assert(
      fc.property(
        fc.array(arbitraryRow, { minLength: 60, maxLength: 600 }),
        fc.shuffledSubarray(fields, { minLength: 7 }),
        fc.nat(),
        (rows, order, cut) => {
          const text = `[${rows.flatMap((row) => order.map((field) => row[field as keyof typeof row])).join(',')}]`;
          const read = (useKernel: boolean) =>
            parse(
              text,
              cut % text.length,
              new NodeRows(meta(order, ['type', 'name_or_index', 'to_node']), 10),
              useKernel,
            );
          const careful = read(false);
          const fast = read(true);
          expect(typeof fast === 'string' ? fast : columnsOf(fast)).toEqual(
            typeof careful === 'string' ? careful : columnsOf(careful),
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
