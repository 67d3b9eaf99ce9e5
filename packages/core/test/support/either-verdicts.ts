/**
 * What heapstream does with the damaged fixtures that leave the choice to the reader: the code of the error, or the codes
 * of the warnings with which the file opens. A change here is a change of behaviour.
 */
export const EITHER_VERDICTS: Readonly<Record<string, string | readonly string[]>> = {
  // opened: the numbers are not in doubt
  'cycle-only-no-root-edges.heapsnapshot': [],
  'gzip-named-but-plain.heapsnapshot.gz': [],
  'location-object-out-of-range.heapsnapshot': ['DROPPED_ROWS'],
  'node-count-string.heapsnapshot': ['HEADER_VALUE'],
  'samples-odd.heapsnapshot': ['DROPPED_ROWS'],
  'trace-count-without-section.heapsnapshot': ['HEADER_COUNT'],
  'utf8-cesu-surrogate.heapsnapshot': ['BAD_UTF8'],
  // refused: what the file means would be a guess
  'array-wrapped.heapsnapshot': 'BAD_SECTION',
  'bom-double.heapsnapshot': 'BAD_COMPRESSION',
  'edge-name-out-of-range.heapsnapshot': 'BAD_REFERENCE',
  'edges-comment.heapsnapshot': 'BAD_NUMBER',
  'gzip-trailing-garbage.heapsnapshot.gz': 'BAD_COMPRESSION',
  'leading-garbage.heapsnapshot': 'NOT_JSON',
  'meta-node-fields-duplicate.heapsnapshot': 'BAD_META',
  'missing-comma-between-sections.heapsnapshot': 'NOT_JSON',
  'nested-under-key.heapsnapshot': 'BAD_SECTION',
  'node-type-out-of-range.heapsnapshot': 'BAD_REFERENCE',
  'nodes-duplicate.heapsnapshot': 'DUPLICATE_SECTION',
  'nodes-leading-zero.heapsnapshot': 'BAD_NUMBER',
  'nodes-plus.heapsnapshot': 'BAD_NUMBER',
  'root-index-out-of-range.heapsnapshot': 'BAD_REFERENCE',
  'strings-bad-escape.heapsnapshot': 'BAD_STRING',
  'strings-duplicate.heapsnapshot': 'DUPLICATE_SECTION',
  'strings-null.heapsnapshot': 'BAD_STRING',
  'strings-raw-newline.heapsnapshot': 'BAD_STRING',
  'utf16le.heapsnapshot': 'FOREIGN_FORMAT',
};
