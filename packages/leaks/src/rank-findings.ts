import { type Finding, LEVELS } from './finding.js';
import { judgeSite, type RecognisedSite, recogniseSite } from './judge-site.js';
import type { ArtefactRule, LeakRule } from './leak-rule.js';
import { LeakSite } from './leak-site.js';
import { isHeldByProgram, locateCallback } from './locate-site.js';

export interface RankOptions {
  readonly rules: readonly LeakRule[];
  readonly artefacts: readonly ArtefactRule[];
}

/** What only the runtime's own code holds is mostly the trace of something that the program holds, too. */
const RUNTIME_FACTOR = 0.5;

interface Weighed {
  readonly finding: Finding;
  readonly weight: number;
}

/**
 * Judges the sites: the highest level first, then what grows or keeps most, weighed by confidence. Sites that read the
 * same (the list of every session, say) are judged as one: the largest stands for all, growth adds up. This is what
 * memlab calls clusters of retaining paths.
 */
export function rankFindings(
  sites: readonly LeakSite[],
  { artefacts, rules }: RankOptions,
  limit: number,
): Finding[] {
  const clusters = new Map<string, RecognisedSite[]>();
  for (const site of sites) {
    const recognised = recogniseSite(site, rules);
    if (recognised === null) continue;
    const cluster = clusters.get(recognised.fingerprint);
    if (cluster) cluster.push(recognised);
    else clusters.set(recognised.fingerprint, [recognised]);
  }
  return [...clusters.values()]
    .map((cluster): Weighed => {
      const all = merge(cluster);
      const finding = judgeSite(all, cluster.length - 1, artefacts);
      const { confidence, growth, retainedShare } = finding;
      const isOfProgram = isHeldByProgram(all.site) || locateCallback(all.site) !== null;
      const weight = confidence * (growth.bytes || retainedShare);
      return { finding, weight: weight * (isOfProgram ? 1 : RUNTIME_FACTOR) };
    })
    .sort(compareWeighed)
    .slice(0, limit)
    .map(({ finding }) => finding);
}

/** The largest, with the growth of all. */
function merge(cluster: readonly RecognisedSite[]): RecognisedSite {
  if (cluster.length === 1) return cluster[0];
  const [largest] = [...cluster].sort(
    (a, b) => sizeOf(b.site) - sizeOf(a.site) || a.site.ordinal - b.site.ordinal,
  );
  const sum = (of: (site: LeakSite) => number): number =>
    cluster.reduce((all, { site }) => all + of(site), 0);
  const { analysis, counts, direct, held, isMatched, ordinal, sizes } = largest.site;
  const site = new LeakSite({
    analysis,
    ordinal,
    counts: counts.map((_, i) => sum((one) => one.counts[i])),
    sizes: sizes.map((_, i) => sum((one) => one.sizes[i])),
    growth: { count: sum(({ growth }) => growth.count), bytes: sum(({ growth }) => growth.bytes) },
    held,
    direct,
    isMatched,
  });
  return { ...largest, site };
}

function sizeOf({ analysis, growth, ordinal }: LeakSite): number {
  return growth.bytes || analysis.retainedSizeOf(ordinal);
}

function compareWeighed(a: Weighed, b: Weighed): number {
  return (
    LEVELS.indexOf(b.finding.level) - LEVELS.indexOf(a.finding.level) ||
    b.weight - a.weight ||
    b.finding.growth.count - a.finding.growth.count ||
    a.finding.id - b.finding.id
  );
}
