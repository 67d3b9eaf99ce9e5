import type { HeapGraph } from '@heapstream/core';
import { rowsOf } from '@heapstream/core';

/** UTF-16 units of a name that lists show. */
export const MAX_NAME_LENGTH = 300;
/** A unit takes this many bytes of UTF-8 at most. */
const MAX_BYTES_PER_UNIT = 4;

export interface CutText {
  readonly text: string;
  readonly isCut: boolean;
}

export function cutText(text: string, maxLength: number): CutText {
  return { text: text.slice(0, maxLength), isCut: text.length > maxLength };
}

/** What people read, without decoding more of a very long string than is shown. */
export function readName(graph: HeapGraph, ordinal: number, maxLength: number): CutText {
  const { strings } = graph;
  const string = rowsOf(graph.columns, 'nameByNode', ordinal)[ordinal];
  const enough = maxLength * MAX_BYTES_PER_UNIT;
  const isRaw = graph.typeOrdinalOf(ordinal) !== graph.nodeType.concatenatedString;
  if (!isRaw || strings.byteLengthOf(string) <= enough || graph.hasDetachedPrefix(ordinal)) {
    return cutText(graph.node(ordinal).name, maxLength);
  }
  const text = Buffer.from(strings.bytesOf(string).subarray(0, enough)).toString('utf8');
  return { text: text.slice(0, maxLength), isCut: true };
}
