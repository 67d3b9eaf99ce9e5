import { type Finding, LEVELS } from './finding.js';
import { type JudgeOptions, judgeSite } from './judge-site.js';
import type { LeakSite } from './leak-site.js';
import { isHeldByProgram } from './locate-site.js';

/**
 * Judges the sites: the highest level first, then what grows or keeps most, weighed by confidence. Sites that read the
 * same (the list of every session, say) become one finding: the largest stands for all, growth adds up. This is what
 * memlab calls clusters of retaining paths.
 */
export function rankFindings(sites: readonly LeakSite[], options: JudgeOptions, limit: number): Finding[] {
  const clusters = new Map<string, Weighed[]>();
  for (const site of sites) {
    const finding = judgeSite(site, options);
    if (finding === null) continue;
    const weighed = { finding, weight: weightOf(finding) * (isHeldByProgram(site) ? 1 : RUNTIME_FACTOR) };
    const cluster = clusters.get(finding.fingerprint);
    if (cluster) cluster.push(weighed);
    else clusters.set(finding.fingerprint, [weighed]);
  }
  return [...clusters.values()]
    .map(merge)
    .sort(compareWeighed)
    .slice(0, limit)
    .map(({ finding }) => finding);
}

/** What only the runtime's own code holds is mostly the trace of something that the program holds, too. */
const RUNTIME_FACTOR = 0.5;

interface Weighed {
  readonly finding: Finding;
  readonly weight: number;
}

function merge(cluster: Weighed[]): Weighed {
  const [largest, ...others] = cluster.sort(compareWeighed);
  if (others.length === 0) return largest;
  const sum = (of: (weighed: Weighed) => number): number => cluster.reduce((all, one) => all + of(one), 0);
  const { finding } = largest;
  return {
    weight: sum(({ weight }) => weight),
    finding: {
      ...finding,
      growth: {
        count: sum(({ finding: { growth } }) => growth.count),
        bytes: sum(({ finding: { growth } }) => growth.bytes),
      },
      explanation: `${finding.explanation.slice(0, -1)}; ${others.length} more like it.`,
    },
  };
}

function compareWeighed(a: Weighed, b: Weighed): number {
  return (
    LEVELS.indexOf(b.finding.level) - LEVELS.indexOf(a.finding.level) ||
    b.weight - a.weight ||
    b.finding.growth.count - a.finding.growth.count ||
    a.finding.id - b.finding.id
  );
}

function weightOf({ confidence, growth, retainedShare }: Finding): number {
  return confidence * (growth.bytes || retainedShare);
}
