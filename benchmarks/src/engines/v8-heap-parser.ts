import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClassAnswer, Engine } from '../engine.js';
import { PEER_FOLDER, requirePeer } from '../peers/peer-folder.js';

interface ClassGroup {
  name(): string;
  readonly children_len: number;
  readonly retained_size: bigint;
}

interface HeapParser {
  /** Makes it say on standard error what went wrong. */
  init_panic_hook(): void;
  decode_bytes(bytes: Uint8Array): HeapParserGraph;
}

interface HeapParserGraph {
  get_class_groups(start: number, end: number, withoutRetainedSizes: boolean): ClassGroup[];
}

const ALL_ROWS = 2 ** 31;

export const v8HeapParser: Engine = {
  name: 'v8-heap-parser',
  description:
    '@vscode/v8-heap-parser, Rust compiled to WebAssembly: `decode_bytes` on the file in memory, `get_class_groups` with retained sizes',
  isPeer: true,
  knownDifferences:
    'groups by name alone, takes plain objects for one class, counts nodes without a shallow size, names some classes otherwise, and moves no shallow sizes to owners',
  tasks: {
    async parse() {
      const { decode_bytes } = load();
      return async (file) => {
        decode_bytes(await readFile(file));
        return () => ({});
      };
    },
    async summary() {
      const { decode_bytes } = load();
      return async (file) => {
        const groups = decode_bytes(await readFile(file)).get_class_groups(0, ALL_ROWS, false);
        return () => ({ classes: groups.map(classAnswer) });
      };
    },
  },
};

/** Its list of exports names conditions that Node does not know, so it is loaded by its path. */
function load(): HeapParser {
  const parser = requirePeer<HeapParser>(
    join(PEER_FOLDER, 'node_modules/@vscode/v8-heap-parser/pkg/nodejs/v8_heap_parser.js'),
  );
  parser.init_panic_hook();
  return parser;
}

function classAnswer(group: ClassGroup): ClassAnswer {
  const name = group.name();
  return {
    name: name === '(closure)' ? 'Function' : name,
    count: group.children_len,
    retainedSize: Number(group.retained_size),
  };
}
