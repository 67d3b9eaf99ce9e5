import type { SourceLocation } from '@heapstream/core';

/** What kind of thing keeps the objects. */
export const LEAK_KINDS = [
  'timer',
  'listener',
  'detached-dom',
  'native',
  'promise',
  'cache',
  'array',
  'closure',
  'strings',
  'object',
] as const;
export type LeakKind = (typeof LEAK_KINDS)[number];

/** How much a finding asks for somebody to look at it, the least first. */
export const LEVELS = ['low', 'medium', 'high'] as const;
export type Level = (typeof LEVELS)[number];

/** One object on the way from the roots, and the edge that leads to it: `null` at the start. */
export interface FindingStep {
  readonly edge: { readonly type: string; readonly name: string | number } | null;
  readonly node: { readonly id: number; readonly class: string; readonly name: string };
}

/**
 * A leak, or what looks like one. Plain data, and the JSON that commands print: a published contract, names and order
 * stay.
 */
export interface Finding {
  /** The rule that recognised it. */
  readonly rule: string;
  readonly kind: LeakKind;
  readonly level: Level;
  /** How sure it is that this grows without end, from 0 to 1. */
  readonly confidence: number;
  /** Class and id of the accumulation point: the object that holds ever more. */
  readonly class: string;
  readonly id: number;
  /** Per round, on average: objects, and bytes held by this object alone. 0 where there is one snapshot only. */
  readonly growth: { readonly count: number; readonly bytes: number };
  /** Share of the heap that the object retains, from 0 to 1. */
  readonly retainedShare: number;
  /** The shortest way from the roots to the object. */
  readonly path: readonly FindingStep[];
  /** Where the object's constructor, or that of the nearest object that holds it, was written. */
  readonly location: SourceLocation | null;
  /** The same for the same leak in other runs: see `fingerprintOf`. */
  readonly fingerprint: string;
  /** One sentence. */
  readonly explanation: string;
}

/** Whether a level is at or above another one. */
export function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}
