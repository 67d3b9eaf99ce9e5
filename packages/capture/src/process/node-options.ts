/** Options of Node's that concern captures, from a command line and `NODE_OPTIONS`. */
export interface NodeOptions {
  /** `--heapsnapshot-signal` */
  readonly snapshotSignal: string | undefined;
  /** `--diagnostic-dir` */
  readonly diagnosticDirectory: string | undefined;
  /** `--inspect` and its like */
  readonly isInspected: boolean;
  /** `--disable-sigusr1` */
  readonly ignoresUserSignal: boolean;
}

/** Options whose value may be the next argument, so that it is not taken for the script. */
const OPTIONS_WITH_VALUE: ReadonlySet<string> = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '-e',
  '--eval',
  '-p',
  '--print',
  '-pe',
  '--env-file',
  '--env-file-if-exists',
  '--title',
  '--icu-data-dir',
  '--input-type',
  '--stack-trace-limit',
  '--unhandled-rejections',
  '--max-http-header-size',
  '--inspect-port',
  '--debug-port',
  '--diagnostic-dir',
  '--heapsnapshot-signal',
  '--heapsnapshot-near-heap-limit',
]);

/**
 * What Node makes of its arguments (the program first): those up to the script count, and win over `NODE_OPTIONS`.
 */
export function readNodeOptions(commandLine: readonly string[], nodeOptions = ''): NodeOptions {
  const options = [...parseOptions(splitOptions(nodeOptions)), ...parseOptions(commandLine.slice(1))];
  const last = (name: string): string | undefined => options.findLast(([key]) => key === name)?.[1];
  return {
    snapshotSignal: last('--heapsnapshot-signal'),
    diagnosticDirectory: last('--diagnostic-dir') || undefined,
    isInspected: options.some(([key]) => /^--inspect(-brk|-wait)?$/.test(key)),
    ignoresUserSignal: options.some(([key]) => key === '--disable-sigusr1'),
  };
}

/** Name and value of every option before the script. Node takes underscores for dashes. */
function parseOptions(words: readonly string[]): [name: string, value: string][] {
  const options: [string, string][] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === '--' || word === '-' || !word.startsWith('-')) break;
    const equals = word.indexOf('=');
    const name = (equals < 0 ? word : word.slice(0, equals)).replaceAll('_', '-');
    if (equals >= 0) options.push([name, word.slice(equals + 1)]);
    else options.push([name, OPTIONS_WITH_VALUE.has(name) ? (words[++at] ?? '') : '']);
  }
  return options;
}

/** Words apart by spaces; double quotes hold them together, a backslash inside quotes escapes, as Node splits it. */
function splitOptions(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    let character = text[at];
    if (character === '\\' && isQuoted) character = text[++at] ?? '';
    else if (character === ' ' && !isQuoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    } else if (character === '"') {
      isQuoted = !isQuoted;
      word ??= '';
      continue;
    }
    word = (word ?? '') + character;
  }
  return word === undefined ? words : [...words, word];
}
