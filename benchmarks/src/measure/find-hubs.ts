// find-hubs <file>: the objects of a snapshot that most edges leave, and that most edges lead to, by their ids.
import { openSnapshot } from '@heapstream/core';

export interface Hubs {
  readonly mostEdges: { readonly id: number; readonly count: number };
  readonly mostRetainers: { readonly id: number; readonly count: number };
}

const { edgeCount, idByNode, firstEdgeByNode, nodeCount, targetByEdge } = (
  await openSnapshot(process.argv[2])
).columns;
const retainerCountByNode = new Uint32Array(nodeCount);
for (let edge = 0; edge < edgeCount; edge++) retainerCountByNode[targetByEdge[edge]]++;
let most = 0;
let mostHeld = 0;
const edgesOf = (node: number): number => firstEdgeByNode[node + 1] - firstEdgeByNode[node];
for (let node = 0; node < nodeCount; node++) {
  if (edgesOf(node) > edgesOf(most)) most = node;
  if (retainerCountByNode[node] > retainerCountByNode[mostHeld]) mostHeld = node;
}
const hubs: Hubs = {
  mostEdges: { id: idByNode[most], count: edgesOf(most) },
  mostRetainers: { id: idByNode[mostHeld], count: retainerCountByNode[mostHeld] },
};
console.log(JSON.stringify(hubs));
