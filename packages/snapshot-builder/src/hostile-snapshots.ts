import type { EscapeStyle, JsonStyle } from './json-style.js';
import { SnapshotBuilder } from './snapshot-builder.js';
import { RawText } from './write-sections.js';

/**
 * Legal JSON that hurts a careless reader. It is written in pieces, so size and depth cost no memory here.
 */

type Texts = Generator<string, void, undefined>;

/** How many repetitions one piece of text holds. */
const REPEATS_PER_PIECE = 8192;

/**
 * A small heap as applications have them: `global.cache` is a Map with ten entries, each with a string, a
 * closure
 * and its context, and a chain of contexts that keeps the closures' earlier neighbours.
 */
export function exampleHeap(entries = 10): SnapshotBuilder {
  const heap = new SnapshotBuilder();
  const roots = heap.child(heap.root, 1, { type: 'synthetic', name: '(GC roots)' });
  const global = heap.child(roots, { type: 'shortcut', name: 'global' }, { name: 'global', selfSize: 48 });
  const map = heap.child(global, 'cache', { name: 'Map', selfSize: 32 });
  const table = heap.child(
    map,
    { type: 'internal', name: 'table' },
    { type: 'array', selfSize: 16 + 8 * entries },
  );
  let previous: number | undefined;
  for (let index = 0; index < entries; index++) {
    const entry = heap.child(table, index, { name: 'Entry', selfSize: 56 });
    heap.child(entry, 'text', { type: 'string', name: `payload ${index}`, selfSize: 32 });
    const closure = heap.child(entry, 'onEvent', { type: 'closure', name: 'onEvent', selfSize: 64 });
    const context = heap.child(
      closure,
      { type: 'internal', name: 'context' },
      { name: 'system / Context', selfSize: 40 },
    );
    heap.edge(context, { type: 'context', name: 'self', to: entry });
    if (previous !== undefined) heap.edge(context, { type: 'internal', name: 'previous', to: previous });
    heap.location(closure, { scriptId: 1, line: 10, column: index });
    previous = context;
  }
  return heap;
}

/**
 * A small heap with `"x_nested":[[[…]]]` of the given depth, before `nodes` or where `sectionOrder` puts it.
 */
export function nestedArrays(depth: number, style: JsonStyle = {}): Texts {
  const texts = function* (): Texts {
    yield* repeat('[', depth);
    yield* repeat(']', depth);
  };
  return exampleHeap().write({
    ...style,
    sectionOrder: ['snapshot', 'x_nested'],
    sections: { x_nested: new RawText(texts()) },
  });
}

/** An allocation timeline whose trace tree is one stack of `depth` frames of the same function. */
export function deepTraceTree(depth: number, style: JsonStyle = {}): Texts {
  const heap = exampleHeap();
  heap.traceFunction({ name: 'recurse', scriptName: 'app.js', scriptId: 1 });
  const texts = function* (): Texts {
    yield '[';
    yield* repeat('1,0,1,8,[', depth);
    yield* repeat(']', depth);
    yield ']';
  };
  return heap.write({ ...style, traceNodeIds: true, sections: { trace_tree: new RawText(texts()) } });
}

/**
 * A small heap with `bytes` spaces before the file, between two numbers, before `strings`, or behind the
 * file.
 */
export function* megabytesOfSpaces(
  bytes: number,
  where: 'before' | 'between-numbers' | 'between-sections' | 'behind',
  style: JsonStyle = {},
): Texts {
  const text = exampleHeap().toJson({ ...style, layout: 'compact' });
  const at = {
    before: 0,
    'between-numbers': text.indexOf(',', text.indexOf('"edges":[')),
    'between-sections': text.indexOf('"strings":'),
    behind: text.length,
  }[where];
  yield text.slice(0, at);
  yield* repeat(' ', bytes);
  yield text.slice(at);
}

/** A small heap with an unknown section of `count` numbers, fractions and exponents among them. */
export function unknownNumbers(count: number, style: JsonStyle = {}): Texts {
  const texts = function* (): Texts {
    yield '[0';
    for (let index = 1; index < count; index++) yield index % 3 === 0 ? `,${index}.5e-3` : `,${index}`;
    yield ']';
  };
  return exampleHeap().write({
    ...style,
    sectionOrder: ['snapshot', 'x_numbers'],
    sections: { x_numbers: new RawText(texts()) },
  });
}

/**
 * A root that holds `count` strings of growing length (up to about 3,300 units), full of quotes, backslashes,
 * two- and four-byte characters and lone surrogates: whatever the chunk size, some boundary falls inside each
 * kind.
 */
export function stringsAcrossChunks(count: number, escapes: EscapeStyle, style: JsonStyle = {}): Texts {
  const heap = new SnapshotBuilder();
  for (let index = 0; index < count; index++) {
    heap.child(heap.root, index, { type: 'string', name: awkwardString(index), selfSize: 16 });
  }
  return heap.write({ ...style, escapes });
}

function awkwardString(index: number): string {
  const quotes = '"\\'.repeat(index % 13);
  const mixed = 'é😀\ud800/'.repeat((index * 7) % 640);
  return `${index}${quotes}${mixed}\n\0`;
}

function* repeat(text: string, times: number): Texts {
  for (let left = times; left > 0; left -= REPEATS_PER_PIECE)
    yield text.repeat(Math.min(left, REPEATS_PER_PIECE));
}
