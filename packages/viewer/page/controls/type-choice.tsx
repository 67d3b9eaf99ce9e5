import type { JSX } from 'preact';
import type { SnapshotFacts } from '../../src/api/index.js';
import { goTo, here } from '../state/navigation.js';
import { Choice } from './choice.js';

/** Rows of one node type only. */
export function TypeChoice({ facts }: { readonly facts: SnapshotFacts }): JSX.Element {
  const options = facts.nodeTypes.map((type) => [type, type] as const);
  return (
    <Choice
      label="Type"
      value={here().type}
      options={[['', 'all'], ...options]}
      onChoose={(type) => goTo({ type })}
    />
  );
}
