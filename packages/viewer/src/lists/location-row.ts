import { formatLocation, type SourceLocation } from '@heapstream/core';
import type { Location } from '../api/index.js';
import { cutText, MAX_NAME_LENGTH } from './short-text.js';

/** A location as answers show it; `null` where there is none. */
export function locationRow(location: SourceLocation | null): Location | null {
  if (location === null) return null;
  const { column, line, scriptId, scriptName } = location;
  const name = scriptName === null ? null : cutText(scriptName, MAX_NAME_LENGTH).text;
  return { scriptName: name, scriptId, line, column };
}

/** What filters look at. */
export function classText(name: string, location: SourceLocation | null): string {
  return location === null ? name : `${name}\n${formatLocation(location)}`;
}
