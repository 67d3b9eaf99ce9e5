import { MessageChannel } from 'node:worker_threads';
import { loadEngineModule } from './engine-bundle.js';
import type {
  EngineClassDiff,
  EngineModule,
  EngineNode,
  EngineNodeFilter,
  EngineSnapshot,
} from './engine-module.js';
import { parsedProfile, type SnapshotJson } from './parsed-profile.js';
import {
  type ClassRow,
  type NodeAnswers,
  type SnapshotAnswers,
  type SnapshotStatistics,
  UNREACHED,
} from './snapshot-answers.js';

/** The engine threw: the message is its own, behind a word on what it was doing. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
}

export interface EngineAnswers extends SnapshotAnswers {
  readonly nodes: NodeAnswers & {
    readonly idByNode: Float64Array;
    readonly shallowSizeByNode: Float64Array;
    readonly retainedSizeByNode: Float64Array;
    readonly distanceByNode: Int32Array;
    readonly dominatorByNode: Uint32Array;
    readonly detachednessByNode: Uint8Array;
  };
  /** Printed class keys that stand for several groups inside the engine: of these rows it keeps only the last. */
  readonly collidingClassKeys: ReadonlySet<string>;
}

/** How the engine writes "nothing reaches this node". */
const ENGINE_NO_DISTANCE = -5;

/** Reads and analyses the text of a snapshot as DevTools does; rejects with an {@link EngineError} where it cannot. */
export async function runEngine(snapshot: string | Uint8Array): Promise<EngineAnswers> {
  return collectAnswers(await openInEngine(snapshot));
}

/** As {@link runEngine}, for a file that the engine's loader cannot read but its analysis can. */
export async function runEngineOnParsed(json: SnapshotJson): Promise<EngineAnswers> {
  return collectAnswers(await openParsedInEngine(json));
}

/** The engine's snapshot object, loaded by its own loader. Bytes are taken as UTF-8. */
export async function openInEngine(snapshot: string | Uint8Array): Promise<EngineSnapshot> {
  const text = typeof snapshot === 'string' ? snapshot : new TextDecoder().decode(snapshot);
  return initialize('loading', async (engine, secondWorker) => {
    const loader = new engine.HeapSnapshotLoader.HeapSnapshotLoader({ sendEvent() {} });
    loader.write(text);
    loader.close();
    return loader.buildSnapshot(secondWorker);
  });
}

/** The engine's snapshot object on columns of `JSON.parse`, past its loader. Changes `json.snapshot.meta`. */
export async function openParsedInEngine(json: SnapshotJson): Promise<EngineSnapshot> {
  return initialize('analysing', async (engine, secondWorker) => {
    const { JSHeapSnapshot, HeapSnapshotProgress } = engine.HeapSnapshot;
    const snapshot = new JSHeapSnapshot(parsedProfile(json), new HeapSnapshotProgress());
    await snapshot.initialize(secondWorker);
    return snapshot;
  });
}

/**
 * The engine splits its analysis between two workers that talk over a port. Here both ends live on this thread: the
 * second worker's half runs whenever the first one waits for it.
 */
async function initialize(
  doing: string,
  run: (engine: EngineModule, secondWorker: MessageChannel['port1']) => Promise<EngineSnapshot>,
): Promise<EngineSnapshot> {
  const engine = await loadEngineModule();
  const { port1, port2 } = new MessageChannel();
  new engine.HeapSnapshot.SecondaryInitManager(port2);
  try {
    return await run(engine, port1);
  } catch (cause) {
    throw new EngineError(`DevTools engine failed ${doing}: ${messageOf(cause)}`, { cause });
  } finally {
    // After a failure a late answer of the other half would reject a promise that nobody awaits.
    port1.removeAllListeners('message');
    port1.close();
    port2.close();
  }
}

