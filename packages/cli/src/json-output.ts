import type { OutputStream } from './cli-io.js';
import { writeText } from './output-stream.js';

/** Characters that JSON may hold raw, but that a terminal may act on: DEL, C1 controls, separators, text direction. */
const UNSAFE_IN_TERMINAL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
/** Without a look at what every character is: much faster. */
const MAY_BE_UNSAFE = /[^ -~]/;

/** Rows up to which a document is made at once. */
const FEW_ROWS = 10_000;

/**
 * Writes one JSON document and a newline, in chunks: the text is never in memory as a whole, unless the caller knows that it has
 * few `rows`, of a few fields each.
 */
export async function writeJson(
  stream: OutputStream,
  value: unknown,
  rows = Number.POSITIVE_INFINITY,
): Promise<void> {
  if (rows <= FEW_ROWS) return writeText(stream, `${safeJson(JSON.stringify(value))}\n`);
  const { stringifyChunked } = await import('@discoveryjs/json-ext');
  await writeText(stream, jsonText(stringifyChunked(value)));
}

function* jsonText(chunks: Iterable<string>): Generator<string> {
  for (const chunk of chunks) yield safeJson(chunk);
  yield '\n';
}

/** A string as JSON, safe to print. */
export function jsonString(text: string): string {
  return safeJson(JSON.stringify(text));
}

/** Without indentation these characters stand inside strings only, where an escape means the same. */
function safeJson(json: string): string {
  return MAY_BE_UNSAFE.test(json) ? json.replace(UNSAFE_IN_TERMINAL, escapeForJson) : json;
}

function escapeForJson(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
