import type { Location, ObjectRow } from './objects.js';

/** Route `leaks`: what grows over two snapshots or more; of one, what looks like a leak. */
export interface LeaksRequest {
  /** Positions with commas between them, the oldest first. Default: all. */
  readonly snapshots?: string;
  /** Findings at most, 1 to 100. Default 20. */
  readonly limit?: number;
}

export interface Leaks {
  /** `growth` of several snapshots; `suspects` of one, where nothing can tell growth from size. */
  readonly kind: 'growth' | 'suspects';
  readonly snapshots: readonly number[];
  /** The snapshot that objects are of: the last one. */
  readonly snapshot: number;
  /** The most likely first. */
  readonly findings: readonly Finding[];
}

export interface Finding {
  /** The rule that recognised it, and what kind of thing it is. */
  readonly rule: string;
  readonly kind:
    | 'detached-dom'
    | 'native'
    | 'timer'
    | 'listener'
    | 'promise'
    | 'cache'
    | 'array'
    | 'closure'
    | 'strings'
    | 'object';
  readonly level: 'low' | 'medium' | 'high';
  /** From 0 to 1. */
  readonly confidence: number;
  /** The object that holds ever more; `null` where the snapshot has no object of that id. */
  readonly object: ObjectRow | null;
  /** Class and id as the finding tells them. */
  readonly className: string;
  readonly id: number;
  /** Per round, on average: objects and bytes. 0 of suspects. */
  readonly growth: { readonly count: number; readonly bytes: number };
  /** Share of the heap that the object retains, from 0 to 1. */
  readonly retainedShare: number;
  /** The shortest way from the roots to it. */
  readonly path: readonly FindingStep[];
  readonly location: Location | null;
  /** The same for the same leak in other runs. */
  readonly fingerprint: string;
  /** One sentence. */
  readonly explanation: string;
}

export interface FindingStep {
  /** `null` at the start. */
  readonly edge: { readonly type: string; readonly name: string | number } | null;
  /** Ordinal in `Leaks.snapshot`; `null` where it has no object of that id. */
  readonly ordinal: number | null;
  readonly id: number;
  readonly className: string;
  readonly name: string;
}
