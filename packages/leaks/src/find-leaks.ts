import type { HeapAnalysis } from '@heapstream/dominators';
import { ARTEFACT_RULES } from './artefacts/artefact-rules.js';
import { chooseCandidates } from './choose-candidates.js';
import type { Finding } from './finding.js';
import { growingClassSites } from './growing-class-sites.js';
import { growthSites } from './growth-sites.js';
import type { ArtefactRule, LeakRule } from './leak-rule.js';
import type { LeakSite } from './leak-site.js';
import { rankFindings } from './rank-findings.js';
import { LEAK_RULES } from './rules/leak-rules.js';
import { type LeakThreadOptions, TaskRunner } from './task-runner.js';

export interface FindingOptions {
  /** What recognises kinds, the first one first. Default {@link LEAK_RULES}. */
  readonly rules?: readonly LeakRule[] | undefined;
  /** What ranks findings down. Default {@link ARTEFACT_RULES}. */
  readonly artefacts?: readonly ArtefactRule[] | undefined;
  /** Findings at most. Default 20. */
  readonly limit?: number | undefined;
}

export interface FindLeaksOptions extends FindingOptions, LeakThreadOptions {
  /** How objects find each other. Default: by id, unless ids turn out to mean nothing. */
  readonly match?: 'id' | 'class' | undefined;
}

/** Share of common ids that may name another object before ids are believed to mean nothing. */
const MAX_CHANGED_SHARE = 0.2;
const DEFAULT_LIMIT = 20;

/**
 * What grows from each snapshot to the next, and what holds it: two or more snapshots of one process, the oldest first,
 * best taken after rounds of the same work. The most likely leak comes first.
 *
 * An accumulation point is an object of all snapshots whose edges, or whose own share of the dominator tree, rise every
 * round. What several of them hold counts in equal parts (the LeakShare of BLeak, PLDI 2018). Where ids mean nothing
 * (other processes, closed inspector sessions), classes that rise every round are followed to what holds most of them,
 * with less confidence.
 *
 * Throws a `RangeError` for fewer than two snapshots; rejects with an `OperationAbortedError` when the signal fires.
 */
export async function findLeaks(
  analyses: readonly HeapAnalysis[],
  options: FindLeaksOptions = {},
): Promise<Finding[]> {
  if (analyses.length < 2) {
    throw new RangeError(`leaks need two snapshots or more, got ${analyses.length}`);
  }
  const { artefacts = ARTEFACT_RULES, limit = DEFAULT_LIMIT, rules = LEAK_RULES } = options;
  const sites = (await matchedSites(analyses, options)) ?? growingClassSites(analyses);
  return rankFindings(sites, { rules, artefacts }, limit);
}

/** `null` where ids tell nothing. */
async function matchedSites(
  analyses: readonly HeapAnalysis[],
  options: FindLeaksOptions,
): Promise<LeakSite[] | null> {
  if (options.match === 'class') return null;
  const largest = Math.max(...analyses.map(({ graph }) => graph.nodeCount));
  const runner = new TaskRunner(options, largest, analyses.length + 2);
  const [survivors] = await runner.run('survivors', [
    { snapshots: analyses.map(({ graph }) => graph.columns) },
  ]);
  const { changed, compared, slotByNode, slotCount } = survivors;
  if (options.match !== 'id' && changed >= compared * MAX_CHANGED_SHARE) return null;

  const tables = await runner.run(
    'held',
    analyses.map((analysis, i) => ({
      graph: analysis.graph.columns,
      analysis: dominatorColumns(analysis),
      slotByNode: slotByNode[i],
      slotCount,
    })),
  );
  const last = analyses[analyses.length - 1];
  const candidates = chooseCandidates(last, survivors, tables);
  const [shares] = await runner.run('shares', [
    {
      graph: last.graph.columns,
      analysis: dominatorColumns(last),
      slotByNode: slotByNode[analyses.length - 1],
      nodeBySlot: survivors.nodeBySlot,
      ...candidates,
    },
  ]);
  return growthSites({
    analyses,
    survivors,
    tables,
    candidates,
    sharesOfHubs: shares.ofHubs,
    sharesOfKeepers: shares.ofKeepers,
  });
}

function dominatorColumns({ columns }: HeapAnalysis) {
  const { classByNode, dominatedNodes, dominatorByNode, firstDominatedByNode } = columns;
  const { retainedSizeByNode, shallowSizeByNode } = columns;
  return {
    classByNode,
    dominatedNodes,
    dominatorByNode,
    firstDominatedByNode,
    retainedSizeByNode,
    shallowSizeByNode,
  };
}
