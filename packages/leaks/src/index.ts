export { ARTEFACT_RULES } from './artefacts/artefact-rules.js';
export { findUnusedVariables, type UnusedVariable } from './closures/find-unused-variables.js';
export { type FindingOptions, type FindLeaksOptions, findLeaks } from './find-leaks.js';
export { findSuspects } from './find-suspects.js';
export {
  type Finding,
  type FindingStep,
  isAtLeast,
  LEAK_KINDS,
  LEVELS,
  type LeakKind,
  type Level,
} from './finding.js';
export {
  assertNoGrowth,
  findGrowth,
  type GrowthOptions,
  HeapGrowthError,
} from './growth/assert-no-growth.js';
export { BaselineError, fingerprintsOfBaseline } from './growth/baseline.js';
export { growthMatchers } from './growth/growth-matchers.js';
export { type ProcessOptions, ScenarioFailedError } from './growth/run-in-child.js';
export type { GrowthTarget } from './growth/run-on-target.js';
export type { Rounds, Scenario } from './growth/scenario.js';
export type { ArtefactRule, LeakRule } from './leak-rule.js';
export type { HeldObjects, LeakSite } from './leak-site.js';
export { LEAK_RULES } from './rules/leak-rules.js';
export type { LeakProgress, LeakStep, LeakThreadOptions } from './task-runner.js';
export { findWaitingFunctions, type WaitingFunction } from './waiting-functions.js';
