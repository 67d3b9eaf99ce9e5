import { unusedBelow } from '../closures/unused-below.js';
import type { LeakRule } from '../leak-rule.js';
import { shortName } from '../wording.js';

/** Share of what the object retains that must hang on such variables. */
const LEAST_SHARE = 0.5;
const NAMED_VARIABLES = 3;

/**
 * Scopes that functions share, with variables that no live function can use: what one of the functions needs, all keep.
 * Only where the snapshot has scope data.
 */
export const unusedVariables: LeakRule = {
  name: 'unused-variables',
  kind: 'closure',
  recognise({ analysis, ordinal }) {
    const unused = unusedBelow(analysis, ordinal);
    const size = unused.reduce((sum, { retainedSize }) => sum + retainedSize, 0);
    if (unused.length === 0 || size < analysis.retainedSizeOf(ordinal) * LEAST_SHARE) return null;
    const names = [...new Set(unused.map(({ name }) => name))].slice(0, NAMED_VARIABLES).map(shortName);
    return `variables that scopes keep though no function can use them (${names.join(', ')})`;
  },
};
