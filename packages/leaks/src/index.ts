export { ARTEFACT_RULES } from './artefacts/artefact-rules.js';
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
export type { ArtefactRule, LeakRule } from './leak-rule.js';
export type { HeldObjects, LeakSite } from './leak-site.js';
export { LEAK_RULES } from './rules/leak-rules.js';
export type { LeakProgress, LeakStep, LeakThreadOptions } from './task-runner.js';
export { findWaitingFunctions, type WaitingFunction } from './waiting-functions.js';
