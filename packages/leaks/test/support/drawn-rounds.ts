import { analyzeSync, type HeapAnalysis } from '@heapstream/dominators';
import { type DrawnNode, graphOf } from '../../../dominators/test/support/drawn-heap.js';

/** A user root that holds objects by properties: `[name, node]`, nodes drawn with ids; edges name ids. */
export interface DrawnObject {
  readonly id: number;
  readonly name: string;
  readonly type?: string;
  readonly size?: number;
  readonly edges?: readonly (readonly [type: string, name: string | number, id: number])[];
}

const ROOT_ID = 1;
export const WINDOW_ID = 3;

/** A heap whose user root `Window` holds some objects; objects are named by id. */
export function drawRound(
  held: readonly (readonly [name: string, id: number])[],
  objects: readonly DrawnObject[],
): HeapAnalysis {
  const all: readonly DrawnObject[] = [
    { id: ROOT_ID, name: '', type: 'synthetic', size: 0, edges: [['shortcut', 'w', WINDOW_ID]] },
    {
      id: WINDOW_ID,
      name: 'Window',
      size: 1000,
      edges: held.map(([name, id]) => ['property', name, id] as const),
    },
    ...objects,
  ];
  const ordinals = new Map(all.map(({ id }, i) => [id, i]));
  return analyzeSync(
    graphOf({
      rootOrdinal: 0,
      nodes: all.map(
        ({ edges = [], id, name, size = 16, type = 'object' }): DrawnNode => ({
          id,
          name,
          size,
          type,
          edges: edges.map(([edgeType, edgeName, target]) => [edgeType, edgeName, ordinals.get(target)!]),
        }),
      ),
    }),
  );
}

/** Objects `first, first + 2, …`. */
export function things(count: number, first: number, of: Partial<DrawnObject> = {}): DrawnObject[] {
  return Array.from({ length: count }, (_, i) => ({ id: first + 2 * i, name: 'Thing', size: 100, ...of }));
}

/** An `Array` of them. */
export function listOf(id: number, objects: readonly DrawnObject[]): DrawnObject {
  return { id, name: 'Array', edges: objects.map((object, i) => ['element', i, object.id] as const) };
}
