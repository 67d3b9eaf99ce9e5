import type { Answer, ClassAnswer, Engine } from '../engine.js';
import { requirePeer } from '../peers/peer-folder.js';

interface MemlabNode {
  readonly type: string;
  readonly name: string;
  readonly self_size: number;
  readonly retainedSize: number;
  readonly id: number;
}

interface MemlabSnapshot {
  readonly nodes: {
    readonly length: number;
    get(ordinal: number): MemlabNode | null;
    forEach(visit: (node: MemlabNode) => void): void;
  };
  readonly edges: { readonly length: number };
}

interface MemlabCore {
  readonly config: { muteConsole: boolean };
  readonly utils: { getSnapshotFromFile(file: string, options: object): Promise<MemlabSnapshot> };
}

interface MemlabHeapAnalysis {
  getFullHeapFromFile(file: string): Promise<MemlabSnapshot>;
}

export const memlab: Engine = {
  name: 'memlab',
  description:
    '`getFullHeapFromFile` of @memlab/heap-analysis, which computes dominators and retained sizes, then one pass that counts objects by class; no retained sizes of classes, to its favour',
  isPeer: true,
  knownDifferences:
    'groups by raw names: plain objects are one class (we tell them apart by their properties), nodes without a shallow size count, and so on',
  tasks: {
    async parse() {
      const { utils } = loadCore();
      return async (file) => {
        const snapshot = await utils.getSnapshotFromFile(file, { buildNodeIdIndex: true });
        return () => countsOf(snapshot);
      };
    },
    async summary() {
      loadCore();
      const { getFullHeapFromFile } = requirePeer<MemlabHeapAnalysis>('@memlab/heap-analysis');
      return async (file) => {
        const snapshot = await getFullHeapFromFile(file);
        const classes = countClasses(snapshot);
        return () => ({
          ...countsOf(snapshot),
          totalSize: snapshot.nodes.get(0)!.retainedSize,
          classes,
        });
      };
    },
    async diff() {
      loadCore();
      const { getFullHeapFromFile } = requirePeer<MemlabHeapAnalysis>('@memlab/heap-analysis');
      return async (file, later) => {
        const [before, after] = [await getFullHeapFromFile(file), await getFullHeapFromFile(later!)];
        const classes = compareClasses(before, after);
        return () => ({ ...countsOf(after), classes });
      };
    },
  },
};

function loadCore(): MemlabCore {
  const core = requirePeer<MemlabCore>('@memlab/core');
  core.config.muteConsole = true;
  return core;
}

function countsOf({ nodes, edges }: MemlabSnapshot): Answer {
  return { nodeCount: nodes.length, edgeCount: edges.length };
}

function countClasses(snapshot: MemlabSnapshot): ClassAnswer[] {
  const countByName = new Map<string, number>();
  snapshot.nodes.forEach((node) => {
    const name = classOf(node);
    countByName.set(name, (countByName.get(name) ?? 0) + 1);
  });
  return Array.from(countByName, ([name, count]) => ({ name, count }));
}

/** memlab's own comparison looks for leaks in three snapshots of a browser; this is what its API offers for two. */
function compareClasses(before: MemlabSnapshot, after: MemlabSnapshot): ClassAnswer[] {
  const [ids, laterIds] = [idsOf(before), idsOf(after)];
  const rows = new Map<string, { count: number; deletedCount: number }>();
  const rowOf = (node: MemlabNode) => {
    const name = classOf(node);
    if (!rows.has(name)) rows.set(name, { count: 0, deletedCount: 0 });
    return rows.get(name)!;
  };
  after.nodes.forEach((node) => {
    if (!ids.has(node.id)) rowOf(node).count++;
  });
  before.nodes.forEach((node) => {
    if (!laterIds.has(node.id)) rowOf(node).deletedCount++;
  });
  return Array.from(rows, ([name, row]) => ({ name, ...row }));
}

function idsOf(snapshot: MemlabSnapshot): Set<number> {
  const ids = new Set<number>();
  snapshot.nodes.forEach(({ id }) => {
    ids.add(id);
  });
  return ids;
}

/** The names of V8's node types in parentheses, as all tools print them. */
const NAME_BY_TYPE: Readonly<Record<string, string>> = {
  hidden: '(system)',
  code: '(compiled code)',
  closure: 'Function',
  regexp: 'RegExp',
};

function classOf({ type, name }: MemlabNode): string {
  return type === 'object' || type === 'native' ? name : (NAME_BY_TYPE[type] ?? `(${type})`);
}
