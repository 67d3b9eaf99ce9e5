import type { JSX } from 'preact';
import type { ObjectRow } from '../../src/api/index.js';
import { ObjectName } from '../rows/object-name.js';
import { selectObject } from '../rows/selection.js';

/** An object's name that selects it. */
export function ObjectLink({
  object,
  snapshot,
}: {
  readonly object: ObjectRow;
  readonly snapshot: number;
}): JSX.Element {
  const { id, ordinal } = object;
  return (
    <button type="button" class="object-link" onClick={() => selectObject({ id, ordinal, snapshot })}>
      <ObjectName object={object} />
    </button>
  );
}
