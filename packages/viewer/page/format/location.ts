import type { Location } from '../../src/api/index.js';

/** `…/server.js:12:3`, as people count: from 1. Long paths keep their end, which tells. */
export function formatLocation({ scriptName, scriptId, line, column }: Location, maxLength = 60): string {
  const script = scriptName ?? `script ${scriptId}`;
  const shown = script.length <= maxLength ? script : `…${script.slice(-maxLength)}`;
  return `${shown}:${line + 1}:${column + 1}`;
}

/** The file alone, without its folders. */
export function fileOfLocation({ scriptName, scriptId, line }: Location): string {
  const file = scriptName?.split(/[/\\]/).at(-1);
  return `${file || `script ${scriptId}`}:${line + 1}`;
}
