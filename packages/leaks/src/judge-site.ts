import type { EdgeView } from '@heapstream/core';
import type { Finding, Level } from './finding.js';
import { fingerprintOf } from './fingerprint.js';
import type { ArtefactRule, LeakRule } from './leak-rule.js';
import type { LeakSite } from './leak-site.js';
import { locateSite } from './locate-site.js';
import { nounOf, shortName } from './wording.js';

/** Growth per round from which a finding is no trifle: either is enough. */
const NOTABLE_COUNT = 5;
const NOTABLE_SHARE = 0.002;
/** Share of the heap from which an object of a single snapshot is suspicious: the threshold of Eclipse MAT. */
const SUSPICIOUS_SHARE = 0.2;

/** How sure growth over so many rounds is; the last value for all beyond. */
const CONFIDENCE_BY_ROUNDS = [0.3, 0.5, 0.8, 0.9, 0.95];
const ARTEFACT_FACTOR = 0.25;
const UNMATCHED_FACTOR = 0.7;
/** What it costs when rounds add unlike numbers of objects. */
const UNSTEADY_FACTOR = 0.85;

/** A site, and the first rule that recognises it. */
export interface RecognisedSite {
  readonly site: LeakSite;
  readonly rule: LeakRule;
  /** What the site is, as the subject of a sentence. */
  readonly subject: string;
  readonly fingerprint: string;
}

/** `null` where no rule recognises the site. */
export function recogniseSite(site: LeakSite, rules: readonly LeakRule[]): RecognisedSite | null {
  for (const rule of rules) {
    const subject = rule.recognise(site);
    if (subject !== null) return { site, rule, subject, fingerprint: fingerprintOf(rule.kind, site) };
  }
  return null;
}

function reasonAgainst(site: LeakSite, artefacts: readonly ArtefactRule[]): string | null {
  for (const artefact of artefacts) {
    const reason = artefact.recognise(site);
    if (reason !== null) return reason;
  }
  return null;
}

/** Makes a finding of a site; `others` are sites like it that it stands for, whose growth it has. */
export function judgeSite(
  { fingerprint, rule, site, subject }: RecognisedSite,
  others: number,
  artefacts: readonly ArtefactRule[],
): Finding {
  const { kind, name, notableCount = NOTABLE_COUNT } = rule;
  const { analysis, node } = site;
  const against = reasonAgainst(site, artefacts);
  return {
    rule: name,
    kind,
    level: against === null ? levelOf(site, notableCount) : 'low',
    confidence: confidenceOf(site, against !== null),
    class: shortName(node.className),
    id: node.id,
    growth: { count: round(site.growth.count, 1), bytes: Math.round(site.growth.bytes) },
    retainedShare: round(shareOfHeap(site, analysis.retainedSizeOf(site.ordinal)), 4),
    path: site.steps.map((step) => ({
      edge: step.edge && { type: step.edge.type, name: nameOfEdge(step.edge) },
      node: {
        id: step.node.id,
        class: shortName(step.node.className),
        name: shortName(step.node.name),
      },
    })),
    location: locateSite(site, kind),
    fingerprint,
    explanation: explain(site, subject, others, against),
  };
}

function nameOfEdge({ name }: EdgeView): string | number {
  return typeof name === 'string' ? shortName(name) : name;
}

function levelOf(site: LeakSite, notableCount: number): Level {
  if (site.rounds === 0) {
    return shareOfHeap(site, site.sizes[0]) >= SUSPICIOUS_SHARE ? 'medium' : 'low';
  }
  const isNotable =
    site.growth.count >= notableCount || shareOfHeap(site, site.growth.bytes) >= NOTABLE_SHARE;
  if (site.rounds === 1 || !site.isMatched) return isNotable ? 'medium' : 'low';
  return isNotable ? 'high' : 'medium';
}

function confidenceOf(site: LeakSite, isArtefact: boolean): number {
  const byRounds = CONFIDENCE_BY_ROUNDS[Math.min(site.rounds, CONFIDENCE_BY_ROUNDS.length - 1)];
  const factor =
    (isArtefact ? ARTEFACT_FACTOR : 1) *
    (site.isMatched ? 1 : UNMATCHED_FACTOR) *
    (isSteady(site.counts) ? 1 : UNSTEADY_FACTOR);
  return round(byRounds * factor, 2);
}

/** Whether each round adds about as much as the others: within a tenth. */
function isSteady(counts: readonly number[]): boolean {
  const added = counts.slice(1).map((count, i) => count - counts[i]);
  return (
    added.length === 0 || Math.max(...added) - Math.min(...added) <= Math.max(1, Math.max(...added) / 10)
  );
}

function shareOfHeap({ analysis }: LeakSite, bytes: number): number {
  return analysis.totalSize > 0 ? bytes / analysis.totalSize : 0;
}

function explain(site: LeakSite, subject: string, others: number, against: string | null): string {
  const start = shortName(subject[0].toUpperCase() + subject.slice(1));
  const { bytes, count } = site.growth;
  const what = nounOf(site.direct);
  const size = `${Math.round(bytes).toLocaleString('en-US')} bytes`;
  const added = Math.round(count * 10) / 10;
  let growth = `${start}: grew by ${size} and ${added.toLocaleString('en-US')} ${what} in every one of ${site.rounds} rounds`;
  if (site.rounds === 1)
    growth = `${start}: grew by ${size} and ${added.toLocaleString('en-US')} ${what} in one round`;
  if (site.rounds === 0) {
    const share = (shareOfHeap(site, site.sizes[0]) * 100).toFixed(1);
    growth = `${start}: keeps ${share} % of the heap, most of it ${what}`;
  }
  if (others > 0) growth += `; ${others} more like it`;
  return against === null ? `${growth}.` : `${growth}; ranked down: ${against}.`;
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
