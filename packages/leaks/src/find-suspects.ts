import type { HeapAnalysis } from '@heapstream/dominators';
import { ARTEFACT_RULES } from './artefacts/artefact-rules.js';
import { detachedSites } from './detached-sites.js';
import { dominatingSites } from './dominating-sites.js';
import { duplicateStringSites } from './duplicate-string-sites.js';
import type { FindingOptions } from './find-leaks.js';
import type { Finding } from './finding.js';
import { rankFindings } from './rank-findings.js';
import { LEAK_RULES } from './rules/leak-rules.js';
import { unusedVariableSites } from './unused-variable-sites.js';

const DEFAULT_LIMIT = 20;

/**
 * What looks like a leak in a single snapshot: objects that keep a large share of the heap, DOM nodes outside the
 * document, equal strings that are held many times, variables that scopes keep unused. One snapshot cannot tell growth from size: no finding is of level
 * `high`. A pass over the nodes and one over the strings.
 */
export function findSuspects(analysis: HeapAnalysis, options: FindingOptions = {}): Finding[] {
  const { artefacts = ARTEFACT_RULES, limit = DEFAULT_LIMIT, rules = LEAK_RULES } = options;
  const sites = [
    ...dominatingSites(analysis),
    ...detachedSites(analysis),
    ...duplicateStringSites(analysis),
    ...unusedVariableSites(analysis),
  ];
  return rankFindings(sites, { rules, artefacts }, limit);
}