/** Everything the engine says about a snapshot. Some 100 bytes a node, names not counted. */
export function collectAnswers(snapshot: EngineSnapshot): EngineAnswers {
  const { nodeCount, nodeFieldCount } = snapshot;
  const names: string[] = new Array(nodeCount);
  const rawNames: string[] = new Array(nodeCount);
  const classNames: string[] = new Array(nodeCount);
  const classKeys: string[] = new Array(nodeCount);
  const nodes = {
    nodeCount,
    idByNode: new Float64Array(nodeCount),
    nameByNode: names,
    rawNameByNode: rawNames,
    classNameByNode: classNames,
    classKeyByNode: classKeys,
    shallowSizeByNode: new Float64Array(nodeCount),
    retainedSizeByNode: new Float64Array(nodeCount),
    distanceByNode: new Int32Array(nodeCount),
    dominatorByNode: new Uint32Array(nodeCount),
    detachednessByNode: new Uint8Array(nodeCount),
  };
  const keys = new PrintedClassKeys(snapshot);
  const node = snapshot.createNode(0);
  for (let ordinal = 0; ordinal < nodeCount; ordinal++) {
    node.nodeIndex = ordinal * nodeFieldCount;
    names[ordinal] = node.name();
    rawNames[ordinal] = node.rawName();
    classNames[ordinal] = node.className();
    classKeys[ordinal] = keys.of(node);
    nodes.idByNode[ordinal] = node.id();
    nodes.shallowSizeByNode[ordinal] = node.selfSize();
    nodes.retainedSizeByNode[ordinal] = node.retainedSize();
    nodes.distanceByNode[ordinal] = distanceFromEngine(node.distance());
    nodes.dominatorByNode[ordinal] = node.dominatorIndex() / nodeFieldCount;
    nodes.detachednessByNode[ordinal] = node.detachedness();
  }
  return {
    rootOrdinal: snapshot.rootNodeIndex / nodeFieldCount,
    nodes,
    classes: classTable(snapshot),
    statistics: statistics(snapshot),
    collidingClassKeys: keys.colliding,
  };
}

/** The rows of the Summary view under one of its filters, by printed class key. */
export function classTable(snapshot: EngineSnapshot, filter: EngineNodeFilter = {}): Map<string, ClassRow> {
  const rows = Object.entries(snapshot.aggregatesWithFilter(filter)).map(([key, row]): [string, ClassRow] => [
    key,
    {
      key,
      name: row.name,
      count: row.count,
      shallowSize: row.self,
      retainedSize: row.maxRet,
      distance: distanceFromEngine(row.distance),
    },
  ]);
  return new Map(rows);
}

/**
 * What the Comparison view shows for two snapshots of one process, by printed class key. The name of a row of which
 * only the first snapshot has members is not reliable: the engine reads it after it has put the first snapshot's own
 * interfaces back.
 */
export function diffInEngine(first: EngineSnapshot, second: EngineSnapshot): Map<string, EngineClassDiff> {
  const base = first.aggregatesForDiff(second.interfaceDefinitions());
  // The engine keeps the result under the id of the base snapshot, which must be new for each pair.
  nextBaseId++;
  return new Map(Object.entries(second.calculateSnapshotDiff(nextBaseId, base)));
}

let nextBaseId = 0;

/**
 * The engine groups by a key that is cheap for it, the index of the class name in its string table, and prints the
 * name: two indexes of one text become one printed key.
 */
class PrintedClassKeys {
  readonly colliding = new Set<string>();
  readonly #strings: readonly string[];
  readonly #printedByInternal = new Map<number | string, string>();
  /** Printed key → the first internal key among members that count (shallow size above 0). */
  readonly #internalByPrinted = new Map<string, number | string>();

  constructor(snapshot: EngineSnapshot) {
    this.#strings = snapshot.strings;
  }

  of(node: EngineNode): string {
    const internal = node.classKeyInternal();
    let printed = this.#printedByInternal.get(internal);
    if (printed === undefined) {
      printed = typeof internal === 'number' ? `,${this.#strings[internal]}` : internal;
      this.#printedByInternal.set(internal, printed);
    }
    if (node.selfSize() > 0) {
      const other = this.#internalByPrinted.get(printed);
      if (other === undefined) this.#internalByPrinted.set(printed, internal);
      else if (other !== internal) this.colliding.add(printed);
    }
    return printed;
  }
}

function statistics(snapshot: EngineSnapshot): SnapshotStatistics {
  const { total, native, v8heap } = snapshot.getStatistics();
  return {
    total,
    nativeTotal: native.total,
    typedArrays: native.typedArrays,
    v8Total: v8heap.total,
    code: v8heap.code,
    strings: v8heap.strings,
    jsArrays: v8heap.jsArrays,
    system: v8heap.system,
  };
}

function distanceFromEngine(distance: number): number {
  return distance === ENGINE_NO_DISTANCE ? UNREACHED : distance;
}

/** The second half reports a failure as text, the message and the stack. */
function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause).split('\n')[0];
}
