import { readFile } from 'node:fs/promises';
import type { Engine } from '../engine.js';

interface SnapshotJson {
  readonly snapshot: { readonly meta: { readonly node_fields: string[]; readonly edge_fields: string[] } };
  readonly nodes: number[];
  readonly edges: number[];
}

/** The floor: what reading costs without any thought. Its arrays answer no question yet. */
export const jsonParse: Engine = {
  name: 'JSON.parse',
  description: 'the whole file as one string, parsed by Node',
  limit: { bytes: 2 ** 29 - 1, reason: 'no string is longer than 512 MiB' },
  tasks: {
    async open() {
      return async (file) => {
        const { snapshot, nodes, edges } = JSON.parse(await readFile(file, 'utf8')) as SnapshotJson;
        const { node_fields: nodeFields, edge_fields: edgeFields } = snapshot.meta;
        return () => {
          let totalSelfSize = 0;
          for (let at = nodeFields.indexOf('self_size'); at < nodes.length; at += nodeFields.length) {
            totalSelfSize += nodes[at];
          }
          return {
            nodeCount: nodes.length / nodeFields.length,
            edgeCount: edges.length / edgeFields.length,
            totalSelfSize,
          };
        };
      };
    },
  },
};
