import { fileURLToPath } from 'node:url';
import type { LeakKind } from '../../src/finding.js';

/** A program that leaks, and what must be said about it. */
export interface LeakingProgram {
  readonly name: string;
  readonly kind: LeakKind;
  /** Objects per round. */
  readonly count: number;
  readonly fingerprint: string;
}

export const LEAKING: readonly LeakingProgram[] = [
  { name: 'array', kind: 'array', count: 120, fingerprint: 'array: trail → AuditTrail.entries → Array' },
  { name: 'map', kind: 'cache', count: 120, fingerprint: 'cache: profiles → Map' },
  {
    name: 'dictionary',
    kind: 'cache',
    count: 120,
    fingerprint: 'cache: metrics → Metrics.counters → Object',
  },
  {
    name: 'listener',
    kind: 'listener',
    count: 60,
    fingerprint: 'listener: store → Store._events → Object.change → Array',
  },
  {
    name: 'event-target',
    kind: 'listener',
    count: 60,
    fingerprint: 'listener: shutdown → Shutdown.<symbol kEvents> → Object.next → Listener',
  },
  { name: 'timer', kind: 'timer', count: 60, fingerprint: 'timer: timerListMap → TimersList' },
  { name: 'closure', kind: 'closure', count: 40, fingerprint: 'closure: current → Object' },
  {
    name: 'promise',
    kind: 'promise',
    count: 60,
    fingerprint: 'promise: backend → Backend.pendingReplies → Array',
  },
  { name: 'worker', kind: 'native', count: 2, fingerprint: 'native: crew → Crew.workers → Array' },
  { name: 'buffers', kind: 'native', count: 20, fingerprint: 'native: inbox → Inbox.uploads → Set' },
  { name: 'linked-list', kind: 'object', count: 100, fingerprint: 'object: history → History.first → Entry' },
  {
    name: 'copied-list',
    kind: 'array',
    count: 80,
    fingerprint: 'array: reducer → Reducer.state → Object.items → Array',
  },
];

export const HEALTHY: readonly string[] = [
  'lru-cache',
  'filling-cache',
  'pool',
  'warm-up',
  'settled-promises',
  'queue',
];

export function programFile(folder: 'leaking' | 'healthy', name: string): string {
  return fileURLToPath(new URL(`../programs/${folder}/${name}.mjs`, import.meta.url));
}
