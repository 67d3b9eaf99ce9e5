import { pathToFileURL } from 'node:url';
import { HeapstreamError } from '@heapstream/core';
import { findLeaks } from '../find-leaks.js';
import { type Finding, isAtLeast, type Level } from '../finding.js';
import { fingerprintsOfBaseline } from './baseline.js';
import { type ProcessOptions, runInChild } from './run-in-child.js';
import { runInProcess } from './run-in-process.js';
import { type GrowthTarget, runOnTarget } from './run-on-target.js';
import type { Rounds, Scenario } from './scenario.js';

export interface GrowthOptions extends Partial<Rounds>, ProcessOptions {
  /** The function that the module exports. Default `default`. */
  readonly exportName?: string | undefined;
  /** Findings of this level or above fail. Default `medium`: all that grows in every round, but for known artefacts. */
  readonly failOn?: Level | undefined;
  /**
   * What is measured in place of this process, where the scenario is a function that drives it: a server, a page. A
   * `CaptureSession` of `@heapstream/capture` is one.
   */
  readonly target?: GrowthTarget | undefined;
  /** Fingerprints that are accepted, or a file of them: what `heapstream leaks --json` prints, or a list. */
  readonly baseline?: readonly string[] | string | URL | undefined;
}

const DEFAULT_ROUNDS: Rounds = { rounds: 3, calls: 10, warmup: 20 };

/** Steps of a path that a message shows, from its end. */
const SHOWN_STEPS = 6;

/** Something grew in every round; the message says what, and what holds it. */
export class HeapGrowthError extends HeapstreamError {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super('HEAP_GROWTH', describeGrowth(findings));
    this.findings = findings;
  }
}

/**
 * Fails with a {@link HeapGrowthError} where a scenario leaves more behind in every round. All that was found is
 * returned otherwise, artefacts and what the baseline accepts included.
 *
 * A module (a path or URL) runs in a process of its own, since the heap of a test runner is large and noisy; a function
 * runs in this one, whose heap is measured unless there is a `target`. Rejects with a `ScenarioFailedError` where the scenario throws.
 */
export async function assertNoGrowth(
  scenario: string | URL | Scenario,
  options: GrowthOptions = {},
): Promise<Finding[]> {
  const { findings, grown } = await findGrowth(scenario, options);
  if (grown.length > 0) throw new HeapGrowthError(grown);
  return findings;
}

/** All findings of a scenario, and those that fail. */
export async function findGrowth(
  scenario: string | URL | Scenario,
  options: GrowthOptions = {},
): Promise<{ findings: Finding[]; grown: Finding[] }> {
  const { baseline = [], exportName = 'default', failOn = 'medium' } = options;
  const accepted = Array.isArray(baseline)
    ? (baseline as readonly string[])
    : await fingerprintsOfBaseline(baseline as string | URL);
  const rounds: Rounds = {
    rounds: checked('rounds', options.rounds ?? DEFAULT_ROUNDS.rounds, 2),
    calls: checked('calls', options.calls ?? DEFAULT_ROUNDS.calls, 1),
    warmup: checked('warmup', options.warmup ?? DEFAULT_ROUNDS.warmup, 0),
  };
  const findings = await findingsOf(scenario, exportName, rounds, options);
  const grown = findings.filter(
    ({ fingerprint, level }) => isAtLeast(level, failOn) && !accepted.includes(fingerprint),
  );
  return { findings, grown };
}

async function findingsOf(
  scenario: string | URL | Scenario,
  exportName: string,
  rounds: Rounds,
  options: GrowthOptions,
): Promise<Finding[]> {
  const { signal, target } = options;
  if (typeof scenario !== 'function') {
    if (target !== undefined) throw new TypeError('a scenario for a target must be a function');
    return findLeaks(await runInChild(urlOf(scenario), exportName, rounds, options), { signal });
  }
  if (target === undefined) return runInProcess(scenario, rounds);
  return findLeaks(await runOnTarget(scenario, target, rounds, signal), { signal });
}

function checked(name: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`${name} must be a whole number of ${least} or more, got ${value}`);
}

function urlOf(module: string | URL): URL {
  if (module instanceof URL) return module;
  return /^(file|data|node):/.test(module) ? new URL(module) : pathToFileURL(module);
}

/** Findings with the ends of their paths, for people. */
export function describeGrowth(findings: readonly Finding[]): string {
  const lines = [
    `the heap grows in every round: ${findings.length} finding${findings.length === 1 ? '' : 's'}`,
  ];
  for (const { explanation, fingerprint, level, path } of findings) {
    lines.push('', `${level}: ${explanation}`, `  fingerprint: ${fingerprint}`);
    for (const { edge, node } of path.slice(-SHOWN_STEPS)) {
      const by = edge === null ? '' : `${edge.type === 'property' ? '.' : ''}${edge.name} → `;
      lines.push(`  ${by}${node.name || node.class} @${node.id}`);
    }
  }
  return lines.join('\n');
}
