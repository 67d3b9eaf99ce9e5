import type { ClassIdentity, InterfaceDefinition } from '@heapstream/core';
import { type Comparable, checkSameMode, isAnalysis, isDigest } from './comparability.js';
import { classesOfDigest } from './digest/classes-of-digest.js';
import { IncomparableSnapshotsError } from './incomparable-snapshots-error.js';
import { compareSamples, type IdEvidence, type IdSample } from './kernels/id-sample.js';
import type { ObjectColumns } from './kernels/object-columns.js';
import type { ClassesOfSide } from './kernels/tabulate-side.js';
import { call, type Plan, sideBySide } from './task-plan.js';

/** How the objects or classes of several snapshots find each other. */
export type MatchBy = 'id' | 'class';

/** Why they were matched so. */
export type MatchReason =
  /** The caller asked for it. */
  | 'requested'
  /** Ids name the same objects in both. */
  | 'ids-agree'
  /** Too many ids name an object of another type or name: another process, or a closed inspector session between. */
  | 'ids-renumbered'
  /** No id stands in both. */
  | 'no-common-ids'
  /** A stored digest has no ids. */
  | 'digest';

export interface Matching {
  readonly matchedBy: MatchBy;
  readonly reason: MatchReason;
  /** The reason as a sentence. */
  readonly explanation: string;
  /** Ids that were looked at, a sample in large heaps; `null` where nothing was to be found out. */
  readonly evidence: IdEvidence | null;
}

/** Whose interfaces the plain objects of all snapshots are sorted by. */
export type InterfacesOf = 'current' | 'base' | 'none';

export interface MatchOptions {
  /** Default: by id, unless the ids turn out to mean nothing. What is given here is never overridden. */
  readonly match?: MatchBy | undefined;
  /** Default `current`, the last snapshot, as in DevTools. `base` is the first one. */
  readonly interfaces?: InterfacesOf | readonly InterfaceDefinition[] | undefined;
  /** Compares snapshots of which only some expose internals or numeric values. */
  readonly allowMixed?: boolean | undefined;
  /** What errors call the snapshots, one name for each. */
  readonly names?: readonly string[] | undefined;
}

/** A snapshot made ready to be compared. */
export interface Side {
  readonly snapshot: Comparable;
  readonly classes: readonly ClassIdentity[];
  readonly countByClass: ArrayLike<number>;
  readonly shallowSizeByClass: Float64Array;
  readonly retainedSizeByClass: Float64Array;
  /** `classByObject` is {@link classByGroup}'s key, or the class itself. `null` where matched by class. */
  readonly objects: ObjectColumns | null;
  /** What `objects.classByObject` stands for → class. */
  readonly classByGroup: Uint32Array;
}

export interface Sides {
  readonly sides: readonly Side[];
  readonly interfaces: readonly InterfaceDefinition[];
  readonly matching: Matching;
}

/**
 * Share of ids that may name another object before ids are believed to mean nothing. In one process a few in a thousand
 * do (strings that were flattened, code that was compiled anew); with ids given out anew it is nearly all of them.
 */
const MAX_CHANGED_SHARE = 0.2;

export function* prepareSides(snapshots: readonly Comparable[], options: MatchOptions): Plan<Sides> {
  const names = options.names ?? defaultNames(snapshots.length);
  if (!options.allowMixed) checkSameMode(snapshots, names);
  const interfaces = chooseInterfaces(snapshots, options.interfaces ?? 'current');
  const orders = yield* orderAll(snapshots, options.match);
  const matching = decide(snapshots, orders, options.match, names);
  const byPlace = matching.matchedBy === 'class';

  const analyses = snapshots.filter(isAnalysis);
  const tables = yield* sideBySide(
    analyses.map(({ columns, graph }) => {
      const own = graph.classes.interfaces;
      return call('classTable', {
        columns: graph.columns,
        interfaces: haveSameProperties(own, interfaces) ? null : interfaces,
        known: { ...tableOf(columns), classes: graph.classes.classes },
        byPlace,
        shallowSizeByNode: columns.shallowSizeByNode,
        retainedSizeByNode: columns.retainedSizeByNode,
        distanceByNode: columns.distanceByNode,
        tree: { dominatedNodes: columns.dominatedNodes, firstDominatedByNode: columns.firstDominatedByNode },
      });
    }),
  );
  let nextTable = 0;
  const sides = snapshots.map((snapshot, i): Side => {
    if (isDigest(snapshot)) {
      const objects = byPlace ? null : (snapshot.objects?.columns ?? null);
      return { snapshot, objects, ...classesOfDigest(snapshot, interfaces, byPlace) };
    }
    const table = tables[nextTable++];
    return {
      snapshot,
      ...table,
      classByGroup: Uint32Array.from(table.classes, (_, position) => position),
      objects: byPlace
        ? null
        : {
            idByObject: snapshot.graph.columns.idByNode,
            classByObject: table.classByNode,
            shallowSizeByObject: snapshot.columns.shallowSizeByNode,
            retainedSizeByObject: snapshot.columns.retainedSizeByNode,
            objectsById: orders[i]!.objectsById,
          },
    };
  });
  return { sides, interfaces, matching };
}

