import { fileURLToPath } from 'node:url';
import type { LeakKind } from '../../src/finding.js';

/** A program that leaks, and what must be said about it. */
export interface LeakingProgram {
  /** Path of its file in `programs`. */
  readonly file: string;
  readonly kind: LeakKind;
  /** Objects per round. */
  readonly count: number;
  readonly fingerprint: string;
  /** The rule that must recognise it, where there are several of its kind. */
  readonly rule?: string;
}

export const LEAKING: readonly LeakingProgram[] = [
  leak('array', 'array', 120, 'trail → AuditTrail.entries → Array'),
  leak('copied-list', 'array', 80, 'reducer → Reducer.state → Object.items → Array'),
  leak('error-stacks', 'array', 60, 'report → Object.failures → Array'),
  leak('sliced-strings', 'array', 30, 'tokens → Tokens.seen → Array'),
  leak('kept-requests', 'array', 15, 'statistics → Statistics.requests → Array'),
  leak('async-storage', 'array', 50, 'scheduler → Scheduler.later → Array'),
  leak('contexts', 'array', 2, 'templates → Templates.realms → Array'),
  leak('histories', 'array', 150, 'users → User.history → Array'),
  leak('handler-variable', 'array', 70, 'orders → Array'),
  leak('weak-map', 'array', 100, 'tenants → Array'),
  leak(
    'unread-events',
    'array',
    100,
    'unconsumedEvents → FixedQueue.tail → FixedCircularBuffer.list → Array',
  ),
  leak('map', 'cache', 120, 'profiles → Map'),
  leak('dictionary', 'cache', 120, 'metrics → Metrics.counters → Object'),
  leak('broken-lru', 'cache', 100, 'pages → Lru.entries → Map'),
  leak(
    'static-memo',
    'cache',
    120,
    'formatter → Formatter.__proto__ → Object.constructor → Function.#known → Map',
  ),
  leak('object-urls', 'cache', 40, 'gallery → Gallery.previews → Map'),
  leak('trie', 'cache', 475, 'index → Index.root → Branch.children → Map'),
  leak('own-names', 'cache', 80, 'modules → ModuleMap'),
  leak('listener', 'listener', 60, 'store → Store._events → Object.change → Array'),
  leak('event-target', 'listener', 60, 'shutdown → Shutdown.<symbol kEvents> → Object.next → Listener'),
  leak('abort-signal', 'listener', 60, 'shutdown → Listener'),
  leak('stream-listeners', 'listener', 60, 'log → LogStream._events → Object.error → Array'),
  leak('timer', 'timer', 60, 'timerListMap → TimersList'),
  leak('heartbeats', 'timer', 12, 'timerListMap → TimersList'),
  leak('closure', 'closure', 40, 'current → Object'),
  leak('promise', 'promise', 60, 'backend → Backend.pendingReplies → Array'),
  leak('promise-race', 'promise', 150, 'stopped → Promise'),
  leak('worker', 'native', 2, 'crew → Crew.workers → Array'),
  leak('buffers', 'native', 20, 'inbox → Inbox.uploads → Set'),
  leak('linked-list', 'object', 100, 'history → History.first → Entry'),
  leak('finalization-registry', 'object', 60, 'registry → FinalizationRegistry'),
];

/** Programs that stay as they are, or get to an end of their growth. */
export const HEALTHY: readonly string[] = [
  'filling-cache',
  'growing-pool',
  'in-flight',
  'interned-strings',
  'lazy-modules',
  'lru-cache',
  'lru-list',
  'many-shapes',
  'pool',
  'queue',
  'server',
  'sessions',
  'settled-promises',
  'warm-up',
  'weak-cache',
].map((name) => `healthy/${name}.mjs`);

/** The same in pages. */
export const LEAKING_PAGES: readonly LeakingProgram[] = [
  page('removed-dialogs', 'detached-dom', 40, 'dialogs → Dialogs.opened → Array'),
  page('element-cache', 'detached-dom', 50, 'rows → Map'),
  // a browser tells which variables functions use
  { ...leak('closure', 'closure', 40, 'current → Object'), rule: 'unused-variables' },
  page('window-listeners', 'listener', 40, 'Window / ://'),
];
export const HEALTHY_PAGES: readonly string[] = ['pages/healthy/removed-nodes.mjs'];

function leak(name: string, kind: LeakKind, count: number, way: string): LeakingProgram {
  return { file: `leaking/${name}.mjs`, kind, count, fingerprint: `${kind}: ${way}` };
}

function page(name: string, kind: LeakKind, count: number, way: string): LeakingProgram {
  return { file: `pages/leaking/${name}.mjs`, kind, count, fingerprint: `${kind}: ${way}` };
}

/** Path of a program. */
export function programFile(file: string): string {
  return fileURLToPath(new URL(`../programs/${file}`, import.meta.url));
}
