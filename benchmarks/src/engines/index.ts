import type { Engine } from '../engine.js';
import { devtools } from './devtools.js';
import { heapSnapshotTool } from './heap-snapshot-tool.js';
import { heapstream, heapstreamOneThread } from './heapstream.js';
import { jsonParse } from './json-parse.js';
import { memlab } from './memlab.js';
import { plainRead } from './plain-read.js';
import { v8HeapParser } from './v8-heap-parser.js';

/** In the order of the report; the first is the one that the others are compared with. */
export const ENGINES: readonly Engine[] = [
  heapstream,
  heapstreamOneThread,
  devtools,
  memlab,
  heapSnapshotTool,
  v8HeapParser,
  jsonParse,
  plainRead,
];

export function engineNamed(name: string): Engine {
  const engine = ENGINES.find((one) => one.name === name);
  if (engine === undefined)
    throw new Error(`engine ${name}: there are ${ENGINES.map((one) => one.name).join(', ')}`);
  return engine;
}
