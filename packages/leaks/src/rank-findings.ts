import { type Finding, LEVELS } from './finding.js';
import { type JudgeOptions, judgeSite } from './judge-site.js';
import type { LeakSite } from './leak-site.js';

/**
 * Judges the sites: the highest level first, then what grows or keeps most, weighed by confidence. Sites that read the
 * same (the list of every session, say) become one finding: the largest stands for all, growth adds up. This is what
 * memlab calls clusters of retaining paths.
 */
export function rankFindings(sites: readonly LeakSite[], options: JudgeOptions, limit: number): Finding[] {
  const clusters = new Map<string, Finding[]>();
  for (const site of sites) {
    const finding = judgeSite(site, options);
    if (finding === null) continue;
    const cluster = clusters.get(finding.fingerprint);
    if (cluster) cluster.push(finding);
    else clusters.set(finding.fingerprint, [finding]);
  }
  return [...clusters.values()].map(merge).sort(compareFindings).slice(0, limit);
}

function merge(cluster: Finding[]): Finding {
  const [largest, ...others] = cluster.sort(compareFindings);
  if (others.length === 0) return largest;
  const sum = (of: (finding: Finding) => number): number => cluster.reduce((all, one) => all + of(one), 0);
  return {
    ...largest,
    growth: { count: sum(({ growth }) => growth.count), bytes: sum(({ growth }) => growth.bytes) },
    explanation: `${largest.explanation.slice(0, -1)}; ${others.length} more like it.`,
  };
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) ||
    weightOf(b) - weightOf(a) ||
    b.growth.count - a.growth.count ||
    a.id - b.id
  );
}

function weightOf({ confidence, growth, retainedShare }: Finding): number {
  return confidence * (growth.bytes || retainedShare);
}