function tableOf(columns: Omit<ClassesOfSide, 'classes'>): Omit<ClassesOfSide, 'classes'> {
  const { classByNode, countByClass, retainedSizeByClass, shallowSizeByClass } = columns;
  return { classByNode, countByClass, shallowSizeByClass, retainedSizeByClass };
}

function defaultNames(count: number): string[] {
  if (count === 2) return ['the first snapshot', 'the second snapshot'];
  return Array.from({ length: count }, (_, i) => `snapshot ${i + 1}`);
}

function chooseInterfaces(
  snapshots: readonly Comparable[],
  choice: NonNullable<MatchOptions['interfaces']>,
): readonly InterfaceDefinition[] {
  if (typeof choice !== 'string') return choice;
  if (choice === 'none') return [];
  const snapshot = choice === 'base' ? snapshots[0] : snapshots[snapshots.length - 1];
  return isDigest(snapshot) ? snapshot.interfaces : snapshot.graph.classes.interfaces;
}

interface Order {
  readonly objectsById: Uint32Array;
  readonly sample: IdSample;
}

/** The objects of each snapshot by id; `undefined` where nobody will ask. */
function* orderAll(
  snapshots: readonly Comparable[],
  match: MatchBy | undefined,
): Plan<(Order | undefined)[]> {
  const isUseless =
    match === 'class' || snapshots.some((snapshot) => isDigest(snapshot) && snapshot.objects === undefined);
  if (isUseless) return snapshots.map(() => undefined);
  const computed = yield* sideBySide(
    snapshots
      .filter(isAnalysis)
      .map(({ columns, graph }) =>
        call('orderObjects', { columns: graph.columns, shallowSizeByNode: columns.shallowSizeByNode }),
      ),
  );
  let next = 0;
  return snapshots.map((snapshot) => {
    if (!isDigest(snapshot)) return computed[next++];
    const { columns, sample } = snapshot.objects!;
    return { objectsById: columns.objectsById, sample };
  });
}

function decide(
  snapshots: readonly Comparable[],
  orders: readonly (Order | undefined)[],
  match: MatchBy | undefined,
  names: readonly string[],
): Matching {
  const digest = snapshots.findIndex((_, i) => orders[i] === undefined);
  if (match === 'class') {
    return {
      matchedBy: 'class',
      reason: 'requested',
      explanation: 'matched by class, as asked',
      evidence: null,
    };
  }
  if (digest >= 0) {
    const stored = snapshots.findIndex((snapshot) => isDigest(snapshot) && snapshot.objects === undefined);
    const explanation = `${names[stored]} is a stored digest, which has no object ids`;
    if (match === 'id') throw new IncomparableSnapshotsError(`cannot match by id: ${explanation}`);
    return { matchedBy: 'class', reason: 'digest', explanation, evidence: null };
  }
  // of several pairs the worst one decides
  const evidence = orders
    .slice(1)
    .map((order, i) => compareSamples(orders[i]!.sample, order!.sample))
    .reduce((a, b) => (changedShare(b) > changedShare(a) ? b : a));
  const percent = `${(changedShare(evidence) * 100).toFixed(1)} %`;
  if (match === 'id') {
    return { matchedBy: 'id', reason: 'requested', explanation: 'matched by id, as asked', evidence };
  }
  if (evidence.compared === 0) {
    const explanation = 'no object id stands in both: another process, or ids were given out anew';
    return { matchedBy: 'class', reason: 'no-common-ids', explanation, evidence };
  }
  if (changedShare(evidence) > MAX_CHANGED_SHARE) {
    const explanation =
      `${percent} of the common object ids name an object of another type or name: ` +
      'another process, or a closed inspector session or the producer gave out ids anew';
    return { matchedBy: 'class', reason: 'ids-renumbered', explanation, evidence };
  }
  const explanation = `matched by id: ${percent} of the common ids name another type or name`;
  return { matchedBy: 'id', reason: 'ids-agree', explanation, evidence };
}

/** No common id at all is worse than any share. */
function changedShare({ changed, compared }: IdEvidence): number {
  return compared === 0 ? Number.POSITIVE_INFINITY : changed / compared;
}

/** Whether the same definitions in the same order: then the classes are known already. */
function haveSameProperties(a: readonly InterfaceDefinition[], b: readonly InterfaceDefinition[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every(({ name, properties }, i) => {
        const other = b[i].properties;
        return (
          name === b[i].name &&
          properties.length === other.length &&
          properties.every((text, j) => text === other[j])
        );
      }))
  );
}
