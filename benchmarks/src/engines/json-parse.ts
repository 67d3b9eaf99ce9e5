import { readFile } from 'node:fs/promises';
import type { Answer, Engine } from '../engine.js';

interface SnapshotJson {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly edge_fields: string[] } };
  readonly nodes: number[];
  readonly edges: number[];
}

/** The floor: what reading costs without any thought. Its arrays answer no question yet. */
export const jsonParse: Engine = {
  name: 'JSON.parse',
  description: 'the whole file as one string, parsed by Node; the histogram by a loop over its arrays',
  limit: { bytes: 2 ** 29 - 1, reason: 'no string is longer than 0x1fffffe8 characters' },
  tasks: {
    async parse() {
      return async (file) => {
        const snapshot = await readJson(file);
        return () => countsOf(snapshot);
      };
    },
    async histogram() {
      return async (file) => {
        const snapshot = await readJson(file);
        const rowCount = countTypesAndNames(snapshot);
        return () => ({ ...countsOf(snapshot), rowCount });
      };
    },
  },
};

async function readJson(file: string): Promise<SnapshotJson> {
  return JSON.parse(await readFile(file, 'utf8')) as SnapshotJson;
}

function countsOf({ snapshot, nodes, edges }: SnapshotJson): Answer {
  const { node_fields: nodeFields, edge_fields: edgeFields } = snapshot.meta;
  let totalSelfSize = 0;
  for (let at = nodeFields.indexOf('self_size'); at < nodes.length; at += nodeFields.length) {
    totalSelfSize += nodes[at];
  }
  return {
    nodeCount: nodes.length / nodeFields.length,
    edgeCount: edges.length / edgeFields.length,
    totalSelfSize,
  };
}

function countTypesAndNames({ snapshot, nodes }: SnapshotJson): number {
  const { node_fields: fields } = snapshot.meta;
  const [type, name, selfSize] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  const rows = new Map<number, { count: number; selfSize: number }>();
  for (let at = 0; at < nodes.length; at += fields.length) {
    const key = nodes[at + name] * 256 + nodes[at + type];
    const row = rows.get(key);
    if (row === undefined) rows.set(key, { count: 1, selfSize: nodes[at + selfSize] });
    else {
      row.count++;
      row.selfSize += nodes[at + selfSize];
    }
  }
  return rows.size;
}
