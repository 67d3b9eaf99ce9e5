import type { OutputStream } from './cli-io.js';
import { writeText } from './output-stream.js';

/** Characters that JSON may hold raw, but that a terminal may act on: DEL, C1 controls, separators, text direction. */
const UNSAFE_IN_TERMINAL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
/** Without a look at what every character is: much faster. */
const MAY_BE_UNSAFE = /[^ -~]/;

/** Writes one JSON document and a newline, in chunks: the text is never in memory as a whole. */
export async function writeJson(stream: OutputStream, value: unknown): Promise<void> {
  const { stringifyChunked } = await import('@discoveryjs/json-ext');
  await writeText(stream, jsonText(stringifyChunked(value)));
}

function* jsonText(chunks: Iterable<string>): Generator<string> {
  // Without indentation these characters stand inside strings only, where an escape means the same.
  for (const chunk of chunks) yield chunk.replace(UNSAFE_IN_TERMINAL, escapeForJson);
  yield '\n';
}

/** A string as JSON, safe to print. */
export function jsonString(text: string): string {
  const json = JSON.stringify(text);
  return MAY_BE_UNSAFE.test(json) ? json.replace(UNSAFE_IN_TERMINAL, escapeForJson) : json;
}

function escapeForJson(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
