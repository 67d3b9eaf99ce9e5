import { fileURLToPath } from 'node:url';

/** A program that leaks, and how to tell from what somebody reads whether it says why. */
export interface LeakingProgram {
  /** Its file in `packages/leaks/test/programs/leaking`, without extension. */
  readonly name: string;
  /** Snapshots that are there already. */
  readonly files?: readonly string[];
  /** What keeps hold: the variable, property or list that the leak is in. */
  readonly culprit: RegExp;
  /** Classes of what piles up, and of what comes with it. */
  readonly leaked: RegExp;
}

const program = (name: string, culprit: RegExp, leaked: RegExp): LeakingProgram => ({
  name,
  culprit,
  leaked,
});

const PAIRS = new URL('../../../packages/conformance/test/fixtures/pairs/', import.meta.url);

/** The programs of the tests of `@heapstream/leaks`: written before anybody looked at what the others say about them. */
export const LEAKING_PROGRAMS: readonly LeakingProgram[] = [
  program('array', /\bentries\b/, /\{user, action, at\}|Date/),
  program('copied-list', /\bitems\b/, /\{name, n\}/),
  program('error-stacks', /\bfailures\b/, /Error|Order|\{id\}/),
  program('sliced-strings', /\bseen\b/, /string/),
  program('kept-requests', /\brequests\b/, /IncomingMessage/),
  program('async-storage', /\blater\b/, /Visit|AsyncResource|Function/),
  program('contexts', /\brealms\b/, /Context|\{text\}|Function|object shape/),
  program('histories', /\bhistory\b/, /\{what, name\}/),
  program('handler-variable', /\borders\b/, /\{article, count\}/),
  program('weak-map', /\btenants\b|WeakMap/, /\{page, at\}|Date/),
  program('unread-events', /\bunconsumedEvents\b|\bFixedQueue\b/, /\{symbol, price\}/),
  program('map', /\bprofiles\b/, /Profile/),
  program('dictionary', /\bcounters\b/, /Counter/),
  program('broken-lru', /\bentries\b/, /\{key, words\}|Array/),
  program('static-memo', /#?known\b/, /\{key, parts\}/),
  program('object-urls', /\bpreviews\b/, /Preview|\{title\}/),
  program('trie', /\bindex\b|\bchildren\b/, /Branch|Map/),
  program('own-names', /\bmodules\b/, /IncomingMessage|Module\b|\{title\}/),
  program('listener', /\b_events\b|\bstore\b/, /View|\{title\}/),
  program('event-target', /kEvents|\bshutdown\b/, /Download|Listener/),
  program('abort-signal', /kEvents|\bshutdown\b/, /Request|Listener|\{text\}/),
  program('stream-listeners', /\b_events\b|\blog\b/, /Connection|\{address\}/),
  program('timer', /\btimerListMap\b|\bTimersList\b/, /Timeout|Session|\{name\}/),
  program('heartbeats', /\btimerListMap\b|\bTimersList\b/, /Timeout|Client|Socket/),
  program('closure', /\bcurrent\b|\bprevious\b/, /\{payload, method\}|Object/),
  program('promise', /\bpendingReplies\b/, /Promise|Generator|Function/),
  program('promise-race', /\bstopped\b/, /Promise|Job|Generator|\{id\}/),
  program('worker', /\bworkers\b/, /Worker/),
  program('buffers', /\buploads\b/, /Upload|Uint8Array|ArrayBuffer/),
  program('linked-list', /\bfirst\b|\bhistory\b/, /Entry/),
  program('finalization-registry', /\bregistry\b|FinalizationRegistry/, /Handle|Object/),
  {
    // leaks in several ways: each is a culprit
    ...program('page', /\belements\b|\blist\b|\bbyId\b|timer|listener/i, /Detached|<li>|Order|Function/),
    files: ['before', 'after'].map((moment) =>
      fileURLToPath(new URL(`chromium-${moment}.heapsnapshot.br`, PAIRS)),
    ),
  },
];
