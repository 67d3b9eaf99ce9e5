import type { Comparison, CountByField, Difference } from './compare.js';

/** Comparisons of several files added up, for the line that a run prints. */
export class ComparisonTotals {
  readonly equal: CountByField = new Map();
  readonly different: CountByField = new Map();
  readonly excluded = new Map<string, CountByField>();

  add(comparison: Comparison): void {
    addAll(this.equal, comparison.equal);
    addAll(this.different, comparison.different);
    for (const [rule, counts] of comparison.excluded) {
      if (!this.excluded.has(rule)) this.excluded.set(rule, new Map());
      addAll(this.excluded.get(rule)!, counts);
    }
  }

  /** How many values were compared, per field, and how many each rule excluded. */
  toString(): string {
    const lines = [`${sum(this.equal)} values equal: ${list(this.equal)}`];
    if (this.different.size > 0)
      lines.push(`${sum(this.different)} values DIFFERENT: ${list(this.different)}`);
    for (const [rule, counts] of this.excluded) {
      lines.push(`${sum(counts)} values excluded by "${rule}": ${list(counts)}`);
    }
    return lines.join('\n');
  }
}

/** One line per difference, for the message of a failing test. */
export function describeDifferences({ different, differences }: Comparison): string {
  if (different.size === 0) return 'no differences';
  const shown = differences.map(describe);
  const hidden = sum(different) - shown.length;
  return [
    `${sum(different)} values differ (${list(different)})`,
    ...shown,
    ...(hidden > 0 ? [`… and ${hidden} more`] : []),
  ].join('\n');
}

function describe(difference: Difference): string {
  const values = `ours ${JSON.stringify(difference.ours)}, DevTools ${JSON.stringify(difference.engine)}`;
  switch (difference.part) {
    case 'node':
      return `node ${difference.ordinal} @${difference.objectId} ${difference.field}: ${values}`;
    case 'class':
      return `class ${JSON.stringify(difference.key)} ${difference.field}: ${values}`;
    case 'statistics':
      return `statistics ${difference.field}: ${values}`;
  }
}

function addAll(counts: CountByField, added: CountByField): void {
  for (const [field, count] of added) counts.set(field, (counts.get(field) ?? 0) + count);
}

function sum(counts: CountByField): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

function list(counts: CountByField): string {
  return Array.from(counts, ([field, count]) => `${field} ${count}`).join(', ');
}
