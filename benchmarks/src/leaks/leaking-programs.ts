/** A program that leaks, and how to tell from what somebody reads whether it says why. */
export interface LeakingProgram {
  /** Its file in `packages/leaks/test/programs/leaking`, without extension. */
  readonly name: string;
  /** What keeps hold: the variable, property or list that the leak is in. */
  readonly culprit: RegExp;
  /** The class of what piles up. */
  readonly leaked: RegExp;
}

const program = (name: string, culprit: RegExp, leaked: RegExp): LeakingProgram => ({
  name,
  culprit,
  leaked,
});

/** The programs of the tests of `@heapstream/leaks`: written before anybody looked at what the others say about them. */
export const LEAKING_PROGRAMS: readonly LeakingProgram[] = [
  program('array', /\bentries\b/, /\{user, action, at\}|Date/),
  program('copied-list', /\bitems\b/, /\{name, n\}/),
  program('error-stacks', /\bfailures\b/, /Error|Order/),
  program('sliced-strings', /\bseen\b/, /string/),
  program('kept-requests', /\brequests\b/, /IncomingMessage/),
  program('async-storage', /\blater\b/, /Visit|AsyncResource/),
  program('contexts', /\brealms\b/, /Context|\{text\}/),
  program('histories', /\bhistory\b/, /\{what, name\}/),
  program('weak-map', /\btenants\b|WeakMap/, /\{page, at\}|Date/),
  program('unread-events', /\bunconsumedEvents\b|\bFixedQueue\b/, /\{symbol, price\}/),
  program('map', /\bprofiles\b/, /Profile/),
  program('dictionary', /\bcounters\b/, /Counter/),
  program('broken-lru', /\bentries\b/, /\{key, words\}/),
  program('static-memo', /#?known\b/, /\{key, parts\}/),
  program('object-urls', /\bpreviews\b/, /Preview/),
  program('trie', /\bindex\b|\bchildren\b/, /Branch/),
  program('own-names', /\bmodules\b/, /IncomingMessage|Module\b/),
  program('listener', /\b_events\b|\bstore\b/, /View/),
  program('event-target', /kEvents|\bshutdown\b/, /Download|Listener/),
  program('abort-signal', /kEvents|\bshutdown\b/, /Request|Listener/),
  program('stream-listeners', /\b_events\b|\blog\b/, /Connection/),
  program('timer', /\btimerListMap\b|\bTimersList\b/, /Timeout|Session/),
  program('heartbeats', /\btimerListMap\b|\bTimersList\b/, /Timeout|Client|Socket/),
  program('closure', /\bcurrent\b|\bprevious\b/, /\{payload, method\}/),
  program('promise', /\bpendingReplies\b/, /Promise|Generator/),
  program('promise-race', /\bstopped\b/, /Promise|Job|Generator/),
  program('worker', /\bworkers\b/, /Worker/),
  program('buffers', /\buploads\b/, /Upload|Uint8Array|ArrayBuffer/),
  program('linked-list', /\bfirst\b|\bhistory\b/, /Entry/),
  program('finalization-registry', /\bregistry\b|FinalizationRegistry/, /Handle/),
];
