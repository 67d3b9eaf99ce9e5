import type { EngineAnswers } from './devtools-engine.js';
import { collectAnswers, EngineError, openInEngine, openParsedInEngine } from './devtools-engine.js';
import type { EngineSnapshot } from './engine-module.js';
import { LOADING_RULES, type LoadingRule } from './loading-exceptions.js';
import type { SnapshotJson } from './parsed-profile.js';
import { withTableIdsModulo2To32 } from './weak-map-tables.js';

export interface EngineReading {
  readonly answers: EngineAnswers;
  /** Why the engine's own loader was passed by; absent where it read the file right. */
  readonly passedLoader?: { readonly rule: LoadingRule; readonly problem: string };
  /**
   * Indexes of `element` and `hidden` edges that the loader read without their minus sign (V8 prints them as 32-bit
   * integers, so those of 2^31 and more come out negative). It stays the loader's reading: no answer that is compared
   * names such an edge.
   */
  readonly lostSigns: number;
  /** Names of WeakMap entries that were rewritten for the engine: see {@link withTableIdsModulo2To32}. */
  readonly rewrittenNames: number;
}

/**
 * The engine's answers about a file, as DevTools would give them or, where its loader fails on the file in a way that
 * a {@link LoadingRule} names, as its analysis gives them on the file read by `JSON.parse`. Rejects with the engine's
 * error where no rule names the failure.
 */
export async function readWithEngine(file: string | Uint8Array): Promise<EngineReading> {
  const text = typeof file === 'string' ? file : new TextDecoder().decode(file);
  const parsed = JSON.parse(text) as SnapshotJson;
  const loaded = await tryLoader(text);
  if (loaded instanceof EngineError && !hasGraph(parsed)) throw loaded;
  const { json, rewritten: rewrittenNames } = withTableIdsModulo2To32(parsed);
  const { problem, lostSigns } =
    loaded instanceof EngineError ? { problem: loaded.message, lostSigns: 0 } : check(loaded, json);
  if (problem === undefined) {
    const snapshot = rewrittenNames > 0 ? await openParsedInEngine(json) : (loaded as EngineSnapshot);
    return { answers: collectAnswers(snapshot), lostSigns, rewrittenNames };
  }

  const rule = LOADING_RULES.find(({ appliesTo }) => appliesTo(json, text));
  if (rule === undefined) throw loaded instanceof EngineError ? loaded : new EngineError(problem);
  return {
    answers: collectAnswers(await openParsedInEngine(json)),
    passedLoader: { rule, problem },
    lostSigns: 0,
    rewrittenNames,
  };
}

/** Whether this is a snapshot at all, which the loading rules can be asked about. */
function hasGraph({ snapshot, nodes, edges, strings }: SnapshotJson): boolean {
  return Boolean(snapshot?.meta && nodes && edges && strings);
}

async function tryLoader(text: string): Promise<EngineSnapshot | EngineError> {
  try {
    return await openInEngine(text);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

interface Check {
  /** What the loader read otherwise than the file says. */
  readonly problem?: string;
  readonly lostSigns: number;
}

/**
 * Holds the loader's columns against the file. Names and sizes of nodes are left out, since the analysis rewrites those
 * columns; a number read wrong shifts all that follow it, so the others show it.
 */
function check(snapshot: EngineSnapshot, json: SnapshotJson): Check {
  const { node_fields: nodeFields, edge_fields: edgeFields } = json.snapshot.meta;
  const rewritten = new Set([nodeFields.indexOf('name'), nodeFields.indexOf('self_size')]);
  const nodeProblem = firstMisread('nodes', snapshot.nodes, json.nodes, (i) =>
    rewritten.has(i % nodeFields.length),
  );
  if (nodeProblem !== undefined) return { problem: nodeProblem, lostSigns: 0 };

  const nameField = edgeFields.indexOf('name_or_index');
  let lostSigns = 0;
  const problem = firstMisread('edges', snapshot.containmentEdges, json.edges, (i, read, value) => {
    const isLostSign = i % edgeFields.length === nameField && read === -value;
    if (isLostSign) lostSigns++;
    return isLostSign;
  });
  return { ...(problem === undefined ? {} : { problem }), lostSigns };
}

function firstMisread(
  section: string,
  column: EngineSnapshot['nodes'],
  values: readonly number[],
  isHarmless: (i: number, read: number, value: number) => boolean,
): string | undefined {
  if (column.length !== values.length) {
    return `DevTools engine read ${column.length} numbers in "${section}", the file has ${values.length}`;
  }
  for (let i = 0; i < values.length; i++) {
    const read = column.getValue(i);
    if (read !== values[i] % 2 ** 32 && !isHarmless(i, read, values[i])) {
      return `DevTools engine read ${read} as number ${i} of "${section}", the file has ${values[i]}`;
    }
  }
  return undefined;
}
